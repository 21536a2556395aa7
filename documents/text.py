"""Plain text (txt, csv) in the encodings of the office: UTF-8, UTF-16 with its mark, GB 18030."""

import re

from documents.faults import Fault

BINARY = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
WEB_PAGE = re.compile(
    r"\s*(?:<!doctype|<html|<svg|<\?xml|<script|<head|<body|<iframe|<!--|<\?php|#!|MZ|%PDF)", re.IGNORECASE
)
SCRIPTED = re.compile(r"<script\b|<svg\b|<iframe\b|<html\b|javascript:|\bon(?:error|load|click)\s*=", re.IGNORECASE)
BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def decode(data: bytes) -> str:
    """Read the text; raise Fault where the bytes are no text or a web page in disguise."""
    marked = next((name for bom, name in BOMS if data.startswith(bom)), None)
    for encoding in (marked,) if marked else ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, UnicodeError):
            continue
        if BINARY.search(text):
            break
        if WEB_PAGE.match(text) or SCRIPTED.search(text):
            raise Fault("file.active")
        return text
    raise Fault("file.disguised")
