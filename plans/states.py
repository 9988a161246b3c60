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
}

# Work is still owed: these can be in time or overdue.
OPEN = frozenset({State.NO_INFO, State.NOT_STARTED, State.IN_PROGRESS})
# Nothing more is owed.
ENDED = frozenset({State.DONE, State.NOT_ARISEN})
# What a lead may say of its own part; "done" and "not arisen" then await the Office.
REPORTABLE = (State.NOT_STARTED, State.IN_PROGRESS, State.DONE, State.NOT_ARISEN)
CLAIMS = (State.DONE, State.NOT_ARISEN)

# From which states an act may start. Each act raises NotAllowedNow from any other.
ALLOWED_FROM = {
    "record": OPEN | {State.AWAITING},
    "confirm": frozenset({State.AWAITING}),
    "send_back": frozenset({State.AWAITING}),
    "pause": OPEN | {State.AWAITING},
    "resume": frozenset({State.PAUSED}),
    "reopen": ENDED,
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

    No lead: unassigned. All ended: done if anything was done, else not arisen. Otherwise what is
    still owed decides: paused only when nothing else is open or awaits; awaiting only when
    nothing is open; "no information" or "not started" only while no lead has begun.
    """
    present = {State(state) for state in states}
    if not present:
        return State.UNASSIGNED
    owed = present - ENDED
    if not owed:
        return State.DONE if State.DONE in present else State.NOT_ARISEN
    if owed == {State.PAUSED}:
        return State.PAUSED
    if owed - {State.PAUSED} == {State.AWAITING}:
        return State.AWAITING
    if owed == present and present <= {State.NO_INFO, State.PAUSED}:
        return State.NO_INFO
    if owed == present and present <= {State.NO_INFO, State.NOT_STARTED, State.PAUSED}:
        return State.NOT_STARTED
    return State.IN_PROGRESS
