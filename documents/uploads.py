"""Every uploaded file comes through here: its type is on the list, its content agrees, its name is harmless.

Allowed: what an office hands in as proof and what can be looked through. Old office files (doc, xls, wps, et) are
allowed because units still send them; they are refused when they hold macros, a password or other files. Not allowed:
gif (a favourite second skin of web pages, and no proof needs it), html, svg, xml and scripts (they run), archives and
films (they cannot be looked through), exe and the like.
"""

import hashlib
import re
import unicodedata
import weakref
from dataclasses import dataclass
from typing import BinaryIO, Self

from documents import markings, safety
from documents.faults import Fault
from documents.refusals import refusal

LIMIT_BYTES = 50 * safety.MEGABYTE
LONGEST_NAME_BYTES = 200
NAMELESS = "附件"
FORBIDDEN_IN_NAMES = re.compile(r'[<>:"|?*\\/]')
DEVICE_NAMES = re.compile(r"^(?:con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)
ALLOWED = ("pdf", "docx", "xlsx", "pptx", "ofd", "doc", "xls", "wps", "et", "png", "jpg", "jpeg", "txt", "csv")


@dataclass(frozen=True)
class Upload:
    """A file that may be stored; ``with uploads.accept(…) as upload`` closes its ``stream``, a nameless temporary copy.

    ``readable`` tells whether its text was screened for marks; where it was not, the uploader declares it.
    """

    name: str
    content_type: str
    size: int
    sha256: str
    stream: BinaryIO
    readable: bool

    def __post_init__(self) -> None:
        # An operation that refused did not take the copy over: it is closed with this object, whichever way that goes.
        weakref.finalize(self, self.stream.close)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.stream.close()


def _decoded(name: str) -> str:
    """Read a name that arrived as raw bytes (surrogates) in the encoding of the office."""
    try:
        return name.encode("utf-8").decode("utf-8")
    except UnicodeEncodeError:
        return name.encode("utf-8", "surrogateescape").decode("gb18030", "replace")


def _visible(name: str) -> str:
    """Take out paths, controls, invisible characters and what turns the reading direction."""
    last = re.split(r"[/\\]", _decoded(name))[-1]
    shown = "".join(
        char
        for char in unicodedata.normalize("NFC", last)
        if unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    )
    return re.sub(r"\s+", " ", FORBIDDEN_IN_NAMES.sub("_", shown)).lstrip().rstrip(" .")


def harmless_name(name: str) -> str:
    """Give a name fit to be shown and stored: no path, nothing invisible, at most 200 bytes, its extension kept."""
    shown = _visible(name)
    stem, dot, ending = shown.rpartition(".")
    if not dot:
        stem, ending = shown, ""
    stem = stem.strip(" .") or NAMELESS
    if DEVICE_NAMES.match(stem):
        stem = f"_{stem}"
    ending = f".{ending[:10]}" if ending else ""
    room = LONGEST_NAME_BYTES - len(ending.encode())
    return stem.encode()[:room].decode("utf-8", "ignore").rstrip() + ending


def _digest(stream: BinaryIO) -> tuple[int, str]:
    """Give size and SHA-256 of a stream, read piece by piece."""
    digest, size = hashlib.sha256(), 0
    stream.seek(0)
    while chunk := stream.read(safety.CHUNK):
        digest.update(chunk)
        size += len(chunk)
    stream.seek(0)
    return size, digest.hexdigest()


def accept(
    stream: safety.Source, name: str, *, limit_bytes: int = LIMIT_BYTES, allowed: tuple[str, ...] = ALLOWED
) -> Upload:
    """Take in a file, or refuse it and keep nothing.

    Raises RuleBroken: secrecy.marked for a state-secret mark in name or text; file.wrong_type, file.disguised,
    file.empty, file.too_large, file.encrypted, file.macro, file.active, file.external, file.embedded, file.broken,
    file.zip_bomb, file.unsafe_path, file.too_complex … with the sentence that says what to do.
    """
    markings.refuse_marked(name, place="name", short=True)
    shown = harmless_name(name)
    ending = safety.extension(shown)
    if ending not in allowed:
        raise refusal(Fault("file.wrong_type"), name=f".{ending}" if ending else shown, allowed="、".join(allowed))
    copy = safety.take(stream, limit_bytes)
    try:
        readable = markings.refuse_marked_file(copy, shown)
    except BaseException:
        safety.wipe(copy)
        raise
    return sealed(copy, shown, readable=readable)


def sealed(copy: BinaryIO, shown: str, *, readable: bool) -> Upload:
    """Give a checked copy under its harmless name, with its size and digest."""
    size, sha256 = _digest(copy)
    return Upload(shown, safety.TYPES[safety.extension(shown)][1], size, sha256, copy, readable)
