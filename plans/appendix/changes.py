"""The rows of a workbook beside the tasks of a plan: what is new, changed, withdrawn, unchanged,
and every error at once. Reads the database in a fixed number of queries and writes nothing.

A row is a task's when it carries its code, else when its words are the same. A cell that says what
the table prints (plans/appendix/table.py) changes nothing, whatever it means.
"""

import datetime as dt
import hashlib
from collections.abc import Collection, Sequence
from functools import cached_property

from config.vietnamese.dates import short
from config.vietnamese.text import clean_line, fold
from plans.appendix.amendment import Amendment, Parts, is_in_force
from plans.appendix.history import (
    instead_of_replacing,
    parts_with_history,
    tasks_with_history,
)
from plans.appendix.matching import match, same_words
from plans.appendix.outcomes import Comparison, Fate, NewTask, Options, Outcome, Shown
from plans.appendix.owners import Owners
from plans.appendix.places import Place, Places, there
from plans.appendix.table import Printed, in_table, printed
from plans.appendix.untouched import tell_untouched
from plans.codes import same_code, written_otherwise
from plans.models import Assignment, AssignmentStanding, Plan, Task
from plans.reading import marks
from plans.reading.codes import ACCEPTED, is_code
from plans.reading.parties import Parties
from plans.reading.rows import Appendix, AppendixRow, Remark
from plans.reading.titles import CODE, TASK
from plans.states import ENDED, Kind, State
from units import clock
from units.models import Unit, UnitGroup
from units.orders import Told, untold

# Percent of comparing that are done when the plan has been read.
_PLAN_READ = 60


def compare(
    plan: Plan,
    appendix: Appendix,
    owners: Owners,
    options: Options | None = None,
    told: Told = untold,
) -> Comparison:
    """Everything that applying would do. `told` is called with the percent that are done."""
    comparing = _Comparing(plan, appendix, owners, options or Options())
    told(_PLAN_READ)
    return comparing.compared(told)


class _Comparing:
    def __init__(self, plan: Plan, appendix: Appendix, owners: Owners, options: Options) -> None:
        self.plan, self.appendix, self.owners, self.options = plan, appendix, owners, options
        tasks = Task.objects.of_plan(plan).kept_on(clock.today())
        self.tasks = list(in_table(tasks))
        for task in self.tasks:
            task.plan = plan
        self.printed = {task: printed(task) for task in self.tasks}
        self.places = Places(plan)
        # Given tasks stand in no appendix, but their codes are taken.
        codes = dict(plan.tasks.values_list("code", "withdrawn_on"))
        self.codes = {same_code(code): code for code in codes}
        self.withdrawn = {same_code(code): day for code, day in codes.items() if day}
        self.lines: dict[str, AppendixRow] = {}
        self.kept_parts = parts_with_history(Assignment.objects.filter(task__in=tasks.values("pk")))
        self.kept_tasks = tasks_with_history(tasks) if options.withdraw_missing else set()

    def compared(self, told: Told) -> Comparison:
        matched = match(self.appendix.rows, self.printed)
        remarks = tell_untouched(self.appendix.rows, matched, self.tasks, self.places)
        outcomes = []
        before: tuple[AppendixRow, Place] | None = None
        for turn, row in enumerate(self.appendix.rows):
            told(_PLAN_READ + (100 - _PLAN_READ) * turn / len(self.appendix.rows))
            task = matched.get(id(row))
            one = self.existing(row, task) if task else self.new(row, before)
            place = there(task.block) if task else one.place
            before = (row, place) if place else None
            outcomes.append(one)
        here = {task.pk for task in matched.values()}
        outcomes += [self.missing(task) for task in self.tasks if task.pk not in here]
        reason = any(one.fate is Fate.WITHDRAWN for one in outcomes) or (
            is_in_force(self.plan)
            and any(
                one.fate is Fate.REMOVED or (one.amendment and one.amendment.needs_reason)
                for one in outcomes
            )
        )
        return Comparison(outcomes, self.appendix.remarks + remarks, self.seen(outcomes), reason)

    def seen(self, outcomes: list[Outcome]) -> str:
        """A name for what the plan says now, and what would become of its tasks; anybody's change
        of either gives another."""
        digest = hashlib.sha256()
        fates = [(one.task.pk, one.fate.key) for one in outcomes if one.task]
        digest.update(repr(fates).encode())
        for task in self.tasks:
            parts = sorted((one.unit_id, one.role) for one in task.assignments.all())
            said = (task.pk, task.position, self.printed[task], task.due_on, task.kind, parts)
            digest.update(repr(said).encode())
        return digest.hexdigest()[:32]

    # --- Whose row is it? ---------------------------------------------------------------------

    # --- A row of a task that is there --------------------------------------------------------

    def existing(self, row: AppendixRow, task: Task) -> Outcome:
        now = self.printed[task]
        outcome = Outcome(Fate.SAME, row, task)
        words: dict[str, str] = {}
        self.plain(row, now, task, words, outcome)
        due = self.due(row, now, task, words, outcome)
        leads = self.parts(row, marks.LEAD, now.leads, task, words, outcome)
        supports = self.parts(row, marks.SUPPORT, now.supports, task, words, outcome, leads)
        amendment = Amendment(words, due, leads, supports)
        if amendment != Amendment():
            outcome.fate, outcome.amendment = Fate.CHANGED, amendment
        outcome.remarks = row.remarks
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
                row.refuse_long(role)
        if row.code and same_code(row.code) != same_code(task.code) and self.check_code(row):
            words["code"] = row.code
            outcome.shown.append(Shown("Mã", task.code, row.code))

    def due(
        self, row: AppendixRow, now: Printed, task: Task, words: dict[str, str], outcome: Outcome
    ) -> tuple[dt.date | None] | None:
        if marks.DUE not in row.said:
            return None
        text = clean_line(row.text(marks.DUE))
        if text == (now.due if isinstance(now.due, str) else short(now.due)):
            row.mean_nothing_new(marks.DUE)
            return None
        said, year = row.due, self.plan.year
        due_on, due_words = said.due_on, text
        if not text:
            due_on, due_words = self.plan.due_on, self.plan.due_words
        elif due_on is None and not said.ongoing:
            row.remark(
                marks.DUE,
                f"không rõ thời hạn mới; nhiệm vụ đang có hạn {_day(task.due_on)}",
                must=True,
                accepted=f"31/12/{year}; Tháng 12/{year}; Quý IV/{year}; Năm {year}; Thường xuyên",
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
            row.refuse_long(marks.DUE)
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
        if role not in row.said:
            return None
        is_lead = role == marks.LEAD
        found: Parties = row.lead if is_lead else row.support
        assigned = [one for one in task.assignments.all() if one.is_lead == is_lead]
        leading = [one.unit_id for one in task.assignments.all() if one.is_lead]
        if leads is not None:
            leading = [unit.pk for unit, _ in leads]
        words_now = found.words if is_lead else self.supporting(row, leading)
        if fold(row.text(role)) == fold(printed_now):
            row.mean_nothing_new(role)
            return None
        wanted = self.owners.parts(found.codes, () if is_lead else leading)
        wanted = self.without_idle(row, role, wanted, {one.unit_id for one in assigned})
        title = "Chủ trì" if is_lead else "Phối hợp"
        name = "lead_words" if is_lead else "support_words"
        if {unit.pk for unit, _ in wanted} == {one.unit_id for one in assigned}:
            if wanted or clean_line(words_now) == clean_line(printed_now):
                return None  # the same units in other words
            words[name] = words_now
            outcome.shown.append(Shown(title, printed_now, words_now))
            return None
        self.check_taken_back(row, role, task, wanted, is_lead)
        words[name] = words_now
        outcome.shown.append(Shown(title, printed_now, _named(wanted) or words_now))
        return wanted

    def supporting(self, row: AppendixRow, leading: Collection[int]) -> str:
        """The words of who supports; none when they name but units that lead, which is said. The
        members of a group that lead are no question: the group means the others."""
        found = row.support
        units = [self.owners.units[code] for code in found.codes if code in self.owners.units]
        twice = [unit for unit in units if unit.pk in leading]
        for unit in twice:
            row.remark(marks.SUPPORT, f"{unit} đã chủ trì nhiệm vụ này nên không ghi là phối hợp")
        others = found.unknown or found.own or found.general or len(twice) < len(found.codes)
        return found.words if others or not twice else ""

    def without_idle(
        self, row: AppendixRow, role: str, wanted: Parts, has: Collection[int] = ()
    ) -> Parts:
        """Those of `wanted` who may have the part: a unit that works no more only goes on with
        what it `has`."""
        kept: Parts = []
        for unit, group in wanted:
            if unit.is_active or unit.pk in has:
                kept.append((unit, group))
                continue
            message = f"{unit} đã ngừng hoạt động"
            if unit.merged_into and unit.merged_on:
                message += f", nhập vào {unit.merged_into} từ {short(unit.merged_on)}"
            accepted = str(unit.merged_into or "một đơn vị đang hoạt động")
            row.remark(role, message, must=True, accepted=accepted, unit=True)
        return kept

    def check_taken_back(
        self, row: AppendixRow, role: str, task: Task, wanted: Parts, is_lead: bool
    ) -> None:
        """A unit that recorded something keeps its part."""
        stays = {unit.pk for unit, _ in wanted}
        for one in task.assignments.all():
            changes = (one.is_lead == is_lead) != (one.unit_id in stays)
            if one.pk in self.kept_parts and changes:
                row.remark(
                    role,
                    f"{one.unit} đã có cập nhật hoặc thay đổi thời hạn ở nhiệm vụ {task.code} nên "
                    f"không bỏ, không đổi vai trò được. {instead_of_replacing(one)}".rstrip(". "),
                    must=True,
                    accepted=f"giữ {one.unit} là đơn vị {one.get_role_display().lower()}",
                )

    # --- A row of a task that is not there yet ------------------------------------------------

    def new(self, row: AppendixRow, before: tuple[AppendixRow, Place] | None) -> Outcome:
        outcome = Outcome(Fate.NEW, row, remarks=row.remarks)
        same = self.lines.setdefault(same_words(row.wording) + "|" + row.text(marks.LEAD), row)
        if same is not row and row.wording:
            words = f"giống hệt {same.grid.place(f'dòng {same.number}')}"
            row.remark(TASK, words, must=True, accepted="mỗi nhiệm vụ một dòng")
        outcome.place = self.places.find(row, before)
        refused = any(one.must and one.cell == row.cell(CODE) for one in row.remarks)
        usable = row.code and not refused and self.check_code(row)
        code = row.code if usable else self.free_code(outcome.place)
        self.codes.setdefault(same_code(code), code)
        for role in (TASK, marks.PRODUCT, marks.NOTE, marks.DUE):
            row.refuse_long(role)
        due_on, due_words = row.due.due_on, clean_line(row.text(marks.DUE))
        if not due_words:
            due_on, due_words = self.plan.due_on, self.plan.due_words
        elif due_words == short(due_on):
            due_words = ""
        self.refused_day(row, due_on)
        leads = self.without_idle(row, marks.LEAD, self.owners.parts(row.lead.codes))
        leading = [unit.pk for unit, _ in leads]
        supports = self.owners.parts(row.support.codes, leading)
        supports = self.without_idle(row, marks.SUPPORT, supports)
        outcome.new = NewTask(
            {
                "code": code,
                "wording": row.wording,
                "kind": Kind.ONGOING if row.due.ongoing and not due_on else Kind.DEADLINE,
                "due_on": due_on,
                "due_words": due_words,
                "lead_words": row.lead.words,
                "support_words": self.supporting(row, leading),
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
        while same_code(f"{stem}.{turn}") in self.codes:
            turn += 1
        return f"{stem}.{turn}"

    # --- A task without a row -----------------------------------------------------------------

    def missing(self, task: Task) -> Outcome:
        if not self.options.withdraw_missing:
            return Outcome(Fate.KEPT, task=task)
        if task.pk not in self.kept_tasks:
            return Outcome(Fate.REMOVED, task=task)
        leads = [(one.unit, self.states[one.pk]) for one in task.assignments.all() if one.is_lead]
        ended = [f"{unit} ({state.label.lower()})" for unit, state in leads if state in ENDED]
        words = "đã có lịch sử nên không xóa: từ hôm nay không còn trong danh sách và số liệu"
        if ended:
            words += f", kể cả phần đã xong của {', '.join(ended)}"
        return Outcome(Fate.WITHDRAWN, task=task, remarks=[Remark("", "", words)])

    @cached_property
    def states(self) -> dict[int, State]:
        """Of the leading parts, by their ids."""
        standings = AssignmentStanding.objects.filter(task__plan=self.plan, until_day=None)
        return {pk: State(state) for pk, state in standings.values_list("assignment_id", "state")}

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
        if not is_code(row.code):
            message = "mã không dùng được"
        elif day := self.withdrawn.get(same_code(row.code)):
            row.remark(
                CODE,
                f"nhiệm vụ mã “{row.code}” đã rút khỏi phụ lục ngày {short(day)}",
                must=True,
                accepted="khôi phục nhiệm vụ đó ở trang phụ lục (“Khôi phục”) rồi tải tệp lên lại; "
                "hoặc bỏ dòng này; nhiệm vụ khác thì một mã khác, chưa dùng",
            )
            return False
        elif other := self.codes.get(same_code(row.code)):
            message = (
                f"mã “{row.code}” đã có trong kế hoạch hoặc ở một dòng khác"
                f"{written_otherwise(row.code, other)}"
            )
        else:
            return True
        row.remark(CODE, message, must=True, accepted=ACCEPTED)
        return False

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
