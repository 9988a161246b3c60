"""A unit that gets another name keeps that of the time in what was before."""

from contextlib import nullcontext
from decimal import Decimal

import pytest
from django.urls import reverse

from reports.content.build import consolidated
from tests.builders import TODAY, day, make_block, make_measure, make_plan, make_task, record
from tests.pages import Page
from tests.reports.unit_rounds import open_round
from tests.steering import direct
from units import clock
from units.accounts.refusals import NotAnAdministrator, Refused
from units.models import Alias, Demonstration, Unit
from units.naming import find
from units.renaming import move_rename, rename, take_back_rename

SINCE = day(3, 1, 2025)
NOW = day(6, 1, 2026)
NEW = {"name": "Phòng Số hóa", "short_name": "SH"}


def renamed(world, on=SINCE):
    with clock.set_to(NOW):
        return rename(unit=world.a, on=on, by=world.admin, **NEW)


def names(unit, *days):
    return [Unit.objects.get(pk=unit.pk).called_on(one).name for one in days]


def test_the_name_of_any_day(world):
    renamed(world)
    unit = Unit.objects.get(pk=world.a.pk)
    with clock.set_to(NOW):
        rename(unit=unit, name="Phòng Ba", short_name="B3", on=day(1, 1, 2026), by=world.admin)

    days = (TODAY, day(2, 28, 2025), day(3, 1, 2025), day(12, 31, 2025), day(1, 1, 2026))
    assert names(world.a, *days) == [
        *("Phòng A", "Phòng A", "Phòng Số hóa", "Phòng Số hóa", "Phòng Ba")
    ]
    assert find(world.agency, "phong a") == world.a
    assert find(world.agency, "SH") == world.a


def test_what_was_only_written_wrongly_is_mended_everywhere(world):
    renamed(world, on=None)

    assert names(world.a, TODAY, day(1, 1, 2026)) == ["Phòng Số hóa"] * 2
    assert not Alias.objects.exists()


def test_days_go_forward_and_only_administrators_rename(world):
    renamed(world)
    unit = Unit.objects.get(pk=world.a.pk)
    again = {"name": "Khác", "short_name": "K"}
    with clock.set_to(NOW), pytest.raises(Refused, match="sau lần đổi tên trước"):
        rename(unit=unit, on=day(3, 1, 2025), by=world.admin, **again)
    with pytest.raises(NotAnAdministrator):
        rename(unit=unit, on=day(3, 1, 2026), by=world.office, **again)


def test_an_old_plan_keeps_the_old_name_and_a_new_one_has_the_new(world, as_user):
    make_measure(world.task)
    record(world.lead, world.head, values={world.task.measures.get().pk: Decimal(5)})
    contribution = world.support
    record(contribution, world.support_head)
    renamed(world)
    Demonstration.objects.update(today=NOW)
    rename(unit=world.s, name="Phòng Mới", short_name="M", on=SINCE, by=world.admin)
    plan = make_plan(
        world.agency, "kh-2026", year=2026, starts_on=day(1, 1, 2026), due_on=day(11, 30, 2026)
    )
    task = make_task(make_block(plan), (world.a,), (world.s,), on=day(1, 2, 2026))
    client = as_user(world.office)

    def said(one):
        return Page(client.get(reverse("task", args=[one.pk]))).texts("//dl[@class='facts']/dd")[:2]

    old, new = said(world.task), said(task)
    assert (old[0].split(" Đang")[0], old[1]) == ("Phòng A", "Phòng S")
    assert (new[0].split(" Chưa")[0], new[1]) == ("Phòng Số hóa", "Phòng Mới")

    client.post(reverse("plan-choose"), {"plan": "kh-2023"})
    for page in ("dashboard", "unit-table", "report"):
        shown = Page(client.get(reverse(page))).root.xpath("//main")[0]
        assert NEW["name"] not in shown.text_content(), page
        assert "Phòng A" in shown.text_content() or page == "dashboard"
    # To filter by it, the unit is called as it is now.
    rows = Page(client.get(reverse("task-list"))).texts("//table//tbody")
    assert NEW["short_name"] not in " ".join(rows)
    report = consolidated(world.plan, day(6, 1, 2026))
    assert "Phòng Số hóa" not in repr(report)
    assert "Phòng A" in repr(report)


def test_the_admin_asks_from_when(world, as_user):
    Demonstration.objects.update(today=day(12, 1, 2025))
    client = as_user(world.admin)
    address = reverse("admin:units_unit_change", args=[world.a.pk])

    def save(**changes):
        form = Page(client.get(address)).root.get_element_by_id("unit_form")
        return client.post(address, {**dict(form.form_values()), **changes})

    assert save(**NEW, renamed_on="01/03/2025").status_code == 302
    assert names(world.a, TODAY, day(3, 1, 2025)) == ["Phòng A", "Phòng Số hóa"]
    assert "Phòng A (A), đến hết ngày 28/02/2025" in Page(client.get(address)).text
    assert "Tên chưa đổi" in Page(save(renamed_on="01/03/2026")).text
    assert "sau lần đổi tên trước" in Page(save(name="X", renamed_on="01/03/2024")).text
    assert save(name="Phòng Số hoá").status_code == 302
    assert names(world.a, TODAY, day(3, 1, 2025)) == ["Phòng A", "Phòng Số hoá"]


# --- A rename that was written wrongly ------------------------------------------------------------

WHY = "Ghi nhầm ngày của quyết định"


def test_the_day_of_the_last_rename_is_set_right_with_a_reason(world):
    renamed(world)

    with clock.set_to(NOW):
        move_rename(unit=world.a, on=day(11, 1), by=world.admin, reason=WHY)

    assert names(world.a, day(10, 31), day(11, 1)) == ["Phòng A", "Phòng Số hóa"]
    told = Unit.history.filter(id=world.a.pk).first().history_change_reason
    assert told == f"Sửa ngày đổi tên từ 01/03/2025 thành 01/11/2023: {WHY}"


def test_the_last_rename_is_taken_back_with_a_reason(world):
    renamed(world)

    with clock.set_to(NOW):
        take_back_rename(unit=world.a, by=world.admin, reason=WHY)

    unit = Unit.objects.get(pk=world.a.pk)
    assert (unit.name, unit.short_name, unit.earlier_names) == ("Phòng A", "A", [])
    assert not Alias.objects.exists()
    told = Unit.history.filter(id=world.a.pk).first().history_change_reason
    assert told == f"Bỏ lần đổi tên thành Phòng Số hóa (SH): {WHY}"


CORRECTIONS = {
    "move": lambda **said: move_rename(on=day(11, 1), **said),
    "take_back": take_back_rename,
}


@pytest.mark.parametrize("act", CORRECTIONS)
@pytest.mark.parametrize("was_renamed", [True, False])
@pytest.mark.parametrize("who", ["staff", "head", "office", "leadership", "admin"])
def test_who_sets_a_rename_right_and_when(world, act, was_renamed, who):
    """Administrators, of a unit that was renamed; nobody else, and of no other."""
    if was_renamed:
        renamed(world)
    by = world.admin if who == "admin" else world.people[who]
    before = Unit.objects.get(pk=world.a.pk).earlier_names
    allowed = was_renamed and who == "admin"

    with clock.set_to(NOW), nullcontext() if allowed else pytest.raises(Refused):
        CORRECTIONS[act](unit=world.a, by=by, reason=WHY)

    assert (Unit.objects.get(pk=world.a.pk).earlier_names != before) == allowed


def test_what_a_correction_needs(world):
    renamed(world, on=day(11, 1))
    with clock.set_to(NOW):
        unit = Unit.objects.get(pk=world.a.pk)
        rename(unit=unit, name="Phòng Ba", short_name="B3", on=day(11, 10), by=world.admin)
        said = {"unit": unit, "by": world.admin}
        with pytest.raises(Refused, match="ghi lý do"):
            move_rename(on=day(11, 5), reason=" ", **said)
        with pytest.raises(Refused, match="sau lần đổi tên trước"):
            move_rename(on=day(11, 1), reason=WHY, **said)
        with pytest.raises(Refused, match="chưa đến"):
            move_rename(on=day(1, 1, 2027), reason=WHY, **said)
    assert names(world.a, day(11, 9), day(11, 10)) == ["Phòng Số hóa", "Phòng Ba"]


def test_a_name_is_that_of_one_working_unit(world):
    for name, short in (("PHONG B", "X"), ("Khác", "b")):
        with pytest.raises(Refused, match="“Phòng B” \\(B\\) đang hoạt động đã mang tên này"):
            rename(unit=world.a, name=name, short_name=short, on=None, by=world.admin)
    Unit.objects.filter(pk=world.b.pk).update(is_active=False)
    rename(unit=world.a, name="Phòng B", short_name="B", on=None, by=world.admin)


def test_a_day_still_to_come_is_refused(world):
    with clock.set_to(TODAY), pytest.raises(Refused, match="chưa đến"):
        rename(unit=world.a, on=day(1, 1, 2024), by=world.admin, **NEW)
    assert names(world.a, TODAY) == ["Phòng A"]


def test_the_admin_asks_about_a_day_long_ago_and_sets_it_right(world, as_user):
    client = as_user(world.admin)
    address = reverse("admin:units_unit_change", args=[world.a.pk])

    def save(**changes):
        form = Page(client.get(address)).root.get_element_by_id("unit_form")
        return client.post(address, {**dict(form.form_values()), **changes})

    asked = Page(save(**NEW, renamed_on="01/01/1900"))
    assert "Ngày 01/01/1900 cách hôm nay hơn một năm" in asked.text
    assert names(world.a, TODAY) == ["Phòng A"]
    assert "chưa đến" in Page(save(**NEW, renamed_on="01/01/2024")).text
    assert "đang hoạt động đã mang tên này" in Page(save(name="Phòng B")).text

    assert save(**NEW, renamed_on="01/01/1900", day_is_right="on").status_code == 302
    assert names(world.a, day(8, 15)) == ["Phòng Số hóa"]
    assert "Đồng chí ghi lý do" in Page(save(last_rename="move", right_day="01/11/2023")).text
    said = {"last_rename": "move", "rename_reason": WHY}
    assert "Đồng chí ghi ngày đúng" in Page(save(**said)).text
    assert save(**said, right_day="01/11/2023").status_code == 302
    assert names(world.a, day(10, 31), day(11, 1)) == ["Phòng A", "Phòng Số hóa"]
    history = reverse("admin:units_unit_history", args=[world.a.pk])
    assert WHY in Page(client.get(history)).text
    assert save(**said | {"last_rename": "take_back"}).status_code == 302
    assert names(world.a, TODAY) == ["Phòng A"]


def test_each_page_has_the_names_of_the_day_it_speaks_of(world, as_user):
    """Renamed on 18/11: what was before has the old name, what is today the new."""
    record(world.lead, world.head, on=day(11, 10))
    directive = direct(world, on=day(11, 16))
    early = open_round(world, world.a, as_of=day(11, 15), units_due_on=day(11, 30))
    late = open_round(world, world.a, as_of=TODAY, units_due_on=day(11, 30), name="Sau")
    with clock.set_to(TODAY):
        rename(unit=world.a, on=day(11, 18), by=world.admin, **NEW)
    record(world.lead, world.head, on=day(11, 19))
    client = as_user(world.office)

    def heads(asked):
        address = reverse("task", args=[world.task.pk])
        page = Page(client.get(address, {"ngay": asked}))
        return page, [one.split(" – ")[-1] for one in page.texts("//li//p[@class='head']")]

    page, said = heads("20/11/2023")
    assert said == ["Phòng Số hóa", "Phòng A", "Phòng A"]
    assert "(SH)" in page.text
    assert "(A)" not in page.text
    page, said = heads("17/11/2023")
    assert "(A)" in page.text
    assert NEW["name"] not in page.text

    shown = reverse("directive", args=[directive.pk])
    assert "Ý kiến chỉ đạo – Phòng Số hóa" in Page(client.get(shown)).text
    assert "Ý kiến chỉ đạo – Phòng A" in Page(client.get(shown, {"ngay": "17/11/2023"})).text
    for round, name in ((early, "Phòng A"), (late, NEW["name"])):
        report = round.reports.get()
        board = Page(client.get(reverse("round-board", args=[round.pk])))
        assert board.texts("//tbody/tr/th") == [name]
        page = Page(client.get(reverse("unit-report", args=[report.pk])))
        assert f"Báo cáo của {name}" in page.text
    listed = Page(client.get(reverse("rounds"))).texts("//ul[@class='states']/li")
    assert [one.split(":")[0].strip() for one in listed] == ["SH", "A"]


def test_the_history_gives_both_names_back(world, as_user):
    client = as_user(world.admin)
    with clock.set_to(TODAY):
        rename(unit=world.a, on=None, by=world.admin, **NEW)
    address = reverse("admin:units_unit_change", args=[world.a.pk])
    history = Page(client.get(reverse("admin:units_unit_history", args=[world.a.pk])))
    back = next(one for one in history.root.xpath("//main//a/@href") if "truong=name" in one)

    page = Page(client.get(back))

    assert "Ô “Tên đơn vị”, “Tên viết tắt” đang điền giá trị cũ" in page.text
    form = dict(page.root.get_element_by_id("unit_form").form_values())
    assert (form["name"], form["short_name"]) == ("Phòng A", "A")
    assert client.post(address, form).status_code == 302
    unit = Unit.objects.get(pk=world.a.pk)
    assert (unit.name, unit.short_name) == ("Phòng A", "A")


def test_the_name_before_a_rename_comes_back_by_taking_it_back(world, as_user):
    renamed(world, on=day(11, 1))
    client = as_user(world.admin)
    address = reverse("admin:units_unit_change", args=[world.a.pk])
    form = dict(Page(client.get(address)).root.get_element_by_id("unit_form").form_values())

    said = {**form, "name": "Phòng A", "short_name": "A"}
    assert "chọn “lấy lại tên trước đó”" in Page(client.post(address, said)).text
    assert client.post(address, said | {"renamed_on": "10/11/2023"}).status_code == 302
    assert names(world.a, day(11, 9), day(11, 10)) == ["Phòng Số hóa", "Phòng A"]


def test_what_is_called_so_today_is_meant(world):
    """A name that another unit had before no longer stands for that one."""
    renamed(world, on=day(11, 1))
    assert find(world.agency, "Phòng A") == world.a

    rename(unit=world.b, name="Phòng A", short_name="PA", on=None, by=world.admin)

    assert find(world.agency, "Phòng A") == world.b


def test_a_unit_that_works_again_is_called_like_no_other(world, as_user):
    client = as_user(world.admin)
    Unit.objects.filter(pk=world.a.pk).update(is_active=False, name="Phòng B")
    address = reverse("admin:units_unit_change", args=[world.a.pk])
    form = dict(Page(client.get(address)).root.get_element_by_id("unit_form").form_values())

    refused = client.post(address, form | {"is_active": "on"})

    assert "“Phòng B” (B) đang hoạt động đã mang tên này" in Page(refused).text
    assert not Unit.objects.get(pk=world.a.pk).is_active
