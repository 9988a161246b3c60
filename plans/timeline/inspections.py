"""Inspections that looked into the task, with what they found; never what was done to persons."""

from collections import defaultdict
from collections.abc import Iterator

from django.urls import reverse

from plans.models import Finding, Inspection
from plans.timeline.entry import Entry, Story


def inspections(story: Story) -> Iterator[Entry]:
    """One query, two more with the units and the findings that the reader may see where there is
    one."""
    found = list(
        Inspection.objects.visible_to(story.user)
        .known_on(story.day)
        .filter(task_links__task=story.task)
        .prefetch_related("unit_links__unit")
    )
    if not found:
        return
    findings = defaultdict(list)
    for finding in (
        Finding.objects.visible_to(story.user)
        .filter(inspection__in=[one.pk for one in found], recorded_on__lte=story.day)
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
            unit=", ".join(link.unit.short_name_on(one.held_on) for link in one.unit_links.all()),
            who=one.by_label,
            headline=f"Kiểm tra ngày {one.held_on:%d/%m/%Y}",
            kind="inspection",
            texts=tuple(texts),
            path=reverse("inspection", args=[one.pk]),
        )
