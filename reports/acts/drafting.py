"""The Office writes the consolidated report of a round: begins, words passages anew, takes in what
the units reported since, and begins a correction of an issued one."""

import uuid
from collections.abc import Sequence

from django.db import transaction

from config.vietnamese.text import clean
from plans.acts.refusals import Invalid, NotNow
from plans.texts import TextRefused, accepted
from reports.acts.report_history import (
    ReportMovedOn,
    already_done,
    append,
    checked_words,
    locked,
    next_number,
    record,
    require,
    require_state,
    require_unchanged,
)
from reports.content.frozen import freeze
from reports.models import ConsolidatedReport, PassageEdit, ReportStep, Round
from reports.round_content.build import corrected, drafted
from reports.round_content.sources import sources_of
from reports.rules import may_draft
from reports.states.consolidated import Act
from units import clock
from units.models import User

MAX_TEXT = 20_000
_ONLY_OFFICE = "Văn phòng Sở soạn báo cáo tổng hợp."


def start(*, round_id: int, by: User, request_key: uuid.UUID) -> ConsolidatedReport:
    """Begin the report of a round, from the reports accepted until now."""
    with transaction.atomic():
        round = _locked_round(round_id)
        if earlier := already_done(request_key, by, Act.START):
            return earlier.report
        require(may_draft, by, _ONLY_OFFICE)
        if round.consolidated.exists():
            raise NotNow(f"“{round}” đã có báo cáo tổng hợp. Đồng chí mở báo cáo đó để làm tiếp.")
        report = _make(round, by, request_key, Act.START)
        return report


def correct(
    *, report_id: int, by: User, words: str, seen: int, request_key: uuid.UUID
) -> ConsolidatedReport:
    """A new version in place of an issued report: with its cut-off, its figures, what was worded by
    hand and who was chosen to sign. To take in what units reported since is a choice (`refresh`).

    The issued one stays as it is; the new one names it when it is issued (Điều 18.3).
    """
    with transaction.atomic():
        old = locked(report_id)
        if earlier := already_done(request_key, by, Act.CORRECT, words):
            return earlier.report
        require(may_draft, by, _ONLY_OFFICE)
        require_unchanged(old, seen)
        require_state(Act.CORRECT, old)
        if old.round.consolidated.filter(replaces=old).exists():
            raise NotNow("Đã có bản thay thế của báo cáo này. Đồng chí mở bản đó để làm tiếp.")
        reason = checked_words(words, Act.CORRECT)
        new = _make(old.round, by, request_key, Act.CORRECT, replaces=old, words=reason)
        _take_over(old, new, by)
        return new


def edit(
    *,
    report_id: int,
    passage: str,
    by: User,
    text: str | None,
    seen: int,
    request_key: uuid.UUID,
) -> PassageEdit:
    """Word a passage anew; None goes back to the generated words.

    `seen` is the number of the newest edit of this passage that the person had before their eyes
    (0: none). The same text with the same `request_key` again returns the first record.
    """
    with transaction.atomic():
        report = locked(report_id)
        written = None if text is None else clean(text)
        earlier = PassageEdit.objects.filter(request_key=request_key).first()
        if earlier and (earlier.by_id, earlier.passage, earlier.text) == (by.pk, passage, written):
            return earlier
        require(may_draft, by, _ONLY_OFFICE)
        newest = report.edits.filter(passage=passage).last()
        if seen != (newest.sequence if newest else 0):
            raise ReportMovedOn(newest)
        require_state(Act.EDIT, report)
        found = report.draft.passage(passage)
        if found is None:
            raise NotNow("Đoạn này không còn trong dự thảo. Đồng chí tải lại trang báo cáo.")
        made = PassageEdit(
            report=report,
            passage=passage,
            name=found.name[:300],
            sequence=next_number(report),
            request_key=request_key,
            text=None if text is None else _checked(text),
            generated=found.text,
            by=by,
            by_label=by.label,
            recorded_on=clock.today(),
            recorded_at=clock.now(),
        )
        made.save()
        report.save(update_fields=["sequence"])
        return made


def refresh(*, report_id: int, by: User, seen: int, request_key: uuid.UUID) -> ReportStep:
    """Make the generated draft anew from the reports accepted until now. What people worded stays
    as they wrote it; the new generated words are shown beside."""
    with transaction.atomic():
        report = locked(report_id)
        if earlier := already_done(request_key, by, Act.REFRESH):
            return earlier
        require(may_draft, by, _ONLY_OFFICE)
        require_unchanged(report, seen)
        require_state(Act.REFRESH, report)
        _generate(report)
        return append(
            report,
            Act.REFRESH,
            by=by,
            request_key=request_key,
            columns=("as_of", "generated", "sources"),
        )


def _locked_round(round_id: int) -> Round:
    rounds = Round.objects.select_for_update(of=("self",))
    return rounds.select_related("plan__agency", "plan__parent").get(pk=round_id)


def _make(
    round: Round,
    by: User,
    request_key: uuid.UUID,
    act: Act,
    *,
    replaces: ConsolidatedReport | None = None,
    words: str = "",
) -> ConsolidatedReport:
    report = ConsolidatedReport(
        round=round,
        agency=round.plan.agency,
        version=replaces.version + 1 if replaces else 1,
        replaces=replaces,
        sequence=1,
    )
    if replaces:
        report.signing_authority = replaces.signing_authority
        report.signing_title = replaces.signing_title
        report.signing_name = replaces.signing_name
        report.as_of = replaces.as_of
        report.sources = replaces.sources
        report.generated = freeze(
            corrected(replaces.draft, version=report.version, replaces=replaces.cited)
        )
    else:
        _generate(report)
    report.save()
    record(report, act, report.sequence, by=by, request_key=request_key, words=words)
    return report


def _generate(report: ConsolidatedReport) -> None:
    round = report.round
    report.as_of = round.content_day(clock.today())
    sources = sources_of(round, report.as_of)
    draft = drafted(
        round,
        sources,
        report.as_of,
        version=report.version,
        replaces=report.replaces.cited if report.replaces else "",
    )
    report.generated = freeze(draft)
    report.sources = sorted(sources.version_ids)


def _take_over(old: ConsolidatedReport, new: ConsolidatedReport, by: User) -> None:
    """The hand-written passages of the old version, as edits of the new one."""
    draft = new.draft
    names: dict[str, PassageEdit] = {one.passage: one for one in _newest(list(old.edits.all()))}
    for key, text in old.edited.items():
        passage = draft.passage(key)
        PassageEdit(
            report=new,
            passage=key,
            name=names[key].name,
            sequence=next_number(new),
            text=text,
            generated=passage.text if passage else "",
            by=by,
            by_label=by.label,
            recorded_on=clock.today(),
            recorded_at=clock.now(),
        ).save()
    new.save(update_fields=["sequence"])


def _newest(edits: Sequence[PassageEdit]) -> list[PassageEdit]:
    return list({one.passage: one for one in edits}.values())


def _checked(text: str) -> str:
    try:
        return accepted(text, max_length=MAX_TEXT)
    except TextRefused as refused:
        raise Invalid({"text": str(refused)}) from refused
