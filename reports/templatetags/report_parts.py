"""What the templates of a report ask of its content; pure, like the content itself."""

import re
from collections.abc import Iterator

from django import template

from reports.content.assignments import AssignmentContent
from reports.content.breaking import has_long_word, in_lines
from reports.content.heading import ONE_LINE
from reports.content.model import DEMONSTRATION_MARK, Block, ReportContent, TableKey
from reports.files.tables import appendix, assignments, charts, drawing
from reports.files.tables.counts import CountsTable, counts_table

register = template.Library()

_BLANK = re.compile("  +")


@register.simple_tag
def figures(report: ReportContent, key: TableKey) -> CountsTable:
    """The table of figures that a block asks for."""
    return counts_table(report, key)


@register.inclusion_tag("reports/parts/chart.html")
def chart(report: ReportContent, block: Block) -> dict[str, object]:
    """A chart of the body, drawn, with its caption."""
    pieces = charts.chart(report, block.table).pieces
    drawn = [(one.words, drawing.drawing(one)) for one in pieces]
    return {"caption": block.text, "pieces": drawn}


@register.simple_tag
def appendix_head() -> tuple[str, ...]:
    return appendix.HEAD


@register.simple_tag
def appendix_rows(report: ReportContent) -> Iterator[appendix.Heading | appendix.TaskRow]:
    return appendix.rows(report)


@register.simple_tag
def assignments_head() -> tuple[str, ...]:
    return assignments.HEAD


@register.simple_tag
def assignment_rows(
    content: AssignmentContent,
) -> Iterator[appendix.Heading | appendix.TaskRow]:
    return assignments.rows(content)


@register.simple_tag
def demonstration_mark() -> str:
    return DEMONSTRATION_MARK


@register.filter
def head_lines(text: str) -> tuple[str, ...]:
    """A name in the left column of the head, line by line."""
    return in_lines(text, ONE_LINE)


@register.filter
def title_lines(text: str) -> tuple[str, ...]:
    """The title of an appendix, line by line."""
    return in_lines(text, appendix.TITLE_LETTERS)


@register.filter
def look(text: str) -> str:
    """The class of a paragraph besides its own: "ragged" where justified lines would be torn."""
    return " ragged" if has_long_word(text) else ""


@register.filter
def blanks(text: str) -> str:
    """Places left blank for the clerk keep their width: runs of spaces become no-break spaces."""
    return _BLANK.sub(lambda run: "\u00a0" * len(run[0]), text)
