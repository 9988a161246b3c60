"""One reading of the address bar for the task list as a page, in print and as a file: which tasks
(plans/filters.py), in which order, with which columns (plans/columns.py)."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, F, IntegerField, OuterRef, QuerySet, Subquery, Value, When
from django.http import QueryDict

from plans.columns import CODE, ORDERS, TITLE, Column, is_usual, read_columns
from plans.filters import TaskFilter
from plans.frame import Frame
from plans.models import AssignmentStanding, ChosenColumns, Task, TaskStanding
from plans.states import State
from units.models import User

ORDER, COLUMNS, PAGE, ALL = "sap-xep", "cot", "trang", "xem"
# What hurts first comes first.
_BY_STATE = (
    State.NO_INFO,
    State.NOT_STARTED,
    State.IN_PROGRESS,
    State.AWAITING,
    State.PAUSED,
    State.UNASSIGNED,
    State.NOT_ARISEN,
    State.DONE,
)


class Listing:
    """`chosen` are the reader's own columns, for an address that names none."""

    def __init__(self, data: QueryDict, frame: Frame, chosen: str = "") -> None:
        self.frame = frame
        self.filter = TaskFilter(data, frame)
        asked = data.get(ORDER, "")
        self.is_descending = asked.startswith("-")
        self.order = asked.removeprefix("-")
        if self.order not in ORDERS:
            self.order, self.is_descending = "so-muc", False
        self.chosen_columns = read_columns(data.get(COLUMNS) or chosen)
        # What an address without columns shows to this reader and to everyone else.
        self._are_implied = is_usual(self.chosen_columns) and is_usual(read_columns(chosen))

    @property
    def columns(self) -> list[Column]:
        return [CODE, TITLE, *self.chosen_columns]

    @property
    def is_grouped(self) -> bool:
        """Heads of areas make sense in the order of the plan only."""
        return self.order == "so-muc"

    @property
    def has_usual_columns(self) -> bool:
        return is_usual(self.chosen_columns)

    def tasks(self) -> QuerySet[Task]:
        tasks = self.filter.tasks()
        if self.order == "so-muc":
            return tasks.order_by("-position" if self.is_descending else "position")
        by = F("asked_order")
        order = by.desc(nulls_last=True) if self.is_descending else by.asc(nulls_last=True)
        return tasks.annotate(asked_order=self._value()).order_by(order, "position")

    def _value(self) -> Any:
        """What the rows are ordered by, as it was on the day."""
        standing = TaskStanding.objects.on(self.frame.day).filter(task=OuterRef("pk"))
        match self.order:
            case "thoi-han":
                return Subquery(standing.values("due_on")[:1])
            case "cap-nhat":
                return Subquery(standing.values("reported_on")[:1])
            case "tinh-trang":
                places = [When(state=state, then=Value(n)) for n, state in enumerate(_BY_STATE)]
                place = Case(*places, output_field=IntegerField())
                return Subquery(standing.annotate(place=place).values("place")[:1])
        leads = AssignmentStanding.objects.on(self.frame.day).filter(task=OuterRef("pk"))
        turn = F("assignment__position").asc(nulls_last=True)
        first = leads.order_by(turn, "unit__position", "pk")
        return Subquery(first.values("unit__position")[:1])

    # --- Addresses ---------------------------------------------------------------------------

    @property
    def kept(self) -> str:
        """What a saved view keeps: all of the address but the day and the page."""
        return urlencode({**self.filter.values, **self._look}, safe=",")

    @property
    def query(self) -> str:
        """The address of this list on its day, without the page number."""
        return self._with(self.filter.values, self._look)

    @property
    def _look(self) -> dict[str, str]:
        """Order and columns, where they do not go without saying."""
        look = {}
        if self.order != "so-muc" or self.is_descending:
            look[ORDER] = f"-{self.order}" if self.is_descending else self.order
        if not self._are_implied:
            look[COLUMNS] = ",".join(column.key for column in self.chosen_columns)
        return look

    def _with(self, values: dict[str, str], look: dict[str, str]) -> str:
        query = urlencode({**values, **look}, safe=",")
        return "&".join(part for part in (query, self.frame.day_query) if part)

    @property
    def look_fields(self) -> list[tuple[str, str]]:
        """Order and columns as hidden fields of the filter's form."""
        return list(self._look.items())

    @property
    def chips(self) -> list[tuple[str, str]]:
        """Each active filter in words, with the address that takes it off."""
        found = []
        for name, words in zip(self.filter.values, self.filter.described, strict=True):
            rest = {key: value for key, value in self.filter.values.items() if key != name}
            found.append((words, self._with(rest, self._look)))
        return found

    @property
    def everything(self) -> str:
        """The address without any filter; `xem` says that no default view is wanted instead."""
        return self._with({ALL: "tat-ca"}, self._look)

    @property
    def heads(self) -> list[tuple[Column, str, str]]:
        """Each column with the address that orders by it, and how it is ordered now (ARIA)."""
        found = []
        for column in self.columns:
            now = ""
            query = ""
            if column.order:
                is_now = column.order == self.order
                if is_now:
                    now = "descending" if self.is_descending else "ascending"
                turned = is_now and not self.is_descending
                look = {**self._look, ORDER: f"-{column.order}" if turned else column.order}
                query = self._with(self.filter.values, look)
            found.append((column, query, now))
        return found


def chosen_columns(user: User) -> str:
    """A reader's own columns, as Listing takes them; empty for the usual ones."""
    columns = ChosenColumns.objects.visible_to(user).values_list("columns", flat=True)
    return columns.first() or ""
