"""Nothing but empty sheets."""

from tests.plans.appendix.workbooks import sheets

SAID = "không có chữ nào trong các trang tính"


def content():
    return sheets({"Trang 1": (), "Trang 2": ()})
