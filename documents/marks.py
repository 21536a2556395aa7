"""Marks of state secrets in a text (绝密, 机密, 秘密 with a star, in the header of a paper, in a number).

Finds marks, not the talk of secrecy: 商业秘密, 国家秘密载体, 保密工作 and 秘密 alone are no marks. Free of Django,
because the sandbox uses it. Source: R43; header after GB/T 9704 (份号, then the mark, then the urgency).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from documents.numerals import plain

GAP = r"[\s\u3000]{0,8}"
LEVEL = f"(?:[绝絕]{GAP}密|机{GAP}密|機{GAP}密|[秘祕]{GAP}密)"
STAR = r"(?:[★☆✦✩✪✫✭✮✯✰⭐🌟⋆∗✱✲✳※﹡٭]|\*(?!\*))"
OTHER_SECRETS = "(?<!商业)(?<!工作)(?<!技术)(?<!职业)(?<!个人)"
TERM = r"(?:长期|\d{1,2}个?[年月])"
URGENT = "(?:特[急提]|加急|平急|急件)"
BLANKS = "[ ]{0,40}"
COPY_NUMBER = rf"(?:份号:?|№|No\.?)?{BLANKS}\d{{6}}"
NUMBERED = f"(?:{LEVEL}|[政办委府厅](?:机|绝|秘)?密)[发字函电传文]?"
LINE_MARK = f"{LEVEL}[级件]?(?:{GAP}{TERM})?"

# (kind, pattern, only in short texts such as names and titles)
PATTERNS: tuple[tuple[str, re.Pattern[str], bool], ...] = (
    ("star", re.compile(f"{OTHER_SECRETS}{LEVEL}[级件]?{GAP}{STAR}"), False),
    ("field", re.compile(f"(?m)密{GAP}级{GAP}[:]{GAP}{LEVEL}(?={GAP}(?:{STAR}|$|{TERM}|[,;。)]))"), False),
    (
        "header",
        re.compile(rf"(?m)^{BLANKS}{COPY_NUMBER}{BLANKS}\n(?:[^\n]{{0,12}}\n){{0,2}}?{BLANKS}{LINE_MARK}{BLANKS}$"),
        False,
    ),
    (
        "header",
        re.compile(rf"(?m)^{BLANKS}{LINE_MARK}{BLANKS}\n(?:{BLANKS}\n)?{BLANKS}(?:{URGENT}|{COPY_NUMBER}){BLANKS}$"),
        False,
    ),
    ("header", re.compile(rf"(?m)^{BLANKS}{COPY_NUMBER}[ ]{{1,40}}{LINE_MARK}{BLANKS}$"), False),
    ("number", re.compile(NUMBERED + rf"{GAP}[(\[〔【]{GAP}(?:19|20)\d\d{GAP}[)\]〕】]"), False),
    ("name", re.compile(rf"[(\[〔【<《「]{GAP}{LEVEL}[级件]?{GAP}(?:{TERM}{GAP})?[)\]〕】>》」]"), True),
    ("name", re.compile(rf"^{LEVEL}{GAP}[-—_·:]"), True),
    ("name", re.compile(rf"[-—_·]{GAP}{LEVEL}{GAP}(?:$|\.[A-Za-z]{{2,5}}$)"), True),
    ("name", re.compile(rf"{LEVEL}{GAP}{TERM}(?![以内来度])"), True),
)


@dataclass(frozen=True)
class Mark:
    """A mark that was found: what kind of writing it is, and the level it claims. Never the text around it."""

    kind: str
    level: str


def _level(text: str) -> str:
    """Give the level in its plain writing, so that a refusal can name the mark without quoting the text."""
    for char, level in (("绝", "绝密"), ("絕", "绝密"), ("机", "机密"), ("機", "机密"), ("秘", "秘密"), ("祕", "秘密")):
        if char in text:
            return level
    return "密"


def _readable(text: str) -> str:
    lines = plain(text.replace("\r\n", "\n").replace("\r", "\n"))
    return re.sub(r"[\t\x0b\x0c\u00a0]", " ", lines)


def find(text: str, *, short: bool = False) -> Mark | None:
    """Find the first mark in a text; ``short`` texts (names, titles) are held to the stricter table."""
    if "密" not in text:
        return None
    readable = _readable(text)
    for kind, pattern, only_short in PATTERNS:
        match = pattern.search(readable) if short or not only_short else None
        if match:
            return Mark(kind, _level(match.group()))
    return None


def find_in(texts: Iterable[str], *, short: bool = False) -> Mark | None:
    """Find the first mark in several texts."""
    return next((mark for text in texts if (mark := find(text, short=short))), None)
