"""What may be typed into the texts of an update."""

import unicodedata

import pytest

from plans.texts import TextRefused, accepted


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Đã xong.  ", "Đã xong."),
        (unicodedata.normalize("NFD", "Đã gửi văn bản"), "Đã gửi văn bản"),
        ("<script>alert('x')</script>", "<script>alert('x')</script>"),
        ("=1+1", "=1+1"),
        ("", ""),
        ("ă" * 5000, "ă" * 5000),
        (unicodedata.normalize("NFD", "ă" * 5000), "ă" * 5000),
        ("dòng 1\r\n\r\n\r\ndòng 2", "dòng 1\n\ndòng 2"),
    ],
)
def test_accepted(typed, kept):
    assert accepted(typed) == kept


def test_too_long_says_how_long_and_how_long_it_may_be():
    with pytest.raises(TextRefused) as refusal:
        accepted("a" * 20_000)

    assert str(refusal.value) == (
        "Nội dung dài 20.000 ký tự, tối đa 5.000. Đồng chí rút gọn hoặc đính kèm thành tệp."
    )


def test_a_legacy_font_is_refused():
    with pytest.raises(TextRefused) as refusal:
        accepted("§«n ®èc tiÕn ®é")

    assert str(refusal.value) == (
        "Nội dung được gõ bằng bảng mã cũ (TCVN3 hoặc VNI) nên không đọc được. "
        "Đồng chí chuyển sang Unicode rồi dán lại."
    )
