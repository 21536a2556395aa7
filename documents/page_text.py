"""A PDF as text, paragraph by paragraph; without any readable text it is a scan, and that is said.

Runs inside the sandbox only, after the file was looked through. A PDF knows no paragraphs: a line goes on with the one
before it where that one reaches the right margin and this one begins at the left margin.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2

from documents.blocks import Assembly, SourcePaper
from documents.faults import Fault

MOST_PAGES = 400
FEWEST_CHARACTERS = 8
PAGE_NUMBER = re.compile(r"^\s*(?:[-—–·]\s*)?(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[-—–·])?\s*$")
UNSEEN = re.compile("[\ufffe\x02]")
FULL_WITHIN, INDENTED_FROM = 2.2, 1.0  # in heights of a line


@dataclass(frozen=True)
class _Line:
    """A line of a page with where it begins and ends, in points."""

    text: str
    left: float
    right: float
    height: float


def read(data: bytes) -> SourcePaper:
    """Read the text of a PDF; raise Fault paper.no_text for a scan, file.broken for what is no PDF."""
    try:
        document = pypdfium2.PdfDocument(data)
        if len(document) > MOST_PAGES:
            raise Fault("file.too_complex")
        pages = [_without_number(list(_lines(document[number].get_textpage()))) for number in range(len(document))]
    except pypdfium2.PdfiumError as error:
        raise Fault("file.broken") from error
    lines = [line for page in pages for line in page]
    if sum(len(re.sub(r"\s", "", line.text)) for line in lines) < FEWEST_CHARACTERS * max(1, len(pages)):
        raise Fault("paper.no_text")
    assembly = Assembly()
    for paragraph in _paragraphs(lines):
        assembly.paragraph(paragraph)
    return assembly.paper()


def _lines(page: Any) -> Iterator[_Line]:
    """Give the lines of a page as they are set."""
    text = page.get_text_range()
    for match in re.finditer(r"[^\r\n]+", text):
        words = UNSEEN.sub("", match.group()).strip()
        if words:
            start = match.start() + len(match.group()) - len(match.group().lstrip())
            end = match.start() + len(match.group().rstrip()) - 1
            left, bottom, _right, top = page.get_charbox(start, loose=True)
            right = page.get_charbox(end, loose=True)[2]
            yield _Line(words, left, right, top - bottom)


def _without_number(lines: list[_Line]) -> list[_Line]:
    """Take the number of the page off its foot or head."""
    while lines and PAGE_NUMBER.match(lines[-1].text):
        lines.pop()
    return lines[1:] if len(lines) > 1 and PAGE_NUMBER.match(lines[0].text) else lines


def _paragraphs(lines: list[_Line]) -> list[str]:
    """Join the lines that were broken for want of room."""
    left = min((line.left for line in lines), default=0.0)
    right = max((line.right for line in lines), default=0.0)
    paragraphs: list[str] = []
    before: _Line | None = None
    for line in lines:
        full = before is not None and before.right >= right - FULL_WITHIN * before.height
        if full and line.left < left + INDENTED_FROM * line.height:
            paragraphs[-1] += line.text
        else:
            paragraphs.append(line.text)
        before = line
    return paragraphs
