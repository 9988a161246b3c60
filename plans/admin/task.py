import datetime as dt
from dataclasses import replace
from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget, AutocompleteSelect
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.db.models import ForeignKey, Model, Prefetch, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from config.vietnamese import dates
from plans.acts.amending import WORDS, amend, give
from plans.acts.appendix import add_task, remove_task
from plans.admin.assignments import AssignmentFormSet, AssignmentPart, Parts, kept_deadlines
from plans.admin.base import PlanRecordAdmin, RefusableForm
from plans.admin.measures import MeasurePart
from plans.appendix.amendment import Amendment, known_from
from plans.models import Assignment, AssignmentRole, Block, Measure, Plan, Task, TaskStanding
from plans.states import label
from units import clock
from units.admin.fields import TextField
from units.models import UnitGroup, User
from units.versions import Version, versions_of

_GROUP_FIELDS = {"lead_group": AssignmentRole.LEAD, "support_group": AssignmentRole.SUPPORT}


class BlockChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.area.indicator.code} – {obj.area} {obj.number}".strip()


class BlockOfAnyPlanChoice(BlockChoice):
    def label_from_instance(self, obj: Any) -> str:
        plan = obj.area.indicator.plan
        return f"{plan.short_title}: {super().label_from_instance(obj)}"


def _group_widget() -> AutocompleteSelect:
    """A group found by its name or another way to write it, with or without accents."""
    return AutocompleteSelect(Assignment._meta.get_field("group"), admin.site)


class TaskForm(RefusableForm):
    reason = TextField(
        label="Lý do thay đổi",
        required=False,
        widget=AdminTextareaWidget(attrs={"rows": 2}),
        help_text="Ghi khi kế hoạch đang thực hiện mà đổi lời văn, thời hạn, chủ trì hoặc phối "
        "hợp; lý do hiện trong lịch sử của nhiệm vụ.",
    )
    lead_group = forms.ModelChoiceField(
        UnitGroup.objects.all(), label="Thêm nhóm chủ trì", required=False, widget=_group_widget()
    )
    support_group = forms.ModelChoiceField(
        UnitGroup.objects.all(),
        label="Thêm nhóm phối hợp",
        required=False,
        widget=_group_widget(),
        help_text="Mỗi đơn vị đang hoạt động trong nhóm được thêm một dòng phân công.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if position := self.fields.get("position"):  # a task that is only looked at has none
            position.required = False
            position.help_text = "Để trống thì nhiệm vụ mới đứng cuối mục phân công."

    def clean_position(self) -> int | None:
        position = self.cleaned_data["position"]
        return position if position is not None else self.instance.position

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if block := cleaned.get("block"):
            self.instance.plan = block.area.indicator.plan
            self._check_code(block.area.indicator.plan, cleaned.get("code"))
            self._check_due_date(block.area.indicator.plan, cleaned)
        return cleaned

    def _check_code(self, plan: Plan, code: str | None) -> None:
        same = Task.objects.filter(plan=plan, code=code).exclude(pk=self.instance.pk)
        if code and same.exists():
            self.add_error("code", "Kế hoạch đã có nhiệm vụ mang số mục này.")

    def _check_due_date(self, plan: Plan, cleaned: dict[str, Any]) -> None:
        due_on = cleaned.get("due_on")
        if due_on and "due_on" in self.changed_data and due_on < plan.starts_on:
            self.add_error(
                "due_on",
                f"Thời hạn không được trước ngày kế hoạch bắt đầu ({dates.short(plan.starts_on)}).",
            )

    @property
    def words(self) -> dict[str, str]:
        """The words that are other ones now."""
        return {name: self.cleaned_data[name] for name in WORDS if name in self.changed_data}

    @property
    def groups(self) -> dict[AssignmentRole, UnitGroup]:
        chosen = {role: self.cleaned_data.get(name) for name, role in _GROUP_FIELDS.items()}
        return {role: group for role, group in chosen.items() if group}

    @property
    def due(self) -> tuple[dt.date | None] | None:
        """The new deadline in a tuple, as an amendment takes it."""
        return (self.cleaned_data["due_on"],) if "due_on" in self.changed_data else None


@admin.register(Task)
class TaskAdmin(PlanRecordAdmin):
    form = TaskForm
    list_display = ["code", "title", "indicator", "leads", "supports", "due_on", "state"]
    list_display_links = ["code", "title"]
    list_filter = [
        "plan",
        ("block__area__indicator", admin.RelatedOnlyFieldListFilter),
        ("assignments__unit", admin.RelatedOnlyFieldListFilter),
        "kind",
    ]
    list_select_related = ["block__area__indicator"]
    search_fields = ["search"]
    folded_column = "search"
    autocomplete_fields = ["references"]
    readonly_fields = ["source", "registered_on", "follows", "carried_over"]
    inlines = [AssignmentPart, MeasurePart]
    instead_of_deleting = (
        "Nhiệm vụ đã có cập nhật hoặc lịch sử được giữ lại. Ở trang phụ lục của kế hoạch, đồng chí "
        "rút nhiệm vụ khỏi phụ lục, có ghi lý do."
    )

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        may = obj is None or self.has_change_permission(request, obj)
        # A new task has nothing yet that could change.
        why = [("Lý do thay đổi", {"fields": ["reason"]})] if obj and may else []
        groups = tuple(_GROUP_FIELDS) if may else ()
        due = [("due_on", "due_words")]
        return [
            (
                None,
                {
                    "fields": [
                        "block",
                        ("code", "number", "kind", "position"),
                        "title",
                        "wording",
                        "product",
                    ]
                },
            ),
            ("Thời hạn", {"fields": due}),
            (
                "Căn cứ, ghi chú",
                {
                    "fields": [
                        ("source", "registered_on"),
                        ("follows", "carried_over"),
                        "references",
                        "shortcoming",
                        "note",
                    ]
                },
            ),
            (
                "Chủ trì, phối hợp",
                {
                    "fields": ["lead_words", "support_words", *groups],
                    "description": "Từng đơn vị ở bảng phân công bên dưới.",
                },
            ),
            *why,
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Task]:
        now = TaskStanding.objects.filter(until_day=None)
        parts = Assignment.objects.select_related("unit").order_by("position", "unit__position")
        return (
            super()
            .get_queryset(request)
            .prefetch_related(
                Prefetch("standings", queryset=now), Prefetch("assignments", queryset=parts)
            )
        )

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """The plan's deadline stands in the form for a new task, to be changed or removed."""
        initial: dict[str, Any] = super().get_changeform_initial_data(request)
        plans = Plan.objects.all()
        if (block := request.GET.get("block", "")).isdecimal():
            plans = plans.filter(indicators__areas__blocks=int(block))
        if plan := _only(plans):
            initial.setdefault("due_on", plan.due_on)
            initial.setdefault("due_words", plan.due_words)
        return initial

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name == "block":
            match = request.resolver_match
            task = match.kwargs.get("object_id") if match else None
            kwargs["form_class"] = BlockChoice if task else BlockOfAnyPlanChoice
            kwargs["queryset"] = _blocks(task)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def view_on_site(self, obj: Task) -> str:
        return reverse("task", args=[obj.pk])

    # --- Saving goes through the acts -----------------------------------------------------------

    def save_model(self, request: HttpRequest, obj: Task, form: Any, change: bool) -> None:
        if not change:
            obj.added_on = known_from(obj.plan)
            add_task(task=obj)
            return
        columns = {field.name for field in Task._meta.concrete_fields} - {"due_on", *WORDS}
        if changed := columns & set(form.changed_data):
            obj.save(update_fields=changed)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """What a unit owes by when is changed by one act, with one reason (plans/acts/amending.py):
        first what is taken back, then the deadline, then what is given."""
        form.save_m2m()
        task = form.instance
        wanted: dict[str, Parts] = {}
        for formset in formsets:
            if isinstance(formset, AssignmentFormSet):
                formset.save(commit=False)  # only tells what changed
                wanted = formset.wanted(form.groups)
            else:
                formset.save()
        amendment = Amendment(
            words=form.words if change else {},
            due=form.due if change else None,
            leads=wanted.get(AssignmentRole.LEAD),
            supports=wanted.get(AssignmentRole.SUPPORT),
        )
        if change:
            before = {one.unit_id for one in task.assignments.all()}
            if amendment != Amendment():
                amend(
                    task=task,
                    by=cast("User", request.user),
                    amendment=amendment,
                    reason=form.cleaned_data["reason"],
                )
        else:
            before = set()
            give(task=task, amendment=amendment)
        self._tell_groups(request, form.groups, wanted, before)
        if change and form.due:
            for words in kept_deadlines(task):
                self.message_user(request, words, messages.WARNING)

    def _tell_groups(
        self,
        request: HttpRequest,
        groups: dict[AssignmentRole, UnitGroup],
        wanted: dict[str, Parts],
        before: set[int],
    ) -> None:
        for role, group in groups.items():
            made = [
                unit.short_name
                for unit, by_group in wanted.get(role, ())
                if by_group == group and unit.pk not in before
            ]
            if made:
                words = f"Đã thêm {role.label.lower()} theo nhóm: {', '.join(made)}."
                self.message_user(request, words)
            else:
                self.message_user(
                    request,
                    f"Nhóm “{group}” không thêm đơn vị nào: nhóm không có đơn vị đang hoạt động, "
                    "hoặc các đơn vị đều đã được phân công.",
                    messages.WARNING,
                )

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A task that was withdrawn is only looked at."""
        may = super().has_change_permission(request, obj)
        return may and not (isinstance(obj, Task) and obj.is_withdrawn)

    def versions(self, request: HttpRequest, key: int, one: Model | None) -> list[Version]:
        """With those of its units and targets, which the same page edits."""
        found = super().versions(request, key, one)
        found += self._versions_of_parts(one if isinstance(one, Task) else None, key)
        found += [_of_task(one, "chỉ tiêu") for one in versions_of(Measure, task_id=key)]
        # In a demonstration, what is dated after its day was there before the day was set.
        now = clock.now()
        return sorted(found, key=lambda one: (one.at <= now, one.at), reverse=True)

    def _versions_of_parts(self, task: Task | None, key: int) -> list[Version]:
        """Each part that a unit lost leads to the form that gives it again."""
        found = [_of_task(one, "phân công") for one in versions_of(Assignment, task_id=key)]
        if task is None or task.is_withdrawn:
            return found
        had = {
            pk: urlencode({"chon": key, "don-vi": unit, "vai-tro": role})
            for pk, unit, role in Assignment.history.filter(task_id=key).values_list(
                "history_id", "unit_id", "role"
            )
        }
        page = reverse("admin:plans_plan_appendix", args=[task.plan_id])
        return [
            replace(
                one,
                back=f"{page}?{had[one.pk]}" if one.kind == "-" else "",
                changes=tuple(
                    replace(change, back=f"{page}?{had[change.version]}")
                    if one.kind == "~" and change.field == "role" and change.version
                    else change
                    for change in one.changes
                ),
            )
            for one in found
        ]

    def delete_model(self, request: HttpRequest, obj: Task) -> None:
        remove_task(task=obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Task]) -> None:
        with transaction.atomic():
            for task in queryset:
                remove_task(task=task)

    # --- Columns --------------------------------------------------------------------------------

    @admin.display(description="chỉ số", ordering="block__area__indicator__position")
    def indicator(self, task: Task) -> str:
        return task.block.area.indicator.code

    @admin.display(description="chuyển tiếp")
    def carried_over(self, task: Task) -> str:
        return "năm trước chưa xong nên làm tiếp" if task.is_carried_over else "không"

    @admin.display(description="chủ trì")
    def leads(self, task: Task) -> str:
        return self._units(task, AssignmentRole.LEAD) or "chưa phân công"

    @admin.display(description="phối hợp")
    def supports(self, task: Task) -> str:
        return self._units(task, AssignmentRole.SUPPORT)

    def _units(self, task: Task, role: str) -> str:
        return ", ".join(
            part.unit.short_name for part in task.assignments.all() if part.role == role
        )

    @admin.display(description="tình trạng")
    def state(self, task: Task) -> str:
        if task.is_withdrawn:
            return "Đã rút khỏi phụ lục"
        return ", ".join(label(one.state, task.kind) for one in task.standings.all())


def _of_task(version: Version, kind: str) -> Version:
    """A version of a part, on the page of its task: which task needs not be said."""
    changes = tuple(one for one in version.changes if one.field != "task")
    return replace(version, of=kind, changes=changes)


def _blocks(task: str | None) -> QuerySet[Block]:
    """Where a task can stand: in its own plan; a new one in any."""
    blocks = Block.objects.select_related("area__indicator__plan").order_by(
        "-area__indicator__plan__year",
        "area__indicator__plan",
        "area__indicator__position",
        "area__position",
        "position",
    )
    if task is None:
        return blocks
    plan = Task.objects.filter(pk=task).values("plan")
    return blocks.filter(area__indicator__plan__in=plan)


def _only(plans: QuerySet[Plan]) -> Plan | None:
    try:
        return plans.get()
    except (ObjectDoesNotExist, Plan.MultipleObjectsReturned):
        return None
