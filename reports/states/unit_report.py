"""In what state a unit's report in a round can be, and which act leads from where to where.

Every act that is not declared here for a state raises NotNow. Lateness is derived from the round's
day and is never a state.
"""

from django.db.models import TextChoices


class ReportState(TextChoices):
    """Each with its Vietnamese label and a sign, so that colour is never alone."""

    MISSING = "missing", "Chưa lập"
    DRAFT = "draft", "Nháp"
    SUBMITTED = "submitted", "Đã nộp"
    RESUBMITTED = "resubmitted", "Nộp lại"
    IN_REVIEW = "in_review", "Văn phòng đang xem"
    RETURNED = "returned", "Trả lại"
    ACCEPTED = "accepted", "Tiếp nhận"

    @property
    def sign_name(self) -> str:
        """The drawn sign (static/signs.svg) that stands beside the word."""
        return _SIGNS[self]


_SIGNS = {
    ReportState.MISSING: "not_started",
    ReportState.DRAFT: "in_progress",
    ReportState.SUBMITTED: "awaiting",
    ReportState.RESUBMITTED: "awaiting",
    ReportState.IN_REVIEW: "awaiting",
    ReportState.RETURNED: "returned",
    ReportState.ACCEPTED: "done",
}

# The unit writes; everywhere else its report is locked.
WRITABLE = frozenset({ReportState.DRAFT, ReportState.RETURNED})
# A version lies with the Office.
WAITING = frozenset({ReportState.SUBMITTED, ReportState.RESUBMITTED, ReportState.IN_REVIEW})
# The Office has nothing from the unit that it could read: these are urged.
OWED = frozenset({ReportState.MISSING, ReportState.DRAFT, ReportState.RETURNED})

# Begun and not finished: a merger of units must not leave these without somebody who goes on.
HELD = frozenset(ReportState) - {ReportState.MISSING, ReportState.ACCEPTED}


class StepKind(TextChoices):
    """Which act moved a report; "edit" moves nothing and keeps its history elsewhere."""

    START = "start", "Lập báo cáo"
    SUBMIT = "submit", "Nộp báo cáo"
    WITHDRAW = "withdraw", "Rút lại"
    BEGIN_REVIEW = "begin_review", "Bắt đầu xem xét"
    RETURN = "return", "Trả lại"
    ACCEPT = "accept", "Tiếp nhận"
    REOPEN = "reopen", "Mở lại"


# From which states an act may start.
ALLOWED_FROM: dict[str, frozenset[ReportState]] = {
    StepKind.START: frozenset({ReportState.MISSING}),
    StepKind.SUBMIT: WRITABLE,
    StepKind.WITHDRAW: frozenset({ReportState.SUBMITTED, ReportState.RESUBMITTED}),
    StepKind.BEGIN_REVIEW: frozenset({ReportState.SUBMITTED, ReportState.RESUBMITTED}),
    StepKind.RETURN: WAITING,
    StepKind.ACCEPT: WAITING,
    StepKind.REOPEN: frozenset({ReportState.ACCEPTED}),
    "edit": WRITABLE,
}
NEEDS_REASON = frozenset({StepKind.RETURN, StepKind.REOPEN})


def state_after(kind: str, *, version: int) -> ReportState:
    """The state an act leads to; `version` is the number of the newest version after the act."""
    if kind == StepKind.SUBMIT:
        return ReportState.SUBMITTED if version == 1 else ReportState.RESUBMITTED
    return _AFTER[StepKind(kind)]


_AFTER = {
    StepKind.START: ReportState.DRAFT,
    StepKind.WITHDRAW: ReportState.DRAFT,
    StepKind.BEGIN_REVIEW: ReportState.IN_REVIEW,
    StepKind.RETURN: ReportState.RETURNED,
    StepKind.ACCEPT: ReportState.ACCEPTED,
    StepKind.REOPEN: ReportState.DRAFT,
}
