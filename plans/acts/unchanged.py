"""A unit says that what it said last still holds: a real update, with the same words (3.6)."""

import uuid

from django.db import transaction

from plans.acts.progress import TEXTS
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
from plans.models import ProgressUpdate, UpdateKind
from plans.rules import may_record
from units.models import User


def record_unchanged(
    *, assignment_id: int, by: User, seen: int, request_key: uuid.UUID
) -> ProgressUpdate:
    """The lead's last report is said again for today, marked as unchanged.

    There must be one, and it must not be a claim: what was returned, reopened or withdrawn needs
    words of its own.
    """
    with transaction.atomic():
        assignment = locked(assignment_id)
        earlier = already_recorded(request_key, by, assignment)
        if earlier and earlier.unchanged:
            return earlier
        require(may_record, by, assignment, "Chỉ đơn vị được giao mới cập nhật phần việc này.")
        require_lead(assignment)
        require_unchanged(assignment, seen, by)
        state = require_state("unchanged", assignment)
        last = assignment.updates.filter(kind=UpdateKind.REPORT).order_by("-sequence").first()
        if last is None or last.claim:
            raise NotNow(
                f"Nhiệm vụ {assignment.task.code} cần nội dung cập nhật mới, không ghi “không có "
                "thay đổi” được."
            )
        update = append(
            assignment,
            by=by,
            kind=UpdateKind.REPORT,
            state=state,
            request_key=request_key,
            unchanged=True,
            **{name: getattr(last, name) for name in TEXTS},
        )
        settle(assignment)
        return update
