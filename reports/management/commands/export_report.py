import datetime as dt
import errno
import os
import tempfile
from argparse import ArgumentParser
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.file_errors import not_written
from config.vietnamese import dates
from plans.models import Plan
from reports import files
from reports.content import consolidated
from reports.content.assignments import assignments
from units import clock

_FORMATS = ", ".join(files.FORMATS)


class Command(BaseCommand):
    help = "Xuất báo cáo tổng hợp ra tệp, giống hệt tệp tải về trên trang Báo cáo của ngày đó."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--as-of",
            metavar="NGÀY",
            help="số liệu tính đến ngày này: 2023-11-20 hoặc 20/11/2023; mặc định là hôm nay",
        )
        parser.add_argument(
            "--assignments",
            action="store_true",
            help="xuất Phụ lục phân công nhiệm vụ của kế hoạch (theo phân công hôm nay)",
        )
        parser.add_argument("--format", metavar="LOẠI", help=f"loại tệp: {_FORMATS}")
        parser.add_argument("--output", type=Path, metavar="TỆP", help="ghi vào tệp này")
        parser.add_argument(
            "--plan", metavar="MÃ", help="mã kế hoạch; mặc định là kế hoạch mới nhất"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        target = options["output"]
        # Not left to argparse, which speaks English.
        if options["format"] not in files.FORMATS:
            raise CommandError(f"Chọn loại tệp bằng --format: {_FORMATS}.")
        if target is None:
            raise CommandError("Ghi nơi lưu tệp bằng --output TỆP.")
        if options["assignments"] and options["as_of"]:
            raise CommandError("Phụ lục phân công lấy theo hôm nay, không dùng --as-of.")
        day = _day(options["as_of"])
        plan = _plan(options["plan"])
        if day < plan.starts_on:
            raise CommandError(
                f"Kế hoạch bắt đầu từ ngày {dates.short(plan.starts_on)}, "
                f"ngày {dates.short(day)} chưa có số liệu."
            )
        try:
            if options["assignments"]:
                file = files.make_assignments(assignments(plan, day), options["format"])
            else:
                file = files.make(consolidated(plan, day), options["format"])
        except files.PdfUnavailable as error:
            raise CommandError(str(error)) from error
        _write(Path(target), file.data)
        self.stdout.write(f"Đã ghi {target} (số liệu đến ngày {dates.short(day)}).")


def _day(text: str | None) -> dt.date:
    """The day asked for; not one that has not come, as nobody knows what will be true then."""
    today = clock.today()
    if text is None:
        return today
    try:
        day = dt.date.fromisoformat(text) if text[:4].isdigit() else dates.parse_date(text)
    except ValueError as error:
        raise CommandError(
            f"“{text}” không phải là một ngày. Viết như 2023-11-20 hoặc 20/11/2023."
        ) from error
    if day > today:
        raise CommandError(
            f"Ngày {dates.short(day)} chưa đến (hôm nay là {dates.short(today)}), "
            "nên chưa có số liệu."
        )
    return day


def _plan(code: str | None) -> Plan:
    plans = Plan.objects.select_related("agency", "parent", "signatory")
    plan = plans.filter(code=code).first() if code else plans.first()
    if plan is not None:
        return plan
    codes = ", ".join(plans.values_list("code", flat=True))
    if not codes:
        raise CommandError("Chưa có kế hoạch nào. Nạp bằng lệnh manage.py load_plan TỆP trước.")
    raise CommandError(f"Không có kế hoạch mang mã “{code}”. Các mã hiện có: {codes}.")


def _write(target: Path, data: bytes) -> None:
    """All or nothing: an older file of that name stays until the new one is complete."""
    written = None
    try:
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "")
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".", delete=False) as file:
            written = Path(file.name)
            file.write(data)
        written.chmod(0o666 & ~_umask())
        written.replace(target)
    except OSError as error:
        if written is not None:
            with suppress(OSError):
                written.unlink()
        raise CommandError(not_written(target, error)) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
