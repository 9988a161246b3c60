"""The parts of the report as WordprocessingML, in the order of reading."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import chain, zip_longest

from reports.content.assignments import AssignmentContent
from reports.content.breaking import has_long_word, in_lines
from reports.content.heading import ONE_LINE
from reports.content.model import AppendixHead, Block, BlockKind, Head, ReportContent, TableKey
from reports.files.docx import charts
from reports.files.docx.markup import Cell, paragraph, row, rule, run, table, text_cell, twips
from reports.files.docx.measure import bold_width
from reports.files.tables import appendix as appendix_table
from reports.files.tables import assignments as assignments_table
from reports.files.tables.appendix import Heading, TaskRow
from reports.files.tables.charts import chart
from reports.files.tables.counts import CountsTable, counts_table

# Millimetres between the margins of a page (F2, F3).
PORTRAIT, LANDSCAPE = 165, 252
LEFT, RIGHT = 66, 99
# Empty lines for the signature (F27).
SIGNING = 4


def report(content: ReportContent, drawn: Mapping[TableKey, Sequence[str]]) -> Iterator[str]:
    """Everything before the appendix; `drawn` are the identifiers of each chart's pieces."""
    yield from _head(content.head)
    yield paragraph("Title", run(content.kind), properties='<w:spacing w:before="360"/>')
    yield paragraph("Title", run(content.subject))
    longest = min(bold_width(content.subject, 14), PORTRAIT)
    yield rule(longest * 0.4, PORTRAIT)
    if content.addressee:
        yield paragraph("Addressee", run(f"Kính gửi: {content.addressee}"))
    for text in content.opening:
        yield paragraph("BodyText", run(text))
    for section in content.sections:
        yield paragraph("Heading1", run(section.heading))
        for block, after in zip_longest(section.blocks, section.blocks[1:]):
            # What is told of a task stays with its name.
            keep = bool(block.label) and after is not None and after.kind == BlockKind.ITEM
            yield from _block(block, content, drawn, keep=keep)
    yield paragraph("BodyText", run(content.closing), properties="<w:keepNext/>")
    yield paragraph("Gap")
    yield from _foot(content)


# --- Head -------------------------------------------------------------------------------------


def _head(head: Head) -> Iterator[str]:
    widths = (twips(LEFT), twips(RIGHT))
    above = in_lines(head.superior, ONE_LINE) if head.superior else ()
    superior = "".join(paragraph("HeadLine", run(line)) for line in above)
    agency = "".join(paragraph("HeadLine", run(line, bold=True)) for line in head.agency)
    longest = max(bold_width(line, 13) for line in head.agency)
    left = superior + agency + rule(longest * 0.4, LEFT)
    right = (
        paragraph("HeadLine", run(head.country, bold=True))
        + paragraph("HeadLine", run(head.motto, bold=True, size=14))
        + rule(bold_width(head.motto, 14), RIGHT)
    )
    number = paragraph("HeadLine", run(head.number_line))
    dated = paragraph("HeadLine", run(head.place_and_date, italic=True, size=14))
    rows = [row([Cell(left), Cell(right)], widths), row([Cell(number), Cell(dated)], widths)]
    yield from table(rows, widths, grid=False, margin=0)


# --- Body -------------------------------------------------------------------------------------


def _block(
    block: Block,
    content: ReportContent,
    drawn: Mapping[TableKey, Sequence[str]],
    *,
    keep: bool = False,
) -> Iterator[str]:
    match block.kind:
        case BlockKind.HEADING:
            yield paragraph(f"Heading{block.level}", run(block.text))
        case BlockKind.TABLE:
            yield paragraph("Caption", run(block.text))
            figures = counts_table(content, block.table)
            yield from _figures(figures, block.text, noted=bool(block.note))
            if block.note:
                yield paragraph("Note", run(block.note))
        case BlockKind.CHART:
            yield from charts.drawings(block, drawn[block.table], chart(content, block.table))
            yield paragraph("FigureCaption", run(block.text))
        case BlockKind.ITEM:
            look = _look(block)
            item = (run("- "), run(block.label, italic=True), _after(block))
            yield paragraph("BodyText", *item, properties=look)
        case _:
            label = run(block.label, bold=True, italic=True) if block.label else ""
            text = _after(block) if block.label else run(block.text)
            look = ("<w:keepNext/>" if keep else "") + _look(block)
            yield paragraph("BodyText", label, text, properties=look)


def _look(block: Block) -> str:
    """Not justified where a long word would tear the line before it apart."""
    return '<w:jc w:val="left"/>' if has_long_word(block.text) else ""


def _after(block: Block) -> str:
    return run(f" {block.text}")


def _figures(figures: CountsTable, name: str, *, noted: bool) -> Iterator[str]:
    """A table of figures in the width of the page, its two head rows repeated on each; `noted`
    when a note follows, which stays with its last row."""
    count = len(figures.rows[0].cells)
    first = twips(PORTRAIT * figures.first_share)
    widths = [first, *[(twips(PORTRAIT) - first) // count] * count]
    rows = [row(cells, widths, head=True) for cells in _figures_head(figures)]
    for place, line in enumerate(figures.rows):
        is_last = place == len(figures.rows) - 1
        keep = "<w:keepNext/>" if (noted if is_last else figures.is_whole) else ""
        label = paragraph(
            "FigureText",
            run(line.label, bold=line.is_total),
            properties=f'{keep}<w:jc w:val="left"/>',
        )
        numbers = [
            Cell(paragraph("FigureText", run(cell, bold=line.is_total), properties=keep))
            for cell in line.cells
        ]
        rows.append(row([Cell(label), *numbers], widths))
    yield from table(rows, widths, grid=True, margin=0.3, name=name)


def _figures_head(figures: CountsTable) -> Iterator[list[Cell]]:
    """First row; then a second where cells that reach down two rows are continued."""
    above, below = figures.head
    first, second, left = [], [], list(below)
    for cell in above:
        tall = cell.rows > 1
        first.append(
            text_cell("FigureHead", cell.text, columns=cell.columns, starts_rows=tall, centred=True)
        )
        if tall:
            second.append(text_cell("FigureHead", "", merged=True))
            continue
        own, left = left[: cell.columns], left[cell.columns :]
        second += [text_cell("FigureHead", one.text, centred=True) for one in own]
    yield first
    yield second


# --- Recipients and signature -----------------------------------------------------------------


def _foot(content: ReportContent) -> Iterator[str]:
    """Two columns that start on the same line and stay on one page (F26-F30)."""
    widths = (twips(LEFT), twips(RIGHT))
    left = paragraph("Recipients", run("Nơi nhận:", bold=True, italic=True, size=12))
    left += "".join(paragraph("Recipients", run(line)) for line in content.recipients)
    signature = content.signature
    lines = [signature.authority] if signature.authority else []
    lines += [signature.title, *[""] * SIGNING, signature.full_name]
    right = "".join(paragraph("Signature", run(line)) for line in lines)
    yield from table([row([Cell(left), Cell(right)], widths)], widths, grid=False, margin=0)


# --- Appendix ---------------------------------------------------------------------------------


def appendix(content: ReportContent) -> Iterator[str]:
    table = appendix_table
    return _appendix(content.appendix, table.HEAD, table.WIDTHS, table.CENTRED, table.rows(content))


def assignments(content: AssignmentContent) -> Iterator[str]:
    """The plan's appendix of assignments."""
    table = assignments_table
    return _appendix(content.appendix, table.HEAD, table.WIDTHS, table.CENTRED, table.rows(content))


def _appendix(
    head: AppendixHead,
    titles: Sequence[str],
    millimetres: Sequence[int],
    centred: Set[int],
    lines: Iterable[Heading | TaskRow],
) -> Iterator[str]:
    yield paragraph("AppendixTitle", run(head.label))
    title = "\n".join(in_lines(head.title, appendix_table.TITLE_LETTERS))
    yield paragraph("AppendixTitle", run(title), properties='<w:outlineLvl w:val="9"/>')
    yield paragraph("AppendixNote", run(head.note))
    yield rule(50, LANDSCAPE)
    yield paragraph("AppendixNote", run(head.cut_off, italic=True, size=13))
    widths = [twips(width) for width in millimetres]
    styles = ["TableCentred" if column in centred else "TableText" for column in range(len(widths))]
    heads = [text_cell("TableHead", title, centred=True) for title in titles]
    rows = chain([row(heads, widths, head=True)], _rows(lines, widths, styles))
    yield from table(rows, widths, grid=True, margin=0.8, name=head.label)
    yield paragraph("AppendixEnd", run(head.closing))


def _rows(
    lines: Iterable[Heading | TaskRow], widths: Sequence[int], styles: Sequence[str]
) -> Iterator[str]:
    for line, is_last in _with_end(lines):
        if isinstance(line, Heading):
            text = run(line.text, italic=line.level > 0)
            yield row([Cell(paragraph("TableGroup", text), columns=len(widths))], widths)
            continue
        # The end mark must not stand alone on a page, nor a task apart from its first part.
        keep = (line.is_across or is_last) and not line.is_long
        *texts, last = zip(styles, line.cells, strict=False)
        cells = [text_cell(style, text, keep=keep) for style, text in texts]
        cells.append(text_cell(*last, keep=keep, columns=line.columns_of_last))
        yield row(cells, widths, cut=line.is_long)


def _with_end(lines: Iterable[Heading | TaskRow]) -> Iterator[tuple[Heading | TaskRow, bool]]:
    """Each line, and whether it is the last."""
    before = None
    for line in lines:
        if before is not None:
            yield before, False
        before = line
    if before is not None:
        yield before, True
