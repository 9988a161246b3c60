"""Text typed in a legacy font, found and named before it is taken for Vietnamese (V5)."""

import re

from config.vietnamese.text import looks_legacy

TCVN3 = "TCVN3 (phông .VnTime)"
VNI = "VNI (phông VNI-Times)"
_VNI = re.compile(r"(?i:a[ùøûâêéèúüä]|[eo][øâùäûá]|ö[ôùøïû]|[uy]ù|(?<!\w)ñ)")


def legacy_kind(text: str) -> str | None:
    """The name of the old code in which `text` was typed, None for Unicode."""
    if not looks_legacy(text):
        return None
    return VNI if len(_VNI.findall(text)) >= 2 else TCVN3
