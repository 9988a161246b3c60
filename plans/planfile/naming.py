"""How messages quote what was written, and what a mistyped name was probably meant to be."""

from collections.abc import Collection
from difflib import get_close_matches
from textwrap import shorten


def quoted(written: str) -> str:
    """What was written, in quotes and cut where it is long."""
    return f"“{shorten(written, 80, placeholder='…')}”"


def nearest(written: str, known: Collection[str]) -> str:
    """ "Gần nhất: “cds”." when something is near, else all that could have been written."""
    if not known:
        return "Tệp chưa khai báo mã nào."
    if close := get_close_matches(written, known, n=1, cutoff=0.5):
        return f"Gần nhất: {quoted(close[0])}."
    return f"Chỉ có: {', '.join(known)}."
