"""What the demonstration tells of the appendix: tasks changed after they were given, and a workbook
that waits to be applied."""

import uuid

from config.vietnamese import dates
from plans.acts import appendix_import
from plans.acts.amending import amend
from plans.appendix.amendment import Amendment
from plans.appendix.table import CODE_TITLE, TITLES, in_table, printed
from plans.demonstration import Act, Entry
from plans.demonstration.papers import spreadsheet
from plans.models import Plan, Task
from units.models import Unit, UnitGroup, User


class AppendixCourse:
    """Carries out such entries in one plan.

    A task, unit, passage or column that is not there raises LookupError with its name.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def play(self, entry: Entry, by: User, key: uuid.UUID) -> None:
        """Record one entry; the clock stands on its day."""
        if entry.act == Act.AMEND:
            _amend(self.plan, entry, by)
        else:
            _upload(self.plan, entry, by, key)


def _amend(plan: Plan, entry: Entry, by: User) -> None:
    task = plan.tasks.filter(code=entry.task).first()
    if task is None:
        raise LookupError(f"nhiệm vụ {entry.task}")
    changed = entry.changed
    words = {}
    if changed.passage:
        before, after = changed.passage
        if before not in task.wording:
            raise LookupError(f"câu chữ “{before}”")
        words["wording"] = task.wording.replace(before, after)
    amendment = Amendment(
        words=words, leads=_units(plan, changed.leads), supports=_units(plan, changed.supports)
    )
    amend(task=task, by=by, amendment=amendment, reason=entry.reason)


def _units(plan: Plan, codes: str) -> list[tuple[Unit, UnitGroup | None]] | None:
    units = {unit.code: unit for unit in Unit.objects.filter(agency=plan.agency)}
    if missing := [code for code in codes.split() if code not in units]:
        raise LookupError(f"đơn vị {missing[0]}")
    return [(units[code], None) for code in codes.split()] or None


def _upload(plan: Plan, entry: Entry, by: User, key: uuid.UUID) -> None:
    rows: dict[str, dict[str, str]] = {}
    for number, task in enumerate(in_table(Task.objects.of_plan(plan).kept_on(entry.day)), 1):
        one = printed(task)
        due = one.due if isinstance(one.due, str) else dates.short(one.due)
        cells = (one.place, one.wording, one.leads, one.supports, due, one.product, one.note)
        rows[one.code] = dict(zip(TITLES, (str(number), *cells, one.code), strict=True))
    for code, title, text in entry.changed.cells:
        if title not in TITLES:
            raise LookupError(f"cột {title}")
        rows.setdefault(code, {CODE_TITLE: code})[title] = text
    table = [TITLES, *([row.get(title, "") for title in TITLES] for row in rows.values())]
    appendix_import.upload(
        by=by,
        plan=plan,
        name=entry.changed.file,
        content=spreadsheet(table, figures=False),
        request_key=key,
    )
