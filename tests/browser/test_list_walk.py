"""The task list by keyboard: search, order, save, and what was saved opens first."""

from playwright.sync_api import expect

ROWS_IN_SIGHT = """() => [...document.querySelectorAll(".tasks tbody[id^=row-]")].filter(
    (row) => row.getBoundingClientRect().bottom <= innerHeight).length"""


def test_search_order_and_save_by_keyboard(demonstration, log_in, live_server, complaints):
    page = log_in("vanphong")
    page.goto(f"{live_server.url}/nhiem-vu/")
    assert page.evaluate(ROWS_IN_SIGHT) >= 12
    page.keyboard.press("/")
    search = page.get_by_role("searchbox")
    expect(search).to_be_focused()
    page.keyboard.type("dịch vụ / công")
    expect(search).to_have_value("dịch vụ / công")  # inside a field it is a letter
    search.fill("dich vu")
    page.keyboard.press("Enter")
    page.get_by_role("columnheader", name="Thời hạn").get_by_role("link").press("Enter")
    expect(page.get_by_role("columnheader", name="Thời hạn")).to_have_attribute(
        "aria-sort", "ascending"
    )

    page.get_by_text("Lưu danh sách này").press("Enter")
    page.get_by_label("Tên danh sách").fill("Dịch vụ công")
    page.get_by_label("Mở đầu tiên").check()
    page.get_by_role("button", name="Lưu", exact=True).press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Đã lưu danh sách “Dịch vụ công”")

    page.goto(f"{live_server.url}/nhiem-vu/")
    expect(page).to_have_url(f"{live_server.url}/nhiem-vu/?tim=dich+vu&sap-xep=thoi-han")
    page.get_by_role("link", name="Bản in").click()
    expect(page.get_by_role("navigation", name="Các phần")).to_have_count(0)
    expect(page.get_by_role("button", name="In", exact=True)).to_be_visible()
    assert complaints == []
