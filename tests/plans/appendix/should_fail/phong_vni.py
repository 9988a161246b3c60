"""The same in the fonts of the south."""

from tests.plans.appendix.workbooks import workbook

SAID = "trang “Sheet”, ô B4: chữ gõ bằng VNI (phông VNI-Times), không phải Unicode"


def content():
    return workbook([(1, "Ñoân ñoác tieán ñoä thöïc hieän", "Vaên phoøng", "", "30/6/2026")])
