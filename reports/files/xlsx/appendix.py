"""The appendix of a plan as the workbook that an office keeps, changes and sends back
(plans/reading/appendix.py reads it)."""

from collections.abc import Sequence

from plans.appendix.table import TITLES, heading_of, printed
from plans.frame import Frame
from plans.models import Area, Indicator, Task
from reports.content.model import DEMONSTRATION_MARK
from reports.files.xlsx.sheet import Book, Column, Kind, Sheet, Typed
from units.models import Demonstration

SHEET = "Phụ lục"
_WIDTHS = (6, 28, 52, 26, 26, 16, 26, 20, 12)
_KINDS = {0: Kind.CENTRED, 5: Kind.DATE}
_COLUMNS = [
    Column(title, width, _KINDS.get(place, Kind.TEXT))
    for place, (title, width) in enumerate(zip(TITLES, _WIDTHS, strict=True))
]


def render(frame: Frame, tasks: Sequence[Task]) -> bytes:
    """`tasks` (plans/appendix/table.py: in_table) under their indices and areas."""
    assert frame.plan is not None
    is_demonstration = Demonstration.day() is not None
    book = Book(
        title=f"Phụ lục: {frame.plan.short_title}",
        author=str(frame.plan.agency),
        mark=DEMONSTRATION_MARK if is_demonstration else "",
    )
    head = ["PHỤ LỤC PHÂN CÔNG NHIỆM VỤ", f"Kèm theo {frame.plan.citation}: {frame.plan.title}"]
    sheet = book.sheet(SHEET, _COLUMNS, head=head, centred=True)
    above: list[Indicator | Area] = []
    for number, task in enumerate(tasks, start=1):
        above = _groups(sheet, above, task)
        one = printed(task)
        due = Typed(one.due, Kind.TEXT) if isinstance(one.due, str) else one.due
        sheet.row([
            number, one.place, one.wording, one.leads, one.supports, due, one.product, one.note,
            one.code,
        ])  # fmt: skip
    return book.saved(frame.today)


def _groups(sheet: Sheet, above: list[Indicator | Area], task: Task) -> list[Indicator | Area]:
    """The rows of indices and areas that begin with this task; what stands above it now."""
    area = task.block.area
    now = [one for one in (area.indicator, area.parent, area) if one is not None]
    kept = 0
    while kept < min(len(above), len(now)) and above[kept] == now[kept]:
        kept += 1
    for one in now[kept:]:
        sheet.group(one.number, heading_of(one))
    return now
