"""Log in, one's own password, and lists of people from Excel."""

import uuid
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.exceptions import ValidationError

from config.office_files.opening import Limits
from units.accounts.leaving import ACCOUNT_CLOSED
from units.models import User


class LoginForm(AuthenticationForm):
    """Those who have left their unit are told so once they gave their password."""

    def confirm_login_allowed(self, user: Any) -> None:
        super().confirm_login_allowed(user)
        if user.has_left:
            raise ValidationError(ACCOUNT_CLOSED, code="closed")


class OwnPasswordForm(PasswordChangeForm):
    """A password of one's own is another one than that which was given."""

    user: User

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        new = cleaned.get("new_password2")
        if new and new == cleaned.get("old_password"):
            self.add_error(
                "new_password1",
                ValidationError("Mật khẩu mới phải khác mật khẩu đang dùng.", code="same"),
            )
        return cleaned

    def save(self, commit: bool = True) -> User:
        self.user.must_change_password = False
        return super().save(commit)


class PeopleFileForm(forms.Form):
    """A workbook with people."""

    file = forms.FileField(
        label="Tệp Excel",
        allow_empty_file=True,
        help_text="Tệp mẫu đã điền, hoặc danh sách có sẵn (.xlsx). Chưa có gì được lưu khi gửi.",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )
    request_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, initial={"request_key": uuid.uuid4()})
        self.fields["file"].error_messages["required"] = "Đồng chí chọn tệp Excel."

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > Limits().packed:
            megabytes = Limits().packed // 2**20
            raise ValidationError(f"Tệp “{file.name}” lớn hơn {megabytes} MB. Đồng chí tách tệp.")
        return file


class SeenForm(forms.Form):
    """Carries what its reader had seen of the preview."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)


class KeyForm(forms.Form):
    """Tells a sending from its repetition."""

    request_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"request_key": uuid.uuid4()})
