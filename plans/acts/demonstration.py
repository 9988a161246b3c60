"""A database that holds nothing real becomes a demonstration: accounts and a believable course.

Everything is recorded through the acts, each on its day, as people would have done it.
"""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.dispatch import Signal

from plans.acts import decisions, extensions
from plans.acts.appendix import move_due_date
from plans.acts.appendix_course import AppendixCourse
from plans.acts.evidence import NewEvidence
from plans.acts.loading import load
from plans.acts.progress import Report, record_progress
from plans.acts.refusals import Refusal
from plans.acts.register import GivenTask, register_task
from plans.acts.remarks import add_remark
from plans.acts.steering_course import SteeringCourse
from plans.acts.unchanged import record_unchanged
from plans.demonstration import Account, Act, Entry, Paper, Story
from plans.demonstration.papers import page, spreadsheet
from plans.demonstration.story import APPENDIX, STEERING
from plans.evidence_files import inspect
from plans.models import (
    Assignment,
    Block,
    DueDateChange,
    Measure,
    Plan,
    ProgressUpdate,
    UpdateKind,
)
from plans.planfile import PlanFile
from units import clock
from units.authorship import written_by
from units.models import Demonstration, Role, Unit, User

# Sent with `plan` and `people` (by username) when a new demonstration has its course, inside the
# transaction: apps above this one go on from here.
course_played = Signal()

# The same entry has the same key in every database.
_KEYS = uuid.UUID("6f1d2c1e-5d0b-4a57-9b8e-20231120feed")


class HoldsRealWork(Refusal):
    """The database has people or progress of its own: it is not ours to fill."""

    def __init__(self) -> None:
        super().__init__(
            "Cơ sở dữ liệu này đã có tài khoản hoặc tiến độ thật nên không nạp dữ liệu minh họa "
            "vào được. Chưa có gì bị thay đổi. Đồng chí dùng một cơ sở dữ liệu mới, ví dụ bằng "
            "lệnh make run."
        )


class IsNoDemonstration(Refusal):
    """Nobody said that this installation is for showing: its passwords would be known to all."""

    def __init__(self) -> None:
        super().__init__(
            "Hệ thống này cài đặt để sử dụng (DEBUG=off) nên không nạp dữ liệu minh họa: mật khẩu "
            "của các tài khoản minh họa ai cũng biết. Chưa có gì bị thay đổi. Muốn xem bản trình "
            "diễn, đồng chí chạy lệnh make run; nếu đúng là hệ thống chỉ để trình diễn thì đặt "
            "DEMONSTRATION=on."
        )


class DoesNotFit(Refusal):
    """An entry of the course cannot be recorded in this plan."""

    def __init__(self, entry: Entry, message: str) -> None:
        super().__init__(str(entry.at.problem(message)))


@dataclass(frozen=True)
class Loaded:
    """What a loading did; `is_new` is False when the demonstration was there and stays as it is."""

    demonstration: Demonstration
    plan: Plan
    is_new: bool


def load_demonstration(*, story: Story, plan_file: PlanFile | None = None) -> Loaded:
    """Make the database a demonstration of `story`: all of it or nothing.

    Its plan is made from `plan_file` when it is not there. A demonstration that is there is left
    untouched. Raises IsNoDemonstration where nobody asked for one (settings.DEMONSTRATION), and
    HoldsRealWork where anybody has an account or has recorded anything.
    """
    kept: list[FieldFile] = []
    try:
        with transaction.atomic():
            demonstration, is_new = Demonstration.objects.get_or_create(
                only=True, defaults={"today": story.today}
            )
            if is_new:
                _require_nothing_real()
                people = _enter(story, plan_file)
            elif plan_file is not None:
                load(plan_file=plan_file)
            plan = Plan.objects.get(code=story.plan)
            if is_new:
                course = _Course(plan, people, kept)
                for number, entry in enumerate(story.course, 1):
                    course.play(entry, uuid.uuid5(_KEYS, f"{story.plan}/{number}"))
                course_played.send(sender=None, plan=plan, people=people)
            return Loaded(demonstration, plan, is_new)
    except BaseException:
        # The database forgets the files, the disk does not.
        for file in kept:
            file.storage.delete(str(file.name))
        raise


def _require_nothing_real() -> None:
    if not settings.DEMONSTRATION:
        raise IsNoDemonstration
    if any(model._default_manager.exists() for model in (User, ProgressUpdate, DueDateChange)):
        raise HoldsRealWork


def _enter(story: Story, plan_file: PlanFile | None) -> dict[str, User]:
    """The plan and the people of the story, by username, as its administrator entered them; the
    shared password is hashed once, it is slow."""
    password = make_password(story.password)
    keeper = next(one for one in story.accounts if one.role == Role.ADMIN)
    with clock.set_to(story.entered):
        people = {keeper.username: _make_account(keeper, None, password)}
        with written_by(people[keeper.username]):
            if plan_file is not None:
                load(plan_file=plan_file)
            agency = Plan.objects.get(code=story.plan).agency
            units = {unit.code: unit for unit in Unit.objects.filter(agency=agency)}
            for one in story.accounts:
                if one is not keeper:
                    unit = units[one.unit] if one.unit else None
                    people[one.username] = _make_account(one, unit, password)
    return people


def _make_account(one: Account, unit: Unit | None, password: str) -> User:
    return User.objects.create(
        username=one.username,
        password=password,
        full_name=one.full_name,
        job_title=one.job_title,
        email=one.email,
        unit=unit,
        role=one.role,
        is_superuser=one.role == Role.ADMIN,
        date_joined=clock.now(),
    )


class _Course:
    """Carries out entries in one plan. `kept` gathers the files that were stored."""

    def __init__(self, plan: Plan, people: dict[str, User], kept: list[FieldFile]) -> None:
        self.plan = plan
        self.people = people
        self.kept = kept
        self.steering = SteeringCourse(plan)
        self.appendix = AppendixCourse(plan)

    def play(self, entry: Entry, key: uuid.UUID) -> None:
        """Record one entry on its day; DoesNotFit says where in the file and why not."""
        try:
            with clock.set_to(entry.day), written_by(self.people[entry.by]):
                if entry.act in STEERING:
                    self._aside(self.steering.play, entry, key)
                elif entry.act in APPENDIX:
                    self._aside(self.appendix.play, entry, key)
                elif entry.act == Act.MOVE_DUE_DATE:
                    self._move(entry)
                elif entry.act == Act.REGISTER:
                    self._register(entry, key)
                elif entry.act in _ON_A_PART:
                    _ON_A_PART[entry.act](self, self._part(entry), entry, key)
                else:
                    self._record(entry, key)
        except DoesNotFit:
            raise
        except Refusal as refusal:
            raise DoesNotFit(entry, str(refusal)) from refusal

    def _aside(self, play: Callable[..., None], entry: Entry, key: uuid.UUID) -> None:
        try:
            play(entry, self.people[entry.by], key)
        except LookupError as missing:
            raise DoesNotFit(entry, f"không tìm thấy {missing}") from missing

    def _move(self, entry: Entry) -> None:
        task = self.plan.tasks.filter(code=entry.task).first()
        if task is None:
            raise DoesNotFit(entry, f"kế hoạch không có nhiệm vụ {entry.task}")
        by = self.people[entry.by]
        move_due_date(task=task, due_on=entry.due_on, by=by, reason=entry.reason)

    def _register(self, entry: Entry, key: uuid.UUID) -> None:
        block = Block.objects.filter(
            area__indicator__plan=self.plan, tasks__code=entry.task, keeps_register=True
        ).first()
        if block is None:
            raise DoesNotFit(entry, f"mục của nhiệm vụ {entry.task} không có sổ nhiệm vụ được giao")
        units = {unit.code: unit for unit in Unit.objects.filter(agency=self.plan.agency)}
        of = {
            name: [units[code] for code in entry.given[name].split()]
            for name in ("leads", "supports")
        }
        given = GivenTask(
            title=entry.given["title"],
            wording=entry.given["wording"],
            due_on=entry.due_on,
            document_number=entry.given["number"],
            document_symbol=entry.given["symbol"],
            document_date=dt.date.fromisoformat(entry.given["date"]),
            document_issuer="Thủ tướng Chính phủ",
            leads=of["leads"],
            supports=of["supports"],
        )
        register_task(block_id=block.pk, by=self.people[entry.by], given=given, request_key=key)

    def _ask(self, part: Assignment, entry: Entry, key: uuid.UUID) -> None:
        extensions.ask_extension(
            assignment_id=part.pk,
            by=self.people[entry.by],
            due_on=entry.due_on,
            reason=entry.reason,
            work_done=entry.texts["result"],
            request_key=key,
        )

    def _forward(self, part: Assignment, entry: Entry, key: uuid.UUID) -> None:
        extension = part.extensions.undecided().last()
        if extension is None:
            raise DoesNotFit(entry, f"{entry.unit} không có đề nghị gia hạn nào đang chờ")
        by = self.people[entry.by]
        extensions.forward_extension(
            extension_id=extension.pk, by=by, words=entry.reason, request_key=key
        )

    def _remark(self, part: Assignment, entry: Entry, key: uuid.UUID) -> None:
        update = part.updates.filter(kind=UpdateKind.REPORT).order_by("sequence").last()
        if update is None:
            raise DoesNotFit(entry, f"{entry.unit} chưa có cập nhật nào để góp ý")
        by = self.people[entry.by]
        add_remark(update_id=update.pk, by=by, target="result", text=entry.reason, request_key=key)

    def _record(self, entry: Entry, key: uuid.UUID) -> None:
        part = self._part(entry)
        common: dict[str, Any] = {
            "assignment_id": part.pk,
            "by": self.people[entry.by],
            "seen": part.sequence,
            "request_key": key,
        }
        match entry.act:
            case Act.REPORT | Act.CONTRIBUTE:
                update = record_progress(report=self._report(entry, part), **common)
                self.kept += [one.file for one in update.evidence.exclude(file="")]
            case Act.CONFIRM:
                decisions.confirm(**common)
            case Act.SEND_BACK:
                decisions.send_back(reason=entry.reason, **common)
            case Act.UNCHANGED:
                record_unchanged(**common)
            case Act.PAUSE:
                decisions.pause(reason=entry.reason, **common)
            case Act.STOP:
                decisions.stop(reason=entry.reason, **common)

    def _part(self, entry: Entry) -> Assignment:
        part = Assignment.objects.filter(
            task__plan=self.plan, task__code=entry.task, unit__code=entry.unit
        ).first()
        if part is None:
            raise DoesNotFit(entry, f"kế hoạch không giao nhiệm vụ {entry.task} cho {entry.unit}")
        if entry.act == Act.CONTRIBUTE and part.is_lead:
            raise DoesNotFit(entry, f"{entry.unit} chủ trì nhiệm vụ {entry.task}, không phối hợp")
        if entry.act == Act.REPORT and not part.is_lead:
            raise DoesNotFit(entry, f"{entry.unit} phối hợp nhiệm vụ {entry.task}, không chủ trì")
        return part

    def _report(self, entry: Entry, part: Assignment) -> Report:
        measures = dict(Measure.objects.filter(task=part.task_id).values_list("code", "pk"))
        for code in entry.values:
            if code not in measures:
                raise DoesNotFit(entry, f"nhiệm vụ {entry.task} không có chỉ tiêu {code}")
        texts: dict[str, Any] = dict(entry.texts)
        return Report(
            state=entry.state,
            completed_on=entry.completed_on,
            values={measures[code]: value for code, value in entry.values.items()},
            evidence=tuple(_evidence(paper) for paper in entry.evidence),
            **texts,
        )


_ON_A_PART = {
    Act.ASK_EXTENSION: _Course._ask,
    Act.FORWARD_EXTENSION: _Course._forward,
    Act.REMARK: _Course._remark,
}


def _evidence(paper: Paper) -> NewEvidence:
    """A paper as the form would hand it over: a file is inspected before it is attached."""
    if not paper.file:
        return NewEvidence(
            document_number=paper.number, document_date=paper.date, proves=paper.proves
        )
    content = spreadsheet(paper.table) if paper.table else page(paper.lines)
    facts = inspect(BytesIO(content), paper.file, len(content))
    file = SimpleUploadedFile(paper.file, content, content_type=facts.media_type)
    return NewEvidence(file=file, facts=facts, proves=paper.proves)
