"""A unit's day as people click it: in the list, with a draft, unchanged, without a script."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from plans.models import Assignment, ProgressUpdate
from tests.browser.conftest import PASSWORD
from tests.browser.test_accessible import faults
from tests.plans.sample_files import pdf, png

RESULT = "Đã nghiệm thu, bàn giao và đưa vào sử dụng."


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    made = [tmp_path / "Biên bản.pdf", tmp_path / "Ảnh lắp đặt.png"]
    made[0].write_bytes(pdf())
    made[1].write_bytes(png())
    return made


def part_of(code: str, unit: str) -> Assignment:
    return Assignment.objects.get(task__code=code, unit__code=unit)


def enter(page: Page, address: str, username: str) -> None:
    page.goto(f"{address}/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()


def test_recorded_in_the_list_without_leaving_it(
    demonstration, log_in, live_server, files, complaints
):
    page = log_in("tp.cds")
    part = part_of("1.2.3.1", "cds")
    page.goto(f"{live_server.url}/nhiem-vu/?chi-so=1")
    row = page.locator(f"#row-{part.task_id}")
    row.get_by_role("link", name="cập nhật").click()
    form = page.locator(f"#form-{part.task_id} form")
    form.get_by_role("button", name="Đưa vào kết quả").first.click()
    expect(form.get_by_label("Kết quả thực hiện")).to_have_value(re.compile("phối hợp: "))
    assert faults(page) == []

    form.get_by_label("Hoàn thành", exact=True).check()
    form.get_by_label("Kết quả thực hiện").fill(RESULT)
    form.get_by_role("button", name="Gửi cập nhật").click()
    expect(form.locator(".has-error")).to_have_count(1)  # the day
    form.get_by_label("Ngày hoàn thành").fill("17/11/2023")
    form.get_by_label("Tệp tài liệu kiểm chứng").set_input_files(files)
    form.locator("[name=proves]").nth(0).fill("Nghiệm thu")
    form.locator("[name=proves]").nth(1).fill("Lắp đặt")
    form.get_by_role("button", name="Gửi cập nhật").click()

    expect(page.locator(f"#form-{part.task_id}")).to_contain_text("Đã ghi cập nhật cho nhiệm vụ")
    expect(row).to_contain_text("Chờ xác nhận")
    assert page.url.endswith("/nhiem-vu/?chi-so=1")
    update = part.updates.last()
    assert [one.proves for one in update.evidence.order_by("pk")] == ["Nghiệm thu", "Lắp đặt"]
    # What the browser says of an answer 422, and nothing else.
    assert [one for one in complaints if "422" not in one] == []


def test_a_draft_outlives_the_browser(demonstration, browser, live_server, page, log_in):
    part = part_of("1.2.3.1", "cds")
    address = f"{live_server.url}/nhiem-vu/{part.task_id}/{part.pk}/cap-nhat/"
    before = browser.new_context(locale="vi-VN")
    there = before.new_page()
    enter(there, live_server.url, "tp.cds")
    there.goto(address)
    there.get_by_label("Kết quả thực hiện").fill(RESULT)
    expect(there.locator("[data-draft-state]")).to_contain_text("Đã lưu nháp lúc")
    before.close()

    log_in("tp.cds")
    page.goto(f"{live_server.url}/viec-cua-toi/")
    expect(page.get_by_role("row", name="Chọn nhiệm vụ 1.2.3.1")).to_contain_text("Có bản nháp")
    page.goto(address)
    expect(page.get_by_label("Kết quả thực hiện")).to_have_value(RESULT)
    page.get_by_role("button", name="Gửi cập nhật").click()
    expect(page.get_by_role("status").first).to_contain_text("Đã ghi cập nhật")
    page.goto(address)
    expect(page.get_by_text("Bản nháp đồng chí gõ")).to_have_count(0)


def test_clicks_and_screens(demonstration, log_in, live_server, files):
    """“No change” on every task in three clicks; a finished task with a file on one screen of
    1366×768: the one with most measures, and a contribution to quote."""
    page = log_in("tp.cds")
    part = part_of("1.2.3.1", "cds")
    page.goto(f"{live_server.url}/nhiem-vu/{part.task_id}/{part.pk}/cap-nhat/")
    page.get_by_label("Hoàn thành", exact=True).check()
    page.get_by_label("Tệp tài liệu kiểm chứng").set_input_files(files[0])
    fields = page.locator("form.progress").locator(
        "input:visible, textarea:visible, button:visible"
    )
    lowest = max(box["y"] + box["height"] for one in fields.all() if (box := one.bounding_box()))

    assert page.evaluate("scrollY") == 0
    assert lowest <= 768

    before = ProgressUpdate.objects.count()

    page.get_by_role("link", name="Việc của tôi").click()
    page.get_by_role("link", name=re.compile("Chọn tất cả")).click()
    chosen = page.locator("[name=phan]:checked").count()
    page.get_by_role("button", name="Không có thay đổi ở các việc đã chọn").click()

    expect(page.get_by_role("status")).to_contain_text("Đã ghi “không có thay đổi”")
    assert chosen > 1
    assert ProgressUpdate.objects.count() == before + chosen
    newest = ProgressUpdate.objects.order_by("-pk")[:chosen]
    assert all(one.unchanged for one in newest)


def test_without_a_script(demonstration, browser, live_server, files):
    context = browser.new_context(java_script_enabled=False, locale="vi-VN")
    page = context.new_page()
    enter(page, live_server.url, "tp.cds")
    page.get_by_role("link", name="Việc của tôi").click()
    page.get_by_role("link", name=re.compile("^Cập nhật")).first.click()
    page.get_by_label("Kết quả thực hiện").fill(RESULT)
    page.get_by_role("button", name="Lưu nháp").click()
    expect(page.get_by_role("status").first).to_contain_text("Đã lưu nháp")
    expect(page.get_by_label("Kết quả thực hiện")).to_have_value(RESULT)
    page.get_by_text("Thêm tệp khác").click()
    page.get_by_label("Tệp tài liệu kiểm chứng").set_input_files(files[0])
    page.get_by_label("Tệp thứ 2").set_input_files(files[1])
    page.get_by_label("Tệp 2 chứng minh gì").fill("Lắp đặt")
    page.get_by_role("button", name="Gửi cập nhật").click()

    expect(page.get_by_role("status").first).to_contain_text("Đã ghi cập nhật")
    proofs = ProgressUpdate.objects.latest("pk").evidence.order_by("pk")
    assert [one.proves for one in proofs] == ["", "Lắp đặt"]
    context.close()
