"""Charts as rectangles and texts in millimetres: the page and the PDF draw the same SVG of them.

Text is black, 10 points, in the document's font (F4); a count stands on white inside its part, so
that it reads on any colour and on a copy without colours.
"""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from config.vietnamese.numbers import format_decimal
from reports.files.tables.charts import Chart, Series

WIDTH = 165.0
_LABELS, _TOTALS = 58.0, 12.0  # beside the bars, left and right
_BAR, _GAP = 5.0, 2.4
_LINE = 4.2  # from one line of text to the next
_SIZE = 3.53  # 10 points
_DIGIT = _SIZE / 2
_LETTER = 1.75  # on average
_PLOT, _COLUMN = 52.0, 9.0  # height of the columns' plot, width of a column
_ABOVE = 9.5  # for the total of the highest column and the counts beside its parts


@dataclass(frozen=True, slots=True)
class Rect:
    x: str
    y: str
    width: str
    height: str
    colour: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """`y` is the line on which the letters stand; `anchor` is start, middle or end."""

    x: str
    y: str
    anchor: str
    text: str
    is_bold: bool = False


@dataclass(slots=True)
class Drawing:
    """What to draw, in the order of drawing."""

    height: float = 0.0
    rects: list[Rect] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)

    @property
    def view_box(self) -> str:
        return f"0 0 {WIDTH:g} {self.height:.2f}"

    def rect(
        self, x: float, y: float, width: float, height: float, colour: str, title: str = ""
    ) -> None:
        self.rects.append(Rect(_mm(x), _mm(y), _mm(width), _mm(height), f"#{colour}", title))

    def text(self, x: float, y: float, anchor: str, text: str, *, bold: bool = False) -> None:
        self.texts.append(Text(_mm(x), _mm(y), anchor, text, bold))

    def count(self, x: float, y: float, number: int) -> None:
        """A number in the middle of a part."""
        text = format_decimal(number)
        width = len(text) * _DIGIT + 1.4
        self.rect(x - width / 2, y - 1.9, width, 3.8, "ffffff")
        self.text(x, y + 1.25, "middle", text)


def drawing(chart: Chart) -> Drawing:
    """The chart drawn, its key below."""
    drawn = Drawing()
    _columns(drawn, chart) if chart.is_upright else _bars(drawn, chart)
    _legend(drawn, chart.series)
    return drawn


def _bars(drawn: Drawing, chart: Chart) -> None:
    scale = _bar_scale(chart)
    top = 1.0
    for place, (label, total) in enumerate(zip(chart.labels, chart.totals, strict=True)):
        lines = textwrap.wrap(label, int(_LABELS / _LETTER))
        height = max(_BAR, _LINE * len(lines))
        middle = top + height / 2
        first = middle - _LINE * (len(lines) - 1) / 2 + 1.25
        for number, line in enumerate(lines):
            drawn.text(_LABELS - 2, first + number * _LINE, "end", line)
        x = _LABELS
        for name, colour, value in _row(chart, place):
            drawn.rect(x, middle - _BAR / 2, value * scale, _BAR, colour, f"{name}: {value}")
            if _holds(value, scale):
                drawn.count(x + value * scale / 2, middle, value)
            x += value * scale
        text = format_decimal(total)
        drawn.text(x + 1.5, middle + 1.25, "start", text, bold=True)
        x += 3.5 + len(text) * _DIGIT
        for name, colour, value in _too_narrow(chart, place, scale):
            drawn.rect(x, middle - 1.25, 2.5, 2.5, colour, f"{name}, số ghi bên cạnh")
            drawn.text(x + 3, middle + 1.25, "start", format_decimal(value))
            x += _beside(value)
        top += height + _GAP
    drawn.height = top


def _bar_scale(chart: Chart) -> float:
    """Millimetres of one: the longest bar leaves room for its total and for the counts that stand
    beside it, because their parts are too narrow to hold them."""
    left = WIDTH - _LABELS - _TOTALS
    scale = left / chart.scale
    for _ in chart.series:  # with a smaller scale there may be more of them
        fits = [
            (left - sum(_beside(value) for *_, value in _too_narrow(chart, place, scale))) / total
            for place, total in enumerate(chart.totals)
            if total
        ]
        scale = min([scale, *fits])
    return scale


def _holds(value: int, scale: float) -> bool:
    """Whether a part of a bar is long enough for its count."""
    return value * scale > len(format_decimal(value)) * _DIGIT + 1.6


def _too_narrow(chart: Chart, place: int, scale: float) -> list[tuple[str, str, int]]:
    return [one for one in _row(chart, place) if not _holds(one[-1], scale)]


def _beside(value: int) -> float:
    """How wide a patch and its count are beside a bar."""
    return 5 + len(format_decimal(value)) * _DIGIT


def _columns(drawn: Drawing, chart: Chart) -> None:
    scale = _PLOT / chart.scale
    step = WIDTH / max(len(chart.labels), 1)
    floor = _ABOVE + _PLOT
    for place, (label, total) in enumerate(zip(chart.labels, chart.totals, strict=True)):
        middle = (place + 0.5) * step
        y = floor
        # Where the last count stands right and left of this column; the side of the next.
        lowest, side = [floor + _LINE] * 2, 0
        for name, colour, value in _row(chart, place):
            y -= value * scale
            drawn.rect(middle - _COLUMN / 2, y, _COLUMN, value * scale, colour, f"{name}: {value}")
            if value * scale > 4.2:
                drawn.count(middle, y + value * scale / 2, value)
            else:  # too low to hold its count, which stands beside it, above the one before
                lowest[side] = min(y + value * scale / 2 + 1.25, lowest[side] - _SIZE)
                away = (_COLUMN / 2 + 0.4) * (-1 if side else 1)
                anchor = "end" if side else "start"
                drawn.text(middle + away, lowest[side], anchor, format_decimal(value))
                side = 1 - side
        drawn.text(middle, y - 1, "middle", format_decimal(total), bold=True)
        day, _, year = label.rpartition("/")
        drawn.text(middle, floor + _LINE, "middle", day)
        drawn.text(middle, floor + 2 * _LINE, "middle", year)
    drawn.rect(0, floor, WIDTH, 0.2, "000000")
    drawn.height = floor + 2 * _LINE + _GAP


def _row(chart: Chart, place: int) -> Iterator[tuple[str, str, int]]:
    for series in chart.series:
        if value := series.values[place]:
            yield series.part.name, series.part.colour, value


def _legend(drawn: Drawing, series: Sequence[Series]) -> None:
    """A patch of each colour and its word, in as many lines as it takes."""
    x, y = 0.0, drawn.height + _GAP
    for one in series:
        width = 5 + len(one.part.name) * _LETTER + 3
        if x + width > WIDTH:
            x, y = 0.0, y + _LINE + 1
        drawn.rect(x, y, 3.5, 3.5, one.part.colour, one.part.name)
        drawn.text(x + 5, y + 3, "start", one.part.name)
        x += width
    drawn.height = y + _LINE


def _mm(value: float) -> str:
    return f"{value:.2f}"
