"""A PDF taken apart as far as it goes without a PDF library: what must not be in it, and the text that can be read.

Runs inside the sandbox only. Where a font brings no table from glyphs to characters, its text stays unread; a file
without any readable text counts as unreadable, and its uploader declares it.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from documents import pdf_text
from documents.faults import Fault

MOST_STREAMS = 20_000
MOST_BYTES = 64 * 1024 * 1024
HEAD_BYTES = 4_000

STREAM = re.compile(rb"stream\r?\n")
END = b"endstream"
PRINTABLE = re.compile(rb"[\t\r\n -~]{48}")
NUMBER = re.compile(rb"(\d+)\s+\d+\s+obj\b")
OBJECT = re.compile(rb"(\d+)\s+\d+\s+obj\b(.*?)(?=endobj|\d+\s+\d+\s+obj\b|$)", re.DOTALL)
PACKED = re.compile(rb"/First\s+(\d+)")
ESCAPED_NAME = re.compile(rb"/[A-Za-z]{0,20}#[0-9A-Fa-f]{2}[A-Za-z#0-9]{0,60}")
ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
FORBIDDEN = (
    (re.compile(rb"/Encrypt\b"), "file.encrypted"),
    (re.compile(rb"/(?:JavaScript|JS|Launch|XFA)\b"), "file.active"),
    (re.compile(rb"/(?:EmbeddedFile|RichMedia)\b"), "file.embedded"),
)
UTF16_LITERAL = re.compile(rb"\((\xfe\xff(?:[^()\\]|\\.){1,2000})\)", re.DOTALL)
UTF16_HEX = re.compile(rb"<\s*([Ff][Ee][Ff][Ff][0-9A-Fa-f\s]{2,4000})>")


@dataclass
class Parts:
    """The parts of a PDF: what stands outside its streams, its objects by number, its streams by number."""

    outside: bytes = b""
    objects: dict[int, bytes] = field(default_factory=dict)
    streams: list[tuple[int, bytes]] = field(default_factory=list)


def take_apart(data: bytes) -> Parts:
    """Separate the streams from the rest, inflate those that are no pictures; bounded in number and size."""
    parts, budget, place = Parts(), MOST_BYTES, 0
    outside: list[bytes] = []
    while match := STREAM.search(data, place):
        end = data.find(END, match.end())
        end = end if end >= 0 else len(data)
        head = _head(data, max(place, match.start() - HEAD_BYTES), match.start())
        content = _content(head, data[match.end() : end], budget)
        budget -= len(content)
        outside.append(data[place : match.start()])
        if budget <= 0 or len(outside) > MOST_STREAMS:
            raise Fault("file.zip_bomb" if budget <= 0 else "file.too_complex")
        if content:
            _keep(parts, head, content)
        place = end + len(END)
    parts.outside = b"\n".join([*outside, data[place:]])
    parts.objects.update((int(m[1]), m[2]) for m in OBJECT.finditer(parts.outside))
    return parts


def _head(data: bytes, start: int, end: int) -> bytes:
    """Give the beginning of a stream's object: its number and dictionary."""
    found = list(NUMBER.finditer(data, start, end))
    return data[found[-1].start() : end] if found else data[start:end]


def _keep(parts: Parts, head: bytes, content: bytes) -> None:
    """Keep the pages and the tables of fonts; a packed stream gives the objects inside it, others are only checked."""
    packed = PACKED.search(head) if b"/ObjStm" in head else None
    if packed:
        check(content)
        parts.objects.update(_packed(content, int(packed[1])))
        return
    if b"begincmap" not in content and not pdf_text.is_page(content):
        check(content)
        return
    number = NUMBER.match(head)
    parts.streams.append((int(number[1]) if number else 0, content))


def _packed(content: bytes, first: int) -> Iterator[tuple[int, bytes]]:
    """Give the objects of a packed stream: pairs of number and offset stand before them."""
    figures = [int(word) for word in content[:first].split() if word.isdigit()]
    pairs = list(zip(figures[::2], figures[1::2], strict=False))
    ends = [offset for _number, offset in pairs[1:]] + [len(content)]
    for (number, offset), end in zip(pairs, ends, strict=False):
        yield number, content[first + offset : first + end]


def _content(head: bytes, raw: bytes, budget: int) -> bytes:
    """Give what a stream holds: inflated, as it stands where it is readable, nothing for a picture."""
    if PRINTABLE.match(raw.lstrip()):
        return raw[:budget]
    if b"Fl" not in head or b"/DCTDecode" in head or b"/JPXDecode" in head or re.search(rb"/Subtype\s*/Image", head):
        return b""
    try:
        return zlib.decompressobj().decompress(raw, budget)
    except zlib.error:
        return b""


def check(content: bytes) -> None:
    """Refuse what a harmless PDF does not have: passwords, scripts, programs to start, files inside."""
    escaped = b" ".join(ESCAPE.sub(lambda m: bytes([int(m[1], 16)]), name) for name in ESCAPED_NAME.findall(content))
    for pattern, code in FORBIDDEN:
        if pattern.search(content) or pattern.search(escaped):
            raise Fault(code)


def texts(data: bytes) -> Iterator[tuple[str, bool]]:
    """Give the text that can be read: titles and form fields in UTF-16, and the pages by the tables of their fonts.

    Each text comes with whether it was surely read (a page by its tables) or only guessed at. Raises Fault for what
    must not be in a PDF, be it in its objects, packed, or in a stream that is no page.
    """
    parts = take_apart(data)
    check(parts.outside)
    for content in (parts.outside, *parts.objects.values()):
        yield from ((text, False) for text in _strings(content))
    yield from pdf_text.Fonts(parts.objects, parts.streams).pages()


def _strings(content: bytes) -> Iterator[str]:
    """Give the strings in UTF-16 outside the streams."""
    for match in UTF16_LITERAL.finditer(content):
        yield re.sub(rb"\\([()\\])", rb"\1", match[1])[2:].decode("utf-16-be", "ignore")
    for match in UTF16_HEX.finditer(content):
        yield pdf_text.utf16(re.sub(rb"\s", b"", match[1])[4:])
