"""Rounds and unit reports for tests, brought into every state through their acts."""

import uuid

from reports.acts import rounds, steps, writing
from reports.acts.rounds import NewRound
from reports.models import RoundKind, UnitReport
from reports.states.unit_report import ReportState
from reports.unit_content.working import working
from tests.builders import TODAY, day, record
from units import clock


def open_round(world, *units, on=TODAY, **fields):
    """A round that asks `units` (those that lead or support without any)."""
    said = {
        "kind": RoundKind.AD_HOC,
        "name": "Đợt tháng 11",
        "demand": "UBND tỉnh",
        "as_of": fields.get("units_due_on", day(11, 30)),
        "units_due_on": day(11, 30),
        "department_due_on": None,
        "units": units or (world.vp, world.a, world.b, world.s),
    }
    with clock.set_to(on):
        return rounds.open_round(
            plan=world.plan,
            new=NewRound(**{**said, **fields}),
            by=world.office,
            request_key=uuid.uuid4(),
        )


def report_of(round, unit):
    return UnitReport.objects.for_page().get(round=round, unit=unit)


def fresh(report):
    """What a form that was opened just now carries."""
    seen = UnitReport.objects.values_list("sequence", flat=True).get(pk=report.pk)
    return {"report_id": report.pk, "seen": seen, "request_key": uuid.uuid4()}


def seen_content(report, on=TODAY):
    """The fingerprint of what the unit has before its eyes."""
    return working(UnitReport.objects.for_page().get(pk=report.pk), on).fingerprint


def submit(report, by, *, on=TODAY, responsible=None, **keys):
    with clock.set_to(on):
        return steps.submit(
            by=by,
            responsible_id=(responsible or by).pk,
            fingerprint=seen_content(report, on),
            **{**fresh(report), **keys},
        )


ACTS = {
    "start": (writing.start, {}),
    "withdraw": (steps.withdraw, {}),
    "begin_review": (steps.begin_review, {}),
    "accept": (steps.accept, {}),
    "return": (steps.send_back, {"reason": "Bổ sung số liệu."}),
    "reopen": (steps.reopen, {"reason": "Số liệu sai."}),
}


def step(act, report, by, *, on=TODAY, **said):
    """One step on the day `on`, by a person who has seen everything."""
    if act == "submit":
        return submit(report, by, on=on, **said)
    carry_out, defaults = ACTS[act]
    with clock.set_to(on):
        return carry_out(by=by, **{**fresh(report), **defaults, **said})


def write(report, by, section, text, *, on=TODAY, seen=None, key=None):
    with clock.set_to(on):
        return writing.write_section(
            report_id=report.pk,
            section=section,
            text=text,
            by=by,
            seen=report.edits.filter(section=section).count() if seen is None else seen,
            request_key=key or uuid.uuid4(),
        )


# Which steps bring a fresh report into a state: (act, who).
_WAYS = {
    ReportState.MISSING: (),
    ReportState.DRAFT: (("start", "staff"),),
    ReportState.SUBMITTED: (("start", "staff"), ("submit", "head")),
    ReportState.IN_REVIEW: (("start", "staff"), ("submit", "head"), ("begin_review", "office")),
    ReportState.RETURNED: (("start", "staff"), ("submit", "head"), ("return", "office")),
    ReportState.RESUBMITTED: (
        ("start", "staff"),
        ("submit", "head"),
        ("return", "office"),
        ("submit", "head"),
    ),
    ReportState.ACCEPTED: (("start", "staff"), ("submit", "head"), ("accept", "office")),
}


def in_state(world, state, round=None):
    """Unit A's report in `state`; A has said something of its task."""
    if not world.lead.sequence:
        record(world.lead, world.staff)
    report = report_of(round or open_round(world), world.a)
    for act, who in _WAYS[state]:
        step(act, report, world.people[who])
    report.refresh_from_db()
    assert report.state == state
    return report
