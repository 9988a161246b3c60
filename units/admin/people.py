from typing import Any, ClassVar, cast

from axes.utils import reset
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    UserChangeForm,
    UserCreationForm,
)
from django.contrib.auth.models import Group
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect

from config.vietnamese import dates
from units.accounts.leaving import leave
from units.admin.base import ReadOnly, RecordAdmin, link
from units.models import PeopleImport, Role, User

# Rights follow from the role (plans/rules.py); nobody collects them by hand.
admin.site.unregister(Group)


class UnitRoles(forms.ModelForm):
    """What holds for every account, new or old."""

    editor: ClassVar[User]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        role = cleaned.get("role")
        if role in (Role.STAFF, Role.HEAD) and not cleaned.get("unit"):
            self.add_error("unit", "Chuyên viên và lãnh đạo đơn vị cần thuộc một đơn vị.")
        if self.instance.pk is not None and self.instance.pk == self.editor.pk:
            self._require_one_remains(role, cleaned.get("is_active"))
        return cleaned

    def _require_one_remains(self, role: str | None, is_active: bool | None) -> None:
        """Nobody takes their own way in away: so the last administrator always remains."""
        if role != Role.ADMIN:
            self.add_error(
                "role", "Đồng chí không tự bỏ vai trò Quản trị của mình; nhờ quản trị khác."
            )
        if not is_active:
            self.add_error("is_active", "Đồng chí không tự khóa tài khoản của mình.")
        if self.cleaned_data.get("left_on"):
            self.add_error("left_on", "Đồng chí không tự đóng tài khoản của mình.")


class PersonForm(UnitRoles, UserChangeForm):
    password = None  # type: ignore[assignment]


class NewPersonForm(UnitRoles, UserCreationForm):
    pass


class PasswordForm(AdminPasswordChangeForm):
    """A new password; nobody here logs in without one, and its owner then sets their own."""

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.fields.pop("usable_password", None)
        self.fields["password1"].required = self.fields["password2"].required = True

    def save(self, commit: bool = True) -> Any:
        self.user.must_change_password = True
        if commit:
            reset(username=self.user.username)  # wrong passwords typed before count no more
        return super().save(commit)


@admin.register(User)
class PersonAdmin(RecordAdmin, UserAdmin):
    list_display = ["full_name", "username", "job_title", "unit", "role", "is_open"]
    list_display_links = ["full_name", "username"]
    list_filter = ["role", "is_active", "unit"]
    list_select_related = ["unit"]
    search_fields = ["full_name", "username", "job_title", "unit__name", "unit__short_name"]
    ordering = ["sort_key", "username"]
    filter_horizontal = ()
    readonly_fields = ["new_password", "last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": [("full_name", "job_title"), ("unit", "role"), "email"]}),
        (
            "Tài khoản",
            {
                "fields": [
                    "username",
                    ("is_active", "left_on"),
                    "new_password",
                    ("last_login", "date_joined"),
                ]
            },
        ),
    ]
    add_fieldsets = [
        (None, {"fields": [("full_name", "job_title"), ("unit", "role"), "email"]}),
        ("Tài khoản", {"fields": ["username", "password1", "password2"]}),
    ]
    add_form_template = None
    change_list_template = "admin/people_list.html"
    form = PersonForm
    add_form = NewPersonForm
    change_password_form = PasswordForm
    change_user_password_template = "admin/person_password.html"  # noqa: S105  its name
    instead_of_deleting = (
        "Ghi ngày rời đơn vị, hoặc bỏ chọn “đang hoạt động”, để khóa tài khoản: người đó không "
        "vào được nữa, việc đã ghi vẫn đứng tên họ."
    )

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.editor = request.user
        return form

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if not change:
            # The administrator knows the password: its owner sets another one.
            obj.must_change_password = True
        if change and "left_on" in form.changed_data:
            obj.left_on = form.initial["left_on"]
        super().save_model(request, obj, form, change)
        if change and "left_on" in form.changed_data:
            leave(person=obj, on=form.cleaned_data["left_on"], by=cast("User", request.user))

    def user_change_password(
        self, request: HttpRequest, id: str, form_url: str = ""
    ) -> HttpResponse:
        if id == str(request.user.pk):
            return redirect("password-change")
        return super().user_change_password(request, id, form_url)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return (obj is None or obj.pk != request.user.pk) and super().has_delete_permission(
            request, obj
        )

    @admin.display(description="tài khoản", ordering="is_active")
    def is_open(self, user: User) -> str:
        if user.left_on is not None:
            return f"{'đã rời' if user.has_left else 'sẽ rời'} từ {dates.short(user.left_on)}"
        return "đang hoạt động" if user.is_active else "đã khóa"

    @admin.display(description="mật khẩu")
    def new_password(self, user: User) -> str:
        return link("auth_user_password_change", "Đặt mật khẩu mới", user.pk)

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse | HttpResponseRedirect:
        # The form for a new account asks for everything: no second page follows.
        return admin.ModelAdmin.response_add(self, request, obj, post_url_continue)


@admin.register(PeopleImport)
class PeopleImportAdmin(ReadOnly, RecordAdmin):
    """To look at: which lists came in, by whom, and what was done of them."""

    actions = None
    list_display = ["file_name", "by_label", "uploaded_at", "state", "outcome"]
    search_fields = ["file_name", "by_label"]
    fields = [
        "file_name",
        ("by_label", "uploaded_at"),
        ("state", "applied_by_label", "applied_at", "outcome"),
        "made",
        "text",
    ]
    readonly_fields = ["state", "text"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[PeopleImport]:
        return super().get_queryset(request).defer("sheets")

    @admin.display(description="tình trạng")
    def state(self, one: PeopleImport) -> str:
        if one.applied_at is not None:
            return "Đã áp dụng"
        return "Đã bỏ" if one.put_aside else "Đang nhập dở"

    @admin.display(description="các ô đã tải lên")
    def text(self, one: PeopleImport) -> str:
        rows = (row for sheet in one.sheets for row in sheet["rows"])
        return "\n".join(f"{row['number']}: {' | '.join(row['cells'])}" for row in rows)
