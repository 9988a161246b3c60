"""What a person types is kept on the server before it is sent, and offered again: after a time-out,
a crash, on another computer.

A form opts in with the same signed note `keep_as` as for text after an ended session
(units/kept_text.py) and `data-draft` for static/js/drafts.js; `draft_of` gives its text back, and
the view that carries out the act calls `drop`. Files are not kept.
"""

import contextlib
from dataclasses import dataclass

from django.core import signing
from django.http import HttpRequest, QueryDict

from units import clock
from units.kept_text import FIELD, encoded, kept_for, read_note
from units.models import Draft, User


class NotADraft(ValueError):
    """The text is too long, or the note does not say that it is this person's."""


def save(user: User, fields: QueryDict) -> Draft:
    """Keep the fields of a form that opted in, in the place of what was kept before."""
    try:
        owner, name, page = read_note(fields.get(FIELD, ""))
    except signing.BadSignature:
        raise NotADraft from None
    text = encoded(fields)
    if owner != user.pk or text is None:
        raise NotADraft
    draft, _ = Draft.objects.update_or_create(
        user=user, name=name, defaults={"page": page, "text": text, "saved_at": clock.now()}
    )
    return draft


def save_refused(user: User, fields: QueryDict) -> None:
    """What was sent and refused is typed and not recorded: kept like what was never sent."""
    with contextlib.suppress(NotADraft):
        save(user, fields)


def draft_of(user: User, name: str) -> Draft | None:
    """What the person typed last into the form called `name`, and has not sent."""
    return Draft.objects.visible_to(user).filter(name=name).first()


def fields_of(draft: Draft) -> QueryDict:
    """The fields as the browser sent them."""
    return QueryDict(draft.text, encoding="utf-8")


def drop(user: User, name: str) -> None:
    """The text was sent, or its writer does not want it any more."""
    Draft.objects.visible_to(user).filter(name=name).delete()


@dataclass(frozen=True, slots=True)
class Unsent:
    """What a person typed into a form and has not sent; `draft` when it was kept while typing, None
    when it was sent after the session had ended."""

    fields: QueryDict
    draft: Draft | None


def unsent(request: HttpRequest, name: str) -> Unsent | None:
    """What waits for the form called `name`; text that came after an ended session goes first."""
    if kept := kept_for(request, name):
        return Unsent(kept, None)
    draft = draft_of(request.user, name)  # type: ignore[arg-type]
    return Unsent(fields_of(draft), draft) if draft else None
