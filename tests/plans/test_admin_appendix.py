"""The appendix of a plan on one screen: looked through, put in order, given, merged, split."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from plans.acts.withdrawing import withdraw_task
from plans.models import Area, Criterion, Indicator, Task, TaskChange
from tests.builders import (
    make_agency,
    make_block,
    make_group,
    make_measure,
    make_plan,
    make_task,
    record,
)
from tests.pages import Page
from tests.plans.acts.database import contents
from tests.plans.admin_forms import errors, filled
from units.models import Notice

SEE_OTHER = 302


@pytest.fixture
def admin(client, world):
    client.force_login(world.admin)
    return client


@pytest.fixture
def second(world):
    Criterion.objects.create(block=world.block, position=1, title="Tiêu chí một")
    return make_task(world.block, (world.b,), (world.s,))


def screen(world):
    return reverse("admin:plans_plan_appendix", args=[world.plan.pk])


def send(admin, address, form_id="appendix-form", **changes):
    """The form of a page as a browser sends it, with the button that was pressed."""
    return admin.post(address, {**filled(admin.get(address), form_id), **changes})


def codes(world):
    return [task.code for task in world.plan.tasks.order_by("position")]


def pages(world):
    """Every page of the appendix, by name."""
    plan, task, other = world.plan.pk, world.task.pk, world.other_task.pk
    merge = reverse("admin:plans_plan_merge", args=[plan])
    return {
        "appendix": screen(world),
        "of an index": f"{screen(world)}?chi-so={world.block.area.indicator_id}",
        "merge": f"{merge}?nhiem-vu={task}&nhiem-vu={other}",
        "split": reverse("admin:plans_plan_split", args=[plan, task]),
        "withdraw": reverse("admin:plans_plan_withdraw", args=[plan, task]),
    }


# --- The screen -----------------------------------------------------------------------------------


def test_everything_stands_on_it_in_order(admin, world, second):
    record(world.lead, world.head)

    page = Page(admin.get(screen(world)))

    rows = [row.get("id") for row in page.of_class("task-row")]
    assert rows == [f"task-{task.pk}" for task in world.plan.tasks.order_by("position")]
    row = page.all(f"//tr[@id='task-{world.task.pk}']")[0]
    cells = [" ".join(cell.text_content().split()) for cell in row.xpath("td")]
    assert cells[1] == world.task.code
    assert cells[2].startswith(world.task.title)
    assert cells[3:8] == ["A", "S", "30/11/2023", "–", "Đang thực hiện"]
    assert "Tiêu chí một" in page.text
    assert page.of_class("head-indicator")
    assert page.of_class("head-area")


def test_the_way_there(admin, world):
    link = screen(world)
    places = [
        reverse("admin:plans_plan_changelist"),
        reverse("admin:plans_plan_change", args=[world.plan.pk]),
    ]

    for place in places:
        assert f'href="{link}"' in admin.get(place).content.decode(), place
    chosen = reverse("admin:plans_plan_chosen")
    assert f'href="{chosen}"' in admin.get(reverse("admin:index")).content.decode()
    assert admin.get(chosen).url == link


def test_adding_stands_at_its_place_and_leads_back(admin, world):
    page = Page(admin.get(screen(world)))
    [add] = [
        one.get("href")
        for one in page.all("//a[contains(@aria-label, 'Thêm nhiệm vụ')]")
        if f"block={world.block.pk}&" in one.get("href")
    ]

    response = send(admin, add, "task_form", code="9.9", title="Việc mới", wording="Lời văn")

    task = Task.objects.get(code="9.9")
    assert task.block == world.block
    assert response.url == f"{screen(world)}#task-{task.pk}"


@pytest.mark.parametrize(
    ("label", "form_id", "typed", "model"),
    [
        ("Thêm chỉ số", "indicator_form", {"number": "9", "code": "PCI", "name": "X"}, Indicator),
        ("Thêm lĩnh vực", "area_form", {"title": "Lĩnh vực mới"}, Area),
        ("Thêm tiêu chí", "criterion_form", {"title": "Tiêu chí mới"}, Criterion),
    ],
)  # fmt: skip
def test_every_level_is_added_from_the_screen(admin, world, second, label, form_id, typed, model):
    page = Page(admin.get(screen(world)))
    found = page.all(f"//a[starts-with(@aria-label, '{label}') or text()='{label}']/@href")

    response = send(admin, found[0], form_id, **typed)

    made = model.objects.latest("pk")
    assert response.url == f"{screen(world)}#{model._meta.model_name}-{made.pk}"


def test_rows_move_and_the_page_comes_back_to_them(admin, world, second):
    before = codes(world)
    last = Task.objects.filter(block=world.block).order_by("-position")[0]
    page = Page(admin.get(screen(world)))

    response = send(admin, screen(world), do=button(page, "up", last))

    assert (response.status_code, response.url) == (SEE_OTHER, f"{screen(world)}#task-{last.pk}")
    assert codes(world) == [*before[:-2], before[-1], before[-2]]
    first, *_, now_last = world.plan.tasks.order_by("position")
    page = Page(admin.get(screen(world)))
    for act, one in (("up", first), ("down", now_last)):
        [found] = page.all(f"//button[starts-with(@value, '{act}:task-{one.pk}:')]")
        assert "disabled" in found.attrib


def button(page, act, one):
    """What the button of a row sends: which row it moves, past which other."""
    [value] = page.all(
        f"//button[starts-with(@value, '{act}:{one._meta.model_name}-{one.pk}:')]/@value"
    )
    return str(value)


@pytest.mark.parametrize("kind", ["task", "criterion", "area", "indicator"])
def test_who_presses_in_an_old_view_is_told_and_moves_nothing(admin, world, second, kind):
    """Also the second click of a double click: it comes from the same view."""
    for number in (2, 3):
        Criterion.objects.create(block=world.block, position=number, title=f"Tiêu chí {number}")
        make_block(world.plan, f"{number}")
    Area.objects.create(indicator=world.block.area.indicator, position=8, title="Lĩnh vực tám")
    Area.objects.create(indicator=world.block.area.indicator, position=9, title="Lĩnh vực chín")
    criterion = world.block.criteria.order_by("position")[0]
    things = {
        "task": world.task,
        "criterion": criterion,
        "area": world.block.area,
        "indicator": world.block.area.indicator,
    }
    sent = button(Page(admin.get(screen(world))), "down", things[kind])

    send(admin, screen(world), do=sent)
    after = contents()
    response = admin.post(screen(world), {"do": sent}, follow=True)

    assert contents() == after
    assert "lần bấm này không chuyển gì" in Page(response).text


def test_a_copy_is_made_once_for_one_page(admin, world):
    data = {**filled(admin.get(screen(world)), "appendix-form"), "do": f"copy:task-{world.task.pk}"}

    for _ in range(2):
        admin.post(screen(world), data)

    assert Task.objects.filter(code__startswith=f"{world.task.code}-").count() == 1


@pytest.mark.parametrize(
    "do",
    [
        "up:task-999999:1",
        "up:plan-1:1",
        "down:task-x:1",
        "copy:",
        "copy:task-1x",
        "up:user-1:1",
        "up:task-:1",
    ],
)
def test_what_no_page_of_ours_sends_is_not_there(admin, world, do):
    assert admin.post(screen(world), {"do": do}).status_code == 404


def test_a_move_that_does_not_say_past_whom_is_none_of_ours(admin, world):
    assert admin.post(screen(world), {"do": f"down:task-{world.task.pk}"}).status_code == 404


def test_a_row_of_another_plan_is_not_there(admin, world):
    other = make_task(make_block(make_plan(make_agency("khac"), "khac"), "1"))
    for address in (
        reverse("admin:plans_plan_split", args=[world.plan.pk, other.pk]),
        reverse("admin:plans_plan_withdraw", args=[world.plan.pk, other.pk]),
        reverse("admin:plans_plan_merge", args=[world.plan.pk])
        + f"?nhiem-vu={world.task.pk}&nhiem-vu={other.pk}",
    ):
        assert admin.get(address).status_code == 404
    assert admin.post(screen(world), {"do": f"up:task-{other.pk}"}).status_code == 404


# --- Units for many -------------------------------------------------------------------------------


def test_units_are_given_to_ticked_tasks_with_a_reason(admin, world, second):
    group = make_group(world.agency, "nhom", world.vp)

    response = send(
        admin,
        screen(world),
        chon=[world.task.pk, second.pk],
        units=[world.b.pk],
        group=group.pk,
        role="support",
        reason="Phân công lại",
        do="assign",
    )

    assert response.status_code == SEE_OTHER
    assert dict(second.assignments.values_list("unit__code", "role")) == {
        "b": "support", "s": "support", "vp": "support"
    }  # fmt: skip
    assert TaskChange.objects.filter(reason="Phân công lại").count() == 2


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ("chon", "Đồng chí chọn ít nhất một nhiệm vụ trong bảng."),
        ("units", "Đồng chí chọn ít nhất một đơn vị, hoặc một nhóm có đơn vị."),
        ("reason", "Đồng chí ghi lý do; lý do được lưu trong lịch sử nhiệm vụ."),
    ],
)
def test_what_is_missing_is_said_and_the_ticks_stay(admin, world, missing, said):
    typed = {"chon": [world.task.pk], "units": [world.b.pk], "role": "support", "reason": "Lý do"}
    typed[missing] = []
    before = contents()

    response = send(admin, screen(world), do="assign", **typed)

    assert response.status_code == 422
    assert errors(response) == [said]
    sent = html.fromstring(response.content.decode()).get_element_by_id("appendix-form")
    kept = dict(sent.form_values())
    assert ("chon" in kept) == (missing != "chon")
    assert ("units" in kept) == (missing != "units")
    assert kept["reason"].strip() == ("" if missing == "reason" else "Lý do")
    assert contents() == before


def test_a_lead_with_history_is_not_replaced(admin, world):
    record(world.lead, world.head)
    before = contents()

    response = send(
        admin,
        screen(world),
        chon=[world.task.pk],
        units=[world.b.pk],
        giving="replace",
        reason="Lý do",
        do="assign",
    )

    assert response.status_code == 422
    assert "lịch sử phải được giữ" in errors(response)[0]
    assert contents() == before


# --- Merge, split, withdraw -----------------------------------------------------------------------


def test_merge_from_the_ticks_to_the_history(admin, world, second):
    record(second.assignments.get(unit=world.b), world.people["other_head"])
    ticked = [world.task.pk, second.pk]
    form = send(admin, screen(world), chon=ticked, do="merge").url
    shown = filled(admin.get(form), "appendix-act-form")
    assert shown["wording"].strip() == f"{world.task.wording}\n{second.wording}"

    response = send(admin, form, "appendix-act-form", kept=second.pk, reason="Trùng nhau")

    assert response.url == f"{screen(world)}#task-{second.pk}"
    gone = Task.objects.get(pk=world.task.pk)
    assert gone.is_withdrawn
    assert list(gone.successors.all()) == [second]
    page = admin.get(screen(world)).content.decode()
    assert f"{gone.code} rút khỏi phụ lục, thay bằng {second.code}" in page
    assert "Đã rút khỏi phụ lục" in page
    assert Notice.objects.filter(user=world.head, words__contains="thay bằng").exists()


@pytest.mark.parametrize("ticked", [0, 1, 3])
def test_only_two_are_merged(admin, world, second, ticked):
    tasks = list(world.plan.tasks.values_list("pk", flat=True))[:ticked]

    response = send(admin, screen(world), chon=tasks, do="merge")

    assert response.url == screen(world)
    assert "chọn đúng hai nhiệm vụ" in admin.get(screen(world)).content.decode()


def test_form_that_was_overtaken_comes_back_with_all_that_was_typed(admin, world):
    form = pages(world)["split"]
    typed = {
        **filled(admin.get(form), "appendix-act-form"),
        "title": "Tên mới",
        "half": "Phần sau",
        "leads": [world.b.pk],
        "reason": "Lý do",
    }
    world.task.note = "người khác sửa"
    world.task.save(update_fields=["note"])
    before = contents()

    response = admin.post(form, typed)

    assert response.status_code == 422
    assert "Người khác vừa sửa nhiệm vụ này" in errors(response)[0]
    assert contents() == before
    again = filled(response, "appendix-act-form")
    assert again["half"].strip() == "Phần sau"
    assert admin.post(form, again).status_code == SEE_OTHER


def test_withdraw_asks_why(admin, world):
    form = pages(world)["withdraw"]

    response = send(admin, form, "appendix-act-form")
    assert errors(response) == ["Đồng chí ghi lý do; lý do được lưu trong lịch sử nhiệm vụ."]

    assert send(admin, form, "appendix-act-form", reason="Đã xong ở nơi khác").url == screen(world)
    assert Task.objects.get(pk=world.task.pk).is_withdrawn
    assert admin.get(form).status_code == 404


# --- Nothing with progress is deleted -------------------------------------------------------------


def parents(world):
    """Everything that a task hangs on, or that hangs on it."""
    measure = make_measure(world.task, target=70)
    record(world.lead, world.head, values={measure.pk: Decimal(50)})
    block = world.block
    return [world.task, block, block.area, block.area.indicator, world.plan, measure, world.a]


def test_nothing_with_progress_is_deleted_whatever_it_hangs_on(admin, world):
    """By its page, by the action of the list, through whatever it stands in."""
    found = parents(world)
    before = contents()

    for one in found:
        label = f"admin:{one._meta.app_label}_{one._meta.model_name}"
        admin.post(reverse(f"{label}_delete", args=[one.pk]), {"post": "yes"})
        admin.post(
            reverse(f"{label}_changelist"),
            {"action": "delete_selected", "_selected_action": [one.pk], "post": "yes"},
        )
        assert contents() == before, one


# --- Who, how, how many queries -------------------------------------------------------------------


def test_forms_need_their_token(world):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.admin)
    before = contents()

    for address in pages(world).values():
        assert client.post(address, {"do": f"up:task-{world.task.pk}"}).status_code == 403
    assert contents() == before


def test_nothing_runs_inline(admin, world):
    for address in pages(world).values():
        page = Page(admin.get(address))
        assert page.all("//script[not(@src) and not(@type='application/json')]") == []
        assert page.all("//@style | //@onclick | //@onsubmit | //style") == []


def test_queries_do_not_grow_with_the_rows(admin, world):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert admin.get(screen(world)).status_code == 200
        return len(captured)

    def grow(to):
        for number in range(Task.objects.count(), to):
            block = make_block(world.plan, str(number % 3 + 1))
            Criterion.objects.create(block=block, position=1, title=f"Tiêu chí {number}")
            make_task(block, (world.a, world.b), (world.s,))

    Task.objects.exclude(pk=world.task.pk).delete()
    queries()
    asked = [queries()]
    for rows in (3, 30):
        grow(rows)
        asked.append(queries())

    assert asked == asked[:1] * 3


def test_a_large_plan_is_shown_index_by_index(admin, world, monkeypatch):
    monkeypatch.setattr("plans.admin.appendix.MOST_AT_ONCE", 2)
    make_task(make_block(world.plan, "2"), (world.a,), title="Của chỉ số hai")
    second = Indicator.objects.get(plan=world.plan, number="2")

    assert "Của chỉ số hai" not in admin.get(screen(world)).content.decode()
    assert "Của chỉ số hai" in admin.get(screen(world), {"chi-so": second.pk}).content.decode()


def test_the_list_of_plans_counts_what_is_in_force(world, as_user):
    in_force = world.plan.tasks.count() - 1
    withdraw_task(task=world.other_task, by=world.admin, reason="Không còn phù hợp.")
    page = Page(as_user(world.admin).get(reverse("admin:plans_plan_changelist")))
    assert page.texts("//td[contains(@class, 'field-tasks')]") == [f"{in_force} (đã rút 1)"]
