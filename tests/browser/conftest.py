"""The demonstration behind a real server and a real browser."""

from collections.abc import Callable

import pytest
from django.core.management import call_command
from playwright.sync_api import Page

PASSWORD = "lang-son-demo-2023"


@pytest.fixture
def demonstration(transactional_db):
    """The plan of 2023 with its course up to 20/11/2023."""
    call_command("load_demo", verbosity=0)


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What the browser complained about on any page: refused by the CSP, not found, failed."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


@pytest.fixture
def log_in(page: Page, live_server) -> Callable[[str], Page]:
    """Log in through the page as a person does, after logging out whoever was there."""

    def through_the_page(username: str) -> Page:
        page.context.clear_cookies()
        page.goto(f"{live_server.url}/dang-nhap/")
        page.get_by_label("Tên đăng nhập").fill(username)
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
        page.wait_for_url(f"{live_server.url}/")
        return page

    return through_the_page
