"""What the pages of the admin share: search without accents, and what deleting says and spares."""

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import BaseModelAdmin, InlineModelAdmin
from django.contrib.admin.utils import NestedObjects, quote, unquote
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import router
from django.db.models import Field, ForeignKey, Model, QuerySet
from django.forms.formsets import DELETION_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst

from config.vietnamese.numbers import format_decimal
from config.vietnamese.text import fold
from units.admin.fields import OVERRIDES
from units.admin.keeping import KeepsTyped
from units.models import Agency
from units.versions import GONE, Version, earlier_value, is_tracked, versions_of

VERSIONS = 50  # of the history on a page
VERSION, FIELD = "ban-ghi", "truong"  # in an address that leads back to an earlier value
MOST_LISTED = 20  # of the things that stand in the way of a deletion


class Typed(BaseModelAdmin):
    """Form fields that read what offices type; agencies by name in two queries."""

    formfield_overrides = OVERRIDES

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.related_model is Agency:
            kwargs["queryset"] = Agency.objects.prefetch_related("identities")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class RecordAdmin(Typed, KeepsTyped):
    """A page for things that administrators keep."""

    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    search_help_text = "Gõ có dấu hoặc không dấu đều được."
    # A column that holds folded text. Without one, `search_fields` are folded here: for tables of
    # at most a few thousand rows.
    folded_column: ClassVar[str] = ""
    # Not worth telling a person who deletes: what the system computes from the rest.
    computed: ClassVar[tuple[type[Model], ...]] = ()
    instead_of_deleting: ClassVar[str] = ""
    # Fields that are one thing to people: the history gives their earlier values back together.
    back_together: ClassVar[tuple[tuple[str, ...], ...]] = ()

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """Those that hold every word typed, in any order, whatever the case and the accents."""
        words = fold(search_term).split()
        if self.folded_column:
            for word in words:
                queryset = queryset.filter(**{f"{self.folded_column}__contains": word})
            return queryset, False
        if not words:
            return queryset, False
        texts: dict[int, str] = defaultdict(str)
        for pk, *values in queryset.values_list("pk", *self.get_search_fields(request)):
            texts[pk] += " " + fold(" ".join(value for value in values if value))
        found = [pk for pk, text in texts.items() if all(word in text for word in words)]
        return queryset.filter(pk__in=found), False

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[str]]:
        """As Django's, without computed and joining rows, and not hundreds of protected ones.

        Rights are asked of `objs` only: what hangs on them goes along or is protected by the
        models, also where it has no delete button of its own.
        """
        objs = list(objs)
        if not objs:
            return [], {}, set(), []
        collector = NestedObjects(using=router.db_for_write(self.model))
        collector.collect(objs)
        shown = _pruned(collector.nested(self._shown_when_deleting))
        found: Any = collector.model_objs  # typed by name in the stubs, by class in truth
        counts = {
            str(model._meta.verbose_name_plural): len(instances)
            for model, instances in found.items()
            if self._is_told(model)
        }
        protected = sorted(self._shown_when_deleting(one) for one in collector.protected)
        if len(protected) > MOST_LISTED:
            more = format_decimal(len(protected) - MOST_LISTED)
            protected[MOST_LISTED:] = [f"… và {more} mục khác"]
        may = all(self.has_delete_permission(request, one) for one in objs)
        return shown, counts, set() if may else {str(self.opts.verbose_name)}, protected

    def _is_told(self, model: type[Model]) -> bool:
        return not model._meta.auto_created and not issubclass(model, self.computed)

    def _shown_when_deleting(self, obj: Model) -> str:
        if not self._is_told(type(obj)):
            return ""
        kind = capfirst(str(obj._meta.verbose_name))
        if not self.admin_site.is_registered(type(obj)):
            return format_html("{}: {}", kind, obj)
        url = reverse(
            f"admin:{obj._meta.app_label}_{obj._meta.model_name}_change", args=[quote(obj.pk)]
        )
        return format_html('{}: <a href="{}">{}</a>', kind, url, obj)

    # --- The history of every field -----------------------------------------------------------

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Who changed what, when, from what to what; where none is kept, Django's own page."""
        if not is_tracked(self.model):
            return super().history_view(request, object_id, extra_context)
        key = unquote(object_id)
        one = self.get_object(request, key)
        if one is not None and not self.has_view_or_change_permission(request, one):
            raise PermissionDenied
        versions = self.versions(request, int(key), one) if key.isdecimal() else []
        if one is None and not versions:
            return super().history_view(request, object_id, extra_context)  # says so
        context = {
            **self.admin_site.each_context(request),
            "title": f"Lịch sử thay đổi: {one or GONE}",
            "opts": self.opts,
            "object": one,
            "page": Paginator(versions, VERSIONS).get_page(request.GET.get("trang")),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/field_history.html", context)

    def versions(self, request: HttpRequest, key: int, one: Model | None) -> list[Version]:
        """What the page of the history shows, newest first; `one` is None once it was deleted."""
        found = versions_of(self.model, id=key)
        if one is None or not self.has_change_permission(request, one):
            return found
        form: Any = self.get_form(request, one, change=True)
        page = reverse(
            f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[quote(one.pk)]
        )
        return [with_ways_back(version, page, form.base_fields) for version in found]

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """With one field as it was before, where the history leads here; saving goes the same way
        as any change, with its checks, its reason and its own record."""
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        earlier = self._earlier(request, obj)
        if request.method != "GET" or not set(form.base_fields).issuperset(earlier) or not earlier:
            return form

        class WithEarlier(form):
            def __init__(self, *args: Any, **kwargs: Any) -> None:
                kwargs["initial"] = {**(kwargs.get("initial") or {}), **earlier}
                super().__init__(*args, **kwargs)

        return WithEarlier

    def _earlier(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        """The field that the address asks to go back to, first, and those that go back with it,
        each with its value then; empty when it asks for none."""
        version, name = request.GET.get(VERSION, ""), request.GET.get(FIELD, "")
        if obj is None or not version.isdecimal() or not is_tracked(self.model):
            return {}
        names = next((one for one in self.back_together if name in one), (name,))
        try:
            return {
                one: earlier_value(self.model, int(version), obj.pk, one)
                for one in sorted(names, key=lambda one: one != name)
            }
        except LookupError:
            return {}

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        obj = context.get("original")
        if request.method == "GET" and (earlier := self._earlier(request, obj)):
            titles = (self.model._meta.get_field(name).verbose_name for name in earlier)
            named = ", ".join(f"“{capfirst(str(title))}”" for title in titles)
            self.message_user(
                request,
                f"Ô {named} đang điền giá trị cũ; chưa có gì được ghi. Đồng chí "
                "xem lại rồi bấm Lưu để lấy lại giá trị này.",
                messages.WARNING,
            )
        return super().render_change_form(request, context, *args, **kwargs)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {"instead_of_deleting": self.instead_of_deleting, **(extra_context or {})}
        return super().delete_view(request, object_id, context)


def with_ways_back(version: Version, page: str, fields: Container[str]) -> Version:
    """The version with links to the form on `page`, which then has a field as it was before."""
    if version.kind != "~":
        return version
    changes = tuple(
        replace(one, back=f"{page}?{VERSION}={one.version}&{FIELD}={one.field}")
        if one.version and one.field in fields
        else one
        for one in version.changes
    )
    return replace(version, changes=changes)


def _pruned(nested: Iterable[Any]) -> list[Any]:
    """The nested list without empty texts, and without the lists that they leave empty."""
    kept = [_pruned(item) if isinstance(item, list) else item for item in nested]
    return [item for item in kept if item]


class ReadOnly:
    """Pages to look at: the history is written by acts alone."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


def is_removed(form: forms.ModelForm) -> bool:
    """Whether a row of an inline is marked to be deleted."""
    return bool(form.cleaned_data.get(DELETION_FIELD_NAME))


class PartFormSet(forms.BaseInlineFormSet):
    """Rows inside the page of their owner. A row that must stay says why, and nothing is saved."""

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        if DELETION_FIELD_NAME in form.fields:
            form.fields[DELETION_FIELD_NAME].widget.attrs["aria-label"] = "Xóa dòng này"

    def refusal(self, form: forms.ModelForm, deleting: bool) -> tuple[str | None, str] | None:
        """(field, reason) when an existing row may not be deleted or changed so, else None."""
        return None

    def get_unique_error_message(self, unique_check: Sequence[str]) -> str:
        """Names the fields as their labels do: "Mã bị ghi trùng."."""
        model: Any = self.model
        labels = [
            str(model._meta.get_field(name).verbose_name)
            for name in unique_check
            if name != self.fk.name
        ]
        labels[0] = capfirst(labels[0])
        return str(super().get_unique_error_message(labels))

    def clean(self) -> None:
        super().clean()
        refused = False
        for form in self.initial_forms:
            if found := self.refusal(form, is_removed(form)):
                form.add_error(*found)
                refused = True
        # Django overlooks the errors of a row that is to be deleted.
        if refused:
            raise ValidationError(
                "Chưa lưu gì: có dòng không bỏ hoặc sửa được, xem lý do ở dòng đó."
            )


class Part(Typed, InlineModelAdmin):
    """An inline that starts without empty rows."""

    extra = 0
    formset: type[forms.BaseInlineFormSet] = PartFormSet

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        """Without the signs for adding and editing what a row only chooses; in a table, where the
        head of a column is no label, each cell says its name to those who listen."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is None:
            return None
        widget = field.widget
        if isinstance(widget, RelatedFieldWidgetWrapper):
            for action in ("add", "change", "delete", "view"):
                setattr(widget, f"can_{action}_related", False)
            widget = widget.widget
        if isinstance(self, admin.TabularInline):
            widget.attrs["aria-label"] = capfirst(str(db_field.verbose_name))
        return field

    def get_formset(self, request: HttpRequest, obj: Model | None = None, **kwargs: Any) -> Any:
        formset: Any = super().get_formset(request, obj, **kwargs)
        # What Django would say of protected rows names all of them; `refusal` says it shorter.
        if issubclass(self.formset, PartFormSet) and self.formset is not PartFormSet:
            formset.form.hand_clean_DELETE = lambda form: None
        return formset


def link(url_name: str, text: object, *args: int, query: str = "") -> str:
    """A link to a page of the admin."""
    url = reverse(f"admin:{url_name}", args=[quote(arg) for arg in args])
    return format_html('<a href="{}{}">{}</a>', url, f"?{query}" if query else "", text)
