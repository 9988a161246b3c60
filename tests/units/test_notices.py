"""People are told what concerns them (units/notices.py)."""

from units.models import Notice
from units.notices import tell


def test_everyone_with_access_is_told_once_but_not_who_did_it(world):
    world.staff.is_active = False

    tell(
        [world.head, world.head, world.staff, world.office],
        "Nhiệm vụ 1 bị trả lại.",
        "/nhiem-vu/1/",
        by=world.office,
    )

    [notice] = Notice.objects.all()
    assert (notice.user, notice.words, notice.path) == (
        world.head,
        "Nhiệm vụ 1 bị trả lại.",
        "/nhiem-vu/1/",
    )
    assert not notice.is_read
    assert f"{notice.told_on:%d/%m/%Y}" == "20/11/2023"


def test_long_words_are_cut(world):
    tell([world.head], "đ" * 401, "/")

    assert Notice.objects.get().words == "đ" * 399 + "…"


def test_each_reads_their_own(world):
    tell([world.head, world.office], "Có việc mới.", "/")

    assert [n.user for n in Notice.objects.visible_to(world.head)] == [world.head]
    assert Notice.objects.visible_to(world.head).unread().count() == 1
