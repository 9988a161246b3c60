"""A unit that gets another name keeps that of the time in what was before."""

from decimal import Decimal

import pytest
from django.urls import reverse

from reports.content.build import consolidated
from tests.builders import TODAY, day, make_block, make_measure, make_plan, make_task, record
from tests.pages import Page
from units.accounts.refusals import NotAnAdministrator, Refused
from units.models import Alias, Demonstration, Unit
from units.naming import find
from units.renaming import rename

SINCE = day(3, 1, 2025)
NEW = {"name": "Phòng Số hóa", "short_name": "SH"}


def renamed(world, on=SINCE):
    return rename(unit=world.a, on=on, by=world.admin, **NEW)


def names(unit, *days):
    return [Unit.objects.get(pk=unit.pk).called_on(one).name for one in days]


def test_the_name_of_any_day(world):
    renamed(world)
    unit = Unit.objects.get(pk=world.a.pk)
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
    with pytest.raises(Refused, match="sau lần đổi tên trước"):
        rename(unit=unit, on=day(3, 1, 2025), by=world.admin, **again)
    with pytest.raises(NotAnAdministrator):
        rename(unit=unit, on=day(3, 1, 2026), by=world.office, **again)


def test_an_old_plan_keeps_the_old_name_and_a_new_one_has_the_new(world, as_user):
    make_measure(world.task)
    record(world.lead, world.head, values={world.task.measures.get().pk: Decimal(5)})
    contribution = world.support
    record(contribution, world.support_head)
    renamed(world)
    rename(unit=world.s, name="Phòng Mới", short_name="M", on=day(3, 1, 2025), by=world.admin)
    Demonstration.objects.update(today=day(6, 1, 2026))
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
