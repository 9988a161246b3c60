from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.db.models import ForeignKey, Prefetch, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from config.vietnamese import dates
from plans.acts.appendix import add_task, assign_group, move_due_date, remove_task
from plans.admin.assignments import AssignmentFormSet, AssignmentPart
from plans.admin.base import PlanRecordAdmin, RefusableForm
from plans.admin.measures import MeasurePart
from plans.models import Assignment, AssignmentRole, Block, Plan, Task, TaskStanding
from plans.states import label
from units import clock
from units.admin.fields import TextField
from units.models import UnitGroup, User

_GROUP_FIELDS = {"lead_group": AssignmentRole.LEAD, "support_group": AssignmentRole.SUPPORT}


class BlockChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.area.indicator.code} – {obj.area} {obj.number}".strip()


class TaskForm(RefusableForm):
    due_reason = TextField(
        label="Lý do thay đổi thời hạn",
        required=False,
        widget=AdminTextareaWidget(attrs={"rows": 2}),
        help_text="Ghi khi đổi thời hạn của nhiệm vụ đã giao; lý do được lưu trong lịch sử.",
    )
    lead_group = forms.ModelChoiceField(
        UnitGroup.objects.all(), label="Thêm nhóm chủ trì", required=False
    )
    support_group = forms.ModelChoiceField(
        UnitGroup.objects.all(),
        label="Thêm nhóm phối hợp",
        required=False,
        help_text="Mỗi đơn vị đang hoạt động trong nhóm được thêm một dòng phân công.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        position = self.fields["position"]
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
        if "due_on" not in self.changed_data or "due_on" in self.errors:
            return
        if due_on and due_on < plan.starts_on:
            self.add_error(
                "due_on",
                f"Thời hạn không được trước ngày kế hoạch bắt đầu ({dates.short(plan.starts_on)}).",
            )
        is_given = self.instance.pk is not None and self.instance.assignments.leads().exists()
        if is_given and plan.starts_on <= clock.today() and not cleaned.get("due_reason"):
            self.add_error("due_reason", "Nhiệm vụ đã giao: đồng chí ghi lý do thay đổi thời hạn.")


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
    readonly_fields = ["source", "registered_on", "follows", "is_carried_over"]
    inlines = [AssignmentPart, MeasurePart]
    instead_of_deleting = (
        "Nhiệm vụ đã có cập nhật được giữ lại; Lãnh đạo Sở cho tạm dừng ở trang của nhiệm vụ."
    )

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        # A new task has no deadline yet that could be moved.
        due = [("due_on", "due_words"), *(["due_reason"] if obj else [])]
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
                        ("follows", "is_carried_over"),
                        "references",
                        "shortcoming",
                        "note",
                    ]
                },
            ),
            (
                "Chủ trì, phối hợp",
                {
                    "fields": ["lead_words", "support_words", *_GROUP_FIELDS],
                    "description": "Từng đơn vị ở bảng phân công bên dưới.",
                },
            ),
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
            kwargs["form_class"] = BlockChoice
            kwargs["queryset"] = _blocks(task)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def view_on_site(self, obj: Task) -> str:
        return reverse("task", args=[obj.pk])

    # --- Saving goes through the acts -----------------------------------------------------------

    def save_model(self, request: HttpRequest, obj: Task, form: Any, change: bool) -> None:
        if not change:
            add_task(task=obj)
            return
        columns = {field.name for field in Task._meta.concrete_fields} - {"due_on"}
        if changed := columns & set(form.changed_data):
            obj.save(update_fields=changed)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """First what is taken back, then the deadline, then what is given: a unit that comes or
        goes with this very form gets no record of a moved deadline that it never had."""
        form.save_m2m()
        assignments = None
        for formset in formsets:
            if isinstance(formset, AssignmentFormSet):
                assignments = formset
                formset.save(commit=False)  # only tells what changed
                formset.take_back()
            else:
                formset.save()
        if change and "due_on" in form.changed_data:
            move_due_date(
                task=form.instance,
                due_on=form.cleaned_data["due_on"],
                by=cast("User", request.user),
                reason=form.cleaned_data["due_reason"],
            )
        if assignments is not None:
            assignments.give()
        self._assign_groups(request, form)

    def _assign_groups(self, request: HttpRequest, form: Any) -> None:
        for name, role in _GROUP_FIELDS.items():
            if not (group := form.cleaned_data.get(name)):
                continue
            made = assign_group(task=form.instance, group=group, role=role)
            if made:
                units = ", ".join(part.unit.short_name for part in made)
                self.message_user(request, f"Đã thêm {role.label.lower()} theo nhóm: {units}.")
            else:
                self.message_user(
                    request,
                    f"Nhóm “{group}” không thêm đơn vị nào: nhóm không có đơn vị đang hoạt động, "
                    "hoặc các đơn vị đều đã được phân công.",
                    messages.WARNING,
                )

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
        return ", ".join(label(one.state, task.kind) for one in task.standings.all())


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
