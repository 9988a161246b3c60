"""How plans and documents are cited, with blanks where the clerk has not issued them (F14, F23)."""

import datetime as dt

import pytest

from plans.models import LegalDocument, Plan


@pytest.mark.parametrize(
    ("fields", "citation"),
    [
        (
            {
                "type": "KH",
                "number": "142",
                "symbol": "KH-UBND",
                "issued_on": dt.date(2023, 6, 24),
                "issuer": "UBND tỉnh Lạng Sơn",
            },
            "Kế hoạch số 142/KH-UBND ngày 24/6/2023 của UBND tỉnh Lạng Sơn",
        ),
        ({"type": "Luat", "title": "Luật Tiếp cận thông tin"}, "Luật Tiếp cận thông tin"),
        ({"type": "CV"}, "Công văn"),
    ],
)
def test_document(fields, citation):
    assert LegalDocument(**fields).citation == citation


def test_plan_before_and_after_it_was_issued():
    plan = Plan(symbol="KH-STTTT", year=2023, issued_month=6)
    assert plan.citation == "Kế hoạch số …/KH-STTTT ngày … tháng 6 năm 2023"

    plan.number, plan.issued_on = "05", dt.date(2023, 6, 5)
    assert plan.citation == "Kế hoạch số 05/KH-STTTT ngày 05/6/2023"
