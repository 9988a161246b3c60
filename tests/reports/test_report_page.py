"""The page of the report and its downloads: who may, what they get, what happens when it cannot."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects, assertTemplateUsed

from reports import files
from reports.content import consolidated
from tests.builders import TODAY, day, make_block, make_task, record
from units.models import Role

REPORT = "/bao-cao/"
FILES = [f"/bao-cao/tai-ve/{name}/" for name in ("pdf", "docx", "xlsx")]
TASKS = "/nhiem-vu/xuat-excel/"

SEES_REPORT = {Role.OFFICE, Role.LEADERSHIP, Role.ADMIN}


@pytest.mark.parametrize("url", [REPORT, *FILES, TASKS])
@pytest.mark.parametrize(
    "person",
    ["staff", "head", "other_head", "support_head", "office", "leadership", "admin"],
)
def test_who_may(world, as_user, person, url):
    user = world.people[person]
    response = as_user(user).get(url)

    allowed = url == TASKS or user.role in SEES_REPORT
    assert response.status_code == (200 if allowed else 403)


@pytest.mark.parametrize("url", [REPORT, *FILES, TASKS])
def test_strangers_are_asked_to_log_in(world, client, url):
    assertRedirects(client.get(url), f"/dang-nhap/?next={url}")


@pytest.mark.parametrize("url", [REPORT, *FILES, TASKS])
def test_nothing_can_be_sent_to_it(world, as_user, url):
    assert as_user(world.office).post(url).status_code == 405


def test_an_inactive_office_is_no_office(world, as_user):
    client = as_user(world.office)
    world.office.is_active = False
    world.office.save(update_fields=["is_active"])

    assert client.get(REPORT).status_code == 302


def test_the_title_says_the_day(world, as_user):
    page = as_user(world.office).get(REPORT, {"ngay": "01/11/2023"})

    assertContains(page, "<title>Số liệu trực tiếp của báo cáo, tính đến ngày 01/11/2023", count=1)
    assertContains(page, 'href="/bao-cao/tai-ve/docx/?ngay=01%2F11%2F2023"', count=1)
    assert page.context["report"] == consolidated(world.plan, day(11, 1))


def test_a_file_is_that_of_the_page_on_that_day(every_state, as_user):
    client = as_user(every_state.office)
    content = consolidated(every_state.plan, day(11, 12))

    for name in ("docx", "xlsx"):
        answer = client.get(f"/bao-cao/tai-ve/{name}/", {"ngay": "12/11/2023"})
        made = files.make(content, name)
        assert (answer.content, answer["Content-Type"]) == (made.data, made.media_type)
        assert answer["Content-Disposition"] == (
            f'attachment; filename="BC_KetQua_KH_PAPI_PARINDEX_2023_SoLieu_20231112.{name}"'
        )


def test_a_pdf_is_a_pdf(world, as_user):
    answer = as_user(world.office).get("/bao-cao/tai-ve/pdf/")

    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")


def test_another_kind_of_file_does_not_exist(world, as_user):
    assert as_user(world.office).get("/bao-cao/tai-ve/exe/").status_code == 404


@pytest.mark.parametrize("text", ["31/11/2023", "21/11/2023", "hôm qua"])
def test_a_day_that_is_none_gives_no_file_but_says_so(world, as_user, text):
    client = as_user(world.office)

    page = client.get("/bao-cao/tai-ve/pdf/", {"ngay": text}, follow=True)
    listed = client.get(TASKS, {"ngay": text}, follow=True)

    assert page.request["PATH_INFO"] == REPORT
    assertContains(page, 'id="day-error"', count=1)
    assert listed.request["PATH_INFO"] == reverse("task-list")


def test_without_a_plan_the_page_says_so(world, as_user):
    world.plan.tasks.all().delete()
    world.plan.delete()
    client = as_user(world.office)

    page = client.get(REPORT)

    assert page.status_code == 200
    assertTemplateUsed(page, "plans/no_plan.html")
    assert [client.get(url).status_code for url in (*FILES, TASKS)] == [404] * 4


def test_without_pango_the_page_offers_the_others(world, as_user, monkeypatch):
    def unavailable(content, told):
        raise files.PdfUnavailable

    broken = files.Format("PDF", "application/pdf", unavailable)
    monkeypatch.setitem(files.FORMATS, "pdf", broken)

    page = as_user(world.office).get("/bao-cao/tai-ve/pdf/")

    assert page.status_code == 503
    assertContains(page, "tải bản Word hoặc Excel", status_code=503)


def test_what_units_typed_is_shown_as_text(world, as_user):
    record(world.lead, world.head, result="<script>alert(1)</script> & “dấu”")

    page = as_user(world.office).get(REPORT)

    assertContains(page, "&lt;script&gt;alert(1)&lt;/script&gt; &amp; “dấu”")
    assert b"<script>alert" not in page.content


def test_queries_do_not_grow_with_the_plan(world, as_user, django_assert_num_queries):
    client = as_user(world.office)
    client.get(REPORT)  # writes when the session was last used
    with django_assert_num_queries(QUERIES):
        client.get(REPORT)
    for number in range(2, 6):
        block = make_block(world.plan, str(number))
        for _ in range(6):
            make_task(block, (world.a, world.b), (world.s,))
    client.get(REPORT)  # what is remembered is made anew
    with django_assert_num_queries(QUERIES):
        client.get(REPORT)


# Session, person, demonstration, plans, notices, and those of the content (test_content.py).
QUERIES = 34


def test_today_is_the_demonstrations(world, as_user):
    assert as_user(world.office).get(REPORT).context["report"].day == TODAY
