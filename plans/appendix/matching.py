"""Which row of a workbook is whose: a row is a task's when it carries its code, else when its words
are the same."""

import re
from collections import defaultdict

from config.vietnamese.text import fold
from plans.appendix.table import Printed
from plans.models import Task
from plans.reading import marks
from plans.reading.rows import AppendixRow
from plans.reading.titles import CODE


def same_words(text: str) -> str:
    """Texts that differ in case, accents, marks or spaces only are one."""
    return re.sub(r"\W+", " ", fold(text)).strip()


def match(rows: list[AppendixRow], printed: dict[Task, Printed]) -> dict[int, Task]:
    """The task of each row (by its id), by code and then by words."""
    by_code = {task.code: task for task in printed}
    matched: dict[int, Task] = {}
    taken: dict[int, AppendixRow] = {}
    for row in rows:
        task = by_code.get(row.code) if row.code else None
        if task is None:
            continue
        if task.pk in taken:
            first = taken[task.pk]
            row.remark(
                CODE,
                f"mã “{row.code}” đã có ở {first.grid.place(first.cell(CODE))}",
                must=True,
                accepted="mỗi nhiệm vụ một mã; nhiệm vụ mới để trống",
            )
            continue
        matched[id(row)], taken[task.pk] = task, row
    by_words: dict[str, list[Task]] = defaultdict(list)
    for task in printed:
        if task.pk not in taken:
            by_words[same_words(task.wording)].append(task)
    for row in rows:
        if id(row) in matched or row.code in by_code:
            continue
        alike = by_words.get(same_words(row.wording))
        if alike:
            best = _nearest(row, alike, printed)
            alike.remove(best)
            matched[id(row)] = best
    return matched


def _nearest(row: AppendixRow, alike: list[Task], printed: dict[Task, Printed]) -> Task:
    """Of several tasks with the same words, the one whose units are the same."""
    for task in alike:
        if fold(printed[task].leads) == fold(row.text(marks.LEAD)):
            return task
    return alike[0]
