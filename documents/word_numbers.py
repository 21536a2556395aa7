"""The numbers that Word counts by itself (一、（一）1.), written out as the reader sees them."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

DIGITS = "零一二三四五六七八九"
VALUE = qn("w:val")
DEEPEST = 9


def chinese(number: int) -> str:
    """Write a number up to 99 in Chinese numerals."""
    tens, ones = divmod(number, 10)
    if not tens:
        return DIGITS[ones]
    return ("" if tens == 1 else DIGITS[tens % 10]) + "十" + (DIGITS[ones] if ones else "")


def circled(number: int) -> str:
    """Write a number up to 20 in a circle."""
    return chr(0x2460 + number - 1) if 1 <= number <= 20 else f"（{number}）"


FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalFullWidth": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalEnclosedCircle": circled,
    "decimalEnclosedCircleChinese": circled,
    **dict.fromkeys(
        ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCountingThousand",
         "ideographDigital", "chineseLegalSimplified"), chinese,
    ),
}  # fmt: skip


@dataclass(frozen=True)
class _Level:
    write: Callable[[int], str] | None
    text: str
    start: int


class Numbering:
    """Counts the numbered paragraphs of one paper."""

    def __init__(self, document: Any) -> None:
        self.levels: dict[str, dict[int, _Level]] = {}
        self.abstract: dict[str, str] = {}
        self.counts: dict[str, list[int]] = {}
        self.by_style: dict[str, tuple[str, int]] = {}
        self._read(document)

    def _read(self, document: Any) -> None:
        part = next((r.target_part for r in document.part.rels.values() if r.reltype.endswith("/numbering")), None)
        root = getattr(part, "element", None)
        if root is None:
            return
        for one in root.iterchildren(qn("w:abstractNum")):
            levels = (_level(level) for level in one.iterchildren(qn("w:lvl")))
            self.levels[one.get(qn("w:abstractNumId"), "")] = dict(levels)
        for one in root.iterchildren(qn("w:num")):
            link = one.find(qn("w:abstractNumId"))
            self.abstract[one.get(qn("w:numId"), "")] = link.get(VALUE, "") if link is not None else ""
        for style in document.styles.element.iterchildren(qn("w:style")):
            found = _asked(style)
            if found:
                self.by_style[style.get(qn("w:styleId"), "")] = found

    def number_of(self, paragraph: Any) -> str:
        """Give the number of the next paragraph, '' if Word counts none for it."""
        asked = _asked(paragraph) or self._by_style(paragraph)
        if asked is None:
            return ""
        number, depth = asked
        levels = self.levels.get(self.abstract.get(number, ""), {})
        level = levels.get(depth)
        if level is None or level.write is None:
            return ""
        counts = self.counts.setdefault(self.abstract[number], [0] * (DEEPEST + 1))
        counts[depth] = counts[depth] + 1 if counts[depth] else level.start
        counts[depth + 1 :] = [0] * (DEEPEST - depth)
        return re.sub(r"%(\d)", lambda match: _written(levels, counts, int(match[1]) - 1), level.text)

    def _by_style(self, paragraph: Any) -> tuple[str, int] | None:
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        return self.by_style.get(style.get(VALUE, "")) if style is not None else None


def _written(levels: dict[int, _Level], counts: list[int], depth: int) -> str:
    level = levels.get(depth)
    number = counts[depth] or (level.start if level else 1)
    return level.write(number) if level and level.write else str(number)


def _level(level: Any) -> tuple[int, _Level]:
    def said(name: str, usual: str) -> str:
        found = level.find(qn(name))
        return str(found.get(VALUE, usual)) if found is not None else usual

    depth = min(int(level.get(qn("w:ilvl"), "0")), DEEPEST - 1)
    return depth, _Level(FORMATS.get(said("w:numFmt", "decimal")), said("w:lvlText", ""), int(said("w:start", "1")))


def _asked(element: Any) -> tuple[str, int] | None:
    """Give the list and depth that a paragraph or a style asks for."""
    found = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
    if found is None:
        return None
    number, depth = found.find(qn("w:numId")), found.find(qn("w:ilvl"))
    if number is None or number.get(VALUE, "0") == "0":
        return None
    return number.get(VALUE), min(int(depth.get(VALUE, "0")), DEEPEST - 1) if depth is not None else 0
