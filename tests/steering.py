"""Directives, urgings, inspections and difficulties, through the acts as everywhere else."""

import datetime as dt
import uuid
from typing import Any

from plans.acts import inspections, steering
from plans.acts.inspections import Remedying
from plans.acts.matters import Said, take
from plans.models import (
    Difficulty,
    Directive,
    Dissemination,
    Inspection,
    Matter,
    Remedy,
    Step,
    Urging,
)
from plans.moves import StepKind
from tests.builders import DUE, TODAY, World
from units import clock


def direct(world: World, *, on: dt.date = TODAY, **fields: Any) -> Directive:
    """The leadership directs unit A on its task."""
    with clock.set_to(on):
        [directive] = steering.give_directive(
            **{
                "plan": world.plan,
                "by": world.leadership,
                "giver": None,
                "units": [world.a],
                "tasks": [world.task],
                "words": "Làm xong trong tháng.",
                "given_on": on,
                "due_on": DUE,
                "request_key": uuid.uuid4(),
                **fields,
            }
        )
    return directive


def urge(world: World, *, on: dt.date = TODAY, **fields: Any) -> Urging:
    """The Office urges unit A to do its task."""
    with clock.set_to(on):
        return steering.urge(
            **{
                "plan": world.plan,
                "by": world.office,
                "unit": world.a,
                "tasks": [world.task],
                "form": "notice",
                "words": "Đề nghị cập nhật.",
                "sent_on": on,
                "request_key": uuid.uuid4(),
                **fields,
            }
        )


def raise_one(world: World, *, on: dt.date = TODAY, **fields: Any) -> Difficulty:
    """Unit A's head raises a difficulty of its task."""
    with clock.set_to(on):
        return steering.raise_difficulty(
            **{
                "plan": world.plan,
                "by": world.head,
                "tasks": [world.task],
                "words": "Thiếu kinh phí.",
                "proposal": "Bổ sung kinh phí.",
                "request_key": uuid.uuid4(),
                **fields,
            }
        )


def inspect(world: World, *, on: dt.date = TODAY, **fields: Any) -> Inspection:
    """The Office inspects units A and B and looks into A's task."""
    with clock.set_to(on):
        return inspections.record_inspection(
            **{
                "plan": world.plan,
                "by": world.office,
                "held_on": on,
                "scope": "Việc cập nhật hồ sơ.",
                "units": [world.a, world.b],
                "tasks": [world.task],
                "request_key": uuid.uuid4(),
                **fields,
            }
        )


def remedying(world: World, **fields: Any) -> Remedying:
    return Remedying(
        **{"means": "order", "words": "Cập nhật lại.", "unit": world.a, "due_on": DUE, **fields}
    )


def find(
    world: World, inspection: Inspection | None = None, *, on: dt.date = TODAY, **fields: Any
) -> Remedy:
    """The Office finds something at unit A that A must remedy."""
    inspection = inspection or inspect(world, on=on)
    with clock.set_to(on):
        return inspections.record_finding(
            **{
                "inspection": inspection,
                "by": world.office,
                "words": "Còn 05 hồ sơ chưa cập nhật.",
                "unit": world.a,
                "remedy": remedying(world),
                "request_key": uuid.uuid4(),
                **fields,
            }
        )


def sanction(world: World, inspection: Inspection, **fields: Any) -> Any:
    return inspections.record_sanction(
        **{
            "inspection": inspection,
            "by": world.office,
            "measure": "criticism",
            "against": "Bà Ví Dụ Kín, chuyên viên",
            "taken_on": TODAY,
            "words": "Chậm cập nhật",
            "request_key": uuid.uuid4(),
            **fields,
        }
    )


def disseminate(world: World, **fields: Any) -> Dissemination:
    """Unit A's head brings the plan to twelve people."""
    return steering.disseminate(
        **{
            "plan": world.plan,
            "by": world.head,
            "held_on": clock.today(),
            "way": "meeting",
            "people": 12,
            "request_key": uuid.uuid4(),
            **fields,
        }
    )


def go(matter: Matter, act: str, by: Any, *, on: dt.date = TODAY, **fields: Any) -> Step:
    """The next step with a matter, as sent from a page that was opened just now."""
    said = {"words": "Đã làm."} | (
        {"document_number": "99/BC-STTTT", "document_date": on} if act == "pass_out" else {}
    )
    if act == "move_due":
        said |= {"due_on": on + dt.timedelta(days=30)}
    with clock.set_to(on):
        return take(
            matter_id=matter.pk,
            act=StepKind(act),
            by=by,
            said=Said(**{**said, **fields}),
            seen=matter.steps.count(),
            request_key=uuid.uuid4(),
        )
