"""What every Word file of the house has in common: the library's template stripped, the parts packed alike."""

import zipfile
from io import BytesIO
from typing import Any, Final
from xml.sax.saxutils import quoteattr

from docx.oxml.ns import qn

from documents.papers.fonts import FACES

EPOCH: Final = (1980, 1, 1, 0, 0, 0)
KEPT_STYLES: Final = frozenset({
    "Normal", "Title", "Heading 1", "Heading 2", "Heading 3", "Heading 4", "Default Paragraph Font", "Table Normal",
    "Normal Table", "No List", "Header", "Footer"})  # fmt: skip


def strip(document: Any) -> None:
    """Leave out of the library's template what a paper has no use for."""
    for part, unwanted in (
        (document.part, ("stylesWithEffects", "customXml", "numbering")),
        (document.part.package, ("thumbnail",)),
    ):
        for key in [key for key, one in part.rels.items() if one.reltype.endswith(unwanted)]:
            part.rels.pop(key)
    styles = document.styles.element
    for style in styles.findall(qn("w:style")):
        if style.name_val not in KEPT_STYLES and style.name_val.title() not in KEPT_STYLES:
            styles.remove(style)
        for link in style.findall(qn("w:link")):
            style.remove(link)


def fixed(stream: BytesIO) -> bytes:
    """Pack the parts again without the hour, and stored: another zlib would compress to other bytes."""
    packed_again = BytesIO()
    with zipfile.ZipFile(stream) as parts, zipfile.ZipFile(packed_again, "w", zipfile.ZIP_STORED) as packed:
        for name in parts.namelist():
            content = font_table() if name == "word/fontTable.xml" else parts.read(name)
            packed.writestr(zipfile.ZipInfo(name, EPOCH), content)
    return packed_again.getvalue()


def font_table() -> bytes:
    """Name the faces, and with each those that may stand in for it."""
    faces = "".join(
        f"<w:font w:name={quoteattr(face.names[0])}>"
        f"<w:altName w:val={quoteattr(','.join(face.names[1:] + face.stand_ins))}/>"
        '<w:charset w:val="86"/></w:font>'
        for face in FACES.values()
    )
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f'{head}<w:fonts xmlns:w="{space}">{faces}</w:fonts>'.encode()
