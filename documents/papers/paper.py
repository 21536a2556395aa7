"""What a paper (公文) consists of, whatever it is printed with: plain, frozen values, no layout and no database."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self

WRITTEN_NUMBER = re.compile(r"(.+)〔(\d{4})〕([1-9]\d*)号")


class Colour(StrEnum):
    """The three colours of a 督办单. The paper says the word and draws the border, never the colour alone."""

    BLUE = "蓝"
    ORANGE = "橙"
    RED = "红"


class Urgency(StrEnum):
    """The only two urgency marks of an official paper; without one it is ordinary."""

    SOONEST = "特急"
    SOON = "加急"


@dataclass(frozen=True)
class PaperNumber:
    """A 发文字号: 机关代字, year and serial."""

    code: str
    year: int
    serial: int

    def __post_init__(self) -> None:
        if not self.code.strip() or not 1949 <= self.year <= 9999 or self.serial < 1:
            raise ValueError(f"{self.code}〔{self.year}〕{self.serial}号")

    def __str__(self) -> str:
        """Write it after GB/T 9704: hexagonal brackets, no leading zero, no 第. 云督〔2026〕3号."""
        return f"{self.code}〔{self.year}〕{self.serial}号"

    @classmethod
    def read(cls, written: str) -> Self:
        """Take a number as the counter of the house writes it; ValueError where it is written otherwise."""
        match = WRITTEN_NUMBER.fullmatch(written)
        if not match:
            raise ValueError(written)
        return cls(match[1], int(match[2]), int(match[3]))


@dataclass(frozen=True)
class Run:
    """A piece of a paragraph in one face."""

    text: str
    bold: bool = False


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 (一、黑体), 2 (（一）楷体), 3 (1.) or 4 (（1）); the numbering stands in the text."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the body, its first line two characters in unless ``indent`` is off."""

    runs: tuple[Run, ...]
    indent: bool = True


@dataclass(frozen=True)
class Table:
    """A ruled table. ``widths`` are shares of the text block; ``labels`` sets the first column as labels of a form."""

    rows: tuple[tuple[str, ...], ...]
    header: tuple[str, ...] = ()
    widths: tuple[float, ...] = ()
    caption: str = ""
    labels: bool = False

    def __post_init__(self) -> None:
        columns = {len(line) for line in (*self.rows, self.header, self.widths) if line}
        if len(columns) != 1:
            raise ValueError(f"a table of {sorted(columns)} columns")


Block = Heading | Paragraph | Table


@dataclass(frozen=True)
class Annex:
    """An 附件: named below the body; with ``blocks`` it is printed on pages of its own, else it is a separate file."""

    title: str
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True)
class Paper:
    """A paper ready to be laid out. Made by the builders of ``documents.papers``, which refuse what is missing."""

    kind: str  # 督查结论书, 督查通报 …
    organ: str  # 发文机关标志
    title: str  # a line break is kept
    signed: str  # 发文机关署名
    dated: date  # 成文日期
    number: PaperNumber | None = None
    addressees: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    annexes: tuple[Annex, ...] = ()
    signer: str = ""  # 签发人, on papers that go upwards only
    urgency: Urgency | None = None
    colour: Colour | None = None
    copies: tuple[str, ...] = ()  # 抄送
    printed_by: str = ""  # 印发机关
    printed_on: date | None = None
    contact: str = ""
    notes: str = ""  # 附注, set in parentheses
    seal: bool = True  # leaves the place for the seal of the organ; no seal is ever drawn
    letter: bool = False  # 信函格式
