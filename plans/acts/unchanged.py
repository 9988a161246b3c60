"""A unit says that what it said last still holds: a real update, with the same words (3.6)."""

import uuid
from typing import Any

from django.db import transaction

from plans.acts.prepared import prepare
from plans.acts.progress import TEXTS, Report
from plans.acts.recording import (
    already_recorded,
    append,
    locked,
    require,
    require_lead,
    require_state,
    require_unchanged,
    settle,
)
from plans.acts.refusals import NotNow
from plans.models import Assignment, Prepared, ProgressUpdate, UpdateKind
from plans.rules import may_prepare, may_record
from plans.states import State
from units.models import User

_NOT_YOURS = "Chỉ đơn vị được giao mới cập nhật phần việc này."


def record_unchanged(
    *, assignment_id: int, by: User, seen: int, request_key: uuid.UUID
) -> ProgressUpdate:
    """The lead's last report is said again for today, marked as unchanged.

    There must be one, and it must not be a claim: what was returned, reopened or withdrawn needs
    words of its own. Where staff prepared the same, the record names both people.
    """
    with transaction.atomic():
        assignment = locked(assignment_id)
        earlier = already_recorded(request_key, by, assignment)
        if earlier and earlier.unchanged:
            return earlier
        require(may_record, by, assignment, _NOT_YOURS)
        state, last = _still_holds(assignment, seen, by)
        update = append(
            assignment,
            by=by,
            kind=UpdateKind.REPORT,
            state=state,
            request_key=request_key,
            unchanged=True,
            **_taken_from_staff(assignment),
            **_texts(last),
        )
        settle(assignment)
        return update


def prepare_unchanged(
    *, assignment_id: int, by: User, seen: int, request_key: uuid.UUID
) -> Prepared:
    """The same, prepared by staff where the head of the unit sends."""
    with transaction.atomic():
        assignment = locked(assignment_id)
        require(may_prepare, by, assignment, _NOT_YOURS)
        there = Prepared.objects.filter(assignment=assignment).first()
        if there and there.request_key != request_key:
            raise NotNow(
                f"Nhiệm vụ {assignment.task.code} đã có nội dung chuẩn bị; đồng chí mở biểu mẫu "
                "cập nhật để xem hoặc sửa."
            )
        state, last = _still_holds(assignment, seen, by)
        return prepare(
            assignment_id=assignment_id,
            by=by,
            report=Report(state=state, **_texts(last)),
            seen=seen,
            request_key=request_key,
            unchanged=True,
        )


def _still_holds(assignment: Assignment, seen: int, by: User) -> tuple[State, ProgressUpdate]:
    """The state and the last report, when "no change" can be said of them."""
    require_lead(assignment)
    require_unchanged(assignment, seen, by)
    state = require_state("unchanged", assignment)
    last = assignment.updates.filter(kind=UpdateKind.REPORT).order_by("-sequence").first()
    if last is None or last.claim:
        raise NotNow(
            f"Nhiệm vụ {assignment.task.code} cần nội dung cập nhật mới, không ghi “không có "
            "thay đổi” được."
        )
    return state, last


def _texts(last: ProgressUpdate) -> dict[str, Any]:
    return {name: getattr(last, name) for name in TEXTS}


def _taken_from_staff(assignment: Assignment) -> dict[str, Any]:
    """Who prepared "no change" for the head to send; that is gone once it is sent. Other words
    that staff prepared stay, to be sent or given back."""
    prepared = Prepared.objects.filter(assignment=assignment, note="").first()
    if prepared is None or not prepared.says_unchanged:
        return {}
    names = {"prepared_by": prepared.by, "prepared_by_label": prepared.by_label}
    prepared.delete()
    return names
