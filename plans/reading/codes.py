"""Codes of indices and tasks: those that the plan gives, else from the numbers that it prints
(1.2.3.4.1, 3.a)."""

import re
from collections import Counter

from plans.codes import same_code
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
        own = indicator.code or plain(indicator.number) or str(turn)
        indicator.code = _free(own, taken)
    tasks = {
        same_code(task.own_code)
        for indicator in indicators
        for area in indicator.areas
        for inner in (area, *area.areas)
        for block in inner.blocks
        for task in block.tasks
        if task.own_code
    }
    wanted: list[tuple[DraftTask, str]] = []
    for base, indicator in zip(_bases(indicators), indicators, strict=True):
        for area in indicator.areas:
            own = _further(base, plain(area.number))
            _tasks_of(area, own, wanted)
            for inner in area.areas:
                _tasks_of(inner, _further(own, plain(inner.number)), wanted)
    _give(wanted, tasks)


def _tasks_of(area: DraftArea, base: str, wanted: list[tuple[DraftTask, str]]) -> None:
    """What the numbers that are printed make of each task; counted where a block says the same of
    several."""
    stems: list[tuple[DraftTask, str]] = []
    for block in area.blocks:
        stem = _further(base, plain(block.number))
        for task in block.tasks:
            if task.own_code:
                task.code = task.own_code
            else:
                stems.append((task, _further(stem, plain(task.number))))
    alike = Counter(stem for _, stem in stems)
    turns: Counter[str] = Counter()
    for task, stem in stems:
        turns[stem] += 1
        wanted.append((task, f"{stem}.{turns[stem]}" if alike[stem] > 1 else stem))


def _give(wanted: list[tuple[DraftTask, str]], taken: set[str]) -> None:
    """Each its code; numbers that are there already go on after the last, as an office counts."""
    again = []
    for task, code in wanted:
        task.code = code[:_MOST]
        if same_code(task.code) in taken:
            again.append(task)
        taken.add(same_code(task.code))
    for task in again:
        stem, dot, turn = task.code.rpartition(".")
        if not (dot and turn.isdigit()):
            stem, turn = task.code, "1"
        stem = stem[: _MOST - 5]
        number = int(turn) + 1
        while same_code(f"{stem}.{number}") in taken:
            number += 1
        task.code = f"{stem}.{number}"
        taken.add(same_code(task.code))


def _free(wanted: str, taken: set[str]) -> str:
    code, turn = wanted[:_MOST], 2
    while code in taken:
        code, turn = f"{wanted[: _MOST - 5]}-{turn}", turn + 1
    taken.add(code)
    return code


def _bases(indicators: list[DraftIndicator]) -> list[str]:
    """What codes below each index begin with: its number, or its turn where another has that."""
    numbers = [plain(one.number) or str(turn) for turn, one in enumerate(indicators, 1)]
    bases: list[str] = []
    for turn, number in enumerate(numbers, 1):
        base, other = number, turn
        while base in bases or (base != number and base in numbers):
            base, other = str(other), other + 1
        bases.append(base)
    return bases


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
