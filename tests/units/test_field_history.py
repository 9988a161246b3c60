"""Every field keeps who set it, when, from what to what; and goes back to what it was."""

import datetime as dt

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plans.acts.appendix import add_tasks, assign, unassign
from plans.models import Assignment, Criterion, HistoryIsKept, LegalDocument, Plan, Task, TaskChange
from tests.builders import TODAY, make_group, make_measure, make_unit, make_user, record
from tests.pages import Page
from tests.plans.admin_forms import SAVED, edit, edit_page, filled
from units import clock
from units.models import Role, Unit, UnitGroup, User
from units.versions import SYSTEM, is_tracked, versions_of

TRACKED = {
    "Plan", "Indicator", "Area", "Block", "Criterion", "Task", "Assignment", "Measure",
    "Unit", "UnitGroup", "User",
}  # fmt: skip
# Not kept: computed, secret, counted by the system, or order numbers that a neighbour's move
# changes too (the move itself is kept, with who did it).
NOT_KEPT = {
    "User": {"password", "last_login", "sort_key", "is_staff", "is_superuser", "groups",
             "user_permissions"},
    "Unit": {"earlier_names"},
    "Task": {"position", "search", "register_key", "successors"},
    "Assignment": {"position", "sequence"},
    **{name: {"position"} for name in ("Indicator", "Area", "Block", "Criterion", "Measure")},
}  # fmt: skip


@pytest.fixture
def admin(client, world):
    client.force_login(world.admin)
    return client


def changes(model, row):
    """(who, kind, field, before, after), newest first."""
    return [
        (version.who, version.kind, one.name, one.before, one.after)
        for version in versions_of(model, id=row.pk)
        for one in version.changes
        if version.kind != "+"
    ]


def url(one, page):
    label = f"{one._meta.app_label}_{one._meta.model_name}"
    return reverse(f"admin:{label}_{page}", args=[one.pk])


def test_every_field_of_what_administrators_keep():
    """A field that is added to one of the models and not to its history is found here."""
    tracked = {model for model in apps.get_models() if is_tracked(model)}

    assert {model.__name__ for model in tracked} == TRACKED
    for model in tracked:
        kept = {field.name for field in model.history.model.tracked_fields}
        kept |= {field.name for field in model.history.model._history_m2m_fields}
        fields = {field.name for field in (*model._meta.concrete_fields, *model._meta.many_to_many)}
        assert fields - kept == NOT_KEPT.get(model.__name__, set()), model


def test_who_when_from_what_to_what(admin, world):
    unit = world.b

    edit_page(admin, url(unit, "change"), "unit_form", name="Phòng Bưu chính", is_active="")

    assert changes(Unit, unit) == [
        (world.admin.label, "~", "Tên đơn vị", "Phòng B", "Phòng Bưu chính"),
        (world.admin.label, "~", "Đang hoạt động", "Có", "Không"),
    ]
    page = Page(admin.get(url(unit, "history")))
    row = page.texts("//table[contains(@class,'version-changes')]//tr[contains(., 'Bưu chính')]")[0]
    assert row.startswith("Tên đơn vị Phòng B Phòng Bưu chính")
    head = page.texts("//p[@class='version-head']")[0]
    assert f"{TODAY:%d/%m/%Y}" in head
    assert world.admin.label in head


def test_saving_what_is_there_leaves_no_trace(admin, world):
    before = Unit.history.count(), Task.history.count(), Plan.history.count()

    for one, form in ((world.b, "unit_form"), (world.plan, "plan_form")):
        assert edit_page(admin, url(one, "change"), form).status_code == SAVED
    assert edit(admin, world.task).status_code == SAVED
    record(world.lead, world.head)
    admin.get(reverse("admin:index"))

    assert (Unit.history.count(), Task.history.count(), Plan.history.count()) == before
    assert not world.lead.history.filter(history_type="~").exists()


def test_logging_in_is_no_change_of_an_account(client, world):
    client.force_login(world.head)

    assert changes(User, world.head) == []


@pytest.mark.parametrize("change", [{"role": "support"}, {"unit": None}])
def test_units_of_a_task_stand_in_its_history(admin, world, change):
    with clock.set_to(TODAY):
        if change["unit" if "unit" in change else "role"] is None:
            unassign(assignment=world.support)
        else:
            assign(task=world.task, unit=world.s, role="lead")

    text = Page(admin.get(url(world.task, "history"))).text

    assert "Xóa phân công" in text if "unit" in change else "Phối hợp Chủ trì" in text
    given_again = Page(admin.get(url(world.task, "history"))).all("//a[contains(@href, 'don-vi')]")
    form = Page(admin.get(given_again[0].get("href"))).all("//form[@id='appendix-form']")[0]
    kept = dict(form.form_values())
    assert (kept["chon"], kept["units"], kept["role"]) == (
        str(world.task.pk),
        str(world.s.pk),
        "support",
    )


def test_members_of_a_group(admin, world):
    group = make_group(world.agency, "nhom", world.a)

    group.members.set([world.b])
    group.members.add(world.a)
    world.s.groups.add(group)

    shown = [change[2:] for change in changes(UnitGroup, group)]
    assert shown[0] == ("Các đơn vị trong nhóm", "Phòng A; Phòng B", "Phòng A; Phòng B; Phòng S")
    assert shown[-1] == ("Các đơn vị trong nhóm", "(trống)", "Phòng A")


def test_what_is_kept_is_neither_changed_nor_deleted(world):
    version = world.a.history.first()

    for act in (
        version.save,
        version.delete,
        type(version).objects.all().delete,
        lambda: type(version).objects.update(name="x"),
    ):
        with pytest.raises(HistoryIsKept):
            act()


def test_deleting_is_kept_with_all_that_was(admin, world):
    unit = make_unit(world.agency, "tam")
    history = url(unit, "history")

    admin.post(url(unit, "delete"), {"post": "yes"})

    page = Page(admin.get(history))
    assert "Xóa" in page.texts("//p[@class='version-head']")[0]
    assert "Phòng TAM" in page.text


def test_without_a_person_it_was_the_system(world):
    world.a.short_name = "AA"
    world.a.save()

    assert changes(Unit, world.a)[0][0] == SYSTEM


def test_names_stay_those_of_the_day(admin, world):
    edit_page(admin, url(world.b, "change"), "unit_form", name="Phòng Bưu chính")
    label = world.admin.label
    world.admin.full_name = "Tên khác"
    world.admin.save()

    assert changes(Unit, world.b)[0][0] == label


# --- Going back -----------------------------------------------------------------------------------


def ways_back(admin, one):
    page = Page(admin.get(url(one, "history")))
    return [link.get("href") for link in page.all("//td[@class='return']/a")]


def go_back(admin, one, form_id, **more):
    """Follow the newest way back and save what stands in the form then."""
    address = ways_back(admin, one)[0]
    shown = admin.get(address)
    assert "đang điền giá trị cũ; chưa có gì được ghi" in shown.content.decode()
    return admin.post(address, {**filled(shown, form_id), **more})


def test_back_to_what_a_unit_was_called(admin, world):
    edit_page(admin, url(world.b, "change"), "unit_form", name="Phòng Bưu chính")

    assert go_back(admin, world.b, "unit_form").status_code == SAVED

    assert Unit.objects.get(pk=world.b.pk).name == "Phòng B"
    assert changes(Unit, world.b)[0][2:] == ("Tên đơn vị", "Phòng Bưu chính", "Phòng B")


def test_back_to_the_members_of_a_group(admin, world):
    group = make_group(world.agency, "nhom", world.a, world.b)
    group.members.set([world.b])

    shown = Page(admin.get(ways_back(admin, group)[0]))
    ticked = shown.all("//input[@name='members' and @checked]/@value")
    assert set(ticked) == {str(world.a.pk), str(world.b.pk)}
    assert go_back(admin, group, "unitgroup_form", members=ticked).status_code == SAVED

    assert set(group.members.all()) == {world.a, world.b}


def test_a_task_goes_back_by_the_act_with_a_reason(admin, world):
    was = world.task.wording
    edit(admin, world.task, wording="Lời văn khác")

    refused = go_back(admin, world.task, "task_form")
    assert refused.context["adminform"].form.errors.keys() == {"reason"}
    assert go_back(admin, world.task, "task_form", reason="Ghi nhầm").status_code == SAVED

    assert Task.objects.get(pk=world.task.pk).wording == was
    assert TaskChange.objects.filter(task=world.task, reason="Ghi nhầm").exists()


def test_back_to_another_unit_and_role_of_a_person(admin, world):
    edit_page(admin, url(world.head, "change"), "user_form", unit=world.b.pk)

    assert go_back(admin, world.head, "user_form").status_code == SAVED

    assert User.objects.get(pk=world.head.pk).unit == world.a


@pytest.mark.parametrize(
    "query", ["ban-ghi=x", "ban-ghi=999999", "ban-ghi={other}", "ban-ghi={own}&truong=x"]
)
def test_addresses_that_lead_to_nothing_change_nothing(admin, world, query):
    other, own = world.a.history.first().history_id, world.b.history.first().history_id
    query = query.format(other=other, own=own)

    shown = admin.get(f"{url(world.b, 'change')}?{query}&truong=name")

    assert shown.status_code == 200
    assert filled(shown, "unit_form")["name"] == world.b.name


def test_a_version_that_another_row_had_is_not_shown(admin, world):
    shown = admin.get(
        f"{url(world.b, 'change')}?ban-ghi={world.a.history.first().history_id}&truong=name"
    )

    assert world.a.name not in filled(shown, "unit_form").values()


# --- Who sees it, and how long it takes -----------------------------------------------------------


@pytest.mark.parametrize("who", ["staff", "head", "office", "leadership"])
def test_nobody_else_reads_it(client, world, who):
    client.force_login(world.people[who])

    assert client.get(url(world.task, "history"), follow=True).status_code == 403


def test_queries_do_not_grow_with_the_history(admin, world):
    criterion = Criterion.objects.create(block=world.block, position=1, title="Tiêu chí")
    document = LegalDocument.objects.create(code="vb", type="KH", number="1")
    measure = make_measure(world.task, target=70)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert admin.get(url(world.task, "history")).status_code == 200
        return len(captured)

    def change(times):
        for number in range(times):
            unit = make_unit(world.agency, f"u{Unit.objects.count()}")
            part = assign(task=world.task, unit=unit, role="support")
            unassign(assignment=part)
            world.task.title, world.task.due_on = f"Tên {number}", TODAY + dt.timedelta(number)
            world.task.save()
            world.task.references.set([document] if number % 2 else [])
            measure.criterion = None if number % 2 else criterion
            measure.save()

    change(2)
    queries()
    few = queries()
    change(30)

    assert queries() == few


def test_accounts_show_no_password(admin):
    user = make_user(
        Role.STAFF, make_unit(User.objects.get(role=Role.HEAD, unit__code="a").unit.agency, "z")
    )
    user.set_password("Mot-mat-khau-khac-1")
    user.save()

    shown = admin.get(url(user, "history")).content.decode()

    assert user.password not in shown
    assert "Mật khẩu" not in shown


def test_rows_made_in_bulk_begin_their_history_too(world):
    """A workbook makes its tasks in a few queries; what they were is known all the same."""
    task = Task(plan=world.plan, block=world.block, position=900, code="9.9", title="Cũ")
    parts = [("lead", world.a, None, 1)]
    with clock.set_to(TODAY):
        add_tasks(tasks=[(task, parts)], assigned_on=TODAY)
        task.title = "Mới"
        task.save()

    assert [one[2:] for one in changes(Task, task)] == [("Tên gọi ngắn", "Cũ", "Mới")]
    assert [one.kind for one in versions_of(Assignment, task_id=task.pk)] == ["+"]
