"""The text made plain for matching, while every character still knows its place in the original.

Most changes put one character for another (full-width digits, traditional characters, punctuation); what is taken out
(pinyin glosses, invisible characters, carriage returns) is remembered by offsets.
"""

import re
import unicodedata
from dataclasses import dataclass

from documents.numerals import FULL_WIDTH, INVISIBLE
from tasks.decomposition.traditional import TABLE

TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
HAN = "\u3400-\u9fff\uf900-\ufaff"
GLOSS = re.compile(rf"(?<=[{HAN}])[(（]\s*[a-zü{TONED}]{{1,7}}\s*[)）]")
HAS_TONE = re.compile(f"[{TONED}]")
MANY_GLOSSES = 5
DROPPED = re.compile(rf"{INVISIBLE.pattern}|\r(?=\n)")

# Half-width punctuation of pasted text; between digits it is left (6,000 and 10:30).
PUNCTUATION = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？"}
BETWEEN_DIGITS = re.compile(r"(?<![0-9A-Za-z])[,:]|[,:](?![0-9A-Za-z])|[;!?]")
ONE_FOR_ONE = {
    **TABLE,
    **FULL_WIDTH,
    **str.maketrans("()[]［］﹝﹞｡､｢｣〈〉", "（）〔〕〔〕〔〕。、“”《》"),
    **str.maketrans("\r\x0b\x0c\u2028\u2029\x85", "\n" * 6),
    **str.maketrans("\t\u00a0\u3000\u2002\u2003\u2009\u200a\u202f", " " * 8),
    **{c: s for c in (*range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00))
       if len(s := unicodedata.normalize("NFKC", chr(c))) == 1 and s != chr(c)},
}  # fmt: skip


@dataclass(frozen=True)
class Clean:
    """Plain text over an original. ``offsets`` is None while both have the same length."""

    original: str
    text: str
    offsets: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the place in the original of a non-empty piece of the plain text."""
        if self.offsets is None:
            return start, end
        return self.offsets[start], self.offsets[end - 1] + 1

    def slice(self, start: int, end: int) -> str:
        """Give a piece as the original has it."""
        first, last = self.span(start, end)
        return self.original[first:last]


def _dropped(text: str) -> list[tuple[int, int]]:
    """Give the places of what is taken out: glosses (习(xí)近平) where tones show it, and invisibles."""
    glosses = list(GLOSS.finditer(text))
    toned = sum(bool(HAS_TONE.search(gloss.group())) for gloss in glosses)
    spans = [g.span() for g in glosses if toned >= MANY_GLOSSES or HAS_TONE.search(g.group())]
    spans.extend(match.span() for match in DROPPED.finditer(text))
    return sorted(spans)


def clean(original: str) -> Clean:
    """Give the plain text; linear in the length, and every character of it comes from one of the original."""
    spans = _dropped(original)
    offsets: tuple[int, ...] | None = None
    text = original
    if spans:
        kept = bytearray(b"\1") * len(original)
        for start, end in spans:
            kept[start:end] = bytes(end - start)
        offsets = tuple(place for place, keep in enumerate(kept) if keep)
        text = "".join([original[place] for place in offsets])
    plain = text.translate(ONE_FOR_ONE)
    return Clean(original, BETWEEN_DIGITS.sub(lambda match: PUNCTUATION[match.group()], plain), offsets)


def squeezed(text: str) -> str:
    """Give a piece without white space, for reading single sentences."""
    return re.sub(r"\s+", "", text)


NAMES_APART = re.compile("(?<=[局厅委办部院会府心团司社队行所站区县])[ ]+(?=[市县省区各团有相国中])")
ROLES_APART = re.compile("(牵头|负责|主办|配合|协办|参与|参加|协助)、(?=[\u4e00-\u9fff])")


def squeezed_names(text: str) -> str:
    """Give a piece that names units without white space; where white space alone parts two names, 、 does."""
    return ROLES_APART.sub(r"\1，", squeezed(NAMES_APART.sub("、", text)))
