from typing import Any

from django.contrib import admin, messages
from django.db.models import Case, Count, Min, Q, QuerySet, When
from django.http import HttpRequest
from django.utils.html import format_html_join

from config.vietnamese import dates
from plans.acts.projection import rebuild
from plans.admin.appendix import AppendixPages
from plans.admin.base import PlanPart, PlanRecordAdmin, RefusableForm
from plans.admin.merging import MergingPages
from plans.models import Plan, PlanSection, ProgressUpdate, Recipient
from units.admin.base import link


class SectionPart(PlanPart, admin.StackedInline):
    model = PlanSection
    fields = [("part", "position", "number"), "heading", "text"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[PlanSection]:
        """In the order of the printed plan, which is that of the choices."""
        parts = [When(part=part, then=place) for place, part in enumerate(PlanSection.Part)]
        return super().get_queryset(request).order_by(Case(*parts), "position")


class RecipientPart(PlanPart, admin.TabularInline):
    model = Recipient
    fields = ["position", "text", "purpose"]


class PlanForm(RefusableForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts_on = cleaned.get("starts_on")
        if self.instance.pk and starts_on and "starts_on" in self.changed_data:
            self._require_start_before_all(starts_on)
        units, department = (
            cleaned.get(f"{whose}_due_on") for whose in ("unit_reports", "department_report")
        )
        if units and department and department < units:
            self.add_error(
                "department_report_due_on",
                f"Hạn của Sở không được trước hạn của đơn vị ({dates.short(units)}).",
            )
        return cleaned

    def _require_start_before_all(self, starts_on: Any) -> None:
        """What was said and due must stay possible."""
        said = ProgressUpdate.objects.filter(assignment__task__plan=self.instance).aggregate(
            recorded=Min("recorded_on"), completed=Min("completed_on")
        )
        due = self.instance.tasks.aggregate(due=Min("due_on"))["due"]
        for day, what in (
            (said["recorded"], "đã có cập nhật tiến độ ghi"),
            (said["completed"], "đã có việc báo hoàn thành"),
            (due, "có nhiệm vụ đến hạn"),
        ):
            if day is not None and day < starts_on:
                self.add_error(
                    "starts_on",
                    f"Kế hoạch {what} ngày {dates.short(day)}, trước ngày bắt đầu mới.",
                )


@admin.register(Plan)
class PlanAdmin(AppendixPages, MergingPages, PlanRecordAdmin):
    form = PlanForm
    list_display = [
        "short_title",
        "appendix",
        "symbol_and_number",
        "issued_on",
        "year",
        "due_on",
        "tasks",
    ]
    list_filter = ["year"]
    search_fields = ["short_title", "title", "number", "symbol"]
    autocomplete_fields = ["parent", "references"]
    readonly_fields = ["contents"]
    inlines = [SectionPart, RecipientPart]
    instead_of_deleting = "Kế hoạch đã có tiến độ được giữ lại cùng lịch sử."

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        identity = [
            "title",
            ("short_title", "code"),
            ("agency", "signatory"),
            ("number", "symbol", "issued_on", "issued_month"),
            ("year", "results_year"),
            "parent",
            "references",
        ]
        deadlines = [
            ("starts_on", "due_on", "due_words"),
            "due_day_counts",
            ("unit_reports_due_on", "department_report_due_on"),
        ]
        return [
            (None, {"fields": [*(["contents"] if obj else []), *identity]}),
            ("Thời hạn", {"fields": deadlines}),
            ("Lời văn", {"fields": ["opening", "appendix_note", "closing"]}),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Plan]:
        return (
            super()
            .get_queryset(request)
            .annotate(
                task_count=Count("tasks", filter=Q(tasks__withdrawn_on=None)),
                withdrawn_count=Count("tasks", filter=~Q(tasks__withdrawn_on=None)),
            )
        )

    def save_model(self, request: HttpRequest, obj: Plan, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if not change:
            return
        # Only the first day is part of what is stored of the past; lateness is asked of the plan.
        if "starts_on" in form.changed_data:
            rebuild(plan=obj)
        if "due_on" in form.changed_data and obj.tasks.exists():
            self.message_user(
                request,
                "Thời hạn chung đã đổi; thời hạn của từng nhiệm vụ giữ nguyên. "
                "Đổi thời hạn nhiệm vụ ở trang của nhiệm vụ, có ghi lý do.",
                messages.WARNING,
            )

    @admin.display(description="số, ký hiệu", ordering="number")
    def symbol_and_number(self, plan: Plan) -> str:
        return f"{plan.number or '…'}/{plan.symbol}"

    @admin.display(description="nhiệm vụ", ordering="task_count")
    def tasks(self, plan: Any) -> str:
        """Those in force; the list behind the number shows the withdrawn ones, too, marked so."""
        gone = f" (đã rút {plan.withdrawn_count})" if plan.withdrawn_count else ""
        words = f"{plan.task_count}{gone}"
        return link("plans_task_changelist", words, query=f"plan__id__exact={plan.pk}")

    @admin.display(description="phụ lục")
    def appendix(self, plan: Plan) -> str:
        return link("plans_plan_appendix", "Mở phụ lục", plan.pk)

    @admin.display(description="trong kế hoạch này")
    def contents(self, plan: Plan) -> str:
        query = f"plan__id__exact={plan.pk}"
        links = [link("plans_plan_appendix", "Phụ lục trên một trang", plan.pk)]
        links += [
            link("plans_indicator_change", indicator, indicator.pk)
            for indicator in plan.indicators.all()
        ]
        links.append(link("plans_task_changelist", "Danh sách nhiệm vụ", query=query))
        return format_html_join(" · ", "{}", ((one,) for one in links))
