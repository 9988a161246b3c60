"""A row of the task list as HTML, for the page and for print.

Written in Python and not as a template: a table of fifty rows and eight columns is most of what the
page costs, and plain strings take a quarter of the time (docs/benchmarks.md). Whatever a person
typed goes through `escape`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import conditional_escape, escape, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator

from config.vietnamese import dates
from plans.columns import Column
from plans.deadlines import Timing
from plans.models import Assignment
from plans.overview import LeadOnDay, Status, TaskOnDay
from plans.own_parts import own_part, own_unchanged
from plans.signs import sign_html, signs_address
from plans.states import State
from units.models import User

LONGEST = 160  # characters of what a unit wrote; two lines are shown


@dataclass(frozen=True, slots=True)
class Recording:
    """For whom the rows offer to record on their own part, and the list's address to come back to.

    What is offered depends on role and unit, by which the rows are remembered too.
    """

    user: User
    back: str


def rows_html(
    rows: Sequence[TaskOnDay],
    columns: Sequence[Column],
    day_query: str,
    *,
    grouped: bool,
    recording: Recording | None = None,
) -> SafeString:
    """The bodies of the table: each task, under the head of its area when they are `grouped`.

    `day_query` goes into the links, so that a task is shown on the same day. Without `recording`
    (in print, for a day that has passed) nothing is offered but to read.
    """
    signs = signs_address()
    writers = [(column, _CELLS[column.key]) for column in columns]
    after = f"?{escape(day_query)}" if day_query else ""
    parts: list[str] = []
    area = None
    for row in rows:
        if grouped and row.task.block.area_id != area:
            area = row.task.block.area_id
            parts.append(_group(row, len(columns)))
        part = own_part(row, recording.user) if recording else None
        context = _Row(row, signs, after)
        if recording and part:
            context.record = _record(row, part, recording.back)
            if unchanged := own_unchanged(row, recording.user):
                context.tick = _tick(row, unchanged)
        parts.append(f'<tbody id="row-{row.task.pk}"><tr>')
        for column, write in writers:
            cell = write(context)
            label = f'data-label="{column.label}"'
            if column.key == "so-muc":
                # A tick in it is no part of what the row is called.
                name = f' aria-label="{escape(row.task.code)}"' if context.tick else ""
                parts.append(f'<th scope="row" {label}{name}><div>{cell}</div></th>')
            else:
                css = f' class="{column.css}"' if column.css else ""
                parts.append(f"<td {label}{css}><div>{cell}</div></td>")
        parts.append("</tr></tbody>\n")
        if part:
            # Where the form opens in place (static/js/record.js, templates/plans/_record.html).
            parts.append(f'<tbody id="form-{row.task.pk}"></tbody>\n')
    return mark_safe("".join(parts))  # noqa: S308 - every part is escaped where it is made


class _Row:
    """What a cell is written from."""

    __slots__ = ("after", "record", "row", "signs", "tick")

    def __init__(self, row: TaskOnDay, signs: str, after: str) -> None:
        self.row, self.signs, self.after = row, signs, after
        self.record = self.tick = ""

    def sign(self, name: str) -> str:
        return sign_html(name, self.signs)


def _record(row: TaskOnDay, part: Assignment, back: str) -> str:
    """The link to the form of the reader's own part; with a script it opens under the row."""
    page = reverse("progress-record", args=[row.task.pk, part.pk])
    address = escape(f"{page}?{urlencode({'ve': back})}")
    words = "cập nhật" if part.is_lead else "ghi phối hợp"
    return (
        f' <a class="record" href="{address}" hx-get="{address}" hx-target="#form-{row.task.pk}">'
        f'{words}<span class="unseen"> nhiệm vụ {escape(row.task.code)}</span></a>'
    )


def _tick(row: TaskOnDay, part: Assignment) -> str:
    """To say of several at once that nothing has changed: the form stands in task_list.html."""
    label = f"Chọn nhiệm vụ {escape(row.task.code)}"
    value = f"{part.pk}:{part.sequence}"
    return (
        f'<input type="checkbox" name="phan" value="{value}" form="unchanged" '
        f'aria-label="{label}"> '
    )


def _group(row: TaskOnDay, width: int) -> str:
    area = row.task.block.area
    step = ' <span class="quiet">›</span> '
    places = [area.indicator.code, *([area.parent.number] if area.parent else ()), str(area)]
    words = step.join(escape(place) for place in places)
    return (
        f'<tbody><tr class="group"><th scope="rowgroup" colspan="{width}">{words}</th></tr></tbody>'
    )


def _code(one: _Row) -> str:
    return f"{one.tick}{escape(one.row.task.code)}"


def _title(one: _Row) -> str:
    task = one.row.task
    address = f"{reverse('task', args=[task.pk])}{one.after}"
    return (
        f'<a href="{address}">{escape(task.title)}</a> <details><summary>nội dung'
        f'<span class="unseen"> nhiệm vụ {escape(task.code)}</span></summary>'
        f"{linebreaks(task.wording, autoescape=True)}</details>{one.record}"
    )


def _indicator(one: _Row) -> str:
    return escape(one.row.task.block.area.indicator.code)


def _leads(one: _Row) -> str:
    leads = one.row.leads
    if not leads:
        return '<span class="quiet">Chưa phân công</span>'
    return " ".join(_lead(one, lead, several=len(leads) > 1) for lead in leads)


def _lead(one: _Row, lead: LeadOnDay, *, several: bool) -> str:
    unit, status = lead.assignment.unit, lead.status
    how_far = ""
    if several:
        how_far = (
            f'{one.sign(status.sign_name)}<span class="unseen">{escape(status.label)}: </span>'
        )
    title = escape(f"{unit.name}: {status.label}")
    return f'<span class="lead" title="{title}">{how_far}{escape(unit.short_name)}</span>'


def _supports(one: _Row) -> str:
    supports, printed = one.row.supports, one.row.task.printed_supports
    if not supports:
        return f'<span class="clamp" title="{escape(printed)}">{escape(printed or "–")}</span>'
    shown = ", ".join(escape(support.unit.short_name) for support in supports[:2])
    if len(supports) > 2:
        shown += f', <span title="{escape(printed)}">+{len(supports) - 2}</span>'
    return shown


def _due(one: _Row) -> str:
    return dates.short(one.row.status.due_on) or "–"


def _completed(one: _Row) -> str:
    return dates.short(one.row.status.completed_on) or "–"


def _updated(one: _Row) -> str:
    return dates.short(one.row.status.reported_on) or "–"


def _status(one: _Row) -> str:
    return status_html(one.row.status, one.sign)


def status_html(status: Status, sign: Callable[[str], str], *, narrow: bool = True) -> str:
    """A state with its sign and word, and its lateness, in few words for a `narrow` column. Colour
    never stands alone. `sign` gives the drawn sign of a name."""
    label = "Bị trả lại" if status.returned else escape(status.label)
    name = status.sign_name
    words = f'<span class="state {name}">{sign(name)} {label}</span>'
    late = status.lateness
    if late is None or late.timing == Timing.NO_DEADLINE:
        return words
    mark = f"{sign('overdue')} " if status.is_late else ""
    claimed = "báo xong " if status.state == State.AWAITING else ""
    told = late.short if narrow else late
    return f'{words} <span class="lateness {late.timing}">{mark}{claimed}{told}</span>'


def _said(text: str) -> str:
    return f'<span class="clamp">{conditional_escape(Truncator(text).chars(LONGEST))}</span>'


def _result(one: _Row) -> str:
    latest = one.row.latest
    if latest is None or latest.report is None:
        return "–"
    return _said(latest.report.result or latest.report.cause)


def _difficulty(one: _Row) -> str:
    said = [lead.report.difficulty for lead in one.row.leads if lead.report]
    return _said("; ".join(filter(None, said)) or "–")


_CELLS: dict[str, Callable[[_Row], str]] = {
    "so-muc": _code,
    "nhiem-vu": _title,
    "chi-so": _indicator,
    "chu-tri": _leads,
    "phoi-hop": _supports,
    "thoi-han": _due,
    "tinh-trang": _status,
    "hoan-thanh": _completed,
    "ket-qua": _result,
    "kho-khan": _difficulty,
    "cap-nhat": _updated,
}
