"""What the Office types about a round, read into what the acts take."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms

from plans.fields import DayField, LineField
from plans.keyed_form import KeyedForm
from plans.models import Plan
from reports.acts.rounds import NewRound, yearly
from reports.models import RoundKind
from units.models import Unit


class RoundForm(KeyedForm):
    """A new round; the yearly one comes filled in from the plan (S29)."""

    kind = forms.ChoiceField(label="Loại đợt", choices=RoundKind.choices, widget=forms.RadioSelect)
    name = LineField(label="Tên đợt", max_length=200)
    demand = LineField(
        label="Theo yêu cầu của",
        required=False,
        max_length=300,
        help_text="Với báo cáo theo yêu cầu: văn bản hoặc người yêu cầu.",
    )
    as_of = DayField(label="Số liệu tính đến ngày")
    units_due_on = DayField(label="Hạn đơn vị báo cáo Văn phòng")
    department_due_on = DayField(label="Hạn Sở báo cáo (nếu có)", required=False)
    units = forms.ModelMultipleChoiceField(
        label="Đơn vị báo cáo",
        queryset=Unit.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Đồng chí chọn ít nhất một đơn vị."},
    )

    def __init__(self, plan: Plan, units: Sequence[Unit], data: Any = None) -> None:
        has_yearly = plan.rounds.filter(kind=RoundKind.YEARLY).exists()
        preset = None if has_yearly else yearly(plan, units)
        initial: dict[str, Any] = {"units": [unit.pk for unit in units], "kind": RoundKind.AD_HOC}
        if preset:
            initial |= {
                name: getattr(preset, name)
                for name in ("kind", "name", "as_of", "units_due_on", "department_due_on")
            }
        super().__init__("round-open", data, initial)
        chosen = cast("forms.ModelMultipleChoiceField[Unit]", self.fields["units"])
        chosen.queryset = Unit.objects.filter(pk__in=[unit.pk for unit in units])
        if has_yearly:
            kinds = cast("forms.ChoiceField", self.fields["kind"])
            kinds.choices = [(RoundKind.AD_HOC.value, RoundKind.AD_HOC.label)]

    def new_round(self) -> NewRound:
        said = dict(self.cleaned_data)
        said.pop("request_key")
        return NewRound(**{**said, "units": tuple(said["units"])})


class UrgeForm(KeyedForm):
    """A reminder; without words of its own it says the usual ones."""

    words = LineField(label="Lời nhắc (không bắt buộc)", required=False, max_length=1000)
