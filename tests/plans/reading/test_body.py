"""What is a task and what stands above it; who does what in lists inside lists."""

import pytest

from plans.reading import read_plan_document, read_source
from plans.reading.marks import split_mark, split_remark
from plans.reading.parties import Directory, Party, units_before_verb

NAMES = {"a": "Phòng Một", "b": "Phòng Hai", "c": "Văn phòng Sở"}
HEAD = (
    "SỞ Y TẾ\nSố: 1/KH-SYT\nKẾ HOẠCH\nCông tác năm 2025\n\nSở Y tế ban hành kế hoạch như sau:\n\n"
)


def read(text):
    directory = Directory((Party(code, name), ()) for code, name in NAMES.items())
    return read_plan_document(read_source((HEAD + text).encode(), "a.txt"), directory)


def assigned(draft):
    return [
        (task.wording, " ".join(block.lead_of(task).codes))
        for block in draft.blocks()
        for task in block.tasks
    ]


def said(draft):
    return [doubt.message for doubt in draft.doubts if doubt.line]


@pytest.mark.parametrize(
    ("text", "tasks"),
    [
        # A sentence without a lead of its own is what stands above.
        ("I. A\n1. Làm việc lớn.\n+ Phòng Một: Làm x.\n+ Làm y (Chủ trì: Phòng Hai).",
         [("Phòng Một: Làm x.", "a"), ("Làm y.", "b")]),
        # One with a lead is a task beside them.
        ("I. A\n1. Văn phòng Sở chủ trì làm việc lớn.\n+ Phòng Một: Làm x.\n+ Phòng Hai: Làm y.",
         [("Văn phòng Sở chủ trì làm việc lớn.", "c"), ("Phòng Một: Làm x.", "a"),
          ("Phòng Hai: Làm y.", "b")]),
        # Who opens a list does what nobody else is named for.
        ("I. A\n1. Văn phòng Sở chủ trì:\n+ Làm x.\n+ Phòng Hai: Làm y.",
         [("Làm x.", "c"), ("Phòng Hai: Làm y.", "b")]),
        # Inside the bullets of a block, and deeper.
        ("I. A\n1. B\n- Chủ trì: Văn phòng Sở\n- Nhiệm vụ:\n+ Làm việc lớn:\n"
         "* Phòng Một: Làm x.\n* Làm y.\n+ Làm việc nhỏ.",
         [("Phòng Một: Làm x.", "a"), ("Làm y.", "c"), ("Làm việc nhỏ.", "c")]),
        ("I. A\n1. B\n- Chủ trì: Văn phòng Sở\n- Nhiệm vụ:\n+ Làm việc lớn.\n"
         "a) Làm x.\nb) Làm y (Chủ trì: Phòng Hai).",
         [("Làm việc lớn.\na) Làm x.", "c"), ("Làm y.", "b")]),
        # Who only supports has a task, and who is charged with one leads it.
        ("I. A\n* Phòng Một: phối hợp thực hiện.\n+ Văn phòng Sở tham mưu làm x.",
         [("Phòng Một: phối hợp thực hiện.", ""), ("Văn phòng Sở tham mưu làm x.", "c")]),
        ("I. A\n1. B\n• Phòng Một: Làm x.\n* Phòng Hai có trách nhiệm làm y.\n"
         "* Giao Văn phòng Sở làm z.",
         [("Phòng Một: Làm x.", "a"), ("Phòng Hai có trách nhiệm làm y.", "b"),
          ("Giao Văn phòng Sở làm z.", "c")]),
        # Who opens a sentence has a task of its own, and is proposed as its lead.
        ("I. A\n1. Phòng Một: Làm x.\n+ Phòng Hai khảo sát hằng tháng.",
         [("Phòng Một: Làm x.", "a"), ("Phòng Hai khảo sát hằng tháng.", "b")]),
        ("I. A\n1. Phòng Một và các xã làm x.\n2. Phòng Hai phối hợp làm y.",
         [("Phòng Một và các xã làm x.", ""), ("Phòng Hai phối hợp làm y.", "")]),
        # Short lines of which none is the rest of the one before.
        ("I. A\n1. B\nPhòng Một chủ trì; các khoa khác của cả bệnh viện phối hợp.\n"
         "Phòng Hai làm y.",
         [("Phòng Một chủ trì; các khoa khác của cả bệnh viện phối hợp.", "a"),
          ("Phòng Hai làm y.", "b")]),
        # Nobody is named below: one task, as it is printed.
        ("I. A\n1. Phòng Một chủ trì làm việc lớn.\n+ Làm x.\n+ Làm y.",
         [("Phòng Một chủ trì làm việc lớn.\n+ Làm x.\n+ Làm y.", "a")]),
        # Who does it may stand behind the sentence, and on the line below it.
        ("I. A\n1. Làm x. Đơn vị chủ trì: Phòng Một. Thời hạn: 30/6/2025.", [("Làm x.", "a")]),
        ("I. A\n1. B\na) Làm x.\n* Phòng Một chủ trì; Phòng Hai phối hợp.\nb) Làm y.",
         [("Làm x.", "a"), ("Làm y.", "")]),
        ("I. A\n1. B\na) Làm x.\n* Phòng Một chủ trì, phối hợp với Phòng Hai làm y.",
         [("Phòng Một chủ trì, phối hợp với Phòng Hai làm y.", "a")]),
        ("Chương I\nA\nĐiều 1. B\n1. Chủ trì: Phòng Một\n2. Nội dung: Làm x.", [("Làm x.", "a")]),
        ("I. A\n1. B\n(i) Làm x;\n(ii) Phòng Hai: Làm y.",
         [("Làm x;", ""), ("Phòng Hai: Làm y.", "b")]),
        ("I. A\n1. B\no Làm x\no Phòng Hai: Làm y", [("Làm x", ""), ("Phòng Hai: Làm y", "b")]),
        ("I. A\n1. Làm x.\n(Phòng Hai chủ trì, hoàn thành trong quý II)\n2. Làm y.",
         [("Làm x. (Phòng Hai chủ trì, hoàn thành trong quý II)", "b"), ("Làm y.", "")]),
    ],
)  # fmt: skip
def test_who_does_what(text, tasks):
    assert assigned(read(text)) == tasks


@pytest.mark.parametrize(
    ("text", "leads"),
    [
        ("I. A\n1. Văn phòng Sở\n- Làm x.\n- Phòng Hai: Làm y.", ["c", "b"]),
        ("I. A\n1. Phòng Một:\na) Làm x.\nb) Làm y.", ["a", "a"]),
        ("I. PHÒNG MỘT\n1. Làm x.\n2. Làm y.", ["a", "a"]),
        ("I. A\n1. Phòng Một và Phòng Hai\nLàm x.", ["a b"]),
        ("I. A\n1. Phòng Một làm gì\n- Làm x.", [""]),
    ],
)
def test_a_unit_as_a_heading_does_what_stands_below(text, leads):
    draft = read(text)

    assert [lead for _, lead in assigned(draft)] == leads
    assert any("ở đầu mục là chủ trì" in one for one in said(draft)) == bool(leads[0])


def test_who_opens_a_sentence_of_a_block_is_said():
    draft = read(
        "I. A\n1. B\n- Chủ trì: Phòng Một\n- Nhiệm vụ:\n+ Phòng Hai khảo sát.\n+ Phòng Một làm."
    )

    assert said(draft) == ["câu mở đầu bằng “Phòng Hai”; chủ trì vẫn lấy theo khối"]


def test_who_only_supports_does_not_support_what_is_below():
    draft = read("I. A\n* Phòng Một: phối hợp thực hiện.\n+ Văn phòng Sở tham mưu làm x.")

    supports = [block.support_of(one).codes for block in draft.blocks() for one in block.tasks]
    assert supports == [("a",), ()]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("II. A\nĐiều 1. B\nMục 1. C\n1. Làm x.\nMục 2. D\n1. Làm y.\nĐiều 2. E\nLàm z.\n"
         "III. TỔ CHỨC THỰC HIỆN\n1. Báo cáo.", ["1.1.1", "1.2.1", "2"]),
        ("Chương I. A\nĐiều 1. B\n1. Làm x.\nChương II. C\nMục 1. D\nĐiều 2. E\n1. Làm y.\n"
         "Mục 2. F\nĐiều 3. G\n1. Làm z.", ["I.1.1", "II.1.2.1", "II.2.3.1"]),
        ("Chương 1. A\n1.1 B\n- Làm w.\n1.2 C\n1. Làm x.\n2. Làm y.\n1.3 D\n- Làm z.",
         ["1.1", "1.2.1", "1.2.2", "1.3"]),
    ],
)  # fmt: skip
def test_sections_below_what_they_are_part_of(text, codes):
    assert [task.code for task in read(text).tasks()] == codes


def test_organisation_within_the_content():
    draft = read(
        "Chương I. NHIỆM VỤ\nĐiều 1. A\n1. Phòng Một: Làm x.\nĐiều 2. Tổ chức thực hiện\n"
        "Các phòng thi hành."
    )

    assert assigned(draft) == [("Phòng Một: Làm x.", "a")]
    assert [one.text for one in draft.plan.organisation.paragraphs] == ["Các phòng thi hành."]


def test_a_target_is_called_without_who_does_it():
    draft = read("I. A\n1. Phòng Một; Phòng Hai: Số hóa 100% hồ sơ; đạt 60% trực tuyến.\n")

    [task] = draft.tasks()
    assert [one.name for one in task.targets] == ["Số hóa 100% hồ sơ", "Đạt 60% trực tuyến"]


def test_signs_of_one_list():
    """A clause that ends with ";" goes on, whatever sign the next has."""
    for sign in "+•":
        draft = read(f"I. A\n1. B\n- Nhiệm vụ:\n+ Làm x;\n• Phòng Một: Làm y.\n{sign} Làm z.")

        assert assigned(draft) == [("Làm x;", ""), ("Phòng Một: Làm y.", "a"), ("Làm z.", "")]


def test_tasks_where_it_is_said_how_the_plan_is_carried_out():
    text = "I. MỤC TIÊU\nA.\nII. TỔ CHỨC THỰC HIỆN\n1. Phòng Một: Làm x.\n2. Phòng Hai: Làm y."

    draft = read(text)

    assert assigned(draft) == [("Phòng Một: Làm x.", "a"), ("Phòng Hai: Làm y.", "b")]
    assert said(draft) == ["không có phần nội dung; đọc nhiệm vụ ở “II. TỔ CHỨC THỰC HIỆN”"]


def test_a_plan_with_tables_has_its_tasks_there():
    table = "\n| TT | Nhiệm vụ | Chủ trì | Thời hạn |\n|---|---|---|---|\n| 1 | x | Phòng Một | |\n"

    draft = read(f"I. MỤC TIÊU\nA.\nII. TỔ CHỨC THỰC HIỆN\n1. Phòng Một: Làm y.\n{table}")

    assert assigned(draft) == [("x", "a")]


def test_what_stands_above_is_kept():
    draft = read("I. A\n1. B\n- Nhiệm vụ:\n+ Làm việc lớn:\n* Phòng Một: Làm x.\n* Phòng Hai: y.")

    assert [task.note for task in draft.tasks()] == ["Làm việc lớn:", "Làm việc lớn:"]


@pytest.mark.parametrize(
    "heading",
    ["II. NHIỆM VỤ", "III. NHIỆM VỤ VÀ GIẢI PHÁP", "B. NỘI DUNG", "2. Nhiệm vụ, giải pháp cụ thể:",
     "IV. CHUYỂN ĐỔI SỐ", "Chương 2. Nhân lực"],
)  # fmt: skip
def test_a_heading_alone_is_no_task(heading):
    draft = read(f"I. A\n1. Phòng Một: Làm x.\n{heading}")

    assert assigned(draft) == [("Phòng Một: Làm x.", "a")]
    assert said(draft) == [f"không có gì dưới đề mục “{heading}”"]


def test_a_deadline_in_a_heading_is_that_of_the_block():
    draft = read(
        "I. A\n1. B, hoàn thành trước ngày 30/6/2025\n- Chủ trì: Phòng Một\n- Nhiệm vụ:\n"
        "+ Làm x.\n+ Làm y, hoàn thành trong quý I/2025."
    )

    assert [f"{task.due.due_on:%d/%m/%Y}" for task in draft.tasks()] == ["30/06/2025", "31/03/2025"]


def test_a_deadline_of_an_area_is_nobodys_until_a_person_says_whose():
    draft = read("I. A (trước ngày 30/6/2025)\n1. Phòng Một: Làm x.\n2. Phòng Hai: Làm y.")

    assert [task.due.due_on for task in draft.tasks()] == [None, None]
    assert said(draft) == [
        "đầu mục “A (trước ngày 30/6/2025)” có thời hạn, chưa áp cho nhiệm vụ nào"
    ]


def test_who_opens_a_sentence_is_proposed():
    draft = read("I. A\n- Phòng Hai khảo sát.\n- Phòng Lạ Hoắc rà soát thủ tục.")

    assert [[one.message, one.must, one.name] for one in draft.doubts if one.line] == [
        ["hiểu “Phòng Hai” mở đầu câu là chủ trì, dù câu không ghi “chủ trì”", False, ""],
        [
            "câu mở đầu bằng “Phòng Lạ Hoắc”, chưa có đơn vị nào tên như vậy: chưa phân công",
            False,
            "Phòng Lạ Hoắc",
        ],
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Phòng Kế hoạch - Tài chính chủ động rà soát.", ("Phòng Kế hoạch - Tài chính",)),
        ("Văn phòng niêm yết công khai.", ("Văn phòng",)),
        ("Chi cục Kiểm lâm, Thanh tra rà soát.", ("Chi cục Kiểm lâm", "Thanh tra")),
        ("Phòng chống tham nhũng, tổ chức ký cam kết.", ()),
        ("Phòng Lạ.", ()),
    ],
)
def test_an_unknown_unit_ends_where_it_is_said_what_it_does(text, name):
    assert units_before_verb(text) == name


REPORTS = "Các đơn vị báo cáo Văn phòng Sở trước ngày 30/11/2025. Tổng kết trong tháng 12/2025."
ORGANISED = "I. A\n1. Phòng Một: x.\nII. TỔ CHỨC THỰC HIỆN\n1. "


def test_a_deadline_of_the_organisation_is_proposed():
    plan = (draft := read(ORGANISED + REPORTS)).plan

    assert [(str(one.due_on), one.words, one.reports_too) for one in plan.proposed_dues] == [
        ("2025-11-30", "trước ngày 30/11/2025", True),
        ("2025-12-31", "trong tháng 12/2025", False),
    ]
    assert (plan.due.due_on, plan.due_words, plan.reports_too) == (None, "", False)
    assert said(draft) == [
        "“trước ngày 30/11/2025” có thể là thời hạn chung (30/11/2025 hoặc 31/12/2025); chưa lấy, "
        "đồng chí xác nhận"
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Kinh phí cấp trước ngày 5/12/2025.", "“trước ngày 5/12/2025”: chưa lấy"),
        ("Báo cáo trước ngày 10 hằng tháng.", "“trước ngày 10 hằng tháng”: chưa lấy"),
    ],
)
def test_another_deadline_of_the_organisation_is_said(text, message):
    draft = read(ORGANISED + text)

    assert draft.plan.proposed_dues == []
    assert said(draft) == [f"{message} làm thời hạn chung hay hạn báo cáo"]


def test_a_plan_that_has_its_deadline_is_proposed_none():
    plan = read(f"{ORGANISED}{REPORTS}\nIII. THỜI HẠN\nTrước ngày 15/12/2025.").plan

    assert (str(plan.due.due_on), plan.proposed_dues) == ("2025-12-15", [])


def test_two_deadlines_that_contradict():
    draft = read("I. A\n1. Phòng Một làm x trước ngày 30/9/2025 (Thời hạn: 30/6/2025).")

    [task] = draft.tasks()
    assert f"{task.due.due_on:%d/%m/%Y}" == "30/06/2025"
    assert "trong câu ghi “trước ngày 30/9/2025”, thời hạn ghi “30/6/2025”; lấy thời hạn" in said(
        draft
    )


@pytest.mark.parametrize(
    ("heading", "part"),
    [
        ("II. Nâng cao trách nhiệm giải trình với người dân", ""),
        ("II. Đáp ứng yêu cầu của người dân", ""),
        ("II. MỤC TIÊU, NHIỆM VỤ", ""),
        ("II. CHỈ TIÊU NĂM 2025", "purpose"),
        ("II. TRÁCH NHIỆM THỰC HIỆN", "organisation"),
        ("II. ĐÁNH GIÁ TÌNH HÌNH NĂM 2024", "purpose"),
        ("Chương II. QUY ĐỊNH CHUNG", "purpose"),
    ],
)
def test_which_parts_hold_no_tasks(heading, part):
    draft = read(f"I. A\n1. Phòng Một: Làm x.\n{heading}\n1. Văn phòng Sở chủ trì làm y.")

    assert len(assigned(draft)) == (1 if part else 2)
    if part:
        assert getattr(draft.plan, part).paragraphs[0].text == "Văn phòng Sở chủ trì làm y."


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("I. MỤC TIÊU\nx.\nII. NỘI DUNG\nA. Hạ tầng\n1. Làm x.\nB. Dữ liệu\n1. Làm y.\n"
         "III. TỔ CHỨC THỰC HIỆN\n1. Báo cáo.", ["II.A.1", "II.B.1"]),
        ("A. MỤC TIÊU\nx.\nB. NỘI DUNG\nI. Hạ tầng\n1. Làm x.\nII. Dữ liệu\n1. Làm y.\n"
         "C. TỔ CHỨC THỰC HIỆN\n1. Báo cáo.", ["B.I.1", "B.II.1"]),
    ],
)  # fmt: skip
def test_letters_stand_above_or_below_roman_numbers(text, codes):
    assert [task.code for task in read(text).tasks()] == codes


def test_a_letter_that_is_a_number_too():
    letters = "\n".join(f"({letter}) Phòng Một: Việc {letter}." for letter in "abcdđeghik")

    numbers = [task.number for task in read(f"I. A\n1. B\n{letters}").tasks()]

    assert numbers == [f"({letter})" for letter in "abcdđeghik"]


@pytest.mark.parametrize(
    ("line", "printed", "value", "short"),
    [
        ("PHẦN THỨ NHẤT", "Phần thứ nhất", 1, "Phần 1"),
        ("Phần thứ hai. Nhiệm vụ", "Phần thứ hai", 2, "Phần 2"),
        ("PHẦN MỘT", "Phần một", 1, "Phần 1"),
        ("CHƯƠNG IV", "Chương IV", 4, "Chương IV"),
        ("Điều 12. Nhiệm vụ", "Điều 12", 12, "Điều 12"),
        ("Nhiệm vụ 3: Làm x", "Nhiệm vụ 3", 3, "Nhiệm vụ 3"),
        ("NHÓM NHIỆM VỤ II. Làm x", "Nhóm nhiệm vụ II", 2, "Nhóm nhiệm vụ II"),
    ],
)
def test_numbers_in_words(line, printed, value, short):
    mark, _ = split_mark(line)

    assert (mark.printed, mark.value, mark.short) == (printed, value, short)


def test_parts_in_words_are_printed_as_they_are():
    draft = read("PHẦN THỨ NHẤT\nA\n1. Phòng Một: x.\nPHẦN THỨ HAI\nB\n1. Phòng Hai: y.")

    assert [(one.number, one.heading, one.code) for one in draft.indicators] == [
        ("Phần 1", "Phần thứ nhất. A", "1"),
        ("Phần 2", "Phần thứ hai. B", "2"),
    ]


@pytest.mark.parametrize(
    ("text", "sentence", "labels"),
    [
        ("Làm x (Phòng A; phối hợp: Phòng B; thời hạn: Quý I).", "Làm x (Phòng A).",
         [("support", "Phòng B"), ("due", "Quý I")]),
        ("Làm x (nếu có).", "Làm x (nếu có).", []),
        ("Làm x; thời gian hoàn thành: Quý I.", "Làm x", [("due", "Quý I.")]),
        ("Làm x. Phối hợp: Phòng B.", "Làm x.", [("support", "Phòng B.")]),
        ("Làm x – chủ trì: Phòng A – hạn: 30/9", "Làm x", [("lead", "Phòng A"), ("due", "30/9")]),
        ("Làm x, đơn vị thực hiện: Phòng A.", "Làm x", [("lead", "Phòng A.")]),
        ("Làm x, kết quả: báo cáo.", "Làm x, kết quả: báo cáo.", []),
    ],
)  # fmt: skip
def test_labels_behind_a_sentence(text, sentence, labels):
    assert split_remark(text) == (sentence, labels)


def test_telephone_numbers_in_the_text_are_not_kept():
    draft = read("I. A\n1. Phòng Một làm x.\nPhụ trách: Đ/c Lê Nam, điện thoại 0243.7365.111.")

    assert "có 1 số điện thoại, không lưu" in said(draft)
    assert not any("0243" in task.wording for task in draft.tasks())


def test_targets_among_the_purposes_are_said():
    draft = read("I. MỤC TIÊU\n- 95% trường học dùng học bạ.\n- A.\nII. B\n1. Phòng Một: x.")

    assert said(draft) == [
        "“95% trường học dùng học bạ.”: con số ở phần mục tiêu giữ nguyên chữ, chưa giao chỉ tiêu"
    ]
