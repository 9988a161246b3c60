"""What the history keeps: a task or a part that a record points at is never taken away.

The kinds of records are asked of the models themselves (whatever protects its task or its part,
also what other apps say of a task), so that a new kind of history is kept without being named here.
"""

from django.db.models import PROTECT, ManyToOneRel, Model, QuerySet

from plans.models import Assignment, Prepared, Task


def tasks_with_history(tasks: QuerySet[Task]) -> set[int]:
    """Those of `tasks` that a record points at, or one of whose parts; a query for each kind."""
    parts = Assignment.objects.filter(task__in=tasks.values("pk"))
    held = parts_with_history(parts)
    of_parts = parts.filter(pk__in=held).values_list("task_id", flat=True) if held else ()
    return {*_pointed_at(Task, tasks), *of_parts}


def parts_with_history(parts: QuerySet[Assignment]) -> set[int]:
    """Those of `parts` that a record points at, or for which something was prepared."""
    return _pointed_at(Assignment, parts)


def _pointed_at(model: type[Model], rows: QuerySet) -> set[int]:
    found: set[int] = set()
    for records, name in _kinds(model):
        pointing = records._base_manager.filter(**{f"{name}__in": rows.values("pk")})
        found |= set(pointing.values_list(f"{name}_id", flat=True).distinct())
    return found


def _kinds(model: type[Model]) -> list[tuple[type[Model], str]]:
    """Models with the name of their key to `model`."""
    return [
        (one.related_model, one.field.name)
        for one in model._meta.get_fields(include_hidden=True)
        if isinstance(one, ManyToOneRel)
        and (one.on_delete is PROTECT or one.related_model is Prepared)
    ]


def instead_of_replacing(part: Assignment) -> str:
    """How another unit gets the work of a lead that has recorded something, in the words of the
    pages; "" of a support, which holds up nothing. What was stopped is owed no more
    (plans/states.py: roll_up)."""
    if not part.is_lead:
        return ""
    return (
        "Muốn giao cho đơn vị khác: thêm đơn vị mới cùng chủ trì, rồi Lãnh đạo Sở bấm “Dừng thực "
        f"hiện” ở phần của {part.unit} trên trang nhiệm vụ và ghi lý do; nhiệm vụ khi đó chỉ còn "
        "chờ đơn vị mới."
    )
