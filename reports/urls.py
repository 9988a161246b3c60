from django.urls import path, register_converter

from reports.files import FORMATS
from reports.views import appendix_export, report, report_download, task_export


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
    path("nhiem-vu/xuat-excel/", task_export, name="task-export"),
    path("ke-hoach/phu-luc/xuat-excel/", appendix_export, name="appendix-export"),
]
