"""Inspections that looked into the task, with what they found; never what was done to persons."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from django.urls import reverse

from plans.models import Finding, Inspection, Task
from plans.timeline.entry import Entry
from units.models import User


def inspections(task: Task, day: dt.date, user: User) -> Iterator[Entry]:
    """Three queries with the units and the findings that the reader may see."""
    found = list(
        Inspection.objects.visible_to(user)
        .known_on(day)
        .filter(task_links__task=task)
        .prefetch_related("unit_links__unit")
    )
    findings = defaultdict(list)
    for finding in (
        Finding.objects.visible_to(user)
        .filter(inspection__in=[one.pk for one in found], recorded_on__lte=day)
        .order_by("pk")
    ):
        findings[finding.inspection_id].append(finding)
    for one in found:
        texts = [("Phạm vi", one.scope)]
        texts += [("Tồn tại", finding.words) for finding in findings[one.pk]]
        if one.document:
            texts.append(("Văn bản", one.document))
        yield Entry(
            recorded_at=one.recorded_at,
            recorded_on=one.recorded_on,
            number=one.pk,
            unit=", ".join(link.unit.short_name for link in one.unit_links.all()),
            who=one.by_label,
            headline=f"Kiểm tra ngày {one.held_on:%d/%m/%Y}",
            kind="inspection",
            texts=tuple(texts),
            path=reverse("inspection", args=[one.pk]),
        )
