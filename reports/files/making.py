"""The files a report is given out as: which there are, how each is made and called."""

from collections.abc import Callable
from dataclasses import dataclass

from config.collecting import put_off
from reports.content.assignments import AssignmentContent
from reports.content.model import ReportContent
from reports.files import docx, xlsx
from reports.files.pdf.progress import Told
from reports.files.xlsx.assignments import render as render_assignments


class PdfUnavailable(Exception):
    """The machine lacks what a PDF needs; the message says which command brings it."""

    def __init__(self) -> None:
        super().__init__(
            "Máy chủ thiếu thư viện để tạo PDF. Người quản trị chạy lệnh `manage.py check` để biết "
            "cần cài gì. Trong lúc chờ, đồng chí tải bản Word hoặc Excel."
        )


def _pdf(content: ReportContent | AssignmentContent, told: Told | None = None) -> bytes:
    # Loads Pango: everything else must run on a machine without it.
    try:
        from reports.files.pdf.rendering import render, render_assignments
    except OSError as error:
        raise PdfUnavailable from error
    if isinstance(content, AssignmentContent):
        return render_assignments(content)
    return render(content, told)


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: its media type and the function that makes one and, if it takes long, tells
    how far it is."""

    label: str
    media_type: str
    render: Callable[[ReportContent, Told | None], bytes]


_OFFICE = "application/vnd.openxmlformats-officedocument"
FORMATS = {
    "pdf": Format("PDF", "application/pdf", _pdf),
    "docx": Format(
        "Word", f"{_OFFICE}.wordprocessingml.document", lambda content, _: docx.render(content)
    ),
    "xlsx": Format(
        "Excel", f"{_OFFICE}.spreadsheetml.sheet", lambda content, _: xlsx.render(content)
    ),
}


_ASSIGNMENTS: dict[str, Callable[[AssignmentContent], bytes]] = {
    "pdf": _pdf,
    "docx": docx.render_assignments,
    "xlsx": render_assignments,
}


@dataclass(frozen=True, slots=True)
class ReportFile:
    name: str
    media_type: str
    data: bytes


@put_off()
def make(content: ReportContent, file_format: str, *, told: Told | None = None) -> ReportFile:
    """The file of a report: the same bytes whether its content was frozen meanwhile or not, so that
    of an issued report is the one that was looked at before.

    `told` is called with the percent that are done, by formats that know. Raises PdfUnavailable.
    """
    chosen = FORMATS[file_format]
    data = chosen.render(content, told)
    return ReportFile(f"{content.file_stem}.{file_format}", chosen.media_type, data)


@put_off()
def make_assignments(content: AssignmentContent, file_format: str) -> ReportFile:
    """A file of the plan's appendix of assignments. Raises PdfUnavailable."""
    data = _ASSIGNMENTS[file_format](content)
    return ReportFile(f"{content.file_stem}.{file_format}", FORMATS[file_format].media_type, data)
