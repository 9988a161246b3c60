"""The fields of a form, written in Python, are what Django's own templates say."""

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting

from config.form_fields import FieldRenderer

HARM = "<b>&\"'"


GROUPED = [("", "–"), (HARM, HARM), (f"Nhóm {HARM}", [(1, "Một"), (2, 2)])]


class Everything(forms.Form):
    line = forms.CharField(label=f"Dòng {HARM}", max_length=10, help_text="Một <i>dòng</i>.")
    words = forms.CharField(
        label="Lời?",
        widget=forms.Textarea(attrs={"rows": 3, "readonly": False, "hidden": True}),
        required=False,
    )
    number = forms.IntegerField(label="Số", min_value=0, required=False)
    secret = forms.CharField(widget=forms.PasswordInput, required=False)
    key = forms.CharField(widget=forms.HiddenInput, required=False)
    file = forms.FileField(widget=forms.FileInput, required=False)
    choice = forms.ChoiceField(choices=[("a", "A"), ("b", HARM)], widget=forms.RadioSelect)
    several = forms.ChoiceField(choices=GROUPED, widget=forms.Select, disabled=True)
    many = forms.MultipleChoiceField(choices=GROUPED, widget=forms.SelectMultiple, required=False)
    tick = forms.BooleanField(label=HARM, help_text="Đánh dấu.", required=False)


FRESH = {
    "initial": {
        "line": HARM,
        "words": f"\n{HARM}",
        "number": 1234567,
        "key": 0,
        "tick": True,
        "several": 2,
        "many": [HARM, 1],
    }
}
EMPTY = {"data": {}}
WRONG = {"data": {"line": HARM * 9, "words": HARM, "number": "x", "choice": "c", "key": HARM}}


def rendered(renderer, part, **given):
    """Each part of each field, without regard to space between tags."""
    form = Everything(renderer=renderer, auto_id="%s-1", **given)
    return [" ".join(part(form[name]).split()).replace("> <", "><") for name in form.fields]


@pytest.mark.parametrize("given", [FRESH, EMPTY, WRONG])
@pytest.mark.parametrize(
    "part",
    [
        str,
        lambda field: field.label_tag(),
        lambda field: field.legend_tag(),
        lambda f: str(f.errors),
    ],
    ids=["input", "label", "legend", "errors"],
)
def test_as_the_templates_of_django(part, given):
    ours = rendered(FieldRenderer(), part, **given)
    assert ours == rendered(TemplatesSetting(), part, **given)


def test_messages_stand_between_label_and_input():
    line, choice, tick = (
        part
        for name, part in zip(
            Everything.base_fields,
            rendered(FieldRenderer(), lambda field: field.as_field_group(), **WRONG),
            strict=True,
        )
        if name in ("line", "tick", "choice")
    )
    for field, order in (
        (
            line,
            ["has-error field-line", "<label", '<p class="help"', 'id="line-1_error"', "<input"],
        ),
        (
            choice,
            ["has-error field-choice", "<fieldset", "<legend", 'id="choice-1_error"', "<input"],
        ),
        (
            tick,
            ["field field-tick", "<input", '<label class="beside" for="tick-1"', '<p class="help"'],
        ),
    ):
        places = [field.find(words) for words in order]
        assert -1 not in places
        assert places == sorted(places)
    assert "<i>dòng</i>" in line
    assert "<b>" not in line + tick + choice
