"""Codes of indices and tasks: those that the plan gives, else from the numbers that it prints
(1.2.3.4.1, 3.a)."""

import re

from plans.reading.draft import DraftArea, DraftIndicator, DraftTask

_MOST = 30  # letters in a code
_OF_A_NUMBER = 10  # letters in the number of an index
_CODE = re.compile(r"[\w.()/-]+(?: [\w.()/-]+)*")
ACCEPTED = f"tối đa {_MOST} chữ, số, dấu chấm, chưa dùng; hoặc để trống"


def is_code(written: str) -> bool:
    """Whether it can be the code of a task."""
    return len(written) <= _MOST and bool(_CODE.fullmatch(written))


def give_codes(indicators: list[DraftIndicator]) -> None:
    """Every index and every task gets a code that nothing else of the plan has."""
    taken: set[str] = set()
    for turn, indicator in enumerate(indicators, 1):
        wanted = indicator.code or plain(indicator.number) or str(turn)
        indicator.code = _free(wanted, taken)
    tasks = {
        task.own_code
        for indicator in indicators
        for area in indicator.areas
        for inner in (area, *area.areas)
        for block in inner.blocks
        for task in block.tasks
        if task.own_code
    }
    for turn, indicator in enumerate(indicators, 1):
        base = plain(indicator.number) or str(turn)
        for area in indicator.areas:
            own = _further(base, plain(area.number))
            _tasks_of(area, own, tasks)
            for inner in area.areas:
                _tasks_of(inner, _further(own, plain(inner.number)), tasks)


def _tasks_of(area: DraftArea, base: str, taken: set[str]) -> None:
    """By area, block and task; counted where several would be alike."""
    stems: list[tuple[DraftTask, str]] = []
    for block in area.blocks:
        stem = _further(base, plain(block.number))
        for task in block.tasks:
            if task.own_code:
                task.code = task.own_code
            else:
                stems.append((task, _further(stem, plain(task.number))))
    alike: dict[str, int] = {}
    for _, stem in stems:
        alike[stem] = alike.get(stem, 0) + 1
    turns: dict[str, int] = {}
    for task, stem in stems:
        turns[stem] = turns.get(stem, 0) + 1
        task.code = _free(f"{stem}.{turns[stem]}" if alike[stem] > 1 else stem, taken)


def _free(wanted: str, taken: set[str]) -> str:
    code, turn = wanted[:_MOST], 2
    while code in taken:
        code, turn = f"{wanted[: _MOST - 5]}-{turn}", turn + 1
    taken.add(code)
    return code


def _further(base: str, number: str) -> str:
    """ "1.2" and "1" are "1.2.1"; "1.2" and "1.2.1" too; "II.1" and "1.1" are "II.1.1"."""
    parts = base.split(".")
    for n in range(len(parts)):
        known = ".".join(parts[n:])
        if number.startswith(f"{known}."):
            return base + number[len(known) :]
    return f"{base}.{number}" if number else base


def short_number(number: str) -> str:
    """The number of an index as printed, or what of it there is room for."""
    return number if len(number) <= _OF_A_NUMBER else plain(number)[:_OF_A_NUMBER]


def plain(number: str) -> str:
    """ "(1)", "a)", "Chương II" as "1", "a", "II"."""
    bare = re.sub(
        r"^(?:Phần|Chương|Mục|Điều|(?:Nhóm )?(?:[Nn]hiệm vụ|[Gg]iải pháp))\s+", "", number
    )
    return re.sub(r"[()\s]", "", bare).rstrip(".)")
