"""The lines of a task's story as HTML, and what one record of the history says.

Written in Python like the rows of the list (plans/cells.py), and for the same reason: thirty lines
are most of what a task's page shows. Whatever a person typed goes through `escape`.
"""

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator, normalize_newlines
from django.utils.timezone import localtime

from config.vietnamese.dates import short
from config.vietnamese.numbers import file_size
from plans.models import Evidence, ProgressUpdate, Remark, StepFile, UpdateKind
from plans.timeline.entry import Change, Entry

LONGEST = 120  # characters of words that were only said to hold on
SAID = (UpdateKind.REPORT, UpdateKind.CONTRIBUTION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offers:
    """What the reader of a story may do with its lines: remark on the updates of the parts
    `may_remark`, set right what `own_unit` said, send up the difficulty of the update `raises`.
    All are keys; `csrf` is the token for the form of the last."""

    may_remark: Set[int] = frozenset()
    own_unit: int | None = None
    raises: int | None = None
    csrf: str = ""


def lines_html(entries: Iterable[Entry], offers: Offers) -> SafeString:
    """An item of a list for each entry."""
    lines = "\n".join("".join(_line(entry, offers)) for entry in entries)
    return mark_safe(lines)  # noqa: S308 - every part is escaped where it is made


def _line(entry: Entry, offers: Offers) -> Iterator[str]:
    update = entry.update
    name = f' id="ghi-{update.pk}"' if update else ""
    headline: str = escape(entry.headline)
    if entry.path:
        headline = f'<a href="{escape(entry.path)}">{headline}</a>'
    yield f'<li class="entry {entry.kind}"{name}>\n<p class="head">'
    yield f'<time datetime="{entry.recorded_on.isoformat()}">{short(entry.recorded_on)}</time> '
    yield f"<b>{headline}</b> – {escape(entry.unit)}</p>\n"
    at = localtime(entry.recorded_at)
    yield f'<p class="quiet">{at:%H:%M} · {escape(entry.who)}</p>\n'
    yield from map(_change, entry.changes)
    if update:
        yield from _corrections(entry, update)
        yield update_html(update)
        yield from _offered(entry, update, offers)
    else:
        told = "".join(_said(name, _lines(words)) for name, words in entry.texts)
        yield f'<dl class="update">\n{told}{files_html(entry.files)}</dl>'
    yield "\n</li>"


def _change(change: Change) -> str:
    before, after = escape(change.before), escape(change.after)
    return (
        f'<p class="change">{escape(change.name)}: <span class="unseen">từ </span>{before} '
        f'<span aria-hidden="true">→</span><span class="unseen"> thành </span> <b>{after}</b></p>\n'
    )


def _corrections(entry: Entry, update: ProgressUpdate) -> Iterator[str]:
    if update.corrects:
        day = short(update.corrects.recorded_on)
        yield f'<p>Đính chính cho <a href="#ghi-{update.corrects_id}">lần ghi ngày {day}</a>.</p>\n'
    for one in entry.corrections:
        day = short(one.recorded_on)
        yield f'<p>Đã được <a href="#ghi-{one.pk}">đính chính ngày {day}</a>.</p>\n'


def _offered(entry: Entry, update: ProgressUpdate, offers: Offers) -> Iterator[str]:
    part, day = update.assignment, short(entry.recorded_on)
    is_said = update.kind in SAID
    if is_said and offers.own_unit == part.unit_id and not update.unchanged:
        form = reverse("progress-record", args=[part.task_id, part.pk])
        words = f'Đính chính<span class="unseen"> lần ghi ngày {day}</span>'
        yield f'<p><a href="{form}?dinh-chinh={update.pk}">{words}</a></p>'
    if is_said and part.pk in offers.may_remark:
        about = f"vào cập nhật ngày {day} của {escape(entry.unit)}"
        words = f'Góp ý<span class="unseen"> {about}</span>'
        yield f'<p><a href="{reverse("remark", args=[update.pk])}">{words}</a></p>'
    if update.pk == offers.raises:
        yield (
            f'<form method="post" action="{reverse("difficulty-from-update", args=[update.pk])}">'
            f'<input type="hidden" name="csrfmiddlewaretoken" value="{escape(offers.csrf)}">'
            "<button>Gửi khó khăn, đề xuất này lên Văn phòng</button></form>"
        )


_WORDS = (
    ("Kết quả", "result"),
    ("Khó khăn", "difficulty"),
    ("Nguyên nhân", "cause"),
    ("Việc tiếp theo", "next_step"),
    ("Đề xuất", "proposal"),
    ("Giải trình", "explanation"),
)


def update_html(update: ProgressUpdate) -> SafeString:
    """The words, values and evidence of one record of the history, with what was remarked on them;
    `evidence`, `values__measure` and `remarks` are best at hand."""
    by = ""
    if update.prepared_by_label:
        prepared, sent = escape(update.prepared_by_label), escape(update.by_label)
        by = f'<p class="quiet">{prepared} chuẩn bị; {sent} gửi.</p>\n'
    told = _unchanged(update) if update.unchanged else "".join(_told(update))
    return mark_safe(by + told)  # noqa: S308 - every part is escaped where it is made


def _unchanged(update: ProgressUpdate) -> str:
    last = ""
    if update.result:
        words = conditional_escape(Truncator(update.result).chars(LONGEST))
        last = f': <span class="quiet">{words}</span>'
    return f"<p>Nội dung như lần cập nhật trước{last}</p>"


def _told(update: ProgressUpdate) -> Iterator[str]:
    remarks = update.remarks_on
    yield '<dl class="update">\n'
    if update.completed_on:
        yield _said("Ngày hoàn thành", short(update.completed_on))
    for name, field in _WORDS:
        if words := getattr(update, field):
            yield _said(name, _lines(words), remarks.get(field, ()))
    if update.reason:
        yield _said("Lý do", _lines(update.reason))
    for value in update.values.all():
        words = f"{escape(value.measure.name)}: <b>{escape(str(value))}</b>"
        yield _said("Số liệu", words, remarks.get(value.remark_target, ()))
    for proof in update.evidence.all():
        yield _said("Tài liệu", _proof(proof), remarks.get(proof.remark_target, ()))
    yield "</dl>"


def _proof(proof: Evidence) -> str:
    words: str = escape(proof.label)
    if proof.file:
        words = _file(reverse("evidence", args=[proof.pk]), words, proof.size)
    return f"{words} – {escape(proof.proves)}" if proof.proves else words


def files_html(files: Iterable[StepFile]) -> SafeString:
    """The files of a step, each a download."""
    told = "".join(
        _said("Tệp", _file(reverse("step-file", args=[one.pk]), escape(one.name), one.size))
        for one in files
    )
    return mark_safe(told)  # noqa: S308 - every part is escaped where it is made


def _file(address: str, name: str, size: int) -> str:
    return f'<a href="{address}" download>{name}</a> <span class="quiet">({file_size(size)})</span>'


def _said(name: str, words: str, remarks: Sequence[Remark] = ()) -> str:
    told = "".join(
        f'<div class="remark"><p class="quiet">Góp ý {short(one.recorded_on)} · '
        f"{escape(one.by_label)}</p><p>{_lines(one.text)}</p></div>"
        for one in remarks
    )
    return f"<dt>{escape(name)}</dt><dd>{words}{told}</dd>\n"


def _lines(words: str) -> str:
    return escape(normalize_newlines(words)).replace("\n", "<br>")
