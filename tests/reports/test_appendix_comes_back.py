"""The exported appendix comes back: nothing changes, and what reports say of a task is kept."""

import io
import uuid

import openpyxl
import pytest
from django.core.management import call_command

from benchmarks import generated
from plans.acts import appendix_import
from plans.appendix.outcomes import Fate, Options
from plans.models import Plan, Task
from reports.models import StepRemark
from reports.states.unit_report import ReportState
from tests.builders import make_user
from tests.plans.appendix.workbooks import saved
from tests.reports.unit_rounds import in_state, step
from units import clock
from units.models import Role

URL = "/ke-hoach/phu-luc/xuat-excel/"


def exported(client, plan):
    return client.get(URL, {"ke-hoach": plan.pk}).content


def upload(plan, by, content):
    return appendix_import.upload(
        by=by, plan=plan, name="phu-luc.xlsx", content=content, request_key=uuid.uuid4()
    )


def the_plan_of_2023():
    call_command("load_plan", "plans/data/ke-hoach-2023.yaml", verbosity=0)
    return Plan.objects.get()


@pytest.mark.parametrize("made", [the_plan_of_2023, lambda: generated.plan_of(300).plan])
def test_what_went_out_changes_nothing(db, client, made):
    plan = made()
    admin = make_user(Role.ADMIN)
    client.force_login(admin)
    one = upload(plan, admin, exported(client, plan))
    comparison = appendix_import.compared(one, Options(withdraw_missing=True))

    assert [
        (row.code, row.fate, row.shown, row.remarks)
        for row in comparison.outcomes
        if row.fate is not Fate.SAME or row.remarks
    ] == []
    assert len(comparison.outcomes) == Task.objects.of_plan(plan).count() >= 13


def test_a_task_of_which_the_office_spoke_is_withdrawn_not_deleted(world, as_user):
    """Nothing was recorded of the task; that a report was returned for its sake is history, too."""
    report = in_state(world, ReportState.SUBMITTED)
    step("return", report, world.office, remarks={world.task.pk: "Nêu số liệu."})
    book = openpyxl.load_workbook(io.BytesIO(exported(as_user(world.admin), world.plan)))
    sheet = book.active
    [row] = [cell.row for cell in sheet["I"] if cell.value == world.task.code]
    sheet.delete_rows(row)
    one, options = upload(world.plan, world.admin, saved(book)), Options(withdraw_missing=True)

    comparison = appendix_import.compared(one, options)
    assert {row.code: row.fate for row in comparison.outcomes}[world.task.code] is Fate.WITHDRAWN
    appendix_import.apply(
        import_id=one.pk, by=world.admin, seen=comparison.seen, options=options, reason="Trùng"
    )

    assert StepRemark.objects.get().task == world.task
    assert Task.objects.get(pk=world.task.pk).withdrawn_on == clock.today()
