"""One page edits a task: its words, leads and supports, measures and deadline, all by acts."""

from decimal import Decimal

import pytest
from django.urls import reverse

from plans.acts import appendix
from plans.acts.refusals import NotNow
from plans.models import (
    Assignment,
    DueDateChange,
    Measure,
    Task,
    TaskStanding,
)
from plans.states import State
from plans.timeline import timeline
from tests.builders import TODAY, day, make_block, make_measure, make_plan, record
from tests.pages import Page
from tests.plans.acts.database import contents
from tests.plans.admin_forms import SAVED, add_row, change_url, edit, errors, filled
from tests.plans.busy import finish
from units.models import Demonstration


@pytest.fixture
def admin(client, world):
    client.force_login(world.admin)
    return client


def parts(task):
    return {(one.unit.code, one.role) for one in task.assignments.all()}


def now(task):
    return TaskStanding.objects.get(task=task, until_day=None)


def test_words_are_saved_and_found(admin, world):
    response = edit(
        admin, world.task, title="Đôn đốc  cổng dịch vụ công", wording="Lời văn mới", kind="ongoing"
    )

    assert response.status_code == SAVED
    task = Task.objects.get(pk=world.task.pk)
    assert (task.title, task.wording, task.kind) == (
        "Đôn đốc cổng dịch vụ công",
        "Lời văn mới",
        "ongoing",
    )
    found = admin.get(reverse("admin:plans_task_changelist"), {"q": "DON doc cong"})
    assert [one.pk for one in found.context["cl"].queryset] == [task.pk]


def test_sending_the_page_unchanged_changes_nothing(admin, world):
    make_measure(world.task, target=70)
    record(world.lead, world.head)
    before = contents()

    assert edit(admin, world.task).status_code == SAVED

    assert contents() == before


def test_deadline_is_moved_with_a_reason_that_stays_in_the_history(admin, world):
    response = edit(admin, world.task, due_on="15/12/2023", reason="UBND tỉnh lùi thời hạn")

    assert response.status_code == SAVED
    change = DueDateChange.objects.get()
    assert (change.assignment, change.old_due_on, change.new_due_on, change.reason, change.by) == (
        world.lead,
        day(11, 30),
        day(12, 15),
        "UBND tỉnh lùi thời hạn",
        world.admin,
    )
    assert Task.objects.get(pk=world.task.pk).due_on == day(12, 15)
    assert now(world.task).due_on == day(12, 15)


def test_a_lead_that_has_finished_keeps_its_deadline_and_the_page_says_so(admin, world):
    finish(world, world.task, world.head, completed_on=TODAY, on=TODAY)

    edit(admin, world.task, due_on="15/12/2023", reason="UBND tỉnh lùi thời hạn")

    [said, _] = map(str, admin.get(change_url(world.task)).context["messages"])
    kept = f"Phần của {world.lead.unit} đã kết thúc nên vẫn tính theo thời hạn 30/11/2023."
    assert said == kept
    assert Assignment.objects.get(pk=world.lead.pk).due_on == day(11, 30)


def test_where_a_new_task_can_stand_names_the_plan(admin, world):
    make_block(make_plan(world.agency, "kh-2024"))
    place = f"CHỈ SỐ 1 – {world.block.area}"

    new = Page(admin.get(reverse("admin:plans_task_add")))
    old = Page(admin.get(change_url(world.task)))

    rest = new.texts("//select[@id='id_block']/option")
    assert f"Kế hoạch kh-2023: {place}" in rest
    assert f"Kế hoạch kh-2024: {place}" in rest
    assert place in old.texts("//select[@id='id_block']/option")


NEED_A_REASON = {
    "deadline": {"due_on": "15/12/2023"},
    "no deadline": {"due_on": ""},
    "words": {"wording": "Lời văn khác"},
    "title": {"title": "Tên khác"},
    "printed leads": {"lead_words": "Phòng khác"},
    "kind": {"kind": "ongoing"},
    "lead taken back": {"assignments__0__DELETE": "on"},
    "support becomes lead": {"assignments__1__role": "lead"},
}


@pytest.mark.parametrize("change", NEED_A_REASON.values(), ids=NEED_A_REASON)
def test_what_a_unit_owes_is_not_changed_without_a_reason(admin, world, change):
    """The message stands at the field, and what was typed is still there."""
    before = contents()

    response = edit(admin, world.task, reason=" ", product="Sản phẩm mới", **change)

    assert response.context["adminform"].form.errors == {
        "reason": ["Kế hoạch đang thực hiện: đồng chí ghi lý do thay đổi."]
    }
    sent = filled(response, "task_form")
    assert sent["product"].strip() == "Sản phẩm mới"
    assert all(
        sent[name.replace("__", "-")] in (typed, f"\r\n{typed}", f"\n{typed}")
        for name, typed in change.items()
    )
    assert contents() == before


@pytest.mark.parametrize("change", NEED_A_REASON.values(), ids=NEED_A_REASON)
def test_before_a_plan_is_in_force_nobody_is_asked_why(admin, world, change):
    Demonstration.objects.update(today=day(6, 30))

    assert edit(admin, world.task, reason="", **change).status_code == SAVED


def test_change_stands_in_the_story_of_the_task(admin, world):
    edit(
        admin,
        world.task,
        wording="Lời văn khác",
        reason="Theo Công văn số 5",
        **add_row("assignments", 2, unit=world.b.pk, role="lead"),
    )

    [entry] = [one for one in timeline(world.task, TODAY, world.head) if one.kind == "amended"]
    assert entry.who == world.admin.label
    assert entry.texts == (("Lý do", "Theo Công văn số 5"),)
    assert [(one.name, one.after) for one in entry.changes] == [
        ("Nội dung nhiệm vụ, giải pháp", "Lời văn khác"),
        ("Chủ trì", "Phòng A; Phòng B"),
    ]
    admin.force_login(world.head)
    page = admin.get(reverse("task", args=[world.task.pk])).content.decode()
    assert "Theo Công văn số 5" in page


@pytest.mark.parametrize("change", [{"product": "Báo cáo"}, {"note": "Ghi chú"}, {"number": "a)"}])
def test_what_nobody_owes_is_changed_without_a_reason(admin, world, change):
    assert edit(admin, world.task, reason="", **change).status_code == SAVED


def test_deadline_of_a_task_of_nobody_is_moved_with_a_reason_too(admin, world):
    assert edit(admin, world.standing, due_on="15/12/2023").status_code == SAVED

    assert Task.objects.get(pk=world.standing.pk).due_on == day(12, 15)
    assert not DueDateChange.objects.exists()


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("due_on", "31/11/2023", "“31/11/2023” không phải là một ngày có thật."),
        ("due_on", "30/6/2023", "Thời hạn không được trước ngày kế hoạch bắt đầu (01/07/2023)."),
        ("code", "x" * 31, "Dài 31 ký tự, tối đa 30."),
        ("wording", "x" * 20_000, "Nội dung dài 20.000 ký tự, tối đa 10.000."),
        ("wording", "§«n ®èc tiÕn ®é", "Nội dung được gõ bằng bảng mã cũ"),
        ("title", "", "Chưa ghi nội dung này."),
        ("position", "abc", "Ghi một số nguyên."),
        ("block", "999999", "Lựa chọn này không có trong danh sách."),
    ],
)
def test_what_cannot_be_kept_is_said_at_its_field(admin, world, field, typed, said):
    before = contents()

    response = edit(admin, world.task, reason="Lý do", **{field: typed})

    assert response.status_code == 200
    assert field in response.context["adminform"].form.errors
    assert any(error.startswith(said) for error in errors(response))
    assert contents() == before


def test_number_of_another_task_of_the_plan_is_refused(admin, world):
    response = edit(admin, world.task, code=world.other_task.code)

    assert errors(response) == ["Kế hoạch đã có nhiệm vụ mang số mục này."]


def test_names_are_normalised_and_escaped(admin, world):
    decomposed = "Đôn đốc"  # as macOS sends it
    edit(admin, world.task, title=f"{decomposed} <script>alert(1)</script>")

    assert Task.objects.get(pk=world.task.pk).title == "Đôn đốc <script>alert(1)</script>"
    for url in (reverse("admin:plans_task_changelist"), change_url(world.task)):
        shown = admin.get(url).content.decode()
        assert "<script>alert" not in shown
        assert "Đôn đốc &lt;script&gt;alert(1)&lt;/script&gt;" in shown


@pytest.mark.parametrize(
    ("typed", "kept"), [("98,5", "98.5"), ("98.5", "98.5"), ("70%", "70"), ("", None)]
)
def test_measures_are_edited_in_the_page(admin, world, typed, kept):
    measure = make_measure(world.task, target=50)

    assert edit(admin, world.task, measures__0__target=typed).status_code == SAVED

    target = Measure.objects.get(pk=measure.pk).target
    assert target == (None if kept is None else type(target)(kept))


def test_measure_is_added_in_the_page(admin, world):
    row = add_row(
        "measures", 0, name="Tỷ lệ số hóa", code="so-hoa", scale="percent", direction="at_least"
    )

    assert edit(admin, world.task, **row, measures__0__position="1").status_code == SAVED

    assert world.task.measures.get().name == "Tỷ lệ số hóa"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("abc", "“abc” không đọc được thành số."),
        ("120", "Tỷ lệ phải từ 0 đến 100%."),
    ],
)
def test_target_that_is_no_number_or_too_much(admin, world, typed, said):
    make_measure(world.task, target=50)

    response = edit(admin, world.task, measures__0__target=typed)

    assert any(error.startswith(said) for error in errors(response))
    assert Measure.objects.get().target == 50


@pytest.mark.parametrize(
    "change", [{"measures__0__DELETE": "on"}, {"measures__0__scale": "yes_no"}]
)
def test_measure_with_values_is_neither_removed_nor_measured_otherwise(admin, world, change):
    measure = make_measure(world.task, target=50)
    record(world.lead, world.head, values={measure.pk: Decimal(40)})
    before = contents()

    response = edit(admin, world.task, **change)

    assert any(error.startswith("Chỉ tiêu đã có giá trị") for error in errors(response))
    assert contents() == before


def test_new_task_stands_last_in_its_block_with_its_units_and_standings(admin, world):
    url = reverse("admin:plans_task_add")
    data = filled(admin.get(url, {"block": world.block.pk}), "task_form")
    assert data["due_on"] == "30/11/2023"
    rows = add_row("assignments", 0, unit=world.a.pk, role="lead")

    response = admin.post(
        url, {**data, "code": "9.9", "title": "Việc mới", "wording": "Lời văn", **rows}
    )

    assert response.status_code == SAVED
    task = Task.objects.get(code="9.9")
    assert list(world.plan.tasks.order_by("position"))[-1] == task
    assert task.plan == world.plan
    assert (now(task).state, now(task).due_on) == (State.NO_INFO, day(11, 30))
    assert parts(task) == {("a", "lead")}
    # What was said of yesterday stays true.
    assert task.standings.on(TODAY).exists()
    assert not task.standings.on(day(11, 19)).exists()


def test_new_task_without_a_place_is_refused_with_its_field_named(admin, world):
    url = reverse("admin:plans_task_add")

    response = admin.post(url, {**filled(admin.get(url), "task_form"), "block": ""})

    assert set(response.context["adminform"].form.errors) == {"block", "code", "title", "wording"}


def test_task_is_not_moved_to_another_plan(admin, world):
    other = make_plan(world.agency, "kh-2024", year=2024)

    page = admin.get(change_url(world.task))

    blocks = page.context["adminform"].form.fields["block"].queryset
    assert list(blocks) == [world.block]
    assert not other.tasks.exists()


def test_task_without_history_is_deleted_with_its_parts(admin, world):
    url = reverse("admin:plans_task_delete", args=[world.task.pk])
    shown = admin.get(url).content.decode()
    assert "Phân công" in shown
    assert "Hiện trạng" not in shown

    assert admin.post(url, {"post": "yes"}).status_code == SAVED

    assert not Task.objects.filter(pk=world.task.pk).exists()
    assert not Assignment.objects.filter(task=world.task.pk).exists()


def test_task_with_history_is_not_deleted_and_the_page_says_why(admin, world):
    record(world.lead, world.head)
    before = contents()
    url = reverse("admin:plans_task_delete", args=[world.task.pk])

    for response in (admin.get(url), admin.post(url, {"post": "yes"})):
        shown = response.content.decode()
        assert "Không xóa được nhiệm vụ" in shown
        assert "phải được giữ" in shown
        assert "Cập nhật tiến độ" in shown

    assert contents() == before


def test_many_tasks_are_deleted_all_or_none(admin, world, monkeypatch):
    """The list's action goes through the act too, and one refusal keeps them all."""
    url = reverse("admin:plans_task_changelist")
    tasks = [world.task.pk, world.other_task.pk]
    data = {"action": "delete_selected", "_selected_action": tasks, "post": "yes"}

    def refuse(*, task):
        if task == world.other_task:
            raise NotNow("Nhiệm vụ vừa có cập nhật.")
        appendix.remove_task(task=task)

    monkeypatch.setattr("plans.admin.task.remove_task", refuse)
    response = admin.post(url, data, follow=True)
    assert "Nhiệm vụ vừa có cập nhật." in response.content.decode()
    assert Task.objects.filter(pk__in=tasks).count() == 2

    monkeypatch.undo()
    admin.post(url, data)
    assert Task.objects.filter(pk__in=tasks).count() == 0
