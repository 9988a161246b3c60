from typing import Any, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import (
    LoginView,
    LogoutView,
    PasswordChangeView,
)
from django.core import signing
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST, require_safe

from units import drafts
from units.forms import LoginForm, OwnPasswordForm
from units.kept_text import FIELD, SESSION_ENDED, keep, read_note
from units.models import Notice, User
from units.notices import mark_read

NOTICES_PER_PAGE = 30


class Login(LoginView):
    template_name = "units/login.html"
    form_class = LoginForm
    redirect_authenticated_user = True


def account_locked(
    request: HttpRequest, response: HttpResponse | None, credentials: dict[str, Any] | None
) -> HttpResponse:
    """The answer to a log in after too many wrong passwords: the form again, which says what to do.
    Names that nobody has are answered alike."""
    form = LoginForm(request, request.POST)
    form.errors.clear()  # the password was not looked at
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() / 60)
    form.add_error(
        None,
        f"Tài khoản này tạm khóa vì sai mật khẩu {settings.AXES_FAILURE_LIMIT} lần liền. Sau "
        f"{minutes} phút đồng chí đăng nhập lại được; cần vào ngay thì nhờ người quản trị hệ thống "
        "đặt mật khẩu mới.",
    )
    context = {"form": form, "next": request.POST.get("next", "")}
    return render(request, Login.template_name, context, status=429)


class Logout(LogoutView):
    pass


class PasswordChange(PasswordChangeView):
    """One's own password; whoever was given one sees nothing else before it is set, and is then
    led to the page that was wanted."""

    template_name = "units/password_change.html"
    form_class = OwnPasswordForm
    success_url = reverse_lazy("dashboard")

    def wanted(self) -> str:
        """The local page that `next` names, if it is one."""
        page = self.request.POST.get("next") or self.request.GET.get("next", "")
        is_ours = url_has_allowed_host_and_scheme(page, {self.request.get_host()})
        return page if is_ours else ""

    def get_success_url(self) -> str:
        return self.wanted() or super().get_success_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(next=self.wanted(), **kwargs)

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


@require_safe
def notice_list(request: HttpRequest) -> HttpResponse:
    """What concerns the reader, the newest first."""
    notices = Notice.objects.visible_to(cast("User", request.user))
    page = Paginator(notices, NOTICES_PER_PAGE).get_page(request.GET.get("trang"))
    return render(request, "units/notice_list.html", {"page": page})


@require_GET
def notice_open(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Leads to the page that a notice is about; the notice is read then."""
    mine = Notice.objects.visible_to(cast("User", request.user))
    notice = get_object_or_404(mine, pk=notice_id)
    mark_read(mine.filter(pk=notice.pk))
    return redirect(notice.path)


@require_POST
def notices_read(request: HttpRequest) -> HttpResponse:
    """One notice (`thong-bao`), or all without it, are marked as read; stays on the page."""
    notices = Notice.objects.visible_to(cast("User", request.user))
    if chosen := request.POST.get("thong-bao"):
        if not chosen.isdecimal() or not (notices := notices.filter(pk=int(chosen[:18]))).exists():
            raise Http404
        mark_read(notices)
    else:
        count = mark_read(notices)
        messages.success(request, f"Đã đánh dấu {count} thông báo là đã đọc.")
    page = request.POST.get("trang", "")
    query = f"?trang={int(page)}" if page.isdecimal() and len(page) < 6 else ""
    return redirect(reverse("notice-list") + query)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404; to someone who followed a notice it says that the page may no longer be theirs to see.

    Asks nothing of the database: what is not there and what is not yours get the same answer.
    """
    came_from = urlsplit(request.headers.get("Referer", ""))
    from_notice = came_from.netloc == request.get_host() and came_from.path == reverse(
        "notice-list"
    )
    return render(request, "404.html", {"from_notice": from_notice}, status=404)
