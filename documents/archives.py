"""Zip containers (xlsx, docx, pptx, ofd) looked over before anything in them is unpacked.

Only the directory at the end of the file is read here: sizes, names, positions. Raises Fault, never unpacks.
"""

import re
import stat
import struct
import zipfile
from typing import BinaryIO

from documents.faults import Fault

MOST_PARTS = 2_000
MOST_BYTES = 200 * 1024 * 1024
MOST_DIRECTORY_BYTES = 1024 * 1024
HIGHEST_RATIO = 100
RATIO_FROM_BYTES = 1024 * 1024
END_RECORD = b"PK\x05\x06"
LOCAL_HEADER = 30

NESTED = re.compile(r"\.(?:zip|rar|7z|tar|gz|tgz|bz2|xz|jar|war|apk|cab|iso|arj|lzh|zst)$", re.IGNORECASE)
MACRO_PARTS = re.compile(
    r"(?:^|/)(?:vbaProject|vbaData|vbaProjectSignature)[^/]*$"
    r"|(?:^|/)(?:activeX|macrosheets|dialogsheets|macros?)/",
    re.IGNORECASE,
)
EXTERNAL_PARTS = re.compile(r"^xl/(?:externalLinks/|connections\.xml|queryTables/)", re.IGNORECASE)
EMBEDDED_PARTS = re.compile(
    r"(?:^|/)(?:embeddings|embedded)/(?!.*\.(?:xlsx|docx|pptx)$)"
    r"|\.(?:exe|dll|js|vbs|bat|cmd|ps1|scr|hta|lnk|html?|svgz?)$",
    re.IGNORECASE,
)
# The part that tells what a container is.
MAIN_PARTS = {"xl/workbook.xml": "xlsx", "word/document.xml": "docx", "ppt/presentation.xml": "pptx", "OFD.xml": "ofd"}


def inspect(stream: BinaryIO, size: int) -> str:
    """Look over a zip container and give its kind (xlsx, docx, pptx, ofd); raise Fault if it is not harmless."""
    _check_end_record(stream, size)
    try:
        with zipfile.ZipFile(stream) as container:
            parts = container.infolist()
            _check_parts(parts, size)
            _check_positions(container, size)
            _check_names([part.filename for part in parts])
            check_links(parts)
            return kind_of({part.filename for part in parts})
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        struct.error,
        ValueError,
        EOFError,
        OSError,
        NotImplementedError,
        UnicodeDecodeError,
    ) as error:
        raise Fault("file.broken") from error


def kind_of(names: set[str]) -> str:
    """Give the kind of a container by its main part; empty if it has none that is known."""
    return next((kind for part, kind in MAIN_PARTS.items() if part in names), "")


def _check_end_record(stream: BinaryIO, size: int) -> None:
    """Refuse huge directories before zipfile reads them into memory."""
    start = max(0, size - 65_557)
    stream.seek(start)
    tail = stream.read()
    place = tail.rfind(END_RECORD)
    if place < 0 or len(tail) - place < 22:
        raise Fault("file.broken")
    entries, directory_bytes = struct.unpack("<HI", tail[place + 10 : place + 16])
    if entries > MOST_PARTS:
        raise Fault("file.too_many_parts", parts=entries)
    if directory_bytes > MOST_DIRECTORY_BYTES:
        raise Fault("file.too_many_parts")
    stream.seek(0)


def _check_parts(parts: list[zipfile.ZipInfo], size: int) -> None:
    if len(parts) > MOST_PARTS:
        raise Fault("file.too_many_parts", parts=len(parts))
    total = sum(part.file_size for part in parts)
    if total > MOST_BYTES or total > max(size * HIGHEST_RATIO, RATIO_FROM_BYTES):
        raise Fault("file.zip_bomb")
    for part in parts:
        if part.flag_bits & 0x1 or part.flag_bits & 0x40:
            raise Fault("file.encrypted")
        if part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise Fault("file.broken")
        if part.file_size > RATIO_FROM_BYTES and part.file_size > HIGHEST_RATIO * max(part.compress_size, 1):
            raise Fault("file.zip_bomb")


def _check_positions(container: zipfile.ZipFile, size: int) -> None:
    """Refuse parts that share bytes: each must end before the next begins, and the last before the directory."""
    end = container.start_dir
    for part in sorted(container.infolist(), key=lambda p: p.header_offset, reverse=True):
        if part.header_offset < 0 or part.header_offset + LOCAL_HEADER + part.compress_size > end:
            raise Fault("file.unsafe_path")
        end = part.header_offset
    if container.start_dir > size:
        raise Fault("file.broken")


def _is_unsafe(part: str) -> bool:
    steps = re.split(r"[/\\]", part)
    return part.startswith(("/", "\\")) or ".." in steps or bool(re.match("[A-Za-z]:", part)) or "\0" in part


def _check_names(names: list[str]) -> None:
    if len(set(names)) != len(names):
        raise Fault("file.unsafe_path")
    for name in names:
        if _is_unsafe(name):
            raise Fault("file.unsafe_path")
        for pattern, code in (
            (MACRO_PARTS, "file.macro"),
            (EXTERNAL_PARTS, "file.external"),
            (NESTED, "file.embedded"),
            (EMBEDDED_PARTS, "file.embedded"),
        ):
            if pattern.search(name):
                raise Fault(code)


def check_links(parts: list[zipfile.ZipInfo]) -> None:
    """Refuse symbolic links among the parts."""
    if any(stat.S_ISLNK(part.external_attr >> 16) for part in parts):
        raise Fault("file.unsafe_path")
