"""Small real files of the kinds that are accepted as evidence, and of some that are not."""

import io
import struct
import zipfile
import zlib

import docx
import openpyxl


def pdf() -> bytes:
    """One empty page, as a program would write it."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    )
    body, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + (
        b"xref\n0 4\n0000000000 65535 f \n%s"
        b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (table, len(body))
    )


def png() -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        checked = kind + content
        return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\x00\x00")
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


def jpeg(marker: bytes = b"\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00") -> bytes:
    return b"\xff\xd8\xff" + marker + b"\xff\xdb\x00\x43\x00" + b"\x01" * 64 + b"\xff\xd9"


def jpeg_of_a_camera() -> bytes:
    return jpeg(b"\xe1\x00\x16Exif\x00\x00II*\x00\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00")


def word() -> bytes:
    file = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("Báo cáo kết quả")
    document.save(file)
    return file.getvalue()


def excel() -> bytes:
    file = io.BytesIO()
    book = openpyxl.Workbook()
    book.active["A1"] = "Kết quả"
    book.save(file)
    return file.getvalue()


def zipped(**parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def with_macros(office_file: bytes, folder: str) -> bytes:
    file = io.BytesIO(office_file)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(f"{folder}/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    return file.getvalue()


EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00" + b"\x00" * 200
ELF = b"\x7fELF\x02\x01\x01" + b"\x00" * 200
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
HTML = b"<!doctype html><html><body><script>alert(1)</script></body></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
TEXT = "Kết quả: đã xong.".encode()
