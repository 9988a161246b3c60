"""A workbook of an appendix in and out, in a process that does nothing else: `python -m
benchmarks.appendices ROWS RESULT`, on an empty database.

Preview and apply of a workbook of new rows, then of the appendix as it is exported with a remark
in every row, then of the same once more, which changes nothing. Reading stands beside openpyxl
alone, which reads the same file without keeping anything.
"""

import gc
import io
import json
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import django
from django.core.management import call_command

from benchmarks.counting import counted_queries, peak

SIZES = (100, 1000, 5000)
# Fifty times the rows may take at most this much more than fifty times as long.
_SLACK = 1.5
_UNITS = 12
_STEPS = (
    ("bare", "openpyxl reads"),
    ("read", "read as text"),
    ("preview_new", "preview, all new"),
    ("apply_new", "apply, all new"),
    ("export", "export"),
    ("preview_changed", "preview, all changed"),
    ("apply_changed", "apply, all changed"),
    ("preview_same", "preview, nothing new"),
)


def table(measured: dict[int, dict[str, Any]]) -> Iterator[str]:
    """Seconds, those of them that the processor worked for us, queries and peak memory of each step
    and size."""
    heads = "".join(f"{f'{rows:,} rows':>31}" for rows in measured)
    yield f"{'Appendix':<22}{heads}"
    yield f"{'':<22}" + f"{'s':>7}{'cpu s':>7}{'queries':>9}{'MiB':>8}" * len(measured)
    for key, name in _STEPS:
        cells = (one[key] for one in measured.values())
        yield f"{name:<22}" + "".join(
            f"{cell['seconds']:>7.2f}{cell['cpu']:>7.2f}{cell['queries']:>9,}{cell['peak']:>8.0f}"
            for cell in cells
        )
    ratios = (one["read"]["cpu"] / one["bare"]["cpu"] for one in measured.values())
    yield f"{'read : openpyxl':<22}" + "".join(f"{ratio:>14.2f}{'':>17}" for ratio in ratios)


def broken_promises(measured: dict[int, dict[str, Any]]) -> Iterator[str]:
    """What grows faster than the rows."""
    (few, small), *_, (many, large) = measured.items()
    for key, name in _STEPS:
        for what, slack in (("cpu", _SLACK), ("queries", 1.05)):
            before, after = small[key][what] / few, large[key][what] / many
            if after > before * slack:
                yield f"{name}: {after / before:.1f} times as much {what} a row at {many:,} rows."


def main(rows: int, result: Path) -> None:
    django.setup()
    call_command("migrate", verbosity=0)
    result.write_text(json.dumps(dict(_measured(rows))))


def _measured(rows: int) -> Iterator[tuple[str, dict[str, float]]]:
    import openpyxl

    from config.office_files.workbooks import read_workbook
    from plans.acts import appendix_import
    from plans.appendix.table import in_table
    from plans.frame import Frame
    from reports.files.xlsx import appendix
    from units import clock

    plan, by = _world()
    content = _workbook(rows)

    def bare() -> int:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        return sum(1 for sheet in book for _ in sheet.iter_rows(values_only=True))

    def preview(data: bytes) -> tuple[Any, Any]:
        one = appendix_import.upload(
            by=by, plan=plan, name="phu-luc.xlsx", content=data, request_key=uuid.uuid4()
        )
        return one, appendix_import.compared(one)

    def apply(one: Any, compared: Any) -> Any:
        return appendix_import.apply(
            import_id=one.pk, by=by, seen=compared.seen, reason="Đo thời gian"
        )

    def export() -> bytes:
        frame = Frame(by, [plan], plan, clock.today(), clock.today())
        return appendix.render(frame, list(in_table(frame.tasks)))

    yield "bare", _timed(bare)[1]
    yield "read", _timed(lambda: read_workbook(content, "phu-luc.xlsx"))[1]
    seen, measured = _timed(lambda: preview(content))
    yield "preview_new", measured
    yield "apply_new", _timed(lambda: apply(*seen))[1]
    data, measured = _timed(export)
    yield "export", measured
    changed = _with_remarks(data)
    seen, measured = _timed(lambda: preview(changed))
    yield "preview_changed", measured
    yield "apply_changed", _timed(lambda: apply(*seen))[1]
    again = export()
    (_, compared), measured = _timed(lambda: preview(again))
    yield "preview_same", measured
    assert not compared.changes_something
    assert len(compared.outcomes) == rows


def _timed(work: Callable[[], Any]) -> tuple[Any, dict[str, float]]:
    gc.collect()
    began, worked = time.perf_counter(), time.process_time()
    with counted_queries() as queries:
        found = work()
    return found, {
        "seconds": time.perf_counter() - began,
        "cpu": time.process_time() - worked,
        "queries": queries.number,
        "peak": peak(),
    }


def _world() -> tuple[Any, Any]:
    import datetime as dt

    from plans.models import Plan
    from units import clock
    from units.models import Agency, Role, Unit, User

    agency = Agency.objects.create(code="so")
    agency.identities.create(name="Sở X", short_name="Sở X", symbol="SX")
    for n in range(1, _UNITS + 1):
        Unit.objects.create(
            agency=agency, code=f"p{n}", name=f"Phòng Nghiệp vụ {n}", short_name=f"NV{n}",
            kind="division", position=n,
        )  # fmt: skip
    year = clock.today().year
    plan = Plan.objects.create(
        agency=agency, code="ke-hoach", symbol="KH-SX", title="Kế hoạch", short_title="Kế hoạch",
        year=year, starts_on=dt.date(year, 1, 1), due_on=dt.date(year, 12, 31),
    )  # fmt: skip
    return plan, User.objects.create(username="quantri", role=Role.ADMIN, full_name="Quản trị")


def _workbook(rows: int) -> bytes:
    """Fifty tasks under each heading, with one to three leading units."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Phụ lục")
    sheet.append(["PHỤ LỤC PHÂN CÔNG NHIỆM VỤ"])
    sheet.append(["STT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn", "Sản phẩm", "Ghi chú"])
    for n in range(rows):
        if n % 50 == 0:
            sheet.append([None, f"Nhóm nhiệm vụ thứ {n // 50 + 1}"])
        leads = "; ".join(f"Phòng Nghiệp vụ {(n + i) % _UNITS + 1}" for i in range(n % 3 + 1))
        wording = (
            f"Rà soát, cập nhật và công khai danh mục thủ tục hành chính thứ {n + 1}; bảo đảm hồ "
            "sơ được giải quyết đúng hạn, người dân tra cứu được kết quả trên môi trường điện tử."
        )
        support = f"Phòng Nghiệp vụ {(n + 5) % _UNITS + 1}"
        sheet.append([n + 1, wording, leads, support, f"Quý {n % 4 + 1}", "Báo cáo", None])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _with_remarks(data: bytes) -> bytes:
    """The exported workbook with a remark and another deadline in every row."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.active
    for (code,) in sheet.iter_rows(min_col=9, max_col=9, min_row=4):
        if code.value:
            sheet[f"H{code.row}"], sheet[f"F{code.row}"] = "Theo dõi hằng tháng", "Cuối năm"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
