"""The page, the PDF, the DOCX and the XLSX say the numbers of the tallies, and the same words."""

import re
from decimal import Decimal
from html import unescape

import pytest
from django.urls import reverse

from config.vietnamese.numbers import percent
from plans import tallies
from reports.files import make
from reports.tables.counts import COLUMNS
from tests.builders import TODAY
from tests.reports import reading

PRINTED = [one for one in COLUMNS if one.in_total]


def expected(label, tally):
    """A row as it is printed, from the tally alone."""
    figures = [getattr(tally, column.field) for column in PRINTED]
    return [
        label,
        *(
            percent(figure) if column.is_rate else str(figure)
            for column, figure in zip(PRINTED, figures, strict=True)
        ),
    ]


@pytest.fixture
def tables(every_state):
    """Both tables as they must be printed: rows by index, rows by unit."""
    plan = every_state.plan
    by_indicator = [(one.code, tally) for one, tally in tallies.by_indicator(plan, TODAY)]
    by_unit = [(unit.name, tally) for unit, tally in tallies.by_unit(plan, TODAY)]
    return [
        [
            *(expected(label, tally) for label, tally in rows),
            expected("Tổng cộng", tallies.total(tally for _, tally in rows)),
        ]
        for rows in (by_indicator, by_unit)
    ]


@pytest.fixture
def page(every_state, as_user):
    response = as_user(every_state.office).get(reverse("report"))
    return response.content.decode()


def test_the_page(page, tables):
    found = [
        [
            [reading.squeezed(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
            for row in re.findall(r"<tr.*?</tr>", body, re.S)
        ]
        for body in re.findall(r'<table class="figures-table.*?<tbody>(.*?)</tbody>', page, re.S)
    ]

    assert found == tables


def test_the_pdf(content, tables):
    wanted = [row for table in tables for row in table]
    labels = {row[0] for row in wanted}
    rows = [row for table in reading.pdf_tables(make(content, "pdf").data) for row in table]

    assert [row for row in rows if row[0] in labels and len(row) == len(wanted[0])] == wanted


def test_the_docx(content, tables):
    found = reading.docx_tables(make(content, "docx").data)

    assert [table[2:] for table in found[1:3]] == tables  # the first one is the head


def test_the_xlsx(content, tables):
    data = make(content, "xlsx").data

    assert [as_printed(data, "Tổng hợp"), as_printed(data, "Theo đơn vị")] == tables


def as_printed(data, sheet):
    """The figures of a sheet, which are numbers, as they are printed elsewhere."""
    rows = []
    for row in reading.sheet_rows(data, sheet):
        label, *figures = list(row.values())[: len(PRINTED) + 1]
        cells = [
            rate(figure) if column.is_rate else str(figure)
            for column, figure in zip(PRINTED, figures, strict=True)
        ]
        rows.append([label, *cells])
    return rows


def rate(figure):
    return percent(None if figure is None else Decimal(str(figure)) * 100)


def test_the_same_sentences_everywhere(content, page):
    texts = {
        "page": reading.squeezed(unescape(re.sub(r"<[^>]+>", " ", page)).replace("\xa0", " ")),
        "pdf": reading.pdf_text(make(content, "pdf").data).replace("\xa0", " "),
        "docx": reading.docx_text(make(content, "docx").data),
    }
    (overview,) = [section for section in content.sections if section.key == "overview"]
    said = [block.text for block in overview.blocks if block.kind == "paragraph"]
    said += [reading.squeezed(text) for text in (*content.opening, content.closing)]

    missing = {name: [words for words in said if words not in text] for name, text in texts.items()}

    assert missing == {"page": [], "pdf": [], "docx": []}
    assert len(said) == 9
