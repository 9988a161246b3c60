"""Sixty sheets."""

from tests.plans.appendix.workbooks import HEAD, sheets

SAID = "có 60 trang tính, tối đa 50. Đồng chí tách tệp"


def content():
    return sheets({f"Trang {n}": (HEAD,) for n in range(60)})
