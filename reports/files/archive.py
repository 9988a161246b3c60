"""DOCX and XLSX are zip archives: written again so that the same content gives the same bytes."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Mapping

_CORE = "docProps/core.xml"
_WRITTEN = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")
# The first day a zip archive can carry.
_FIRST = dt.date(1980, 1, 1)


def stamped(archive: bytes, day: dt.date, changed: Mapping[str, bytes] | None = None) -> bytes:
    """The archive with every entry and the document's own dates set to `day`; `changed` are
    entries with other bytes."""
    stamp = f"{day.isoformat()}T00:00:00Z".encode()
    day = max(day, _FIRST)
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            data = (changed or {}).get(entry.filename) or old.read(entry)
            if entry.filename == _CORE:
                data = _WRITTEN.sub(rb"\g<1>" + stamp + rb"\g<2>", data)
            new.writestr(_entry(entry.filename, day), data)
    return target.getvalue()


def _entry(name: str, day: dt.date) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = 0  # the same on every system
    return info
