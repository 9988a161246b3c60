"""Which row of a workbook is whose: a row is a task's when it carries its code, else when its words
are the same; a row without a code that is very like one task left over is an edit of it, which is
said."""

import re
from collections import defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher

from config.vietnamese.text import fold
from plans.appendix.table import Printed
from plans.codes import same_code, written_otherwise
from plans.models import Task
from plans.reading import marks
from plans.reading.rows import AppendixRow
from plans.reading.titles import CODE, CRITERION, TASK

# How like the words of an edited task are to those before, and how many pairs are looked at: in a
# workbook of thousands of new rows all others stay new.
_ALIKE, _MOST_PAIRS = 0.8, 50_000
# "quý I" and "quý II" are two tasks, however like their words.
_COUNTS = re.compile(r"\b(?:\d+|[ivx]+)\b")


def same_words(text: str) -> str:
    """Texts that differ in case, accents, marks or spaces only are one."""
    return re.sub(r"\W+", " ", fold(text)).strip()


def match(rows: list[AppendixRow], printed: dict[Task, Printed]) -> dict[int, Task]:
    """The task of each row (by its id), by code and then by words."""
    by_code = _Codes(printed)
    matched: dict[int, Task] = {}
    taken: dict[int, AppendixRow] = {}
    for row in rows:
        task = by_code.find(row.code)
        if task is None:
            continue
        if task.pk in taken:
            first = taken[task.pk]
            row.remark(
                CODE,
                f"mã “{row.code}” đã có ở {first.grid.place(first.cell(CODE))}"
                f"{written_otherwise(row.code, first.code)}",
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
        if id(row) in matched or by_code.find(row.code):
            continue
        alike = by_words.get(same_words(row.wording))
        if alike:
            best = _nearest(row, alike, printed)
            alike.remove(best)
            matched[id(row)] = best
    _match_edited(rows, printed, matched)
    return matched


class _Codes:
    """The tasks by their codes: as they are written, else as one alike that no other task has."""

    def __init__(self, tasks: Iterable[Task]) -> None:
        self.written = {task.code: task for task in tasks}
        self.alike: dict[str, Task | None] = {}
        for task in tasks:
            key = same_code(task.code)
            self.alike[key] = None if key in self.alike else task

    def find(self, code: str) -> Task | None:
        return (self.written.get(code) or self.alike.get(same_code(code))) if code else None


def _match_edited(
    rows: list[AppendixRow], printed: dict[Task, Printed], matched: dict[int, Task]
) -> None:
    """Rows without a code whose words are very like those of one task that no row is of, in the
    same place or with the same lead; and no other row is like it."""
    here = set(matched.values())
    left = {
        task: (same_words(task.wording), same_words(now.place), same_words(now.leads))
        for task, now in printed.items()
        if task not in here
    }
    new = [row for row in rows if id(row) not in matched and not row.code and row.wording]
    if not left or len(left) * len(new) > _MOST_PAIRS:
        return
    rows_of: dict[Task, list[AppendixRow]] = defaultdict(list)
    for row in new:
        words, place, lead = map(
            same_words, (row.wording, row.text(CRITERION), row.text(marks.LEAD))
        )
        alike = [
            task
            for task, (before, its_place, its_lead) in left.items()
            if (place and place == its_place) or (lead and lead == its_lead)
            if _is_edited(before, words)
        ]
        for task in alike:
            # One of several like it is of none: nothing is guessed.
            rows_of[task] += [row] * (1 if len(alike) == 1 else 2)
    for task, own in rows_of.items():
        if len(own) == 1:
            matched[id(own[0])] = task
            own[0].remark(
                TASK,
                f"được hiểu là sửa lời văn nhiệm vụ {task.code}; nếu là nhiệm vụ mới thì ghi một "
                "mã chưa dùng ở cột “Mã nhiệm vụ”",
            )


def _is_edited(before: str, after: str) -> bool:
    if _COUNTS.findall(before) != _COUNTS.findall(after):
        return False
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def _nearest(row: AppendixRow, alike: list[Task], printed: dict[Task, Printed]) -> Task:
    """Of several tasks with the same words, the one whose units are the same."""
    for task in alike:
        if fold(printed[task].leads) == fold(row.text(marks.LEAD)):
            return task
    return alike[0]
