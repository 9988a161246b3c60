"""The files a report is given out as: which there are, how each is made and called."""

from collections.abc import Callable
from dataclasses import dataclass

from reports import docx, xlsx
from reports.content.model import ReportContent
from reports.frozen import freeze, thaw


class PdfUnavailable(Exception):
    """The machine lacks what a PDF needs; the message says which command brings it."""

    def __init__(self) -> None:
        super().__init__(
            "Máy chủ thiếu thư viện để tạo PDF. Người quản trị chạy lệnh `manage.py check` để biết "
            "cần cài gì. Trong lúc chờ, đồng chí tải bản Word hoặc Excel."
        )


def _pdf(content: ReportContent) -> bytes:
    # Loads Pango: everything else must run on a machine without it.
    try:
        from reports.pdf.rendering import render
    except OSError as error:
        raise PdfUnavailable from error
    return render(content)


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: its media type and the pure function that makes one."""

    label: str
    media_type: str
    render: Callable[[ReportContent], bytes]


_OFFICE = "application/vnd.openxmlformats-officedocument"
FORMATS = {
    "pdf": Format("PDF", "application/pdf", _pdf),
    "docx": Format("Word", f"{_OFFICE}.wordprocessingml.document", docx.render),
    "xlsx": Format("Excel", f"{_OFFICE}.spreadsheetml.sheet", xlsx.render),
}


@dataclass(frozen=True, slots=True)
class ReportFile:
    name: str
    media_type: str
    data: bytes


def make(content: ReportContent, file_format: str) -> ReportFile:
    """The file of a report, made of its frozen content, as that of an issued report will be.

    Raises PdfUnavailable.
    """
    chosen = FORMATS[file_format]
    data = chosen.render(thaw(freeze(content)))
    return ReportFile(f"{content.file_stem}.{file_format}", chosen.media_type, data)
