"""Which form a person gets for their own part, and with what in it: the text of an ended session,
their draft, what staff prepared, or what the unit said last, in this order."""

import contextlib
from dataclasses import dataclass, field
from uuid import UUID

from django.http import HttpRequest, QueryDict

from plans.forms import ProgressForm
from plans.models import Assignment, Prepared, ProgressUpdate
from plans.overview import TaskOnDay
from plans.states import ALLOWED_FROM
from units import drafts
from units.kept_text import kept_for
from units.models import Draft, User


@dataclass
class Opened:
    """A form; `draft` when it holds one, `newer` what was recorded since that was begun."""

    form: ProgressForm
    draft: Draft | None = None
    newer: list[ProgressUpdate] = field(default_factory=list)


def open_form(request: HttpRequest, on_day: TaskOnDay, part: Assignment) -> Opened | None:
    """None when the state of the part allows no update, or the plan has not begun."""
    if not on_day.status.has_begun:
        return None
    fresh = ProgressForm(part, measures=on_day.measures)
    if part.is_lead:
        lead = next(lead for lead in on_day.leads if lead.assignment.pk == part.pk)
        if lead.status.state not in ALLOWED_FROM["record"]:
            return None
        fresh.start_from(lead.report, lead.status.state)
    else:
        own = (one.update for one in on_day.contributions if one.assignment.pk == part.pk)
        fresh.start_from(next(own, None))
    if prepared := prepared_for(part):
        fresh.start_from_prepared(prepared)
    if kept := kept_for(request, fresh.keep_name):
        return Opened(ProgressForm(part, kept, measures=on_day.measures))
    draft = _unsent_draft(request.user, fresh)  # type: ignore[arg-type]
    if draft is None:
        return Opened(fresh)
    fields = drafts.fields_of(draft)
    fresh.start_from_draft(fields)
    return Opened(fresh, draft, _since(part, fields))


def prepared_for(part: Assignment) -> Prepared | None:
    """What staff prepared for this part, where the head of the unit sends."""
    if not part.unit.head_sends:
        return None
    return Prepared.objects.filter(assignment=part).first()


def _unsent_draft(user: User, form: ProgressForm) -> Draft | None:
    draft = drafts.draft_of(user, form.keep_name)
    if draft is None:
        return None
    with contextlib.suppress(ValueError):
        key = UUID(drafts.fields_of(draft).get("request_key", ""))
        if _was_sent(key):  # typed while it was being sent
            drafts.drop(user, form.keep_name)
            return None
    return draft


def _was_sent(key: UUID) -> bool:
    return (
        ProgressUpdate.objects.filter(request_key=key).exists()
        or Prepared.objects.filter(request_key=key).exists()
    )


def _since(part: Assignment, fields: QueryDict) -> list[ProgressUpdate]:
    seen = fields.get("seen", "")
    if not (seen.isdecimal() and len(seen) < 10):
        return []
    return list(part.updates.filter(sequence__gt=int(seen)).order_by("sequence"))
