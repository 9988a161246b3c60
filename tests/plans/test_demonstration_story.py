import datetime as dt
from io import BytesIO
from itertools import pairwise

import pytest

from plans.demonstration import read_story
from plans.demonstration.story import Changed
from plans.management.commands.load_demo import STORY
from plans.planfile import PlanFileError


@pytest.fixture(scope="module")
def story():
    return read_story(STORY)


def test_the_story_is_in_order_and_reads_as_an_office_writes(story):
    assert [entry.day for entry in story.course] == sorted(entry.day for entry in story.course)
    texts = [text for entry in story.course for text in (*entry.texts.values(), entry.reason)]
    assert not [text for text in texts if text and (text[-1] != "." or len(text) > 600)]
    assert not [text for text in texts if "đảm bảo" in text or "TTHC" in text]


def test_document_numbers_grow_with_their_days(story):
    series: dict[str, list[tuple[dt.date, int]]] = {}
    for entry in story.course:
        for paper in entry.evidence:
            if paper.number:
                number, symbol = paper.number.split("/")
                group = "CV" if symbol.startswith("STTTT-") else symbol
                series.setdefault(group, []).append((paper.date, int(number)))
    for numbers in series.values():
        assert all(one[1] < other[1] for one, other in pairwise(sorted(numbers)))


FILE = """\
plan: ke-hoach
entered: 2023-06-26
today: 2023-11-20
password: mot-mat-khau-dai
accounts:
  - username: a
    full_name: Nguyễn Văn A
    job_title: Chuyên viên
    role: staff
    email: a@example.com
    tries: Cập nhật
course:
  - day: 2023-07-03
    by: a
    act: report
    task: 1.1
    unit: vp
    result: Đã làm.
    values:
      ty-le: 98,5%
      co-khong: đạt
"""


def read(text):
    return read_story(BytesIO(text.encode()))


def test_a_small_story_is_read():
    (entry,) = read(FILE).course
    assert (entry.task, entry.state, entry.texts["result"]) == ("1.1", "in_progress", "Đã làm.")
    assert {code: str(value) for code, value in entry.values.items()} == {
        "ty-le": "98.5",
        "co-khong": "1",
    }


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("by: a", "by: b", "dòng 14, cột 9, diễn biến thứ 1, by: không có loại “b”"),
        ("task: 1.1", "tsk: 1.1", "diễn biến thứ 1: thiếu trường “task”"),
        ("result: Đã làm.", "reslt: Đã làm.", "không có trường “reslt” ở đây. Gần nhất: “result”"),
        ("unit: vp", "unit: vp\n    unit: hts", "trường “unit” viết hai lần"),
        ("2023-07-03", "2023-07-32", "không có ngày “2023-07-32” trong lịch"),
        ("2023-07-03", "2023-11-21", "sau ngày của bản minh họa"),
        ("2023-07-03", "2023-06-25", "trước ngày nhập kế hoạch"),
        ("act: report", "act: confirm", "không có trường “result” ở đây"),
        ("98,5%", "nhiều", "“nhiều” không phải là số"),
        ("98,5%", "[1]", "diễn biến thứ 1, values, ty-le: cần một giá trị"),
        ("accounts:", "khac: 1\naccounts:", "không có trường “khac”"),
        (
            "    values:",
            "    evidence:\n      - proves: Gì đó\n    values:",
            "ghi đúng một trong hai",
        ),
        (
            "    values:",
            "    evidence:\n      - file: a.pdf\n    values:",
            "nội dung là table hoặc",
        ),
        ("    values:", "    evidence: a.pdf\n    values:", "cần một danh sách"),
    ],
)
def test_mistakes_in_the_file_are_named_with_their_place(old, new, said):
    with pytest.raises(PlanFileError) as refused:
        read(FILE.replace(old, new))
    assert str(refused.value).startswith("dòng ")
    assert said in str(refused.value)


APPENDIX = """\
  - day: 2023-07-04
    by: a
    act: amend
    task: 1.1
    passage: [câu cũ, câu mới]
    leads: vp hts
    reason: Theo ý kiến chỉ đạo.
  - day: 2023-07-05
    by: a
    act: upload
    file: Phụ lục.xlsx
    cells:
      - [1.1, Ghi chú, Theo dõi riêng]
"""


def test_changes_of_the_appendix_are_read():
    _, amended, uploaded = read(FILE + APPENDIX).course

    assert (amended.task, amended.reason) == ("1.1", "Theo ý kiến chỉ đạo.")
    assert amended.changed == Changed(passage=("câu cũ", "câu mới"), leads="vp hts")
    cells = (("1.1", "Ghi chú", "Theo dõi riêng"),)
    assert uploaded.changed == Changed(file="Phụ lục.xlsx", cells=cells)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[câu cũ, câu mới]", "[câu mới]", "passage có hai phần"),
        ("[1.1, Ghi chú, Theo dõi riêng]", "[1.1, Theo dõi]", "mỗi ô trong cells có ba phần"),
        ("    reason: Theo ý kiến chỉ đạo.\n", "", "thiếu trường “reason”"),
        ("file: Phụ lục.xlsx", "task: 1.1", "thiếu trường “file”"),
    ],
)
def test_mistakes_in_changes_of_the_appendix(old, new, said):
    with pytest.raises(PlanFileError, match=said):
        read(FILE + APPENDIX.replace(old, new))


def test_days_out_of_order_are_a_mistake():
    later = FILE[FILE.index("  - day") :].replace("07-03", "07-01")
    with pytest.raises(PlanFileError, match="diễn biến thứ 2: ngày 2023-07-01 đứng sau"):
        read(FILE + later)
