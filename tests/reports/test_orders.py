"""Files that take long: ordered, made by the worker, shown as they grow, kept for a day."""

import datetime as dt
import io
import uuid

import pypdf
import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from reports import files, orders
from reports.content import consolidated
from reports.content.naming import as_live
from reports.states.unit_report import ReportState
from reports.unit_content.document import as_document
from tests.builders import TODAY, day
from tests.pages import content_of
from tests.reports import rounds, unit_rounds
from tests.reports.reading import docx_text
from units.models import Notice, User
from units.orders import KEPT, expire

DOWNLOAD = "/bao-cao/tai-ve/docx/"


@pytest.fixture
def long(monkeypatch):
    """Every file takes long."""
    monkeypatch.setattr(orders, "LONG", 0)


@pytest.fixture
def placed(world, as_user, long):
    """The page of an order that the Office has just placed."""
    answer = as_user(world.office).get(DOWNLOAD)
    assert answer.status_code == 302
    return answer["Location"]


def test_a_small_plan_gets_its_file_at_once(world, as_user):
    answer = as_user(world.office).get(DOWNLOAD)

    assert answer.status_code == 200
    assert DBTaskResult.objects.count() == 0


@pytest.mark.parametrize(
    ("file_format", "tasks", "expected"),
    [("pdf", 13, False), ("pdf", 1000, True), ("docx", 1000, False), ("xlsx", 1000, False)],
)
def test_what_takes_long(file_format, tasks, expected):
    assert orders.takes_long(file_format, tasks) is expected


def test_the_page_waits_and_asks_again_by_itself(world, as_user, placed):
    page = as_user(world.office).get(placed)

    assert page["Refresh"] == "3"
    assertContains(page, "Đang chờ đến lượt.")
    assertContains(page, '<progress id="progress" max="100" value="0">', count=1)
    assertNotContains(page, "tai-ve/")
    assert as_user(world.office).get(f"{placed}tai-ve/").status_code == 404


def test_the_worker_makes_the_very_file(world, as_user, placed, worked):
    worked()

    page = as_user(world.office).get(placed)
    file = as_user(world.office).get(f"{placed}tai-ve/")
    made = files.make(as_live(consolidated(world.plan, TODAY)), "docx")

    assert "Refresh" not in page
    assertContains(page, f'href="{placed}tai-ve/"', count=1)
    assert content_of(file) == made.data
    assert file["Content-Type"] == made.media_type
    assert made.name in file["Content-Disposition"]


def test_who_waits_is_told(world, placed, worked):
    worked()

    (notice,) = Notice.objects.all()
    assert (notice.user, notice.path) == (world.office, placed)
    assert notice.words == "Tệp Word của báo cáo đã tạo xong"


def test_asked_twice_it_is_made_once(world, as_user, placed):
    again = as_user(world.office).get(DOWNLOAD)
    other = as_user(world.office).get(DOWNLOAD, {"ngay": "01/11/2023"})

    assert again["Location"] == placed
    assert other["Location"] != placed
    assert DBTaskResult.objects.count() == 2


def test_it_is_of_the_day_that_was_asked_for(world, as_user, long, worked):
    client = as_user(world.office)
    url = client.get("/bao-cao/tai-ve/xlsx/", {"ngay": "01/11/2023"})["Location"]
    worked()

    made = files.make(consolidated(world.plan, day(11, 1)), "xlsx").data
    assert content_of(client.get(f"{url}tai-ve/")) == made


@pytest.mark.parametrize("person", ["leadership", "admin"])
def test_another_persons_file_is_not_there(world, as_user, placed, worked, person):
    worked()
    client = as_user(world.people[person])

    assert [client.get(url).status_code for url in (placed, f"{placed}tai-ve/")] == [404, 404]
    assert client.get(f"/bao-cao/tep-lon/{uuid.uuid4()}/").status_code == 404


def test_who_lost_the_right_loses_the_file(world, as_user, placed, worked):
    worked()
    world.office.role = "staff"
    world.office.save(update_fields=["role"])

    assert as_user(world.office).get(f"{placed}tai-ve/").status_code == 403


def test_how_far_it_is(world, placed, as_user, monkeypatch, worked):
    seen = []

    def make(content, file_format, *, told):
        for percent in (10, 10.4, 60):
            told(percent)
            order = orders.find(placed.split("/")[-2], world.office)
            seen.append((order.percent, order.is_pending))
        return files.ReportFile("a.docx", "x/y", b"abc")

    monkeypatch.setattr(files, "make", make)
    worked()

    assert seen == [(14, True), (14, True), (62, True)]


def test_a_failure_is_said_and_leaves_no_part(world, as_user, placed, monkeypatch, worked):
    def make(content, file_format, *, told):
        raise MemoryError

    monkeypatch.setattr(files, "make", make)
    worked()

    page = as_user(world.office).get(placed)
    assert "Refresh" not in page
    assertContains(page, "Chưa tạo được tệp.")
    assertContains(page, "Thử lại</a>", count=1)


def test_work_that_was_broken_off_is_said_and_can_be_tried_again(world, as_user, placed):
    long_ago = timezone.now() - dt.timedelta(minutes=2)
    DBTaskResult.objects.update(status="RUNNING", started_at=long_ago, worker_ids=["dead"])

    page = as_user(world.office).get(placed)

    assert "Refresh" not in page
    assertContains(page, "Việc bị ngắt giữa chừng")
    assertContains(page, "Thử lại</a>", count=1)


def test_without_a_worker_the_page_says_so(world, as_user, placed):
    assertNotContains(as_user(world.office).get(placed), "db_worker")
    DBTaskResult.objects.update(enqueued_at=timezone.now() - dt.timedelta(minutes=2))

    assertContains(as_user(world.office).get(placed), "manage.py db_worker")


def test_a_day_later_the_file_is_gone(world, as_user, placed, worked):
    worked()
    order = orders.find(placed.split("/")[-2], world.office)
    DBTaskResult.objects.update(finished_at=timezone.now() - KEPT - dt.timedelta(minutes=1))

    expire()

    assert not order.path.exists()
    assert as_user(world.office).get(placed).status_code == 404


def test_a_file_that_was_removed_can_be_made_again(world, as_user, placed, worked):
    worked()
    orders.find(placed.split("/")[-2], world.office).path.unlink()

    assertContains(as_user(world.office).get(placed), "Tạo lại</a>", count=1)


def test_strangers_are_asked_to_log_in(client, placed):
    client.logout()

    assertRedirects(client.get(placed), f"/dang-nhap/?next={placed}")


def test_a_pdf_tells_how_far_it_is(sample):
    told = []

    made = files.make(sample, "pdf", told=told.append)

    assert made.data == files.make(sample, "pdf").data
    assert told == sorted(told)
    assert told[0] < 20
    assert told[-1] == 83  # all pages are drawn; what comes then tells nothing
    pages = len(pypdf.PdfReader(io.BytesIO(made.data)).pages)
    assert len(told) >= 2 * pages  # each page when it is laid out and when it is drawn


# --- Consolidated reports -----------------------------------------------------------------------


@pytest.fixture
def drafted(world):
    return rounds.begin(world, rounds.open_round(world))


def test_a_large_draft_is_made_in_the_background(world, as_user, drafted, long, worked):
    client = as_user(world.office)
    url = reverse("consolidated-file", args=[drafted.pk, "docx"])
    placed = client.get(url)["Location"]
    assert client.get(url)["Location"] == placed
    worked()

    page = client.get(placed)

    assertContains(page, f'href="{reverse("consolidated", args=[drafted.pk])}"', count=1)
    assert content_of(client.get(f"{placed}tai-ve/")) == files.make(drafted.content, "docx").data


def test_a_draft_that_was_edited_is_another_file(world, as_user, drafted, long, worked):
    client, url = as_user(world.office), reverse("consolidated-file", args=[drafted.pk, "xlsx"])
    placed = client.get(url)["Location"]
    rounds.word(world, drafted, "proposals", "Lời mới.")

    assert client.get(url)["Location"] != placed


# --- Units' reports -----------------------------------------------------------------------------


@pytest.fixture
def handed_in(world):
    return unit_rounds.in_state(world, ReportState.SUBMITTED)


def version_file(report, file_format="docx"):
    return reverse("unit-report-version-file", args=[report.pk, 1, file_format])


def test_a_small_unit_report_comes_at_once(world, as_user, handed_in):
    assert as_user(world.head).get(version_file(handed_in)).status_code == 200
    assert DBTaskResult.objects.count() == 0


def test_a_large_version_of_a_unit_report_is_made_in_the_background(
    world, as_user, handed_in, long, worked
):
    client = as_user(world.head)
    placed = client.get(version_file(handed_in))["Location"]
    assert client.get(version_file(handed_in))["Location"] == placed
    assert client.get(version_file(handed_in, "pdf"))["Location"] != placed
    worked()

    page = client.get(placed)
    made = files.make(as_document(handed_in.versions.get().content), "docx")

    back = reverse("unit-report-version", args=[handed_in.pk, 1])
    assertContains(page, f'href="{back}"', count=1)
    file = client.get(f"{placed}tai-ve/")
    assert content_of(file) == made.data
    assert made.name in file["Content-Disposition"]
    assert as_user(world.office).get(placed).status_code == 404
    assert as_user(world.staff).get(placed).status_code == 403  # as for an order that is not there


def test_a_large_unit_report_is_made_as_it_is_written(world, as_user, long, worked):
    report = unit_rounds.in_state(world, ReportState.DRAFT)
    client, url = as_user(world.head), reverse("unit-report-file", args=[report.pk, "docx"])
    before = client.get(url)["Location"]
    assert client.get(url)["Location"] == before
    unit_rounds.write(report, world.head, "highlights", "Kết quả mới viết.")
    after = client.get(url)["Location"]
    assert after != before
    worked()

    assert "Kết quả mới viết." in docx_text(content_of(client.get(f"{after}tai-ve/")))
    assertContains(client.get(after), f'href="{reverse("unit-report", args=[report.pk])}"', count=1)
    orders.find(after.split("/")[-2], world.head).path.unlink()
    assertContains(client.get(after), f'href="{url}">Tạo lại</a>', count=1)


@pytest.mark.parametrize("is_handed_in", [True, False])
def test_who_left_the_unit_loses_its_file(world, as_user, long, worked, is_handed_in):
    """Also for the Office, where what was not handed in is not read."""
    report = unit_rounds.in_state(
        world, ReportState.SUBMITTED if is_handed_in else ReportState.DRAFT
    )
    url = reverse("unit-report-file", args=[report.pk, "docx"])
    placed = as_user(world.head).get(version_file(report) if is_handed_in else url)["Location"]
    worked()

    User.objects.filter(pk=world.head.pk).update(unit=world.b)
    assert as_user(world.head).get(f"{placed}tai-ve/").status_code == 403
    User.objects.filter(pk=world.head.pk).update(unit=world.vp, role="office")
    answer = as_user(world.head).get(f"{placed}tai-ve/")
    assert answer.status_code == (200 if is_handed_in else 403)
    assert content_of(answer)


@pytest.fixture
def to_issue(world, drafted):
    return rounds.brought_to(world, drafted, "signed")


def given(report, **typed):
    return {
        "number": "7",
        "symbol": "BC-STTTT",
        "issued_on": "20/11/2023",
        "medium": "paper",
        "seen": report.sequence,
        "request_key": uuid.uuid4(),
        **typed,
    }


def test_a_large_report_is_issued_in_the_background(world, as_user, to_issue, long, worked):
    client, url = as_user(world.office), reverse("consolidated-issue", args=[to_issue.pk])
    form = given(to_issue)

    placed = client.post(url, form)["Location"]

    assert client.post(url, form)["Location"] == placed
    assertContains(client.get(placed), "đang ban hành báo cáo")
    to_issue.refresh_from_db()
    assert not to_issue.is_issued
    worked()
    to_issue.refresh_from_db()
    assert (to_issue.number, to_issue.files.count()) == (7, 3)
    assertContains(client.get(placed), "Đã ban hành báo cáo; nội dung và ba tệp được giữ.")
    assert client.get(f"{placed}tai-ve/").status_code == 404
    assert Notice.objects.filter(user=world.office, words__startswith="Đã ban hành").count() == 1


@pytest.mark.parametrize(
    ("typed", "status"), [({"issued_on": "21/11/2023"}, 422), ({"seen": 0}, 409)]
)
def test_what_can_be_refused_at_once_is_not_ordered(world, as_user, to_issue, long, typed, status):
    url = reverse("consolidated-issue", args=[to_issue.pk])

    assert as_user(world.office).post(url, given(to_issue, **typed)).status_code == status
    assert DBTaskResult.objects.count() == 0


def test_what_was_refused_meanwhile_is_said(world, as_user, to_issue, long, worked):
    client = as_user(world.office)
    placed = client.post(reverse("consolidated-issue", args=[to_issue.pk]), given(to_issue))[
        "Location"
    ]
    rounds.take(world, to_issue, "return")
    worked()

    assertContains(client.get(placed), "Báo cáo chưa được ban hành: ")
    assert Notice.objects.filter(user=world.office, path=placed).count() == 1
    to_issue.refresh_from_db()
    assert to_issue.number is None
