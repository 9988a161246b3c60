"""Every page, in every role that sees it: axe finds nothing (WCAG 2.2 AA), the browser complains
about nothing, and nothing runs out of the screen."""

import re
from types import SimpleNamespace

import pytest
from axe_playwright_python.sync_playwright import Axe

from plans.models import (
    AppendixImport,
    Assignment,
    Difficulty,
    Directive,
    Finding,
    ProgressUpdate,
    Task,
)
from reports.models import ConsolidatedReport, Round, UnitReport
from tests.builders import make_appendix_import, make_import
from tests.units.accounts.rosters import make_people_import
from units.models import User

# Without `preload` axe reads no style sheets itself: what one imports (forms.css of the admin) it
# would put into the page, which the page's own policy refuses. None of these rules asks for it.
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "preload": False,
}
WIDE, ZOOMED, PHONE = (1366, 768), (683, 384), (390, 844)


def addresses(role: str) -> list[str]:
    """The pages that the role is shown, one of each kind."""
    task = Task.objects.get(code="1.2.2.1").pk
    pages = [
        "/",
        "/?ngay=31/10/2023",
        "/?ngay=31/11/2023",
        "/nhiem-vu/",
        "/nhiem-vu/?trang-thai=dang-thuc-hien&tim=dich+vu",
        "/nhiem-vu/?tim=khong-co-nhiem-vu-nay",
        "/nhiem-vu/?sap-xep=-thoi-han&cot=thoi-han,tinh-trang,kho-khan",
        "/nhiem-vu/in/",
        "/nhiem-vu/danh-sach/",
        "/?so-voi=01/09/2023",
        "/thong-bao/",
        f"/nhiem-vu/{task}/",
        f"/nhiem-vu/{task}/?ngay=01/09/2023",
        *steering(role),
        "/doi-mat-khau/",
        "/khong-co-trang-nay/",
    ]
    if role == "quantri":
        imported = f"/ke-hoach/nhap/{make_import(User.objects.get(username=role)).pk}/"
        plan = f"/admin/plans/plan/{Task.objects.get(pk=task).plan_id}/phu-luc/"
        pages += [plan, f"{plan}tach/{task}/", f"/admin/plans/task/{task}/history/"]
        people = make_people_import(User.objects.get(username=role)).pk
        pages += ["/can-bo/nhap/", f"/can-bo/nhap/{people}/", "/ke-hoach/ke-hoach-2023/nam-sau/"]
        pages.append(f"/ke-hoach/phu-luc/{an_appendix(role).pk}/?rut=on")
        pages.append("/ke-hoach/ra-soat/")
        pages += ["/ke-hoach/nhap/", imported, f"{imported}?sua=4", f"{imported}?sua=ke-hoach"]
    pages.append("/nhiem-vu-duoc-giao/")
    if role in ("vanphong", "lanhdao"):
        update = ProgressUpdate.objects.filter(kind="report").last()
        pages += ["/cho-toi/", "/nhiem-vu-duoc-giao/them/", f"/gop-y/{update.pk}/"]
    if role == "tp.cds":
        part = Assignment.objects.get(task__code="1.2.3.1", unit__code="cds")
        form = f"/nhiem-vu/{part.task_id}/{part.pk}/cap-nhat/"
        pages += ["/viec-cua-toi/", "/viec-cua-toi/?chon=tat-ca", f"{form}?ve=/viec-cua-toi/"]
    own = UnitReport.objects.get(unit__code="cds").pk
    round = Round.objects.get().pk
    pages += [
        "/bao-cao/dot/",
        f"/bao-cao/dot/{round}/",
        f"/bao-cao/don-vi/{own}/",
        f"/bao-cao/don-vi/{own}/phien-ban/1/",
        f"/bao-cao/don-vi/{own}/so-sanh/1/1/",
    ]
    pages += ["/bao-cao/kiem-tra/"]
    draft = f"/bao-cao/tong-hop/{ConsolidatedReport.objects.get().pk}/"
    pages += ["/bao-cao/dot/mo/", f"{draft}doan/proposals/"] if role == "vanphong" else []
    overseen = ["/bao-cao/", "/don-vi/", "/bao-cao/tong-hop/", draft, "/ke-hoach/phu-luc/"]
    return pages + (overseen if role in ("vanphong", "lanhdao", "quantri") else [])


def an_appendix(role: str) -> AppendixImport:
    """A workbook with an unknown unit, a changed task, a new one and all others missing."""
    task = Task.objects.get(code="1.2.3.1")
    by = User.objects.get(username=role)
    return make_appendix_import(SimpleNamespace(admin=by, plan=task.plan, task=task))


def steering(role: str) -> list[str]:
    """The pages under "Điều hành", each kind in one role at least: axe takes its time."""
    if role == "vanphong":
        found = Finding.objects.get()
        inspection = f"/kiem-tra/{found.inspection_id}/?them={found.pk}"
        return ["/don-doc/", "/don-doc/moi/hts/", "/kiem-tra/", inspection, "/kiem-tra/moi/"]
    if role == "lanhdao":
        return ["/chi-dao/moi/", Difficulty.objects.all()[0].get_absolute_url()]
    if role == "tp.cds":
        answered = Directive.objects.get(unit__code="cds").get_absolute_url()
        return ["/chi-dao/", answered, "/kho-khan/moi/", "/quan-triet/"]
    return ["/khac-phuc/?han=qua-han"]


def faults(page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{page.url} {one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]
    ]


SIDEWAYS = """() => [...document.querySelectorAll('[role=region]:has(> table.grid)')]
    .filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.ariaLabel)"""


def overflow(page) -> list[str]:
    """The page may not be wider than the screen; a table may scroll in its own frame, though a list
    not on the screen that offices have."""
    if page.viewport_size["width"] == WIDE[0] and (hidden := page.evaluate(SIDEWAYS)):
        return [f"{page.url} hides columns of {hidden}"]
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [f"{page.url} is {wide} px too wide at {page.viewport_size}"] if wide > 0 else []


OUT_OF_THE_MIDDLE = """() => [...document.querySelectorAll('.sheet .ruled')]
    .filter(one => getComputedStyle(one).textAlign != 'center').map(one => one.textContent)"""
RULE_TO_NATION = """() => document.querySelector('.sheet .nation').getBoundingClientRect().top
    - document.querySelector('.sheet .agency').getBoundingClientRect().bottom"""


def askew(page) -> list[str]:
    """Where the head of a document is narrow, its rules stay below the middle of their words, and
    apart from what follows (F10, F18)."""
    nation = page.query_selector(".sheet .nation")
    if page.viewport_size["width"] == WIDE[0] or nation is None or not nation.is_visible():
        return []
    found = page.evaluate(OUT_OF_THE_MIDDLE)
    found += ["agency and nation touch"] if page.evaluate(RULE_TO_NATION) < 8 else []
    return [f"{page.url} at {page.viewport_size}: {one}" for one in found]


@pytest.mark.parametrize("role", ["tp.cds", "vanphong", "lanhdao", "quantri"])
def test_pages(role, demonstration, log_in, live_server, complaints):
    page = log_in(role)
    found, seen, shown = [], 0, addresses(role)
    for address in shown:
        for width, height in (WIDE, ZOOMED, PHONE):
            page.set_viewport_size({"width": width, "height": height})
            page.goto(live_server.url + address)
            found += overflow(page) + askew(page)
            if (width, height) != ZOOMED:
                found += faults(page)
            seen += 1
    assert found == []
    assert seen == 3 * len(shown)
    # A page that does not exist answers 404, and the browser says so.
    assert [said for said in complaints if not re.search("status of (404|403)", said)] == []


def test_dark_colours_have_contrast_too(demonstration, log_in, live_server):
    page = log_in("vanphong")
    page.emulate_media(color_scheme="dark")
    found = []
    for address in addresses("vanphong"):
        page.goto(live_server.url + address)
        found += faults(page)
    assert found == []


def test_log_in_and_a_form_with_messages(demonstration, log_in, page, live_server):
    page.goto(f"{live_server.url}/dang-nhap/")
    assert faults(page) == []
    log_in("tp.cds")
    page.goto(f"{live_server.url}/nhiem-vu/{Task.objects.get(code='1.2.3.1').pk}/")
    page.get_by_label("Hoàn thành", exact=True).check()
    page.get_by_label("Ngày hoàn thành").fill("31/11/2023")
    page.get_by_role("button", name="Gửi cập nhật").click()
    assert page.get_by_label("Ngày hoàn thành").input_value() == "31/11/2023"
    assert faults(page) == []


def test_the_list_shows_twelve_rows(demonstration, log_in, live_server):
    page = log_in("vanphong")
    page.goto(f"{live_server.url}/nhiem-vu/")
    rows = page.locator("table.tasks tbody tr")
    shown = [
        row
        for row in rows.all()
        if (box := row.bounding_box()) and box["y"] + box["height"] <= page.viewport_size["height"]
    ]
    assert len(shown) >= 12
