"""Paragraphs, their numbers and headings: what stands under what.

A paragraph may run over several lines of a text that was pasted with hard breaks. Ranks of numbers, the highest first:
第一章, 一、, （一）, 1., （1）, ①, 一是.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tasks.decomposition.cleaning import Clean

CN = "[一二三四五六七八九十百〇]"
CIRCLES = "①-⑳㉑-㉟㊱-㊿❶-❿"
CHAPTER, TOP, SECOND, THIRD, FOURTH, FIFTH, SAYING, NONE = 0, 1, 2, 3, 4, 5, 6, 9
# rank: the writings of its numbers.
ENUMERATORS: tuple[tuple[int, str], ...] = (
    (CHAPTER, rf"第{CN}{{1,3}}(?:章|部分|篇|编)[、，：:\s]*"),
    (TOP, rf"第{CN}{{1,3}}[，、]\s*|{CN}{{1,3}}\s*、\s*"),
    (SECOND, rf"（\s*{CN}{{1,3}}\s*）[、.]?\s*|第{CN}{{1,3}}节[、，：:\s]*"),
    (THIRD, rf"第{CN}{{1,4}}[条项]\s*[、，：:]?\s*|\d{{1,3}}\s*(?:[、.](?!\d)\s*|(?<=[1-9\d])）\s*)"),
    (FOURTH, r"（\s*\d{1,3}\s*）[、.]?\s*"),
    (FIFTH, rf"[{CIRCLES}][、.]?\s*"),
    (SAYING, rf"{CN}{{1,2}}(?:是|要)(?=[^、])"),
)
NUMBERED = tuple((rank, re.compile(pattern)) for rank, pattern in ENUMERATORS)
ANY_NUMBER = re.compile("|".join(f"(?:{pattern})" for rank, pattern in ENUMERATORS if rank != SAYING))
INSIDE = re.compile(rf"（\s*(?:\d{{1,2}}|{CN}{{1,3}})\s*）|[{CIRCLES}]|(?<=[。；）〕】])\s*\d{{1,2}}[.、](?!\d)")
ENDS = "。；：！？…"
LABEL_LINE = re.compile(
    "^[（〔【]?(?:(?:总?牵头|共同牵头|主办|主责|责任|配合|协办|协同|承办|参与|参加|支持|指导|落实|实施|市级|县级|分管|包联|包保|完成|办理|办结|整改|"
    "批示|领导|拟办|工作|存在)[\u4e00-\u9fff]{0,6}(?:单位|部门|领导|科室|主体|时限|期限|时间|意见|要求|批示|措施|目标|问题)|"
    "牵头|主办|配合|协办|时限|期限|批示|目标|标准|备注|联系人|联系电话|问题)："
)
BEGINS = re.compile("以上|上述|注[：:]|备注|附件|会议(?:指出|强调|要求|认为|议定|明确)|[（〔【]")
LONGEST_HEADING = 45
WRAPPED_FROM, WRAPPED_TO, SLACK = 14, 180, 6  # in halves of a Chinese character
LONGEST_BRACKET = 400
# A text whose line breaks were lost: few lines, long ones.
FEW_LINES, LONG_FOR_FEW = 2, 60
NEW_NUMBER = re.compile(rf"(?<=[。；：！）〕】 ])\s*(?={CN}{{1,3}}、|（{CN}{{1,3}}）|\d{{1,2}}[.、](?!\d))")
SHORT_TITLE = re.compile(rf"(?P<title>(?:{CN}{{1,3}}、|（{CN}{{1,3}}）)[^，。；：\s]{{2,24}})\s+(?=\S)")
NEVER_FIRST = "。；：，、！？）〕】”》.,;:!?)%％"
# A figure that no paragraph begins with: 300克 and 100% go on with the line above, 2027年 and 3. may begin one.
BARE_FIGURE = re.compile(r"\d+(?:\.\d+)?(?![\d.、）)年月])")


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the plain text: ``body`` is where its words begin, after its number."""

    start: int
    end: int
    body: int
    rank: int
    text: str

    @property
    def words(self) -> str:
        """Give the text after the number."""
        return self.text[self.body - self.start :]

    @property
    def numbered(self) -> bool:
        """Tell whether it has a number."""
        return self.rank != NONE

    @property
    def looks_like_heading(self) -> bool:
        """Tell whether it is short and ends without a full stop."""
        words = re.sub(r"[（〔【][^（）]*[）〕】]\s*$", "", self.words).strip()
        return 0 < len(words) <= LONGEST_HEADING and words[-1] not in ENDS + "，、"

    def ends_with(self, marks: str) -> bool:
        """Tell whether the last character is one of some marks."""
        return self.text.rstrip()[-1:] in marks if self.text.strip() else False


def number_of(text: str) -> tuple[int, int]:
    """Give the rank of the number that a paragraph begins with, and its length."""
    for rank, pattern in NUMBERED:
        match = pattern.match(text)
        if match:
            return rank, match.end()
    return NONE, 0


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give the lines that say something, without the white space around them."""
    place = start
    while place < end:
        stop = text.find("\n", place, end)
        stop = end if stop < 0 else stop
        line = text[place:stop]
        if line.strip():
            yield place + len(line) - len(line.lstrip()), place + len(line.rstrip())
        place = stop + 1


def _width(line: str) -> int:
    """Give how wide a line is set: 2 for a Chinese character, 1 for a Latin one."""
    return len(line) + (len(line.encode("utf-8", "surrogatepass")) - len(line)) // 2


@dataclass(frozen=True)
class _Wrap:
    """How a pasted text was broken: the length of its full lines, counted and set; 0 where it was not broken so."""

    count: int
    width: int

    def is_full(self, line: str) -> bool:
        """Tell whether a line is so long that it was broken for want of room."""
        counted = bool(self.count) and len(line) >= self.count - SLACK // 2
        return counted or (bool(self.width) and _width(line) >= self.width - SLACK)

    def is_brimful(self, line: str) -> bool:
        """Tell whether not one character more would have fitted: only then may a full stop be in mid-paragraph."""
        return len(line) == self.count or (bool(self.width) and _width(line) >= self.width)


def _wrap(text: str, lines: list[tuple[int, int]]) -> _Wrap:
    """Find how a pasted text was broken.

    The sign of broken lines: the longest are nearly as long as each other, and most of them stop in mid-sentence.
    """
    said = [text[start:end] for start, end in lines]
    return _Wrap(
        _full_length([len(line) for line in said], said, SLACK // 2, WRAPPED_TO // 2),
        _full_length([_width(line) for line in said], said, SLACK, WRAPPED_TO),
    )


def _full_length(lengths: list[int], lines: list[str], slack: int, most: int) -> int:
    longest = max(lengths, default=0)
    if not WRAPPED_FROM <= longest <= most:
        return 0
    full = [line[-1] for line, length in zip(lines, lengths, strict=True) if length >= longest - slack]
    cut = sum(last not in ENDS for last in full)
    return longest if cut >= 2 and cut * 2 >= len(full) else 0


def _goes_on(text: str, whole: int, before: tuple[int, int], after: tuple[int, int], wrap: _Wrap) -> bool:
    """Tell whether a line only goes on with the paragraph (from ``whole`` on) of the line before it."""
    between = text[before[1] : after[0]]
    following = text[after[0] : after[1]]
    if between.count("\n") > 1:
        return False
    if following[0] in NEVER_FIRST:
        return True
    said = text[max(whole, before[1] - LONGEST_BRACKET) : before[1]]
    balance = sum(said.count(c) for c in "（〔【") - sum(said.count(c) for c in "）〕】")
    if balance > 0 and not ANY_NUMBER.match(following):
        return True
    line = text[before[0] : before[1]]
    if BARE_FIGURE.match(following) and line[-1] not in ENDS and number_of(line)[1] and not ANY_NUMBER.match(following):
        return True
    if not wrap.is_full(line):
        return False
    if ANY_NUMBER.match(following) or LABEL_LINE.match(following) or between.endswith("  "):
        return False
    return line[-1] not in "。；" or (wrap.is_brimful(line) and not BEGINS.match(following))


def _apart(text: str, lines: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Part the lines of a text whose breaks were lost, before each number and behind each short title."""
    for start, end in lines:
        places = [start]
        for match in NEW_NUMBER.finditer(text, start, end):
            places.append(match.end())
        for place, after in zip(places, [*places[1:], end], strict=True):
            title = SHORT_TITLE.match(text, place, after)
            if title and title.end() < after:
                yield place, title.end("title")
                place = title.end()
            if text[place:after].strip():
                yield place, place + len(text[place:after].rstrip())


def paragraphs(clean: Clean, start: int = 0, end: int | None = None) -> list[Paragraph]:
    """Give the paragraphs of a stretch of the plain text."""
    text = clean.text
    lines = list(_lines(text, start, len(text) if end is None else end))
    if lines and len(lines) <= FEW_LINES and lines[-1][1] - lines[0][0] > LONG_FOR_FEW:
        lines = list(_apart(text, lines))
    wrap = _wrap(text, lines)
    merged: list[tuple[int, int]] = []
    last = (0, 0)
    for line in lines:
        if merged and _goes_on(text, merged[-1][0], last, line, wrap):
            merged[-1] = (merged[-1][0], line[1])
        else:
            merged.append(line)
        last = line
    return [_paragraph(text, *span) for span in merged]


def _paragraph(text: str, start: int, end: int) -> Paragraph:
    words = text[start:end]
    rank, length = number_of(words)
    return Paragraph(start, end, start + length, rank, words)


def sentences(text: str, marks: str = "。！？") -> Iterator[tuple[int, int]]:
    """Give the places of the sentences of a text; closing quotes and brackets stay with their sentence."""
    start = 0
    for match in re.finditer(rf"[{marks}]+[”’）〕】]*", text):
        yield start, match.end()
        start = match.end()
    if text[start:].strip():
        yield start, len(text)
