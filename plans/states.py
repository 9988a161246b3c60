"""In what state a task, or one lead's part of it, can be, and who says so.

Only these are stored; lateness is derived (plans/deadlines.py) and can never be chosen.
"""

from collections.abc import Iterable

from django.db.models import TextChoices


class State(TextChoices):
    """Each with its Vietnamese label and a sign, so that colour is never alone."""

    UNASSIGNED = "unassigned", "Chưa phân công"
    NO_INFO = "no_info", "Chưa có thông tin"
    NOT_STARTED = "not_started", "Chưa thực hiện"
    IN_PROGRESS = "in_progress", "Đang thực hiện"
    AWAITING = "awaiting", "Chờ xác nhận"
    DONE = "done", "Hoàn thành"
    NOT_ARISEN = "not_arisen", "Không phát sinh"
    PAUSED = "paused", "Tạm dừng"
    STOPPED = "stopped", "Dừng thực hiện"

    @property
    def sign(self) -> str:
        return _SIGNS[self]


_SIGNS = {
    State.UNASSIGNED: "∅",
    State.NO_INFO: "?",
    State.NOT_STARTED: "○",
    State.IN_PROGRESS: "◐",
    State.AWAITING: "⧗",
    State.DONE: "✓",
    State.NOT_ARISEN: "–",
    State.PAUSED: "‖",
    State.STOPPED: "■",
}

# Work is still owed: these can be in time or overdue.
OPEN = frozenset({State.NO_INFO, State.NOT_STARTED, State.IN_PROGRESS})
# Nothing more is owed.
ENDED = frozenset({State.DONE, State.NOT_ARISEN})
# Taken from the lead by the leadership, for a time or for good ("không thực hiện"): never late.
HALTED = frozenset({State.PAUSED, State.STOPPED})
# What a lead may say of its own part; "done" and "not arisen" then await the Office.
REPORTABLE = (State.NOT_STARTED, State.IN_PROGRESS, State.DONE, State.NOT_ARISEN)
CLAIMS = (State.DONE, State.NOT_ARISEN)

# From which states an act may start. Each act raises NotAllowedNow from any other.
ALLOWED_FROM = {
    "record": OPEN | {State.AWAITING},
    "confirm": frozenset({State.AWAITING}),
    "send_back": frozenset({State.AWAITING}),
    "pause": OPEN | {State.AWAITING},
    "stop": OPEN | {State.AWAITING, State.PAUSED},
    "resume": HALTED,
    "reopen": ENDED,
    "ask_extension": OPEN,
    "forward_extension": OPEN | {State.AWAITING, State.PAUSED},
    "decide_extension": OPEN | {State.AWAITING, State.PAUSED},
    "remark": frozenset(State) - {State.UNASSIGNED},
    "withdraw": frozenset({State.AWAITING}),
    # There must be words that still hold.
    "unchanged": frozenset({State.NOT_STARTED, State.IN_PROGRESS}),
}


class Kind(TextChoices):
    """What kind of end a task can have (A9, S11, S19)."""

    DEADLINE = "deadline", "Có thời hạn"
    ONGOING = "ongoing", "Thường xuyên"
    CONDITIONAL = "conditional", "Khi phát sinh (nếu có)"


def label(state: str, kind: str = Kind.DEADLINE) -> str:
    """What a reader is told: an ongoing task never "finishes", it is reported for the period."""
    if state == State.DONE and kind == Kind.ONGOING:
        return "Đã báo cáo trong kỳ"
    return str(State(state).label)


def roll_up(states: Iterable[str]) -> State:
    """The state of a whole task from the states of its leads: done when every lead is done.

    No lead: unassigned. Nothing owed any more: done if anything was done, else stopped if
    anything was stopped, else not arisen. Otherwise what is still owed decides: paused only when
    nothing else is open or awaits; awaiting only when nothing is open; "no information" or "not
    started" only while no lead has begun. A stopped part is owed no more, so it holds up nothing.
    """
    present = {State(state) for state in states}
    if not present:
        return State.UNASSIGNED
    owed = present - ENDED - {State.STOPPED}
    if not owed:
        ends = (State.DONE, State.STOPPED, State.NOT_ARISEN)
        return next(state for state in ends if state in present)
    if owed == {State.PAUSED}:
        return State.PAUSED
    if owed - {State.PAUSED} == {State.AWAITING}:
        return State.AWAITING
    begun = present - HALTED
    if begun == {State.NO_INFO}:
        return State.NO_INFO
    if begun <= {State.NO_INFO, State.NOT_STARTED}:
        return State.NOT_STARTED
    return State.IN_PROGRESS
