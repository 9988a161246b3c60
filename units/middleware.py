"""What every request needs to know of the installation."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from units import clock
from units.accounts.leaving import ACCOUNT_CLOSED
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


class AccountMiddleware:
    """Sessions of people who have left their unit end; who was given a password by somebody else
    sets an own one before anything else.

    Stands behind the messages and before LoginRequiredMiddleware.
    """

    # What somebody with a given password may open.
    open_views = ("password-change", "logout")

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if user.is_authenticated and user.has_left:
            logout(request)
            messages.warning(request, ACCOUNT_CLOSED)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        user, match = request.user, request.resolver_match
        if not user.is_authenticated or not user.must_change_password:
            return None
        if match is not None and match.view_name in self.open_views:
            return None
        wanted = {"next": request.get_full_path()} if request.method == "GET" else {}
        address = reverse("password-change") + (f"?{urlencode(wanted)}" if wanted else "")
        if request.headers.get("HX-Request"):
            return HttpResponse(headers={"HX-Redirect": reverse("password-change")})
        return redirect(address)


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
