"""Everything that acts may write, to be compared before and after one."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from plans.models import (
    Assignment,
    AssignmentStanding,
    Difficulty,
    Directive,
    Dissemination,
    DueDateChange,
    Evidence,
    Extension,
    ExtensionStep,
    Finding,
    InspectedTask,
    InspectedUnit,
    Inspection,
    MatterTask,
    MeasureValue,
    ProgressUpdate,
    Remark,
    Remedy,
    Sanction,
    Step,
    StepFile,
    Task,
    TaskStanding,
    Urging,
)

MODELS = (
    Task,
    Assignment,
    ProgressUpdate,
    MeasureValue,
    Evidence,
    DueDateChange,
    Extension,
    ExtensionStep,
    Remark,
    AssignmentStanding,
    TaskStanding,
)
# What is written beside the tasks: directives, urgings, inspections, difficulties.
STEERING = (
    Directive,
    Urging,
    Difficulty,
    Remedy,
    MatterTask,
    Step,
    StepFile,
    Inspection,
    InspectedUnit,
    InspectedTask,
    Finding,
    Sanction,
    Dissemination,
)


def contents(
    models: Iterable[type[Model]] = MODELS,
) -> dict[tuple[str, int], dict[str, Any]]:
    """Every row by its model's name and key."""
    return {
        (model.__name__, row["id"]): row
        for model in models
        for row in model._default_manager.values()
    }


def difference(
    before: dict[tuple[str, int], dict[str, Any]], after: dict[tuple[str, int], dict[str, Any]]
) -> dict[str, list[dict[str, Any]]]:
    """By model: the columns that changed of rows that were there, and whole new rows.

    A row that is gone fails: nothing in the history is ever taken away.
    """
    assert before.keys() <= after.keys()
    changed: dict[str, list[dict[str, Any]]] = {}
    for key, row in after.items():
        old = before.get(key, {})
        new = {name: value for name, value in row.items() if name not in old or old[name] != value}
        if new:
            changed.setdefault(key[0], []).append(new)
    return changed
