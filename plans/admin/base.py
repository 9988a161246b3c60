from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from config.vietnamese.numbers import NotANumber, format_decimal, parse_decimal
from plans.acts.arranging import Placed, plan_of
from plans.acts.refusals import Invalid, Refusal
from plans.models.standing import Standing
from units.admin.base import Part, RecordAdmin
from units.admin.fields import OVERRIDES


class NumberField(forms.DecimalField):
    """A number typed as "70", "70%", "98,5" or "98.5"; shown without idle zeros."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "size": 8, "class": "number"})

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        if value in self.empty_values:
            return None
        if isinstance(value, Decimal):
            return value
        try:
            return parse_decimal(str(value))
        except NotANumber as wrong:
            raise ValidationError(
                f"“{str(value)[:30]}” không đọc được thành số. Ghi như 98,5 hoặc 98.5; "
                "hàng nghìn ghi 1234 hoặc 1.234.567."
            ) from wrong

    def prepare_value(self, value: Any) -> Any:
        return format_decimal(value) if isinstance(value, Decimal) else value


PLAN_OVERRIDES = OVERRIDES | {models.DecimalField: {"form_class": NumberField}}


class PlanPart(Part):
    formfield_overrides = PLAN_OVERRIDES


class RefusableForm(forms.ModelForm):
    """A form that can also be refused by the act that its saving runs."""

    refusal: ClassVar[Refusal | None] = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if isinstance(self.refusal, Invalid):
            for name, words in self.refusal.errors.items():
                self.add_error(name if name in self.fields else None, words)
        elif self.refusal:
            raise ValidationError(str(self.refusal))
        return cleaned


class PlanRecordAdmin(RecordAdmin):
    """A page whose saving may be refused by an act: the reason is shown, nothing is half-saved.

    Forms and formsets say beforehand what an act would refuse; what comes in between the two
    (somebody else records progress in that second) ends here.
    """

    form = RefusableForm
    formfield_overrides = PLAN_OVERRIDES
    computed = (Standing,)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Refusal as refused:
            # Everything was rolled back; the same page again, with what was typed and the reason.
            request._refusal = refused  # type: ignore[attr-defined]
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.refusal = getattr(request, "_refusal", None)
        return form

    # --- From the screen of the appendix and back to it -----------------------------------------

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        return _back(request, obj) or super().response_post_save_add(request, obj)

    def response_post_save_change(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        return _back(request, obj) or super().response_post_save_change(request, obj)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        try:
            return super().delete_view(request, object_id, extra_context)
        except Refusal as refused:
            return self._told(request, refused)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if request.method != "POST":
            return super().changelist_view(request, extra_context)
        try:
            with transaction.atomic():
                return super().changelist_view(request, extra_context)
        except Refusal as refused:
            return self._told(request, refused)

    def _told(self, request: HttpRequest, refused: Refusal) -> HttpResponseRedirect:
        self.message_user(request, str(refused), messages.ERROR)
        return HttpResponseRedirect(request.get_full_path())


def _back(request: HttpRequest, obj: Any) -> HttpResponseRedirect | None:
    """To the row of the appendix, where the address says that the person came from there."""
    if request.GET.get("ve") != "phu-luc" or not isinstance(obj, Placed):
        return None
    page = reverse("admin:plans_plan_appendix", args=[plan_of(obj).pk])
    return HttpResponseRedirect(f"{page}#{obj._meta.model_name}-{obj.pk}")
