"""The form on a page of its own and in the list: quoting, correcting, preparing, going back."""

import pytest
from django.urls import reverse

from plans.models import Evidence, Prepared, ProgressUpdate
from plans.states import State
from tests.builders import a_document, decide, record
from tests.pages import Page, content_of, upload
from tests.plans import sample_files as samples

HTMX = {"HX-Request": "true"}
LIST = reverse("task-list")


@pytest.fixture
def url(world):
    return reverse("progress-record", args=[world.task.pk, world.lead.pk])


@pytest.fixture
def staff(world, as_user):
    return as_user(world.staff)


def test_the_list_offers_it_for_ones_own_part_only(world, as_user, url):
    def offered(who):
        return Page(as_user(world.people[who]).get(LIST)).all("//a[@class='record']/@href")

    assert [link.split("?")[0] for link in offered("staff")] == [url]
    support = reverse("progress-record", args=[world.task.pk, world.support.pk])
    assert [link.split("?")[0] for link in offered("support_head")] == [support]
    assert offered("leadership") == offered("admin") == []
    decide("pause", world.lead, world.leadership)
    assert offered("staff") == []


def test_without_a_script_back_to_the_list_as_it_was(world, staff, url):
    back = f"{LIST}?tim=nhiem&trang-thai=chua-co-thong-tin"
    page = Page(staff.get(url, {"ve": back}))

    response = staff.post(url, page.sends(url) | {"result": "Đã làm"})

    assert response["Location"] == back


@pytest.mark.parametrize("back", ["https://a.example/", "//a.example/", "/\\a.example", "x"])
def test_never_back_to_another_host(world, staff, url, back):
    sent = Page(staff.get(url)).sends(url) | {"result": "Đã làm", "ve": back}

    assert staff.post(url, sent)["Location"] == reverse("task", args=[world.task.pk])


def test_in_the_list_a_fragment_opens_and_says_what_was_recorded(world, staff, url):
    opened = Page(staff.get(url, {"ve": LIST}, headers=HTMX))
    assert not opened.all("//header")
    sent = opened.sends(url) | {"result": "Đã làm"}

    refused = Page(staff.post(url, sent | {"result": ""}, headers=HTMX))
    assert (refused.response.status_code, list(refused.errors)) == (422, ["result"])
    assert not refused.all("//header")
    done = Page(staff.post(url, sent, headers=HTMX))
    assert f"Đã ghi cập nhật cho nhiệm vụ {world.task}." in done.text
    assert done.all("//@hx-get") == [LIST]
    assert done.all("//@hx-select") == [f"#row-{world.task.pk}"]
    assert world.lead.updates.count() == 1


def test_in_the_list_somebody_else_recorded_in_between(world, staff, url):
    sent = Page(staff.get(url, {"ve": LIST}, headers=HTMX)).sends(url) | {"result": "Của tôi"}
    record(world.lead, world.head, result="Của lãnh đạo phòng")

    page = Page(staff.post(url, sent, headers=HTMX))

    assert page.response.status_code == 409
    assert "Của lãnh đạo phòng" in page.texts("//div[@class='newer']")[0]
    again = page.sends(url)
    assert again["result"] == "Của tôi"
    assert any("vừa ghi vào nhiệm vụ này" in one for one in page.messages)
    staff.post(url, again, headers=HTMX)
    assert world.lead.updates.count() == 2


def test_the_session_ended_in_the_list(world, staff, url):
    sent = Page(staff.get(url, {"ve": LIST}, headers=HTMX)).sends(url) | {"result": "Của tôi"}
    staff.logout()

    response = staff.post(url, sent, headers=HTMX)

    assert response["HX-Redirect"].startswith(reverse("login"))
    staff.force_login(world.staff)
    assert Page(staff.get(url)).sends(url)["result"] == "Của tôi"


def test_nothing_to_record_any_more(world, staff, url):
    record(world.lead, world.head, State.DONE)
    decide("confirm", world.lead, world.office)

    page = Page(staff.get(url))

    assert not page.has_form(url)
    assert "không ghi cập nhật được" in page.messages[0]


# --- Evidence: each file with what it proves -----------------------------------------------------


def proofs():
    return list(Evidence.objects.order_by("pk").values_list("name", "document_number", "proves"))


def test_each_file_with_what_it_proves(world, staff, url):
    sent = Page(staff.get(url)).sends(url) | {
        "result": "Đã gửi",
        "uploads": [upload("a.pdf", samples.pdf()), upload("b.png", samples.png())],
        "proves": ["Tờ trình", "Ảnh lắp đặt"],
        "uploads_2": upload("c.pdf", samples.pdf()),
        "proves_2": "Biên bản",
        "document_number": "12/STTTT-VP",
        "document_proves": "Đã giao việc",
    }

    assert staff.post(url, sent).status_code == 302
    assert proofs() == [
        ("a.pdf", "", "Tờ trình"),
        ("b.png", "", "Ảnh lắp đặt"),
        ("c.pdf", "", "Biên bản"),
        ("", "12/STTTT-VP", "Đã giao việc"),
    ]


def test_one_line_for_all_files_of_a_row(world, staff, url):
    files = [upload("a.pdf", samples.pdf()), upload("b.png", samples.png())]
    sent = Page(staff.get(url)).sends(url) | {"result": "Đã gửi", "uploads": files}

    staff.post(url, sent | {"proves": "Hồ sơ nghiệm thu"})

    assert [proves for *_, proves in proofs()] == ["Hồ sơ nghiệm thu"] * 2


def test_what_files_prove_is_still_typed_when_the_form_comes_back(world, staff, url):
    sent = Page(staff.get(url)).sends(url) | {
        "result": "",
        "uploads": [upload("a.pdf", samples.pdf()), upload("b.png", samples.png())],
        "proves": ["Tờ trình", "Ảnh lắp đặt"],
    }

    page = Page(staff.post(url, sent))

    assert page.response.status_code == 422
    assert page.all("//input[@name='proves']/@value") == ["Tờ trình", "Ảnh lắp đặt"]


# --- A contribution is quoted --------------------------------------------------------------------


def test_a_contribution_stands_beside_the_form_and_can_be_quoted(world, staff, url):
    said = record(
        world.support, world.support_head, result="Đã cấp máy chủ.", evidence=(a_document(),)
    )
    page = Page(staff.get(url))
    assert "Đã cấp máy chủ." in page.texts("//div[@class='contribution']")[0]
    assert "Văn bản số 12/STTTT-VP" in page.texts("//div[@class='contribution']")[0]
    sent = page.sends(url) | {"result": "Đã lắp đặt.", "proposal": "Thêm người", "state": "done"}

    quoted = Page(staff.post(url, sent | {"trich": said.pk})).sends(url)

    assert quoted["result"].splitlines() == ["Đã lắp đặt.", "Phòng S phối hợp: Đã cấp máy chủ."]
    assert (quoted["proposal"], quoted["state"]) == ("Thêm người", "done")
    assert world.lead.updates.count() == 0


# --- A correction --------------------------------------------------------------------------------


def test_a_correction_is_told_on_both(world, staff, url):
    wrong = record(world.lead, world.staff, result="42/45")
    task = reverse("task", args=[world.task.pk])
    [link] = [one for one in Page(staff.get(task)).all("//a/@href") if "dinh-chinh" in one]
    page = Page(staff.get(link))
    assert "42/45" in page.texts("//div[@class='corrected']")[0]

    staff.post(url, page.sends(url) | {"result": "41/45"})

    newest, oldest = Page(staff.get(task)).texts("//ol[@class='timeline']/li")
    assert "Đính chính: cập nhật: đang thực hiện" in newest
    assert "Đính chính cho lần ghi ngày 20/11/2023" in newest
    assert "Đã được đính chính ngày 20/11/2023" in oldest
    assert "42/45" in oldest
    assert ProgressUpdate.objects.get(result="41/45").corrects == wrong


# --- Staff prepare, the head sends ---------------------------------------------------------------


def test_from_staff_to_the_head_and_into_the_history(world, as_user, url):
    world.a.head_sends = True
    world.a.save(update_fields=["head_sends"])
    client = as_user(world.staff)
    sent = Page(client.get(url)).sends(url) | {"result": "Đã lắp"}
    client.post(url, sent | {"uploads": upload("a.pdf", samples.pdf()), "proves": "Nghiệm thu"})
    assert (ProgressUpdate.objects.count(), Prepared.objects.count()) == (0, 1)
    back = reverse("progress-give_back", args=[world.task.pk, world.lead.pk])

    client = as_user(world.head)
    page = Page(client.get(url))
    [file] = page.form(url).xpath(".//a[@download]/@href")
    assert content_of(client.get(file)) == samples.pdf()
    answer = client.post(back, page.sends(back) | {"reason": "Ghi số liệu"})
    assert answer.status_code == 302

    client = as_user(world.staff)
    page = Page(client.get(url))
    assert "Lãnh đạo đơn vị trả lại: Ghi số liệu" in page.messages
    assert page.form(url).xpath(".//input[@name='kept']/@checked")
    client.post(url, page.sends(url) | {"kept": kept(page), "result": "Đã lắp 3 máy"})

    client = as_user(world.head)
    page = Page(client.get(url))
    client.post(url, page.sends(url) | {"kept": kept(page), "result": "Đã lắp 03 máy chủ"})
    update = ProgressUpdate.objects.get()
    assert (update.result, update.by, update.prepared_by) == (
        "Đã lắp 03 máy chủ",
        world.head,
        world.staff,
    )
    assert [name for name, *_ in proofs()] == ["a.pdf"]
    history = Page(client.get(reverse("task", args=[world.task.pk]))).texts("//ol/li")
    assert any("Người staff, Phòng A chuẩn bị; Người head, Phòng A gửi." in one for one in history)


def kept(page):
    return page.all("//input[@name='kept']/@value")


def test_a_reason_to_give_back_is_asked_for(world, as_user, url):
    world.a.head_sends = True
    world.a.save(update_fields=["head_sends"])
    client = as_user(world.staff)
    client.post(url, Page(client.get(url)).sends(url) | {"result": "Đã lắp"})
    back = reverse("progress-give_back", args=[world.task.pk, world.lead.pk])
    client = as_user(world.head)

    page = Page(client.post(back, Page(client.get(url)).sends(back)))

    assert page.response.status_code == 422
    assert page.errors == {"reason": "Đồng chí ghi cần sửa gì."}
