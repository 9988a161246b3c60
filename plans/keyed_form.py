"""Forms of acts that carry no history of their own: a key tells a repeated sending."""

import uuid
from typing import Any

from django import forms

from plans.acts.refusals import Invalid


class KeyedForm(forms.Form):
    """`keep_name` is what the form is called where the text of an ended session is kept."""

    request_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, keep_name: str, data: Any = None, initial: dict[str, Any] | None = None):
        self.keep_name = keep_name
        super().__init__(
            data,
            initial={"request_key": uuid.uuid4(), **(initial or {})},
            auto_id=f"%s-{keep_name}",
        )

    def lead_to_errors(self) -> list[forms.BoundField]:
        """The fields that have a message; a browser shows the first of them at once."""
        wrong = [field for field in self.visible_fields() if field.errors]
        if wrong:
            wrong[0].field.widget.attrs["autofocus"] = True
        return wrong

    def show_refusal(self, refusal: Invalid) -> None:
        """Put each message at its field."""
        for name, message in refusal.errors.items():
            self.add_error(name if name in self.fields else None, message)
