from django.urls import path, register_converter

from reports.files import FORMATS
from reports.states.consolidated import Act
from reports.states.unit_report import StepKind
from reports.views import rounds as round_views
from reports.views import unit_report as unit_views
from reports.views.assignments import plan_appendix, plan_appendix_download
from reports.views.consolidated import listing, start, step
from reports.views.consolidated import report as consolidated
from reports.views.consolidated_files import comparison, download, verify
from reports.views.live import appendix_export, report, report_download, task_export
from reports.views.orders import order, order_file
from reports.views.passage import passage


class FormatConverter:
    """The kinds of files a report is made as: pdf, docx, xlsx."""

    regex = "|".join(FORMATS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(FormatConverter, "report_format")


class PaperConverter(FormatConverter):
    """The kinds of files a unit's report is made as: those that are printed."""

    regex = "|".join(unit_views.FORMATS)


register_converter(PaperConverter, "paper_format")

_UNIT = "bao-cao/don-vi/<int:report_id>/"
_UNIT_STEPS = {
    StepKind.START: "lap",
    StepKind.SUBMIT: "nop",
    StepKind.WITHDRAW: "rut-lai",
    StepKind.BEGIN_REVIEW: "xem-xet",
    StepKind.RETURN: "tra-lai",
    StepKind.ACCEPT: "tiep-nhan",
    StepKind.REOPEN: "mo-lai",
}
# The words of each step in the address.
_CONSOLIDATED = {
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
    path("bao-cao/tep-lon/<uuid:order_id>/", order, name="report-order"),
    path("bao-cao/tep-lon/<uuid:order_id>/tai-ve/", order_file, name="report-order-file"),
    path("ke-hoach/phu-luc/", plan_appendix, name="plan-appendix"),
    path(
        "ke-hoach/phu-luc/tai-ve/<report_format:file_format>/",
        plan_appendix_download,
        name="plan-appendix-download",
    ),
    path("nhiem-vu/xuat-excel/", task_export, name="task-export"),
    path("ke-hoach/phu-luc/xuat-excel/", appendix_export, name="appendix-export"),
    path("bao-cao/dot/", round_views.rounds, name="rounds"),
    path("bao-cao/dot/mo/", round_views.round_open, name="round-open"),
    path("bao-cao/dot/<int:round_id>/", round_views.round_board, name="round-board"),
    path("bao-cao/dot/<int:round_id>/don-doc/", round_views.round_urge, name="round-urge"),
    path("bao-cao/dot/<int:round_id>/dong/", round_views.round_close, name="round-close"),
    path("bao-cao/don-vi/", round_views.my_report, name="my-report"),
    path(_UNIT, unit_views.unit_report, name="unit-report"),
    path(f"{_UNIT}viet/", unit_views.write, name="unit-report-write"),
    *(
        path(
            f"{_UNIT}{word}/",
            unit_views.step,
            {"act": kind.value},
            f"unit-report-{kind.value}",
        )
        for kind, word in _UNIT_STEPS.items()
    ),
    path(
        f"{_UNIT}tai-ve/<paper_format:file_format>/",
        unit_views.draft_file,
        name="unit-report-file",
    ),
    path(f"{_UNIT}phien-ban/<int:number>/", unit_views.version, name="unit-report-version"),
    path(
        f"{_UNIT}phien-ban/<int:number>/tai-ve/<paper_format:file_format>/",
        unit_views.version_file,
        name="unit-report-version-file",
    ),
    path(
        f"{_UNIT}so-sanh/<int:old>/<int:new>/",
        unit_views.comparison,
        name="unit-report-comparison",
    ),
    path("bao-cao/kiem-tra/", verify, name="report-check"),
    path("bao-cao/tong-hop/", listing, name="consolidated-list"),
    path("bao-cao/tong-hop/dot/<int:round_id>/lap/", start, name="consolidated-start"),
    path(_ONE, consolidated, name="consolidated"),
    path(f"{_ONE}doan/<path:key>/", passage, name="consolidated-passage"),
    path(f"{_ONE}tep/<report_format:file_format>/", download, name="consolidated-file"),
    path(f"{_ONE}so-sanh/<int:other_id>/", comparison, name="consolidated-compare"),
    *(
        path(f"{_ONE}{word}/", step, {"act": act.value}, name=f"consolidated-{act.value}")
        for word, act in _CONSOLIDATED.items()
    ),
]
