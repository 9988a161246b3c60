"""Whether a workbook is the appendix of the plan that it is to change: it says so in its head."""

from collections.abc import Iterable

from config.office_files.workbooks import Grid
from config.vietnamese.text import fold
from plans.models import Plan
from plans.reading.rows import Remark

HEAD_ROWS = 15
# Of folded titles: a shorter one may well stand in another text.
SHORTEST = 20


def other_plan(plan: Plan, grids: Iterable[Grid], *, is_meant: bool) -> tuple[str, list[Remark]]:
    """The plan of which the head of a workbook names the title, unless it is this one, and what is
    to be said of it; `is_meant` says that it is to change this plan all the same. One query."""
    titles = {}
    for short_title, title in Plan.objects.exclude(pk=plan.pk).values_list("short_title", "title"):
        if len(key := fold(title)) >= SHORTEST:
            titles[key] = short_title
    own = fold(plan.title)
    found: tuple[str, Remark] | None = None
    for grid in grids if titles else ():
        for row in grid.rows[:HEAD_ROWS]:
            for column, cell in enumerate(row.cells):
                words = fold(cell)
                if own in words:
                    return "", []
                named = [title for title in titles if title in words]
                if named and found is None:
                    name = titles[max(named, key=len)]
                    found = name, _remark(grid, column, row.number, cell, name, is_meant=is_meant)
    return (found[0], [found[1]]) if found else ("", [])


def _remark(grid: Grid, column: int, row: int, cell: str, name: str, *, is_meant: bool) -> Remark:
    return Remark(
        grid.name,
        grid.cell(column, row),
        f"tệp là phụ lục của kế hoạch khác: “{name}”",
        must=not is_meant,
        found=cell[:200],
        accepted="tệp của kế hoạch đang sửa, hoặc chọn vẫn dùng tệp này" if not is_meant else "",
    )
