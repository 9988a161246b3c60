"""What the file of the real plan holds, and that its text is the printed one put right."""

import datetime as dt
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from decimal import Decimal
from pathlib import Path

import pytest

import plans
from plans.planfile import Place, PlanFile, read_plan

REAL = Path(plans.__file__).parent / "data" / "ke-hoach-2023.yaml"


@pytest.fixture(scope="module")
def real() -> PlanFile:
    return read_plan(REAL)


def texts_in(value: object) -> Iterator[str]:
    """Every text in an entry and all that it holds, without places in the file."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from texts_in(item)
    elif is_dataclass(value) and not isinstance(value, Place):
        for field in fields(value):
            if "spec" in field.metadata:
                yield from texts_in(getattr(value, field.name))


# Every number is counted by hand in the printed text (domain.md §6).


def test_indicators_and_areas_in_the_order_of_the_content(real: PlanFile) -> None:
    assert [i.code for i in real.indicators] == ["PAR INDEX", "SIPAS", "PAPI"]
    assert [i.number for i in real.indicators] == ["1", "2", "3"]
    par, sipas, papi = real.indicators
    assert [a.number for a in par.areas] == ["1.1", "1.2"]
    assert [a.areas for a in par.areas[:1]] == [()]
    assert [a.number for a in par.areas[1].areas] == ["1.2.1", "1.2.2", "1.2.3"]
    assert [a.title for a in sipas.areas] == [
        "Mức độ hài lòng của người dân đối với việc cung ứng dịch vụ hành chính công"
    ]
    assert [a.title for a in papi.areas] == ["Quản trị điện tử"]


def test_eleven_assignment_blocks_beside_1_1(real: PlanFile) -> None:
    standing, *blocks = real.blocks()
    par, sipas, papi = real.indicators
    assert [len(a.blocks) for a in par.areas[1].areas] == [1, 2, 4]
    assert [len(a.blocks) for a in (*sipas.areas, *papi.areas)] == [1, 3]
    assert len(blocks) == 11
    assert (standing.leads, standing.supports, standing.criteria) == ((), (), ())


def test_thirteen_tasks_beside_1_1(real: PlanFile) -> None:
    assert [(task.code, task.kind) for task in real.tasks()] == [
        ("1.1", "ongoing"),
        ("1.2.1", "deadline"),
        ("1.2.2.1", "deadline"),
        ("1.2.2.2", "conditional"),
        ("1.2.3.1", "deadline"),
        ("1.2.3.2", "deadline"),
        ("1.2.3.3", "deadline"),
        ("1.2.3.4.1", "deadline"),
        ("1.2.3.4.2", "deadline"),
        ("2.1", "deadline"),
        ("2.2", "deadline"),
        ("3.a", "deadline"),
        ("3.b", "deadline"),
        ("3.c", "deadline"),
    ]


def test_ten_criteria_each_named_as_its_heading_prints_it(real: PlanFile) -> None:
    with_criteria = [block for block in real.blocks() if block.criteria]
    assert [len(block.criteria) for block in with_criteria] == [1, 1, 1, 3, 1, 1, 2]
    assert [block.number for block in with_criteria] == [
        "",
        "(1)",
        "(2)",
        "(1)",
        "(2)",
        "(3)",
        "(4)",
    ]
    for block in with_criteria:
        printed = block.heading.casefold()
        assert [c for c in block.criteria if c.casefold() not in printed] == []


def test_nine_measures(real: PlanFile) -> None:
    assert [
        (task.code, m.code, m.scale, m.target, m.criterion, m.line)
        for task in real.tasks()
        for m in task.measures
    ] == [
        ("1.2.2.1", "cap-nhat-ho-so", "percent", 100, 1, 45),
        ("1.2.2.2", "giai-quyet-dung-han", "percent", None, 1, 47),
        ("1.2.3.1", "trung-tam-du-lieu", "yes_no", 1, 1, 63),
        ("1.2.3.1", "ung-dung-lgsp", "percent", 100, 2, 63),
        ("1.2.3.1", "dich-vu-ndxp", "percent", 100, 3, 63),
        ("1.2.3.3", "so-hoa-ho-so", "percent", 70, 1, 79),
        ("1.2.3.4.1", "ho-so-toan-trinh", "percent", None, 1, 81),
        ("1.2.3.4.1", "thanh-toan-truc-tuyen", "percent", None, 2, 81),
        ("3.a", "phan-anh-truc-tuyen", "percent", 100, None, 111),
    ]


def test_only_digitisation_grows_by_the_year(real: PlanFile) -> None:
    measures = [m for task in real.tasks() for m in task.measures]
    assert {m.direction for m in measures} == {"at_least"}
    assert {m.baseline for m in measures} == {None}
    grows = [m for m in measures if m.yearly_growth]
    assert [(m.code, m.yearly_growth, m.cap, m.target_year) for m in grows] == [
        ("so-hoa-ho-so", Decimal(20), Decimal(100), 2023)
    ]


def test_blocks_led_by_each_unit(real: PlanFile) -> None:
    load = Counter(code for block in real.blocks() for code in block.leads)
    assert load == {"ttbcxb": 5, "hts": 5, "cds": 3, "ttcns": 2, "vp": 1, "duoc-giao": 1}


def test_a_bullet_with_its_own_lead_shares_the_supports_of_its_block(real: PlanFile) -> None:
    block = next(b for b in real.blocks() if b.number == "(4)")
    assert block.leads == ("cds", "ttbcxb")
    assert [block.leads_of(task) for task in block.tasks] == [("cds",), ("ttbcxb",)]
    assert [block.supports_of(task) for task in block.tasks] == [("phong-va-truc-thuoc",)] * 2


def test_bullets_without_their_own_lead_share_the_leads_of_their_block(real: PlanFile) -> None:
    block = next(b for b in real.blocks() if "vp" in b.leads)
    assert [block.leads_of(task) for task in block.tasks] == [("vp", "ttbcxb", "hts")] * 2


def test_support_in_the_sentence_of_papi_a_only(real: PlanFile) -> None:
    assert [b.supports for b in real.indicators[2].areas[0].blocks] == [("cac-phong",), (), ()]


def test_units_in_protocol_order_and_groups_with_their_units(real: PlanFile) -> None:
    assert [(u.code, u.kind) for u in real.units] == [
        ("ld", "leadership"),
        ("vp", "office"),
        ("ttbcxb", "division"),
        ("hts", "division"),
        ("cds", "division"),
        ("ttcns", "affiliated"),
    ]
    four = ("ttbcxb", "hts", "cds", "ttcns")
    assert {g.code: g.members for g in real.groups} == {
        "cac-phong": ("ttbcxb", "hts", "cds"),
        "truc-thuoc": ("ttcns",),
        "phong-va-truc-thuoc": four,
        "lien-quan": four,
        "duoc-giao": four,
    }


def test_the_document_around_the_tasks(real: PlanFile) -> None:
    plan = real.plan
    assert (plan.number, plan.symbol, plan.issued_on) == ("", "KH-STTTT", None)
    assert (plan.issued_day, plan.issued_month, plan.issued_year) == (None, 6, 2023)
    assert (plan.year, plan.results_year, plan.starts_on) == (2023, 2022, dt.date(2023, 6, 24))
    assert (plan.due_on, plan.due_words) == (
        dt.date(2023, 11, 30),
        "Trước ngày 30 tháng 11 năm 2023",
    )
    assert plan.due_day_counts is True
    assert (plan.unit_reports_due_on, plan.department_report_due_on) == (
        dt.date(2023, 11, 30),
        None,
    )
    assert plan.purpose is not None
    assert [p.number for p in plan.purpose.paragraphs] == ["1", "2"]
    assert plan.organisation is not None
    assert [p.number for p in plan.organisation.paragraphs] == ["1", "2", "3"]
    assert plan.closing.endswith("./.")
    assert [(r.text, r.purpose) for r in plan.recipients] == [
        ("UBND tỉnh", "B/c"),
        ("Sở Nội vụ", ""),
        ("Lãnh đạo Sở", ""),
        ("Các phòng CM, TT trực thuộc", "Th/h"),
        ("Lưu: VT, VP (NMB)", ""),
    ]
    assert plan.signatory is not None
    assert plan.signatory.authority == "KT. GIÁM ĐỐC"
    assert plan.signatory.title == "PHÓ GIÁM ĐỐC"
    assert plan.signatory.full_name == "Nguyễn Trọng Hùng"


def test_cited_documents(real: PlanFile) -> None:
    assert [(d.code, d.number, d.symbol, d.issued_on, bool(d.title)) for d in real.documents] == [
        ("kh-142", "142", "KH-UBND", dt.date(2023, 6, 24), True),
        ("kh-157", "157", "KH-UBND", dt.date(2021, 7, 15), False),
        ("kh-168", "168", "KH-UBND", dt.date(2020, 10, 14), False),
        ("luat-tiep-can-thong-tin", "", "", None, True),
        ("luat-dan-chu-co-so", "", "", None, True),
    ]
    assert {t.code: t.references for t in real.tasks() if t.references} == {
        "1.2.3.2": ("luat-tiep-can-thong-tin", "luat-dan-chu-co-so"),
        "1.2.3.3": ("kh-157", "kh-168"),
    }


def test_the_department_ended_with_the_merger(real: PlanFile) -> None:
    identity = real.agencies[0].identities[0]
    assert (identity.symbol, identity.superior_heading) == ("STTTT", "UBND TỈNH LẠNG SƠN")
    assert (identity.valid_from, identity.valid_until) == (None, dt.date(2025, 2, 28))


def test_the_text_is_clean(real: PlanFile) -> None:
    # Read raw too: the reader itself would hide a lapse.
    raw = REAL.read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", raw)
    assert "\t" not in raw
    for text in texts_in(real):
        assert not re.search(r"  |[*#`\n\u00a0\u200b]| $|^ ", text), text


def test_corrections_are_made_and_flags_are_not(real: PlanFile) -> None:
    body = "\n".join([*texts_in(real.plan), *texts_in(real.indicators)])
    assert [c.id for c in real.corrections] == ["E1", "E2", "E3", "E4", "E5"]
    for correction in real.corrections:
        assert correction.corrected in body
        assert correction.printed not in body
    words = {flag.id: flag.words for flag in real.flags}
    for unchanged in ("E7", "E9", "E10", "E11", "E14", "A1", "A5", "A8", "A13"):
        assert words[unchanged] in body
