"""Recording progress in the browser: what is typed is kept, or comes back with a message."""

import unicodedata
from decimal import Decimal

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from plans.models import Evidence, Measure, MeasureValue, ProgressUpdate
from plans.states import State
from tests.builders import decide, make_measure, make_task, record
from tests.pages import Page, path_of, upload
from tests.plans import sample_files as samples


def url_of(assignment):
    return reverse("progress-record", args=[assignment.task_id, assignment.pk])


def page_of(assignment):
    return reverse("task", args=[assignment.task_id])


@pytest.fixture
def measure(world):
    return make_measure(world.task, target=Decimal(100))


@pytest.fixture
def form(world, measure, as_user):
    """What the browser of unit A's staff sends from the form, when nothing is changed."""
    client = as_user(world.staff)
    return Page(client.get(page_of(world.lead))).sends(url_of(world.lead))


TYPED = {
    "state": "in_progress",
    "result": "Đã làm được một nửa.",
    "difficulty": "Thiếu người",
    "cause": "Nghỉ dài ngày",
    "next_step": "Làm tiếp",
    "proposal": "Bổ sung người",
    "explanation": "Chưa có văn bản",
    "document_number": "12/STTTT-VP",
    "document_date": "14/11/2023",
    "document_proves": "Đã giao việc",
}


def rows():
    return (
        ProgressUpdate.objects.count(),
        MeasureValue.objects.count(),
        Evidence.objects.count(),
        sum(len(default_storage.listdir(folder)[1]) for folder in stored_folders()),
    )


def stored_folders():
    return [
        f"{year}/{month}"
        for year in default_storage.listdir("")[0]
        for month in default_storage.listdir(year)[0]
    ]


# --- Works ---------------------------------------------------------------------------------------


def test_works_with_a_value_a_file_and_a_document(world, measure, form, client):
    form |= TYPED | {
        "state": "done",
        "completed_on": "15/11/2023",
        f"value_{measure.pk}": "98,5%",
        "uploads": upload("Kết quả.pdf", samples.pdf()),
    }

    response = client.post(url_of(world.lead), form)

    assert (response.status_code, path_of(response)) == (302, page_of(world.lead))
    update = ProgressUpdate.objects.get()
    assert (update.state, update.claim, update.by) == (State.AWAITING, State.DONE, world.staff)
    assert {name: getattr(update, name) for name in TYPED if name in ("result", "proposal")} == {
        "result": "Đã làm được một nửa.",
        "proposal": "Bổ sung người",
    }
    assert update.values.get().value == Decimal("98.5")
    assert [proof.label for proof in update.evidence.order_by("pk")] == [
        "Kết quả.pdf",
        "Văn bản số 12/STTTT-VP ngày 14/11/2023",
    ]
    page = Page(client.get(page_of(world.lead)))
    assert f"Đã ghi cập nhật cho nhiệm vụ {world.task}." in page.messages
    assert page.texts("//ol[@class='timeline']/li/p[@class='head']") == [
        "20/11/2023 Báo hoàn thành, chờ Văn phòng xác nhận – Phòng A"
    ]
    assert "98,5%" in page.texts("//dl[@class='update']")[0]


def test_several_files_at_once(world, form, client):
    files = [upload("a.pdf", samples.pdf()), upload("b.png", samples.png())]

    client.post(url_of(world.lead), form | {"result": "Đã gửi", "uploads": files})

    assert sorted(Evidence.objects.values_list("name", flat=True)) == ["a.pdf", "b.png"]


def test_an_empty_measure_is_no_value(world, form, client):
    client.post(url_of(world.lead), form | {"result": "Đã gửi"})

    assert (ProgressUpdate.objects.count(), MeasureValue.objects.count()) == (1, 0)


@pytest.mark.parametrize(
    ("typed", "value"), [("98,5", "98.5"), ("98.5", "98.5"), ("70%", "70"), (" 0 ", "0")]
)
def test_values_as_offices_type_them(world, measure, form, client, typed, value):
    client.post(url_of(world.lead), form | {"result": "x", f"value_{measure.pk}": typed})

    assert MeasureValue.objects.get().value == Decimal(value)


def test_a_yes_no_measure_is_chosen(world, as_user):
    measure = make_measure(world.task, Measure.Scale.YES_NO)
    client = as_user(world.staff)
    form = Page(client.get(page_of(world.lead))).sends(url_of(world.lead))
    assert form[f"value_{measure.pk}"] == ""

    client.post(url_of(world.lead), form | {"result": "x", f"value_{measure.pk}": "0"})

    assert MeasureValue.objects.get().value == 0
    assert "Chưa đạt" in Page(client.get(page_of(world.lead))).texts("//dl[@class='update']")[0]


def test_a_supporting_unit_contributes(world, as_user):
    client = as_user(world.support_head)
    page = Page(client.get(page_of(world.support)))
    form = page.sends(url_of(world.support))
    assert {"state", "completed_on", "explanation"} & form.keys() == set()

    response = client.post(url_of(world.support), form | {"result": "Đã gửi số liệu"})

    assert path_of(response) == page_of(world.support)
    assert ProgressUpdate.objects.get().kind == "contribution"


def test_day_in_the_address_does_not_matter(world, form, client):
    for asked in ("01/01/2000", "31/11/2023", "abc"):
        response = client.post(f"{url_of(world.lead)}?ngay={asked}", form | {"result": "Đã gửi"})
        assert response.status_code == 302
    assert ProgressUpdate.objects.count() == 1


# --- Text that could do harm ----------------------------------------------------------------------


def test_script_is_text_for_every_reader(world, form, client):
    script = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>"
    client.post(
        url_of(world.lead),
        form
        | dict.fromkeys(("result", "cause", "document_number", "document_proves"), script[:60]),
    )

    assert ProgressUpdate.objects.get().result == script[:60]
    for who, name in (("staff", "task"), ("office", "task"), ("office", "task-list")):
        client.force_login(world.people[who])
        url = reverse(name, args=[world.task.pk] if name == "task" else [])
        page = Page(client.get(url))
        assert page.all("//script[not(starts-with(@src, '/static/'))] | //img") == []
        assert "<script>alert('x')</script>" in page.text


@pytest.mark.parametrize("text", ["=1+1", "+1", "@SUM(A1)", "-2", "{{ user }}", "{% url 'x' %}"])
def test_text_that_looks_like_a_formula_stays_text(world, form, client, text):
    client.post(url_of(world.lead), form | {"result": text})

    assert ProgressUpdate.objects.get().result == text
    assert text in Page(client.get(page_of(world.lead))).texts("//dl[@class='update']")[0]


def test_decomposed_letters_are_composed(world, form, client):
    decomposed = {name: unicodedata.normalize("NFD", value) for name, value in TYPED.items()}
    file = upload(unicodedata.normalize("NFD", "Kết quả.pdf"), samples.pdf())

    proves = {"proves": decomposed["document_proves"]}
    client.post(url_of(world.lead), form | decomposed | proves | {"uploads": file})

    update = ProgressUpdate.objects.get()
    assert (update.result, update.proposal) == (TYPED["result"], TYPED["proposal"])
    assert [(proof.name, proof.proves) for proof in update.evidence.order_by("pk")] == [
        ("Kết quả.pdf", TYPED["document_proves"]),
        ("", TYPED["document_proves"]),
    ]


# --- What cannot be recorded: 422, a message at its field, nothing saved, nothing lost -----------

NO_DAY = "không phải là một ngày có thật. Ghi ngày/tháng/năm, như 30/11/2023."
NO_NUMBER = "không đọc được thành số. Ghi như 98,5 hoặc 98.5; hàng nghìn ghi 1234 hoặc 1.234.567."
TOO_LONG = "Nội dung dài 20.000 ký tự, tối đa 5.000. Đồng chí rút gọn hoặc đính kèm thành tệp."
DONE = {"state": "done", "completed_on": "15/11/2023"}
REFUSED = [
    ({"result": ""}, {"result": "Đồng chí ghi kết quả thực hiện."}),
    ({"result": "a" * 20_000}, {"result": TOO_LONG}),
    (
        {"difficulty": "ă" * 20_000, "proposal": "b" * 20_000},
        {"difficulty": TOO_LONG, "proposal": TOO_LONG},
    ),
    (
        {"cause": "§«n ®èc tiÕn ®é"},
        {
            "cause": "Nội dung được gõ bằng bảng mã cũ (TCVN3 hoặc VNI) nên không đọc được. "
            "Đồng chí chuyển sang Unicode rồi dán lại."
        },
    ),
    (DONE | {"completed_on": "31/11/2023"}, {"completed_on": f"“31/11/2023” {NO_DAY}"}),
    (
        DONE | {"completed_on": "15/11/23"},
        {"completed_on": "Năm ghi đủ bốn chữ số, như 15/11/2023."},
    ),
    (
        DONE | {"completed_on": "2023-11-5"},
        {"completed_on": "Ghi ngày trước, năm sau: 05/11/2023."},
    ),
    (DONE | {"completed_on": "hôm qua"}, {"completed_on": f"“hôm qua” {NO_DAY}"}),
    (
        DONE | {"completed_on": "<script>"},
        {"completed_on": f"“<script>” {NO_DAY}"},
    ),
    (
        DONE | {"completed_on": "21/11/2023"},
        {"completed_on": "Ngày hoàn thành không được sau hôm nay (20/11/2023)."},
    ),
    (
        DONE | {"completed_on": "30/06/2023"},
        {"completed_on": "Ngày hoàn thành không được trước ngày kế hoạch bắt đầu (01/07/2023)."},
    ),
    (
        DONE | {"completed_on": ""},
        {"completed_on": "Đồng chí ghi ngày hoàn thành (ngày/tháng/năm)."},
    ),
    (
        DONE
        | {"explanation": " ", "document_number": "", "document_date": "", "document_proves": ""},
        {
            "explanation": "Đồng chí đính kèm tài liệu kiểm chứng; "
            "nếu không có thì giải trình tại đây."
        },
    ),
    (
        {"document_number": ""},
        {"document_number": "Đồng chí ghi cả số, ký hiệu của văn bản."},
    ),
    (
        {"document_number": "", "document_date": "", "document_proves": "", "proves": "Gì đó"},
        {"proves": "Đồng chí chọn tệp mà dòng này nói đến."},
    ),
    (
        {"document_date": "21/11/2023"},
        {"document_date": "Ngày văn bản không được sau hôm nay (20/11/2023)."},
    ),
    (
        {"document_date": "01/12/1890"},
        {"document_date": "Ngày văn bản quá xa; đồng chí kiểm tra lại năm."},
    ),
    ({"document_date": "30/02/2023"}, {"document_date": f"“30/02/2023” {NO_DAY}"}),
    (
        DONE | {"completed_on": "31/11/2023", "value": "150", "result": "a" * 20_000},
        {
            "completed_on": f"“31/11/2023” {NO_DAY}",
            "value": "Tỷ lệ phải từ 0 đến 100%.",
            "result": TOO_LONG,
        },
    ),
    (
        DONE | {"document_date": "30/02/2023", "document_number": "", "explanation": ""},
        {
            "document_date": f"“30/02/2023” {NO_DAY}",
            "document_number": "Đồng chí ghi cả số, ký hiệu của văn bản.",
        },
    ),
    (
        {"result": "", "value": "nhiều"},
        {"result": "Đồng chí ghi kết quả thực hiện.", "value": f"“nhiều” {NO_NUMBER}"},
    ),
    ({"value": "abc"}, {"value": f"“abc” {NO_NUMBER}"}),
    ({"value": "1.234"}, {"value": f"“1.234” {NO_NUMBER}"}),
    ({"value": "1e5"}, {"value": f"“1e5” {NO_NUMBER}"}),
    ({"value": "NaN"}, {"value": f"“NaN” {NO_NUMBER}"}),
    ({"value": "101"}, {"value": "Tỷ lệ phải từ 0 đến 100%."}),
    ({"value": "-1"}, {"value": "Tỷ lệ phải từ 0 đến 100%."}),
    ({"value": "98,12345"}, {"value": "Giá trị có tối đa bốn chữ số sau dấu phẩy."}),
    (
        DONE | {"completed_on": "31/11/2023", "value": "abc", "document_date": "x"},
        {
            "completed_on": f"“31/11/2023” {NO_DAY}",
            "value": f"“abc” {NO_NUMBER}",
            "document_date": f"“x” {NO_DAY}",
        },
    ),
]


def test_refused(world, measure, form, client):
    """All on one form, as nothing is ever saved of it."""
    found, before = [], rows()
    for typed, _ in REFUSED:
        sent = form | TYPED | {f"value_{measure.pk}": "98,5"} | typed
        sent[f"value_{measure.pk}"] = sent.pop("value", sent[f"value_{measure.pk}"])
        response = client.post(url_of(world.lead), sent)
        page = Page(response)
        errors = {
            name.replace(f"value_{measure.pk}", "value"): message
            for name, message in page.errors.items()
        }
        found.append((typed, errors))
        assert response.status_code == 422
        assert rows() == before
        assert still_filled(page, world.lead) == filled(sent)
    assert found == REFUSED


def filled(form):
    ours = {name: value for name, value in form.items() if name not in NOT_TYPED}
    return {name: value.strip() for name, value in ours.items()}


def still_filled(page, assignment):
    return filled(page.sends(url_of(assignment)))


NOT_TYPED = ("csrfmiddlewaretoken", "keep_as", "uploads")


def test_a_character_that_no_database_keeps(world, form, client):
    page = Page(client.post(url_of(world.lead), form | TYPED | {"result": "a\x00b"}))

    assert (page.response.status_code, list(page.errors)) == (422, ["result"])
    assert ProgressUpdate.objects.count() == 0


def test_what_depends_on_an_unknown_state_is_not_told_yet(world, measure, form, client):
    sent = form | TYPED | {"state": "khac", "result": "", f"value_{measure.pk}": "150"}

    assert Page(client.post(url_of(world.lead), sent)).errors == {
        "state": "“khac” không có trong danh sách.",
        f"value_{measure.pk}": "Tỷ lệ phải từ 0 đến 100%.",
    }


def test_evidence_that_was_refused_need_not_be_explained_too(world, form, client):
    sent = form | TYPED | DONE | {"explanation": "", "document_number": "1" * 61}

    assert list(Page(client.post(url_of(world.lead), sent)).errors) == ["document_number"]


def test_a_state_that_is_not_offered(world, form, client):
    for state in ("awaiting", "paused", "not_arisen", "overdue", "", "x"):
        page = Page(client.post(url_of(world.lead), form | {"result": "x", "state": state}))
        assert page.response.status_code == 422
        assert list(page.errors) == ["state"]
    assert ProgressUpdate.objects.count() == 0


FILE = "không thuộc loại được nhận: PDF, Word (.docx), Excel (.xlsx), ảnh PNG hoặc JPG."


def test_files_refused(world, form, client, settings):
    settings.EVIDENCE_MAX_BYTES = 2 * 2**20
    table = [
        (
            ("rỗng.pdf", b""),
            "Tệp “rỗng.pdf” rỗng (0 byte). Đồng chí kiểm tra và chọn lại.",
        ),
        (
            ("to.pdf", samples.pdf() + b"\0" * 3 * 2**20),
            "Tệp “to.pdf” lớn 3,0 MB, tối đa 2 MB. Đồng chí nén hoặc tách tệp.",
        ),
        (("virus.pdf", samples.EXE), f"Tệp “virus.pdf” {FILE}"),
        (("trang.html", samples.HTML), f"Tệp “trang.html” {FILE}"),
        (("hình.svg", samples.SVG), f"Tệp “hình.svg” {FILE}"),
        (
            ("báo cáo.docx", samples.pdf()),
            "Tệp “báo cáo.docx” có nội dung khác với đuôi tên; nội dung là loại .pdf. "
            "Đồng chí lưu lại tệp đúng loại rồi chọn lại.",
        ),
    ]
    before, found = rows(), []
    for (name, content), _ in table:
        sent = form | TYPED | {"uploads": upload(name, content)}
        page = Page(client.post(url_of(world.lead), sent))
        found.append(((name, content), page.errors.get("uploads")))
        assert page.response.status_code == 422
        assert still_filled(page, world.lead) == filled(sent)
        assert any("riêng tệp đính kèm cần chọn lại" in one for one in page.messages)
    assert found == table
    assert rows() == before


def test_one_bad_file_among_good_ones_keeps_none(world, form, client):
    files = [upload("a.pdf", samples.pdf()), upload("b.exe", samples.EXE), upload("c.pdf", b"")]
    before = rows()

    page = Page(client.post(url_of(world.lead), form | TYPED | {"uploads": files}))

    assert page.errors == {
        "uploads": f"Tệp “b.exe” {FILE} Tệp “c.pdf” rỗng (0 byte). Đồng chí kiểm tra và chọn lại."
    }
    assert rows() == before


def test_a_good_file_with_a_bad_text_is_not_stored(world, form, client):
    before = rows()

    client.post(
        url_of(world.lead), form | {"result": "", "uploads": upload("a.pdf", samples.pdf())}
    )

    assert rows() == before


def test_more_than_ten_files(world, form, client):
    files = [upload(f"{n}.pdf", samples.pdf()) for n in range(11)]

    page = Page(client.post(url_of(world.lead), form | TYPED | {"uploads": files}))

    assert page.errors == {"uploads": "Mỗi lần gửi tối đa 10 tệp."}


@pytest.mark.parametrize("name", ["seen", "request_key"])
@pytest.mark.parametrize("value", ["", "x", "-1", "1" * 40])
def test_hidden_fields_that_were_meddled_with(world, form, client, name, value):
    response = client.post(url_of(world.lead), form | TYPED | {name: value})

    assert response.status_code in (409, 422)
    assert ProgressUpdate.objects.count() == 0


def test_a_key_that_was_meddled_with_is_told_in_vietnamese(world, form, client):
    page = Page(client.post(url_of(world.lead), form | TYPED | {"request_key": "x"}))

    assert page.texts("//form//ul[contains(@class, 'errorlist')]/li") == [
        "Nội dung gửi lên không còn nguyên vẹn. Đồng chí tải lại trang rồi gửi lại."
    ]


# --- The same form again, and somebody else in between -------------------------------------------


def test_a_double_click_is_one_record(world, form, client):
    sent = form | TYPED

    answers = [client.post(url_of(world.lead), sent) for _ in range(2)]

    assert [path_of(one) for one in answers] == [page_of(world.lead)] * 2
    assert (ProgressUpdate.objects.count(), Evidence.objects.count()) == (1, 1)


def test_gone_back_changed_and_sent_again(world, form, client):
    """The browser's Back shows the form as it was sent: its key is used, its words are new."""
    client.post(url_of(world.lead), form | TYPED)

    page = Page(client.post(url_of(world.lead), form | TYPED | {"result": "Đã sửa lại."}))
    assert page.response.status_code == 409
    again = page.sends(url_of(world.lead))
    assert again["result"] == "Đã sửa lại."
    assert client.post(url_of(world.lead), again).status_code == 302

    assert list(ProgressUpdate.objects.values_list("result", flat=True)) == [
        TYPED["result"],
        "Đã sửa lại.",
    ]


def test_somebody_else_recorded_in_between(world, measure, form, client):
    record(world.lead, world.head, result="Của lãnh đạo phòng")
    sent = form | TYPED | {f"value_{measure.pk}": "98,5"}

    page = Page(client.post(url_of(world.lead), sent))

    assert page.response.status_code == 409
    assert "Của lãnh đạo phòng" in page.texts("//div[@class='newer']")[0]
    assert "Người head, Phòng A" in page.texts("//div[@class='newer']")[0]
    again = page.sends(url_of(world.lead))
    assert filled(again) | {"seen": "", "request_key": ""} == filled(sent) | {
        "seen": "",
        "request_key": "",
    }
    assert ProgressUpdate.objects.count() == 1

    assert client.post(url_of(world.lead), again).status_code == 302
    assert list(ProgressUpdate.objects.values_list("result", flat=True)) == [
        "Của lãnh đạo phòng",
        TYPED["result"],
    ]


def test_what_came_after_the_conflict_is_a_conflict_again(world, form, client):
    record(world.lead, world.head, result="Lần 1")
    again = Page(client.post(url_of(world.lead), form | TYPED)).sends(url_of(world.lead))
    record(world.lead, world.head, result="Lần 2")

    page = Page(client.post(url_of(world.lead), again))

    assert page.response.status_code == 409
    assert "Lần 2" in page.texts("//div[@class='newer']")[0]
    assert "Lần 1" not in page.texts("//div[@class='newer']")[0]


def test_a_state_that_allows_no_report_keeps_the_text_on_the_page(world, form, client):
    record(world.lead, world.head, State.DONE)
    decide("confirm", world.lead, world.office)

    page = Page(client.post(url_of(world.lead), form | TYPED | {"seen": "2"}))

    assert page.response.status_code == 409
    assert (
        f"Nhiệm vụ {world.task.code} đang ở tình trạng “hoàn thành” nên không làm được việc này. "
        "Đồng chí tải lại trang để xem tình trạng mới nhất." in page.messages
    )
    assert still_filled(page, world.lead)["result"] == TYPED["result"]


# --- Who, and by which method --------------------------------------------------------------------


def test_wrong_method(world, as_user):
    assert as_user(world.staff).put(url_of(world.lead)).status_code == 405


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("staff", 302),
        ("head", 302),
        ("support_head", 403),  # sees the task
        ("other_head", 404),  # does not
        ("office", 403),
        ("leadership", 403),
        ("admin", 403),
    ],
)
def test_who_may(world, as_user, form, who, status):
    response = as_user(world.people[who]).post(url_of(world.lead), form | TYPED)

    assert response.status_code == status
    assert ProgressUpdate.objects.count() == (status == 302)


def test_anonymous_is_asked_to_log_in(world, client):
    response = client.post(url_of(world.lead), TYPED)

    assert (response.status_code, path_of(response)) == (302, reverse("login"))
    assert ProgressUpdate.objects.count() == 0


def test_part_of_another_task_under_this_ones_address(world, as_user):
    other = make_task(world.block, (world.a,)).assignments.get()

    response = as_user(world.staff).post(
        reverse("progress-record", args=[world.task.pk, other.pk]), TYPED
    )

    assert response.status_code == 404
