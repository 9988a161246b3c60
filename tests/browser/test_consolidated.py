"""The consolidated report in a browser, from the draft of the demonstration to a checked file."""

from reports.models import ConsolidatedReport


def test_from_the_draft_to_the_checked_file(demonstration, log_in, live_server, tmp_path):
    report = ConsolidatedReport.objects.get()
    address = f"{live_server.url}/bao-cao/tong-hop/{report.pk}/"
    page = log_in("vanphong")
    page.goto(address)
    page.get_by_role("link", name="Kiểm tra, giám sát").click()
    page.get_by_label("Lời trong báo cáo").fill("Văn phòng Sở kiểm tra 02 phòng trong quý III.")
    page.get_by_role("button", name="Lưu", exact=True).click()
    assert "Văn phòng Sở kiểm tra 02 phòng trong quý III." in page.inner_text(".document")
    page.get_by_label("Tôi đã kiểm tra").check()
    page.get_by_role("button", name="Trình Lãnh đạo Sở").click()

    page = log_in("lanhdao")
    page.goto(address)
    page.get_by_role("button", name="Ký duyệt").click()

    page = log_in("vanphong")
    page.goto(address)
    page.get_by_label("Số:", exact=True).fill("152")
    page.get_by_label("Ngày ban hành").fill("20/11/2023")
    page.get_by_role("button", name="Ban hành", exact=True).click()
    assert page.locator("h1").inner_text().startswith("Báo cáo số 152/BC-STTTT ngày 20/11/2023")
    with page.expect_download() as download:
        page.get_by_role("link", name="BC_KetQua_KH_PAPI_SIPAS_PARINDEX_2023.docx").click()
    file = tmp_path / "bc.docx"
    download.value.save_as(file)

    page = log_in("tp.cds")
    page.goto(f"{live_server.url}/bao-cao/kiem-tra/")
    page.get_by_label("Tệp cần kiểm tra").set_input_files(file)
    page.get_by_role("button", name="Kiểm tra", exact=True).click()
    assert "Đúng tệp đã ban hành" in page.inner_text("main")
    assert "Báo cáo số 152/BC-STTTT ngày 20/11/2023" in page.inner_text("main")
