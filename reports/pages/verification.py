"""Whether a file is one that was issued: by its hash, and if not, whether it looks like one that
was altered. The file is read and not kept."""

import contextlib
import hashlib
import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from reports.models import ConsolidatedReport, IssuedFile, MadeFile

# A package of Word or Excel whose parts would unpack to more is not looked into.
_MAX_UNPACKED = 80 * 2**20
# Where a PDF, whatever became of its end, may say which one it is, and where a workbook begins that
# is attached to it; so many of them are looked at.
_IDENTIFIER = re.compile(rb"/ID\s{0,9}\[")
_ATTACHED = re.compile(rb"/EmbeddedFile\b")
_STREAM = re.compile(rb"\bstream\r?\n")
_LOOKED_AT = 5
_TEXTS = re.compile(r"^(word/document\.xml|xl/sharedStrings\.xml|xl/worksheets/sheet\d+\.xml)$")
_TAGS = re.compile(r"<[^>]+>")


class Verdict(StrEnum):
    """What a file is: issued, made here of what was not issued, no longer as it was issued, or none
    of ours."""

    ISSUED = "issued"
    MADE = "made"
    ALTERED = "altered"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict on a file with this SHA-256, and the report it is of or claims to be."""

    verdict: Verdict
    sha256: str
    report: ConsolidatedReport | None = None
    file: IssuedFile | None = None
    made: tuple[MadeFile, ...] = ()


def check(data: bytes) -> Finding:
    """What a file is, judged by its bytes alone; its name says nothing."""
    sha256 = hashlib.sha256(data).hexdigest()
    found = (
        IssuedFile.objects.filter(sha256=sha256)
        .select_related("report__round", "report__replaced_by")
        .order_by("pk")
        .first()
    )
    if found:
        return Finding(Verdict.ISSUED, sha256, found.report, found)
    if made := tuple(MadeFile.objects.filter(sha256=sha256)):
        return Finding(Verdict.MADE, sha256, made=made)
    if report := _claimed(data):
        return Finding(Verdict.ALTERED, sha256, report)
    return Finding(Verdict.UNKNOWN, sha256)


def _claimed(data: bytes) -> ConsolidatedReport | None:
    """The report that an unknown file pretends to be: a PDF by its identifier, which editing keeps
    and which is the start of the content's hash, or when its end is lost by the workbook that is
    attached to it; Word and Excel by the number they print."""
    issued = list(ConsolidatedReport.objects.exclude(number=None).select_related("round"))
    if not data.startswith(b"%PDF-"):
        return _numbered(issued, data)
    places = islice(_IDENTIFIER.finditer(data), _LOOKED_AT)
    identifiers = b"".join(data[one.start() : one.start() + 300] for one in places)
    named = next((one for one in issued if _identifies(one, identifiers)), None)
    found = (_numbered(issued, workbook) for workbook in _attached(data))
    return named or next((one for one in found if one), None)


def _numbered(issued: list[ConsolidatedReport], data: bytes) -> ConsolidatedReport | None:
    text = _office_text(data)
    return next((one for one in issued if text and f"Số: {one.number_and_symbol}" in text), None)


def _attached(data: bytes) -> Iterator[bytes]:
    """What is attached to a PDF, as far as it can be unpacked."""
    whole = memoryview(data)
    for place in islice(_ATTACHED.finditer(data), _LOOKED_AT):
        if begins := _STREAM.search(data, place.end(), place.end() + 600):
            with contextlib.suppress(zlib.error):
                yield zlib.decompressobj().decompress(whole[begins.end() :], _MAX_UNPACKED)


def _identifies(report: ConsolidatedReport, data: bytes) -> bool:
    digest = report.sha256[:32]
    return digest.encode() in data.lower() or _as_written(bytes.fromhex(digest)) in data


def _as_written(identifier: bytes) -> bytes:
    """As a literal string of a PDF: brackets and backslashes in it stand behind a backslash."""
    return re.sub(rb"([\\()])", rb"\\\1", identifier)


def _office_text(data: bytes) -> str:
    """The words of a Word or Excel file; "" for anything else."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = [one for one in package.infolist() if _TEXTS.match(one.filename)]
            if sum(one.file_size for one in parts) > _MAX_UNPACKED:
                return ""
            xml = "".join(package.read(one).decode("utf-8", "replace") for one in parts)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, EOFError):
        return ""
    return html.unescape(_TAGS.sub("", xml))
