from typing import Any, cast
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import (
    LoginView,
    LogoutView,
    PasswordChangeView,
)
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.views.decorators.http import require_POST

from units import drafts
from units.kept_text import FIELD, SESSION_ENDED, keep, read_note
from units.models import User


class Login(LoginView):
    template_name = "units/login.html"
    redirect_authenticated_user = True


class Logout(LogoutView):
    pass


class PasswordChange(PasswordChangeView):
    template_name = "units/password_change.html"
    success_url = reverse_lazy("dashboard")

    def form_valid(self, form: Any) -> HttpResponse:
        messages.success(self.request, "Đã đổi mật khẩu.")
        return super().form_valid(form)


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from before a log in in another window: its text is kept and its page shown again.

    Only when the browser says that the form is from this site; anything else is refused.
    """
    origin = urlsplit(request.headers.get("Origin", ""))
    page = keep(request) if origin.netloc == request.get_host() else None
    if page is not None:
        if not request.user.is_authenticated:
            messages.warning(request, SESSION_ENDED)
            return redirect(page)
        messages.warning(
            request,
            "Trang đã mở từ phiên làm việc trước. Nội dung đồng chí vừa gửi được giữ lại bên dưới: "
            "kiểm tra rồi gửi lại. Tệp đính kèm (nếu có) cần chọn lại.",
        )
        return redirect(page)
    return render(request, "403_csrf.html", status=403)


@require_POST
def draft(request: HttpRequest) -> HttpResponse:
    """Keep what is being typed into a form that opted in (units/drafts.py).

    The script of the page asks with X-Requested-With and gets no content; the button "Lưu nháp"
    leads back to the page of the form.
    """
    try:
        kept = drafts.save(cast("User", request.user), request.POST)
    except drafts.NotADraft:
        return render(request, "400.html", status=400)
    if request.headers.get("X-Requested-With"):
        return HttpResponse(status=204)
    words = f"Đã lưu nháp lúc {kept.saved_at:%H:%M}; chưa gửi."
    if request.FILES:
        words += " Tệp đính kèm không nằm trong bản nháp, cần chọn lại khi gửi."
    messages.success(request, words)
    return redirect(kept.page)


@require_POST
def draft_drop(request: HttpRequest) -> HttpResponse:
    """The writer does not want the draft any more."""
    try:
        owner, name, page = read_note(request.POST.get(FIELD, ""))
    except signing.BadSignature:
        return render(request, "400.html", status=400)
    if owner == request.user.pk:
        drafts.drop(request.user, name)
        messages.success(request, "Đã bỏ bản nháp.")
    return redirect(page)
