"""People: their order, their label in the history, and who enters Django admin."""

import unicodedata

import pytest

from tests.builders import make_agency, make_unit, make_user
from units.models import Role, User


def test_in_vietnamese_order_by_given_name(db):
    for name in ("Trần Văn Ý", "Nguyễn Trọng Hùng", "Đỗ Thị Ân", "Lê Văn An", "Phạm An Hùng"):
        make_user(Role.STAFF, full_name=name)

    assert list(User.objects.values_list("full_name", flat=True)) == [
        "Lê Văn An",
        "Đỗ Thị Ân",
        "Nguyễn Trọng Hùng",
        "Phạm An Hùng",
        "Trần Văn Ý",
    ]


def test_a_new_name_changes_the_order_also_when_only_it_is_saved(db):
    user = make_user(Role.STAFF, full_name="Trần Văn Ý")
    make_user(Role.STAFF, full_name="Trần Văn Bình")
    user.full_name = unicodedata.normalize("NFD", "  Trần  Văn Ân ")
    user.save(update_fields=["full_name"])

    in_order = User.objects.values_list("full_name", flat=True)
    assert list(in_order) == ["Trần Văn Ân", "Trần Văn Bình"]


@pytest.mark.parametrize("role", Role)
def test_only_administrators_enter_django_admin(db, role):
    user = make_user(role, is_staff=True)

    assert User.objects.get(pk=user.pk).is_staff == (role == Role.ADMIN)


def test_who_is_administrator_no_more_does_not(db):
    user = make_user(Role.ADMIN)
    user.role = Role.STAFF
    user.save(update_fields=["role"])

    assert User.objects.get(pk=user.pk).is_staff is False


def test_createsuperuser_makes_an_administrator(db):
    user = User.objects.create_superuser("goc", password="x", full_name="Quản trị", email="")

    assert (user.role, user.is_staff, user.is_superuser) == (Role.ADMIN, True, True)


def test_label_in_the_history(db):
    unit = make_unit(make_agency(), "cds")

    assert make_user(Role.HEAD, unit, full_name="Lê An", job_title="Trưởng phòng").label == (
        "Lê An, Trưởng phòng, Phòng CDS"
    )
    assert make_user(Role.LEADERSHIP, full_name="Lê An", job_title="Phó Giám đốc").label == (
        "Lê An, Phó Giám đốc"
    )
    assert make_user(Role.ADMIN, None, "goc", full_name="").label == "goc"
