"""`manage.py createsuperuser` asks and answers in Vietnamese, and asks again for what is wrong."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from units.management.commands import createsuperuser
from units.models import Role, User

GOOD = "mật khẩu đủ dài 2023"
OPTIONS = {"username": "quan.tri", "full_name": "Nguyễn  Văn A", "email": "a@langson.gov.vn"}


class Terminal(StringIO):
    def isatty(self):
        return True


@pytest.fixture
def talk(db, monkeypatch):
    """Runs the command with what is typed; gives what was asked and what was answered."""

    def run(typed, passwords, **options):
        asked, out, err = [], StringIO(), StringIO()
        lines, secrets = iter(typed), iter(passwords)

        def answer(answers):
            def ask(prompt):
                asked.append(prompt)
                if (line := next(answers)) is KeyboardInterrupt:
                    raise line
                return line

            return ask

        monkeypatch.setattr("builtins.input", answer(lines))
        monkeypatch.setattr(createsuperuser, "getpass", answer(secrets))
        call_command("createsuperuser", stdin=Terminal(), stdout=out, stderr=err, **options)
        return asked, out.getvalue(), err.getvalue()

    return run


def test_asks_for_everything_and_again_for_what_is_wrong(talk):
    User.objects.create_user("da.co", full_name="Người Khác")

    asked, out, err = talk(
        ["", "da.co", "quan.tri", "Nguyễn Văn A", "không phải", "a@langson.gov.vn"],
        [GOOD, "khác", "ngắn", "ngắn", GOOD, GOOD],
    )

    assert asked == [
        *["Tên đăng nhập: "] * 3,
        "Họ và tên: ",
        *["Thư điện tử: "] * 2,
        *["Mật khẩu (không hiện khi gõ): ", "Nhập lại mật khẩu: "] * 3,
    ]
    assert err.splitlines() == [
        "Chưa ghi nội dung này.",
        "Tên đăng nhập này đã có.",
        "Địa chỉ thư điện tử chưa đúng.",
        "Hai lần nhập không giống nhau. Đồng chí nhập lại.",
        "Mật khẩu quá ngắn; cần ít nhất 12 ký tự.",
    ]
    assert out == "Đã tạo tài khoản quản trị “quan.tri”.\n"
    user = User.objects.get(username="quan.tri")
    assert (user.role, user.is_superuser, user.check_password(GOOD)) == (Role.ADMIN, True, True)


def test_stopped_by_hand(talk):
    with pytest.raises(CommandError, match="Đã dừng; chưa tạo"):
        talk(["quan.tri", KeyboardInterrupt], [])
    assert not User.objects.exists()


def test_without_a_terminal_it_says_what_to_do(db):
    with pytest.raises(CommandError, match="thêm --no-input cùng --username, --full_name, --email"):
        call_command("createsuperuser", stdin=StringIO())


def test_takes_everything_from_the_options(db, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", GOOD)
    call_command("createsuperuser", interactive=False, stdout=StringIO(), **OPTIONS)

    user = User.objects.get()
    assert (user.username, user.full_name, user.check_password(GOOD)) == (
        "quan.tri",
        "Nguyễn Văn A",
        True,
    )


@pytest.mark.parametrize(
    ("missing", "password", "words"),
    [
        ("username", GOOD, "Tên đăng nhập (--username): Chưa ghi nội dung này."),
        ("full_name", GOOD, "Họ và tên (--full_name): Chưa ghi nội dung này."),
        ("", "", "Đặt mật khẩu ở biến môi trường DJANGO_SUPERUSER_PASSWORD."),
        ("", "ngắn", "Mật khẩu quá ngắn; cần ít nhất 12 ký tự."),
    ],
)
def test_what_the_options_lack(db, monkeypatch, missing, password, words):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", password)
    with pytest.raises(CommandError) as refused:
        call_command(
            "createsuperuser",
            interactive=False,
            **(OPTIONS | ({missing: ""} if missing else {})),
        )

    assert str(refused.value) == words
    assert not User.objects.exists()
