"""The check of a file knows drafts and units' reports that were made here; none is "issued"."""

import pytest
from django.urls import reverse

from reports import orders
from reports.acts.made_files import remembered
from reports.files import ReportFile
from reports.models import MadeFile
from reports.pages.verification import Verdict, check
from reports.states.unit_report import ReportState
from tests.builders import TODAY, record
from tests.pages import Page, content_of, upload
from tests.reports.rounds import accept, begin, brought_to, open_round
from tests.reports.unit_rounds import in_state
from tests.reports.unit_rounds import open_round as open_another


@pytest.fixture
def report(world):
    record(world.lead, world.head, result="Đã kết nối.")
    round = open_round(world)
    accept(world, round, world.a, world.head)
    return begin(world, round)


def words_of(data):
    found = check(data)
    assert found.verdict == Verdict.MADE
    return [one.words for one in found.made]


def test_a_draft_is_told_apart_from_what_was_issued(world, report, as_user):
    client = as_user(world.office)
    address = reverse("consolidated-file", args=[report.pk, "docx"])
    draft = content_of(client.get(address))
    content_of(client.get(address))  # the same again is one record
    issued = brought_to(world, report, "issued")
    kept = content_of(client.get(reverse("consolidated-file", args=[issued.pk, "docx"])))

    assert check(kept).verdict == Verdict.ISSUED
    said = "bản dự thảo báo cáo tổng hợp “Báo cáo năm 2023”, lần 1 (đang soạn thảo)"
    assert words_of(draft) == [said]
    assert check(draft + b" ").verdict == Verdict.UNKNOWN
    assert MadeFile.objects.count() == 1

    page = as_user(world.staff).post(
        reverse("report-check"), {"file": upload("bao-cao.docx", draft)}
    )
    text = Page(page).text
    assert "Không phải bản đã ban hành" in text
    assert said in text
    assert f"tạo lần đầu ngày {TODAY:%d/%m/%Y} lúc " in text
    assert "Đúng tệp đã ban hành" not in text


def test_a_units_report_as_it_is_written_and_as_it_was_submitted(world, as_user):
    written = in_state(world, ReportState.DRAFT)
    client = as_user(world.head)
    draft = content_of(client.get(reverse("unit-report-file", args=[written.pk, "docx"])))
    assert words_of(draft) == [
        "báo cáo của Phòng A trong đợt “Đợt tháng 11” (bản đang soạn, chưa nộp)"
    ]

    other = in_state(world, ReportState.SUBMITTED, open_another(world, name="Đợt hai"))
    keys = [other.pk, 1, "docx"]
    version = content_of(client.get(reverse("unit-report-version-file", args=keys)))
    assert words_of(version) == ["báo cáo của Phòng A trong đợt “Đợt hai” (phiên bản 1)"]


def test_the_same_bytes_of_two_things_are_told_as_both(world, report):
    same = ReportFile("a.docx", "x/y", b"same")
    for words in ("bản đang soạn", "phiên bản 1", "bản đang soạn"):
        remembered(same, words)

    assert words_of(b"same") == ["bản đang soạn", "phiên bản 1"]


def test_a_file_made_in_the_background_is_known_too(world, report, as_user, worked, monkeypatch):
    monkeypatch.setattr(orders, "LONG", 0)
    client = as_user(world.office)
    page = client.get(reverse("consolidated-file", args=[report.pk, "docx"]))["Location"]
    worked()

    data = content_of(client.get(f"{page}tai-ve/"))

    assert words_of(data)[0].startswith("bản dự thảo báo cáo tổng hợp")
