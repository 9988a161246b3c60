"""A row of every model that the admin shows."""

import uuid
from decimal import Decimal

from plans.acts.amending import amend
from plans.acts.importing import correct
from plans.acts.prepared import prepare
from plans.acts.withdrawing import restore_task, withdraw_task
from plans.appendix.amendment import Amendment
from plans.models import (
    CarryOver,
    Criterion,
    IndicatorScore,
    LegalDocument,
    PlanSection,
    Recipient,
)
from reports.acts.rounds import urge as urge_round
from reports.models import StepRemark
from tests.builders import (
    a_document,
    agree,
    ask,
    day,
    fresh,
    make_agency,
    make_appendix_import,
    make_block,
    make_group,
    make_import,
    make_measure,
    make_plan,
    make_task,
    make_unit,
    make_user,
    record,
    remark,
    said,
)
from tests.plans.new_files import a_file
from tests.reports.rounds import add_reports
from tests.reports.unit_rounds import open_round, report_of, step, write
from tests.steering import direct, disseminate, find, go, raise_one, urge
from tests.units.accounts.rosters import make_people_import
from units import clock
from units.models import Alias, Role


def add_one_of_each(world, number):
    """A row more in every list of the admin."""
    agency = make_agency(f"co-quan-{number}")
    unit = make_unit(world.agency, f"u{number}")
    Alias.objects.create(agency=world.agency, unit=unit, name=f"Đơn vị số {number}")
    make_group(world.agency, f"nhom-{number}", world.a, unit)
    person = make_user(Role.HEAD, unit)
    plan = make_plan(agency, f"kh-{number}")
    PlanSection.objects.create(plan=plan, part="purpose", position=1, text="Mục đích")
    Recipient.objects.create(plan=plan, position=1, text="UBND tỉnh")
    block = make_block(plan, str(number), f"PAPI {number}")
    Criterion.objects.create(block=block, position=1, title="Tiêu chí", max_score=Decimal(2))
    IndicatorScore.objects.create(indicator=block.area.indicator, year=2022, source="published")
    document = LegalDocument.objects.create(code=f"vb-{number}", type="KH", number=str(number))
    gone = make_task(block)
    for act in (withdraw_task, restore_task, withdraw_task):
        act(task=gone, by=world.admin, reason="Giao nhầm")
    task = make_task(block, (unit,), (world.s,))
    task.references.add(document)
    measure = make_measure(task, target=70)
    lead = task.assignments.get(unit=unit)
    imported = make_import(world.admin)
    correct(import_id=imported.pk, by=world.admin, changes={"plan": {"year": 2025}}, seen=0)
    make_appendix_import(world)
    make_people_import(world.admin)
    CarryOver.objects.create(
        source=world.plan,
        plan=plan,
        year=2100 + number,
        by=world.admin,
        by_label=world.admin.label,
        recorded_at=clock.now(),
    )
    amend(task=task, by=world.admin, amendment=Amendment({"note": f"x{number}"}))
    update = record(lead, person, values={measure.pk: Decimal(50)}, evidence=(a_document(),))
    remark(update, world.office)
    agree(ask(lead, person, day(12, 10)), world.leadership)
    unit.head_sends = True
    unit.save(update_fields=["head_sends"])
    prepare(
        assignment_id=lead.pk,
        by=make_user(Role.STAFF, unit),
        report=said(evidence=(a_document(),)),
        **fresh(lead),
    )
    add_reports(world, plan, unit, person, number)
    # Without an update more: the unit's tasks are another plan's, so that it has none here.
    report = report_of(open_round(world, unit), unit)
    step("start", report, person)
    write(report, person, "highlights", "Lời của đơn vị.")
    step("submit", report, person)
    back = step("return", report, world.office)
    StepRemark.objects.create(step=back, task=task, task_label=str(task), text="Ý kiến.")
    urge_round(round_id=report.round_id, by=world.office, request_key=uuid.uuid4())
    go(direct(world), "answer", world.head, files=(a_file(),))
    urge(world)
    raise_one(world)
    find(world)
    disseminate(world)
