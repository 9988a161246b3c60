from django.urls import path, register_converter

from reports.assignment_views import plan_appendix, plan_appendix_download
from reports.files import FORMATS
from reports.order_views import order, order_file
from reports.views import report, report_download, task_export


class FormatConverter:
    """The kinds of files a report is made as: pdf, docx, xlsx."""

    regex = "|".join(FORMATS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(FormatConverter, "report_format")

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
]
