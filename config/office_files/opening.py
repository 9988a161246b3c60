"""Word and Excel files of people we do not know, opened without harm (issue: bad input).

`opened` looks at the archive's index first: nothing is unpacked before its size, its parts and
its rows are known to be within limits. The message of a refusal says what to do instead.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from config.vietnamese.numbers import format_decimal

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_CHUNK = 1 << 16


class FileRefused(ValueError):
    """The file cannot be read; the message says why and what to do, in Vietnamese."""


@dataclass(frozen=True)
class Kind:
    """What a kind of file is called, its main part, and what counts as a row of it."""

    name: str
    old_ending: str
    ending: str
    main_part: str
    rows_in: re.Pattern[str]
    row: re.Pattern[bytes]
    row_name: str


WORD: Final = Kind(
    "Word",
    ".doc",
    ".docx",
    "word/document.xml",
    re.compile(r"word/document\.xml"),
    re.compile(rb"<w:p[ >/]"),
    "đoạn",
)
EXCEL: Final = Kind(
    "Excel",
    ".xls",
    ".xlsx",
    "xl/workbook.xml",
    re.compile(r"xl/worksheets/[^/]+\.xml"),
    re.compile(rb"<(?:x:)?row[ >/]"),
    "dòng",
)


@dataclass(frozen=True)
class Limits:
    """How much is read at most; sizes in bytes."""

    packed: int = 20 * 2**20
    unpacked: int = 200 * 2**20
    parts: int = 5000
    rows: int = 50_000


@contextmanager
def opened(
    content: bytes, name: str, kind: Kind, limits: Limits | None = None
) -> Iterator[zipfile.ZipFile]:
    """The archive of a file of `kind` that is safe to read; FileRefused for any other."""
    limits = limits or Limits()
    _refuse_other_containers(content, name, kind, limits)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_by_index(archive, name, kind, limits)
            _refuse_entities(archive, name)
            _refuse_too_many_rows(archive, name, kind, limits)
            yield archive
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, ParseError) as error:
        raise FileRefused(
            f"Tệp “{name}” bị hỏng nên không đọc được. Đồng chí mở bằng {kind.name}, lưu lại thành "
            f"{kind.ending} rồi gửi lại."
        ) from error


def check(content: bytes, name: str, kind: Kind, limits: Limits | None = None) -> None:
    """FileRefused unless the file is of `kind` and safe to be read."""
    with opened(content, name, kind, limits):
        pass


def _refuse_other_containers(content: bytes, name: str, kind: Kind, limits: Limits) -> None:
    if not content:
        raise FileRefused(f"Tệp “{name}” rỗng (0 byte). Đồng chí kiểm tra và chọn lại.")
    if len(content) > limits.packed:
        raise FileRefused(f"Tệp “{name}” lớn hơn {_megabytes(limits.packed)}. Đồng chí tách tệp.")
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise FileRefused(
                f"Tệp “{name}” đặt mật khẩu. Đồng chí mở bằng {kind.name}, bỏ mật khẩu rồi lưu lại."
            )
        raise FileRefused(
            f"Tệp “{name}” là loại cũ ({kind.old_ending}), dù đuôi tên là gì. Đồng chí mở bằng "
            f"{kind.name} rồi lưu thành {kind.ending}."
        )
    if not content.startswith(b"PK\x03\x04"):
        raise FileRefused(
            f"Tệp “{name}” không phải tệp {kind.name} ({kind.ending}): nội dung là loại khác."
        )


def _refuse_by_index(archive: zipfile.ZipFile, name: str, kind: Kind, limits: Limits) -> None:
    """All that the index tells, before anything is unpacked. An entry never gives more bytes than
    its index says, so the sizes there can be relied on."""
    entries = archive.infolist()
    if len(entries) > limits.parts:
        raise FileRefused(f"Tệp “{name}” có quá nhiều phần ({format_decimal(len(entries))}).")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > limits.unpacked:
        raise FileRefused(
            f"Tệp “{name}” bung ra {_megabytes(unpacked)}, tối đa {_megabytes(limits.unpacked)}; "
            "chưa bung, chưa đọc gì."
        )
    if any(entry.flag_bits & 1 for entry in entries):
        raise FileRefused(f"Tệp “{name}” đặt mật khẩu. Đồng chí bỏ mật khẩu rồi lưu lại.")
    parts = {entry.filename for entry in entries}
    if any(part.lower().endswith("vbaproject.bin") for part in parts):
        raise FileRefused(
            f"Tệp “{name}” có macro nên không nhận. Đồng chí lưu thành {kind.ending} (không macro)."
        )
    if kind.main_part not in parts:
        other = EXCEL if kind is WORD else WORD
        what = f"tệp {other.name}" if other.main_part in parts else "loại khác"
        raise FileRefused(
            f"Tệp “{name}” không phải tệp {kind.name} ({kind.ending}): nội dung là {what}."
        )


def _refuse_entities(archive: zipfile.ZipFile, name: str) -> None:
    """XML that declares entities could unfold without end or read other files. They can only be
    declared before the first element, so no part is parsed further than that."""
    for part in archive.namelist():
        if not part.lower().endswith((".xml", ".rels")):
            continue
        with archive.open(part) as stream:
            try:
                next(iter(iterparse(stream, events=("start",), forbid_dtd=True)), None)
            except DefusedXmlException as error:
                raise FileRefused(
                    f"Tệp “{name}” khai báo thực thể XML (ở {part}), không phải do Word hay Excel "
                    "tạo ra; không đọc."
                ) from error


def _refuse_too_many_rows(archive: zipfile.ZipFile, name: str, kind: Kind, limits: Limits) -> None:
    rows = 0
    for part in archive.namelist():
        if not kind.rows_in.fullmatch(part):
            continue
        rest = b""
        with archive.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                window = rest + chunk
                rows += len(kind.row.findall(window))
                if rows > limits.rows:
                    raise FileRefused(
                        f"Tệp “{name}” có hơn {format_decimal(limits.rows)} {kind.row_name}, kể cả "
                        f"{kind.row_name} trống. Đồng chí xóa phần trống hoặc tách tệp."
                    )
                # A mark may be cut between two chunks; a whole one at the end is counted once.
                last = window.rfind(b"<", -8)
                tail = window[last:] if last >= 0 else b""
                rest = b"" if kind.row.match(tail) else tail


def _megabytes(size: int) -> str:
    return f"{format_decimal(-(-size // 2**20))} MB"
