"""One update from the head of a unit to the signed report's files, as people click it."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

RESULT = "Đã ký biên bản nghiệm thu Trung tâm dữ liệu; 42/45 ứng dụng kết nối LGSP."


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """An evidence file with a Vietnamese name."""
    path = tmp_path / "Biên bản nghiệm thu.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["Ứng dụng", "Đã kết nối"])
    book.save(path)
    return path


def open_task(page: Page, code: str) -> None:
    page.get_by_role("navigation", name="Các phần").get_by_role("link", name="Nhiệm vụ").click()
    page.get_by_role("row").filter(
        has=page.get_by_role("rowheader", name=code, exact=True)
    ).locator(".what").get_by_role("link").first.click()


def test_from_the_form_to_the_files(demonstration, log_in, live_server, workbook, complaints):
    page = log_in("tp.cds")
    open_task(page, "1.2.3.1")
    form = page.locator("form.progress")
    form.get_by_label("Hoàn thành", exact=True).check()
    form.get_by_label("Ngày hoàn thành").fill("17/11/2023")
    form.get_by_label("Kết quả thực hiện").fill(RESULT)
    form.get_by_label("Tỷ lệ ứng dụng").fill("93,3")
    form.get_by_label("Tệp tài liệu").set_input_files(workbook)
    form.get_by_role("button", name="Gửi cập nhật").click()

    expect(page.get_by_role("status")).to_contain_text("Đã ghi cập nhật cho nhiệm vụ 1.2.3.1")
    newest = page.locator(".timeline li").first
    expect(newest).to_contain_text("Báo hoàn thành, chờ Văn phòng xác nhận")
    expect(newest).to_contain_text(RESULT)
    expect(newest).to_contain_text("93,3%")
    with page.expect_download() as download:
        newest.get_by_role("link", name="Biên bản nghiệm thu.xlsx").click()
    assert download.value.suggested_filename == "Biên bản nghiệm thu.xlsx"
    assert download.value.path().read_bytes() == workbook.read_bytes()

    page = log_in("vanphong")
    open_task(page, "1.2.3.1")
    page.get_by_role("button", name="Xác nhận: CĐS").click()
    expect(page.get_by_role("status")).to_contain_text(
        "Đã xác nhận phần việc của Phòng Chuyển đổi số"
    )
    expect(page.locator(".status-line")).to_contain_text("Hoàn thành")

    page.get_by_role("link", name="Báo cáo", exact=True).click()
    expect(page.locator("main")).to_contain_text(RESULT)
    files = {kind: download_report(page, live_server.url, kind) for kind in ("pdf", "docx", "xlsx")}
    assert files["pdf"][:5] == b"%PDF-"
    assert RESULT in "\n".join(words_of_docx(files["docx"]))
    assert RESULT in "\n".join(words_of_xlsx(files["xlsx"]))
    assert complaints == []


def download_report(page: Page, address: str, kind: str) -> bytes:
    with page.expect_download() as download:
        page.locator(f"main a[href*='/tai-ve/{kind}/']").first.click()
    name = download.value.suggested_filename
    assert name == f"BC_KetQua_KH_PAPI_SIPAS_PARINDEX_2023_SoLieu_20231120.{kind}"
    return download.value.path().read_bytes()


def words_of_docx(content: bytes) -> list[str]:
    from docx import Document

    document = Document(BytesIO(content))
    cells = [c.text for table in document.tables for row in table.rows for c in row.cells]
    return [paragraph.text for paragraph in document.paragraphs] + cells


def words_of_xlsx(content: bytes) -> list[str]:
    book = openpyxl.load_workbook(BytesIO(content), read_only=True)
    return [
        str(value)
        for sheet in book
        for row in sheet.iter_rows(values_only=True)
        for value in row
        if value is not None
    ]


def test_returned_work_comes_back_to_its_unit(demonstration, log_in):
    page = log_in("vanphong")
    to_do = page.get_by_role("region", name="Việc của đồng chí")
    to_do.get_by_role("link").first.click()
    code = page.get_by_role("heading", level=1).inner_text().split(". ")[0]
    unit = page.locator(".decision h2").first.inner_text().removeprefix("Chờ xác nhận: ")
    page.get_by_text("Trả lại:").first.click()
    page.get_by_role("textbox", name="Lý do").fill("Chưa có biên bản nghiệm thu.")
    page.get_by_role("button", name="Trả lại").first.click()
    expect(page.get_by_role("status")).to_contain_text(f"Đã trả lại cho {unit}: nhiệm vụ {code}")
    expect(page.locator(".timeline li").first).to_contain_text("Chưa có biên bản nghiệm thu.")


def test_works_without_javascript(demonstration, browser, live_server):
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 1366, "height": 768}
    )
    page = context.new_page()
    page.goto(f"{live_server.url}/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill("tp.hts")
    page.get_by_label("Mật khẩu").fill("lang-son-demo-2023")
    page.get_by_role("button", name="Đăng nhập").click()
    open_task(page, "2.2")
    page.get_by_label("Kết quả thực hiện").fill("Đã niêm yết công khai đường dây nóng.")
    page.get_by_role("button", name="Gửi cập nhật").click()
    expect(page.get_by_role("status")).to_contain_text("Đã ghi cập nhật")
    context.close()


def test_the_keyboard_is_enough(demonstration, log_in):
    page = log_in("tp.cds")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Đến nội dung chính")).to_be_focused()
    page.keyboard.press("Enter")
    open_task(page, "1.2.3.4.1")
    result = page.get_by_label("Kết quả thực hiện")
    result.focus()
    page.keyboard.type("Đã kiểm thử chức năng thanh toán.")
    button = page.get_by_role("button", name="Gửi cập nhật")
    for _ in range(20):
        page.keyboard.press("Tab")
        if button.evaluate("one => one === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Đã ghi cập nhật")
