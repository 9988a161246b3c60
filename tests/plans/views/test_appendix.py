"""The appendix in the browser: downloaded, changed, sent, looked at, applied whole."""

import io
import uuid

import docx
import openpyxl
import pytest
from django.urls import reverse

from plans.appendix.outcomes import Shown
from plans.models import AppendixImport, DueDateChange, Task, TaskChange
from tests.builders import make_block, make_plan, make_task, make_user
from tests.pages import Page, path_of, upload
from tests.plans.appendix.workbooks import changed, workbook
from tests.plans.reading.documents import saved, table
from tests.plans.sample_files import pdf
from units.models import Role

START = reverse("plan-import")
HEAD = ("Mã", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn", "Ghi chú")


def send(client, world, content, name="phụ lục.xlsx"):
    sent = {"file": upload(name, content), "request_key": uuid.uuid4(), "plan": world.plan.pk}
    return client.post(START, sent)


@pytest.fixture
def admin(world, as_user):
    return as_user(world.admin)


def rows(world, *more):
    task = world.task
    return [(task.code, task.wording, "Phòng A", "Phòng S", "30/11/2023", ""), *more]


def sent(client, world, *more, **first):
    table = rows(world, *more)
    table[0] = tuple(first.get(name, value) for name, value in zip(
        ("code", "wording", "lead", "support", "due", "note"), table[0], strict=True
    ))  # fmt: skip
    assert send(client, world, workbook(table, head=HEAD)).status_code == 302
    return AppendixImport.objects.latest("pk")


def address(one, query=""):
    return reverse("appendix-review", args=[one.pk]) + query


def apply(client, one, query="", **data):
    form = Page(client.get(address(one, query))).form(address(one, query))
    return client.post(address(one, query), dict(form.form_values()) | {"do": "apply"} | data)


def test_the_appendix_of_another_plan_is_named_and_changes_nothing_unless_it_is_meant(admin, world):
    other = make_plan(world.agency, "kh-2022", year=2022)
    for plan, year in ((other, 2022), (world.plan, 2023)):
        plan.title = f"Nâng cao Chỉ số cải cách hành chính năm {year}"
        plan.save()
    head = f"Kèm theo Kế hoạch số 3/KH-STTTT ngày 5/1/2022: {other.title}"
    table = [(world.task.code, "Lời văn mới", "Phòng A", "Phòng S", "30/11/2023", "")]
    send(admin, world, workbook(table, head=HEAD, above=(head,)))
    one = AppendixImport.objects.latest("pk")

    page = Page(admin.get(address(one)))
    assert f"Tệp này là phụ lục của “{other}”, không phải của kế hoạch đang sửa" in page.text
    assert "Còn 1 lỗi" in page.text
    assert apply(admin, one, reason="Theo Công văn 12").status_code == 409
    world.task.refresh_from_db()
    assert world.task.wording != "Lời văn mới"

    looked = admin.post(address(one), {"do": "look", "xem-theo-khac": "on", "seen": "-"})
    assert looked.url == address(one, "?khac=on")
    page = Page(admin.get(looked.url))
    assert "Đồng chí đã chọn vẫn dùng." in page.text
    assert apply(admin, one, "?khac=on", reason="Theo Công văn 12").status_code == 302
    world.task.refresh_from_db()
    assert world.task.wording == "Lời văn mới"


def test_the_appendix_of_this_plan_is_of_no_other(admin, world):
    other = make_plan(world.agency, "kh-2022", year=2022)
    other.title = world.plan.title = "Nâng cao Chỉ số cải cách hành chính"
    other.save()
    world.plan.title += " năm 2023"
    world.plan.save()

    send(admin, world, admin.get(reverse("appendix-export")).content)
    page = Page(admin.get(address(AppendixImport.objects.latest("pk"))))

    assert "Tệp này là phụ lục của" not in page.text
    assert not page.all("//input[@name='xem-theo-khac']")


def test_downloaded_changed_and_applied(admin, world):
    exported = admin.get(reverse("appendix-export")).content
    book = openpyxl.load_workbook(io.BytesIO(exported)).active
    [row] = [cell.row for cell in book["I"] if cell.value == world.task.code]
    answer = send(admin, world, changed(exported, {f"H{row}": "Theo dõi hằng tháng"}))
    one = AppendixImport.objects.get()
    assert path_of(answer) == address(one)

    page = Page(admin.get(address(one)))
    assert "1 thay đổi" in page.text
    assert "3 không đổi" in page.text
    assert page.texts("//p[@class='change']") == ["Ghi chú: từ (trống) → thành Theo dõi hằng tháng"]
    assert path_of(apply(admin, one)) == address(one)
    world.task.refresh_from_db()
    assert world.task.note == "Theo dõi hằng tháng"
    assert "đã áp dụng vào" in Page(admin.get(address(one))).text


def test_every_error_stands_at_its_cell_and_nothing_can_be_applied(admin, world):
    one = sent(admin, world, ("", "Việc mới", "Phòng AA", "Phòng Q", "31/11/2023", ""), due="Sớm")
    page = Page(admin.get(address(one)))

    errors = [[cell.text_content() for cell in row] for row in page.all("//section[1]//tbody/tr")]
    assert [(row[1], row[2]) for row in errors] == [
        ("E4", "Sớm"),
        ("C5", "Phòng AA"),
        ("D5", "Phòng Q"),
    ]
    assert errors[1][4].startswith("Phòng A")
    assert not page.all("//button[@value='apply']")
    # Sent all the same, it is refused and changes nothing.
    answer = admin.post(address(one), {"do": "apply", "seen": "x"})
    assert answer.status_code == 409
    assert Task.objects.count() == 4


def test_a_missing_reason_keeps_the_form(admin, world):
    one = sent(admin, world, lead="Phòng B")
    answer = apply(admin, one, reason=" ")

    assert answer.status_code == 422
    assert "đồng chí ghi lý do" in Page(answer).errors["reason"]
    assert TaskChange.objects.count() == 0
    assert path_of(apply(admin, one, reason="Sắp xếp lại")) == address(one)
    story = Page(admin.get(reverse("task", args=[world.task.pk]))).text
    assert "Sửa nhiệm vụ" in story
    assert "Chủ trì: từ Phòng A → thành Phòng B" in story
    assert "Sắp xếp lại" in story


def test_several_earlier_uploads_are_one_box(admin, world):
    others = [sent(admin, world, note=f"{number}") for number in range(3)]
    one = sent(admin, world, lead="Phòng B")

    [box] = Page(admin.get(address(one))).of_class("warning")

    assert "Còn 3 lần nhập khác của phụ lục" in " ".join(box.text_content().split())
    assert sorted(box.xpath(".//li/a/@href")) == sorted(map(address, others))


def test_somebody_else_was_first(admin, world):
    one, other = sent(admin, world, lead="Phòng B"), sent(admin, world, note="x")
    form = Page(admin.get(address(one))).form(address(one))
    data = dict(form.form_values()) | {"do": "apply", "reason": "Lý do đã gõ"}
    assert "Đồng chí còn một lần nhập khác" in Page(admin.get(address(one))).text
    AppendixImport.objects.filter(pk=other.pk).update(by=make_user(Role.ADMIN))
    assert "cũng đang nhập phụ lục" in Page(admin.get(address(one))).text
    apply(admin, other)

    answer = admin.post(address(one), data)

    page = Page(answer)
    assert answer.status_code == 409
    assert "Phụ lục vừa được người khác sửa" in page.text
    assert page.texts("//textarea[@name='reason']") == ["Lý do đã gõ"]
    again = dict(page.form(address(one)).form_values()) | {"do": "apply"}
    assert path_of(admin.post(address(one), again)) == address(one)


def test_options_stand_in_the_address(admin, world):
    one = sent(admin, world, ("", "Việc mới", "Phòng Lạ", "", "Quý IV", ""))
    assert "3 không có trong tệp, giữ nguyên" in Page(admin.get(address(one))).text

    page = Page(admin.get(address(one, "?rut=on&giu=on")))
    assert "3 bỏ khỏi phụ lục" in page.text
    assert "Không có lỗi" in page.text
    apply(admin, one, "?rut=on&giu=on", reason="Rà soát lại")
    assert list(Task.objects.order_by("pk").values_list("wording", "lead_words")) == [
        (world.task.wording, ""),
        ("Việc mới", "Phòng Lạ"),
    ]


def test_looking_with_other_options_keeps_the_reason_typed(admin, world):
    one = sent(admin, world, due="15/12/2023")
    form = dict(Page(admin.get(address(one))).form(address(one)).form_values())
    form |= {"do": "look", "xem-theo-rut": "on", "reason": "Theo văn bản mới."}
    answer = admin.post(address(one), form)
    assert answer["Location"] == address(one, "?rut=on")

    page = Page(admin.get(answer["Location"]))
    assert "phiên làm việc đã hết" not in page.text
    shown = dict(page.form(address(one, "?rut=on")).form_values())
    assert (shown["reason"].strip(), shown["rut"]) == ("Theo văn bản mới.", "True")
    assert shown["xem-theo-rut"] == "on"
    answer = admin.post(address(one, "?rut=on"), shown | {"do": "apply"})
    assert answer.status_code == 302, Page(answer).text
    assert {one.reason for one in DueDateChange.objects.all()} == {"Theo văn bản mới."}


def test_the_annotated_workbook(admin, world):
    one = sent(admin, world, ("", "=1+1", "Phòng AA (0912 345 678)", "", "Quý IV", ""), note="x")
    answer = admin.get(reverse("appendix-annotated", args=[one.pk]))
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active

    assert sheet["G4"].value == "Thay đổi\nGhi chú: (trống) → x"
    assert sheet["C5"].value == "Phòng AA"
    assert "LỖI: chủ trì: không có đơn vị nào tên “Phòng AA”" in sheet["C5"].comment.text
    assert "có 1 số điện thoại, không lưu" in sheet["C5"].comment.text
    assert sheet["B5"].data_type == "n"  # a formula without a value: nothing to write
    assert "công thức chưa có giá trị" in sheet["B5"].comment.text
    assert "912 345" not in str(one.sheets)


def test_put_aside(admin, world):
    one = sent(admin, world, note="x")
    answer = admin.post(address(one), {"do": "put_aside", "seen": "x"})

    assert path_of(answer) == START
    assert "đã bỏ" in Page(admin.get(address(one))).text
    assert "Phụ lục đang nhập dở" not in Page(admin.get(START)).text


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xlsx", b"", "rỗng (0 byte)"),
        ("a.xlsx", pdf(), "không phải tệp Excel"),
        ("a.docx", b"PK", "không phải tệp Word"),
        ("a.txt", b"PK", "sửa bằng tệp Excel (.xlsx) hoặc Word (.docx)"),
        (
            "a.xlsx",
            workbook([], above=("Không có bảng nào",), head=None),
            "Không thấy nhiệm vụ nào",
        ),
    ],
)
def test_bad_files_are_refused_at_the_field(admin, world, name, content, said):
    answer = send(admin, world, content, name)

    assert answer.status_code == 422
    assert said in Page(answer).errors["file"]
    assert AppendixImport.objects.count() == 0


def test_the_same_form_twice_is_one_import(admin, world):
    key = uuid.uuid4()
    for _ in range(2):
        file = upload("a.xlsx", workbook(rows(world), head=HEAD))
        admin.post(START, {"file": file, "request_key": key, "plan": world.plan.pk})

    assert AppendixImport.objects.count() == 1


def test_who_goes_back_and_sends_another_file_sees_that_one(admin, world):
    """The browser shows the form of the first file again, with its key."""
    key = uuid.uuid4()

    def go_back_with(note, plan=world.plan):
        content = workbook(rows(world, ("", "Việc mới", "Phòng A", "", "", note)), head=HEAD)
        file = upload("a.xlsx", content)
        admin.post(START, {"file": file, "request_key": key, "plan": plan.pk})
        return AppendixImport.objects.latest("pk")

    first, second = go_back_with("sai"), go_back_with("đúng")
    assert first != second
    assert "đúng" in str(second.sheets)
    admin.post(address(first), {"do": "put_aside", "seen": "x"})
    third = go_back_with("sai")
    assert not third.put_aside
    assert AppendixImport.objects.count() == 3


def test_an_appendix_in_a_word_file(admin, world):
    """Its tables are read like sheets; places are said as Word shows them."""
    document = docx.Document()
    document.add_paragraph("Phụ lục kèm theo Kế hoạch")
    task = world.task
    table(
        document,
        [
            [*HEAD],
            [task.code, task.wording, "Phòng A", "Phòng S", "30/11/2023", "Ghi trong Word"],
            ["", "Việc mới", "Phòng Q", "", "Quý IV", ""],
        ],
    )
    assert send(admin, world, saved(document), "phụ lục.docx").status_code == 302
    one = AppendixImport.objects.get()

    page = Page(admin.get(address(one)))
    assert "1 thay đổi" in page.text
    assert page.texts("//section[h2='Lỗi cần sửa']//tbody/tr/td")[:2] == ["Bảng 1", "dòng 3, cột 3"]
    annotated = admin.get(reverse("appendix-annotated", args=[one.pk])).content
    book = openpyxl.load_workbook(io.BytesIO(annotated))
    assert "Phòng Q" in book["Bảng 1"]["C3"].comment.text

    kept = "?giu=on"
    assert path_of(apply(admin, one, kept, reason="Theo CV 12")) == address(one)
    world.task.refresh_from_db()
    assert world.task.note == "Ghi trong Word"
    assert Task.objects.filter(wording="Việc mới").exists()


@pytest.mark.parametrize("extra", [1, 30])
def test_queries_do_not_grow_with_the_rows(admin, world, django_assert_max_num_queries, extra):
    for _ in range(extra):
        make_task(make_block(world.plan), (world.a,), (world.s,))
    more = [("", f"Việc mới {n}", "Phòng A", "", "Quý IV", "") for n in range(extra)]
    one = sent(admin, world, *more)
    with django_assert_max_num_queries(32):
        admin.get(address(one))


def test_of_long_words_only_what_differs_is_shown():
    before = (
        "Rà soát, cập nhật và công khai danh mục thủ tục hành chính thuộc phạm vi quản lý. " * 3
    )
    for after, shown in (
        (before + "Báo cáo Sở.", "quản lý. Báo cáo Sở."),
        (before.replace("công khai", "công bố", 1), "cập nhật và công bố danh mục"),
    ):
        was, becomes = Shown("Nhiệm vụ", before, after).differing
        assert shown in becomes
        assert len(becomes) < 120
        assert len(was) < 120
    assert Shown("Hạn", "Quý I", "Quý II").differing == ("Quý I", "Quý II")
