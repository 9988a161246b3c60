"""Files that must be refused, each with what is said; nothing is read of them."""

import io
import zipfile

import openpyxl
import pytest

from config.office_files.opening import EXCEL, WORD, Limits, check
from plans.reading import FileRefused, read_plan_document, read_source
from plans.reading.parties import Directory
from tests.plans.reading.documents import tampered, word

GOOD = word(["Đề mục"])
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
DOCUMENT = "word/document.xml"
BOMB = b'<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><b>&b;</b>'
TCVN3 = "KÕ ho¹ch §«n ®èc tiÕn ®é thùc hiÖn nhiÖm vô\n"
VNI = "Keá hoaïch Ñoân ñoác tieán ñoä thöïc hieän\n"


def workbook():
    file = io.BytesIO()
    openpyxl.Workbook().save(file)
    return file.getvalue()


def encrypted_archive():
    """An archive whose entries say that they are encrypted."""
    content = bytearray(GOOD)
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(sign)
        while at >= 0:
            content[at + place] |= 1
            at = content.find(sign, at + 4)
    return bytes(content)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("rỗng.docx", b"", "rỗng (0 byte)"),
        ("nhị phân.docx", b"\x00\x01\x02" * 100, "không phải tệp Word"),
        ("hỏng.docx", GOOD[: len(GOOD) // 2], "bị hỏng"),
        ("đổi tên.docx", OLE, "là loại cũ (.doc), dù đuôi tên là gì"),
        ("mật khẩu.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "đặt mật khẩu"),
        ("khóa.docx", encrypted_archive(), "đặt mật khẩu"),
        ("cũ.doc", OLE, "Word loại cũ (.doc). Đồng chí lưu thành .docx"),
        ("macro.docx", tampered(GOOD, {"word/vbaProject.bin": b"x"}), "có macro"),
        ("bảng tính.docx", workbook(), "nội dung là tệp Excel"),
        ("nén.docx", tampered(GOOD, {DOCUMENT: b"", "other.txt": b"x"}), "bị hỏng"),
        ("thực thể.docx", tampered(GOOD, {DOCUMENT: BOMB}), "thực thể XML (ở word/document.xml)"),
        ("thực thể 2.docx", tampered(GOOD, {"docProps/app.xml": BOMB}), "docProps/app.xml"),
        ("phông cũ.docx", word([TCVN3]), "đoạn 1: chữ gõ bằng TCVN3 (phông .VnTime)"),
        ("vni.docx", word(["Đề mục", VNI]), "đoạn 2: chữ gõ bằng VNI (phông VNI-Times)"),
        ("phông cũ.txt", TCVN3.encode(), "dòng 1: chữ gõ bằng TCVN3"),
        ("phông cũ 1 byte.txt", TCVN3.encode("latin-1", "replace"), "TCVN3"),
        ("rỗng.txt", b" \n ", "trống"),
        ("nhị phân.md", b"a\x00b", "không phải tệp chữ"),
        ("mã khác.txt", "đôn đốc".encode("utf-16-be"), "không phải tệp chữ"),
        ("mã khác 2.txt", b"\xc3\x28", "không phải tệp chữ UTF-8"),
        ("ảnh.png", b"\x89PNG", "không thuộc loại đọc được"),
    ],
)  # fmt: skip
def test_refused(name, content, said):
    with pytest.raises(FileRefused) as refused:
        read_source(content, name)

    assert said in str(refused.value)
    assert f"“{name}”" in str(refused.value)


def test_a_zip_bomb_is_not_unpacked():
    bomb = tampered(GOOD, {"word/media/a.bin": bytes(30 * 2**20)})
    assert len(bomb) < 2**20

    with pytest.raises(FileRefused, match=r"bung ra 31 MB, tối đa 20 MB; chưa bung, chưa đọc gì"):
        check(bomb, "bom.docx", WORD, Limits(unpacked=20 * 2**20))


def test_an_index_that_lies_about_its_sizes():
    """An entry gives no more bytes than the index says, and then does not match its checksum."""
    content = bytearray(tampered(GOOD, {DOCUMENT: b"<a>" + b" " * 10**6 + b"</a>"}))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = archive.getinfo(DOCUMENT).file_size.to_bytes(4, "little")
    content = content.replace(size, (10).to_bytes(4, "little"))

    with pytest.raises(FileRefused, match="bị hỏng"):
        check(bytes(content), "dối.docx", WORD)


@pytest.mark.parametrize("rows", [100, 101])
def test_rows_are_counted_before_they_are_read(rows):
    """Whatever the size of a chunk, also rows that are empty."""
    book = openpyxl.Workbook()
    for n in range(1, rows + 1):
        book.active.row_dimensions[n].height = 20
    file = io.BytesIO()
    book.save(file)

    if rows == 100:
        check(file.getvalue(), "a.xlsx", EXCEL, Limits(rows=100))
    else:
        with pytest.raises(FileRefused, match="hơn 100 dòng, kể cả dòng trống"):
            check(file.getvalue(), "a.xlsx", EXCEL, Limits(rows=100))


def test_too_many_paragraphs_and_too_large():
    many = word(["a"] * 300)
    with pytest.raises(FileRefused, match="hơn 200 đoạn"):
        check(many, "a.docx", WORD, Limits(rows=200))
    with pytest.raises(FileRefused, match="lớn hơn"):
        check(many, "a.docx", WORD, Limits(packed=100))
    with pytest.raises(FileRefused, match="quá nhiều phần"):
        check(many, "a.docx", WORD, Limits(parts=3))


@pytest.mark.parametrize(
    "text", ["Một lá thư.", "Kính gửi: Sở Nội vụ\n\nXin cảm ơn.", "UBND TỈNH\nKẾ HOẠCH\nNâng cao"]
)
def test_no_plan(text):
    with pytest.raises(FileRefused, match="Không thấy nhiệm vụ nào"):
        read_plan_document(read_source(text.encode(), "a.txt"), Directory())
