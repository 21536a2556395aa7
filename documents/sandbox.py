"""The room for hostile files: a bare interpreter with little memory, little time, no files to write and no network.

``python -m documents.sandbox workbook|paper|screen EXTENSION`` reads the file from standard input and answers with one
line of JSON: {"result": …} or {"fault": code, "details": …}. It imports no Django and knows no settings.
"""

import importlib
import json
import resource
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from io import BytesIO
from typing import Any

from documents import archives, marks, ole, parts, pdf, pictures, text, workbook
from documents.faults import Fault

MEMORY_BYTES = 300 * 1024 * 1024
CPU_SECONDS = 5
WINDOW = 48  # bytes on both sides; even, so that UTF-16 stays aligned
MOST_WINDOWS = 100_000
FORBIDDEN = frozenset({
    "socket.connect", "socket.bind", "socket.getaddrinfo", "subprocess.Popen", "os.system", "os.exec",
    "os.posix_spawn"})  # fmt: skip


def confine() -> None:
    """Give up what a parser has no need of."""
    with suppress(ValueError, OSError):  # some systems cannot limit memory; the other limits still hold there
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    def refuse(event: str, _arguments: object) -> None:
        if event in FORBIDDEN:
            raise PermissionError(event)

    sys.addaudithook(refuse)


def _refuse_marks(texts: Iterable[str]) -> bool:
    """Raise Fault at the first mark; tell whether there was any text to look at."""
    seen = False
    for one in texts:
        seen = seen or bool(one.strip())
        mark = marks.find(one)
        if mark:
            raise Fault("secrecy.marked", kind=mark.kind, level=mark.level)
    return seen


def _container(data: bytes, kind: str) -> parts.Reading:
    """Read a container of one kind through all guards."""
    if data.startswith(ole.MAGIC):
        ole.inspect(data)
    if not data.startswith(b"PK\x03\x04"):
        raise Fault("file.disguised")
    if archives.inspect(BytesIO(data), len(data)) != kind:
        raise Fault("file.disguised")
    reading = parts.read(BytesIO(data))
    _refuse_marks(reading.texts)
    return reading


def read_workbook(data: bytes, kind: str) -> dict[str, Any]:
    """Give the cells of a workbook."""
    reading = _container(data, kind)
    if parts.embedded(BytesIO(data)):
        raise Fault("file.embedded")
    return workbook.read(data, reading)


def _screen_office(data: bytes, kind: str) -> bool:
    reading = _container(data, kind)
    for name, inner in parts.embedded_files(BytesIO(data)):
        inside = _container(inner, name.rpartition(".")[2].lower())
        if parts.embedded(BytesIO(inner)):
            raise Fault("file.embedded")
        reading.texts.extend(inside.texts)
    return any(one.strip() for one in reading.texts)


def _screen_old_office(data: bytes, kind: str) -> bool:
    """Old files hold their text as UTF-16 or GBK somewhere in the bytes: look around every 密."""
    if not data.startswith(ole.MAGIC) or ole.inspect(data) != kind:
        raise Fault("file.disguised")
    _refuse_marks(_around(data, "utf-16-le"))
    _refuse_marks(_around(data, "gb18030"))
    return False


def _around(data: bytes, encoding: str) -> Iterator[str]:
    """Give what stands around every 密 in raw bytes; the rest of an old file is not text."""
    sign, place = "密".encode(encoding), -1
    for _count in range(MOST_WINDOWS):
        place = data.find(sign, place + 1)
        if place < 0:
            return
        yield data[max(0, place - WINDOW) : place + WINDOW].decode(encoding, "replace")


def _screen_pdf(data: bytes, _kind: str) -> bool:
    if b"%PDF-" not in data[:1024]:
        raise Fault("file.disguised")
    if b"%%EOF" not in data[-2048:] or pictures.is_active(data[:1024]):
        raise Fault("file.broken")
    readable = False
    for found, sure in pdf.texts(data):
        readable = (_refuse_marks([found]) and sure) or readable
    return readable


def _screen_picture(data: bytes, kind: str) -> bool:
    if pictures.inspect(data) != kind:
        raise Fault("file.disguised")
    return False


def _screen_text(data: bytes, _kind: str) -> bool:
    return _refuse_marks([text.decode(data)])


SCREENS: dict[str, Callable[[bytes, str], bool]] = {
    "pdf": _screen_pdf, "png": _screen_picture, "jpg": _screen_picture, "txt": _screen_text, "csv": _screen_text,
    **dict.fromkeys(("docx", "xlsx", "pptx", "ofd"), _screen_office),
    **dict.fromkeys(("doc", "xls", "ppt"), _screen_old_office),
}  # fmt: skip


def screen(data: bytes, kind: str) -> dict[str, Any]:
    """Look a file through; tell whether its text could be read (else its uploader declares it)."""
    return {"readable": SCREENS[kind](data, kind)}


# Loaded only when a paper is read: each brings a library that the other commands have no need of.
READERS = {"docx": "documents.word_text", "pdf": "documents.page_text"}


def read_paper(data: bytes, kind: str) -> dict[str, Any]:
    """Give the text and tables of a paper that passed all guards."""
    SCREENS[kind](data, kind)
    if kind == "txt":
        return {"text": text.decode(data), "tables": []}
    paper: dict[str, Any] = importlib.import_module(READERS[kind]).read(data).as_dict()
    _refuse_marks([paper["text"]])
    return paper


COMMANDS: dict[str, Callable[[bytes, str], dict[str, Any]]] = {
    "workbook": read_workbook, "paper": read_paper, "screen": screen,
}  # fmt: skip


def answer(command: str, kind: str, data: bytes) -> dict[str, Any]:
    """Give the answer of a command, faults included."""
    try:
        return {"result": COMMANDS[command](data, kind)}
    except Fault as fault:
        return {"fault": fault.code, "details": fault.details}
    except (MemoryError, RecursionError):
        return {"fault": "file.too_complex", "details": {}}


def main() -> None:
    """Read the file, answer, and be gone."""
    confine()
    reply = answer(sys.argv[1], sys.argv[2], sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(reply, ensure_ascii=False).encode("utf-8", "replace"))


if __name__ == "__main__":
    main()
