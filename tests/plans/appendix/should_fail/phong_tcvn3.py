"""Text typed in a font of the nineties; it is named, not imported as rubbish."""

from tests.plans.appendix.workbooks import workbook

SAID = "trang “Sheet”, ô B4: chữ gõ bằng TCVN3 (phông .VnTime), không phải Unicode"


def content():
    return workbook([(1, "§«n ®èc tiÕn ®é thùc hiÖn nhiÖm vô", "V¨n phßng Së", "", "30/6/2026")])
