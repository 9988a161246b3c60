from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import (
    LoginView,
    LogoutView,
    PasswordChangeView,
)
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy

from units.kept_text import SESSION_ENDED, keep


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
