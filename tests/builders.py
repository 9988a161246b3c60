"""Small things that tests are made of: a plan, units, people, tasks and their history.

Whatever changes the state of a task goes through the acts, as everywhere else.
"""

import datetime as dt
import itertools
import uuid
from dataclasses import dataclass, field
from typing import Any

from plans.acts import appendix_import, decisions, importing
from plans.acts.appendix import assign_all
from plans.acts.evidence import NewEvidence
from plans.acts.extensions import accept_extension, ask_extension
from plans.acts.progress import Report, record_progress
from plans.acts.register import GivenTask, register_task
from plans.acts.remarks import add_remark
from plans.models import (
    AppendixImport,
    Area,
    Assignment,
    AssignmentRole,
    Block,
    Extension,
    ExtensionStep,
    Indicator,
    Measure,
    Plan,
    PlanImport,
    ProgressUpdate,
    Remark,
    Task,
)
from plans.states import State
from tests.plans.appendix.workbooks import workbook
from units import clock
from units.models import Agency, Demonstration, Role, Unit, UnitGroup, UnitKind, User

PASSWORD = "mot-mat-khau-du-dai-2023"
START = dt.date(2023, 7, 1)
TODAY = dt.date(2023, 11, 20)
DUE = dt.date(2023, 11, 30)

_numbers = itertools.count(1)


def day(month: int, number: int, year: int = 2023) -> dt.date:
    """A day of the plan's year: day(11, 20) is 20 November 2023."""
    return dt.date(year, month, number)


def make_agency(code: str = "stttt") -> Agency:
    agency = Agency.objects.create(code=code)
    agency.identities.create(
        name="Sở Thông tin và Truyền thông", short_name="Sở TT&TT", symbol="STTTT"
    )
    return agency


def make_unit(agency: Agency, code: str, kind: str = UnitKind.DIVISION, *, name: str = "") -> Unit:
    position = agency.units.count() + 1
    return Unit.objects.create(
        agency=agency,
        code=code,
        name=name or f"Phòng {code.upper()}",
        short_name=code.upper(),
        kind=kind,
        position=position,
    )


def make_group(agency: Agency, code: str, *members: Unit) -> UnitGroup:
    group = UnitGroup.objects.create(agency=agency, code=code, name=f"Nhóm {code}")
    group.members.set(members)
    return group


def make_user(role: str, unit: Unit | None = None, username: str = "", **fields: Any) -> User:
    username = username or f"{role}-{next(_numbers)}"
    fields.setdefault("full_name", f"Người {username}")
    user = User(username=username, role=role, unit=unit, **fields)
    user.set_password(PASSWORD)
    user.save()
    return user


def make_plan(agency: Agency, code: str = "kh-2023", **fields: Any) -> Plan:
    return Plan.objects.create(
        agency=agency,
        code=code,
        symbol="KH-STTTT",
        title=f"Kế hoạch {code}",
        short_title=f"Kế hoạch {code}",
        **{"year": 2023, "starts_on": START, "due_on": DUE, **fields},
    )


def make_block(plan: Plan, number: str = "1", code: str = "") -> Block:
    """A block of the indicator with that number; it is made, with an area, if need be."""
    indicator, is_new = Indicator.objects.get_or_create(
        plan=plan,
        number=number,
        defaults={
            "position": int(number),
            "code": code or f"CHỈ SỐ {number}",
            "name": f"Chỉ số thứ {number}",
        },
    )
    if is_new:
        Area.objects.create(
            indicator=indicator, position=1, number=f"{number}.1", title=f"Lĩnh vực {number}.1"
        )
    area = indicator.areas.get()
    return Block.objects.create(area=area, position=area.blocks.count() + 1)


def make_task(
    block: Block,
    leads: "tuple[Unit | UnitGroup, ...]" = (),
    supports: "tuple[Unit | UnitGroup, ...]" = (),
    *,
    on: dt.date = START,
    **fields: Any,
) -> Task:
    """A task given to its units on the day `on`."""
    plan = block.area.indicator.plan
    number = next(_numbers)
    task = Task.objects.create(
        plan=plan,
        block=block,
        **{
            "position": number,
            "code": f"{number}",
            "title": f"Nhiệm vụ {number}",
            "wording": f"Lời văn của nhiệm vụ {number}",
            "due_on": plan.due_on,
            **fields,
        },
    )
    parts = [(AssignmentRole.LEAD, unit, 1) for unit in leads]
    parts += [(AssignmentRole.SUPPORT, unit, 1) for unit in supports]
    with clock.set_to(on):
        assign_all(task=task, parts=parts, assigned_on=on)
    return task


def make_measure(task: Task, scale: str = Measure.Scale.PERCENT, **fields: Any) -> Measure:
    number = task.measures.count() + 1
    return Measure.objects.create(
        task=task,
        **{
            "position": number,
            "code": f"do-{number}",
            "name": f"Chỉ tiêu {number}",
            "scale": scale,
            **fields,
        },
    )


def a_document(number: str = "12/STTTT-VP") -> NewEvidence:
    return NewEvidence(document_number=number)


def said(state: str = State.IN_PROGRESS, **fields: Any) -> Report:
    """A report that may be recorded as it is; `fields` change it."""
    defaults: dict[str, Any] = {"result": "Đã làm một phần."}
    if state == State.DONE:
        defaults |= {
            "result": "Đã xong.",
            "completed_on": START,
            "evidence": (a_document(),),
        }
    return Report(state=state, **{**defaults, **fields})


def record(
    assignment: Assignment,
    by: User,
    state: str = State.IN_PROGRESS,
    *,
    on: dt.date = TODAY,
    **fields: Any,
) -> ProgressUpdate:
    """A lead's report, or a supporting unit's contribution, on the day `on`."""
    return record_report(assignment, by, said(state, **fields), on=on)


def record_report(
    assignment: Assignment, by: User, report: Report, *, on: dt.date = TODAY
) -> ProgressUpdate:
    with clock.set_to(on):
        return record_progress(
            assignment_id=assignment.pk, by=by, report=report, **fresh(assignment)
        )


def decide(
    act: str, assignment: Assignment, by: User, reason: str = "", *, on: dt.date = TODAY
) -> ProgressUpdate:
    """One of confirm, send_back, pause, stop, resume, reopen, withdraw on the day `on`."""
    reasons = {"reason": reason or "Vì một lý do."} if act in NEED_REASON else {}
    with clock.set_to(on):
        return getattr(decisions, act)(
            assignment_id=assignment.pk, by=by, **reasons, **fresh(assignment)
        )


def ask(
    assignment: Assignment,
    by: User,
    due_on: dt.date,
    *,
    on: dt.date = TODAY,
    key: uuid.UUID | None = None,
) -> Extension:
    """A lead's request for a later deadline on the day `on`."""
    with clock.set_to(on):
        return ask_extension(
            assignment_id=assignment.pk,
            by=by,
            due_on=due_on,
            reason="Chờ thiết bị.",
            work_done="Đã lắp đặt một nửa.",
            request_key=key or uuid.uuid4(),
        )


def agree(
    extension: Extension, by: User, due_on: dt.date | None = None, *, on: dt.date = TODAY
) -> ExtensionStep:
    """The leadership's yes on the day `on`, with UBND tỉnh's where the day needs it."""
    new = due_on or extension.asked_due_on
    limit = extension.assignment.task.set_from_above
    above = {"superior_number": "99/UBND-TH", "superior_date": on} if limit and new > limit else {}
    with clock.set_to(on):
        return accept_extension(
            extension_id=extension.pk, by=by, due_on=new, request_key=uuid.uuid4(), **above
        )


def remark(
    update: ProgressUpdate, by: User, target: str = "result", text: str = "Ghi rõ số liệu."
) -> Remark:
    return add_remark(
        update_id=update.pk, by=by, target=target, text=text, request_key=uuid.uuid4()
    )


def a_given_task(*leads: Unit, **fields: Any) -> GivenTask:
    """What the Office writes of a task that the Prime Minister gave."""
    return GivenTask(
        **{
            "title": "Làm sạch dữ liệu",
            "wording": "Rà soát, làm sạch dữ liệu chuyên ngành.",
            "due_on": day(12, 20),
            "leads": leads,
            "document_number": "06",
            "document_symbol": "QĐ-TTg",
            "document_date": day(1, 6, 2022),
            "document_issuer": "Thủ tướng Chính phủ",
            **fields,
        }
    )


def make_given(world: "World", *, on: dt.date = TODAY, **fields: Any) -> Task:
    """A task of unit A, supported by S, in the register of the world's block since `on`."""
    if not world.block.keeps_register:
        world.block.keeps_register = True
        world.block.save(update_fields=["keeps_register"])
    with clock.set_to(on):
        return register_task(
            block_id=world.block.pk,
            by=world.office,
            given=a_given_task(world.a, **{"supports": (world.s,), **fields}),
            request_key=uuid.uuid4(),
        )


NEED_REASON = ("send_back", "pause", "stop", "reopen", "withdraw")


def fresh(assignment: Assignment) -> dict[str, Any]:
    """What a form that was opened just now carries."""
    seen = Assignment.objects.values_list("sequence", flat=True).get(pk=assignment.pk)
    return {"seen": seen, "request_key": uuid.uuid4()}


PLAN_TEXT = """Số: 3/KH-SDL
KẾ HOẠCH
Phát triển du lịch năm 2025
1. Xây dựng sản phẩm du lịch mới (Đơn vị thực hiện: Phòng Du lịch; thời hạn: Quý II).
2. Đạt 80% số phòng có khách.
"""


def make_import(by: User, text: str = PLAN_TEXT) -> PlanImport:
    """A plan document that `by` has uploaded; its first task stands in line 4."""
    return importing.upload(
        by=by, name="ke-hoach.txt", content=text.encode(), request_key=uuid.uuid4()
    )


def make_appendix_import(world: "World") -> AppendixImport:
    """A workbook that an administrator has uploaded: a task of the plan changed, and a new one."""
    rows = [
        (world.task.code, world.task.wording, "Phòng A; Phòng B", "Phòng S", "31/12/2023"),
        ("", "Một nhiệm vụ mới", "Phòng Lạ", "", "Quý IV"),
    ]
    return appendix_import.upload(
        by=world.admin,
        plan=world.plan,
        name="phu-luc.xlsx",
        content=workbook(rows, head=("Mã", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn")),
        request_key=uuid.uuid4(),
    )


@dataclass
class World:
    """A department with a plan and people of every role.

    `task` is led by unit A and supported by unit S, unit B has no part in it and `other_task` is
    B's alone; `office_task` is led by the Office; `standing` is assigned to nobody.
    """

    agency: Agency
    plan: Plan
    block: Block
    a: Unit
    b: Unit
    s: Unit
    vp: Unit
    staff: User
    head: User
    other_head: User
    support_head: User
    office: User
    leadership: User
    admin: User
    task: Task
    other_task: Task
    office_task: Task
    standing: Task
    people: dict[str, User] = field(default_factory=dict)

    @property
    def lead(self) -> Assignment:
        return self.task.assignments.get(unit=self.a)

    @property
    def support(self) -> Assignment:
        return self.task.assignments.get(unit=self.s)


def make_world() -> World:
    """The world of most tests, on the demonstration's day TODAY."""
    Demonstration.objects.create(today=TODAY)
    agency = make_agency()
    vp = make_unit(agency, "vp", UnitKind.OFFICE)
    a, b, s = (make_unit(agency, code) for code in ("a", "b", "s"))
    people = {
        "staff": make_user(Role.STAFF, a, "staff"),
        "head": make_user(Role.HEAD, a, "head"),
        "other_head": make_user(Role.HEAD, b, "other_head"),
        "support_head": make_user(Role.HEAD, s, "support_head"),
        "office": make_user(Role.OFFICE, vp, "office"),
        "leadership": make_user(Role.LEADERSHIP, None, "leadership"),
        "admin": make_user(Role.ADMIN, None, "admin"),
    }
    plan = make_plan(agency)
    block = make_block(plan)
    return World(
        agency=agency,
        plan=plan,
        block=block,
        a=a,
        b=b,
        s=s,
        vp=vp,
        task=make_task(block, (a,), (s,)),
        other_task=make_task(block, (b,)),
        office_task=make_task(block, (vp,)),
        standing=make_task(block),
        people=people,
        **people,
    )
