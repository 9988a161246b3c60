"""A plan document in the browser: sent, looked at, corrected, applied whole."""

import uuid
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from plans.models import ImportCorrection, Plan, PlanImport, Task
from tests.builders import make_unit, make_user
from tests.pages import Page, path_of, upload
from tests.plans.appendix.workbooks import workbook
from units.models import Notice, Role, Unit

PLAN = Path("tests/plans/reading/ke-hoach-2023.txt").read_bytes()
START = reverse("plan-import")


def send(client, content=PLAN, name="ke-hoach.txt"):
    sent = {"file": upload(name, content), "request_key": uuid.uuid4()}
    return client.post(START, sent)


@pytest.fixture
def admin(world, as_user):
    return as_user(world.admin)


@pytest.fixture
def one(admin):
    assert send(admin).status_code == 302
    return PlanImport.objects.get()


def address(one):
    return reverse("plan-import-review", args=[one.pk])


def post(client, one, **data):
    one.refresh_from_db()
    return client.post(address(one), {"seen": one.sequence} | data)


def names_decided(client, one, choose):
    """Everything that the page offers for unknown names, decided by `choose(label)`."""
    page = Page(client.get(address(one)))
    form = next(f for f in page.root.forms if f.fields.get("do") == "names")
    data = {"do": "names"}
    for label in form.xpath(".//label"):
        data[label.get("for").removesuffix("-names").removeprefix("id_")] = choose(label.text)
    return post(client, one, **data)


def as_its_name_says(label):
    words = label.strip("“”: \n").casefold()
    if words.startswith(("các ", "đơn vị")):
        return "+group"
    return "+" + (
        "office"
        if words.startswith("văn")
        else "affiliated"
        if words.startswith("trung")
        else "division"
    )


def test_the_preview_shows_each_sentence_beside_what_was_understood(admin, one):
    page = Page(admin.get(address(one)))

    row = " ".join(page.texts("//tr[@id='t79']/td"))
    assert "Dòng 79 Triển khai số hóa hồ sơ, kết quả giải quyết TTHC" in row
    assert "1.2.3.3" in row
    assert "70%, mỗi năm tăng 20 điểm" in row
    assert "không có đơn vị nào tên “Phòng Thông tin-Báo chí-Xuất bản”" in row
    assert len(page.all("//tr[starts-with(@id, 't')]")) == 14
    assert not Plan.objects.exclude(code=Plan.objects.earliest("pk").code).exists()


def test_nothing_is_applied_while_something_is_undecided(admin, one):
    answer = post(admin, one, do="apply")

    assert answer.status_code == 409
    assert "phải quyết định trước khi nạp" in Page(answer).text
    assert PlanImport.objects.get().plan is None


def test_decided_and_applied(admin, one, world):
    other = make_user(Role.ADMIN, None, "admin2")
    assert path_of(names_decided(admin, one, as_its_name_says)) == address(one)

    answer = post(admin, one, do="apply")

    assert path_of(answer) == reverse("task-list")
    one.refresh_from_db()
    assert admin.session["plan"] == one.plan_id  # the list is that of the new plan
    assert one.plan.tasks.count() == 14
    task = one.plan.tasks.get(code="1.2.3.3")
    leads = task.assignments.filter(role="lead")
    assert [a.unit.name for a in leads.order_by("position")] == [
        "Phòng Thông tin-Báo chí-Xuất bản",
        "Phòng Hạ tầng số",
    ]
    assert Notice.objects.get(user=other).words.startswith("Kế hoạch “Nâng cao Chỉ số")
    # What was done stays to be looked at, and cannot be done again.
    assert "đã áp dụng" in Page(admin.get(address(one))).text
    assert send(admin).status_code == 302
    second = PlanImport.objects.waiting().get()
    assert "đã có trong hệ thống" in Page(post(admin, second, do="apply")).text


def test_a_task_is_corrected(admin, one):
    names_decided(admin, one, as_its_name_says)
    page = Page(admin.get(address(one) + "?sua=115"))
    form = next(f for f in page.root.forms if f.fields.get("do") == "task")
    data = dict(form.form_values()) | {
        "leads": "Trung tâm Công nghệ số",
        "due_on": "15/10/2023",
        "title": "Nâng cấp Cổng",
    }

    assert path_of(admin.post(address(one), data)) == address(one)
    post(admin, one, do="task", key="113", code="3.b", title="x", kind="deadline", dropped="on")
    post(admin, one, do="apply")

    one.refresh_from_db()
    task = one.plan.tasks.get(code="3.c")
    assert [a.unit.name for a in task.assignments.all()] == ["Trung tâm Công nghệ số"]
    assert (f"{task.due_on:%d/%m/%Y}", task.title) == ("15/10/2023", "Nâng cấp Cổng")
    assert one.plan.tasks.count() == 13
    assert [c.by_label for c in ImportCorrection.objects.all()] == [one.by_label] * 3


def test_a_deadline_of_the_organisation_is_taken_with_one_press(admin, world):
    text = (
        f"SỞ\nSố: 01/KH-STTTT\nKẾ HOẠCH\nViệc năm 2026\n\n{world.agency} ban hành như sau:\n\n"
        "I. NHIỆM VỤ\n1. Phòng A chủ trì làm x.\nII. TỔ CHỨC THỰC HIỆN\n"
        "1. Các đơn vị báo cáo kết quả trước ngày 30/11/2026.\n"
    )
    send(admin, text.encode())
    one = PlanImport.objects.get()
    page = Page(admin.get(address(one)))
    form = next(f for f in page.root.forms if f.fields.get("do") == "due")
    assert "Các đơn vị báo cáo kết quả trước ngày 30/11/2026." in form.text_content()
    assert one.corrections.count() == 0  # nothing is taken before

    head = {"title": "Việc", "agency_name": str(world.agency), "symbol": "KH-STTTT", "year": "2026",
            "starts_on": "01/01/2026"}  # fmt: skip
    assert path_of(admin.post(address(one), dict(form.form_values()))) == address(one)
    assert post(admin, one, do="due", due_on="2026-11-30").status_code == 422  # it is no more asked
    page = Page(admin.get(address(one)))
    assert not [f for f in page.root.forms if f.fields.get("do") == "due"]
    post(admin, one, do="head", **head, due_on="")  # and can be taken back
    post(admin, one, do="due", due_on="2026-11-30")
    post(admin, one, do="head", **head, due_on="30/11/2026")
    assert path_of(post(admin, one, do="apply")) == reverse("task-list")

    one.refresh_from_db()
    plan = one.plan
    assert (f"{plan.due_on:%d/%m/%Y}", plan.due_words) == ("30/11/2026", "trước ngày 30/11/2026")
    assert plan.unit_reports_due_on == plan.due_on


TABLE = ("Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn")


def test_a_workbook_that_names_no_agency_is_read_by_the_only_units_there_are(admin, world):
    rows = [("Việc một", "Phòng A", "Phòng Lạ", "Quý I/2026"), ("Việc hai", str(world.agency))]
    above = ("DANH MỤC NHIỆM VỤ NĂM 2026",)
    send(admin, workbook(rows, head=TABLE, above=above), "việc.xlsx")
    one = PlanImport.objects.get()

    page = Page(admin.get(address(one)))
    assert f"đang đọc theo các đơn vị của “{world.agency}”" in page.text
    assert "Chủ trì: Phòng A" in page.text
    assert "chọn đơn vị thay mặt: “Phòng VP”" in page.text
    [_, own] = page.all("//select/option[1]/..")
    assert own.xpath("optgroup/@label") == ["Đơn vị thay mặt", "Đã có"]
    post(admin, one, do="names", name_0="-", name_1="-")
    assert post(admin, one, do="apply").status_code == 409  # whose it is, only a person can say

    form = next(
        f for f in Page(admin.get(address(one) + "?sua=ke-hoach")).root.forms
        if f.fields.get("do") == "head"
    )  # fmt: skip
    head = dict(form.form_values())
    assert (head["agency_name"], head["title"].strip()) == (str(world.agency), above[0])
    admin.post(address(one), head | {"symbol": "KH-STTTT"})
    assert path_of(post(admin, one, do="apply")) == reverse("task-list")


def test_a_workbook_that_names_another_agency_is_not_read_so(admin, world):
    rows = [("Việc một", "Phòng A", "", "Quý I/2026")]
    for above in (
        ("SỞ Y TẾ", "BẢNG PHÂN CÔNG NĂM 2026"),
        ("KẾ HOẠCH", "Việc năm 2026 của Sở Y tế"),
    ):
        send(admin, workbook(rows, head=TABLE, above=above), "việc.xlsx")
        page = Page(admin.get(address(PlanImport.objects.latest("pk"))))
        assert "không có đơn vị nào tên “Phòng A”" in page.text
        assert "đang đọc theo" not in page.text


def test_a_corrected_agency_is_read_at_once(admin, world):
    rows = [("Việc một", "Phòng A", "", "Quý I/2026")]
    above = ("SỞ Y TẾ", "Số: 01/KH-STTTT", "KẾ HOẠCH", "Việc năm 2026")
    send(admin, workbook(rows, head=TABLE, above=above), "việc.xlsx")
    one = PlanImport.objects.get()

    world.agency.identities.update(place="Lạng Sơn")
    for written in (f"{world.agency} tỉnh Lạng Sơn", "Sở TT&TT", str(world.agency)):
        post(admin, one, do="head", title="Việc", agency_name="Sở Y tế", year="2026",
             symbol="KH-STTTT", starts_on="01/01/2026")  # fmt: skip
        assert "không có đơn vị nào tên “Phòng A”" in Page(admin.get(address(one))).text
        post(admin, one, do="head", title="Việc", agency_name=written, year="2026",
             symbol="KH-STTTT", starts_on="01/01/2026")  # fmt: skip
        page = Page(admin.get(address(one)))
        assert "Chủ trì: Phòng A" in page.text, written
        assert "không có đơn vị nào" not in page.text


def test_all_names_that_were_not_decided_are_added(admin, world):
    rows = [("Việc một", "Phòng Lạ", "phòng lạ; Công an tỉnh; HTX", "Quý I/2026"),
            ("Việc hai", str(world.agency), "Theo phân công; Phòng Xa; Nguyễn Văn An")]  # fmt: skip
    above = ("Số: 01/KH-STTTT", "KẾ HOẠCH", "Việc năm 2026")
    send(admin, workbook(rows, head=TABLE, above=above), "việc.xlsx")
    one = PlanImport.objects.get()
    page = Page(admin.get(address(one)))
    assert page.texts("//button[@name='add_rest']") == ["Thêm mới 4 đơn vị, nhóm chưa quyết định"]
    labels = page.texts("//select/../label")
    far = next(n for n, label in enumerate(labels) if "Phòng Xa" in label)

    post(admin, one, do="names", add_rest="1", **{f"name_{far}": "-"})

    names = one.corrections.get().changes["names"]
    assert names == {
        "Phòng Lạ": "+division",
        "Công an tỉnh": "+affiliated",
        "HTX": "+division",
        "Phòng Xa": "-",
    }
    # What was decided stays chosen, and is nothing to be added.
    page = Page(admin.get(address(one)))
    assert not page.all("//button[@name='add_rest']")
    kept = page.all("//label[contains(., '“Phòng Xa”')]/@for")[0]
    assert page.all(f"//select[@id='{kept}']/option[@selected]/@value") == ["-"]


def test_cells_of_a_workbook_are_named_and_answered(admin, world):
    head = ("Mã nhiệm vụ", "Nhiệm vụ", "Chủ trì", "Thời hạn")
    rows = [("A-1", "Việc một", "Phòng A", "Quý I"), ("A-1", "", "Phòng B", "Quý II")]
    above = ("KẾ HOẠCH", f"Việc năm 2026 của {world.agency}", "Số: 01/KH-STTTT")
    send(admin, workbook(rows, head=head, above=above), "việc.xlsx")
    one = PlanImport.objects.get()

    page = Page(admin.get(address(one)))
    assert page.texts("//tr[@id='t5']/td")[0] == "Trang “Sheet”, ô B5"
    assert [text.partition(":")[0] for text in page.texts("//tr[@id='t6']//li")] == [
        "! Ô B6",
        "Ô D6",
        "! Ô A6",
    ]
    assert post(admin, one, do="apply").status_code == 409
    typed = {"key": "6", "code": "A-2", "title": "Việc hai", "kind": "deadline", "leads": "Phòng B"}
    post(admin, one, do="task", **typed)
    assert post(admin, one, do="apply").status_code == 409  # there still is no wording
    post(admin, one, do="task", **typed, wording="Việc hai, gõ tay")
    post(admin, one, do="head", title="Việc năm 2026", agency_name=str(world.agency),
         symbol="KH-STTTT", year="2026", starts_on="01/01/2026")  # fmt: skip
    assert path_of(post(admin, one, do="apply")) == reverse("task-list")

    one.refresh_from_db()
    assert [*one.plan.tasks.order_by("code").values_list("code", "wording")] == [
        ("A-1", "Việc một"),
        ("A-2", "Việc hai, gõ tay"),
    ]


def test_who_goes_back_and_sends_another_text_sees_that_one(admin):
    key = uuid.uuid4()
    for text in (PLAN.decode(), PLAN.decode().replace("2023", "2024")):
        admin.post(START, {"request_key": key, "text": text})

    assert [one.title.count("2024") for one in PlanImport.objects.order_by("pk")] == [0, 1]


def test_wrong_corrections_come_back_filled(admin, one):
    answer = post(
        admin, one, do="task", key="115", code="3.c", title="x", kind="deadline",
        leads="Phòng Không Có Thật", due_on="31/11/2023",
    )  # fmt: skip

    page = Page(answer)
    assert answer.status_code == 422
    assert page.errors["due_on"].startswith("“31/11/2023” không phải là một ngày có thật")
    assert page.errors["leads"].startswith("Không có đơn vị “Phòng Không Có Thật”")
    assert ImportCorrection.objects.count() == 0


def test_two_people_at_once_are_told(admin, one):
    theirs = Client()
    theirs.force_login(make_user(Role.ADMIN, None, "admin2"))
    post(admin, one, do="names", name_0="-")

    typed = {"key": "115", "code": "3.c", "title": "Của người thứ hai", "kind": "deadline"}
    answer = theirs.post(address(one), {"do": "task", "seen": 0} | typed)

    page = Page(answer)
    assert answer.status_code == 409
    assert f"{one.by_label} vừa sửa sau khi đồng chí mở trang" in page.text
    assert page.all("//input[@name='title']/@value") == ["Của người thứ hai"]
    # Sent again, after having seen the other's.
    form = next(f for f in page.root.forms if f.fields.get("do") == "task")
    assert theirs.post(address(one), dict(form.form_values())).status_code == 302
    assert [c.by.username for c in ImportCorrection.objects.all()] == ["admin", "admin2"]
    # The same document of two people: each sees the other's.
    send(theirs)
    latest = PlanImport.objects.latest("pk")
    assert f"{one.by_label} cũng đang nhập văn bản này" in Page(theirs.get(address(latest))).text


def test_text_and_corrections_outlive_the_session(world, admin, one):
    page = Page(admin.get(address(one) + "?sua=115"))
    form = next(f for f in page.root.forms if f.fields.get("do") == "task")
    data = dict(form.form_values()) | {"title": "Gõ trước khi hết phiên"}
    admin.logout()

    assert path_of(admin.post(address(one), data)) == reverse("login")
    admin.force_login(world.admin)
    page = Page(admin.get(address(one) + "?sua=115"))

    assert page.all("//input[@name='title']/@value") == ["Gõ trước khi hết phiên"]
    assert one.source["lines"][0]["text"] == "Số: /KH-STTTT"


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "a.txt", "trống"),
        (b"\x00\x01\x02", "a.txt", "không phải tệp chữ"),
        (b"PK\x03\x04rubbish", "a.docx", "bị hỏng"),
        (PLAN, "a.pdf", "không thuộc loại đọc được"),
        ("Một lá thư không có đề mục.".encode(), "a.txt", "Không thấy nhiệm vụ nào"),
    ],
)  # fmt: skip
def test_bad_files_are_refused_at_the_field(admin, content, name, said):
    answer = send(admin, content, name)

    assert answer.status_code == 422
    assert said in Page(answer).errors["file"]
    assert PlanImport.objects.count() == 0


def test_nothing_sent_and_text_pasted(admin):
    page = Page(admin.post(START, {"request_key": uuid.uuid4()}))
    assert page.errors["file"].startswith("Đồng chí chọn tệp")

    key = uuid.uuid4()
    for _ in range(2):
        answer = admin.post(START, {"request_key": key, "text": PLAN.decode()})
        assert answer.status_code == 302
    assert PlanImport.objects.count() == 1


def test_put_aside(admin, one):
    assert path_of(post(admin, one, do="put_aside")) == START
    assert "đã bỏ" in Page(admin.get(address(one))).text
    assert "Không có văn bản nào đang nhập dở" in Page(admin.get(START)).text


def test_known_units_are_found_and_the_near_ones_offered(admin, world):
    make_unit(world.agency, "ttcns")
    Unit.objects.filter(code="ttcns").update(name="Trung tâm Công nghệ số")
    text = PLAN.decode().replace("Trung tâm Công nghệ số.", "Trung tâm Công nghệ số 1.")
    text = text.replace("Sở Thông tin và Truyền thông", str(world.agency))
    assert send(admin, text.encode()).status_code == 302

    one = PlanImport.objects.get()
    page = Page(admin.get(address(one)))
    assert "Chủ trì: Trung tâm Công nghệ số" in " ".join(page.texts("//tr[@id='t111']"))
    assert "gần nhất: Trung tâm Công nghệ số" in page.text
    assert Task.objects.filter(plan__year=2023).count() == 4


def test_the_agency_itself_as_a_lead_is_a_choice(admin, world):
    """Nothing must be decided; who answers for the agency stands first among the choices."""
    text = PLAN.decode().replace("Phòng Hạ tầng số chủ trì tham mưu", "Sở TT&TT chủ trì tham mưu")
    assert send(admin, text.encode()).status_code == 302
    one = PlanImport.objects.get()

    page = Page(admin.get(address(one)))
    row = " ".join(page.texts("//tr[@id='t113']"))
    assert "Chủ trì: “Sở TT&TT” (chưa phân công)" in row
    assert "! chủ trì: “Sở TT&TT”" not in row
    [label] = page.all("//label[contains(., '“Sở TT&TT”')]")
    [group] = page.all(f"//select[@id='{label.get('for')}']/optgroup[@label='Đơn vị thay mặt']")
    assert [option.get("value") for option in group] == ["vp"]

    names_decided(
        admin, one, lambda label: "vp" if "Sở TT&TT" in label else as_its_name_says(label)
    )

    page = Page(admin.get(address(one)))
    assert f"Chủ trì: {world.office.unit} Phối hợp" in " ".join(page.texts("//tr[@id='t113']"))


def test_what_stands_above_a_task_is_shown_as_its_note(admin):
    text = PLAN.decode().replace(
        "+ Phòng Thông tin-Báo chí-Xuất bản: Đôn đốc",
        "+ Tuyên truyền rộng rãi:\n\n* Phòng Thông tin-Báo chí-Xuất bản: Đôn đốc",
    )
    assert send(admin, text.encode()).status_code == 302

    page = Page(admin.get(address(PlanImport.objects.get())))

    assert "Ghi chú: Tuyên truyền rộng rãi:" in " ".join(page.texts("//tr[@id='t93']"))


def test_queries_do_not_grow_with_the_tasks(admin, one, django_assert_max_num_queries):
    with django_assert_max_num_queries(25):
        admin.get(address(one))
