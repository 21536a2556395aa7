"""Old office files (doc, xls, wps, et: OLE compound files), read just far enough to know whether they are harmless."""

import struct
from dataclasses import dataclass

from documents.faults import Fault

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FREE = 0xFFFFFFFA
MOST_SECTORS = 20_000
MACRO_STREAMS = frozenset({"_vba_project", "_vba_project_cur", "macros", "vba", "projectwm"})
ENCRYPTED_STREAMS = frozenset({"encryptedpackage", "encryptioninfo", "encryptedsummary"})
EMBEDDED_STREAMS = frozenset({"\x01ole10native", "package"})
BIFF_FILEPASS = 0x2F


@dataclass(frozen=True)
class Stream:
    """A named stream of the compound file."""

    name: str
    start: int
    size: int


class CompoundFile:
    """The directory of an OLE file; every walk is bounded, so that a ring of sectors ends."""

    def __init__(self, data: bytes) -> None:
        if len(data) < 512 or not data.startswith(MAGIC):
            raise Fault("file.broken")
        self.data = data
        shift = struct.unpack_from("<H", data, 30)[0]
        if shift not in {9, 12}:
            raise Fault("file.broken")
        self.sector = 1 << shift
        self.table = self._table()
        self.streams = self._directory(struct.unpack_from("<I", data, 48)[0])

    def _read(self, number: int) -> bytes:
        start = (number + 1) * self.sector
        return self.data[start : start + self.sector]

    def _table(self) -> list[int]:
        """Give the allocation table named in the header (the first 109 sectors cover 6.8 MB and more)."""
        table: list[int] = []
        for number in struct.unpack_from("<109I", self.data, 76):
            if number >= FREE:
                break
            block = self._read(number)
            table.extend(struct.unpack(f"<{len(block) // 4}I", block[: len(block) // 4 * 4]))
        return table

    def chain(self, start: int, most: int = MOST_SECTORS) -> bytes:
        """Give the bytes of a chain of sectors."""
        blocks: list[bytes] = []
        number = start
        while number < FREE and len(blocks) < most:
            block = self._read(number)
            if not block or number >= len(self.table):
                break
            blocks.append(block)
            number = self.table[number]
        return b"".join(blocks)

    def _directory(self, start: int) -> list[Stream]:
        entries, data = [], self.chain(start, most=512)
        for place in range(0, len(data) - 127, 128):
            length = struct.unpack_from("<H", data, place + 64)[0]
            if 2 <= length <= 64:
                name = data[place : place + length - 2].decode("utf-16-le", "replace")
                first, size = struct.unpack_from("<II", data, place + 116)
                entries.append(Stream(name, first, size))
        if not entries:
            raise Fault("file.broken")
        return entries

    def head(self, name: str, length: int) -> bytes:
        """Give the first bytes of a stream that is stored in ordinary sectors (4 KB and more), else nothing."""
        for stream in self.streams:
            if stream.name.lower() == name.lower() and stream.size >= 4096:
                return self.chain(stream.start, most=length // self.sector + 1)[:length]
        return b""


def kind_of(compound: CompoundFile) -> str:
    """Give doc, xls, ppt or nothing by the name of the main stream."""
    names = {stream.name.lower() for stream in compound.streams}
    known = (("worddocument", "doc"), ("workbook", "xls"), ("book", "xls"), ("powerpoint document", "ppt"))
    return next((kind for name, kind in known if name in names), "")


def inspect(data: bytes) -> str:
    """Give the kind of an OLE file; raise Fault if it is encrypted, carries macros or embeds other files."""
    compound = CompoundFile(data)
    names = {stream.name.lower() for stream in compound.streams}
    if names & ENCRYPTED_STREAMS or _is_encrypted_word(compound) or _is_encrypted_excel(compound):
        raise Fault("file.encrypted")
    if names & MACRO_STREAMS:
        raise Fault("file.macro")
    if names & EMBEDDED_STREAMS:
        raise Fault("file.embedded")
    return kind_of(compound)


def _is_encrypted_word(compound: CompoundFile) -> bool:
    head = compound.head("WordDocument", 32)
    return len(head) >= 12 and bool(struct.unpack_from("<H", head, 10)[0] & 0x0100)


def _is_encrypted_excel(compound: CompoundFile) -> bool:
    """Look for the FILEPASS record, which stands among the first records of a workbook with a password."""
    head = compound.head("Workbook", 4096) or compound.head("Book", 4096)
    place = 0
    while place + 4 <= len(head):
        record, length = struct.unpack_from("<HH", head, place)
        if record == BIFF_FILEPASS:
            return True
        place += 4 + length
    return False
