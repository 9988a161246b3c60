"""A workbook of many rows is compared and applied by the worker (units/orders.py): what was ordered
for it last, and how far that is. What is small stays in the request.
"""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django_tasks import TaskContext, task

from plans.acts import appendix_import
from plans.acts.amending import require_reason
from plans.acts.refusals import Refusal
from plans.appendix.outcomes import Options
from plans.appendix.preview import Preview, loaded, preview_of
from plans.models import AppendixImport
from units import clock, orders
from units.authorship import written_by
from units.models import User
from units.notices import tell
from units.orders import Order

# Comparing and applying fewer takes a second or two.
MANY = 500
# Of applying, what is left for the one transaction to end.
_WRITTEN = 95


def is_large(one: AppendixImport) -> bool:
    """Whether the workbook has many rows, or its plan many tasks."""
    rows = sum(len(sheet["rows"]) for sheet in one.sheets)
    return rows >= MANY or one.plan.tasks.count() >= MANY


def comparing(one: AppendixImport, options: Options) -> Order | None:
    """The last order of a preview with these options, if there is any."""
    given = asdict(options)
    found = _orders(compare_ordered, one)
    return next((each for each in found if given.items() <= each.given.items()), None)


def applying(one: AppendixImport) -> Order | None:
    """The last order to apply the workbook, whoever placed it."""
    return next(iter(_orders(apply_ordered, one)), None)


def _orders(job: Any, one: AppendixImport) -> list[Order]:
    """Newest first."""
    found = orders.placed(job).filter(args_kwargs__kwargs__import_id=one.pk)
    return [Order.of(result) for result in found.order_by("-enqueued_at")]


def place_compare(one: AppendixImport, options: Options, by: User) -> UUID:
    return orders.place(compare_ordered, {"import_id": one.pk, **asdict(options)}, by)


def place_apply(
    one: AppendixImport, preview: Preview, options: Options, *, by: User, seen: str, reason: str
) -> UUID:
    """Order that the workbook be applied, once; what can be refused now is refused now."""
    if preview.needs_reason:
        require_reason(reason)
    given = {"import_id": one.pk, **asdict(options), "seen": seen, "reason": reason}
    with transaction.atomic():
        # Two people at once wait for each other at the row of the import.
        AppendixImport.objects.select_for_update().defer("sheets").get(pk=one.pk)
        pending = applying(one)
        if pending is not None and pending.is_pending:
            return pending.id
        return orders.place(apply_ordered, given, by)


def previewed(order: Order) -> Preview | None:
    """What a preview that is done says; None when it has been removed."""
    return loaded(order.path.read_bytes()) if order.has_file else None


@task(takes_context=True)
def compare_ordered(
    context: TaskContext,
    *,
    import_id: int,
    withdraw_missing: bool,
    keep_words: bool,
    by: int,
    other_plan: bool = False,
) -> str:
    order = orders.order_id(context)
    one = AppendixImport.objects.select_related("plan__agency").get(pk=import_id)
    with orders.progress(order) as told, clock.set_to(clock.today()):
        options = Options(withdraw_missing, keep_words, other_plan)
        comparison = appendix_import.compared(one, options, told)
        orders.write(orders.path_of(order), preview_of(comparison, clock.now()).dumped())
    return ""


@task(takes_context=True)
def apply_ordered(
    context: TaskContext,
    *,
    import_id: int,
    withdraw_missing: bool,
    keep_words: bool,
    seen: str,
    reason: str,
    by: int,
    other_plan: bool = False,
) -> str:
    """Apply the workbook and tell the one who waits; returns why it was refused, or nothing."""
    order, person = orders.order_id(context), User.objects.get(pk=by)
    page = reverse("appendix-review", args=[import_id])
    try:
        with orders.progress(order) as told, written_by(person):
            one = appendix_import.apply(
                import_id=import_id,
                by=person,
                seen=seen,
                options=Options(withdraw_missing, keep_words, other_plan),
                reason=reason,
                told=orders.part(told, 0, _WRITTEN),
            )
    except Refusal as refusal:
        name = AppendixImport.objects.values_list("file_name", flat=True).get(pk=import_id)
        tell([person], f"Phụ lục {name} chưa được áp dụng: {refusal}", page)
        return str(refusal)
    tell([person], f"Đã áp dụng phụ lục {one.file_name}: {one.outcome}.", page)
    return ""
