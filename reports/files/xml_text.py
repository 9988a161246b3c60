"""Texts of people as XML can hold them, in DOCX and XLSX alike."""

import re
from xml.sax.saxutils import escape

# What XML 1.0 cannot hold; texts are cleaned on entry, a file must open whatever came in.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(text: str) -> str:
    """The text without what XML cannot hold."""
    # What can be printed holds none of it, and is found out in a fraction of the time.
    return text if text.isprintable() else _ILLEGAL.sub("", text)


def escaped(text: str) -> str:
    """The text as it stands between tags."""
    return escape(legal(text))
