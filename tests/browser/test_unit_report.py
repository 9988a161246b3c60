"""The main path of a unit's report in a browser: mended after a return, submitted, accepted."""

from reports.models import UnitReport
from reports.states.unit_report import ReportState


def test_returned_mended_submitted_and_accepted(demonstration, log_in, live_server, complaints):
    report = UnitReport.objects.get(unit__code="cds")

    page = log_in("tp.cds")
    page.get_by_role("link", name="Báo cáo", exact=True).click()
    assert page.get_by_role("heading", level=1).inner_text() == "Báo cáo của Phòng Chuyển đổi số"
    assert page.get_by_text("biện pháp khắc phục").first.is_visible()
    section = page.locator("#phan-subjective")
    section.get_by_role("textbox").fill("Phòng chưa đôn đốc nhà thầu kịp thời.")
    section.get_by_role("button", name="Ghi phần này").click()
    assert page.get_by_role("status").inner_text() == "Đã ghi phần “Nguyên nhân chủ quan”."
    page.get_by_role("button", name="Nộp báo cáo").click()
    assert "Nộp lại" in page.locator(".status-line").inner_text()
    assert page.locator("textarea").count() == 0

    page = log_in("vanphong")
    page.goto(f"{live_server.url}/bao-cao/dot/{report.round_id}/")
    page.get_by_role("link", name="Phòng Chuyển đổi số").click()
    assert page.get_by_text("Phòng chưa đôn đốc nhà thầu kịp thời.").is_visible()
    page.get_by_role("link", name="so với bản 1").click()
    assert page.locator("ins").filter(has_text="Phòng chưa đôn đốc").count() == 1
    page.go_back()
    page.get_by_role("button", name="Tiếp nhận").click()
    assert "Tiếp nhận" in page.locator(".status-line").inner_text()
    report.refresh_from_db()
    assert report.state == ReportState.ACCEPTED
    assert complaints == []
