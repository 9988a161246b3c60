"""Rounds and accepted unit reports for tests of the consolidated report.

A unit's version is written as its submission freezes it.
"""

import uuid
from dataclasses import replace

from reports.acts import drafting, issuing, signing
from reports.acts.issuing import Issue
from reports.content.frozen import fingerprint, freeze
from reports.models import ConsolidatedReport, Round, UnitReport, UnitReportVersion
from reports.states.unit_report import ReportState
from reports.unit_content.build import unit_report
from tests.builders import TODAY, day
from units import clock


def open_round(world, *units, **fields):
    """A round that asks `units` (all of the world's without any)."""
    round = Round.objects.create(
        plan=world.plan,
        opened_by=world.office,
        opened_by_label=world.office.label,
        **{
            "kind": "ad_hoc",
            "name": "Báo cáo năm 2023",
            "as_of": day(11, 30),
            "units_due_on": day(11, 30),
            "opened_on": day(11, 1),
            "opened_at": clock.now(),
            **fields,
        },
    )
    for unit in units or (world.vp, world.a, world.b, world.s):
        UnitReport.objects.create(round=round, unit=unit)
    return round


def unit_content(world, unit, on=TODAY, **texts):
    """What a unit's report says as of `on`; `texts` are what it wrote, nothing else is said."""
    drafted = unit_report(world.plan, unit, on, round_name="Đợt")
    return replace(
        drafted,
        texts=tuple(
            replace(one, text=texts.get(one.key, ""), is_edited=one.key in texts)
            for one in drafted.texts
        ),
    )


def accept(world, round, unit, by, on=TODAY, **texts):
    """A new accepted version of the unit's report."""
    report = UnitReport.objects.get(round=round, unit=unit)
    frozen = freeze(unit_content(world, unit, on, **texts))
    version = UnitReportVersion.objects.create(
        report=report,
        number=report.versions.count() + 1,
        cycle=1,
        frozen=frozen,
        sha256=fingerprint(frozen),
        by=by,
        by_label=by.label,
        responsible=by,
        responsible_label=by.label,
        submitted_on=on,
        submitted_at=clock.now(),
    )
    report.state = ReportState.ACCEPTED
    report.save(update_fields=["state"])
    return version


def reopen(round, unit):
    """The unit's accepted report counts no longer."""
    UnitReport.objects.filter(round=round, unit=unit).update(state=ReportState.DRAFT)


def begin(world, round, on=TODAY):
    with clock.set_to(on):
        return drafting.start(round_id=round.pk, by=world.office, request_key=uuid.uuid4())


def keys(report):
    """What a form that was opened just now carries."""
    sequence = ConsolidatedReport.objects.values_list("sequence", flat=True).get(pk=report.pk)
    return {"report_id": report.pk, "seen": sequence, "request_key": uuid.uuid4()}


def word(world, report, passage, text, by=None):
    """Word a passage anew, having seen its newest edit."""
    newest = report.edits.filter(passage=passage).last()
    return drafting.edit(
        report_id=report.pk,
        passage=passage,
        by=by or world.office,
        text=text,
        seen=newest.sequence if newest else 0,
        request_key=uuid.uuid4(),
    )


GIVEN = Issue(number=5, symbol="BC-STTTT", issued_on=TODAY)


def take(world, report, act, **typed):
    """One step of a report, by whoever may take it, today."""
    with clock.set_to(typed.pop("on", TODAY)):
        return _TAKE[act](world, report, typed)


def _issue(world, report, typed):
    return issuing.issue(by=world.office, issue=typed.get("issue", GIVEN), **keys(report))


def _send(world, report, typed):
    fields = {"sent_on": TODAY, "sent_to": "UBND tỉnh", "way": "trục liên thông"} | typed
    return issuing.send(by=world.office, **fields, **keys(report))


_TAKE = {
    "refresh": lambda w, r, t: drafting.refresh(by=w.office, **keys(r)),
    "submit": lambda w, r, t: signing.submit(by=w.office, **{"checked": True, **t}, **keys(r)),
    "return": lambda w, r, t: signing.send_back(
        by=w.leadership, **{"words": "Thiếu số liệu.", **t}, **keys(r)
    ),
    "sign": lambda w, r, t: signing.sign(by=w.leadership, **t, **keys(r)),
    "issue": _issue,
    "send": _send,
    "correct": lambda w, r, t: drafting.correct(
        by=w.office, **{"words": "Sai số liệu.", **t}, **keys(r)
    ),
}

# The steps that lead from a draft to each state.
WAY = {
    "draft": (),
    "submitted": ("submit",),
    "returned": ("submit", "return"),
    "signed": ("submit", "sign"),
    "issued": ("submit", "sign", "issue"),
    "sent": ("submit", "sign", "issue", "send"),
}


def brought_to(world, report, status, **typed):
    """The report moved on to `status` by its steps."""
    for act in WAY[status]:
        take(world, report, act, **(typed if act == "issue" else {}))
    return ConsolidatedReport.objects.get(pk=report.pk)


def issued_and_corrected(world):
    """An issued report of a round in which unit A reported, and the draft of its correction."""
    round = open_round(world)
    accept(world, round, world.a, world.head)
    issued = brought_to(world, begin(world, round), "issued")
    return issued, take(world, issued, "correct")


def add_reports(world, plan, unit, person, number):
    """A report of another plan, with a passage worded by hand, issued under `number`."""
    other = replace(world, plan=plan)
    round = open_round(other, unit, name=f"Đợt {number}")
    accept(other, round, unit, person)
    report = begin(other, round)
    word(other, report, "proposals", "Không có.")
    return brought_to(other, report, "issued", issue=Issue(number, "BC-STTTT", TODAY))
