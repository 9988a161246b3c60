from typing import Any

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models

from config.vietnamese.text import clean_line, person_sort_key
from units import clock
from units.models.unit import Unit


class Role(models.TextChoices):
    """What a person is in the department; what each may do stands in plans/rules.py."""

    STAFF = "staff", "Chuyên viên"
    HEAD = "head", "Lãnh đạo đơn vị"
    OFFICE = "office", "Văn phòng"
    LEADERSHIP = "leadership", "Lãnh đạo Sở"
    ADMIN = "admin", "Quản trị"


class PeopleManager(UserManager["User"]):
    """Accounts made by `createsuperuser` are administrators."""

    def create_superuser(self, username: str, *args: Any, **kwargs: Any) -> "User":
        kwargs.setdefault("role", Role.ADMIN)
        return super().create_superuser(username, *args, **kwargs)


class User(AbstractUser):
    """A person with an account; only name, job title, unit and office contact are kept (8.4)."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    full_name = models.CharField("họ và tên", max_length=100)
    sort_key = models.CharField(max_length=500, editable=False)
    job_title = models.CharField("chức vụ", max_length=100, blank=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="people", verbose_name="đơn vị"
    )
    role = models.CharField("vai trò", max_length=20, choices=Role, default=Role.STAFF)
    left_on = models.DateField(
        "rời đơn vị từ ngày",
        null=True,
        blank=True,
        help_text="Từ ngày này tài khoản đóng; việc đã ghi vẫn đứng tên người đó.",
    )
    # The password was given by somebody else: no page but that for a new one opens (8.2, 8.3).
    must_change_password = models.BooleanField(
        "phải đặt mật khẩu mới", default=False, editable=False
    )

    objects = PeopleManager()  # type: ignore[misc]

    REQUIRED_FIELDS = ["full_name", "email"]

    class Meta:
        verbose_name = "cán bộ"
        verbose_name_plural = "cán bộ"
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.full_name or self.username

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.full_name = clean_line(self.full_name)
        self.sort_key = person_sort_key(self.full_name)
        # Django admin is the administrators' place, and only theirs; its rights follow the role.
        self.is_staff = self.is_superuser = self.role == Role.ADMIN
        if (fields := kwargs.get("update_fields")) and {"full_name", "role"} & set(fields):
            kwargs["update_fields"] = {*fields, "sort_key", "is_staff", "is_superuser"}
        super().save(*args, **kwargs)

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name

    @property
    def has_left(self) -> bool:
        """Whether the place in the unit has ended by today."""
        return self.left_on is not None and self.left_on <= clock.today()

    @property
    def has_access(self) -> bool:
        return self.is_active and not self.has_left

    @property
    def is_administrator(self) -> bool:
        return self.has_access and self.role == Role.ADMIN

    @property
    def label(self) -> str:
        """Who this is on the day of an act, as history keeps it: name, job title, unit."""
        parts = [
            self.full_name or self.username,
            self.job_title,
            self.unit.name if self.unit else "",
        ]
        return ", ".join(part for part in parts if part)
