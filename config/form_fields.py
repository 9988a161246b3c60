"""The fields of a form as HTML: what Django's templates of the same names say, in Python.

A form has twenty fields and each is five small templates (the field, its label, its messages, its
input and the attributes of that), which were a sixth of a task's page. Whatever has no writer here
is rendered from its template.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.utils.html import conditional_escape

Context = dict[str, Any]


class FieldRenderer(TemplatesSetting):
    """FORM_RENDERER of the settings."""

    def render(self, template_name: str, context: Context, request: Any = None) -> str:
        write = _WRITERS.get(template_name)
        if write is not None:
            return write(context)
        return str(super().render(template_name, context, request))


def _field(context: Context) -> str:
    """One field: label, help, message, input. The message stands at its field."""
    field = context["field"]
    errors = field.errors
    css = f"field{' has-error' if errors else ''} field-{field.name}"
    told = f'<p class="help" id="{field.auto_id}_helptext">{field.help_text}</p>\n'
    told = f"{told if field.help_text else ''}{errors or ''}"
    if field.widget_type == "checkbox":
        label = conditional_escape(field.label)
        beside = f'<label class="beside" for="{field.id_for_label}">{label}</label>'
        parts = f"{field} {beside}\n{told}"
    elif field.use_fieldset:
        described = field.aria_describedby
        attribute = f' aria-describedby="{described}"' if described else ""
        parts = f"<fieldset{attribute}>\n{field.legend_tag()}\n{told}\n{field}\n</fieldset>"
    else:
        parts = f"{field.label_tag()}\n{told}\n{field}"
    return f'<div class="{css}">\n{parts}\n</div>'


def _label(context: Context) -> str:
    label = conditional_escape(context["label"])
    if not context["use_tag"]:
        return label
    tag = context["tag"]
    return f"<{tag}{_attributes(context['attrs'])}>{label}</{tag}>"


def _errors(context: Context) -> str:
    errors = context["errors"]
    if not errors:
        return ""
    name = f' id="{errors.field_id}_error"' if errors.field_id else ""
    lines = "".join(f"<li>{conditional_escape(error)}</li>" for error in errors)
    return f'<ul class="{conditional_escape(context["error_class"])}"{name}>{lines}</ul>'


def _input(context: Context) -> str:
    widget = context["widget"]
    value = widget["value"]
    given = "" if value is None else f' value="{_text(value)}"'
    attributes = _attributes(widget["attrs"])
    return f'<input type="{widget["type"]}" name="{_text(widget["name"])}"{given}{attributes}>'


def _textarea(context: Context) -> str:
    widget = context["widget"]
    attributes = _attributes(widget["attrs"])
    # The browser drops the first line break, so that words that begin with one keep theirs.
    words = _text(widget["value"] or "")
    return f'<textarea name="{_text(widget["name"])}"{attributes}>\n{words}</textarea>'


def _select(context: Context) -> str:
    widget = context["widget"]
    groups = "".join(_group(name, options) for name, options, _ in widget["optgroups"])
    attributes = _attributes(widget["attrs"])
    return f'<select name="{_text(widget["name"])}"{attributes}>{groups}\n</select>'


def _group(name: str | None, options: Iterable[Context]) -> str:
    written = "".join(map(_option, options))
    if not name:
        return written
    return f'\n<optgroup label="{_text(name)}">{written}\n</optgroup>'


def _option(option: Context) -> str:
    attributes = _attributes(option["attrs"])
    return (
        f'\n<option value="{_text(option["value"])}"{attributes}>{_text(option["label"])}</option>'
    )


def _attributes(attributes: Mapping[str, Any] | None) -> str:
    return "".join(
        f" {name}" if value is True else f' {name}="{_text(value)}"'
        for name, value in (attributes or {}).items()
        if value is not False
    )


def _text(value: Any) -> str:
    return conditional_escape(value if isinstance(value, str) else str(value))


_WRITERS: dict[str, Callable[[Context], str]] = {
    "django/forms/field.html": _field,
    "django/forms/label.html": _label,
    "django/forms/errors/list/default.html": _errors,
    "django/forms/errors/list/ul.html": _errors,
    "django/forms/widgets/file.html": _input,
    "django/forms/widgets/hidden.html": _input,
    "django/forms/widgets/number.html": _input,
    "django/forms/widgets/password.html": _input,
    "django/forms/widgets/select.html": _select,
    "django/forms/widgets/text.html": _input,
    "django/forms/widgets/textarea.html": _textarea,
}
