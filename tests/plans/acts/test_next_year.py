"""A plan goes into the next year: once, whole, with what was chosen, and nothing of its history."""

import uuid
from decimal import Decimal
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from plans.acts.appendix import move_due_date
from plans.acts.importing import Outdated
from plans.acts.loading import load
from plans.acts.next_year import carry_over
from plans.acts.refusals import Invalid, NotNow, NotYours
from plans.acts.withdrawing import withdraw_task
from plans.models import (
    CarryOver,
    Criterion,
    LegalDocument,
    Measure,
    Plan,
    PlanSection,
    Recipient,
    Task,
)
from plans.next_year.deadlines import NextDeadline, agreeing
from plans.next_year.going import GOING
from plans.next_year.preview import Choices, Which, preview_of
from plans.planfile import read_plan
from plans.states import Kind, State
from tests.builders import (
    START,
    agree,
    ask,
    day,
    decide,
    make_given,
    make_group,
    make_measure,
    make_task,
    make_user,
    record,
)
from units import clock
from units.models import Role


def carry(plan, by, *, key=None, year=2024, **choices):
    chosen = Choices(year, **choices)
    return carry_over(
        plan_id=plan.pk,
        by=by,
        choices=chosen,
        seen=preview_of(plan, chosen).seen,
        request_key=key or uuid.uuid4(),
    )


# --- Nothing is forgotten -------------------------------------------------------------------------


def names_of(model):
    """Every field of a model, and every relation to it by the model and field that make it; the
    history of fields stays with the rows that it is of."""
    for one in model._meta.get_fields(include_hidden=True):
        if one.auto_created and not one.concrete:
            name = one.related_model.__name__
            if not one.related_model._meta.auto_created and not name.startswith("Historical"):
                yield f"{name}.{one.field.name}"
        else:
            yield one.name


@pytest.mark.parametrize("model", GOING, ids=lambda model: model.__name__)
def test_every_field_and_relation_is_copied_made_or_left_by_name(model):
    going = GOING[model]
    named = [*going.copied, *going.made, *going.left]

    assert sorted(named) == sorted(set(named))
    assert set(names_of(model)) == set(named)
    assert all(going.left.values())


def test_everything_that_hangs_on_a_plan_is_walked():
    """A model is walked as soon as a relation to a walked one is copied."""
    copied = {
        name.split(".")[0] for going in GOING.values() for name in going.copied if "." in name
    }
    assert copied <= {model.__name__ for model in GOING}
    assert {model.__name__ for model in GOING} - copied == {"Plan"}
    assert all(apps.get_model("plans", name) for name in copied)


# --- The plan of 2023 -----------------------------------------------------------------------------


@pytest.fixture
def of_2023(db):
    return load(plan_file=read_plan(Path(settings.BASE_DIR, "plans/data/ke-hoach-2023.yaml"))).plan


def shape(plan):
    """What of a plan has no year: outline, tasks in order, who leads and supports."""
    return [
        (
            *(
                task.position,
                task.code,
                task.kind,
                task.number,
                str(task.block),
                task.block.heading,
            ),
            str(task.block.area.parent or ""),
            task.block.area.indicator.code,
            [one.title for one in task.block.criteria.all()],
            [(a.unit.code, a.role, a.position, a.group_id) for a in task.assignments.in_order()],
            [(m.code, m.criterion and m.criterion.title) for m in task.measures.all()],
            sorted(str(one) for one in task.references.all()),
            (task.printed_leads, task.printed_supports, task.block.keeps_register),
        )
        for task in plan.tasks.order_by("position")
    ]


def test_the_plan_of_2023_in_2024(of_2023, make_admin):
    new = carry(of_2023, make_admin)

    assert shape(new) == shape(of_2023)
    assert (new.code, new.year, new.results_year) == ("ke-hoach-2024", 2024, 2023)
    assert new.short_title == "Nâng cao Chỉ số PAPI, SIPAS và PAR INDEX tỉnh Lạng Sơn năm 2024"
    assert (new.starts_on, new.due_on) == (day(6, 24, 2024), day(11, 30, 2024))
    assert new.due_words == "Trước ngày 30 tháng 11 năm 2024"
    assert (new.number, new.issued_on, new.parent) == ("", None, None)
    assert "Kế hoạch số 142/KH-UBND ngày 24/6/2023" in new.opening
    assert new.opening == of_2023.opening  # it cites a document of 2023, whose title is its own
    assert "tỉnh Lạng Sơn năm 2024 của Sở" in new.closing
    [deadline] = new.sections.filter(part=PlanSection.Part.DEADLINE)
    assert deadline.text.startswith("Trước ngày 30 tháng 11 năm 2024, các phòng")
    purpose = new.sections.filter(part=PlanSection.Part.PURPOSE)[0].text
    assert "tỉnh Lạng Sơn năm 2023. Nâng cao" in purpose
    assert purpose.endswith("tỉnh Lạng Sơn năm 2024.")
    assert new.recipients.count() == 5
    assert set(new.references.all()) == set(of_2023.references.all()) != set()
    assert {task.due_on for task in new.tasks.all()} == {day(11, 30, 2024)}
    assert {task.due_words for task in new.tasks.all()} == {"Trước ngày 30 tháng 11 năm 2024"}
    digitised = Measure.objects.get(task__plan=new, code="so-hoa-ho-so")
    assert (digitised.target, digitised.target_year) == (Decimal(90), 2024)
    assert Measure.objects.get(task__plan=new, code="ung-dung-lgsp").target == 100
    assert Measure.objects.get(task__plan=new, code="thanh-toan-truc-tuyen").target is None
    assert [task.follows.code for task in new.tasks.order_by("position")] == [
        task.code for task in of_2023.tasks.order_by("position")
    ]


def test_the_target_grows_to_its_cap_over_the_years(of_2023, make_admin):
    plans = [of_2023]
    for year in (2024, 2025, 2026):
        plans.append(carry(plans[-1], make_admin, year=year))
    leap = carry(of_2023, make_admin, year=2027)

    targets = [
        Measure.objects.get(task__plan=plan, code="so-hoa-ho-so").target for plan in (*plans, leap)
    ]
    assert targets == [70, 90, 100, 100, 100]


# --- What is chosen -------------------------------------------------------------------------------


@pytest.fixture
def make_admin(db):
    return make_user(Role.ADMIN, username="quantri")


@pytest.fixture
def worked(world):
    """The world, where much has happened: see the names."""
    titles = {
        "done": world.task,
        "begun": world.other_task,
        "silent": world.office_task,
        "standing": world.standing,
    }
    world.silent = world.office_task
    for title in ("stopped", "not_arisen"):
        kind = Kind.CONDITIONAL if title == "not_arisen" else Kind.DEADLINE
        titles[title] = make_task(world.block, (world.a,), (world.b,), kind=kind)
    for title, task in titles.items():
        task.title = title
        task.save()
    record(world.lead, world.head, State.DONE)
    decide("confirm", world.lead, world.office)
    record(world.other_task.assignments.get(), world.other_head)
    decide("stop", titles["stopped"].assignments.get(unit=world.a), world.leadership)
    part = titles["not_arisen"].assignments.get(unit=world.a)
    record(part, world.head, State.NOT_ARISEN, cause="Không có hồ sơ quá hạn.")
    decide("confirm", part, world.office)
    return world


def titles(plan):
    return {task.title: task.is_carried_over for task in plan.tasks.order_by("position")}


def test_all_tasks_but_the_stopped_and_those_not_finished_are_carried_over(worked):
    assert titles(carry(worked.plan, worked.admin)) == {
        "done": False,
        "begun": True,
        "silent": True,
        "standing": False,
        "not_arisen": False,
    }


def test_only_what_is_not_finished(worked):
    new = carry(worked.plan, worked.admin, tasks=Which.OPEN)

    assert titles(new) == {"begun": True, "silent": True}
    assert new.carried_from.outcome == "2 nhiệm vụ, trong đó 2 chuyển tiếp"


def test_the_outline_alone(worked):
    Criterion.objects.create(block=worked.block, position=1, title="Tiêu chí năm 2023")

    new = carry(worked.plan, worked.admin, tasks=Which.NONE)

    assert new.tasks.count() == 0
    [criterion] = Criterion.objects.filter(block__area__indicator__plan=new)
    assert criterion.title == "Tiêu chí năm 2024"


def test_without_leads_measures_and_words(worked):
    make_measure(worked.task, target=Decimal(70))
    worked.plan.opening = "Căn cứ"
    worked.plan.save()
    worked.block.lead_words = "Phòng A"
    worked.block.save()
    PlanSection.objects.create(plan=worked.plan, part="purpose", position=1, text="Một")
    Recipient.objects.create(plan=worked.plan, position=1, text="UBND tỉnh")

    new = carry(worked.plan, worked.admin, leads=False, measures=False, words=False)

    assert not Measure.objects.filter(task__plan=new).exists()
    assert [task.assignments.count() for task in new.tasks.all()] == [0] * 5
    assert (new.opening, new.sections.count(), new.recipients.count()) == ("", 0, 0)
    assert new.tasks.first().printed_leads == ""


def test_nothing_of_the_history_goes_along(worked):
    new = carry(worked.plan, worked.admin)

    tasks = new.tasks.filter(title__in=["done", "begun", "not_arisen"])
    parts = [part for task in tasks for part in task.assignments.all()]
    assert [part.sequence for part in parts] == [0] * len(parts)
    states = {task.title: task.standings.get().state for task in new.tasks.all()}
    assert states == dict.fromkeys(states, State.NO_INFO) | {"standing": State.UNASSIGNED}
    assert worked.task.standings.get(until_day=None).state == State.DONE


def test_what_was_withdrawn_stays_with_the_old_plan(worked):
    withdraw_task(task=worked.other_task, by=worked.admin, reason="Trùng nhiệm vụ khác.")

    assert "begun" not in titles(carry(worked.plan, worked.admin))


def test_groups_stay_and_dissolved_units_are_told(worked):
    group = make_group(worked.agency, "nhom", worked.a, worked.s)
    by_group = make_task(worked.block, (group,), title="theo nhóm")
    worked.s.is_active = False
    worked.s.save()

    chosen = Choices(2024)
    said = {
        line.task.title: line.remarks
        for line in preview_of(worked.plan, chosen).lines
        if line.remarks
    }
    new = carry(worked.plan, worked.admin)

    gone = "đã ngừng hoạt động nên không giao"
    assert said == {
        "done": [f"Phòng S (phối hợp) {gone}"],
        "stopped": ["đã dừng thực hiện nên không mang theo"],
        by_group.title: [f"Phòng S (chủ trì) {gone}"],
    }
    [part] = new.tasks.get(title="theo nhóm").assignments.all()
    assert (part.unit, part.group) == (worked.a, group)


def test_a_given_task_that_is_not_finished_keeps_its_document_and_its_day(worked):
    open_one = make_given(worked, wording="Xong trong năm 2023.")
    ended = make_given(worked, title="Xong rồi")
    part = ended.assignments.get(unit=worked.a)
    record(part, worked.head, State.DONE)
    decide("confirm", part, worked.office)

    new = carry(worked.plan, worked.admin)

    [given] = Task.objects.registered(new)
    assert (given.follows, given.source, given.due_on) == (
        open_one,
        LegalDocument.objects.get(),
        day(12, 20),
    )
    assert (given.is_carried_over, given.register_key) == (True, None)
    assert given.wording == "Xong trong năm 2023."


def test_an_extension_into_the_new_year_is_told(worked):
    part = worked.other_task.assignments.get()
    agree(ask(part, worked.other_head, day(3, 31, 2024)), worked.leadership)

    lines = preview_of(worked.plan, Choices(2024)).lines

    [line] = [one for one in lines if one.task == worked.other_task]
    assert line.remarks == ["Phòng B được gia hạn đến 31/03/2024; hạn mới không theo ngày đó"]
    assert line.deadline.due_on == day(11, 30, 2024)


def moved(task, to, by, on=None):
    with clock.set_to(on or day(10, 2)):
        move_due_date(task=task, due_on=to, by=by, reason="Theo chỉ đạo")


def line_of(task, **choices):
    found = preview_of(task.plan, Choices(2024, **choices)).lines
    return next(line for line in found if line.task == task)


PRINTED = "Trước ngày 30 tháng 11 năm 2023"


def test_the_new_deadline_is_that_which_the_plan_gave_not_as_it_was_moved(worked):
    task = worked.task
    task.due_words = PRINTED
    task.save()
    moved(worked.silent, day(10, 31), worked.leadership)
    for to in (day(12, 15), day(12, 20)):
        moved(worked.other_task, to, worked.leadership)
    Task.objects.filter(pk=worked.other_task.pk).update(due_words=PRINTED)

    new = carry(worked.plan, worked.admin)

    found = {task.title: (task.due_on, task.due_words) for task in new.tasks.all()}
    assert found["done"] == found["begun"] == (day(11, 30, 2024), PRINTED.replace("2023", "2024"))
    assert found["silent"] == (day(11, 30, 2024), "")
    assert line_of(worked.other_task).remarks == [
        "thời hạn đã đổi thành 20/12/2023; hạn mới theo hạn kế hoạch đã giao (30/11/2023)"
    ]


def test_the_deadline_as_it_was_moved_when_that_is_chosen_and_no_words_against_it(worked):
    task, part = worked.other_task, worked.other_task.assignments.get()
    Task.objects.filter(pk=task.pk).update(due_words=PRINTED)
    agree(ask(part, worked.other_head, day(3, 31, 2024)), worked.leadership)

    assert line_of(task, moved=True).remarks == [
        f"bỏ lời văn “{PRINTED}” vì nói ngày khác; hạn mới chỉ ghi ngày"
    ]
    new = carry(worked.plan, worked.admin, moved=True).tasks.get(title="begun")
    assert (new.due_on, new.due_words) == (day(3, 31, 2025), "")


def test_a_deadline_that_was_put_right_with_its_words_is_what_the_plan_gave(worked):
    task = worked.other_task
    moved(task, day(10, 31), worked.leadership)
    Task.objects.filter(pk=task.pk).update(due_words="Trong tháng 10/2023")

    assert line_of(task).deadline == NextDeadline(day(10, 31, 2024), "Trong tháng 10/2024")


@pytest.mark.parametrize(
    ("words", "due_on", "then"),
    [
        ("Tháng 02/2023", day(2, 28), (day(2, 29, 2024), "Tháng 02/2024")),
        ("Quý IV/2023", day(11, 30), (day(11, 30, 2024), "")),
        ("Thường xuyên", day(11, 30), (day(11, 30, 2024), "Thường xuyên")),
        ("30/11/2023", None, (None, "30/11/2024")),
        ("", day(11, 30), (day(11, 30, 2024), "")),
    ],
)
def test_the_words_never_name_another_day(words, due_on, then):
    assert agreeing(words, due_on, 2023, 1)[:2] == then


def test_another_first_day_and_common_deadline_stand_in_the_words_too(worked):
    plan, task = worked.plan, worked.other_task
    plan.due_words = PRINTED
    plan.unit_reports_due_on, plan.department_report_due_on = plan.due_on, day(12, 15)
    plan.save()
    text = f"{PRINTED}, các phòng báo cáo theo Công văn số 3/UBND-NC ngày 30/11/2023."
    PlanSection.objects.create(plan=plan, part="deadline", position=1, text=text)
    Task.objects.filter(pk=task.pk).update(due_words=PRINTED)
    Task.objects.filter(pk=worked.silent.pk).update(due_on=day(7, 10), due_words="Tháng 7/2023")
    days = {"starts_on": day(8, 1, 2024), "due_on": day(12, 5, 2024)}

    remarks = line_of(worked.silent, **days).remarks
    new = carry(plan, worked.admin, **days)

    words = "Trước ngày 05 tháng 12 năm 2024"
    assert (new.starts_on, new.due_on, new.due_words) == (*days.values(), words)
    assert (new.unit_reports_due_on, new.department_report_due_on) == (
        day(12, 5, 2024),
        day(12, 15, 2024),
    )
    assert new.sections.get().text == text.replace(PRINTED, words)
    going = new.tasks.get(follows=task)
    assert (going.due_on, going.due_words) == (day(12, 5, 2024), words)
    assert remarks[-1] == "hạn mới trước ngày kế hoạch bắt đầu (01/08/2024)"
    assert new.tasks.get(follows=worked.silent).due_on == day(7, 10, 2024)


@pytest.mark.parametrize("days", [{"starts_on": day(7, 1)}, {"due_on": day(6, 1, 2024)}])
def test_days_that_cannot_be_make_no_plan(world, days):
    with pytest.raises(Invalid):
        carry(world.plan, world.admin, **days)
    assert Plan.objects.count() == 1


def test_documents_of_the_old_year_that_the_words_cite_are_told(worked):
    plan = worked.plan
    plan.opening = (
        "Thực hiện Kế hoạch số 142/KH-UBND ngày 24/6/2023 của UBND tỉnh về CCHC năm 2023."
    )
    plan.closing = "Theo Nghị định số 30/2020/NĐ-CP ngày 05/3/2020."
    plan.save()
    of_2023 = [("phần mở đầu", "Kế hoạch số 142/KH-UBND ngày 24/6/2023")]

    assert preview_of(plan, Choices(2024)).cited == of_2023
    assert preview_of(plan, Choices(2024, words=False)).cited == []
    assert carry(plan, worked.admin).opening == plan.opening


def test_the_words_that_still_name_the_old_target_are_told(worked):
    grown = {"target": Decimal(70), "target_year": 2023, "yearly_growth": Decimal(20)}
    make_measure(worked.task, cap=Decimal(100), **grown)
    make_measure(worked.task, name="Không năm", **{**grown, "target_year": None})
    worked.task.wording = "Số hóa 70% hồ sơ trong năm 2023."
    worked.task.save()

    line = preview_of(worked.plan, Choices(2024)).lines[0]
    new = carry(worked.plan, worked.admin).tasks.get(title="done")

    assert line.remarks == [
        "chỉ tiêu 70% thành 90%; lời văn vẫn ghi 70%",
        "“Không năm” không ghi năm của chỉ tiêu nên không tăng",
    ]
    assert new.wording == "Số hóa 70% hồ sơ trong năm 2024."
    assert [(m.target, m.target_year) for m in new.measures.all()] == [(90, 2024), (70, None)]


# --- Once, and by whom ----------------------------------------------------------------------------


def test_the_same_form_twice_is_one_plan(world):
    key = uuid.uuid4()

    plans = {carry(world.plan, world.admin, key=key).pk for _ in range(2)}

    assert len(plans) == 1
    with pytest.raises(NotNow, match="Không lập lần thứ hai"):
        carry(world.plan, world.admin)
    assert Plan.objects.count() == 2
    assert world.office.notices.count() == 1


def test_a_change_meanwhile_is_looked_at_again(world):
    seen = preview_of(world.plan, Choices(2024)).seen
    record(world.lead, world.head, State.DONE)
    decide("confirm", world.lead, world.office)

    with pytest.raises(Outdated):
        carry_over(
            plan_id=world.plan.pk,
            by=world.admin,
            choices=Choices(2024),
            seen=seen,
            request_key=uuid.uuid4(),
        )
    assert not CarryOver.objects.exists()


@pytest.mark.parametrize("year", [2022, 2023, 2029])
def test_only_into_the_years_to_come(world, year):
    with pytest.raises(Invalid, match="từ 2024 đến 2028"):
        carry(world.plan, world.admin, year=year)


def test_only_administrators(world):
    for by in (world.office, world.leadership, world.head):
        with pytest.raises(NotYours):
            carry(world.plan, by)
    assert Plan.objects.count() == 1


def test_a_code_that_is_taken_gets_a_number(world):
    for code in ("kh-2024", "kh-2024-2"):
        Plan.objects.create(
            agency=world.agency, code=code, symbol="x", title="x", year=2024, starts_on=START
        )

    assert carry(world.plan, world.admin).code == "kh-2024-3"


def test_a_preview_asks_as_much_for_one_task_as_for_thirty(world, django_assert_num_queries):
    for more in (1, 29):
        for _ in range(more):
            make_measure(make_task(world.block, (world.a,), (world.b,)))
        with django_assert_num_queries(6):
            assert preview_of(world.plan, Choices(2024)).seen
