"""The plain values that papers are built from: the cover, and the things a paper lists.

``NEEDS`` names what an item cannot be without; a builder refuses it by that name.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from documents.papers.numbering import day
from documents.papers.paper import Annex, PaperNumber, Urgency


def lines_of(value: Any) -> list[str]:
    """Give a value as lines of text."""
    if isinstance(value, date):
        return [day(value)]
    return value.splitlines() if isinstance(value, str) else [str(one) for one in value]


def with_note(sentence: str, note: str) -> str:
    """Put a note in parentheses before the full stop."""
    return f"{sentence.rstrip().rstrip('。')}（{note}）。"


def is_absent(value: Any) -> bool:
    """Say whether a value says nothing."""
    return not value.strip() if isinstance(value, str) else not value


@dataclass(frozen=True)
class Cover:
    """What every paper carries outside its body: who speaks, to whom, under which number, on which day."""

    organ: str  # 发文机关标志, as it stands in red
    signed: str  # 发文机关署名
    dated: date  # 成文日期
    number: PaperNumber | None = None
    addressees: Sequence[str] = ()  # 主送机关
    annexes: Sequence[Annex] = ()
    signer: str = ""  # 签发人, upward papers only
    urgency: Urgency | None = None
    copies: Sequence[str] = ()  # 抄送
    printed_by: str = ""  # 印发机关
    printed_on: date | None = None
    contact: str = ""  # 联系人及电话
    notes: str = ""  # 附注
    seal: bool = True
    as_it_stands: bool = False  # a draft, or a row already issued: what is absent is left out instead of refused


@dataclass(frozen=True)
class Finding:
    """One fact with the numbers of the evidence that it rests on."""

    NEEDS: ClassVar[Mapping[str, str]] = {"fact": "事实", "evidence": "证据编号"}

    fact: str
    evidence: Sequence[str]

    def __str__(self) -> str:
        """Write the fact with the numbers of its evidence."""
        return with_note(self.fact, f"证据：{'、'.join(lines_of(self.evidence))}") if self.evidence else self.fact


@dataclass(frozen=True)
class RectificationItem:
    """One matter to put right, with its limit, its standard and who checks it."""

    NEEDS: ClassVar[Mapping[str, str]] = {
        "number": "问题编号", "problem": "问题", "demand": "整改要求", "due": "整改时限", "standard": "验收标准",
        "verifier": "验收人",
    }  # fmt: skip

    number: str
    problem: str
    demand: str
    due: date
    standard: str
    verifier: str
    basis: str = ""

    def rows(self) -> tuple[tuple[str, str], ...]:
        """Write the item as lines of a form."""
        labels = {**self.NEEDS, "basis": "依据"}
        said = ((labels[name], getattr(self, name)) for name in ("number", "problem", "basis", *list(self.NEEDS)[2:]))
        return tuple((label, "\n".join(lines_of(value))) for label, value in said if not is_absent(value))


@dataclass(frozen=True)
class Demand:
    """One matter to put right as the 督查结论书 names it: what and until when."""

    NEEDS: ClassVar[Mapping[str, str]] = {"demand": "整改事项", "due": "整改时限"}

    demand: str
    due: date

    def __str__(self) -> str:
        """Write the demand with its limit."""
        return with_note(self.demand, f"时限：{day(self.due)}")


@dataclass(frozen=True)
class Problem:
    """One problem of a 督查通报; without ``units`` nobody is named."""

    NEEDS: ClassVar[Mapping[str, str]] = {"text": "问题"}

    text: str
    units: Sequence[str] = ()

    def __str__(self) -> str:
        """Write the problem; its units stand before it."""
        return self.text

    @property
    def lead(self) -> str:
        """Name the units, if they are to be named."""
        return f"{'、'.join(lines_of(self.units))}：" if self.units else ""


@dataclass(frozen=True)
class Figures:
    """A table of figures in a 督查通报."""

    NEEDS: ClassVar[Mapping[str, str]] = {"title": "表名", "header": "表头", "rows": "数据"}

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[object]]
    widths: Sequence[float] = ()
