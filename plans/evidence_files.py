"""Which uploaded files are accepted as evidence; the kind is read from the content."""

import hashlib
import zipfile
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

import puremagic
from django.conf import settings

from config.vietnamese.numbers import file_size
from config.vietnamese.text import clean_line

PDF = "application/pdf"
PNG = "image/png"
JPEG = "image/jpeg"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

# What the content is → the endings a name may have for it.
ENDINGS = {
    PDF: (".pdf",),
    PNG: (".png",),
    JPEG: (".jpg", ".jpeg"),
    DOCX: (".docx",),
    XLSX: (".xlsx",),
}
ALLOWED = "PDF, Word (.docx), Excel (.xlsx), ảnh PNG hoặc JPG"


class FileRefused(ValueError):
    """The file is not accepted; the message names it and says why, in Vietnamese."""


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What was read from an accepted file: its cleaned name, media type, bytes and SHA-256."""

    name: str
    media_type: str
    size: int
    sha256: str


def inspect(file: BinaryIO, name: str, size: int) -> FileFacts:
    """Facts of an accepted file, read from its content; FileRefused otherwise."""
    name = file_name(name)
    if size == 0:
        raise FileRefused(f"Tệp “{name}” rỗng (0 byte). Đồng chí kiểm tra và chọn lại.")
    limit = settings.EVIDENCE_MAX_BYTES
    if size > limit:
        raise FileRefused(
            f"Tệp “{name}” lớn {file_size(size)}, tối đa {limit // 2**20} MB. "
            "Đồng chí nén hoặc tách tệp."
        )
    media_type = _media_type(file)
    if media_type is None:
        raise FileRefused(f"Tệp “{name}” không thuộc loại được nhận: {ALLOWED}.")
    if PurePath(name).suffix.lower() not in ENDINGS[media_type]:
        endings = " hoặc ".join(ENDINGS[media_type])
        raise FileRefused(
            f"Tệp “{name}” có nội dung khác với đuôi tên; nội dung là loại {endings}. "
            "Đồng chí lưu lại tệp đúng loại rồi chọn lại."
        )
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
    file.seek(0)
    return FileFacts(name, media_type, size, digest)


def file_name(name: str) -> str:
    """The last part of a name, NFC (macOS sends NFD), at most 200 characters with its ending."""
    path = PurePath(clean_line(name.replace("\\", "/").rsplit("/", 1)[-1]))
    return path.stem[: 200 - len(path.suffix)] + path.suffix[:10]


def _media_type(file: BinaryIO) -> str | None:
    """The allowed media type that the content shows, None for any other."""
    file.seek(0)
    head = file.read(8)
    if head.startswith(b"PK\x03\x04"):
        return _office_type(file)
    file.seek(0)
    try:
        guesses = puremagic.magic_stream(file)
    except (puremagic.PureError, ValueError):
        return None
    known = {guess.mime_type for guess in guesses}
    for media_type in (PDF, PNG, JPEG):
        if media_type in known:
            return media_type
    return None


def _office_type(file: BinaryIO) -> str | None:
    """Word and Excel files are zip archives that are told apart by their main part; macros are
    refused. Only the archive's index is read, nothing is unpacked."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            parts = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return None
    if "[Content_Types].xml" not in parts or any(p.endswith("vbaProject.bin") for p in parts):
        return None
    if "word/document.xml" in parts:
        return DOCX
    if "xl/workbook.xml" in parts:
        return XLSX
    return None
