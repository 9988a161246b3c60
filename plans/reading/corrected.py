"""What a person decided about a draft, laid over it.

The shape, as it is kept: {"names": {name: decision (known.py)}, "plan": {field: text},
"tasks": {key: {"code", "title", "wording", "kind", "leads", "supports", "due_on", "dropped"}}}.
Only what was touched is there.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from config.vietnamese.dates import short
from config.vietnamese.text import fold
from plans.reading.deadlines import Deadline
from plans.reading.draft import Draft, DraftPlan, DraftTask, ProposedDue
from plans.reading.known import KEEP_WORDS
from plans.reading.parties import Parties

Corrections = Mapping[str, Mapping[str, Any]]


def merged(steps: Iterable[Corrections]) -> dict[str, dict[str, Any]]:
    """Corrections one after another; later ones win, field by field."""
    whole: dict[str, dict[str, Any]] = {"names": {}, "plan": {}, "tasks": {}}
    for step in steps:
        whole["names"].update(step.get("names", {}))
        whole["plan"].update(step.get("plan", {}))
        for key, fields in step.get("tasks", {}).items():
            whole["tasks"].setdefault(key, {}).update(fields)
    return whole


def taken(due_on: dt.date, proposed: Iterable[ProposedDue] = ()) -> dict[str, Any]:
    """The fields of a plan whose common deadline a person says, with the words of the sentence that
    proposed that day."""
    same = next((one for one in proposed if one.due_on == due_on), None)
    words, reports_too = (same.words, same.reports_too) if same else ("", False)
    return {"due_on": due_on.isoformat(), "due_words": words, "reports_too": reports_too}


def correct_head(plan: DraftPlan, fields: Mapping[str, Any]) -> None:
    """Before the rest is read: the year decides what deadlines mean."""
    for name in ("title", "symbol", "agency_name"):
        if fields.get(name):
            setattr(plan, name, fields[name])
    if fields.get("year"):
        plan.year = int(fields["year"])
    if "due_on" in fields:
        _common_due(plan, fields)
    if fields.get("starts_on"):
        plan.starts_on = dt.date.fromisoformat(fields["starts_on"])


def _common_due(plan: DraftPlan, fields: Mapping[str, Any]) -> None:
    """A day that a person typed, took from a sentence (`due_words`), or took away."""
    if not fields["due_on"]:
        plan.due, plan.due_words, plan.reports_too = Deadline(), "", False
        return
    due_on = dt.date.fromisoformat(fields["due_on"])
    words = fields.get("due_words", "")
    plan.due = Deadline(words or plan.due.words, due_on, said=f"{short(due_on)}, đã sửa")
    if words:
        plan.due_words, plan.reports_too = words, bool(fields.get("reports_too"))


def correct(draft: Draft, corrections: Corrections) -> None:
    """Lay the corrections over the draft and settle the doubts that they answer."""
    correct_head(draft.plan, corrections.get("plan", {}))
    tasks = corrections.get("tasks", {})
    settled: dict[int, Mapping[str, Any]] = {}
    for task in draft.tasks():
        if fields := tasks.get(task.key):
            _task(task, fields)
            settled[task.line] = fields
    names = corrections.get("names", {})
    kept = {fold(name) for name, choice in names.items() if choice == KEEP_WORDS}
    for doubt in draft.doubts:
        fields = settled.get(doubt.line or 0, {})
        if fields.get("dropped") or doubt.settled_by in fields or fold(doubt.name) in kept:
            doubt.must = False
    draft.doubts[:] = [
        one for one in draft.doubts if not (one.field and getattr(draft.plan, one.field))
    ]


def _task(task: DraftTask, fields: Mapping[str, Any]) -> None:
    for name in ("code", "title", "wording", "kind"):
        if fields.get(name):
            setattr(task, name, fields[name])
    task.dropped = bool(fields.get("dropped", task.dropped))
    for name, party in (("leads", "lead"), ("supports", "support")):
        if name in fields:
            was: Parties = getattr(task, party)
            words = was.words or fields.get(f"{party}_words", "")
            setattr(task, party, replace(was, words=words, codes=tuple(fields[name]), unknown=()))
    if "due_on" in fields:
        due_on = dt.date.fromisoformat(fields["due_on"]) if fields["due_on"] else None
        task.due = replace(task.due, due_on=due_on, said="đã sửa", doubt="")
