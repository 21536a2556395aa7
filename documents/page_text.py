"""A PDF as text, line by line as it is set; without any readable text it is a scan, and that is said.

Runs inside the sandbox only, after the file was looked through.
"""

import re

import pypdfium2

from documents.blocks import Assembly, SourcePaper
from documents.faults import Fault

MOST_PAGES = 400
FEWEST_CHARACTERS = 8
PAGE_NUMBER = re.compile(r"^\s*(?:[-—–·]\s*)?(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[-—–·])?\s*$")


def read(data: bytes) -> SourcePaper:
    """Read the text of a PDF; raise Fault paper.no_text for a scan, file.broken for what is no PDF."""
    try:
        document = pypdfium2.PdfDocument(data)
        if len(document) > MOST_PAGES:
            raise Fault("file.too_complex")
        pages = [document[number].get_textpage().get_text_bounded() for number in range(len(document))]
    except pypdfium2.PdfiumError as error:
        raise Fault("file.broken") from error
    assembly = Assembly()
    for page in pages:
        for line in _lines(page):
            assembly.paragraph(line)
    paper = assembly.paper()
    if len(re.sub(r"\s", "", paper.text)) < FEWEST_CHARACTERS * max(1, len(pages)):
        raise Fault("paper.no_text")
    return paper


def _lines(page: str) -> list[str]:
    """Give the lines of a page without its number."""
    lines = [line for line in re.split(r"[\r\n]+", page.replace("\ufffe", "").replace("\x02", "")) if line.strip()]
    while lines and PAGE_NUMBER.match(lines[-1]):
        lines.pop()
    return lines[1:] if len(lines) > 1 and PAGE_NUMBER.match(lines[0]) else lines
