"""What every request needs to know of the installation."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone

from units import clock
from units.kept_text import SESSION_ENDED, keep
from units.models import Demonstration


class TodayMiddleware:
    """Fixes today for the whole request, in one query: pages cannot straddle midnight."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        demonstration_day = Demonstration.day()
        request.is_demonstration = demonstration_day is not None  # type: ignore[attr-defined]
        with clock.set_to(demonstration_day or timezone.localdate()):
            return self.get_response(request)


class SentOnlyMiddleware:
    """An address that only takes what a form sends, opened by hand, says so: the form that came
    back with messages stands at such an address, and is loaded anew from there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and request.method == "GET":
            response.content = render_to_string("405.html", request=request).encode()
        return response


class KeepTypedTextMiddleware:
    """A form sent after the session ended costs no text: it is kept and the person logs in.

    Stands before LoginRequiredMiddleware, which would drop the text.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        if request.method != "POST" or request.user.is_authenticated:
            return None
        page = keep(request)
        if page is None:
            return None
        messages.warning(request, SESSION_ENDED)
        log_in = redirect_to_login(page, settings.LOGIN_URL)
        if request.headers.get("HX-Request"):
            # A fragment of a page cannot hold the log in: the whole page goes there.
            return HttpResponse(headers={"HX-Redirect": log_in["Location"]})
        return log_in
