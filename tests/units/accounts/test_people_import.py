"""People from Excel: what each row does, what is wrong at which cell, all of it or nothing."""

import uuid

import pytest

from config.office_files.opening import FileRefused
from tests.builders import TODAY, make_unit, make_user
from tests.units.accounts.rosters import HEAD, apply, roster, sent
from units.accounts import importing
from units.accounts.changes import Comparison, Fate, Outcome
from units.accounts.refusals import NotAnAdministrator, Outdated, Refused
from units.accounts.roster import Person
from units.accounts.workbooks import form_for_people
from units.models import Alias, PeopleImport, Role, User

AN = (1, "Lê Văn An", "Chuyên viên", "Phòng A", "Chuyên viên", "an.lv@langson.gov.vn", "")


def told(by, *rows, **more):
    """Fate, changes and remarks of every row."""
    one = sent(by, roster(*rows, **more))
    return [
        (
            row.fate,
            [(change.name, change.before, change.after) for change in row.changes],
            [(remark.cell, remark.message, remark.accepted) for remark in row.remarks],
        )
        for row in importing.compared(one, by).outcomes
    ]


def errors(by, *rows, **more):
    return [remark for _, _, remarks in told(by, *rows, **more) for remark in remarks]


def everyone():
    return list(User.objects.order_by("pk").values())


# --- What a row does ------------------------------------------------------------------------------


def test_a_new_person_has_no_password_yet(world):
    one = apply(world.admin, AN)

    person = User.objects.get(username="an.lv")
    assert one.outcome == "1 mới"
    assert list(one.made.all()) == [person]
    assert (person.full_name, person.job_title, person.email) == (
        "Lê Văn An",
        "Chuyên viên",
        "an.lv@langson.gov.vn",
    )
    assert (person.unit, person.role, person.is_staff) == (world.a, Role.STAFF, False)
    assert (person.has_usable_password(), person.must_change_password) == (False, True)


def test_changed_unchanged_and_those_not_in_the_file(world):
    apply(world.admin, AN)
    others = [one for one in everyone() if one["username"] != "an.lv"]

    moved = (1, "Lê Văn An", "Phó trưởng phòng", "B", "Lãnh đạo đơn vị", "AN.LV@langson.gov.vn", "")
    assert told(world.admin, AN) == [(Fate.SAME, [], [])]
    [(fate, changes, remarks)] = told(world.admin, moved)
    assert (fate, remarks) == (Fate.CHANGED, [])
    assert changes == [
        ("Chức vụ", "Chuyên viên", "Phó trưởng phòng"),
        ("Thư điện tử", "an.lv@langson.gov.vn", "AN.LV@langson.gov.vn"),
        ("Đơn vị", "Phòng A", "Phòng B"),
        ("Vai trò", "Chuyên viên", "Lãnh đạo đơn vị"),
    ]
    apply(world.admin, moved)
    person = User.objects.get(username="an.lv")
    assert (person.unit, person.role) == (world.b, Role.HEAD)
    assert [one for one in everyone() if one["username"] != "an.lv"] == others


def test_blank_cells_and_missing_columns_keep_what_there_is(world):
    apply(world.admin, AN)
    before = everyone()

    assert told(world.admin, (1, "Lê Văn An", "", "", "", "an.lv@langson.gov.vn", ""))[0][0] == (
        Fate.SAME
    )
    head = ("TT", "Họ tên", "Chức danh", "Email")
    rows = told(world.admin, (1, "Lê Văn An", "Chuyên viên", "an.lv@langson.gov.vn"), head=head)
    assert rows == [(Fate.SAME, [], [])]
    assert everyone() == before


def test_the_user_name_finds_a_person_without_an_address(world):
    row = (1, world.head.full_name, "Trưởng phòng", "A", "Lãnh đạo đơn vị", "h@langson.gov.vn")

    assert told(world.admin, (*row, "HEAD"))[0][1] == [
        ("Chức vụ", "", "Trưởng phòng"),
        ("Thư điện tử", "", "h@langson.gov.vn"),
    ]


def test_the_same_name_is_asked_about_and_nothing_is_guessed(world):
    row = (1, world.head.full_name, "", "Phòng A", "Chuyên viên", "khac@langson.gov.vn", "")

    [(fate, _, remarks)] = told(world.admin, row)

    assert fate is Fate.NEW
    assert [(cell, message.partition(";")[0]) for cell, message, _ in remarks] == [
        ("B4", "đã có tài khoản head cùng tên, cùng đơn vị")
    ]


def test_units_by_short_name_alias_and_merged_cell(world):
    Alias.objects.create(agency=world.agency, name="Phòng Kế hoạch cũ", unit=world.b)
    rows = [
        (n, f"Người {n}", "", unit, "chuyên viên", f"n{n}@langson.gov.vn", "")
        for n, unit in enumerate(["a", "PHÒNG KẾ HOẠCH CŨ", "Phòng S", None], 1)
    ]
    one = sent(world.admin, roster(*rows, merged=("D6:D7",)))

    found = [row.values["unit"] for row in importing.compared(one, world.admin).outcomes]
    assert found == [world.a, world.b, world.s, world.s]


def test_leadership_and_administrators_need_no_unit(world):
    rows = [
        (1, "Nguyễn Hùng", "Phó Giám đốc", "", "Lãnh đạo Sở", "hung@langson.gov.vn", ""),
        (2, "Quản trị hai", "", "", "quan tri", "qt2@langson.gov.vn", ""),
    ]
    apply(world.admin, *rows)

    assert User.objects.get(username="hung").unit is None
    assert User.objects.get(username="qt2").is_superuser


def test_a_closed_account_stays_closed(world):
    apply(world.admin, AN)
    User.objects.filter(username="an.lv").update(left_on=TODAY)

    [(fate, _, remarks)] = told(world.admin, AN)

    assert fate is Fate.SAME
    assert remarks == [("B4", "tài khoản đang đóng từ 20/11/2023; mở lại ở trang quản trị", "")]


# --- What is wrong --------------------------------------------------------------------------------

ROLES = "Chuyên viên; Lãnh đạo đơn vị; Văn phòng; Lãnh đạo Sở; Quản trị"
UNITS = "Phòng VP; Phòng A; Phòng B; Phòng S"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({1: ""}, ("B4", "chưa ghi họ và tên", "")),
        ({1: "An " * 60}, ("B4", "dài hơn 100 ký tự", "")),
        ({3: "Phong Â"}, None),
        ({3: "Phòng AA"}, ("D4", "không có đơn vị này", "Phòng A")),
        ({3: "Ban Quản lý rừng"}, ("D4", "không có đơn vị này", UNITS)),
        ({3: ""}, ("D4", "chuyên viên và lãnh đạo đơn vị cần thuộc một đơn vị", "")),
        ({3: "Phòng Cũ"}, ("D4", "đơn vị đã ngừng hoạt động", "")),
        ({4: "Sếp"}, ("E4", "không có vai trò này", ROLES)),
        ({4: ""}, ("E4", "chưa ghi vai trò", ROLES)),
        ({5: "an.lv"}, ("F4", "không phải địa chỉ thư", "ten@langson.gov.vn")),
        ({6: "lê an"}, ("G4", "có ký tự không dùng được", "chữ, số, dấu chấm, gạch nối")),
    ],
)
def test_each_error_stands_at_its_cell(world, changed, said):
    old = make_unit(world.agency, "cũ")
    old.is_active = False
    old.save()
    row = [changed.get(n, text) for n, text in enumerate(AN)]

    assert errors(world.admin, row) == ([said] if said else [])


def test_every_error_of_a_row_is_said_at_once(world):
    assert errors(world.admin, (1, "", "", "Phòng AA", "Sếp", "an.lv", "lê an")) == [
        ("B4", "chưa ghi họ và tên", ""),
        ("F4", "không phải địa chỉ thư", "ten@langson.gov.vn"),
        ("G4", "có ký tự không dùng được", "chữ, số, dấu chấm, gạch nối"),
        ("D4", "không có đơn vị này", "Phòng A"),
        ("E4", "không có vai trò này", ROLES),
    ]


def test_who_it_is_must_be_clear(world):
    make_user(Role.STAFF, world.a, "mot", email="chung@langson.gov.vn")
    make_user(Role.STAFF, world.b, "hai", email="chung@langson.gov.vn")
    make_user(Role.STAFF, world.b, "an.lv", full_name="Lê Thị An")

    def said(email, username):
        [error] = errors(world.admin, (1, "X", "", "A", "Chuyên viên", email, username))
        return error[:2]

    assert said("chung@langson.gov.vn", "") == ("F4", "có ở nhiều tài khoản (mot, hai)")
    assert said("chung@langson.gov.vn", "moi") == (
        "F4",
        "là của tài khoản mot (Người mot)",
    )
    assert said("an.lv@langson.gov.vn", "") == (
        "F4",
        "tên đăng nhập an.lv đã là của Lê Thị An, Phòng B",
    )
    assert said("", "")[1].startswith("chưa ghi thư điện tử hoặc tên đăng nhập")


def test_one_person_in_two_rows(world):
    same = (2, "Lê An", "", "B", "Chuyên viên", "an.lv@langson.gov.vn", "")
    mail = (3, "Lê Ân", "", "B", "Chuyên viên", "an.lv@other.vn", "")

    assert errors(world.admin, AN, same, mail) == [
        ("F5", "trùng với dòng 4 (Sheet)", ""),
        (
            "F6",
            "tên đăng nhập an.lv, lấy từ thư điện tử, trùng với dòng 4 (Sheet)",
            "nếu là hai người, ghi tên đăng nhập khác ở cột Tên đăng nhập",
        ),
    ]


def test_two_people_of_one_derived_login_are_told_apart_by_the_column_that_is_named(world):
    other = (2, "Lê Ân", "", "B", "Chuyên viên", "an.lv@other.vn", "an.lv.b")
    taken = (3, "Lê Ẩn", "", "B", "Chuyên viên", "an@other.vn", "an.lv")

    assert errors(world.admin, AN, other) == []
    assert errors(world.admin, AN, taken) == [("G5", "trùng với dòng 4 (Sheet)", "")]


def test_nobody_takes_their_own_way_in_away(world):
    row = (1, "Người admin", "", "A", "Chuyên viên", "", "admin")

    assert errors(world.admin, row) == [
        ("E4", "đồng chí không tự bỏ vai trò Quản trị của mình", "")
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (roster(), "chưa ghi người nào"),
        (roster(AN, head=("a", "b", "c", "d", "e", "f", "g")), "không có hàng tiêu đề"),
        (b"khong phai tep", "không phải tệp Excel"),
        (b"", "rỗng"),
        (roster((1, "§ç V¨n Th¾ng", "", "", "", "", "")), "TCVN3"),
    ],
)
def test_files_that_name_nobody(world, content, said):
    with pytest.raises(FileRefused, match=said):
        sent(world.admin, content)
    assert not PeopleImport.objects.exists()


# --- What is not seen in the workbook -----------------------------------------------------------


def test_hidden_rows_and_columns_are_read_and_named(world):
    rows = (AN, (2, "Bình", "", "A", "Chuyên viên", "b@langson.gov.vn", ""))
    one = sent(world.admin, roster(*rows, hidden=[5], hidden_columns=["E"]))
    comparison = importing.compared(one, world.admin)

    assert [(part.cell, part.message) for part in comparison.hidden] == [
        ("E3", "cột “Vai trò” đang ẩn trong tệp; vẫn được đọc")
    ]
    assert [[remark.message for remark in row.remarks] for row in comparison.outcomes] == [
        [],
        ["dòng đang ẩn trong tệp; vẫn được đọc"],
    ]
    assert [row.fate for row in comparison.outcomes] == [Fate.NEW, Fate.NEW]


def test_a_formula_without_a_value_is_no_blank(world):
    """Also in a row that holds nothing else, and the rest of the row is read as ever."""
    apply(world.admin, (*AN[:2], "Tổ trưởng", *AN[3:]))
    rows = (
        (1, "Lê Văn An", '="Tổ "&"phó"', "=A1", "=A1", "an.lv@langson.gov.vn", ""),
        (None, "=A1", None, None, None, None, None),
        (3, "Bình", "", "A", "Chuyên viên", "=A1", "=A1"),
    )
    found = told(world.admin, *rows)

    assert [fate for fate, _, _ in found] == [Fate.WRONG] * 3
    said = [[(cell, accepted) for cell, _, accepted in remarks] for _, _, remarks in found]
    names = "Phòng VP; Phòng A; Phòng B; Phòng S"
    roles = "; ".join(str(role.label) for role in Role)
    assert said[0] == [("C4", "chữ"), ("D4", names), ("E4", roles)]
    assert said[1][0] == ("B5", "chữ")
    assert said[2] == [("F6", "ten@langson.gov.vn"), ("G6", "chữ, số, dấu chấm, gạch nối")]
    assert {message for _, message, _ in found[0][2]} == {
        "công thức chưa có giá trị; đồng chí mở bằng Excel, lưu lại, hoặc thay bằng chữ"
    }


# --- All of it or nothing -------------------------------------------------------------------------


def test_nothing_is_saved_with_an_error_or_before_it_is_applied(world):
    before = everyone()
    one = sent(world.admin, roster(AN, (2, "", "", "A", "Chuyên viên", "b@langson.gov.vn", "")))
    seen = importing.compared(one, world.admin).seen
    assert everyone() == before

    with pytest.raises(Refused, match="còn 1 lỗi"):
        importing.apply(import_id=one.pk, by=world.admin, seen=seen)

    assert everyone() == before


def test_twice_is_once(world):
    one = apply(world.admin, AN)
    before = everyone()

    again = importing.apply(import_id=one.pk, by=world.admin, seen="khác")
    assert again.applied_at == one.applied_at
    with pytest.raises(Refused, match="không thay đổi gì"):
        apply(world.admin, AN)
    key = uuid.uuid4()
    uploads = {
        importing.upload(by=world.admin, name="x.xlsx", content=roster(AN), request_key=key).pk
        for _ in range(2)
    }
    assert len(uploads) == 1
    assert everyone() == before


def test_what_changed_meanwhile_is_looked_at_again(world):
    one = sent(world.admin, roster(AN))
    seen = importing.compared(one, world.admin).seen
    apply(world.admin, (1, "Lê Văn An", "Trưởng phòng", "A", "Chuyên viên", AN[5], ""))

    with pytest.raises(Outdated):
        importing.apply(import_id=one.pk, by=world.admin, seen=seen)
    assert User.objects.get(username="an.lv").job_title == "Trưởng phòng"


def test_put_aside_is_applied_no_more(world):
    one = sent(world.admin, roster(AN))
    seen = importing.compared(one, world.admin).seen
    importing.put_aside(import_id=one.pk, by=world.admin)

    with pytest.raises(Refused, match="đã bị bỏ"):
        importing.apply(import_id=one.pk, by=world.admin, seen=seen)
    assert not PeopleImport.objects.waiting().exists()


def test_only_administrators(world):
    one = sent(world.admin, roster(AN))
    for by in (world.office, world.leadership):
        for act in (
            lambda by=by: sent(by, roster(AN)),
            lambda by=by: importing.apply(import_id=one.pk, by=by, seen=""),
            lambda by=by: importing.put_aside(import_id=one.pk, by=by),
        ):
            with pytest.raises(NotAnAdministrator):
                act()
        assert not PeopleImport.objects.visible_to(by).exists()


def test_the_form_with_everyone_changes_nothing(world):
    people = User.objects.select_related("unit")
    people.filter(username="head").update(full_name="=1+1", email="h@langson.gov.vn")

    one = sent(world.admin, form_for_people(people))

    rows = importing.compared(one, world.admin).outcomes
    assert {row.fate for row in rows} == {Fate.SAME}
    assert len(rows) == people.count()


def test_the_empty_form_names_nobody_and_has_every_column(world):
    with pytest.raises(FileRefused, match="chưa ghi người nào"):
        sent(world.admin, form_for_people())
    assert HEAD[1:] == tuple(importing.TITLES.values())


def test_a_hundred_people_ask_no_more_than_one(world, django_assert_num_queries):
    for count in (1, 100):
        rows = [(n, f"N {n}", "", "A", "Chuyên viên", f"n{n}@x.vn", "") for n in range(count)]
        one = sent(world.admin, roster(*rows))
        with django_assert_num_queries(3):
            assert importing.compared(one, world.admin).counts[Fate.NEW] == count


def test_thousands_are_parted_in_what_is_told_afterwards():
    """As in the preview (V7)."""
    row = Outcome(Person("Sheet", 4, {}, {}))

    assert importing.told(Comparison([row] * 1200)) == "1.200 mới"
