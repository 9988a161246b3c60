"""What files are called when they are saved (V3): short, without accents, as offices name them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from config.vietnamese.text import ascii_name
from plans.models import Plan
from reports.content.model import ReportContent

_LONGEST_ROUND = 40


def report_stem(plan: Plan, codes: Iterable[str]) -> str:
    """ "BC_KetQua_KH_PAPI_SIPAS_PARINDEX_2023": the indices in the order of the plan's title."""

    def place(code: str) -> int:
        found = plan.short_title.find(code)
        return found if found >= 0 else len(plan.short_title)

    names = [_bare(code) for code in sorted(codes, key=place)] or [_bare(plan.code)]
    return "_".join(["BC_KetQua_KH", *names, str(plan.year)])


def round_stem(stem: str, round_name: str) -> str:
    """The report of a round "theo yêu cầu" is not that of the year: "…_2023_Dot_thang_11"."""
    return f"{stem}_{ascii_name(round_name)[:_LONGEST_ROUND].strip('_')}"


def as_draft(content: ReportContent) -> ReportContent:
    """What has not been issued says so in its name: "…_DuThao"."""
    return replace(content, file_stem=f"{content.file_stem}_DuThao")


def as_live(content: ReportContent) -> ReportContent:
    """The figures of any day, which nobody handed in: "…_SoLieu_20231120"."""
    return replace(content, file_stem=f"{content.file_stem}_SoLieu_{content.day:%Y%m%d}")


def assignments_stem(plan: Plan) -> str:
    """ "PL_PhanCong_KH_PAPI_SIPAS_PARINDEX_2023"."""
    codes = list(plan.indicators.values_list("code", flat=True))
    return report_stem(plan, codes).replace("BC_KetQua", "PL_PhanCong", 1)


def task_list_stem(plan: Plan, day: dt.date) -> str:
    """ "DanhSach_NhiemVu_2023_den_20231120"."""
    return f"DanhSach_NhiemVu_{plan.year}_den_{day:%Y%m%d}"


def appendix_stem(plan: Plan, day: dt.date) -> str:
    """ "PhuLuc_PhanCong_2023_ngay_20231120"."""
    return f"PhuLuc_PhanCong_{plan.year}_ngay_{day:%Y%m%d}"


def _bare(code: str) -> str:
    return ascii_name(code.replace(" ", "")) or "KH"
