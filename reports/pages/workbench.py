"""What the page of a consolidated report shows: its passages with their marks, its history, and
what its reader can do next."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from reports.models import ConsolidatedReport, PassageEdit, ReportStep
from reports.round_content.differences import Difference, difference
from reports.round_content.passages import Draft, DraftSection, Passage
from reports.rules import did_not_draft, may_draft, may_issue, may_send_back_report
from reports.states.consolidated import ALLOWED_FROM, Act
from units.models import User


@dataclass(frozen=True, slots=True)
class PassageMark:
    """A passage of a report of `day`, its newest edit, and what its writer should know about it."""

    passage: Passage
    edit: PassageEdit | None
    day: dt.date

    @property
    def is_edited(self) -> bool:
        return self.edit is not None and self.edit.text is not None

    @property
    def is_moved_on(self) -> bool:
        """The generated words are others than those that the editor saw."""
        return self.is_edited and self.edit is not None and self.edit.generated != self.passage.text

    @property
    def is_empty(self) -> bool:
        """Nothing is generated and nobody wrote anything: left out of the report."""
        written = self.edit.text if self.edit and self.edit.text is not None else self.passage.text
        return not (written or self.passage.fixed or self.passage.tables)

    @property
    def says_nothing(self) -> bool:
        """Nothing is printed of it, or a person took all of its words out."""
        return self.is_empty or (self.edit is not None and self.edit.text == "")

    @property
    def difference(self) -> Difference | None:
        """Other figures or days than the generated ones, to be compared before it is signed."""
        return difference(self.passage, self.edit.text if self.edit else None, self.day)


@dataclass(frozen=True, slots=True)
class SectionMarks:
    """A section with its passages; the many about single tasks apart."""

    section: DraftSection
    passages: tuple[PassageMark, ...]
    tasks: tuple[PassageMark, ...]


def marks(draft: Draft, edits: Sequence[PassageEdit]) -> list[SectionMarks]:
    """Every passage of a draft with its newest edit; `edits` in their order."""
    newest = {edit.passage: edit for edit in edits}
    found = []
    for section in draft.sections:
        marked = [
            PassageMark(one, newest.get(one.key), draft.content.day) for one in section.passages
        ]
        found.append(
            SectionMarks(
                section,
                tuple(one for one in marked if not one.passage.key.startswith("task.")),
                tuple(one for one in marked if one.passage.key.startswith("task.")),
            )
        )
    return found


def silent(sections: Sequence[SectionMarks]) -> list[str]:
    """The passages of the outline that say nothing, by name, with the number of their section."""
    return [
        f"{one.section.number}. {mark.passage.name}"
        for one in sections
        for mark in one.passages
        if mark.says_nothing
    ]


def differing(sections: Sequence[SectionMarks]) -> list[Difference]:
    """Where figures or days are others than the generated ones: shown to whoever submits, who says
    that they have checked them, and to whoever signs."""
    return [
        found
        for section in sections
        for one in (*section.passages, *section.tasks)
        if (found := one.difference)
    ]


def checked_by(steps: Sequence[ReportStep]) -> ReportStep | None:
    """The step by which the text was submitted, if who took it said to have checked it."""
    submitted = [one for one in steps if one.act == Act.SUBMIT]
    return submitted[-1] if submitted and submitted[-1].checked else None


def orphans(draft: Draft, edits: Sequence[PassageEdit]) -> list[PassageEdit]:
    """Hand-written passages that the newest draft has no place for: shown, never dropped."""
    keys = {one.key for one in draft.passages}
    newest = {edit.passage: edit for edit in edits}
    return [one for one in newest.values() if one.passage not in keys and one.text]


def signed_after(report: ConsolidatedReport, steps: Sequence[ReportStep]) -> dt.date | None:
    """The day on which "Ký duyệt" was pressed, where the date of the paper is an earlier one."""
    pressed = [one.recorded_on for one in steps if one.act == Act.SIGN]
    if not pressed or report.issued_on is None or report.issued_on >= pressed[-1]:
        return None
    return pressed[-1]


def plan_blanks(report: ConsolidatedReport) -> str:
    """What the plan itself lacks, so that the report cites it with a blank (F14): "số, ngày"."""
    plan = report.round.plan
    blanks = (("số", plan.number), ("ngày ban hành", plan.issued_on))
    return ", ".join(word for word, value in blanks if not value)


def acts_open_to(user: User, report: ConsolidatedReport) -> list[Act]:
    """What the reader may do with the report in its state, the next step first."""
    rules = {
        Act.SUBMIT: may_draft,
        Act.SIGN: may_send_back_report,
        Act.RETURN: may_send_back_report,
        Act.ISSUE: may_issue,
        Act.SEND: may_issue,
        Act.CORRECT: may_draft,
    }
    open_ones = [
        act for act, rule in rules.items() if report.status in ALLOWED_FROM[act] and rule(user)
    ]
    if Act.SIGN in open_ones and not did_not_draft(user, report):
        open_ones.remove(Act.SIGN)
    if Act.CORRECT in open_ones and hasattr(report, "replaced_by"):
        open_ones.remove(Act.CORRECT)
    return open_ones


@dataclass(frozen=True, slots=True)
class Moment:
    """A step or an edit, as the history tells it."""

    record: ReportStep | PassageEdit

    @property
    def headline(self) -> str:
        if isinstance(self.record, ReportStep):
            return str(self.record.get_act_display())
        act = "Dùng lại lời máy soạn" if self.record.text is None else "Sửa"
        return f"{act}: {self.record.name}"

    @property
    def words(self) -> str:
        return self.record.words if isinstance(self.record, ReportStep) else ""

    @property
    def checked(self) -> str:
        """What whoever submitted said to have checked."""
        return self.record.checked if isinstance(self.record, ReportStep) else ""

    @property
    def signer(self) -> str:
        """Who is to sign what was submitted."""
        return self.record.signer if isinstance(self.record, ReportStep) else ""


def history(steps: Sequence[ReportStep], edits: Sequence[PassageEdit]) -> list[Moment]:
    """Everything that happened, the newest first."""
    records: list[ReportStep | PassageEdit] = [*steps, *edits]
    records.sort(key=lambda one: one.sequence, reverse=True)
    return [Moment(one) for one in records]
