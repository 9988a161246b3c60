"""The Office and the leadership decide on what a lead said."""

import uuid
from typing import Any

from django.db import transaction

from config.vietnamese.text import clean
from plans.acts.reasons import checked_reason
from plans.acts.recording import (
    Rule,
    already_recorded,
    append,
    locked,
    require,
    require_lead,
    require_state,
    require_unchanged,
    settle,
)
from plans.acts.telling import tell_decision
from plans.models import Assignment, ProgressUpdate, UpdateKind
from plans.rules import (
    may_confirm,
    may_pause,
    may_record,
    may_reopen,
    may_send_back,
    may_stop,
)
from plans.states import State
from units.models import User


def confirm(*, assignment_id: int, by: User, seen: int, request_key: uuid.UUID) -> ProgressUpdate:
    """The Office accepts a claim: done stays done on the day the lead said."""
    return _decide(
        assignment_id,
        by,
        seen,
        request_key,
        act="confirm",
        kind=UpdateKind.CONFIRM,
        rule=may_confirm,
    )


def send_back(
    *, assignment_id: int, by: User, reason: str, seen: int, request_key: uuid.UUID
) -> ProgressUpdate:
    """The Office returns a claim with a reason; the lead goes on working."""
    return _decide(
        assignment_id,
        by,
        seen,
        request_key,
        act="send_back",
        kind=UpdateKind.RETURN,
        rule=may_send_back,
        reason=reason,
    )


def pause(
    *, assignment_id: int, by: User, reason: str, seen: int, request_key: uuid.UUID
) -> ProgressUpdate:
    """The leadership stops a lead's part for a time, with a reason."""
    return _decide(
        assignment_id,
        by,
        seen,
        request_key,
        act="pause",
        kind=UpdateKind.PAUSE,
        rule=may_pause,
        reason=reason,
    )


def stop(
    *, assignment_id: int, by: User, reason: str, seen: int, request_key: uuid.UUID
) -> ProgressUpdate:
    """The leadership ends a lead's part without its being done (3.1 "không thực hiện–dừng")."""
    return _decide(
        assignment_id,
        by,
        seen,
        request_key,
        act="stop",
        kind=UpdateKind.STOP,
        rule=may_stop,
        reason=reason,
    )


def resume(*, assignment_id: int, by: User, seen: int, request_key: uuid.UUID) -> ProgressUpdate:
    """The leadership lets a paused or stopped part go on."""
    return _decide(
        assignment_id, by, seen, request_key, act="resume", kind=UpdateKind.RESUME, rule=may_pause
    )


def reopen(
    *, assignment_id: int, by: User, reason: str, seen: int, request_key: uuid.UUID
) -> ProgressUpdate:
    """A confirmed end turns out not to be one: the part is open again, with a reason."""
    return _decide(
        assignment_id,
        by,
        seen,
        request_key,
        act="reopen",
        kind=UpdateKind.REOPEN,
        rule=may_reopen,
        reason=reason,
    )


def withdraw(
    *, assignment_id: int, by: User, reason: str, seen: int, request_key: uuid.UUID
) -> ProgressUpdate:
    """The lead takes back a claim that still waits, with a reason; its part is open again."""
    return _decide(
        assignment_id,
        by,
        seen,
        request_key,
        act="withdraw",
        kind=UpdateKind.WITHDRAW,
        rule=may_record,
        reason=reason,
    )


_REFUSED = {
    "withdraw": "Chỉ đơn vị được giao mới rút lại đề nghị của mình.",
    "confirm": "Văn phòng hoặc Lãnh đạo Sở xác nhận; không ai xác nhận việc của chính mình.",
    "send_back": "Văn phòng hoặc Lãnh đạo Sở trả lại; không ai trả lại việc của chính mình.",
    "pause": "Chỉ Lãnh đạo Sở cho tạm dừng nhiệm vụ.",
    "stop": "Chỉ Lãnh đạo Sở cho dừng thực hiện nhiệm vụ.",
    "resume": "Chỉ Lãnh đạo Sở cho tiếp tục nhiệm vụ.",
    "reopen": "Văn phòng hoặc Lãnh đạo Sở mở lại; không ai mở lại việc của chính mình.",
}
_NEEDS_REASON = {"send_back", "pause", "stop", "reopen", "withdraw"}


def _decide(
    assignment_id: int,
    by: User,
    seen: int,
    request_key: uuid.UUID,
    *,
    act: str,
    kind: UpdateKind,
    rule: Rule,
    reason: str = "",
) -> ProgressUpdate:
    with transaction.atomic():
        assignment = locked(assignment_id)
        earlier = already_recorded(request_key, by, assignment)
        if earlier and (earlier.kind, earlier.reason) == (kind, clean(reason)):
            return earlier
        require(rule, by, assignment, _REFUSED[act])
        require_lead(assignment)
        require_unchanged(assignment, seen, by)
        require_state(act, assignment)
        fields = _outcome(act, assignment)
        if act in _NEEDS_REASON:
            fields["reason"] = checked_reason(reason, history="nhiệm vụ")
        update = append(
            assignment,
            by=by,
            kind=kind,
            request_key=request_key,
            **fields,
        )
        settle(assignment)
        tell_decision(assignment, update)
        return update


def _outcome(act: str, assignment: Assignment) -> dict[str, Any]:
    """State and completion day after the act; a confirmation takes them from the claim."""
    if act == "confirm":
        claim = assignment.pending_claim
        assert claim is not None  # awaiting is reached by a claim only
        return {"state": State(claim.claim), "completed_on": claim.completed_on}
    if act == "pause":
        return {"state": State.PAUSED}
    if act == "stop":
        return {"state": State.STOPPED}
    return {"state": State.IN_PROGRESS}
