"""The stacked bars of the dashboard as HTML: each segment is a link to exactly its tasks, and the
table says the same in numbers, with their change since the day compared with in brackets.

Written in Python like the rows of the list (plans/cells.py): fifty units are seven hundred links.
"""

from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from config.vietnamese.numbers import percent
from plans.dashboard import Bar, Segment
from plans.signs import sign_html, signs_address


def bars_html(
    bars: Iterable[Bar], caption: str, first_column: str, total_word: str, day_query: str
) -> SafeString:
    """A table with a row for each bar. `day_query` goes into the links, so that they show the same
    day."""
    head = f'<th scope="col">{first_column}</th><th scope="col">Tình trạng</th>' + "".join(
        f'<th scope="col" class="num">{name}</th>' for name in (total_word, "Hoàn thành", "Quá hạn")
    )
    writer = _Writer(total_word, day_query)
    rows = "".join(part for bar in bars for part in writer.row(bar))
    return mark_safe(  # noqa: S308 - every part is escaped where it is made
        f'<table class="bars">\n<caption>{caption}</caption>\n<thead><tr>{head}</tr></thead>\n'
        f"<tbody>\n{rows}</tbody>\n</table>"
    )


class _Writer:
    """Writes rows; what all of them share is looked up once."""

    def __init__(self, total_word: str, day_query: str) -> None:
        self.total_word = total_word
        self.tasks = f"{reverse('task-list')}?"
        self.after = f"&{day_query}" if day_query else ""
        self.signs = signs_address()

    def row(self, bar: Bar) -> Iterator[str]:
        name = f'title="{escape(bar.full_name)}">{escape(bar.name)}'
        yield f'<tr>\n<th scope="row"><a href="{self.address(bar.query)}" {name}</a></th>\n<td>\n'
        addresses = [self.address(one.query) for one in bar.segments]
        yield '<svg class="bar-chart" viewBox="0 0 100 10" preserveAspectRatio="none" '
        yield 'aria-hidden="true" focusable="false">'
        yield from map(_segment, bar.segments, addresses)
        yield '</svg>\n<ul class="parts">'
        yield from map(self.part, bar.segments, addresses)
        yield "</ul>\n</td>\n"
        changes = bar.changes
        for label, shown, change in (
            (self.total_word, bar.tally.total, changes["total"]),
            ("Hoàn thành", percent(bar.tally.rate), changes["done"]),
            ("Quá hạn", bar.tally.overdue, changes["overdue"]),
        ):
            delta = f' <span class="delta">({change})</span>' if change else ""
            yield f'<td class="num" data-label="{label}">{shown}{delta}</td>\n'
        yield "</tr>\n"

    def part(self, one: Segment, address: str) -> str:
        words = f"{sign_html(one.sign, self.signs)} {one.name} <b>{one.count}</b>"
        return f'<li><a href="{address}" class="part {one.kind}">{words}</a></li>'

    def address(self, query: str) -> str:
        return escape(f"{self.tasks}{query}{self.after}")


def _segment(one: Segment, address: str) -> str:
    drawn = f'class="fill {one.kind}" x="{one.x}" y="0" width="{one.width}" height="10"'
    title = f"<title>{one.name}: {one.count}</title>"
    return f'<a href="{address}" tabindex="-1"><rect {drawn}>{title}</rect></a>'
