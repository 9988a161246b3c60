"""Charts as Word draws them itself: DrawingML with its numbers, and a workbook behind each so that
"Edit data" works (reports/files/tables/charts.py has the numbers)."""

import datetime as dt
import io
import itertools
from collections.abc import Iterator, Sequence

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from config.vietnamese.numbers import format_decimal
from reports.content.model import Block, BlockKind, ReportContent, TableKey
from reports.files.archive import stamped
from reports.files.docx.markup import attribute, paragraph
from reports.files.tables.charts import Chart, Series, chart
from reports.files.xml_text import escaped

_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_EMU = 36_000  # in a millimetre
_WIDTH = 165
_SHEET = "Sheet1"
_FONT = '<a:latin typeface="Times New Roman"/><a:cs typeface="Times New Roman"/>'
_BLACK = '<a:solidFill><a:srgbClr val="000000"/></a:solidFill>'
_TEXT = (
    "<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr>"
    f'<a:defRPr sz="1000" b="0">{_BLACK}{_FONT}</a:defRPr>'
    '</a:pPr><a:endParaRPr lang="vi-VN"/></a:p></c:txPr>'
)


def add(document: Document, content: ReportContent) -> dict[TableKey, list[str]]:
    """Puts the charts that the body asks for into the file; the identifiers of their pieces."""
    blocks = [block for section in content.sections for block in section.blocks]
    keys = dict.fromkeys(block.table for block in blocks if block.kind == BlockKind.CHART)
    number = itertools.count(1)
    return {
        key: [
            _add(document, piece, next(number), content.day) for piece in chart(content, key).pieces
        ]
        for key in keys
    }


def _add(document: Document, shown: Chart, number: int, day: dt.date) -> str:
    package = document.part.package
    numbers = Part(
        PackURI(f"/word/embeddings/Microsoft_Excel_Sheet{number}.xlsx"),
        CONTENT_TYPE.SML_SHEET,
        _workbook(shown, day),
        package,
    )
    drawn = Part(PackURI(f"/word/charts/chart{number}.xml"), CONTENT_TYPE.DML_CHART, b"", package)
    behind = drawn.relate_to(numbers, RELATIONSHIP_TYPE.PACKAGE)
    drawn._blob = _chart_space(shown, behind).encode()
    return document.part.relate_to(drawn, RELATIONSHIP_TYPE.CHART)


def drawings(block: Block, identifiers: Sequence[str], shown: Chart) -> Iterator[str]:
    """The paragraphs of a chart, one for each of its pieces, the caption below."""
    for place, (identifier, piece) in enumerate(zip(identifiers, shown.pieces, strict=True)):
        number = list(TableKey).index(block.table) + place * len(TableKey)
        yield _drawing(block.text, number, identifier, piece)


def _drawing(caption: str, number: int, identifier: str, shown: Chart) -> str:
    """`descr` is read to those who do not see it."""
    height = 70 if shown.is_upright else 26 + 9 * len(shown.labels)
    inline = (
        f'<w:drawing><wp:inline xmlns:wp="{_WP}" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{_WIDTH * _EMU}" cy="{height * _EMU}"/>'
        '<wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:docPr id="{number}" name={attribute(caption)} descr={attribute(shown.words)}/>'
        f'<wp:cNvGraphicFramePr/><a:graphic xmlns:a="{_A}"><a:graphicData uri="{_C}">'
        f'<c:chart xmlns:c="{_C}" xmlns:r="{_R}" r:id="{identifier}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
    return paragraph("Figure", f"<w:r>{inline}</w:r>")


# --- The chart itself -------------------------------------------------------------------------


def _chart_space(shown: Chart, workbook: str) -> str:
    rows = len(shown.labels)
    labels = [
        f"{label} ({format_decimal(total)})"
        for label, total in zip(shown.labels, shown.totals, strict=True)
    ]
    series = "".join(_series(one, place, labels) for place, one in enumerate(shown.series))
    direction, order, side, below = (
        ("col", "minMax", "b", "l") if shown.is_upright else ("bar", "maxMin", "l", "b")
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<c:chartSpace xmlns:c="{_C}" xmlns:a="{_A}" xmlns:r="{_R}">'
        '<c:date1904 val="0"/><c:lang val="vi-VN"/><c:roundedCorners val="0"/>'
        '<c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>'
        f'<c:barChart><c:barDir val="{direction}"/><c:grouping val="stacked"/>'
        f'<c:varyColors val="0"/>{series}<c:gapWidth val="{40 if rows > 1 else 150}"/>'
        '<c:overlap val="100"/><c:axId val="1"/><c:axId val="2"/></c:barChart>'
        f'<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="{order}"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="{side}"/><c:numFmt formatCode="General" '
        'sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="low"/><c:spPr><a:ln w="6350">{_BLACK}</a:ln></c:spPr>{_TEXT}'
        '<c:crossAx val="2"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/>'
        '<c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/></c:catAx>'
        '<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/>'
        f'<c:max val="{shown.scale}"/><c:min val="0"/></c:scaling><c:delete val="1"/>'
        f'<c:axPos val="{below}"/><c:numFmt formatCode="#,##0" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        '<c:tickLblPos val="nextTo"/><c:crossAx val="1"/><c:crosses val="autoZero"/></c:valAx>'
        "</c:plotArea>"
        f'<c:legend><c:legendPos val="b"/><c:overlay val="0"/>{_TEXT}</c:legend>'
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        f'{_TEXT}<c:externalData r:id="{workbook}"><c:autoUpdate val="0"/></c:externalData>'
        "</c:chartSpace>"
    )


def _series(one: Series, place: int, labels: Sequence[str]) -> str:
    column, last = get_column_letter(place + 2), len(labels) + 1
    nothing = "".join(
        f'<c:dLbl><c:idx val="{row}"/><c:delete val="1"/></c:dLbl>'
        for row, value in enumerate(one.values)
        if not value
    )
    return (
        f'<c:ser><c:idx val="{place}"/><c:order val="{place}"/><c:tx>'
        f"{_strings(f'{_SHEET}!${column}$1', [one.part.name])}</c:tx>"
        f'<c:spPr><a:solidFill><a:srgbClr val="{one.part.colour}"/></a:solidFill>'
        f'<a:ln w="6350">{_BLACK}</a:ln></c:spPr><c:invertIfNegative val="0"/>'
        f'<c:dLbls>{nothing}<c:numFmt formatCode="#,##0" sourceLinked="0"/>'
        '<c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></c:spPr>'
        f'{_TEXT}<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
        '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
        f"<c:cat>{_strings(f'{_SHEET}!$A$2:$A${last}', labels)}</c:cat>"
        f"<c:val><c:numRef><c:f>{_SHEET}!${column}$2:${column}${last}</c:f><c:numCache>"
        f"<c:formatCode>General</c:formatCode>{_points(map(str, one.values), len(labels))}"
        "</c:numCache></c:numRef></c:val></c:ser>"
    )


def _strings(where: str, texts: Sequence[str]) -> str:
    points = _points(map(escaped, texts), len(texts))
    return f"<c:strRef><c:f>{where}</c:f><c:strCache>{points}</c:strCache></c:strRef>"


def _points(texts: Iterator[str], count: int) -> str:
    points = "".join(f'<c:pt idx="{n}"><c:v>{text}</c:v></c:pt>' for n, text in enumerate(texts))
    return f'<c:ptCount val="{count}"/>{points}'


def _workbook(shown: Chart, day: dt.date) -> bytes:
    """The numbers of the chart as its references name them."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_SHEET)
    sheet.append(["", *(one.part.name for one in shown.series)])
    for place, label in enumerate(shown.labels):
        name = f"{label} ({format_decimal(shown.totals[place])})"
        sheet.append([name, *(one.values[place] for one in shown.series)])
    saved = io.BytesIO()
    book.save(saved)
    return stamped(saved.getvalue(), day)
