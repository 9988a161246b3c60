"""A workbook of many rows: compared and applied by the worker, behind a page that says how far."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from plans import appendix_orders
from plans.acts import appendix_import
from plans.appendix.outcomes import Options
from plans.appendix.preview import loaded, preview_of
from plans.models import AppendixImport, TaskChange
from tests.builders import make_user
from tests.pages import Page, path_of
from tests.plans.views.test_appendix import address, sent
from units import clock
from units.models import Notice, Role


@pytest.fixture
def admin(world, as_user, monkeypatch):
    """An administrator, to whom every workbook is a large one."""
    monkeypatch.setattr(appendix_orders, "MANY", 1)
    return as_user(world.admin)


@pytest.fixture
def one(admin, world):
    return sent(admin, world, ("", "Việc mới", "Phòng A", "", "Quý IV", ""), lead="Phòng B")


@pytest.fixture
def shown(admin, one, worked):
    """The workbook, when its preview is there."""
    admin.get(address(one))
    worked()
    return one


def apply(client, one, **data):
    form = Page(client.get(address(one))).form(address(one))
    typed = {"do": "apply", "reason": "Sắp xếp lại"} | data
    return client.post(address(one), dict(form.form_values()) | typed)


def break_off():
    """The worker dies in the middle of what it does."""
    long_ago = timezone.now() - dt.timedelta(minutes=2)
    DBTaskResult.objects.filter(status="READY").update(
        status="RUNNING", started_at=long_ago, worker_ids=["dead"]
    )


def test_the_preview_is_made_behind_the_page(admin, world, one, worked):
    assert path_of(admin.get(address(one))) == address(one)

    waiting = admin.get(address(one))
    assert waiting["Refresh"] == "3"
    assert Page(waiting).all("//progress")
    assert not Page(waiting).all("//button[@value='apply']")
    assert DBTaskResult.objects.count() == 1
    worked()

    answer = admin.get(address(one))
    assert "Refresh" not in answer
    assert "1 mới · 1 thay đổi · 3 không có trong tệp" in Page(answer).text
    assert Page(answer).all("//button[@value='apply']")


def test_it_shows_what_a_small_one_shows(admin, shown, monkeypatch):
    rows = "//section[last()]//tbody/tr"
    large = Page(admin.get(address(shown))).texts(rows)
    monkeypatch.setattr(appendix_orders, "MANY", 500)

    assert Page(admin.get(address(shown))).texts(rows) == large
    assert len(large) == 5


def test_what_is_kept_comes_back_as_it_was(shown):
    preview = preview_of(appendix_import.compared(shown, Options(keep_words=True)), clock.now())

    assert loaded(preview.dumped()) == preview
    assert any(line.new for line in preview.lines)
    assert any(line.shown for line in preview.lines)
    assert any(line.remarks for line in preview.lines) or preview.remarks is not None


def test_options_are_another_preview(admin, shown, worked):
    url = address(shown, "?rut=on")
    assert admin.get(url)["Location"] == url
    worked()

    assert "3 bỏ khỏi phụ lục" in Page(admin.get(url)).text
    assert "3 không có trong tệp" in Page(admin.get(address(shown))).text


def test_two_clicks_apply_it_once(admin, world, shown, worked):
    form = Page(admin.get(address(shown))).form(address(shown))
    data = dict(form.form_values()) | {"do": "apply", "reason": "Sắp xếp lại"}
    for _ in range(2):
        assert path_of(admin.post(address(shown), data)) == address(shown)

    waiting = admin.get(address(shown))
    assert waiting["Refresh"] == "3"
    assert "Đang áp dụng phụ lục" in Page(waiting).text
    assert TaskChange.objects.count() == 0
    worked()

    assert "đã áp dụng vào" in Page(admin.get(address(shown))).text
    assert TaskChange.objects.count() == 1
    assert {one.history_user for one in world.task.history.filter(history_type="~")} == {
        world.admin
    }
    [notice] = Notice.objects.filter(user=world.admin)
    assert notice.path == address(shown)
    assert notice.words.startswith("Đã áp dụng phụ lục phụ lục.xlsx: 1 mới, 1 thay đổi")


def test_somebody_else_waits_with_the_first(admin, world, shown, as_user):
    apply(admin, shown)
    other = as_user(make_user(Role.ADMIN))

    assert "Đang áp dụng phụ lục" in Page(other.get(address(shown))).text
    other.post(address(shown), {"do": "apply", "seen": "x", "reason": "y"})
    orders = DBTaskResult.objects.filter(task_path=appendix_orders.apply_ordered.module_path)
    assert orders.count() == 1


def test_of_two_workbooks_one_wins_and_the_other_is_told(admin, world, shown, worked):
    second = sent(admin, world, note="Ghi chú khác")
    admin.get(address(second))
    worked()
    apply(admin, shown)
    apply(admin, second, reason="Lý do đã gõ")
    worked()

    assert path_of(admin.get(address(second))) == address(second)  # compared anew
    worked()
    page = Page(admin.get(address(second)))
    assert "Phụ lục vừa được người khác sửa" in page.text
    assert TaskChange.objects.count() == 1
    assert Notice.objects.filter(words__contains="chưa được áp dụng").count() == 1
    apply(admin, second)
    worked()
    world.task.refresh_from_db()
    assert world.task.note == "Ghi chú khác"


def test_a_missing_reason_is_said_at_once(admin, shown):
    answer = apply(admin, shown, reason=" ")

    assert answer.status_code == 422
    assert "đồng chí ghi lý do" in Page(answer).errors["reason"]
    assert not DBTaskResult.objects.filter(status="READY").exists()


@pytest.mark.parametrize("ends", ["an error", "death"])
def test_what_ends_in_the_middle_leaves_nothing(admin, shown, monkeypatch, worked, ends):
    """After some rows were written; then it can be applied again, with the reason as typed."""
    apply(admin, shown)
    if ends == "death":
        break_off()
    else:
        with monkeypatch.context() as patch:
            patch.setattr(appendix_import, "add_tasks", None)  # called after the changed rows
            worked()

    answer = admin.get(address(shown))
    page = Page(answer)
    assert "Refresh" not in answer
    assert ("bị ngắt giữa chừng" if ends == "death" else "Máy chủ gặp lỗi") in page.text
    assert page.texts("//textarea[@name='reason']") == ["Sắp xếp lại"]
    assert TaskChange.objects.count() == 0
    apply(admin, shown)
    worked()
    assert TaskChange.objects.count() == 1
    assert AppendixImport.objects.get().applied_at is not None


@pytest.mark.parametrize("ends", ["an error", "death"])
def test_a_preview_that_came_to_nothing_is_made_again(admin, one, monkeypatch, worked, ends):
    admin.get(address(one))
    if ends == "death":
        break_off()
    else:
        with monkeypatch.context() as patch:
            patch.setattr(appendix_import, "compared", None)
            worked()

    answer = admin.get(address(one))
    page = Page(answer)
    assert "Refresh" not in answer
    assert ("bị ngắt giữa chừng" if ends == "death" else "Máy chủ gặp lỗi") in page.text
    again = dict(page.form(address(one)).form_values()) | {"do": "compare"}
    assert path_of(admin.post(address(one), again)) == address(one)
    worked()
    assert Page(admin.get(address(one))).all("//button[@value='apply']")


def test_it_can_be_put_aside_while_it_is_compared(admin, one, worked):
    admin.get(address(one))
    page = Page(admin.get(address(one)))
    form = dict(page.form(address(one)).form_values()) | {"do": "put_aside"}

    assert path_of(admin.post(address(one), form)) == reverse("plan-import")
    worked()
    assert "đã bỏ" in Page(admin.get(address(one))).text


def test_a_preview_that_was_removed_is_made_again(admin, shown, worked):
    appendix_orders.comparing(shown, Options()).path.unlink()

    assert path_of(admin.get(address(shown))) == address(shown)
    worked()
    assert Page(admin.get(address(shown))).all("//button[@value='apply']")


def test_how_far_it_is(admin, one, world, worked, monkeypatch):
    told = []
    write = appendix_orders.orders.write

    def noted(path, data):
        if path.suffix == ".percent":
            told.append(int(data))
        write(path, data)

    monkeypatch.setattr(appendix_orders.orders, "write", noted)
    admin.get(address(one))
    worked()
    compared = list(told)
    apply(admin, one)
    worked()
    applied = told[len(compared) :]

    for each in (compared, applied):
        assert each == sorted(each)
        assert each
        assert each[-1] <= 100
