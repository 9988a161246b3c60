"""What every form of these pages shares: kept text, the act, and what is said when it refuses."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import render

from plans.acts.refusals import Conflict, Invalid, NotNow, NotYours
from plans.frame import Frame, frame_of
from plans.matter_forms import KeptForm
from units.kept_text import kept_for

T = TypeVar("T")
F = TypeVar("F", bound=KeptForm)

# (name of the address, words) of the pages under "Điều hành".
SECTIONS = (
    ("directive-list", "Chỉ đạo"),
    ("urging-list", "Đôn đốc"),
    ("inspection-list", "Kiểm tra"),
    ("remedy-list", "Biện pháp khắc phục"),
    ("difficulty-list", "Khó khăn, vướng mắc"),
    ("dissemination-list", "Quán triệt"),
)


def show(
    request: HttpRequest, template: str, section: str, context: dict[str, Any], status: int = 200
) -> Any:
    """A page of the section; `section` is the name of the address of the list it belongs to."""
    context |= {"sections": SECTIONS, "section": section, "in_steering": True}
    return render(request, f"plans/steering/{template}.html", context, status=status)


def planned(request: HttpRequest) -> Frame | None:
    """The frame, unless no plan was loaded yet."""
    frame = frame_of(request)
    return frame if frame.plan is not None else None


def fresh(request: HttpRequest, make: Callable[..., F]) -> F:
    """A form to fill in: empty, or with the text of an ended session. `make` takes the data."""
    form = make(None)
    kept = kept_for(request, form.keep_name)
    return make(kept) if kept else form


def send(
    request: HttpRequest, form: KeptForm, act: Callable[[], T], *, allowed: bool
) -> tuple[T | None, int]:
    """(what the act made, 200), or (None, the status of the page that shows `form` again).

    `allowed` is asked before an incomplete form is shown again: not yours to do is 403.
    """
    if not form.is_valid():
        if not allowed:
            raise PermissionDenied
        return None, 422
    try:
        return act(), 200
    except NotYours as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except Invalid as refusal:
        form.show_refusal(refusal)
        return None, 422
    except Conflict as refusal:
        messages.warning(request, str(refusal))
        form.see_newer(refusal.newer)  # type: ignore[attr-defined]
        return None, 409
    except NotNow as refusal:
        messages.error(request, str(refusal))
        return None, 409
