"""“Việc của tôi”: what waits, in the order in which it hurts; "no change" in one click."""

import datetime as dt

import pytest
from django.urls import reverse

from plans.acts.prepared import prepare
from plans.models import Prepared, ProgressUpdate
from plans.my_work import SOURCES, Item, Source, add_source
from plans.states import State
from tests.builders import TODAY, day, decide, fresh, make_task, record, said
from tests.pages import Page, path_of
from tests.steering import direct, find, go, urge
from units import clock

MY_WORK, UNCHANGED = reverse("my-work"), reverse("unchanged")


def make(world, title, **fields):
    return make_task(world.block, (world.a,), title=title, **fields).assignments.get()


@pytest.fixture
def troubled(world):
    """A part of each kind of trouble; the one of the world was never told of."""
    far = day(12, 30)
    returned = make(world, "Bị trả lại", due_on=far)
    record(returned, world.staff, State.DONE)
    decide("send_back", returned, world.office, "Thiếu biên bản.")
    record(make(world, "Quá hạn", due_on=day(11, 1)), world.staff, on=day(11, 10))
    record(make(world, "Sắp đến hạn", due_on=day(11, 25)), world.staff, on=day(11, 10))
    record(make(world, "Lâu chưa cập nhật", due_on=far), world.staff, on=day(10, 1))
    record(make(world, "Yên ổn", due_on=far), world.staff, on=day(11, 10))
    record(make(world, "Đã xong", due_on=far), world.staff, State.DONE)
    return world


def listed(page):
    """Section → titles, as they stand on the page."""
    return {
        section.xpath("string(h2/text())").strip(): [
            " ".join(row.xpath("string(th)").split()[1:]) for row in section.xpath(".//tbody/tr")
        ]
        for section in page.of_class("waiting")
    }


def ticks(page):
    return page.all("//input[@name='phan']/@value")


def test_what_hurts_first_stands_first_and_once(troubled, as_user):
    page = Page(as_user(troubled.head).get(MY_WORK))

    assert listed(page) == {
        "Bị trả lại": ["Bị trả lại"],
        "Quá hạn": ["Quá hạn"],
        "Đến hạn trong 7 ngày": ["Sắp đến hạn"],
        "Quá 30 ngày chưa cập nhật": [troubled.task.title, "Lâu chưa cập nhật"],
        "Việc khác đang làm": ["Yên ổn"],
    }
    assert "Lý do trả lại: Thiếu biên bản." in page.text
    assert len(ticks(page)) == 4  # neither what was returned nor what has no words yet


def test_a_supporting_unit_sees_what_it_has_not_contributed_to(world, as_user):
    client = as_user(world.support_head)
    assert listed(Page(client.get(MY_WORK))) == {"Phối hợp": [world.task.title]}

    record(world.support, world.support_head)
    page = Page(client.get(MY_WORK))
    assert listed(page) == {}
    assert page.of_class("empty")


def test_thirty_days_are_not_too_long_and_thirty_one_are(world, as_user):
    for days, title in ((30, "vừa đủ"), (31, "quá lâu")):
        on = TODAY - dt.timedelta(days=days)
        record(make(world, title, due_on=day(12, 30)), world.staff, on=on)

    found = listed(Page(as_user(world.staff).get(MY_WORK)))

    assert found["Việc khác đang làm"] == ["vừa đủ"]
    assert "quá lâu" in found["Quá 30 ngày chưa cập nhật"]


def test_another_module_adds_a_section(world, as_user):
    source = Source(
        5, "Ý kiến chỉ đạo", lambda desk: [Item("directive-1", world.task, "/x/", "Trả lời")]
    )
    add_source(source)
    try:
        found = listed(Page(as_user(world.head).get(MY_WORK)))
    finally:
        SOURCES.remove(source)

    assert next(iter(found.items())) == ("Ý kiến chỉ đạo", [world.task.title])


def test_what_the_department_asked_of_the_unit_stands_before_what_is_overdue(troubled, as_user):
    world = troubled
    directive = direct(world, on=day(11, 10), words="Làm xong trước cuộc họp.", due_on=day(11, 15))
    asked = [directive, urge(world), find(world)]
    answered = urge(world, words="Đã trả lời rồi.")
    go(answered, "answer", world.head)

    page = Page(as_user(world.head).get(MY_WORK))

    assert list(listed(page))[:5] == [
        "Bị trả lại",
        "Ý kiến chỉ đạo cần tiếp nhận, trả lời",
        "Đôn đốc cần trả lời",
        "Biện pháp khắc phục phải báo cáo",
        "Quá hạn",
    ]
    [row] = page.texts("//section[h2[contains(., 'Ý kiến chỉ đạo')]]//tbody/tr")
    for words in (
        "Làm xong trước cuộc họp.",
        "Chờ tiếp nhận",
        "quá hạn 5 ngày",
        "hạn 15/11/2023",
        world.leadership.label,
        f"Nhiệm vụ {world.task.code}.",
    ):
        assert words in row
    links = page.all("//td[contains(@class,'acts')]/a/@href")
    assert links[1:4] == [one.get_absolute_url() for one in asked]
    assert "Đã trả lời rồi." not in page.text
    # Another unit was not asked.
    assert "Ý kiến chỉ đạo" not in str(listed(Page(as_user(world.other_head).get(MY_WORK))))


def test_after_saving_the_next_one_is_opened(troubled, as_user):
    client = as_user(troubled.head)
    page = Page(client.get(MY_WORK))
    first, second = page.all("//td[contains(@class,'acts')]/a/@href")[:2]
    form = Page(client.get(first))
    url = first.split("?")[0]

    response = client.post(url, form.sends(url) | {"result": "Đã bổ sung"})

    assert response["Location"] == second
    following = Page(client.get(second))
    assert any(m.startswith("Đã ghi cập nhật") for m in following.messages)
    assert "Việc của tôi (4)" in following.text


def test_what_was_recorded_today_does_not_come_back(world, as_user):
    """An overdue task stays overdue after an update; and a directive is no form to go on with."""
    direct(world)
    parts = [make(world, title, due_on=day(11, 1)) for title in ("Một", "Hai")]
    for part in (world.lead, *parts):
        record(part, world.staff, on=day(11, 10))
    client = as_user(world.head)

    led_to = []
    for part in parts:
        url = reverse("progress-record", args=[part.task_id, part.pk])
        form = Page(client.get(url, {"ve": MY_WORK})).sends(url)
        led_to.append(path_of(client.post(url, form | {"result": "Đã làm thêm"})))

    second = reverse("progress-record", args=[parts[1].task_id, parts[1].pk])
    assert led_to == [second, MY_WORK]


def test_after_the_last_one_back_to_the_list(world, as_user):
    client = as_user(world.head)
    [link] = Page(client.get(MY_WORK)).all("//td[contains(@class,'acts')]/a/@href")
    url = link.split("?")[0]
    world.task.due_on = day(12, 30)
    form = Page(client.get(link)).sends(url) | {"state": "done", "completed_on": "15/11/2023"}

    response = client.post(url, form | {"result": "Xong", "explanation": "Không có văn bản"})

    assert path_of(response) == MY_WORK


# --- No change ----------------------------------------------------------------------------------


def test_five_tasks_in_two_clicks(world, as_user):
    """“Chọn tất cả”, then the button; without a script, too."""
    for number in range(5):
        record(make(world, f"Việc {number}"), world.staff, on=day(11, 1))
    client = as_user(world.head)
    [all_of_them] = [link for link in Page(client.get(MY_WORK)).all("//a/@href") if "chon=" in link]

    page = Page(client.get(MY_WORK + all_of_them))
    chosen = page.all("//input[@name='phan' and @checked]/@value")
    key = page.sends(UNCHANGED)["request_key"]
    response = client.post(UNCHANGED, {"phan": chosen, "request_key": key})

    assert (len(chosen), path_of(response)) == (5, MY_WORK)
    assert ProgressUpdate.objects.filter(unchanged=True, by=world.head).count() == 5


def test_a_double_click_is_one_record_each(world, as_user):
    record(world.lead, world.staff)
    client = as_user(world.head)
    page = Page(client.get(MY_WORK))
    sent = {"mot": ticks(page)[0], "request_key": page.sends(UNCHANGED)["request_key"]}

    for _ in range(2):
        client.post(UNCHANGED, sent)

    assert world.lead.updates.count() == 2
    task_page = Page(client.get(reverse("task", args=[world.task.pk])))
    assert "Không có thay đổi" in task_page.texts("//ol[@class='timeline']/li")[0]


def test_several_are_ticked_in_the_task_list(world, as_user):
    """Only those of one's own that have words which still hold; then back to the same list."""
    other, claimed = make(world, "Việc khác"), make(world, "Báo xong")
    make(world, "Chưa có thông tin")
    for part in (world.lead, other):
        record(part, world.staff, on=day(11, 1))
    record(claimed, world.staff, State.DONE)
    record(world.other_task.assignments.get(), world.other_head)
    client, address = as_user(world.staff), f"{reverse('task-list')}?chi-so=1&sap-xep=thoi-han"
    page = Page(client.get(address))

    assert sorted(ticks(page)) == sorted(f"{part.pk}:1" for part in (world.lead, other))
    assert set(page.all("//input[@name='phan']/@form")) == {"unchanged"}
    sent = page.sends(UNCHANGED)
    response = client.post(UNCHANGED, sent | {"phan": ticks(page)})

    assert response["Location"] == address
    assert ProgressUpdate.objects.filter(unchanged=True, by=world.staff).count() == 2
    nothing = client.post(UNCHANGED, sent)
    assert nothing["Location"] == address
    assert any("chưa chọn nhiệm vụ nào" in one for one in Page(client.get(address)).messages)


def test_nobody_ticks_what_is_not_theirs_or_on_a_day_that_has_passed(world, as_user):
    record(world.lead, world.staff, on=day(11, 1))
    for who, query in (("leadership", ""), ("support_head", ""), ("staff", "?ngay=10/11/2023")):
        page = Page(as_user(world.people[who]).get(reverse("task-list") + query))
        assert world.task.title in page.text
        assert ticks(page) == []


def test_staff_prepare_no_change_and_the_head_sends_it_in_one_click(world, as_user):
    world.a.head_sends = True
    world.a.save(update_fields=["head_sends"])
    record(world.lead, world.head, on=day(11, 1))
    staff = as_user(world.staff)
    page = Page(staff.get(MY_WORK))

    sent = page.sends(UNCHANGED) | {"mot": ticks(page)[0]}
    for _ in range(2):  # a double click
        response = staff.post(UNCHANGED, sent)
    [told, *_] = Page(staff.get(MY_WORK)).messages
    assert told.startswith("Đã chuyển lãnh đạo đơn vị: “không có thay đổi”")
    assert (path_of(response), world.lead.updates.count()) == (MY_WORK, 1)

    # Before seven in the morning in Vietnam the day in UTC is the one before.
    Prepared.objects.update(prepared_at=dt.datetime(2023, 11, 19, 22, 30, tzinfo=dt.UTC))
    head = as_user(world.head)
    page = Page(head.get(MY_WORK))
    assert "Người staff, Phòng A chuẩn bị ngày 20/11/2023: không có thay đổi." in page.text
    head.post(UNCHANGED, page.sends(UNCHANGED) | {"mot": ticks(page)[0]})

    last = world.lead.updates.latest("sequence")
    assert (last.unchanged, last.by, last.prepared_by) == (True, world.head, world.staff)
    assert not Prepared.objects.exists()


def test_one_that_moved_on_is_told_and_the_others_are_recorded(world, as_user):
    other = make(world, "Việc khác")
    for part in (world.lead, other):
        record(part, world.staff)
    client = as_user(world.head)
    page = Page(client.get(MY_WORK))
    record(other, world.staff, result="Mới")

    client.post(
        UNCHANGED, {"phan": ticks(page), "request_key": page.sends(UNCHANGED)["request_key"]}
    )

    after = Page(client.get(MY_WORK))
    assert f"Đã ghi “không có thay đổi” cho nhiệm vụ {world.task.code}." in after.messages
    assert any(other.task.code in m and "chưa ghi được" in m for m in after.messages)
    assert list(ProgressUpdate.objects.filter(unchanged=True)) == [world.lead.updates.last()]


@pytest.mark.parametrize("values", [[], [""], ["x:1"], ["1"]])
def test_nothing_that_can_be_read(world, as_user, values):
    key = "00000000-0000-0000-0000-000000000001"
    response = as_user(world.head).post(UNCHANGED, {"phan": values, "request_key": key})

    assert response.status_code == (404 if values else 422)


@pytest.mark.parametrize(("who", "status"), [("other_head", 404), ("support_head", 403)])
def test_not_yours(world, as_user, who, status):
    record(world.lead, world.staff)
    key = "00000000-0000-0000-0000-000000000001"

    response = as_user(world.people[who]).post(
        UNCHANGED, {"mot": f"{world.lead.pk}:1", "request_key": key}
    )

    assert response.status_code == status
    assert ProgressUpdate.objects.count() == 1


# --- Staff prepare ------------------------------------------------------------------------------


def test_what_was_prepared_waits_for_the_head(world, as_user):
    world.a.head_sends = True
    world.a.save(update_fields=["head_sends"])
    with clock.set_to(TODAY):
        prepare(assignment_id=world.lead.pk, by=world.staff, report=said(), **fresh(world.lead))

    head = listed(Page(as_user(world.head).get(MY_WORK)))
    staff = listed(Page(as_user(world.staff).get(MY_WORK)))

    assert head == {"Chuyên viên đã chuẩn bị, chờ đồng chí gửi": [world.task.title]}
    assert staff == {"Chờ lãnh đạo đơn vị gửi": [world.task.title]}


def test_asks_as_many_queries_for_one_task_as_for_thirty(
    world, as_user, django_assert_max_num_queries
):
    client = as_user(world.head)
    found = []
    for more in (1, 2, 27):
        for number in range(more):
            part = make(world, f"{more}-{number}", due_on=day(12, 30))
            record(part, world.staff, State.DONE)
            decide("send_back", part, world.office)
            for ask_for in (direct, urge, find):
                ask_for(world)
        client.get(MY_WORK)
        with django_assert_max_num_queries(40) as asked:
            client.get(MY_WORK)
        found.append(len(asked))
    assert found == [found[0]] * 3
