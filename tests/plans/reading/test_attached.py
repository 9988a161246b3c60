"""An appendix without its plan: the words over it say which plan it belongs to."""

import pytest

from plans.reading import read_plan_document, read_source
from plans.reading.attached import read_attached
from plans.reading.draft import DraftPlan
from plans.reading.known import Known
from tests.plans.reading.untidy import an_appendix_alone


def test_nothing_in_capitals_is_taken_for_an_agency_or_a_title():
    source = read_source(an_appendix_alone(), "phụ lục.xlsx")

    draft = read_plan_document(source, Known().directory())

    plan = draft.plan
    assert plan.agency_name == "Sở Thông tin và Truyền thông"
    assert (plan.title, plan.superior) == ("", "")
    assert (plan.type, plan.number, plan.symbol, plan.year) == ("Kế hoạch", "", "KH-STTTT", 2024)
    assert (plan.day, plan.month, plan.issue_year) == (None, 12, 2023)
    said = [draft.place_of(doubt) for doubt in draft.doubts if "NHIỆM VỤ TRỌNG" in doubt.message]
    assert said == ["trang “Sheet”, dòng 2"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (
            "(Ban hành kèm theo Kế hoạch số 12/KH-SCT ngày 05/01/2024 của Sở Công Thương)",
            ("12", "KH-SCT", 5, 1, 2024, "Sở Công Thương"),
        ),
        ("Kèm theo Kế hoạch số: ……/KH-SNV", ("", "KH-SNV", None, None, None, "")),
        ("(Kèm theo Công văn số 3/CV-SNV)", ("", "", None, None, None, "")),
    ],
)
def test_what_stands_there(words, found):
    plan = DraftPlan()
    read_attached(["PHỤ LỤC", words], plan)

    assert (
        plan.number, plan.symbol, plan.day, plan.month, plan.issue_year, plan.agency_name
    ) == found  # fmt: skip


def test_the_title_after_a_colon():
    plan = DraftPlan()
    read_attached(
        ["Kèm theo Kế hoạch số /KH-SYT ngày tháng 6 năm 2023: Nâng cao Chỉ số SIPAS"], plan
    )

    assert (plan.title, plan.symbol, plan.year) == ("Nâng cao Chỉ số SIPAS", "KH-SYT", 2023)


def test_what_the_head_says_stays():
    plan = DraftPlan(symbol="KH-SYT", agency_name="Sở Y tế")
    read_attached(["Kèm theo Kế hoạch số 3/KH-SNV ngày 1/2/2024 của Sở Nội vụ"], plan)

    assert (plan.symbol, plan.agency_name, plan.issue_year) == ("KH-SYT", "Sở Y tế", None)
