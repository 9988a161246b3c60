"""Plans, their indicators, areas and blocks in the admin: what hangs on them stays in step."""

from decimal import Decimal

import pytest
from django.urls import reverse

from plans.models import Area, Block, Measure, Task, TaskStanding
from tests.builders import day, make_block, make_measure, make_plan, record
from tests.plans.acts.database import contents
from tests.plans.admin_forms import SAVED, add_row, edit, edit_page, errors


@pytest.fixture
def admin(client, world):
    client.force_login(world.admin)
    return client


def edit_one(client, one, **changes):
    name = one._meta.model_name
    address = reverse(f"admin:plans_{name}_change", args=[one.pk])
    return edit_page(client, address, f"{name}_form", **changes)


def test_earlier_first_day_of_a_plan_reaches_what_is_stored_of_the_past(admin, world):
    assert edit_one(admin, world.plan, starts_on="01/06/2023").status_code == 302

    assert TaskStanding.objects.on(day(6, 1)).filter(task=world.task).exists()


def test_first_day_after_what_was_recorded_or_due_is_refused(admin, world):
    record(world.lead, world.head, on=day(8, 1))

    response = edit_one(admin, world.plan, starts_on="02/08/2023")

    assert response.context["adminform"].form.errors["starts_on"] == [
        "Kế hoạch đã có cập nhật tiến độ ghi ngày 01/08/2023, trước ngày bắt đầu mới."
    ]


def test_the_department_does_not_report_before_its_units(admin, world):
    days = {"unit_reports_due_on": "28/11/2023", "department_report_due_on": "27/11/2023"}

    response = edit_one(admin, world.plan, **days)

    form = response.context["adminform"].form
    assert form.errors == {
        "department_report_due_on": ["Hạn của Sở không được trước hạn của đơn vị (28/11/2023)."]
    }
    assert form["unit_reports_due_on"].value() == "28/11/2023"


def test_common_deadline_does_not_move_the_tasks_and_says_so(admin, world):
    response = edit_one(admin, world.plan, due_on="31/12/2023")

    assert response.status_code == 302
    world.task.refresh_from_db()
    assert world.task.due_on == day(11, 30)
    told = admin.get(reverse("admin:plans_plan_changelist")).content.decode()
    assert "thời hạn của từng nhiệm vụ giữ nguyên" in told


def test_number_and_day_are_recorded_when_the_clerk_issues_them(admin, world):
    response = edit_one(admin, world.plan, number="15", issued_on="29/06/2023")

    assert response.status_code == SAVED
    world.plan.refresh_from_db()
    assert world.plan.citation == "Kế hoạch số 15/KH-STTTT ngày 29/6/2023"


def test_paragraphs_and_recipients_stand_in_the_page_of_the_plan(admin, world):
    rows = add_row("sections", 0, part="purpose", position=1, number="1", text="Mục đích")
    rows |= add_row("recipients", 0, position=1, text="UBND tỉnh", purpose="B/c")

    assert edit_one(admin, world.plan, **rows).status_code == SAVED

    assert world.plan.sections.get().text == "Mục đích"
    assert str(world.plan.recipients.get()) == "UBND tỉnh (B/c)"


def test_scores_are_typed_as_offices_write_them(admin, world):
    indicator = world.block.area.indicator
    rows = add_row("scores", 0, year=2022, source="published", value="87,11%", rank="23")

    assert edit_one(admin, indicator, **rows).status_code == SAVED

    assert indicator.scores.get().value == Decimal("87.11")


def test_area_with_blocks_is_not_removed_in_passing(admin, world):
    response = edit_one(admin, world.block.area.indicator, areas__0__DELETE="on")

    assert any(error.startswith("Mục này còn mục con") for error in errors(response))
    assert Area.objects.filter(pk=world.block.area_id).exists()


def test_empty_area_is_removed_in_the_page_of_its_indicator(admin, world):
    indicator = world.block.area.indicator
    empty = Area.objects.create(indicator=indicator, position=2, number="1.2", title="Trống")

    assert edit_one(admin, indicator, areas__1__DELETE="on").status_code == SAVED

    assert not Area.objects.filter(pk=empty.pk).exists()


def test_areas_have_two_levels_at_most(admin, world):
    first = world.block.area
    second = Area.objects.create(
        indicator=first.indicator, parent=first, position=2, number="1.1.1", title="Cấp hai"
    )
    third = Area.objects.create(
        indicator=first.indicator, position=3, number="1.2", title="Cấp một"
    )

    assert edit_one(admin, third, parent=first.pk).status_code == SAVED
    refused = edit_one(admin, first, parent=third.pk)

    assert "parent" in refused.context["adminform"].form.errors
    # A second level is not offered as a superior at all.
    assert "parent" in edit_one(admin, third, parent=second.pk).context["adminform"].form.errors


def test_nothing_moves_to_another_plan(admin, world):
    other = make_block(make_plan(world.agency, "kh-2024", year=2024))

    block = edit_one(admin, world.block, area=other.area_id)
    area = edit_one(admin, world.block.area, indicator=other.area.indicator_id)
    edit_one(admin, world.block.area.indicator, plan=other.area.indicator.plan_id)

    assert errors(block) == errors(area) == ["Lựa chọn này không có trong danh sách."]
    assert Task.objects.filter(plan=world.plan).count() == 4
    assert Block.objects.get(pk=world.block.pk).area.indicator.plan == world.plan


@pytest.mark.parametrize("one", ["block", "area", "indicator", "plan"])
def test_nothing_that_holds_a_task_with_history_is_deleted(admin, world, one):
    record(world.lead, world.head)
    before = contents()
    owners = {
        "block": world.block,
        "area": world.block.area,
        "indicator": world.block.area.indicator,
        "plan": world.plan,
    }
    address = reverse(f"admin:plans_{one}_delete", args=[owners[one].pk])

    shown = admin.post(address, {"post": "yes"}).content.decode()

    assert "Không xóa được" in shown
    assert contents() == before


def test_plan_without_history_is_deleted_with_all_it_holds(admin, world):
    address = reverse("admin:plans_plan_delete", args=[world.plan.pk])

    assert admin.post(address, {"post": "yes"}).status_code == SAVED

    assert not Task.objects.exists()
    assert not TaskStanding.objects.exists()


@pytest.mark.parametrize(
    ("year", "said"), [(99999, "Số này nhiều nhất là 2200."), (202, "Số này ít nhất là 1945.")]
)
def test_years_that_cannot_be(admin, world, year, said):
    measure = make_measure(world.task)

    assert errors(edit_one(admin, measure, target_year=year)) == [said]
    assert said in errors(edit_one(admin, world.plan, year=year))
    assert Measure.objects.get().target_year == measure.target_year


def test_two_rows_with_one_code_are_told_by_the_label(admin, world):
    measure = make_measure(world.task)
    other = {"code": measure.code, "name": "Khác", "scale": "number", "direction": "at_most"}
    rows = add_row("measures", 1, position=2, **other)

    response = edit(admin, world.task, **rows)

    assert "Mã bị ghi trùng." in errors(response)


def test_scale_of_a_measure_with_values_stays(admin, world):
    measure = make_measure(world.task, target=50)
    record(world.lead, world.head, values={measure.pk: Decimal(40)})

    response = edit_one(admin, measure, scale="yes_no", target="1")

    assert "scale" in response.context["adminform"].form.errors
    assert Measure.objects.get().scale == "percent"
