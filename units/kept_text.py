"""Text that was sent when the session had ended is kept and offered again after log in.

A form that opts in carries `keep_as`, a signed note of who it belongs to and which form it is.
The text waits in the (new, still anonymous) session and is given back to that person only.
"""

from django.core import signing
from django.http import HttpRequest, QueryDict

from units.models import User

FIELD = "keep_as"
SESSION_ENDED = (
    "Phiên làm việc đã hết. Nội dung đồng chí vừa gửi được giữ lại: đăng nhập rồi gửi lại. "
    "Tệp đính kèm (nếu có) cần chọn lại."
)
_SESSION_KEY = "kept_text"
_MAX_CHARACTERS = 200_000


def keep_note(user: User, name: str, page: str) -> str:
    """The value of the hidden field `keep_as` for a form called `name` on the address `page`."""
    return signing.dumps([user.pk, name, page], salt=FIELD)


def read_note(note: str) -> tuple[int, str, str]:
    """(owner's key, form, page) of a note; BadSignature when it is not one of ours."""
    try:
        owner, name, page = signing.loads(note, salt=FIELD)
    except ValueError:
        raise signing.BadSignature from None
    return owner, name, str(page)


def encoded(fields: QueryDict) -> str | None:
    """The typed fields in one text, without what only the sending needs; None if too long."""
    text = fields.copy()
    text.pop(FIELD, None)
    text.pop("csrfmiddlewaretoken", None)
    found = text.urlencode()
    return found if len(found) <= 6 * _MAX_CHARACTERS else None


def keep(request: HttpRequest) -> str | None:
    """Keep the text of a POST that opted in: the page it came from, None if nothing was kept."""
    try:
        owner, name, page = read_note(request.POST.get(FIELD, ""))
    except signing.BadSignature:
        return None
    return page if _store(request, owner, name, ended=True) else None


def carry(request: HttpRequest, name: str) -> None:
    """Keep what is typed in the form `name` until the next page shows it again: its reader looks
    at the same thing in another way and has sent nothing."""
    _store(request, request.user.pk, name, ended=False)


def _store(request: HttpRequest, owner: int | None, name: str, *, ended: bool) -> bool:
    """Whether the text was short enough to be kept; `ended`: it is offered, as it was not sent."""
    text = encoded(request.POST)
    if text is None:
        return False
    request.session[_SESSION_KEY] = {"owner": owner, "name": name, "text": text, "ended": ended}
    return True


def kept_for(request: HttpRequest, name: str) -> QueryDict | None:
    """The kept text of the form `name` of this person, once; None when there is none."""
    kept = request.session.get(_SESSION_KEY)
    if kept is None or kept["name"] != name:
        return None
    del request.session[_SESSION_KEY]
    if kept["owner"] != request.user.pk:
        return None
    request.offers_kept_text = kept["ended"]  # type: ignore[attr-defined]
    return QueryDict(kept["text"], encoding="utf-8")
