"""The pages under "Điều hành": lists, one matter, forms; and the story on the task's page."""

import uuid
from decimal import Decimal

import pytest
from django.urls import reverse

from plans.models import Difficulty, Directive, Finding, Remedy, Sanction, Step, Urging
from plans.moves import MatterKind
from plans.states import State
from tests.builders import day, decide, make_measure, make_task, make_unit, record
from tests.pages import Page, text_of, upload
from tests.plans.sample_files import pdf
from tests.steering import (
    direct,
    disseminate,
    find,
    go,
    inspect,
    raise_one,
    remedying,
    sanction,
    urge,
)
from units.models import UnitKind

LISTS = [f"{kind}-list" for kind in MatterKind] + ["inspection-list", "dissemination-list"]


def sheet(response):
    """The page, and what the browser sends from its form."""
    page = Page(response)
    return page, page.sends(response.request["PATH_INFO"])


def rows(page):
    return [
        [text_of(cell) for cell in row]
        for row in page.all("//table[contains(@class, 'tasks')]/tbody/tr")
    ]


# --- Lists ----------------------------------------------------------------------------------------


def test_a_list_is_filtered_by_unit_stage_and_lateness(world, as_user):
    late = direct(world, on=day(10, 1), due_on=day(10, 20), words="Cũ")
    answered = direct(world, words="Đã trả lời")
    go(answered, "answer", world.head)
    direct(world, units=[world.b], tasks=[], words="Của B")
    client = as_user(world.office)

    def words(**query):
        page = Page(client.get(reverse("directive-list"), query))
        return [row[1] for row in rows(page)]

    assert words() == ["Của B", "Đã trả lời", "Cũ"]
    assert words(**{"don-vi": "a"}) == ["Đã trả lời", "Cũ"]
    assert words(**{"tinh-trang": "cho-tiep-nhan"}) == ["Của B", "Cũ"]
    assert words(han="qua-han") == ["Cũ"]
    assert words(ngay="19/10/2023", han="qua-han") == []
    assert words(**{"don-vi": "khong-co"}) == ["Của B", "Đã trả lời", "Cũ"]
    page = Page(client.get(reverse("directive-list"), {"han": "qua-han"}))
    assert rows(page) == [
        [
            "01/10/2023",
            "Cũ",
            "A",
            world.task.code,
            "20/10/2023",
            "Chờ tiếp nhận quá hạn 31 ngày",
        ]
    ]
    assert late.get_absolute_url() in page.all("//main//a/@href")


def test_a_unit_sees_its_own_only(world, as_user):
    direct(world)
    direct(world, units=[world.b], tasks=[], words="Của B")

    page = Page(as_user(world.other_head).get(reverse("directive-list")))

    assert [row[1] for row in rows(page)] == ["Của B"]
    assert "Phòng A" not in page.text


@pytest.mark.parametrize("name", LISTS)
def test_asks_as_many_queries_for_one_row_as_for_thirty(
    world, as_user, name, django_assert_max_num_queries
):
    client = as_user(world.office)
    counts = []
    for more in (1, 2, 27):
        for number in range(more):
            unit = make_unit(world.agency, f"u{more}-{number}")
            task = make_task(world.block, (unit,))
            about = {"units": [unit], "tasks": [task]}
            direct(world, **about)
            urge(world, unit=unit, tasks=[task])
            raise_one(world)
            find(world, inspect(world, **about), unit=unit, remedy=remedying(world, unit=unit))
            disseminate(world)
        client.get(reverse(name))
        with django_assert_max_num_queries(20) as captured:
            assert client.get(reverse(name)).status_code == 200
        counts.append(len(captured))

    assert len(set(counts)) == 1, counts


def test_the_task_page_asks_as_many_queries_for_one_matter_as_for_thirty(
    world, as_user, django_assert_max_num_queries
):
    client, counts = as_user(world.office), []
    for more in (1, 2, 27):
        for _ in range(more):
            go(direct(world), "answer", world.head)
            urge(world)
            find(world)
        client.get(reverse("task", args=[world.task.pk]))
        with django_assert_max_num_queries(40) as captured:
            client.get(reverse("task", args=[world.task.pk]))
        counts.append(len(captured))

    assert len(set(counts)) == 1, counts


# --- Forms ----------------------------------------------------------------------------------------


def test_a_directive_from_the_task_to_its_answer_with_a_file(world, as_user):
    client = as_user(world.leadership)
    task = Page(client.get(reverse("task", args=[world.task.pk])))
    [address] = [a for a in task.all("//main//a/@href") if "/chi-dao/moi/" in a]
    page, sent = sheet(client.get(address))
    assert sent["tasks"] == world.task.code
    assert page.all("//input[@name='units' and @checked]/@value") == [str(world.a.pk)]

    response = client.post(
        reverse("directive-new"),
        sent | {"units": [world.a.pk], "words": "Báo cáo ngay.", "due_on": "31/11/2023"},
    )
    page = Page(response)
    assert response.status_code == 422
    assert page.errors.keys() == {"due_on"}
    assert page.form(reverse("directive-new")).fields["words"] == "\nBáo cáo ngay."

    sent |= {"units": [world.a.pk], "words": "Báo cáo ngay.", "due_on": "24/11/2023"}
    for _ in range(2):  # a double click
        assert client.post(reverse("directive-new"), sent).status_code == 302
    directive = Directive.objects.get()
    assert list(directive.tasks.all()) == [world.task]

    client = as_user(world.head)
    url = reverse("directive-step", args=[directive.pk, "tra-loi"])
    page = Page(client.get(directive.get_absolute_url()))
    sent = page.sends(url) | {"words": "Đã xong.", "uploads": upload("Báo cáo.pdf", pdf())}
    assert client.post(url, sent).status_code == 302
    file = Step.objects.get(kind="answer").files.get()
    page = Page(client.get(directive.get_absolute_url()))
    assert reverse("step-file", args=[file.pk]) in page.all("//a/@href")
    assert "Đã trả lời, chờ kết thúc" in page.texts("//p[@class='status-line']")[0]


def test_nothing_is_asked_of_the_leadership_itself(world, as_user):
    """Nobody in it answers for a unit, so that it would wait for ever."""
    heads = make_unit(world.agency, "ld", UnitKind.LEADERSHIP)
    page = Page(as_user(world.leadership).get(reverse("directive-new")))

    offered = page.all("//input[@name='units']/@value")
    assert str(world.a.pk) in offered
    assert str(heads.pk) not in offered


def test_a_directive_that_waits_is_not_ended_by_the_main_button(world, as_user):
    page = Page(as_user(world.leadership).get(direct(world).get_absolute_url()))

    assert page.texts("//button[@class='primary']")[-1] == "Đổi thời hạn"


def test_the_deadline_of_a_directive_is_moved_with_a_reason(world, as_user):
    directive = direct(world)
    leadership = as_user(world.leadership)
    url = directive.get_absolute_url()
    move = f"{url}doi-han/"
    sent = Page(leadership.get(url)).sends(move) | {"words": "Chờ văn bản của Bộ."}

    refused = Page(leadership.post(move, sent | {"due_on": "31/11/2023"}))
    assert (refused.response.status_code, list(refused.errors)) == (422, ["due_on"])
    assert refused.sends(move)["words"] == "Chờ văn bản của Bộ."
    leadership.post(move, sent | {"due_on": "15/12/2023"})

    page = Page(as_user(world.head).get(url))
    assert "15/12/2023 (đã đổi; lúc đầu 30/11/2023)" in page.text
    assert "Chờ văn bản của Bộ." in page.text
    assert "hạn 15/12/2023" in Page(as_user(world.head).get(reverse("my-work"))).text
    assert as_user(world.head).post(move, sent).status_code == 403


def test_an_urging_chooses_what_is_overdue_or_silent(world, as_user):
    late = make_task(world.block, (world.a,), due_on=day(11, 1))
    record(late.assignments.get(), world.head, on=day(11, 10))
    done = make_task(world.block, (world.a,))
    record(done.assignments.get(), world.head, State.DONE)
    client = as_user(world.office)
    url = reverse("urging-new", args=["a"])

    def chosen(query):
        return Page(client.get(url + query)).all("//input[@name='tasks' and @checked]/@value")

    assert chosen("?chon=qua-han") == [str(late.pk)]
    assert chosen("?chon=im-lang") == [str(world.task.pk)]
    assert chosen("") == [str(world.task.pk), str(late.pk)]
    offered = Page(client.get(url)).all("//input[@name='tasks']/@value")
    assert str(done.pk) not in offered
    sent = sheet(client.get(url))[1] | {"tasks": [world.task.pk, late.pk]}
    assert client.post(url, sent | {"form": "letter"}).status_code == 422
    assert client.post(url, sent).status_code == 302
    assert Urging.objects.get().tasks.count() == 2
    task = Page(client.get(reverse("task", args=[late.pk])))
    assert "1 lần, ngày 20/11/2023" in task.text


def test_a_difficulty_goes_up_from_the_task_in_one_click(world, as_user):
    old = record(world.lead, world.head, difficulty="Cũ", on=day(10, 1))
    update = record(world.lead, world.head, difficulty="Thiếu người")
    client = as_user(world.head)
    page = Page(client.get(reverse("task", args=[world.task.pk])))
    url = reverse("difficulty-from-update", args=[update.pk])
    assert not page.has_form(reverse("difficulty-from-update", args=[old.pk]))

    assert client.post(url, page.sends(url)).status_code == 302

    assert Difficulty.objects.get().words == "Thiếu người"
    assert not Page(client.get(reverse("task", args=[world.task.pk]))).has_form(url)
    for words, is_offered in (("Thiếu người", False), ("Thiếu cả kinh phí", True)):
        later = record(world.lead, world.head, difficulty=words)
        page = Page(client.get(reverse("task", args=[world.task.pk])))
        again = reverse("difficulty-from-update", args=[later.pk])
        assert page.has_form(again) == is_offered


def test_a_finding_comes_with_its_remedy(world, as_user):
    inspection = inspect(world)
    client = as_user(world.office)
    url, action = (
        reverse("inspection", args=[inspection.pk]),
        reverse("finding-new", args=[inspection.pk]),
    )
    sent = Page(client.get(url)).sends(action) | {"finding": "Còn chậm.", "words": "Làm lại."}
    response = client.post(action, sent | {"due_on": "", "unit": ""})
    assert (response.status_code, Page(response).errors.keys()) == (422, {"unit", "due_on"})
    assert not Finding.objects.exists()

    sent |= {"unit": world.a.pk, "due_on": "30/11/2023", "finding_unit": world.a.pk}
    assert client.post(action, sent).status_code == 302
    finding = Finding.objects.get()
    more = reverse("remedy-new", args=[finding.pk])
    page = Page(client.get(url, {"them": finding.pk}))
    again = page.sends(more) | {"words": "Kiểm điểm.", "unit": world.b.pk, "due_on": "01/12/2023"}
    assert client.post(more, again).status_code == 302
    assert [one.unit for one in Remedy.objects.order_by("pk")] == [world.a, world.b]


def test_what_was_done_about_persons_is_not_told_to_others(world, as_user):
    inspection = inspect(world)
    find(world, inspection)
    client = as_user(world.office)
    url, action = (
        reverse("inspection", args=[inspection.pk]),
        reverse("sanction-new", args=[inspection.pk]),
    )
    sent = Page(client.get(url)).sends(action)
    sent |= {"against": "Bà Ví Dụ Kín", "taken_on": "20/11/2023", "words": "Điều kín"}
    assert client.post(action, sent | {"measure": "criticism"}).status_code == 302
    assert Sanction.objects.count() == 1
    sanction(world, inspection)

    for who, user in world.people.items():
        client = as_user(user)
        for address in (url, reverse("inspection-list"), reverse("task", args=[world.task.pk])):
            shown = client.get(address).content.decode()
            reads = who in ("office", "leadership") and address == url
            assert ("Ví Dụ Kín" in shown) == reads, (who, address)
            assert ("Xử lý sai phạm" in shown) == reads, (who, address)


def test_a_head_records_that_all_were_told(world, as_user):
    client = as_user(world.head)
    url = reverse("dissemination-list")
    sent = sheet(client.get(url))[1] | {"held_on": "10/07/2023", "people": "12"}

    assert client.post(url, sent | {"people": "nhiều"}).status_code == 422
    assert client.post(url, sent).status_code == 302

    page = Page(as_user(world.office).get(url))
    assert rows(page)[0][:4] == ["A", "10/07/2023", "Họp đơn vị", "12"]
    assert page.texts("//section[@class='about']/ul/li") == ["Phòng VP", "Phòng B", "Phòng S"]


def test_words_outlive_a_conflict_and_a_session(world, as_user, client):
    matter = direct(world)
    url = reverse("directive-step", args=[matter.pk, "tra-loi"])
    page = Page(as_user(world.head).get(matter.get_absolute_url()))
    sent = page.sends(url) | {"words": "Nội dung dài"}
    go(matter, "acknowledge", world.staff)

    response = client.post(url, sent)
    page = Page(response)
    assert response.status_code == 409
    assert "Nội dung dài" in page.text
    again = page.sends(url)
    assert again["request_key"] != sent["request_key"]

    client.logout()
    assert client.post(url, again).status_code == 302
    page = Page(as_user(world.head).get(matter.get_absolute_url()))
    assert page.sends(url)["words"] == "Nội dung dài"
    assert client.post(url, again | {"request_key": uuid.uuid4()}).status_code == 302


# --- The story of a task --------------------------------------------------------------------------


def story(page):
    return [
        [text_of(one.xpath("./p[@class='head']")[0])]
        + [text_of(change) for change in one.xpath("./p[@class='change']")]
        for one in page.all("//ol[@class='timeline']/li")
    ]


@pytest.fixture
def busy(world):
    measure = make_measure(world.task)
    record(world.lead, world.head, values={measure.pk: Decimal(50)}, on=day(9, 1))
    directive = direct(world, on=day(9, 2))
    go(directive, "acknowledge", world.head, on=day(9, 3))
    record(world.lead, world.head, State.DONE, values={measure.pk: Decimal(80)}, on=day(9, 4))
    decide("send_back", world.lead, world.office, on=day(9, 5))
    urge(world, on=day(9, 6))
    find(world, on=day(9, 7))
    raise_one(world, on=day(9, 8))
    return world


def test_the_story_tells_who_did_what_and_what_changed(busy, as_user):
    page = Page(as_user(busy.head).get(reverse("task", args=[busy.task.pk])))

    assert story(page) == [
        ["08/09/2023 Nêu khó khăn, vướng mắc – Phòng A"],
        ["07/09/2023 Yêu cầu khắc phục tồn tại – Phòng A"],
        ["07/09/2023 Kiểm tra ngày 07/09/2023 – A, B"],
        ["06/09/2023 Đôn đốc – Phòng A"],
        ["05/09/2023 Trả lại – Phòng A", "Tình trạng: từ Chờ xác nhận → thành Đang thực hiện"],
        [
            "04/09/2023 Báo hoàn thành, chờ Văn phòng xác nhận – Phòng A",
            "Tình trạng: từ Đang thực hiện → thành Chờ xác nhận",
            "Chỉ tiêu 1: từ 50% → thành 80%",
        ],
        [
            "03/09/2023 Ý kiến chỉ đạo: tiếp nhận – Phòng A",
            "Tình trạng: từ Chờ tiếp nhận → thành Đã tiếp nhận",
        ],
        ["02/09/2023 Ý kiến chỉ đạo – Phòng A"],
        [
            "01/09/2023 Cập nhật: đang thực hiện – Phòng A",
            "Tình trạng: từ Chưa có thông tin → thành Đang thực hiện",
        ],
    ]


def test_the_story_of_an_earlier_day_and_of_another_unit(busy, as_user):
    url = reverse("task", args=[busy.task.pk])
    page = Page(as_user(busy.head).get(url, {"ngay": "03/09/2023"}))
    assert [one[0][:10] for one in story(page)] == ["03/09/2023", "02/09/2023", "01/09/2023"]

    page = Page(as_user(busy.support_head).get(url))
    assert [one[0][11:] for one in story(page)] == [
        "Trả lại – Phòng A",
        "Báo hoàn thành, chờ Văn phòng xác nhận – Phòng A",
        "Cập nhật: đang thực hiện – Phòng A",
    ]


def test_a_long_story_is_paged(world, as_user):
    for number in range(35):
        record(world.lead, world.head, result=f"Lần {number}.")
    client = as_user(world.head)
    url = reverse("task", args=[world.task.pk])

    first, second = (Page(client.get(url, {"lich-su": n})) for n in (1, 2))

    assert [len(story(page)) for page in (first, second)] == [30, 5]
    assert "Lần 34." in first.text
    assert "Lần 0." in second.text
