"""Where new tasks stand among those of their plan."""

from django.db.models import F

from plans.models import Block, Plan, Task

_ROOM = 10  # between tasks, for those that are put between them later
_SHIFT = 1000

_Within = tuple[str, int] | None


class Order:
    """The positions of a plan's tasks, those that are not saved yet among them; one query."""

    def __init__(self, plan: Plan) -> None:
        self.saved = Task.objects.filter(plan=plan)
        self.put_in: list[Task] = []
        self.taken: set[int] = set()
        self.highest = 0
        self.last: dict[_Within, int] = {}
        rows = self.saved.order_by("position").values_list(
            "position", "block", "block__area", "block__area__indicator"
        )
        for position, block, area, indicator in rows:
            self._note(position, block, area, indicator)

    def put(self, task: Task, block: Block) -> None:
        """After the last task of the block, of its area, of its index, or of all."""
        within = (block.pk, block.area_id, block.area.indicator_id)
        last = next((self.last[one] for one in _keys(*within) if one in self.last), 0)
        place = last + (_ROOM if last == self.highest else 1)
        if place in self.taken:
            self._make_room(last)
        task.position = place
        self.put_in.append(task)
        self._note(place, *within)

    def _note(self, position: int, block: int, area: int, indicator: int) -> None:
        self.taken.add(position)
        self.highest = max(self.highest, position)
        for one in _keys(block, area, indicator):
            self.last[one] = max(self.last.get(one, 0), position)

    def _make_room(self, after: int) -> None:
        self.saved.filter(position__gt=after).update(position=F("position") + _SHIFT)
        for task in self.put_in:
            if task.position > after:
                task.position += _SHIFT
        self.taken = {one + _SHIFT if one > after else one for one in self.taken}
        self.last = {key: one + _SHIFT if one > after else one for key, one in self.last.items()}
        self.highest = max(self.taken)


def _keys(block: int, area: int, indicator: int) -> tuple[_Within, ...]:
    return ("block", block), ("area", area), ("indicator", indicator), None
