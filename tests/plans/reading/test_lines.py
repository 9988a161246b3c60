"""Text files whose lines were wrapped by hand: what is one paragraph."""

import pytest

from plans.reading import read_source

HANGING = """\
- Văn phòng Sở chủ trì rà soát, công khai thủ tục hành chính, niêm
  yết tại bộ phận một cửa và trang thông tin điện tử, phối hợp với
  Thanh tra Sở.
- Phòng Một làm x.
"""
SET_IN = """\
    Văn phòng Sở chủ trì rà soát, công khai thủ tục hành chính, niêm
yết tại bộ phận một cửa và trang thông tin điện tử của cơ quan, xong
    Phòng Một làm x.
\tThanh tra làm y.
"""


@pytest.mark.parametrize(
    ("text", "begin"),
    [
        (HANGING, ["- Văn phòng Sở", "- Phòng Một"]),
        (SET_IN, ["Văn phòng Sở", "Phòng Một", "Thanh tra"]),
    ],
)
def test_an_indent_begins_a_paragraph_or_hangs_below_it(text, begin):
    lines = [line.text for line in read_source(text.encode(), "a.txt").lines]

    assert len(lines) == len(begin)
    assert all(map(str.startswith, lines, begin))
