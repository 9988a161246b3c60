"""The admin site itself; apart from units/admin/, whose import registers on it."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator

from units.models import Role


class Site(admin.AdminSite):
    """Django admin for administrators only; one log in and one password page for everyone."""

    site_title = "Quản trị"
    site_header = "Quản trị hệ thống theo dõi kế hoạch"
    index_title = "Dữ liệu của hệ thống"

    def has_permission(self, request: HttpRequest) -> bool:
        """By the role of this moment: demoting takes effect with the next click."""
        return request.user.is_active and getattr(request.user, "role", None) == Role.ADMIN

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Strangers go to the site's own log in; people without the role are told so (403)."""
        wanted = request.GET.get("next", "") or reverse("admin:index")
        if not request.user.is_authenticated:
            return redirect_to_login(wanted, reverse("login"))
        if not self.has_permission(request):
            raise PermissionDenied("Trang quản trị chỉ dành cho tài khoản có vai trò Quản trị.")
        return redirect("admin:index")

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("password-change")

    def password_change_done(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("admin:index")

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """In the order of registration, which is that of the work."""
        return list(self._build_app_dict(request, app_label).values())
