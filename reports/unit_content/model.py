"""What one unit's report says, as plain data with every label resolved.

It is frozen when the report is submitted (reports/content/frozen.py), so the same kinds of fields
as in reports/content/model.py, whose lines it holds: a lead's task here is told of that lead alone.
"""

import datetime as dt
from dataclasses import dataclass

from reports.content.model import (
    ContributionLine,
    Counts,
    Head,
    IndicatorPart,
    MeasureCounts,
    Signature,
    TaskLine,
)

# The parts that are written in words, in the order of the report (domain.md §2, III–V).
SECTIONS = {
    "highlights": "Kết quả nổi bật",
    "shortcomings": "Tồn tại, hạn chế",
    "causes": "Nguyên nhân chưa phân loại",
    "objective": "Nguyên nhân khách quan",
    "subjective": "Nguyên nhân chủ quan",
    "directions": "Phương hướng, nhiệm vụ thời gian tới",
    "proposals": "Kiến nghị, đề xuất",
}


@dataclass(frozen=True, slots=True)
class SectionText:
    """One part in words; `key` is a key of SECTIONS. `is_edited`: a person wrote it, else it is
    the draft made from the unit's updates."""

    key: str
    title: str
    text: str
    is_edited: bool


@dataclass(frozen=True, slots=True)
class SupportLine:
    """A task that the unit supports, and what it contributed (None: nothing yet)."""

    code: str
    title: str
    lead_words: str
    contribution: ContributionLine | None


@dataclass(frozen=True, slots=True)
class UnitReportContent:
    """The whole report of a unit. `day` is the day its figures speak of.

    `figures` are the sentences that say its counts; nobody edits them. `indicators` hold the tasks
    that the unit leads: each TaskLine has one LeadLine, the unit's own part, and only the values
    that the unit gave; figures count parts, not tasks.
    """

    demonstration: bool
    day: dt.date
    language: str
    file_stem: str
    plan: str
    round: str
    unit: str
    unit_code: str
    agency: str
    head: Head
    kind: str
    subject: str
    addressee: str
    opening: tuple[str, ...]
    closing: str
    signature: Signature
    recipients: tuple[str, ...]
    total: Counts
    measures: MeasureCounts
    indicators: tuple[IndicatorPart, ...]
    supports: tuple[SupportLine, ...]
    texts: tuple[SectionText, ...]
    figures: tuple[str, ...] = ()

    @property
    def tasks(self) -> tuple[TaskLine, ...]:
        return tuple(task for part in self.indicators for task in part.tasks)

    def text(self, key: str) -> str:
        """The words of the section `key`."""
        return next((one.text for one in self.texts if one.key == key), "")
