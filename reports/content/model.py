"""What the consolidated report says, as plain data with every label resolved.

Renderers read only this: no query, no clock, no setting. It is frozen as JSON
(reports/content/frozen.py), so a field is a text, a whole number, a Decimal, a date, a bool,
another class from here, or a tuple of one of these.
"""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any


def added(default: Any) -> Any:
    """A field that came after reports had been frozen without it: while it has its `default` it is
    not frozen either, so that they stay the same JSON."""
    return field(default=default, metadata={"added": True})


@dataclass(frozen=True, slots=True)
class Counts:
    """One row of figures: a `plans.tallies.Tally` under a label, with its rates (domain.md §2).

    `code` is that of the unit that the row is about, if it is about one.
    """

    label: str
    total: int
    done: int
    done_on_time: int
    done_late: int
    done_no_deadline: int
    open: int
    open_in_time: int
    overdue: int
    overdue_no_info: int
    no_info: int
    no_info_in_time: int
    told_in_time: int
    not_started: int
    in_progress: int
    awaiting: int
    awaiting_past_due: int
    not_arisen: int
    paused: int
    stopped: int
    unassigned: int
    due: int
    rate: Decimal | None
    rate_due: Decimal | None
    code: str = added("")


@dataclass(frozen=True, slots=True)
class Moment:
    """The whole plan as it stood on a day: a point in its course."""

    day: dt.date
    counts: Counts


@dataclass(frozen=True, slots=True)
class MeasureCounts:
    """Measures by whether their target is reached; the four add up to `total`."""

    total: int
    met: int
    unmet: int
    no_value: int
    no_target: int


@dataclass(frozen=True, slots=True)
class StatusLine:
    """State and lateness as they are printed: `words` says both in one phrase."""

    state: str
    label: str
    lateness: str
    words: str
    due_on: dt.date | None
    completed_on: dt.date | None
    days_late: int
    returned: bool


@dataclass(frozen=True, slots=True)
class MeasureValueLine:
    """The latest value of a measure that one lead gave."""

    unit: str
    value: Decimal
    shown: str
    verdict: str


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """A measure, its target beside its values, and the verdict; `words` says it all (S18-S25)."""

    name: str
    scale: str
    unit_label: str
    baseline: Decimal | None
    target: Decimal | None
    shown_target: str
    values: tuple[MeasureValueLine, ...]
    shown_values: str
    verdict: str
    words: str


@dataclass(frozen=True, slots=True)
class LeadLine:
    """One lead's part in its own words."""

    unit: str
    status: StatusLine
    reported_on: dt.date | None
    result: str
    difficulty: str
    cause: str
    next_step: str
    proposal: str
    explanation: str
    evidence: tuple[str, ...]
    # Stays the same when the unit is called otherwise; never printed.
    unit_code: str = added("")


@dataclass(frozen=True, slots=True)
class ContributionLine:
    """What a supporting unit did, in its own words."""

    unit: str
    reported_on: dt.date
    result: str
    difficulty: str
    cause: str
    next_step: str
    proposal: str
    evidence: tuple[str, ...]
    unit_code: str = added("")


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task as it stood on the day; `lead_words`, `support_words` name the units or groups."""

    code: str
    title: str
    wording: str
    kind: str
    product: str
    lead_words: str
    support_words: str
    status: StatusLine
    leads: tuple[LeadLine, ...]
    measures: tuple[MeasureLine, ...]
    contributions: tuple[ContributionLine, ...]
    due_words: str = ""
    note: str = ""
    # Who leads it too and was not asked in a round: nothing is said or counted of their part.
    other_leads: tuple[str, ...] = added(())

    @property
    def is_joint(self) -> bool:
        """Whether each lead's part has to bear its name."""
        return len(self.leads) + len(self.other_leads) > 1

    @property
    def voices(self) -> tuple[LeadLine | ContributionLine, ...]:
        """Everybody who said something of the task: its leads, then those who support them."""
        return (*self.leads, *self.contributions)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of an index in the plan's order: a heading (area, area within it, criteria; level 1
    is the outermost) or, with `task`, a task."""

    level: int
    number: str
    title: str
    is_criteria: bool = False
    task: TaskLine | None = None

    @property
    def heading(self) -> str:
        return f"{self.number} {self.title}".strip()


@dataclass(frozen=True, slots=True)
class IndicatorPart:
    """An index with its figures and its lines."""

    number: str
    code: str
    name: str
    counts: Counts
    entries: tuple[Entry, ...]

    @property
    def heading(self) -> str:
        return f"{self.number}. {self.name}" if self.number else self.name

    @property
    def tasks(self) -> tuple[TaskLine, ...]:
        return tuple(entry.task for entry in self.entries if entry.task)


@dataclass(frozen=True, slots=True)
class Event:
    """A record of the plan's history: on which day who said or decided what of which task."""

    day: dt.date
    code: str
    title: str
    unit: str
    kind: str
    by: str
    words: str


@dataclass(frozen=True, slots=True)
class LaterLine:
    """A part of a task that moved on after the day its unit's accepted report speaks of: what was
    recorded of it by the report's day (`words`), which no figure counts."""

    code: str
    unit: str
    told_on: dt.date
    words: str


@dataclass(frozen=True, slots=True)
class RaisedLine:
    """A difficulty that went up (S17): the unit's words, about which tasks (none: about all), when
    it was raised, and where it stands. `is_outside`: it was reported to the superior."""

    unit: str
    codes: tuple[str, ...]
    titles: tuple[str, ...]
    raised_on: dt.date
    words: str
    proposal: str
    standings: tuple[str, ...]
    is_outside: bool


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    TABLE = "table"
    CHART = "chart"


class TableKey(StrEnum):
    """Which figures a table or a chart in the body prints."""

    NONE = ""
    BY_INDICATOR = "by_indicator"
    BY_UNIT = "by_unit"
    COURSE = "course"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of the body. `label` is printed before the text; a heading has a `level` from 2
    (1 is the section's own); a table or a chart has its caption in `text`, a `note` under it, and
    in `table` which figures it prints."""

    kind: BlockKind
    text: str = ""
    label: str = ""
    level: int = 0
    table: TableKey = TableKey.NONE
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the body under a Roman number (F24); `key` names it whatever its title."""

    key: str
    number: str
    title: str
    blocks: tuple[Block, ...]

    @property
    def heading(self) -> str:
        return f"{self.number}. {self.title}"


@dataclass(frozen=True, slots=True)
class Head:
    """The two columns at the top of the first page (F8-F15); a long name stands on two lines."""

    superior: str
    agency: tuple[str, ...]
    number_line: str
    country: str
    motto: str
    place_and_date: str

    @property
    def number(self) -> str:
        """ "05/BC-STTTT"; empty while the clerk has given none."""
        number = self.number_line.partition(":")[2]
        return "" if number.startswith("  ") else number.strip()


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs (F26, F28); `authority` is empty when the head signs."""

    authority: str
    title: str
    full_name: str

    def __str__(self) -> str:
        """On one line: "KT. GIÁM ĐỐC – PHÓ GIÁM ĐỐC Nguyễn Trọng Hùng"."""
        capacity = " – ".join(filter(None, (self.authority, self.title)))
        return f"{capacity} {self.full_name}".strip()


@dataclass(frozen=True, slots=True)
class AppendixHead:
    """Heading of the appendix and its closing line (F34-F36, F25)."""

    label: str
    title: str
    note: str
    cut_off: str
    closing: str


@dataclass(frozen=True, slots=True)
class ReportContent:
    """The whole report. `day` is its cut-off; files carry it as their date."""

    demonstration: bool
    day: dt.date
    language: str
    file_stem: str
    author: str
    plan: str
    head: Head
    kind: str
    subject: str
    addressee: str
    opening: tuple[str, ...]
    sections: tuple[Section, ...]
    closing: str
    signature: Signature
    recipients: tuple[str, ...]
    appendix: AppendixHead
    total: Counts
    by_indicator: tuple[Counts, ...]
    by_unit: tuple[Counts, ...]
    parts_total: Counts
    measures: MeasureCounts
    course: tuple[Moment, ...]
    events: tuple[Event, ...]
    indicators: tuple[IndicatorPart, ...]
    raised: tuple[RaisedLine, ...] = added(())
    later: tuple[LaterLine, ...] = added(())
    # Whom a round did not ask, in sentences; none when the report is on the whole plan.
    scope: tuple[str, ...] = added(())

    @property
    def title(self) -> str:
        """Kind and subject on one line, for the properties of files."""
        return f"{self.kind.capitalize()} {self.subject[:1].lower()}{self.subject[1:]}"

    @property
    def tasks(self) -> tuple[TaskLine, ...]:
        return tuple(task for part in self.indicators for task in part.tasks)


# The mark that every file of a demonstration bears.
DEMONSTRATION_MARK = "Dữ liệu minh họa"
