"""`manage.py import_plan FILE --plan CODE`: a workbook changes the appendix of a plan."""

import sys
from collections.abc import Callable, Iterator
from typing import Any

from django.core.management.base import CommandError

from config.office_files.opening import FileRefused
from config.vietnamese.numbers import format_decimal
from plans.acts import appendix_import
from plans.acts.refusals import Refusal
from plans.appendix.annotated import line_of
from plans.appendix.outcomes import Comparison, Fate, Options, Outcome
from plans.models import Plan
from plans.reading import read_grids
from units.authorship import written_by
from units.models import User


def import_appendix(
    content: bytes, name: str, write: Callable[[str], Any], options: dict[str, Any], undecided: int
) -> None:
    """Say what the workbook changes and, without --dry-run, change it; leaves with `undecided`
    when cells must be mended first."""
    plan = Plan.objects.filter(code=options["plan"]).first()
    if plan is None:
        codes = ", ".join(Plan.objects.values_list("code", flat=True)) or "chưa có kế hoạch nào"
        raise CommandError(f"Không có kế hoạch mã “{options['plan']}” ({codes}).")
    chosen = Options(options["withdraw_missing"], options["keep_words"], options["other_plan"])
    try:
        grids = read_grids(content, name)
        comparison = appendix_import.compare_grids(plan, grids, chosen)
    except FileRefused as error:
        raise CommandError(f"Chưa nạp: {error}") from error
    for line in _told(comparison):
        write(line)
    if comparison.errors:
        write(f"Chưa ghi gì: còn {format_decimal(len(comparison.errors))} lỗi phải sửa trong tệp.")
        sys.exit(undecided)
    if options["dry_run"]:
        write("Đọc thử xong, chưa ghi gì.")
        return
    if not comparison.changes_something:
        write("Tệp không thay đổi gì so với phụ lục đang có.")
        return
    by = _responsible(options["by"] or "")
    try:
        with written_by(by):
            appendix_import.change(
                plan=plan, by=by, grids=grids, seen=comparison.seen, options=chosen,
                reason=options["reason"],
            )  # fmt: skip
    except Refusal as error:
        raise CommandError(f"Chưa ghi gì: {error}") from error
    write(f"Đã sửa phụ lục của “{plan}”: {appendix_import.summary(comparison)}.")


def _responsible(username: str) -> User:
    """Whose change it is; that they may make it is for the act to say."""
    if not username:
        raise CommandError("Chưa ghi gì: nêu người chịu trách nhiệm bằng --by TÊN_ĐĂNG_NHẬP.")
    by = User.objects.filter(username=username).first()
    if by is None:
        raise CommandError(f"Chưa ghi gì: không có tài khoản “{username}” (--by).")
    if not by.has_access:
        raise CommandError(f"Chưa ghi gì: tài khoản “{username}” (--by) đã đóng.")
    return by


def _told(comparison: Comparison) -> Iterator[str]:
    for one in comparison.outcomes:
        if one.fate is not Fate.SAME or one.remarks:
            yield from _row(one)
    for remark in comparison.remarks:
        yield f"{'[!]' if remark.must else '[?]'} {remark.sheet}!{remark.cell} {line_of(remark)}"
    yield appendix_import.summary(comparison)


def _row(one: Outcome) -> Iterator[str]:
    at = f"{one.row.sheet}!{one.row.number}" if one.row else "không có trong tệp"
    wording = " ".join(one.wording.split())
    yield f"{at:>16}  {one.fate.value}: {one.code} {wording[:100]}"
    for change in one.shown:
        before, after = change.before or "(trống)", change.after or "(trống)"
        yield f"{'':18}{change.name}: {before} → {after}"
    for remark in one.remarks:
        yield f"{'':14}{'[!]' if remark.must else '[?]'} {remark.cell} {line_of(remark)}"
