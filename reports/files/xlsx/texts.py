"""The texts of a workbook, each written once in a part of its own, to which cells refer: names and
titles come again in every row of a plan's history."""

import zipfile
from collections.abc import Iterable, Iterator, Mapping

from reports.files.archive import in_pieces
from reports.files.xml_text import escaped, legal

# How much text a cell of Excel can hold.
LONGEST = 32_767
_CUT = "… (còn nữa, xem trong hệ thống)"

# The rest of a cell without content.
NOTHING = "/>"

_PART = "xl/sharedStrings.xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
# Where a workbook names its parts: what is added there, before which end.
_NAMED = {
    "[Content_Types].xml": (f'<Override PartName="/{_PART}" ContentType="{_TYPE}"/>', "</Types>"),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationship Id="texts" Type="{_RELATION}" Target="/{_PART}"/>',
        "</Relationships>",
    ),
}


class Texts:
    """The texts in the order in which they were first used."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def cell(self, text: str) -> str:
        """The rest of a cell that holds `text`: never a formula, whatever it begins with."""
        if not text:
            return NOTHING
        return f' t="s"><v>{self._numbers.setdefault(text, len(self._numbers))}</v></c>'

    def parts(self, skeleton: zipfile.ZipFile) -> Mapping[str, Iterable[bytes]]:
        """The part of the texts, and those of `skeleton` that name it."""
        found: dict[str, Iterable[bytes]] = {_PART: in_pieces(self._written())}
        for name, (added, end) in _NAMED.items():
            before, place, after = skeleton.read(name).decode().rpartition(end)
            assert place, name
            found[name] = [f"{before}{added}{place}{after}".encode()]
        return found

    def _written(self) -> Iterator[str]:
        yield (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
            f'<sst xmlns="{_MAIN}" uniqueCount="{len(self._numbers)}">'
        )
        for text in self._numbers:
            yield f'<si><t xml:space="preserve">{_content(text)}</t></si>'
        yield "</sst>"


def _content(text: str) -> str:
    if len(text) > LONGEST:
        text = legal(text)
    if len(text) > LONGEST:
        text = text[: LONGEST - len(_CUT)] + _CUT
    return escaped(text)
