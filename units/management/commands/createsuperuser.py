"""`manage.py createsuperuser`, a step of the installation, in Vietnamese.

Django's own asks and answers in English words that no translation reaches. Its options stay.
"""

import os
from getpass import getpass
from typing import Any

from django.contrib.auth.management.commands import createsuperuser
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.utils.text import capfirst

from units.models import User

FIELDS = (User.USERNAME_FIELD, *User.REQUIRED_FIELDS)


class Command(createsuperuser.Command):
    help = "Tạo tài khoản quản trị: hỏi từng mục, hoặc lấy ở tham số khi có --no-input."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = self._asked(options) if options["interactive"] else _given(options)
        except KeyboardInterrupt as stopped:
            raise CommandError("Đã dừng; chưa tạo tài khoản nào.") from stopped
        user = User.objects.db_manager(options["database"]).create_superuser(**found)
        if options["verbosity"]:
            self.stdout.write(f"Đã tạo tài khoản quản trị “{user.username}”.")

    def _asked(self, options: dict[str, Any]) -> dict[str, str]:
        if not self.stdin.isatty():
            names = ", ".join(f"--{name}" for name in FIELDS)
            raise CommandError(
                "Lệnh hỏi từng mục nên phải chạy ở cửa sổ lệnh. Không thì thêm --no-input cùng "
                f"{names}, và đặt mật khẩu ở biến môi trường DJANGO_SUPERUSER_PASSWORD."
            )
        found: dict[str, str] = {}
        for name in FIELDS:
            typed = options[name]
            while name not in found:
                text = input(f"{_label(name)}: ") if typed is None else typed
                typed = None
                try:
                    found[name] = _read(name, text)
                except ValidationError as wrong:
                    self.stderr.write(" ".join(wrong.messages))
        while "password" not in found:
            password = getpass("Mật khẩu (không hiện khi gõ): ")
            if password != getpass("Nhập lại mật khẩu: "):
                self.stderr.write("Hai lần nhập không giống nhau. Đồng chí nhập lại.")
                continue
            try:
                validate_password(password, User(**found))
            except ValidationError as wrong:
                self.stderr.write(" ".join(wrong.messages))
            else:
                found["password"] = password
        return found


def _given(options: dict[str, Any]) -> dict[str, str]:
    """What the options or the variables DJANGO_SUPERUSER_… say."""
    found: dict[str, str] = {}
    for name in FIELDS:
        text = options[name] or os.environ.get(f"DJANGO_SUPERUSER_{name.upper()}", "")
        try:
            found[name] = _read(name, text)
        except ValidationError as wrong:
            said = " ".join(wrong.messages)
            raise CommandError(f"{_label(name)} (--{name}): {said}") from wrong
    password = os.environ.get("DJANGO_SUPERUSER_PASSWORD", "")
    if not password:
        raise CommandError("Đặt mật khẩu ở biến môi trường DJANGO_SUPERUSER_PASSWORD.")
    try:
        validate_password(password, User(**found))
    except ValidationError as wrong:
        raise CommandError(" ".join(wrong.messages)) from wrong
    return found | {"password": password}


def _read(name: str, text: str) -> str:
    """The value of a field as typed; ValidationError in the words of our forms."""
    value: str = _field(name).clean(text.strip(), None)
    if name == User.USERNAME_FIELD and User.objects.filter(username=value).exists():
        raise ValidationError("Tên đăng nhập này đã có.")
    return value


def _label(name: str) -> str:
    return capfirst(str(_field(name).verbose_name))


def _field(name: str) -> Any:
    return User._meta.get_field(name)
