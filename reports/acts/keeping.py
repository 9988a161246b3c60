"""The files of issued reports on the disk: kept under their hash, compared with it whenever one is
given out, and made again from the frozen content when the disk lost or changed one.
"""

import hashlib
import logging
from collections.abc import Sequence

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from reports import files
from reports.acts.report_history import of_role
from reports.acts.signing import page_of
from reports.models import ConsolidatedReport, IssuedFile
from reports.models.consolidated import issued_path
from units.models import Notice, Role
from units.notices import tell

logger = logging.getLogger(__name__)


class KeptFileDamaged(Exception):
    """A kept file is not the one that was issued any more, and cannot be made again to the byte;
    the message says what to do."""

    def __init__(self, kept: IssuedFile) -> None:
        super().__init__(
            f"Tệp {kept.name} lưu trên máy chủ đã hỏng hoặc bị mất, không còn đúng tệp đã ban hành "
            f"(SHA-256 {kept.sha256}), và không tạo lại được đúng tệp đó, nên không tải về được. "
            f"Quản trị viên lấy lại tệp {kept.file.name} trong thư mục tài liệu từ bản sao lưu. "
            "Trong lúc chờ, đồng chí tải loại tệp khác của báo cáo này, hoặc dùng bản đã tải, đã "
            "gửi trước đây sau khi đối chiếu tại trang Kiểm tra tệp."
        )


def keep(
    report: ConsolidatedReport, file_format: str, file: files.ReportFile, stored: list[str]
) -> None:
    """Store a file under its own hash; the same bytes are stored once. `stored` gathers the paths
    that are new on the disk."""
    kept = IssuedFile(
        report=report,
        format=file_format,
        name=file.name,
        media_type=file.media_type,
        size=len(file.data),
        sha256=_hash(file.data),
    )
    path = issued_path(kept, file.name)
    kept.file.name = path
    if not default_storage.exists(path):
        stored.append(path)
        default_storage.save(path, ContentFile(file.data))
    elif _read(kept) != file.data:
        _put_back(path, file.data)
    kept.save()


def take_away(stored: Sequence[str]) -> None:
    """The database forgets a failed transaction, the disk does not."""
    for path in stored:
        default_storage.delete(path)


def issued_file(kept: IssuedFile) -> files.ReportFile:
    """The very bytes that were issued. What the disk lost or changed is made again from the frozen
    content and put back, and the administrators are told. Raises KeptFileDamaged when other bytes
    come of it (made by an older version of a library)."""
    data = _read(kept)
    if data is None or _hash(data) != kept.sha256:
        logger.error("Issued file %s is lost or altered: %s", kept.pk, kept.file.name)
        data = _made_again(kept)
    return files.ReportFile(kept.name, kept.media_type, data)


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _read(kept: IssuedFile) -> bytes | None:
    try:
        with kept.file.open("rb") as file:
            return bytes(file.read())
    except OSError:
        return None


def _put_back(path: str, data: bytes) -> None:
    default_storage.delete(path)
    default_storage.save(path, ContentFile(data))


def _made_again(kept: IssuedFile) -> bytes:
    try:
        data = files.make(kept.report.content, kept.format).data
    except files.PdfUnavailable:
        data = b""
    if _hash(data) != kept.sha256:
        _tell(
            kept,
            f"Tệp {kept.name} đã ban hành bị hỏng hoặc mất trên máy chủ, cần lấy lại từ "
            f"bản sao lưu: {kept.file.name}",
        )
        raise KeptFileDamaged(kept)
    try:
        _put_back(str(kept.file.name), data)
        done = "đã tạo lại đúng tệp từ nội dung đóng băng"
    except OSError:
        logger.exception("Issued file %s cannot be put back", kept.pk)
        done = "chưa ghi lại được, mỗi lần tải đều phải tạo lại"
    _tell(
        kept,
        f"Tệp {kept.name} đã ban hành bị thay đổi hoặc mất trên máy chủ; {done}: {kept.file.name}",
    )
    return data


def _tell(kept: IssuedFile, words: str) -> None:
    """Once: who has not read it yet is not told again by each download."""
    path = page_of(kept.report)
    told = Notice.objects.filter(words=words, path=path, read_at=None).values("user")
    tell(
        [one for one in of_role(Role.ADMIN) if one.pk not in {row["user"] for row in told}],
        words,
        path,
    )
