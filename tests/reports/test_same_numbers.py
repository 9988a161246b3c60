"""The page, the PDF, the DOCX and the XLSX say the numbers of the tallies, and the same words."""

import datetime as dt
import re
from decimal import Decimal
from html import unescape

import pytest
from django.urls import reverse

from config.vietnamese import dates
from config.vietnamese.numbers import percent
from plans import tallies
from reports.files import make
from reports.files.tables import charts
from reports.files.tables.charts import chart
from reports.files.tables.counts import COLUMNS
from tests.builders import TODAY, day
from tests.reports import reading

PRINTED = [one for one in COLUMNS if one.in_total]
# A rare column is printed where it has a figure; the workbook has all of them.
RARE = [place for place, one in enumerate(PRINTED, 1) if one.field == "stopped"]


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
    tables = [
        [
            *(expected(label, tally) for label, tally in rows),
            expected("Tổng cộng", tallies.total(tally for _, tally in rows)),
        ]
        for rows in (by_indicator, by_unit)
    ]
    return [*tables, [expected(dates.cited(on), on_day(plan, on)) for on in MONTHS]]


MONTHS = [*(day(month, number) for month, number in ((7, 31), (8, 31), (9, 30), (10, 31))), TODAY]


def on_day(plan, asked):
    """The tally of one day, asked for in the other way: by index, and added up."""
    return tallies.total(tally for _, tally in tallies.by_indicator(plan, asked))


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

    assert found == without_rare(tables)


def without_rare(tables):
    return [
        [[cell for place, cell in enumerate(row) if place not in RARE] for row in table]
        for table in tables
    ]


def test_the_pdf(content, tables):
    wanted = [row for table in without_rare(tables) for row in table]
    labels = {row[0] for row in wanted}
    rows = [row for table in reading.pdf_tables(make(content, "pdf").data) for row in table]

    assert [row for row in rows if row[0] in labels and len(row) == len(wanted[0])] == wanted


def test_the_docx(content, tables):
    found = reading.docx_tables(make(content, "docx").data)

    assert [table[2:] for table in found[1:4]] == without_rare(tables)  # the first one is the head


def test_the_xlsx(content, tables):
    data = make(content, "xlsx").data

    found = [
        reading.sheet_rows(data, "Tổng hợp"),
        reading.sheet_rows(data, "Theo đơn vị"),
        reading.rows_below(data, "Tổng hợp", "Kết quả qua các tháng"),
    ]
    assert [as_printed(rows) for rows in found] == tables


def as_printed(found):
    """The figures of a sheet, which are numbers, as they are printed elsewhere."""
    rows = []
    for row in found:
        label, *figures = list(row.values())[: len(PRINTED) + 1]
        label = dates.cited(label.date()) if isinstance(label, dt.datetime) else label
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


def charts_of(tables_of_tallies):
    """What each chart must show, from the tallies alone: the parts that occur, row by row."""
    found = []
    for rows in tables_of_tallies:
        parts = {name: [of(tally) for _, tally in rows] for name, of in PARTS.items()}
        found.append({name: values for name, values in parts.items() if any(values)})
    return found


PARTS = {
    "Hoàn thành": lambda tally: tally.done,
    "Không phát sinh": lambda tally: tally.not_arisen,
    "Chờ xác nhận": lambda tally: tally.awaiting,
    "Trong hạn (đã có thông tin)": lambda tally: (
        tally.open - tally.overdue - tally.no_info + tally.overdue_no_info
    ),
    "Trong hạn (chưa có thông tin)": lambda tally: tally.no_info - tally.overdue_no_info,
    "Quá hạn": lambda tally: tally.overdue,
    "Tạm dừng": lambda tally: tally.paused,
    "Dừng thực hiện": lambda tally: tally.stopped,
}


def test_the_parts_of_a_chart_add_up_to_its_total():
    """Also the stopped ones, which were drawn nowhere and counted."""
    tally = tallies.Tally(*range(1, 11), overdue=3, overdue_no_info=1)
    assert sum(getattr(tally, part.field) for part in charts.PARTS) == tally.total


def chart_rows(plan, asked, months):
    return [
        [(one.code, tally) for one, tally in tallies.by_indicator(plan, asked)],
        [(unit.name, tally) for unit, tally in tallies.by_unit(plan, asked)],
        [(dates.cited(on), on_day(plan, on)) for on in months],
    ]


def test_the_charts(every_state, content, page):
    rows = chart_rows(every_state.plan, TODAY, MONTHS)
    data = make(content, "docx").data
    drawn = reading.docx_charts(data)

    assert [chart.pop("") for chart in drawn] == [
        [f"{label} ({tally.total})" for label, tally in one] for one in rows
    ]
    assert drawn == charts_of(rows)
    assert reading.docx_chart_workbooks(data) == [
        [(None, *chart), *zip(labels(one), *chart.values(), strict=True)]
        for one, chart in zip(rows, charts_of(rows), strict=True)
    ]
    # A part of nothing is not drawn.
    assert reading.svg_charts(page) == [
        {name: [value for value in values if value] for name, values in chart.items()}
        for chart in charts_of(rows)
    ]


def labels(rows):
    return [f"{label} ({tally.total})" for label, tally in rows]


def test_the_charts_parts_add_up(content):
    for key in ("by_indicator", "by_unit", "course"):
        shown = chart(content, key)
        sums = [sum(values) for values in zip(*(one.values for one in shown.series), strict=True)]

        assert tuple(sums) == shown.totals
        assert sum(shown.totals) > 0


def test_the_pdf_prints_the_charts_numbers(content):
    text = reading.pdf_text(make(content, "pdf").data)

    assert "Biểu đồ 3. Tình trạng nhiệm vụ qua các tháng" in text
    for place in range(1, 4):
        assert f"Biểu đồ {place}." in text
