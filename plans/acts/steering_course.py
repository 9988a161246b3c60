"""What the demonstration tells beside the tasks: directives, urgings, difficulties, inspections."""

import uuid

from plans.acts import inspections, steering
from plans.acts.inspections import Remedying
from plans.acts.matters import Said, take
from plans.demonstration import Act, Entry
from plans.models import Dissemination, Matter, Plan, Remedy, Task
from plans.moves import StepKind
from units.models import Unit, User


class SteeringCourse:
    """Carries out such entries in one plan and remembers what each of them called by name.

    A unit, task or name that is not there raises LookupError with its name.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.named: dict[str, Matter] = {}

    def play(self, entry: Entry, by: User, key: uuid.UUID) -> None:
        """Record one entry; the clock stands on its day."""
        said = entry.steered
        match entry.act:
            case Act.STEP:
                matter = self.named[said.name]
                take(
                    matter_id=matter.pk,
                    act=StepKind(said.step),
                    by=by,
                    said=Said(said.words, said.number, said.date),
                    seen=matter.steps.count(),
                    request_key=key,
                )
            case Act.DISSEMINATE:
                steering.disseminate(
                    plan=self.plan,
                    by=by,
                    held_on=entry.day,
                    way=Dissemination.Way.MEETING,
                    people=said.people,
                    request_key=key,
                )
            case _:
                self.named[said.name] = self._open(entry, by, key)

    def _open(self, entry: Entry, by: User, key: uuid.UUID) -> Matter:
        said = entry.steered
        tasks = [self._task(code) for code in said.tasks]
        if entry.act == Act.RAISE:
            return steering.raise_difficulty(
                plan=self.plan,
                by=by,
                words=said.words,
                proposal=said.proposal,
                tasks=tasks,
                request_key=key,
            )
        unit = self._unit(entry.unit)
        if entry.act == Act.DIRECT:
            [directive] = steering.give_directive(
                plan=self.plan,
                by=by,
                giver=None,
                units=[unit],
                tasks=tasks,
                words=said.words,
                given_on=entry.day,
                due_on=entry.due_on,
                request_key=key,
            )
            return directive
        if entry.act == Act.URGE:
            return steering.urge(
                plan=self.plan,
                by=by,
                unit=unit,
                tasks=tasks,
                form=said.form,
                words=said.words,
                sent_on=entry.day,
                document_number=said.number,
                document_date=said.date,
                request_key=key,
            )
        inspection = inspections.record_inspection(
            plan=self.plan,
            by=by,
            held_on=entry.day,
            scope=said.words,
            units=[unit],
            tasks=tasks,
            request_key=key,
        )
        return inspections.record_finding(
            inspection=inspection,
            by=by,
            words=said.finding,
            unit=unit,
            remedy=Remedying(Remedy.Means.ORDER, said.remedy, unit, entry.due_on),
            request_key=key,
        )

    def _task(self, code: str) -> Task:
        if (task := self.plan.tasks.filter(code=code).first()) is None:
            raise LookupError(f"nhiệm vụ {code}")
        return task

    def _unit(self, code: str) -> Unit:
        unit = Unit.objects.filter(agency=self.plan.agency, code=code).first()
        if unit is None:
            raise LookupError(f"đơn vị {code}")
        return unit
