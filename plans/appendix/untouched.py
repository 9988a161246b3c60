"""What a workbook may say otherwise and does not change: names of indices, areas and criteria,
under which of them a task stands, and the order of the rows. It is said at the cell, with where it
is changed."""

from bisect import bisect_left

from plans.appendix.places import Places, is_named
from plans.appendix.table import place_of
from plans.models import Task
from plans.reading.doubting import cut
from plans.reading.rows import AppendixRow, Remark
from plans.reading.titles import CRITERION, TASK

_WHERE = "không đổi theo tệp; sửa ở trang Phụ lục trong phần quản trị"


def tell_untouched(
    rows: list[AppendixRow], matched: dict[int, Task], tasks: list[Task], places: Places
) -> list[Remark]:
    """Remarks at the cells of rows that are a task's, and those of headings over them. `tasks`
    stand in the order of the plan."""
    order = {task.pk: turn for turn, task in enumerate(tasks)}
    here = [(row, matched[id(row)]) for row in rows if id(row) in matched]
    in_order = _in_order([order[task.pk] for _, task in here])
    headings: dict[tuple[str, int], Remark] = {}
    for turn, (row, task) in enumerate(here):
        words = row.text(CRITERION)
        indicator, area = places.above(row)
        now = f"nhiệm vụ {task.code} đang ở mục “{cut(place_of(task.block))}”"
        is_elsewhere = (
            area.pk not in (task.block.area_id, task.block.area.parent_id)
            if area
            else indicator is not None and indicator.pk != task.block.area.indicator_id
        )
        if words and not is_named(task.block, words):
            row.remark(CRITERION, f"{now}: tên mục và chỗ của nhiệm vụ {_WHERE}")
        elif is_elsewhere:
            row.remark(TASK, f"{now}: chỗ của nhiệm vụ {_WHERE}")
        elif turn not in in_order:
            row.remark(TASK, f"thứ tự của dòng này khác với trong kế hoạch: thứ tự {_WHERE}")
        for one in row.headings:
            if not places.knows(one):
                message = f"kế hoạch không có mục tên như vậy: tên mục của nhiệm vụ đã có {_WHERE}"
                cell = row.grid.cell((row.columns.get(CRITERION) or row.columns[TASK])[0], one.row)
                remark = Remark(row.sheet, cell, message, found=cut(one.text))
                headings.setdefault((row.sheet, one.row), remark)
    return list(headings.values())


def _in_order(numbers: list[int]) -> set[int]:
    """The places of the longest run of growing numbers: the others were moved."""
    ends: list[int] = []  # the smallest last number of a run of each length
    at: list[int] = []
    before: list[int | None] = []
    for place, number in enumerate(numbers):
        length = bisect_left(ends, number)
        before.append(at[length - 1] if length else None)
        ends[length : length + 1] = [number]
        at[length : length + 1] = [place]
    kept: set[int] = set()
    last = at[-1] if at else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return kept
