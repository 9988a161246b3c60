"""Which files are evidence: judged by their content, never by their name alone."""

import hashlib
import io
import unicodedata

import pytest

from plans.evidence_files import DOCX, JPEG, PDF, PNG, XLSX, FileRefused, file_name, inspect
from tests.plans import sample_files as samples

OTHER_KIND = "không thuộc loại được nhận: PDF, Word (.docx), Excel (.xlsx), ảnh PNG hoặc JPG."


def facts(content: bytes, name: str):
    return inspect(io.BytesIO(content), name, len(content))


def refusal(content: bytes, name: str) -> str:
    with pytest.raises(FileRefused) as refused:
        facts(content, name)
    return str(refused.value)


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (samples.pdf(), "bao-cao.pdf", PDF),
        (samples.pdf(), "BAO-CAO.PDF", PDF),
        (samples.png(), "ảnh chụp.png", PNG),
        (samples.jpeg(), "ảnh.jpg", JPEG),
        (samples.jpeg(), "ảnh.jpeg", JPEG),
        (samples.jpeg_of_a_camera(), "IMG_0001.JPG", JPEG),
        (samples.word(), "Báo cáo.docx", DOCX),
        (samples.excel(), "Số liệu.xlsx", XLSX),
    ],
)
def test_accepted_with_its_facts(content, name, media_type):
    found = facts(content, name)

    assert (found.name, found.media_type, found.size, found.sha256) == (
        name,
        media_type,
        len(content),
        hashlib.sha256(content).hexdigest(),
    )


def test_the_file_can_be_read_from_its_beginning_afterwards():
    file = io.BytesIO(samples.pdf())

    inspect(file, "a.pdf", len(samples.pdf()))

    assert file.read() == samples.pdf()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (samples.EXE, "virus.pdf"),
        (samples.EXE, "virus.exe"),
        (samples.ELF, "chuong-trinh.png"),
        (samples.HTML, "trang.html"),
        (samples.HTML, "trang.pdf"),
        (samples.SVG, "hinh.svg"),
        (samples.SVG, "hinh.png"),
        (samples.TEXT, "ket-qua.txt"),
        (samples.TEXT, "ket-qua.pdf"),
        (b"x", "ket-qua.pdf"),
        (samples.OLD_WORD, "cu.doc"),
        (samples.OLD_WORD, "cu.docx"),
        (samples.zipped(a="1"), "nen.zip"),
        (samples.zipped(a="1"), "nen.docx"),
        (samples.zipped(**{"[Content_Types].xml": ""}), "rong.docx"),
        (samples.zipped(**{"word/document.xml": ""}), "thieu.docx"),
        (samples.with_macros(samples.word(), "word"), "macro.docm"),
        (samples.with_macros(samples.word(), "word"), "macro.docx"),
        (samples.with_macros(samples.excel(), "xl"), "macro.xlsx"),
        (samples.word()[:300], "dut.docx"),
        (b"PK\x03\x04", "dut.xlsx"),
        (b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", "hinh.gif"),
        (b"<html>%PDF-1.7</html>", "tron.pdf"),
    ],
)
def test_other_kinds_are_refused_whatever_their_name(content, name):
    assert refusal(content, name) == f"Tệp “{name}” {OTHER_KIND}"


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (samples.pdf(), "bao-cao.docx", ".pdf"),
        (samples.pdf(), "bao-cao", ".pdf"),
        (samples.pdf(), "bao-cao.pdf.exe", ".pdf"),
        (samples.word(), "bao-cao.pdf", ".docx"),
        (samples.word(), "bao-cao.xlsx", ".docx"),
        (samples.excel(), "so-lieu.docx", ".xlsx"),
        (samples.jpeg(), "anh.png", ".jpg hoặc .jpeg"),
        (samples.pdf(), ".pdf", ".pdf"),
    ],
)
def test_a_name_that_says_another_kind_is_refused(content, name, kind):
    assert refusal(content, name) == (
        f"Tệp “{name}” có nội dung khác với đuôi tên; nội dung là loại {kind}. "
        "Đồng chí lưu lại tệp đúng loại rồi chọn lại."
    )


def test_an_empty_file_is_refused():
    assert refusal(b"", "rỗng.pdf") == (
        "Tệp “rỗng.pdf” rỗng (0 byte). Đồng chí kiểm tra và chọn lại."
    )


def test_a_file_at_the_limit_is_accepted_and_one_byte_more_is_not(settings):
    content = samples.pdf()
    settings.EVIDENCE_MAX_BYTES = len(content)
    assert facts(content, "vừa.pdf").size == len(content)

    settings.EVIDENCE_MAX_BYTES = 1024**2
    big = content + b"\0" * (1024**2 + 400_000)
    assert refusal(big, "số 1.2.pdf") == (
        "Tệp “số 1.2.pdf” lớn 1,4 MB, tối đa 1 MB. Đồng chí nén hoặc tách tệp."
    )


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        (unicodedata.normalize("NFD", "Đôn đốc.pdf"), "Đôn đốc.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\system32\\bao-cao.pdf", "bao-cao.pdf"),
        ("/tuyệt/đối/báo cáo.pdf", "báo cáo.pdf"),
        ("C:\\Users\\a\\báo cáo.pdf", "báo cáo.pdf"),
        ("thư mục/", ""),
        ("..", ".."),  # no ending, so never accepted
        ("dòng\r\nmới\x00.pdf", "dòng mới.pdf"),
        ("exe.\u202efdp.pdf", "exe.fdp.pdf"),
        ("  cách  đều .pdf", "cách đều .pdf"),
        ("ă" * 300 + ".pdf", "ă" * 196 + ".pdf"),
        ("<b>.pdf", "<b>.pdf"),
    ],
)
def test_file_name(sent, kept):
    assert file_name(sent) == kept
