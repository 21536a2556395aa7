"""The text of a PDF's pages: glyph numbers read by the tables (ToUnicode) of the fonts that write them.

Runs inside the sandbox only. A page names its fonts by short names; where two pages use one name for different fonts,
each is tried.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

MOST_PAGE_BYTES = 12 * 1024 * 1024
MOST_READINGS = 4

OLD_ENCODINGS = ("gb18030", "utf-16-be", "latin-1")  # fonts without a table: GBK-EUC-H, UniGB-UCS2-H, western

FONT_TABLE = re.compile(rb"/ToUnicode\s+(\d+)\s+\d+\s+R")
FONT_NAME = re.compile(rb"/([^\s/<>\[\]()]+)\s+(\d+)\s+\d+\s+R")
SHOWN = re.compile(rb"\b(?:Tj|TJ)\b")
CODE_SPACE = re.compile(rb"begincodespacerange\s*<([0-9A-Fa-f]+)>")
PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]+)>|\[([^\]]*)\])")
SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
TOKEN = re.compile(
    rb"/(?P<font>[^\s/<>\[\]()]+)\s+-?[\d.]+\s+Tf\b|<(?P<hex>[0-9A-Fa-f\s]+)>|\((?P<literal>(?:[^()\\]|\\.)*)\)"
    rb"|(?P<height>-?[\d.]+)\s+(?P<move>Td|TD|Tm)\b|(?P<next>T\*)",
    re.DOTALL,
)
ESCAPED = re.compile(rb"\\(?:([0-7]{1,3})|(.))", re.DOTALL)
CONTROLS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def utf16(digits: bytes) -> str:
    """Read characters written as UTF-16 in hexadecimal."""
    return bytes.fromhex(digits.decode("ascii")).decode("utf-16-be", "ignore") if len(digits) % 2 == 0 else ""


@dataclass
class Table:
    """A font's table from glyph numbers to characters; ``width`` is the length of a number in bytes."""

    width: int = 2
    characters: dict[int, str] = field(default_factory=dict)

    def decode(self, run: bytes) -> str:
        """Read a run of glyph numbers."""
        numbers = (int.from_bytes(run[at : at + self.width], "big") for at in range(0, len(run), self.width))
        return "".join(self.characters.get(number, "") for number in numbers)


def table_of(stream: bytes) -> Table:
    """Read a font's table from its ToUnicode stream."""
    space = CODE_SPACE.search(stream)
    table = Table(max(1, len(space[1]) // 2) if space else 2)
    for section in SECTION.finditer(stream):
        if section[1] == b"bfchar":
            table.characters.update((int(m[1], 16), utf16(m[2])) for m in PAIR.finditer(section[2]))
        else:
            for match in RANGE.finditer(section[2]):
                table.characters.update(_range(match))
    return table


def _range(match: re.Match[bytes]) -> Iterator[tuple[int, str]]:
    """Give the characters of a range: counted up from its first, or listed one by one."""
    first, last = int(match[1], 16), min(int(match[2], 16), int(match[1], 16) + 65_535)
    if match[4] is not None:
        yield from zip(range(first, last + 1), map(utf16, re.findall(rb"<([0-9A-Fa-f]+)>", match[4])), strict=False)
        return
    start = utf16(match[3])
    if len(start) == 1:
        yield from ((code, chr(min(ord(start) + code - first, 0x10FFFF))) for code in range(first, last + 1))


def is_page(stream: bytes) -> bool:
    """Tell whether a stream shows text."""
    return bool(SHOWN.search(stream))


def _bytes_of(token: re.Match[bytes]) -> bytes:
    """Give the glyph numbers of a string, in either writing."""
    if token["hex"] is not None:
        digits = re.sub(rb"\s", b"", token["hex"]).decode("ascii")
        return bytes.fromhex(digits + "0" * (len(digits) % 2))

    def freed(match: re.Match[bytes]) -> bytes:
        return bytes([int(match[1], 8) & 255]) if match[1] else CONTROLS.get(match[2], match[2])

    return ESCAPED.sub(freed, token["literal"])


@dataclass
class _Piece:
    """A piece of a page's text in every way it can be read."""

    readings: list[str]
    sure: bool = False

    def reading(self, way: int) -> str:
        return self.readings[min(way, len(self.readings) - 1)]


class Fonts:
    """The fonts of a file by the names that its pages call them."""

    def __init__(self, objects: dict[int, bytes], streams: list[tuple[int, bytes]]) -> None:
        tables = {number: table_of(stream) for number, stream in streams if b"begincmap" in stream}
        fonts = {
            number: tables[int(match[1])]
            for number, one in objects.items()
            if (match := FONT_TABLE.search(one)) and int(match[1]) in tables
        }
        self.by_name: dict[bytes, list[Table]] = {}
        for one in objects.values():
            for name, number in FONT_NAME.findall(one):
                if int(number) in fonts:
                    known = self.by_name.setdefault(name, [])
                    if fonts[int(number)] not in known and len(known) < MOST_READINGS:
                        known.append(fonts[int(number)])
        self.shown = [stream for _number, stream in streams if is_page(stream)]

    def pages(self) -> Iterator[tuple[str, bool]]:
        """Give the text of each page, once for every way to read it; the first pages of a very large file only.

        Each text comes with whether tables gave it, or the encodings of old files were only tried.
        """
        budget = MOST_PAGE_BYTES
        for page in self.shown:
            pieces = list(self._pieces(page[:budget]))
            sure = any(piece.sure for piece in pieces)
            for way in range(max((len(piece.readings) for piece in pieces), default=0)):
                yield "".join(piece.reading(way) for piece in pieces), sure
            budget -= len(page)
            if budget <= 0:
                return

    def _pieces(self, page: bytes) -> Iterator[_Piece]:
        """Give the pieces of a page in their order; a line ends where the height changes."""
        tables: list[Table] = []
        height = b""
        for token in TOKEN.finditer(page):
            if token["font"]:
                tables = self.by_name.get(token["font"], [])
            elif token["move"] == b"Tm":
                if token["height"] != height:
                    yield _Piece(["\n"])
                height = token["height"]
            elif token["next"] or (token["move"] and token["height"].strip(b"-.0")):
                yield _Piece(["\n"])
            elif token["hex"] or token["literal"]:
                run = _bytes_of(token)
                if tables:
                    yield _Piece([table.decode(run) for table in tables], sure=True)
                else:
                    yield _Piece([run.decode(name, "ignore") for name in OLD_ENCODINGS])
