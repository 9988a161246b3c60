"""The rows of a workbook beside the tasks of a plan: what is new, changed, withdrawn, unchanged,
and every error at once. Reads the database in a fixed number of queries and writes nothing.

A row is a task's when it carries its code, else when its words are the same. A cell that says what
the table prints (plans/appendix/table.py) changes nothing, whatever it means.
"""

import datetime as dt
import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from django.db import models

from config.vietnamese.dates import short
from config.vietnamese.text import clean_line, fold
from plans.acts.amending import Amendment, is_in_force
from plans.appendix.places import Place, Places, there
from plans.appendix.table import Printed, in_table, printed
from plans.models import (
    DueDateChange,
    Extension,
    InspectedTask,
    MatterTask,
    Plan,
    Prepared,
    ProgressUpdate,
    Task,
    TaskChange,
)
from plans.reading import Directory, Party, marks
from plans.reading.appendix import Appendix, AppendixRow, Remark
from plans.reading.parties import Parties
from plans.reading.tables import CODE, TASK
from plans.states import Kind
from units import clock
from units.models import Unit, UnitGroup

Parts = list[tuple[Unit, UnitGroup | None]]
_CODE = re.compile(r"[\w.()/-]+(?: [\w.()/-]+)*")
_LONGEST = {"code": 30, "due_words": 200}
MAX_WORDS = 20_000


class Fate(Enum):
    """What becomes of a task when the workbook is applied."""

    NEW = "Mới"
    CHANGED = "Thay đổi"
    WITHDRAWN = "Rút khỏi phụ lục"
    KEPT = "Không có trong tệp, giữ nguyên"
    SAME = "Không đổi"

    @property
    def key(self) -> str:
        return self.name.lower()


@dataclass(frozen=True)
class Options:
    """What the person decided: whether a task that the workbook does not have is withdrawn, and
    whether unknown units stay as words, with nobody assigned."""

    withdraw_missing: bool = False
    keep_words: bool = False


@dataclass(frozen=True)
class Shown:
    """One change as a person reads it."""

    name: str
    before: str
    after: str


@dataclass
class NewTask:
    """A task to be made."""

    fields: dict[str, Any]
    leads: Parts
    supports: Parts


@dataclass
class Outcome:
    """One row of the preview: a row of the workbook, a task of the plan, or both."""

    fate: Fate
    row: AppendixRow | None = None
    task: Task | None = None
    place: Place | None = None
    new: NewTask | None = None
    amendment: Amendment | None = None
    shown: list[Shown] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    @property
    def code(self) -> str:
        if self.new is not None:
            return str(self.new.fields["code"])
        return self.task.code if self.task else ""

    @property
    def wording(self) -> str:
        return self.row.wording if self.row else self.task.wording if self.task else ""

    @property
    def errors(self) -> list[Remark]:
        return [one for one in self.remarks if one.must]


@dataclass
class Comparison:
    """`seen` names the state of the plan that was compared with; applying needs the same."""

    outcomes: list[Outcome]
    remarks: list[Remark]
    seen: str
    needs_reason: bool

    @property
    def errors(self) -> list[Remark]:
        found = [one for one in self.remarks if one.must]
        return found + [error for one in self.outcomes for error in one.errors]

    @property
    def counts(self) -> dict[Fate, int]:
        counted = Counter(one.fate for one in self.outcomes)
        return {fate: counted[fate] for fate in Fate}

    @property
    def changes_something(self) -> bool:
        return any(self.counts[fate] for fate in (Fate.NEW, Fate.CHANGED, Fate.WITHDRAWN))


@dataclass
class Owners:
    """The units and groups of the plan's agency, by code, with their names to be read."""

    directory: Directory
    units: dict[str, Unit]
    groups: dict[str, tuple[UnitGroup, list[Unit]]]

    def parts(self, codes: Iterable[str], taken: Iterable[int] = ()) -> Parts:
        """Everyone whom `codes` mean, once; those of `taken` have another part already."""
        found: Parts = []
        seen = set(taken)
        for code in codes:
            group, members = self.groups.get(code, (None, []))
            for unit in members if group else [self.units[code]]:
                if unit.pk not in seen:
                    seen.add(unit.pk)
                    found.append((unit, group))
        return found


def owners_of(plan: Plan) -> Owners:
    """Three queries and their aliases."""
    units = {
        one.code: one
        for one in plan.agency.units.filter(is_active=True).prefetch_related("aliases")
    }
    active = {one.pk: one for one in units.values()}
    directory = Directory()
    for unit in units.values():
        names = [unit.short_name, *(alias.name for alias in unit.aliases.all())]
        directory.add(Party(unit.code, unit.name), *names)
    groups = {}
    for group in plan.agency.unit_groups.prefetch_related("aliases", "members"):
        members = [active[one.pk] for one in group.members.all() if one.pk in active]
        # A group may have the code of a unit: the directory tells them apart by a sign.
        code = f"nhóm {group.code}"
        groups[code] = (group, members)
        party = Party(code, group.name, True, tuple(one.code for one in members))
        directory.add(party, *(alias.name for alias in group.aliases.all()))
    return Owners(directory, units, groups)


def compare(
    plan: Plan, appendix: Appendix, owners: Owners, options: Options | None = None
) -> Comparison:
    """Everything that applying would do."""
    return _Comparing(plan, appendix, owners, options or Options()).compared()


def _same(text: str) -> str:
    return re.sub(r"\W+", " ", fold(text)).strip()


# What stands in the history of a part or of a task: neither is taken away any more.
_OF_A_PART: tuple[type[models.Model], ...] = (ProgressUpdate, DueDateChange, Extension, Prepared)
_OF_A_TASK: tuple[type[models.Model], ...] = (InspectedTask, MatterTask, TaskChange)


class _Comparing:
    def __init__(self, plan: Plan, appendix: Appendix, owners: Owners, options: Options) -> None:
        self.plan, self.appendix, self.owners, self.options = plan, appendix, owners, options
        self.tasks = list(in_table(Task.objects.of_plan(plan).kept_on(clock.today())))
        for task in self.tasks:
            task.plan = plan
        self.printed = {task.pk: printed(task) for task in self.tasks}
        self.places = Places(plan)
        self.codes = set(Task.objects.filter(plan=plan).values_list("code", flat=True))
        self.lines: dict[str, AppendixRow] = {}
        self.began: set[int] = set()
        for model in _OF_A_PART:
            rows = model._default_manager.filter(assignment__task__plan=plan)
            self.began |= set(rows.values_list("assignment_id", flat=True).distinct())
        self.held: set[int] = set()
        for model in _OF_A_TASK:
            rows = model._default_manager.filter(task__plan=plan)
            self.held |= set(rows.values_list("task_id", flat=True).distinct())

    def compared(self) -> Comparison:
        matched = self.match()
        outcomes = []
        before: tuple[AppendixRow, Place] | None = None
        for row in self.appendix.rows:
            task = matched.get(id(row))
            one = self.existing(row, task) if task else self.new(row, before)
            place = there(task.block) if task else one.place
            before = (row, place) if place else None
            outcomes.append(one)
        here = {task.pk for task in matched.values()}
        outcomes += [self.missing(task) for task in self.tasks if task.pk not in here]
        reason = is_in_force(self.plan) and any(
            one.fate is Fate.WITHDRAWN or (one.amendment and one.amendment.needs_reason)
            for one in outcomes
        )
        return Comparison(outcomes, self.appendix.remarks, self.seen(), reason)

    def seen(self) -> str:
        """A name for what the plan says now; anybody's change gives another."""
        digest = hashlib.sha256()
        for task in self.tasks:
            parts = sorted((one.unit_id, one.role) for one in task.assignments.all())
            said = (task.pk, task.position, self.printed[task.pk], task.due_on, task.kind, parts)
            digest.update(repr(said).encode())
        return digest.hexdigest()[:32]

    # --- Whose row is it? ---------------------------------------------------------------------

    def match(self) -> dict[int, Task]:
        """The task of each row (by its id), by code and then by words."""
        by_code = {task.code: task for task in self.tasks}
        matched: dict[int, Task] = {}
        taken: dict[int, AppendixRow] = {}
        for row in self.appendix.rows:
            task = by_code.get(row.code) if row.code else None
            if task is None:
                continue
            if task.pk in taken:
                first = taken[task.pk]
                row.remark(
                    CODE,
                    f"mã “{row.code}” đã có ở ô {first.cell(CODE)} (trang “{first.sheet}”)",
                    must=True,
                    accepted="mỗi nhiệm vụ một mã; nhiệm vụ mới để trống",
                )
                continue
            matched[id(row)], taken[task.pk] = task, row
        by_words: dict[str, list[Task]] = defaultdict(list)
        for task in self.tasks:
            if task.pk not in taken:
                by_words[_same(task.wording)].append(task)
        for row in self.appendix.rows:
            if id(row) in matched or row.code in by_code:
                continue
            alike = by_words.get(_same(row.wording))
            if alike:
                best = self.nearest(row, alike)
                alike.remove(best)
                matched[id(row)] = best
        return matched

    def nearest(self, row: AppendixRow, alike: list[Task]) -> Task:
        """Of several tasks with the same words, the one whose units are the same."""
        for task in alike:
            if fold(self.printed[task.pk].leads) == fold(row.text(marks.LEAD)):
                return task
        return alike[0]

    # --- A row of a task that is there --------------------------------------------------------

    def existing(self, row: AppendixRow, task: Task) -> Outcome:
        now = self.printed[task.pk]
        outcome = Outcome(Fate.SAME, row, task, remarks=row.remarks)
        words: dict[str, str] = {}
        self.plain(row, now, task, words, outcome)
        due = self.due(row, now, task, words, outcome)
        leads = self.parts(row, marks.LEAD, now.leads, task, words, outcome)
        supports = self.parts(row, marks.SUPPORT, now.supports, task, words, outcome, leads)
        amendment = Amendment(words, due, leads, supports)
        if amendment != Amendment():
            outcome.fate, outcome.amendment = Fate.CHANGED, amendment
        self.without_kept_words(outcome)
        return outcome

    def plain(
        self, row: AppendixRow, now: Printed, task: Task, words: dict[str, str], outcome: Outcome
    ) -> None:
        for name, role, before, title in (
            ("wording", TASK, now.wording, "Nhiệm vụ"),
            ("product", marks.PRODUCT, now.product, "Sản phẩm"),
            ("note", marks.NOTE, now.note, "Ghi chú"),
        ):
            if role in row.said and clean_line(row.text(role)) != clean_line(before):
                words[name] = row.text(role)
                outcome.shown.append(Shown(title, before, row.text(role)))
                self.check_length(row, role, "")
        if row.code and row.code != task.code and self.check_code(row):
            words["code"] = row.code
            outcome.shown.append(Shown("Mã", task.code, row.code))

    def due(
        self, row: AppendixRow, now: Printed, task: Task, words: dict[str, str], outcome: Outcome
    ) -> tuple[dt.date | None] | None:
        if marks.DUE not in row.said:
            return None
        text = clean_line(row.text(marks.DUE))
        if text == (now.due if isinstance(now.due, str) else short(now.due)):
            return None
        said = row.due
        due_on, due_words = said.due_on, text
        if not text:
            due_on, due_words = self.plan.due_on, self.plan.due_words
        elif due_on is None and not said.ongoing:
            row.remark(
                marks.DUE,
                f"không rõ thời hạn mới; nhiệm vụ đang có hạn {_day(task.due_on)}",
                must=True,
                accepted="31/12/2026; Tháng 12/2026; Quý IV/2026; Năm 2026; Thường xuyên",
            )
            return None
        elif text == short(due_on):
            due_words = ""
        if self.refused_day(row, due_on):
            return None
        if due_on == task.due_on and due_words in ("", clean_line(task.due_words)):
            return None
        if due_words != clean_line(task.due_words):
            words["due_words"] = due_words
            self.check_length(row, marks.DUE, "due_words")
        kind = Kind.ONGOING if said.ongoing and due_on is None else task.kind
        if kind == Kind.ONGOING and due_on is not None:
            kind = Kind.DEADLINE
        if kind != task.kind:
            words["kind"] = kind
        before = short(now.due) if isinstance(now.due, dt.date) else now.due
        after = f"{text} ({said.said})" if due_words and text else text or "theo thời hạn chung"
        outcome.shown.append(Shown("Thời hạn", before, after))
        return (due_on,) if due_on != task.due_on else None

    def parts(
        self,
        row: AppendixRow,
        role: str,
        printed_now: str,
        task: Task,
        words: dict[str, str],
        outcome: Outcome,
        leads: Parts | None = None,
    ) -> Parts | None:
        if role not in row.said or fold(row.text(role)) == fold(printed_now):
            return None
        is_lead = role == marks.LEAD
        found: Parties = row.lead if is_lead else row.support
        assigned = [one for one in task.assignments.all() if one.is_lead == is_lead]
        leading = [one.unit_id for one in task.assignments.all() if one.is_lead]
        if leads is not None:
            leading = [unit.pk for unit, _ in leads]
        wanted = self.owners.parts(found.codes, () if is_lead else leading)
        title = "Chủ trì" if is_lead else "Phối hợp"
        name = "lead_words" if is_lead else "support_words"
        if {unit.pk for unit, _ in wanted} == {one.unit_id for one in assigned}:
            if wanted or clean_line(found.words) == clean_line(printed_now):
                return None  # the same units in other words
            words[name] = found.words
            outcome.shown.append(Shown(title, printed_now, found.words))
            return None
        self.check_taken_back(row, role, task, wanted, is_lead)
        words[name] = found.words
        outcome.shown.append(Shown(title, printed_now, _named(wanted) or found.words))
        return wanted

    def check_taken_back(
        self, row: AppendixRow, role: str, task: Task, wanted: Parts, is_lead: bool
    ) -> None:
        """A unit that recorded something keeps its part."""
        stays = {unit.pk for unit, _ in wanted}
        for one in task.assignments.all():
            changes = (one.is_lead == is_lead) != (one.unit_id in stays)
            if one.pk in self.began and changes:
                row.remark(
                    role,
                    f"{one.unit} đã có cập nhật hoặc thay đổi thời hạn ở nhiệm vụ {task.code} nên "
                    "không bỏ, không đổi vai trò được",
                    must=True,
                    accepted=f"giữ {one.unit} là đơn vị {one.get_role_display().lower()}",
                )

    # --- A row of a task that is not there yet ------------------------------------------------

    def new(self, row: AppendixRow, before: tuple[AppendixRow, Place] | None) -> Outcome:
        outcome = Outcome(Fate.NEW, row, remarks=row.remarks)
        same = self.lines.setdefault(_same(row.wording) + "|" + row.text(marks.LEAD), row)
        if same is not row and row.wording:
            words = f"giống hệt dòng {same.number} (trang “{same.sheet}”)"
            row.remark(TASK, words, must=True, accepted="mỗi nhiệm vụ một dòng")
        outcome.place = self.places.find(row, before)
        refused = any(one.must and one.cell == row.cell(CODE) for one in row.remarks)
        usable = row.code and not refused and self.check_code(row)
        code = row.code if usable else self.free_code(outcome.place)
        self.codes.add(code)
        for role in (TASK, marks.PRODUCT, marks.NOTE):
            self.check_length(row, role, "")
        self.check_length(row, marks.DUE, "due_words")
        due_on, due_words = row.due.due_on, clean_line(row.text(marks.DUE))
        if not due_words:
            due_on, due_words = self.plan.due_on, self.plan.due_words
        elif due_words == short(due_on):
            due_words = ""
        self.refused_day(row, due_on)
        leads = self.owners.parts(row.lead.codes)
        supports = self.owners.parts(row.support.codes, [unit.pk for unit, _ in leads])
        outcome.new = NewTask(
            {
                "code": code,
                "wording": row.wording,
                "kind": Kind.ONGOING if row.due.ongoing and not due_on else Kind.DEADLINE,
                "due_on": due_on,
                "due_words": due_words,
                "lead_words": row.lead.words,
                "support_words": row.support.words,
                "product": row.text(marks.PRODUCT),
                "note": row.text(marks.NOTE),
            },
            leads,
            supports,
        )
        if row.wording and not row.lead.words:
            row.remark(marks.LEAD, "không ghi đơn vị chủ trì: chưa phân công")
        self.without_kept_words(outcome)
        return outcome

    def free_code(self, place: Place | None) -> str:
        stem = place.number if place and place.number else "M"
        turn = 1
        while f"{stem}.{turn}" in self.codes:
            turn += 1
        return f"{stem}.{turn}"

    # --- A task without a row -----------------------------------------------------------------

    def missing(self, task: Task) -> Outcome:
        if not self.options.withdraw_missing:
            return Outcome(Fate.KEPT, task=task)
        began = task.pk in self.held or any(one.pk in self.began for one in task.assignments.all())
        if began:
            words = "đã có lịch sử (cập nhật, thay đổi, chỉ đạo) nên không rút được; giữ nguyên"
            return Outcome(Fate.KEPT, task=task, remarks=[Remark("", "", words)])
        return Outcome(Fate.WITHDRAWN, task=task)

    # --- What is not accepted -----------------------------------------------------------------

    def without_kept_words(self, outcome: Outcome) -> None:
        """Unknown units are no errors when the person decided to keep their words."""
        if self.options.keep_words:
            outcome.remarks = [
                Remark(one.sheet, one.cell, f"{one.message}; giữ nguyên chữ", found=one.found)
                if one.unit and one.must
                else one
                for one in outcome.remarks
            ]

    def check_code(self, row: AppendixRow) -> bool:
        if len(row.code) > _LONGEST["code"] or not _CODE.fullmatch(row.code):
            message = "mã không dùng được"
        elif row.code in self.codes:
            message = f"mã “{row.code}” đã có trong kế hoạch hoặc ở một dòng khác"
        else:
            return True
        accepted = "tối đa 30 chữ, số, dấu chấm, chưa dùng; hoặc để trống"
        row.remark(CODE, message, must=True, accepted=accepted)
        return False

    def check_length(self, row: AppendixRow, role: str, name: str) -> None:
        most = _LONGEST.get(name, MAX_WORDS)
        if len(row.text(role)) > most:
            message = f"dài {len(row.text(role))} ký tự"
            row.remark(role, message, must=True, accepted=f"tối đa {most} ký tự")

    def refused_day(self, row: AppendixRow, due_on: dt.date | None) -> bool:
        if due_on is None or due_on >= self.plan.starts_on:
            return False
        begins = short(self.plan.starts_on)
        row.remark(
            marks.DUE,
            f"thời hạn {short(due_on)} trước ngày kế hoạch bắt đầu",
            must=True,
            accepted=f"từ ngày {begins}",
        )
        return True


def _named(parts: Sequence[tuple[Unit, UnitGroup | None]]) -> str:
    return "; ".join(dict.fromkeys((group or unit).name for unit, group in parts))


def _day(day: dt.date | None) -> str:
    return short(day) or "không hạn"
