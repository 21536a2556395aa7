"""The gate before any parser: sizes and names here, everything else in the sandbox, every refusal in words."""

import json
import os
import subprocess
import sys
import tempfile
import unicodedata
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from documents.faults import Fault
from documents.marks import Mark, find
from documents.refusals import refusal

WALL_SECONDS = 5
MEGABYTE = 1024 * 1024
IMPORT_LIMIT_BYTES = 10 * MEGABYTE
CHUNK = 1 << 16
ROOT = Path(__file__).resolve().parent.parent
ANSWER_LIMIT = 128 * MEGABYTE

# Which check of the sandbox a file goes through, and what the browser is told it is.
TYPES: dict[str, tuple[str, str]] = {
    "pdf": ("pdf", "application/pdf"),
    "docx": ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xlsx": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "pptx": ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    "ofd": ("ofd", "application/ofd"),
    "doc": ("doc", "application/msword"),
    "wps": ("doc", "application/kswps"),
    "xls": ("xls", "application/vnd.ms-excel"),
    "et": ("xls", "application/kset"),
    "png": ("png", "image/png"),
    "jpg": ("jpg", "image/jpeg"),
    "jpeg": ("jpg", "image/jpeg"),
    "txt": ("txt", "text/plain"),
    "csv": ("csv", "text/csv"),
}


class Source(Protocol):
    """What a file is read from: an upload of Django, an open file, bytes in memory."""

    def read(self, size: int = ..., /) -> bytes:
        """Give at most ``size`` bytes, none at the end."""
        ...


def extension(name: str) -> str:
    """Give the extension of a name in small half-width letters, after everything invisible is taken out."""
    shown = "".join(char for char in unicodedata.normalize("NFKC", name) if unicodedata.category(char)[0] != "C")
    return shown.rpartition(".")[2].strip().lower() if "." in shown else ""


def take(stream: Source, limit: int) -> BinaryIO:
    """Copy a stream of at most ``limit`` bytes into a nameless temporary file; refuse an empty or larger one."""
    copy = tempfile.TemporaryFile()  # noqa: SIM115 - handed on open; the caller closes or wipes it
    size = 0
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > limit:
            copy.close()
            raise refusal(Fault("file.too_large", limit=round(limit / MEGABYTE, 1)))
        copy.write(chunk)
    if not size:
        copy.close()
        raise refusal(Fault("file.empty"))
    copy.seek(0)
    return copy


def wipe(stream: BinaryIO) -> None:
    """Overwrite a temporary copy and close it: what carries a mark is not kept, not even on the free disk."""
    stream.seek(0, os.SEEK_END)
    size = stream.tell()
    stream.seek(0)
    for start in range(0, size, CHUNK):
        stream.write(b"\0" * min(CHUNK, size - start))
    stream.flush()
    stream.close()


def _environment() -> dict[str, str]:
    """Give the sandbox nothing but where the code is: no secrets, no addresses."""
    return {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1", "PATH": os.defpath}


def sandboxed(command: str, kind: str, stream: BinaryIO) -> dict[str, Any]:
    """Have the sandbox look at a file; raise Fault for what it finds, too_complex when it dies or takes too long."""
    stream.seek(0)
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter with fixed words
            [sys.executable, "-m", "documents.sandbox", command, kind],
            stdin=stream,
            capture_output=True,
            timeout=WALL_SECONDS,
            env=_environment(),
            cwd=ROOT,
            check=False,
        )
    except subprocess.TimeoutExpired as slow:
        raise Fault("file.too_complex") from slow
    if done.returncode or not done.stdout or len(done.stdout) > ANSWER_LIMIT:
        raise Fault("file.too_complex")
    reply: dict[str, Any] = json.loads(done.stdout)
    if "fault" in reply:
        raise Fault(reply["fault"], **reply["details"])
    result: dict[str, Any] = reply["result"]
    return result


def found_mark(fault: Fault) -> Mark | None:
    """Give the mark a fault is about, if it is about one."""
    if fault.code != "secrecy.marked":
        return None
    return Mark(str(fault.details["kind"]), str(fault.details["level"]))


def mark_in_name(name: str) -> Mark | None:
    """Find a mark in a file name, which is held to the stricter table."""
    return find(name, short=True)
