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
    section.get_by_role("button", name="Ghi các phần đã sửa").click()
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


def test_nothing_typed_is_lost_when_the_page_is_left(demonstration, log_in, live_server):
    """Typed in two sections, then a link of the menu, then another button of the page."""
    report = UnitReport.objects.get(unit__code="cds")
    address = f"{live_server.url}/bao-cao/don-vi/{report.pk}/"
    page = log_in("tp.cds")
    page.goto(address)
    boxes = [page.locator(f"#phan-{key}").get_by_role("textbox") for key in ("causes", "proposals")]
    for number, box in enumerate(boxes):
        box.fill(f"Đang gõ {number}.")
    page.get_by_role("link", name="Đợt báo cáo của đơn vị").click()
    page.wait_for_url("**/bao-cao/dot/")
    page.wait_for_load_state("networkidle")
    page.goto(address)
    assert [box.input_value() for box in boxes] == ["Đang gõ 0.", "Đang gõ 1."]

    boxes[0].fill("Gõ thêm.")
    page.get_by_role("button", name="Nộp báo cáo").click()
    page.get_by_text("Chưa nộp: đồng chí đã gõ").wait_for()
    assert boxes[0].input_value() == "Gõ thêm."
    page.get_by_role("button", name="Ghi các phần đã sửa").first.click()
    page.get_by_role("button", name="Nộp báo cáo").click()
    page.get_by_text("Đã nộp báo cáo").wait_for()
    texts = set(report.edits.values_list("text", flat=True))
    assert {"Gõ thêm.", "Đang gõ 1."} <= texts
