from django.urls import path, register_converter

from reports.consolidated_states import Act
from reports.consolidated_views.files import comparison, download, verify
from reports.consolidated_views.passage import passage
from reports.consolidated_views.report import listing, start, step
from reports.consolidated_views.report import report as consolidated
from reports.files import FORMATS
from reports.views import report, report_download, task_export


class FormatConverter:
    """The kinds of files a report is made as: pdf, docx, xlsx."""

    regex = "|".join(FORMATS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(FormatConverter, "report_format")

# The words of each step in the address.
_STEPS = {
    "cap-nhat": Act.REFRESH,
    "trinh": Act.SUBMIT,
    "ky-duyet": Act.SIGN,
    "tra-lai": Act.RETURN,
    "ban-hanh": Act.ISSUE,
    "gui": Act.SEND,
    "thay-the": Act.CORRECT,
}
_ONE = "bao-cao/tong-hop/<int:report_id>/"

urlpatterns = [
    path("bao-cao/", report, name="report"),
    path("bao-cao/tai-ve/<report_format:file_format>/", report_download, name="report-download"),
    path("nhiem-vu/xuat-excel/", task_export, name="task-export"),
    path("bao-cao/kiem-tra/", verify, name="report-check"),
    path("bao-cao/tong-hop/", listing, name="consolidated-list"),
    path("bao-cao/tong-hop/dot/<int:round_id>/lap/", start, name="consolidated-start"),
    path(_ONE, consolidated, name="consolidated"),
    path(f"{_ONE}doan/<path:key>/", passage, name="consolidated-passage"),
    path(f"{_ONE}tep/<report_format:file_format>/", download, name="consolidated-file"),
    path(f"{_ONE}so-sanh/<int:other_id>/", comparison, name="consolidated-compare"),
    *(
        path(f"{_ONE}{word}/", step, {"act": act.value}, name=f"consolidated-{act.value}")
        for word, act in _STEPS.items()
    ),
]
