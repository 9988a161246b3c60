"""What is typed into a form of the admin outlives the session, and overwrites nobody.

A form carries what it showed (`seen`: a fingerprint for each field). Where something else stands
now, nothing is saved: fields that only the other person changed are taken into the form; fields
that both changed keep the words of the one and quote those of the other. Saving again is then
deliberate.
"""

import copy
import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.contrib.auth.forms import ReadOnlyPasswordHashWidget
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.text import Truncator, capfirst

from units.kept_text import keep_note, kept_for

SEEN = "seen"
Shown = dict[str, list[str]]  # field of the page → what the browser would send if it is left alone

OFFERED = (
    "Đây là nội dung đồng chí gửi khi phiên làm việc đã hết; chưa ghi gì. Đồng chí xem lại rồi "
    "bấm Lưu."
)
_MEANWHILE = "Trong lúc đồng chí sửa, người khác đã lưu trang này; chưa ghi gì của đồng chí."
_ROWS = (
    "Các dòng ở mục “{}” đã khác lúc đồng chí mở trang, nên không ghi được các dòng đồng chí vừa "
    "sửa. Mở lại trang này ở thẻ khác để xem, rồi sửa ở đó."
)


class KeepsTyped(admin.ModelAdmin):
    """A page of the admin on which nothing typed is lost."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        name = f"admin:{request.path}"
        notes: list[str] = []
        if request.method == "GET" and (kept := kept_for(request, name)):
            # Shown as a form that was sent and refused: filled, and nothing saved. The (empty) body
            # is read first, or reading it later would take the place of the text.
            _ = request.FILES
            request.method, request.POST = "POST", kept  # type: ignore[assignment]
            notes.append(OFFERED)
        context = extra_context or {}
        with transaction.atomic():
            obj = self._kept_object(request, object_id)
            if obj is not None:
                context |= {SEEN: self._compared(request, obj, notes)}
            request._notes = notes  # type: ignore[attr-defined]
            response: HttpResponse = super().changeform_view(request, object_id, form_url, context)
        if (shown := getattr(response, "context_data", None)) and not _asks_password(shown):
            shown["keep_as"] = keep_note(request.user, name, request.get_full_path())  # type: ignore[arg-type]
        return response

    def _kept_object(self, request: HttpRequest, object_id: str | None) -> Any:
        """The object of a form that can be saved; locked when it is about to be."""
        if object_id is None:
            return None
        key = unquote(object_id)
        if request.method == "POST" and key.isdecimal():
            list(self.model._default_manager.select_for_update().filter(pk=key).values("pk"))
        obj = self.get_object(request, key)
        return obj if obj is not None and self.has_change_permission(request, obj) else None

    def _compared(self, request: HttpRequest, obj: Any, notes: list[str]) -> str:
        """What the page shows now, as the next form is to carry it; differences go to `notes`,
        and into the sent form what only the other person changed."""
        form, formsets = self._untouched(request, obj)
        now = dict(_shown(form))
        rows = [
            (formset, [(one, dict(_shown(one))) for one in formset.initial_forms])
            for formset in formsets
        ]
        everything = now | {
            name: value for _, parts in rows for _, part in parts for name, value in part.items()
        }
        fresh = json.dumps({name: _mark(value) for name, value in everything.items()})
        seen = _read(request.POST.get(SEEN, "")) if request.method == "POST" else {}
        if not seen:
            return fresh
        sent = request.POST.copy()
        sent[SEEN] = fresh
        found = _moved(form, now, seen, sent)
        for formset, parts in rows:
            names = {name for name in seen if name.startswith(f"{formset.prefix}-")}
            if names == {name for _, part in parts for name in part}:
                for one, part in parts:
                    found += _moved(one, part, seen, sent)
            elif all(_mark(sent.getlist(name)) == seen[name] for name in names):
                _replace_rows(formset, [part for _, part in parts], sent)
                found.append(f"Lấy lại các dòng ở mục “{_title(formset)}” như hiện nay.")
            else:
                notes.append(_ROWS.format(_title(formset)))
                return request.POST[SEEN]
        if found:
            notes += [_MEANWHILE, *found]
            request.POST = sent  # type: ignore[assignment]
        return fresh

    def _untouched(self, request: HttpRequest, obj: Any) -> tuple[Any, list[Any]]:
        """Form and formsets as somebody gets them who opens the page now."""
        opening = copy.copy(request)
        opening.method, opening.GET = "GET", QueryDict()
        opening._notes = []  # type: ignore[attr-defined]
        form = self.get_form(opening, obj, change=True)(instance=obj)
        formsets, _ = self._create_formsets(opening, obj, change=True)  # type: ignore[attr-defined]
        return form, formsets

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        notes = getattr(request, "_notes", ())
        if not notes:
            return form

        class WithNotes(form):
            def clean(self) -> Any:
                cleaned = super().clean()
                for words in notes:
                    self.add_error(None, words)
                return cleaned

        return WithNotes


def _moved(form: Any, now: Shown, seen: dict[str, str], sent: QueryDict) -> list[str]:
    """What somebody else changed in this form since it was opened, in words for its reader."""
    told = []
    for name, theirs in now.items():
        mine = sent.getlist(name)
        if name not in seen or _mark(theirs) in (seen[name], _mark(mine)):
            continue
        label = _label(form, name)
        if _mark(mine) == seen[name]:
            sent.setlist(name, theirs)
            told.append(f"Ô “{label}” lấy nội dung người kia vừa ghi.")
        else:
            told.append(
                f"Ô “{label}” cả hai cùng sửa và đang giữ nội dung của đồng chí; người kia ghi: "
                f"“{_in_words(form, name, theirs)}”. Bấm Lưu thì nội dung của đồng chí thay cho "
                "nội dung đó."
            )
    return told


def _replace_rows(formset: Any, rows: list[Shown], sent: QueryDict) -> None:
    for name in [name for name in sent if name.startswith(f"{formset.prefix}-")]:
        del sent[name]
    for field in formset.management_form:
        sent[field.html_name] = str(field.value())
    sent[f"{formset.prefix}-TOTAL_FORMS"] = str(len(formset.initial_forms))
    for row in rows:
        for name, value in row.items():
            sent.setlist(name, value)


# --- What a browser would send -------------------------------------------------------------------


def _shown(form: Any) -> Iterator[tuple[str, list[str]]]:
    for bound in form:
        if not bound.field.disabled:
            yield from _as_sent(bound.html_name, _widget(bound), bound.value())


def _widget(bound: Any) -> Any:
    """The widget that sends, without the signs for adding and editing around it."""
    widget = bound.field.widget
    return widget.widget if isinstance(widget, RelatedFieldWidgetWrapper) else widget


def _as_sent(name: str, widget: Any, value: Any) -> Iterator[tuple[str, list[str]]]:
    if isinstance(widget, ReadOnlyPasswordHashWidget | forms.FileInput):
        return
    if isinstance(widget, forms.MultiWidget):
        parts: Any = value if isinstance(value, list) else widget.decompress(value)
        suffixes: Any = widget.widgets_names  # type: ignore[attr-defined]
        for suffix, part, one in zip(suffixes, widget.widgets, parts, strict=True):
            yield from _as_sent(name + suffix, part, one)
    elif isinstance(widget, forms.CheckboxInput):
        yield name, ["on"] if widget.check_test(value) else []
    else:
        shown = widget.format_value(value)
        yield name, [str(one) for one in shown] if isinstance(shown, list) else [str(shown or "")]


def _mark(values: Iterable[str]) -> str:
    text = json.dumps(sorted(one.replace("\r\n", "\n").strip() for one in values))
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _read(text: str) -> dict[str, str]:
    try:
        seen = json.loads(text)
    except ValueError:
        return {}
    return seen if isinstance(seen, dict) else {}


def _asks_password(context: dict[str, Any]) -> bool:
    """A password is kept nowhere, not even in the session."""
    form = getattr(context.get("adminform"), "form", None)
    return any(
        isinstance(one.widget, forms.PasswordInput) for one in getattr(form, "fields", {}).values()
    )


# --- In words --------------------------------------------------------------------------------


def _field_of(form: Any, name: str) -> Any:
    return next(one for one in form if name.startswith(one.html_name))


def _label(form: Any, name: str) -> str:
    return capfirst(str(_field_of(form, name).label))


def _in_words(form: Any, name: str, values: list[str]) -> str:
    """Choices by their labels; long texts are cut, they stand whole in the history."""
    widget = _widget(_field_of(form, name))
    if isinstance(widget, forms.CheckboxInput):
        return "có" if values else "không"
    if isinstance(widget, forms.Select):
        labels = {str(key): str(label) for key, label in _flat(widget.choices)}
        values = [labels.get(one, one) for one in values]
    return Truncator(", ".join(values)).chars(600) or "(để trống)"


def _flat(choices: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield key, label


def _title(formset: Any) -> str:
    return capfirst(str(formset.model._meta.verbose_name_plural))
