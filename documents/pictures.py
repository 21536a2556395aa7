"""Pictures (png, jpg) looked over without decoding them: the frame is whole, the size bearable, nothing behind."""

import re
import struct

from documents.faults import Fault

MOST_PIXELS = 120_000_000
PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
# Beginnings of web pages and programs; long enough not to turn up in a large picture by chance.
ACTIVE = (
    *(tag + end for tag in (b"<html", b"<iframe", b"<body") for end in (b" ", b">", b"\n")),
    b"<script",
    b"<!doctype",
    b"<?php",
    b"javascript:",
)
ACTIVE_AS_WRITTEN = (b"<svg ", b"<svg>", b"<svg\n")
ARCHIVE = re.compile(rb"PK\x03\x04.{26,200}(?:\.xml|\.exe|\.js)", re.DOTALL)


def is_active(data: bytes) -> bool:
    """Tell whether bytes hold a web page, a script or an archive beside what they pretend to be."""
    small = data.lower()
    return (
        any(tag in small for tag in ACTIVE)
        or any(tag in data for tag in ACTIVE_AS_WRITTEN)
        or bool(ARCHIVE.search(data))
    )


SIZED = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})


def inspect(data: bytes) -> str:
    """Give png or jpg; raise Fault where the picture is cut off, a flood of pixels, or something else as well."""
    if data.startswith(PNG):
        width, height = _png(data)
        kind = "png"
    elif data.startswith(JPEG):
        width, height = _jpeg(data)
        kind = "jpg"
    else:
        raise Fault("file.disguised")
    if width * height > MOST_PIXELS or not width or not height:
        raise Fault("file.too_complex")
    if is_active(data):
        raise Fault("file.active")
    return kind


def _png(data: bytes) -> tuple[int, int]:
    """Walk the chunks to IEND, which must be the end."""
    place, size = len(PNG), (0, 0)
    while place + 12 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, place)
        if kind == b"IHDR" and length == 13:
            size = struct.unpack_from(">II", data, place + 8)
        place += 12 + length
        if kind == b"IEND":
            if place != len(data):
                raise Fault("file.active")
            return size
    raise Fault("file.broken")


def _jpeg(data: bytes) -> tuple[int, int]:
    """Walk the segments to the picture data; cameras leave bytes behind the end, so it only has to be there."""
    place, size = 2, (0, 0)
    while place + 4 <= len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        if marker == 0xFF:
            place += 1
            continue
        length = struct.unpack_from(">H", data, place + 2)[0]
        if marker in SIZED and place + 9 <= len(data):
            height, width = struct.unpack_from(">HH", data, place + 5)
            size = (width, height)
        place += 2 + length
        if marker == 0xDA:
            if data.find(b"\xff\xd9", place) < 0:
                raise Fault("file.broken")
            return size
    raise Fault("file.broken")
