"""Where a passage that a person worded anew names other figures or another day than its generated
words: whoever submits the report says that they have checked these places.

Of a passage without generated words only the day up to which something is told is looked at: any
figure there may be right, as the report has none to compare it with.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from config.vietnamese.numbers import padded
from reports.round_content.passages import Draft, Passage

_FIGURE = re.compile(r"\d+(?:[.,/]\d+)*%?")
# What has digits and counts nothing: documents, months and years, codes of tasks ("1.2.2.1", "3.b";
# a plain one only where it can be no count) and numbered places of a text.
_NO_FIGURE = re.compile(
    r"""
    \b\d+(?:/\d{4})?(?:/|-(?=\w+/))[^\W\d_][\w./-]*                # 142/KH-UBND, 30/2020/NĐ-CP
    | (?<![\d/.-])\d{1,2}[/.-]\d{4}\b                               # 12/2023
    | \b(?:[Nn]ăm|[Gg]iai\ đoạn|[Qq]uý\ [IVX]+/)\s*\d{4}(?:\s?[-–]\s?\d{4})?   # năm 2023
    | (?<=[A-Z]\s)20\d\d\b                                         # PAR INDEX 2023
    | \b(?:[Nn]hiệm\ vụ|[Mm]ục|[Tt]iêu\ chí)\ \d+(?=\s*(?:[:;,.)(]\D|[:;,.)(]?$))
    | \b(?:[Bb]ảng|[Bb]iểu\ đồ|[Pp]hụ\ lục|[Đđ]iều|[Kk]hoản|[Pp]hiên\ bản)\ \d+\b
    | (?<![\d.,/])\d+(?:\.\d+)*\.[a-zđ]\b                            # 3.b
    | (?<![\d.,/])(?:\d+\.){2,}\d{1,2}\b(?![/%]|[.,]\d)                # 1.2.2.1
    | (?<![\d.,/])\d+\.\d{1,2}\b(?![/%]|[.,]\d)                        # 2.1
    """,
    re.VERBOSE,
)
_DAY = r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?"
_UP_TO = re.compile(rf"\b[Đđ]ến (?:hết )?ngày ({_DAY})")
# What lasted from one day to another is told up to no day.
_SPAN = re.compile(rf"\b[Tt]ừ (?:ngày )?{_DAY} đến (?:hết )?ngày {_DAY}")
# So many passages are named in a sentence; the page lists them all.
NAMED = 5


@dataclass(frozen=True, slots=True)
class Difference:
    """A passage whose edited words name other days or figures than the generated ones."""

    passage: Passage
    other_days: tuple[str, ...]
    added: tuple[str, ...]
    lost: tuple[str, ...]

    def __str__(self) -> str:
        """ "Kết quả chung (ngày 15/11/2023; thêm 99/13; không còn 08/13)"."""
        said = (("ngày", self.other_days), ("thêm", self.added), ("không còn", self.lost))
        parts = [f"{word} {', '.join(found)}" for word, found in said if found]
        return f"{self.passage.name} ({'; '.join(parts)})"


def differences(draft: Draft, edited: Mapping[str, str]) -> tuple[Difference, ...]:
    """Every passage of a draft that differs from what people wrote (by key), in the order of the
    report."""
    day = draft.content.day
    found = (difference(one, edited.get(one.key), day) for one in draft.passages)
    return tuple(one for one in found if one)


def difference(passage: Passage, written: str | None, day: dt.date) -> Difference | None:
    """How `written` differs from the generated words; `day` is the report's. None when it names
    nothing else, or nobody wrote it."""
    if written is None:
        return None
    found = Difference(
        passage,
        other_days=tuple(_other_days(passage.text, written, day)),
        added=_added(passage, written) if passage.text else (),
        lost=lost_figures(passage.text, written),
    )
    return found if found.other_days or found.added or found.lost else None


def places(found: Sequence[Difference]) -> str:
    """ "02 chỗ có số hoặc ngày khác lời máy soạn: Kết quả chung (ngày 15/11/2023); …"."""
    named = "; ".join(map(str, found[:NAMED]))
    more = f" và {padded(len(found) - NAMED)} đoạn khác" if len(found) > NAMED else ""
    return f"{counted(found)}: {named}{more}"


def counted(found: Sequence[Difference]) -> str:
    return f"{padded(len(found))} chỗ có số hoặc ngày khác lời máy soạn"


def lost_figures(generated: str, written: str) -> tuple[str, ...]:
    """Counts, rates and days that stand in the generated words and not in what a person wrote
    instead; no codes of tasks, years or numbers of documents.

    >>> lost_figures("hoàn thành 08/13 nhiệm vụ (61,5%)", "hoàn thành 09/13 nhiệm vụ")
    ('08/13', '61,5%')
    """
    said = set(_figures(written))
    return tuple(dict.fromkeys(one for one in _figures(generated) if one not in said))


def _figures(text: str) -> list[str]:
    return _FIGURE.findall(_NO_FIGURE.sub(" ", text))


def _added(passage: Passage, written: str) -> tuple[str, ...]:
    """Figures that only a person wrote: neither in the generated words nor around them."""
    printed = (*passage.fixed, *passage.blocks, *passage.tables)
    return lost_figures(written, " ".join(f"{one.label} {one.text} {one.note}" for one in printed))


def _other_days(generated: str, written: str, day: dt.date) -> Iterator[str]:
    """Days up to which only the written words tell ("đến ngày 25/11"), each as it is written."""
    known = {(day.day, day.month, day.year), *(one for _, one in _days(generated, day))}
    yield from dict.fromkeys(said for said, one in _days(written, day) if one not in known)


def _days(text: str, day: dt.date) -> Iterator[tuple[str, tuple[int, int, int]]]:
    """A day without a year is one of the report's."""
    for found in _UP_TO.finditer(_SPAN.sub("", text)):
        said, *parts = found.groups()
        yield said, (int(parts[0]), int(parts[1]), int(parts[2] or day.year))
