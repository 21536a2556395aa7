"""The XML parts of a container, read one after another by expat: text for the marking gate, cells for the size guard.

Runs inside the sandbox only. Any DOCTYPE ends the reading; depth, elements and text are bounded.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.parsers import expat

from documents.faults import Fault

MOST_ELEMENTS = 3_000_000
MOST_TEXT = 20_000_000
DEEPEST = 200
CHUNK = 1 << 16

XML_PART = re.compile(r"\.(?:xml|rels|vml)$|^mimetype$", re.IGNORECASE)
OFFICE_PART = re.compile(r"(?:^|/)embeddings/[^/]+\.(?:xlsx|docx|pptx)$", re.IGNORECASE)
# A line ends with these; other elements (runs, spans) may cut a word in two.
LINES = frozenset({
    "p", "si", "is", "c", "row", "br", "cr", "tr", "TextObject", "title", "subject", "description", "keywords",
    "oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter", "lastModifiedBy"})  # fmt: skip
FIELD_DDE = re.compile(r"\bDDE(?:AUTO)?\b", re.IGNORECASE)
DDE = re.compile(r"^\s*DDE\s*\(|\|\s*'[^']*'\s*!|^\s*[\w.]+\s*\|", re.IGNORECASE)
REMOTE = re.compile(
    r"^(?:https?:|ftp:|//|\\\\|file:(?://)?(?![/\\]{1,3}[A-Za-z]:|[A-Za-z]:)|mhtml:|javascript:)", re.IGNORECASE
)
FETCHED_ON_OPEN = re.compile("/(?!hyperlink)[A-Za-z]+$")
COLUMN = re.compile(r"^([A-Z]{1,3})(\d{1,7})$")


@dataclass
class Reading:
    """What the parts of a container say: their text, and the extent of their sheets."""

    texts: list[str] = field(default_factory=list)
    elements: int = 0
    length: int = 0
    extents: dict[str, tuple[int, int]] = field(default_factory=dict)
    merges: int = 0
    percent_styles: set[int] = field(default_factory=set)
    percents: dict[str, set[tuple[int, int]]] = field(default_factory=dict)
    blanks: dict[str, dict[tuple[int, int], str]] = field(default_factory=dict)
    sheets: list[tuple[str, str]] = field(default_factory=list)
    relations: dict[str, str] = field(default_factory=dict)

    def part_of(self, sheet: str) -> str:
        """Give the part that holds a sheet (xl/worksheets/sheet1.xml)."""
        target = next((self.relations.get(link, "") for name, link in self.sheets if name == sheet), "")
        return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def column_number(letters: str) -> int:
    """Give the number of a column from its letters: A is 1, XFD is 16384."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def place_of(reference: str) -> tuple[int, int] | None:
    """Give (row, column) from a reference like B12, counted from 1; None if it is none."""
    match = COLUMN.match(reference.replace("$", ""))
    return (int(match[2]), column_number(match[1])) if match else None


class _PartReader:
    """Reads one XML part into the common Reading."""

    def __init__(self, name: str, reading: Reading) -> None:
        self.name, self.reading = name, reading
        self.depth = 0
        self.text: list[str] = []
        self.formats: dict[int, bool] = {}
        self.in_cell_styles = False
        self.cell: tuple[int, int] | None = None
        self.cell_has: set[str] = set()
        self.kind = ""
        self.in_value = False
        self.formula: list[str] | None = None
        self.instructions: list[str] = []
        self.parser = expat.ParserCreate(namespace_separator=None)
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters

    def _refuse(self, *_declaration: object) -> None:
        raise Fault("file.entities")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.reading.elements += 1
        if self.depth > DEEPEST or self.reading.elements > MOST_ELEMENTS:
            raise Fault("file.too_complex")
        handler = STARTS.get(tag.rpartition(":")[2])
        if handler:
            handler(self, attributes)

    def end(self, tag: str) -> None:
        self.depth -= 1
        local = tag.rpartition(":")[2]
        if local in LINES:
            self.text.append("\n")
        if local == "f" and self.formula is not None:
            if DDE.search("".join(self.formula)):
                raise Fault("file.external")
            self.formula = None
        elif local == "instrText":
            self.formula = None
        elif local in {"v", "is"}:
            self.in_value = False
        elif local == "c" and self.cell is not None:
            if self.kind == "e" or ("f" in self.cell_has and "v" not in self.cell_has and self.kind != "str"):
                kind = "error" if self.kind == "e" else "formula"
                self.reading.blanks.setdefault(self.name, {})[self.cell] = kind
            self.cell = None
        elif local == "cellXfs":
            self.in_cell_styles = False

    def characters(self, data: str) -> None:
        self.reading.length += len(data)
        if self.reading.length > MOST_TEXT:
            raise Fault("file.too_complex")
        if self.in_value and data.strip():
            self.cell_has.add("v")
        (self.text if self.formula is None else self.formula).append(data)

    def on_relationship(self, attributes: dict[str, str]) -> None:
        external = attributes.get("TargetMode", "").lower() == "external"
        if self.name == "xl/_rels/workbook.xml.rels":
            self.reading.relations[attributes.get("Id", "")] = attributes.get("Target", "")
        fetched = FETCHED_ON_OPEN.search(attributes.get("Type", ""))
        if external and fetched and REMOTE.match(attributes.get("Target", "")):
            raise Fault("file.external")

    def on_content_type(self, attributes: dict[str, str]) -> None:
        kind = attributes.get("ContentType", "").lower()
        if "macroenabled" in kind or "vbaproject" in kind or "activex" in kind:
            raise Fault("file.macro")

    def on_external(self, _attributes: dict[str, str]) -> None:
        raise Fault("file.external")

    def on_format(self, attributes: dict[str, str]) -> None:
        if attributes.get("numFmtId", "").isdigit():
            self.formats[int(attributes["numFmtId"])] = "%" in attributes.get("formatCode", "")

    def on_cell_styles(self, _attributes: dict[str, str]) -> None:
        self.in_cell_styles, self.styles = True, 0

    def on_style(self, attributes: dict[str, str]) -> None:
        if not self.in_cell_styles:
            return
        number = int(attributes["numFmtId"]) if attributes.get("numFmtId", "").isdigit() else 0
        if number in {9, 10} or self.formats.get(number):
            self.reading.percent_styles.add(self.styles)
        self.styles += 1

    def on_cell(self, attributes: dict[str, str]) -> None:
        self.cell_has, self.kind, self.in_value = set(), attributes.get("t", ""), False
        self.cell = place_of(attributes.get("r", ""))
        if self.cell is None:
            return
        rows, columns = self.reading.extents.get(self.name, (0, 0))
        self.reading.extents[self.name] = (max(rows, self.cell[0]), max(columns, self.cell[1]))
        style = attributes.get("s", "")
        if style.isdigit() and int(style) in self.reading.percent_styles:
            self.reading.percents.setdefault(self.name, set()).add(self.cell)

    def on_value(self, _attributes: dict[str, str]) -> None:
        self.in_value = True

    def on_formula(self, _attributes: dict[str, str]) -> None:
        self.cell_has.add("f")
        self.formula = []

    def on_instruction(self, _attributes: dict[str, str]) -> None:
        self.formula = self.instructions  # a field may be cut into runs: all are looked at together

    def on_watermark(self, attributes: dict[str, str]) -> None:
        self.text.append(f"\n{attributes.get('string', '')}\n")

    def on_sheet(self, attributes: dict[str, str]) -> None:
        link = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id" and ":" in key), "")
        self.reading.sheets.append((attributes.get("name", ""), link))

    def finish(self) -> None:
        """End the part: what is known only now is checked and kept."""
        self.parser.Parse(b"", True)
        if FIELD_DDE.search("".join(self.instructions)):
            raise Fault("file.external")
        self.reading.texts.append("".join(self.text))

    def on_merge(self, _attributes: dict[str, str]) -> None:
        self.reading.merges += 1

    def on_tab(self, _attributes: dict[str, str]) -> None:
        self.text.append(" ")


STARTS = {
    "Relationship": _PartReader.on_relationship,
    "Override": _PartReader.on_content_type, "Default": _PartReader.on_content_type,
    "ddeLink": _PartReader.on_external, "numFmt": _PartReader.on_format, "cellXfs": _PartReader.on_cell_styles,
    "xf": _PartReader.on_style, "c": _PartReader.on_cell, "v": _PartReader.on_value, "is": _PartReader.on_value,
    "f": _PartReader.on_formula, "instrText": _PartReader.on_instruction, "mergeCell": _PartReader.on_merge,
    "tab": _PartReader.on_tab, "textpath": _PartReader.on_watermark, "sheet": _PartReader.on_sheet,
}  # fmt: skip


def _order(name: str) -> tuple[int, str]:
    """Read the styles before the sheets that use them."""
    return (0 if name.endswith("styles.xml") else 1, name)


def _read_part(container: zipfile.ZipFile, name: str, reading: Reading) -> None:
    reader = _PartReader(name, reading)
    with container.open(name) as part:
        while chunk := part.read(CHUNK):
            reader.parser.Parse(chunk, False)
    reader.finish()


def read(stream: BinaryIO) -> Reading:
    """Read all XML parts of a container; raise Fault on what does not belong into a harmless one."""
    reading = Reading()
    try:
        with zipfile.ZipFile(stream) as container:
            for name in sorted((p.filename for p in container.infolist() if not p.is_dir()), key=_order):
                if XML_PART.search(name) and name != "mimetype":
                    _read_part(container, name, reading)
    except (
        expat.ExpatError,
        zipfile.BadZipFile,
        zlib.error,
        ValueError,
        LookupError,
        EOFError,
        OSError,
        NotImplementedError,
    ) as error:
        raise Fault("file.broken") from error
    return reading


def embedded(stream: BinaryIO) -> list[str]:
    """Give the names of the office files inside a document (the tables behind its charts)."""
    with zipfile.ZipFile(stream) as container:
        return [name for name in container.namelist() if OFFICE_PART.search(name)]


def embedded_files(stream: BinaryIO) -> Iterator[tuple[str, bytes]]:
    """Give the office files inside a document, one after another."""
    with zipfile.ZipFile(stream) as container:
        for name in embedded(stream):
            yield name, container.read(name)
