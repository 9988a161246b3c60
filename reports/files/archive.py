"""DOCX and XLSX are zip archives: written again so that the same content gives the same bytes."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping

_CORE = "docProps/core.xml"
_WRITTEN = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")
# The first day a zip archive can carry.
_FIRST = dt.date(1980, 1, 1)
# Letters that are written at once.
_PIECE = 2**16


def stamped(
    archive: bytes, day: dt.date, changed: Mapping[str, Iterable[bytes]] | None = None
) -> bytes:
    """The archive with every entry and the document's own dates set to `day`; `changed` are
    entries with other bytes, in pieces, so that a long one is never whole in memory; what the
    archive has not yet comes last."""
    stamp = f"{day.isoformat()}T00:00:00Z".encode()
    target = io.BytesIO()
    left = dict(changed or {})
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            pieces = left.pop(entry.filename, None) or [old.read(entry)]
            if entry.filename == _CORE:
                pieces = [_WRITTEN.sub(rb"\g<1>" + stamp + rb"\g<2>", one) for one in pieces]
            _write(new, entry.filename, day, pieces)
        for name, pieces in left.items():
            _write(new, name, day, pieces)
    return target.getvalue()


def in_pieces(texts: Iterable[str]) -> Iterator[bytes]:
    """Many short texts as few pieces, in UTF-8."""
    kept, length = [], 0
    for text in texts:
        kept.append(text)
        length += len(text)
        if length >= _PIECE:
            yield "".join(kept).encode()
            kept, length = [], 0
    yield "".join(kept).encode()


def _write(archive: zipfile.ZipFile, name: str, day: dt.date, pieces: Iterable[bytes]) -> None:
    with archive.open(_entry(name, max(day, _FIRST)), "w") as entry:
        for piece in pieces:
            entry.write(piece)


def _entry(name: str, day: dt.date) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = 0  # the same on every system
    return info
