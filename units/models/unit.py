import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from config.vietnamese import dates
from config.vietnamese.text import clean_line, fold
from units.models.agency import Agency
from units.models.field_history import FieldHistory


class UnitKind(models.TextChoices):
    LEADERSHIP = "leadership", "Lãnh đạo cơ quan"
    OFFICE = "office", "Văn phòng"
    INSPECTORATE = "inspectorate", "Thanh tra"
    DIVISION = "division", "Phòng chuyên môn"
    AFFILIATED = "affiliated", "Đơn vị trực thuộc"


def names_on(
    day: dt.date, name: str, short_name: str, earlier: Iterable[Mapping[str, str]]
) -> tuple[str, str]:
    """Name and short name on a day, from those of now and `Unit.earlier_names`."""
    for one in earlier:
        if day <= dt.date.fromisoformat(one["until"]):
            return one["name"], one["short_name"]
    return name, short_name


# A unit, what it went into, and what that went into: further nobody looks.
_LINE = ("", "__merged_into", "__merged_into__merged_into")


def unit_or_heir(path: str, **wanted: object) -> Q:
    """The condition that the unit at `path`, or one that it became part of, is as `wanted` says."""
    found = Q()
    for step in _LINE:
        found |= Q(**{f"{path}{step}__{name}": value for name, value in wanted.items()})
    return found


class Unit(models.Model):
    """A room, office or centre of an agency; it leads or supports tasks."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="units", verbose_name="cơ quan")
    code = models.SlugField("mã", max_length=30)
    name = models.CharField("tên đơn vị", max_length=200)
    short_name = models.CharField("tên viết tắt", max_length=30)
    kind = models.CharField("loại đơn vị", max_length=20, choices=UnitKind)
    position = models.PositiveSmallIntegerField(
        "thứ tự", default=0, help_text="Thứ tự lễ tân; danh sách xếp theo số này trước."
    )
    is_active = models.BooleanField("đang hoạt động", default=True)
    head_sends = models.BooleanField(
        "lãnh đạo đơn vị gửi",
        default=False,
        help_text="Chuyên viên chuẩn bị cập nhật; lãnh đạo đơn vị xem, sửa rồi gửi.",
    )
    # Where the unit went from a day on (units/merging.py); it keeps its name in all that it did.
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged_units",
        verbose_name="đã nhập vào",
    )
    merged_on = models.DateField("nhập từ ngày", null=True, blank=True, editable=False)
    # In order of time: {"name", "short_name", "until"}, the last day of each. They stand in the row
    # itself, so that the name of any day costs no query; units/renaming.py writes them.
    earlier_names = models.JSONField("tên gọi trước đây", default=list, editable=False)

    history = FieldHistory("earlier_names")

    class Meta:
        verbose_name = "đơn vị"
        verbose_name_plural = "đơn vị"
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(
                "agency",
                Lower("code"),
                name="unit_code_once",
                violation_error_message="Cơ quan đã có đơn vị mang mã này.",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None, merged_on=None)
                | Q(merged_into__isnull=False, merged_on__isnull=False, is_active=False),
                name="unit_merged_works_no_more",
                violation_error_message="Đơn vị đã nhập vào đơn vị khác thì không hoạt động lại.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def line(self) -> "tuple[Unit, ...]":
        """The unit, and those that it became part of one after the other: the last of them does
        its work. A query for each merger, none for a unit that works."""
        found: list[Unit] = [self]
        while (heir := found[-1].merged_into) is not None and len(found) < len(_LINE):
            found.append(heir)
        return tuple(found)

    @property
    def became(self) -> str:
        """ "đã nhập vào Phòng B từ ngày 15/11/2023"; blank of a unit of its own."""
        if self.merged_into is None:
            return ""
        return f"đã nhập vào {self.merged_into} từ ngày {dates.short(self.merged_on)}"

    def name_on(self, day: dt.date) -> str:
        return names_on(day, self.name, self.short_name, self.earlier_names)[0]

    def short_name_on(self, day: dt.date) -> str:
        return names_on(day, self.name, self.short_name, self.earlier_names)[1]

    def called_on(self, day: dt.date) -> Self:
        """This very object, with the names that the unit had on `day`: to be shown, not saved."""
        self.name, self.short_name = names_on(day, self.name, self.short_name, self.earlier_names)
        return self


class UnitGroup(models.Model):
    """A group that a plan names as one ("các phòng chuyên môn"); it is expanded to its units."""

    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="unit_groups", verbose_name="cơ quan"
    )
    code = models.SlugField("mã", max_length=60)
    name = models.CharField("tên nhóm", max_length=300)
    members = models.ManyToManyField(
        Unit, related_name="groups", verbose_name="các đơn vị trong nhóm", blank=True
    )

    history = FieldHistory(m2m_fields=("members",))

    class Meta:
        verbose_name = "nhóm đơn vị"
        verbose_name_plural = "nhóm đơn vị"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                "agency",
                Lower("code"),
                name="unit_group_code_once",
                violation_error_message="Cơ quan đã có nhóm mang mã này.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Alias(models.Model):
    """Another way to write a unit or a group, as old plans and hurried hands do.

    Found without accents and case; one alias names one thing.
    """

    agency = models.ForeignKey(Agency, models.CASCADE, verbose_name="cơ quan")
    name = models.CharField("cách viết khác", max_length=300)
    folded = models.CharField(max_length=300, editable=False)
    unit = models.ForeignKey(
        Unit, models.CASCADE, null=True, blank=True, related_name="aliases", verbose_name="đơn vị"
    )
    group = models.ForeignKey(
        UnitGroup,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="aliases",
        verbose_name="nhóm đơn vị",
    )

    class Meta:
        verbose_name = "cách viết khác của đơn vị"
        verbose_name_plural = "cách viết khác của đơn vị"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "folded"],
                name="alias_once",
                violation_error_message="Cách viết này đã dùng cho một đơn vị hoặc nhóm khác.",
            ),
            models.CheckConstraint(
                condition=Q(unit=None, group__isnull=False) | Q(unit__isnull=False, group=None),
                name="alias_names_one_thing",
                violation_error_message="Chọn đúng một: đơn vị hoặc nhóm đơn vị.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.clean()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def clean(self) -> None:
        self.name = clean_line(self.name)
        self.folded = fold(self.name)
