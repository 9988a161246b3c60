"""Text whose letters and marks are stored apart (NFD), as some systems save it, with spaces that
cannot be seen."""

import unicodedata

from tests.plans.appendix.workbooks import HEAD, workbook


def content():
    def apart(cells):
        return [unicodedata.normalize("NFD", str(cell)) for cell in cells]

    row = (
        "1", "Rà soát\u00a0hồ sơ\u200b tồn đọng", "Phòng Công nghệ thông tin", "Văn phòng Sở",
        "Quý III/2026", "Báo cáo", "",
    )  # fmt: skip
    return workbook([apart(row)], head=apart(HEAD))
