"""The history can be added to and read; nothing changes or deletes it, on any channel."""

from decimal import Decimal

import pytest
from django.db.models import ProtectedError

from plans.models import (
    DueDateChange,
    Evidence,
    Extension,
    ExtensionStep,
    HistoryIsKept,
    MeasureValue,
    ProgressUpdate,
    Remark,
)
from tests.builders import TODAY, a_document, agree, ask, day, make_measure, record, remark
from tests.plans.acts.database import contents

MODELS = (
    ProgressUpdate,
    MeasureValue,
    Evidence,
    DueDateChange,
    Extension,
    ExtensionStep,
    Remark,
)


@pytest.fixture
def history(world):
    measure = make_measure(world.task)
    record(world.lead, world.staff, values={measure.pk: Decimal(50)}, evidence=(a_document(),))
    remark(world.lead.updates.get(), world.office)
    agree(ask(world.lead, world.head, day(12, 15)), world.leadership)
    return world


WAYS = {
    "save": lambda model, one: one.save(),
    "save of a column": lambda model, one: one.save(update_fields=["id"]),
    "forced save": lambda model, one: one.save(force_update=True),
    "delete": lambda model, one: one.delete(),
    "update of many": lambda model, one: model.objects.update(id=99),
    "update of some": lambda model, one: model.objects.filter(pk=one.pk).update(id=99),
    "update by base manager": lambda model, one: model._base_manager.all().update(id=99),
    "delete of many": lambda model, one: model.objects.all().delete(),
    "delete by base manager": lambda model, one: model._base_manager.all().delete(),
    "bulk update": lambda model, one: model.objects.bulk_update([one], ["id"]),
    "update or create": lambda model, one: model.objects.update_or_create(
        pk=one.pk, defaults={"id": one.pk}
    ),
    "upsert": lambda model, one: model.objects.bulk_create(
        [one], update_conflicts=True, unique_fields=["id"], update_fields=["id"]
    ),
}


@pytest.mark.parametrize("model", MODELS)
def test_no_way_to_change_or_delete_a_record(history, model):
    one = model.objects.get()
    before = contents()

    for change in WAYS.values():
        with pytest.raises(HistoryIsKept) as refusal:
            change(model, one)
        assert str(refusal.value) == "Lịch sử chỉ ghi thêm, không sửa và không xóa."

    assert contents() == before


def test_nothing_that_history_hangs_on_can_be_deleted(history):
    before = contents()

    for owner in (history.lead, history.task, history.plan, history.staff, history.a):
        with pytest.raises(ProtectedError):
            owner.delete()

    assert contents() == before


def test_renaming_changes_no_history(history):
    history.a.name = "Tên mới"
    history.a.save()

    assert ProgressUpdate.objects.get().by_label == "Người staff, Phòng A"
    assert ProgressUpdate.objects.get().recorded_on == TODAY
