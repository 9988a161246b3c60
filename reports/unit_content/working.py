"""A unit's report while it is written: the drafts of today and what people wrote instead."""

import datetime as dt
from dataclasses import dataclass, replace

from reports.content.frozen import fingerprint, freeze
from reports.models import SectionEdit, UnitReport
from reports.unit_content.build import unit_report
from reports.unit_content.checks import Lack, lacks
from reports.unit_content.model import SECTIONS, SectionText, UnitReportContent


@dataclass(frozen=True)
class SectionNow:
    """A section as it stands: the text that will be printed, the draft of today, and everything
    that people wrote in it, oldest first. `seen` is how many edits there are."""

    key: str
    title: str
    draft: str
    edits: tuple[SectionEdit, ...] = ()

    @property
    def edit(self) -> SectionEdit | None:
        """The newest edit; None: nobody wrote in it."""
        return self.edits[-1] if self.edits else None

    @property
    def earlier(self) -> tuple[SectionEdit, ...]:
        """What was written before the newest edit, newest first."""
        return self.edits[-2::-1]

    @property
    def text(self) -> str:
        return self.draft if self.edit is None or self.edit.text is None else self.edit.text

    @property
    def is_edited(self) -> bool:
        return self.edit is not None and self.edit.text is not None

    @property
    def seen(self) -> int:
        return self.edit.sequence if self.edit else 0

    @property
    def has_new_draft(self) -> bool:
        """The draft became another one after a person wrote the section: it is shown beside."""
        return self.is_edited and self.edit is not None and self.edit.draft != self.draft


@dataclass(frozen=True)
class Working:
    """The whole report as it would be submitted now."""

    content: UnitReportContent
    sections: tuple[SectionNow, ...]
    lacks: tuple[Lack, ...]

    @property
    def fingerprint(self) -> str:
        """What the person who submits must have had before their eyes."""
        return fingerprint(freeze(self.content))

    @property
    def stopping(self) -> tuple[Lack, ...]:
        return tuple(one for one in self.lacks if one.stops)

    def section(self, key: str) -> SectionNow:
        return next(one for one in self.sections if one.key == key)


def working(report: UnitReport, today: dt.date) -> Working:
    """The report of today, from the data of its day. A fixed number of queries."""
    plan, unit, day = report.round.plan, report.unit, report.round.content_day(today)
    drafted = unit_report(plan, unit, day, round_name=report.round.name)
    edits: dict[str, list[SectionEdit]] = {key: [] for key in SECTIONS}
    for edit in SectionEdit.objects.filter(report=report).order_by("sequence"):
        edits[edit.section].append(edit)
    sections = tuple(
        SectionNow(key, title, drafted.text(key), tuple(edits[key]))
        for key, title in SECTIONS.items()
    )
    content = replace(
        drafted,
        texts=tuple(SectionText(one.key, one.title, one.text, one.is_edited) for one in sections),
    )
    return Working(content, sections, tuple(lacks(content, today)))
