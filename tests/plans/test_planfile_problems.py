"""What is said of a plan file that is wrong: each case changes one thing of a small right one."""

import io
import unicodedata
from contextlib import suppress
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plans.planfile import Place, PlanFile, PlanFileError, read_plan
from plans.planfile.source import MAX_BYTES, MAX_DEPTH

SMALL = """\
plan:
  code: kh
  agency: so
  type: Kế hoạch
  symbol: KH-SO
  title: Làm việc
  short_title: Việc
  year: 2023
  starts_on: 2023-01-01
  due_on: 2023-11-30
agencies:
  - code: so
    identities:
      - {name: Sở, short_name: Sở, symbol: SO}
units:
  - {code: cds, name: Phòng Chuyển đổi số, short_name: CĐS, kind: division}
  - {code: hts, name: Phòng Hạ tầng số, short_name: HTS, kind: division}
groups:
  - {code: tat-ca, name: Các phòng, members: [cds, hts]}
documents:
  - {code: kh-1, type: Kế hoạch}
indicators:
  - code: PAR
    name: Chỉ số
    areas:
      - number: "1"
        title: Lĩnh vực
        blocks:
          - number: (1)
            criteria: [Tiêu chí]
            leads: [cds]
            tasks:
              - code: 1.10
                title: Việc
                wording: Làm
                kind: deadline
                supports: [tat-ca]
                references: [kh-1]
                measures:
                  - code: ty-le
                    name: Tỷ lệ
                    scale: percent
                    direction: at_least
                    target: 70
                    cap: 80
                    criterion: 1
"""


def small(old: str = "", new: str = "") -> PlanFile:
    assert SMALL.count(old) == 1 or not old
    return read_plan(io.StringIO(SMALL.replace(old, new) if old else SMALL))


def problems(text: str | bytes) -> list[str]:
    with pytest.raises(PlanFileError) as caught:
        read_plan(io.BytesIO(text) if isinstance(text, bytes) else io.StringIO(text))
    return str(caught.value).split("\n")


def problems_when(old: str, new: str) -> list[str]:
    assert SMALL.count(old) == 1
    return problems(SMALL.replace(old, new))


WRONG = [
    # A field missing, unknown, given twice, of the wrong shape.
    (
        "                wording: Làm\n",
        "",
        "dòng 33, cột 17, nhiệm vụ 1.10: thiếu trường bắt buộc “wording”"
        " (nội dung nhiệm vụ, giải pháp)",
    ),
    (
        "                title: Việc\n",
        "                title:\n",
        "dòng 33, cột 17, nhiệm vụ 1.10: thiếu trường bắt buộc “title” (tên gọi ngắn)",
    ),
    (
        "wording: Làm",
        "wordin: Làm",
        "dòng 33, cột 17, nhiệm vụ 1.10: thiếu trường bắt buộc “wording”"
        " (nội dung nhiệm vụ, giải pháp)\n"
        "dòng 35, cột 17, nhiệm vụ 1.10: không có trường “wordin”. Gần nhất: “wording”.",
    ),
    (
        "  symbol: KH-SO\n",
        "  symbol: KH-SO\n  symbol: KH\n",
        "dòng 6, cột 3, kế hoạch: trường “symbol” viết hai lần",
    ),
    (
        "supports: [tat-ca]",
        "supports: tat-ca",
        "dòng 37, cột 27, nhiệm vụ 1.10, phối hợp: cần một danh sách, đang là một giá trị",
    ),
    (
        "wording: Làm",
        "wording: [Làm]",
        "dòng 35, cột 26, nhiệm vụ 1.10, nội dung nhiệm vụ, giải pháp:"
        " cần một giá trị, đang là một danh sách",
    ),
    (
        "      - {name: Sở, short_name: Sở, symbol: SO}\n",
        "      - Sở\n",
        "dòng 14, cột 9, cơ quan so, tên gọi thứ 1:"
        " cần các trường của tên gọi, đang là một giá trị",
    ),
    (
        "criteria: [Tiêu chí]",
        'criteria: [Tiêu chí, ""]',
        "dòng 30, cột 34, chỉ số PAR, lĩnh vực 1, khối (1), tiêu chí: mục trống trong danh sách",
    ),
    (
        "    identities:\n      - {name: Sở, short_name: Sở, symbol: SO}\n",
        "    identities: []\n",
        "dòng 13, cột 17, cơ quan so, tên gọi: danh sách trống",
    ),
    # A value that cannot be understood.
    (
        "due_on: 2023-11-30",
        "due_on: 31/11/2023",
        "dòng 10, cột 11, kế hoạch, thời hạn chung:"
        " “31/11/2023” không phải ngày viết theo năm-tháng-ngày, ví dụ 2023-11-30",
    ),
    (
        "due_on: 2023-11-30",
        "due_on: 30/11/2023",
        "dòng 10, cột 11, kế hoạch, thời hạn chung:"
        " “30/11/2023” không phải ngày viết theo năm-tháng-ngày, ở đây là 2023-11-30",
    ),
    (
        "due_on: 2023-11-30",
        "due_on: 2023-11-31",
        "dòng 10, cột 11, kế hoạch, thời hạn chung: không có ngày “2023-11-31” trong lịch",
    ),
    (
        "year: 2023",
        "year: năm nay",
        "dòng 8, cột 9, kế hoạch, năm kế hoạch: “năm nay” không phải là số nguyên từ 1945 đến 2200",
    ),
    (
        "target: 70",
        "target: nhiều",
        "dòng 44, cột 29, chỉ tiêu ty-le, mức giao: “nhiều” không phải là số",
    ),
    (
        "target: 70",
        "target: 70,00001",
        "dòng 44, cột 29, chỉ tiêu ty-le, mức giao:"
        " “70,00001” quá lớn hoặc quá nhiều chữ số thập phân",
    ),
    (
        "year: 2023",
        "year: " + "9 " * 60,
        "dòng 8, cột 9, kế hoạch, năm kế hoạch:"
        " “" + "9 " * 39 + "9…” không phải là số nguyên từ 1945 đến 2200",
    ),
    (
        "starts_on: 2023-01-01",
        "starts_on: 2023-01-01\n  due_day_counts: có lẽ",
        "dòng 10, cột 19, kế hoạch, tính cả ngày đến hạn: “có lẽ” không phải là “có” hoặc “không”",
    ),
    (
        "kind: deadline",
        "kind: deadlin",
        "dòng 36, cột 23, nhiệm vụ 1.10, loại nhiệm vụ: không có loại “deadlin”."
        " Gần nhất: “deadline”.",
    ),
    (
        "code: cds,",
        "code: cđ s,",
        "dòng 16, cột 12, đơn vị cđ s, mã:"
        " “cđ s” phải là chữ không dấu, chữ số, dấu - hoặc _, không có dấu cách\n"
        "dòng 19, cột 47, nhóm đơn vị tat-ca, các đơn vị trong nhóm:"
        " không có đơn vị “cds”. Chỉ có: hts.\n"
        "dòng 31, cột 21, chỉ số PAR, lĩnh vực 1, khối (1), chủ trì:"
        " không có đơn vị hoặc nhóm đơn vị “cds”. Chỉ có: hts, tat-ca.",
    ),
    (
        "                title: Việc",
        "                title: " + "a" * 91,
        "dòng 34, cột 24, nhiệm vụ 1.10, tên gọi ngắn: dài 91 ký tự, nhiều nhất 90",
    ),
    (
        "wording: Làm",
        "wording: §«n ®èc tiÕn ®é",
        "dòng 35, cột 26, nhiệm vụ 1.10, nội dung nhiệm vụ, giải pháp:"
        " “§«n ®èc tiÕn ®é” gõ bằng phông chữ cũ (TCVN3); hãy chuyển sang Unicode",
    ),
    # A code that points to nothing, or is used twice.
    (
        "leads: [cds]",
        "leads: [cd]",
        "dòng 31, cột 21, chỉ số PAR, lĩnh vực 1, khối (1), chủ trì:"
        " không có đơn vị hoặc nhóm đơn vị “cd”. Gần nhất: “cds”.",
    ),
    (
        "supports: [tat-ca]",
        "supports: [hts, xyz]",
        "dòng 37, cột 33, nhiệm vụ 1.10, phối hợp:"
        " không có đơn vị hoặc nhóm đơn vị “xyz”. Chỉ có: cds, hts, tat-ca.",
    ),
    (
        "members: [cds, hts]",
        "members: [cds, tat-ca]",
        "dòng 19, cột 52, nhóm đơn vị tat-ca, các đơn vị trong nhóm:"
        " không có đơn vị “tat-ca”. Chỉ có: cds, hts.",
    ),
    (
        "references: [kh-1]",
        "references: [kh-2]",
        "dòng 38, cột 30, nhiệm vụ 1.10, văn bản viện dẫn: không có văn bản “kh-2”."
        " Gần nhất: “kh-1”.",
    ),
    (
        "agency: so",
        "agency: ubnd",
        "dòng 3, cột 11, kế hoạch, cơ quan ban hành: không có cơ quan “ubnd”. Chỉ có: so.",
    ),
    (
        "leads: [cds]",
        "leads: [cds, hts, cds]",
        "dòng 31, cột 31, chỉ số PAR, lĩnh vực 1, khối (1), chủ trì: “cds” viết hai lần",
    ),
    (
        "{code: hts,",
        "{code: cds,",
        "dòng 17, cột 12, đơn vị cds, mã: mã đơn vị “cds” đã dùng ở dòng 16\n"
        "dòng 19, cột 52, nhóm đơn vị tat-ca, các đơn vị trong nhóm:"
        " không có đơn vị “hts”. Chỉ có: cds.",
    ),
    (
        "{code: hts,",
        "{code: CDS,",
        "dòng 17, cột 12, đơn vị CDS, mã: mã đơn vị “CDS” đã dùng ở dòng 16\n"
        "dòng 19, cột 52, nhóm đơn vị tat-ca, các đơn vị trong nhóm:"
        " không có đơn vị “hts”. Chỉ có: cds.",
    ),
    (
        "code: tat-ca",
        "code: hts",
        "dòng 19, cột 12, nhóm đơn vị hts, mã: mã “hts” đã dùng cho đơn vị ở dòng 17\n"
        "dòng 37, cột 28, nhiệm vụ 1.10, phối hợp:"
        " không có đơn vị hoặc nhóm đơn vị “tat-ca”. Chỉ có: cds, hts.",
    ),
    (
        "members: [cds, hts]",
        "members: [cds, hts], aliases: [phong ha tang so]",
        "dòng 19, cột 5, nhóm đơn vị tat-ca: “phong ha tang so” cũng là cách gọi của đơn vị “hts”",
    ),
    (
        "members: [cds, hts]",
        "members: [cds, hts], aliases: [Mọi-phòng, mọi – phòng]",
        "dòng 19, cột 67, nhóm đơn vị tat-ca, cách viết khác: “mọi – phòng” trùng với một cách viết"
        " khác đã ghi (không phân biệt dấu, chữ hoa, kiểu gạch nối)",
    ),
    # Fields that do not go together.
    ("target: 70", "target: 90", "dòng 44, cột 29, chỉ tiêu ty-le, mức giao: 90 vượt mức trần 80"),
    (
        "target: 70",
        "target: -5",
        "dòng 44, cột 29, chỉ tiêu ty-le, mức giao: -5 nằm ngoài khoảng 0 đến 100%",
    ),
    (
        "cap: 80",
        "cap: 120,5",
        "dòng 45, cột 26, chỉ tiêu ty-le, mức trần: 120,5 nằm ngoài khoảng 0 đến 100%",
    ),
    (
        "scale: percent",
        "scale: yes_no",
        "dòng 44, cột 29, chỉ tiêu ty-le, mức giao:"
        " 70 không dùng được; chỉ tiêu đạt / chưa đạt ghi 1 hoặc 0\n"
        "dòng 45, cột 26, chỉ tiêu ty-le, mức trần:"
        " 80 không dùng được; chỉ tiêu đạt / chưa đạt ghi 1 hoặc 0",
    ),
    (
        "criterion: 1",
        "criterion: 2",
        "dòng 46, cột 32, chỉ tiêu ty-le, tiêu chí thứ:"
        " không có tiêu chí thứ 2; khối có 1 tiêu chí",
    ),
    (
        "due_on: 2023-11-30",
        "due_on: 2022-11-30",
        "dòng 10, cột 11, kế hoạch, thời hạn chung: trước ngày bắt đầu 01/01/2023",
    ),
    (
        "due_on: 2023-11-30",
        "unit_reports_due_on: 2023-11-30\n  department_report_due_on: 2023-11-29",
        "dòng 11, cột 29, kế hoạch, hạn cơ quan báo cáo cấp trên: trước hạn của đơn vị 30/11/2023",
    ),
    (
        "kind: deadline",
        "kind: deadline\n                due_on: 2022-12-31",
        "dòng 37, cột 25, nhiệm vụ 1.10, thời hạn riêng:"
        " trước ngày bắt đầu của kế hoạch 01/01/2023",
    ),
    (
        "symbol: KH-SO",
        "symbol: KH-SO\n  issued_day: 31\n  issued_month: 6\n  issued_year: 2023",
        "dòng 6, cột 15, kế hoạch, ngày ban hành: tháng 6 năm 2023 không có ngày 31",
    ),
    (
        "symbol: SO}",
        "symbol: SO, valid_from: 2023-02-01, valid_until: 2023-01-31}",
        "dòng 14, cột 85, cơ quan so, tên gọi thứ 1, đến hết ngày: trước ngày bắt đầu 01/02/2023",
    ),
    (
        "      - {name: Sở, short_name: Sở, symbol: SO}\n",
        "      - {name: Sở, short_name: Sở, symbol: SO, valid_until: 2025-02-28}\n"
        "      - {name: Ty, short_name: Ty, symbol: TY, valid_from: 2025-02-28}\n",
        "dòng 15, cột 9, cơ quan so, tên gọi thứ 2: trùng thời gian hiệu lực với tên gọi ở dòng 14",
    ),
    (
        "        title: Lĩnh vực\n",
        "        title: Lĩnh vực\n        areas:\n          - {title: Hai, areas: [{title: Ba}]}\n",
        "dòng 29, cột 34, chỉ số PAR, lĩnh vực 1, lĩnh vực thứ 1, lĩnh vực thứ 1:"
        " chưa có nhiệm vụ: thiếu “areas” hoặc “blocks”\n"
        "dòng 29, cột 34, chỉ số PAR, lĩnh vực 1, lĩnh vực thứ 1, lĩnh vực thứ 1:"
        " lĩnh vực chỉ được lồng hai cấp",
    ),
]


@pytest.mark.parametrize(("old", "new", "said"), WRONG, ids=range(len(WRONG)))
def test_every_problem_is_told_with_its_place(old: str, new: str, said: str) -> None:
    assert problems_when(old, new) == said.split("\n")


def test_all_problems_at_once_in_the_order_of_the_file() -> None:
    text = SMALL.replace("year: 2023", "year: x").replace("leads: [cds]", "leads: [cd]")
    with pytest.raises(PlanFileError) as caught:
        read_plan(io.StringIO(text.replace("target: 70", "target: 90")))
    assert [(p.line, p.column, p.place) for p in caught.value.problems] == [
        (8, 9, "kế hoạch, năm kế hoạch"),
        (31, 21, "chỉ số PAR, lĩnh vực 1, khối (1), chủ trì"),
        (44, 29, "chỉ tiêu ty-le, mức giao"),
    ]


SYNTAX = [
    (
        "plan:\n\tcode: x\n",
        "dòng 2, cột 1: sai cú pháp YAML: có phím Tab; chỉ dùng dấu cách để thụt lề",
    ),
    (
        "plan:\n  title: Kế hoạch: năm 2023\n",
        "dòng 2, cột 18: sai cú pháp YAML: có dấu hai chấm ở chỗ không được;"
        " đặt cả câu trong ngoặc kép, hoặc viết sau dấu >-",
    ),
    (
        "plan:\n  code: x\n   title: y\n",
        "dòng 3, cột 9: sai cú pháp YAML: có dấu hai chấm ở chỗ không được;"
        " đặt cả câu trong ngoặc kép, hoặc viết sau dấu >-",
    ),
    (
        'plan: "x\n',
        "dòng 2, cột 1: sai cú pháp YAML: ngoặc kép hoặc ngoặc vuông chưa đóng",
    ),
    ("", "dòng 1, cột 1: tệp trống"),
    ("# chỉ có ghi chú\n", "dòng 1, cột 1: tệp trống"),
    (
        "a: &x [1]\nb: *x\n",
        "dòng 2, cột 4: không dùng tham chiếu (dấu *); hãy chép lại nội dung",
    ),
    ("[" * (MAX_DEPTH + 1), f"dòng 1, cột {MAX_DEPTH + 1}: lồng nhau quá {MAX_DEPTH} lớp"),
    ("plan:\n  code: a\x07b\n", "dòng 2, cột 10: ký tự không in được: U+0007"),
    (b"plan:\n  code: \xd0\xcf\n", "dòng 2, cột 9: tệp không phải UTF-8; hãy lưu lại với mã UTF-8"),
    ("a" * (MAX_BYTES + 1), "dòng 1, cột 1: tệp lớn hơn 5 MB"),
]


@pytest.mark.parametrize(("text", "said"), SYNTAX, ids=range(len(SYNTAX)))
def test_a_file_that_cannot_be_read_at_all(text: str | bytes, said: str) -> None:
    assert problems(text) == [said]


def test_a_file_of_nothing_but_a_list() -> None:
    assert problems("- a\n") == [
        "dòng 1, cột 1: cần các trường của tệp kế hoạch, đang là một danh sách"
    ]


def test_path_text_and_bytes_are_read_alike(tmp_path: Path) -> None:
    path = tmp_path / "kế hoạch.yaml"
    path.write_text(SMALL, encoding="utf-8-sig")
    assert read_plan(path) == read_plan(str(path)) == small()
    assert read_plan(io.BytesIO(SMALL.encode())) == small()
    with pytest.raises(FileNotFoundError):
        read_plan(tmp_path / "khac.yaml")


def test_written_values_are_not_guessed_by_yaml() -> None:
    assert next(small().tasks()).code == "1.10"
    assert small("title: Làm việc", "title: no").plan.title == "no"
    assert small("title: Làm việc", "title: 2023-11-30").plan.title == "2023-11-30"
    assert small("title: Làm việc", 'title: "null"').plan.title == "null"
    assert small("due_on: 2023-11-30", "due_on: ~").plan.due_on is None


def test_text_is_made_nfc_without_doubled_spaces() -> None:
    decomposed = unicodedata.normalize("NFD", "Đôn đốc  tiến\u00a0độ")
    assert (
        next(small("wording: Làm", f"wording: {decomposed}").tasks()).wording == "Đôn đốc tiến độ"
    )


def test_entries_remember_where_they_stand() -> None:
    task = next(small().tasks())
    assert task.at == Place(33, 17, "nhiệm vụ 1.10")
    assert task.marks["wording"] == Place(35, 26, "nhiệm vụ 1.10, nội dung nhiệm vụ, giải pháp")


def test_numbers_as_offices_write_them() -> None:
    for written, value in (("70%", "70"), ("62,5", "62.5"), ("62.5", "62.5")):
        measure = next(small("target: 70", f"target: {written}").tasks()).measures[0]
        assert measure.target == Decimal(value)


DAMAGE = st.text(alphabet="-:[]{}#&*!|>'\"\n\t ađ9", max_size=8)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(SMALL)), st.integers(0, 40), DAMAGE)
def test_damage_is_told_as_problems_and_as_nothing_else(at: int, cut: int, put: str) -> None:
    with suppress(PlanFileError):
        read_plan(io.StringIO(SMALL[:at] + put + SMALL[at + cut :]))
