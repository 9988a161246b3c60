"""People keep their own views of the task list: a name for what stands in the address bar."""

from django.db import transaction

from config.vietnamese.text import clean_line
from plans.acts.refusals import Invalid
from plans.columns import read_columns
from plans.models import ChosenColumns, SavedView
from units.models import User

MOST_VIEWS = 30
_NAME, _QUERY = 80, 1000


def save_view(*, by: User, name: str, query: str, is_default: bool = False) -> SavedView:
    """Keep `query` under a name of one's own; the same name and query again change nothing."""
    with transaction.atomic():
        _lock(by)
        name = _checked_name(name)
        if len(query) > _QUERY:
            raise Invalid({"name": "Điều kiện lọc quá dài nên không lưu được."})
        found = by.saved_views.filter(name=name).first()
        if found is not None and found.query != query:
            raise Invalid({"name": f"Đồng chí đã có danh sách “{name}”. Đồng chí chọn tên khác."})
        if found is None:
            if by.saved_views.count() >= MOST_VIEWS:
                raise Invalid({"name": f"Mỗi người lưu nhiều nhất {MOST_VIEWS} danh sách."})
            found = SavedView.objects.create(user=by, name=name, query=query)
        if is_default:
            _make_default(found)
        return found


def rename_view(*, view: SavedView, name: str) -> SavedView:
    with transaction.atomic():
        _lock(view.user)
        view.name = _checked_name(name)
        if view.user.saved_views.filter(name=view.name).exclude(pk=view.pk).exists():
            raise Invalid({"name": f"Đồng chí đã có danh sách “{view.name}”."})
        view.save(update_fields=["name"])
        return view


def make_default(*, view: SavedView, wanted: bool = True) -> SavedView:
    """The view that the task list opens with, or not any more."""
    with transaction.atomic():
        _lock(view.user)
        if wanted:
            _make_default(view)
        else:
            view.is_default = False
            view.save(update_fields=["is_default"])
        return view


def delete_view(*, view: SavedView) -> None:
    view.delete()


def choose_columns(*, by: User, columns: list[str]) -> str:
    """Remember which columns a person wants to see; returns them as they stand in an address."""
    chosen = read_columns(",".join(columns))
    words = ",".join(column.key for column in chosen)
    ChosenColumns.objects.update_or_create(user=by, defaults={"columns": words})
    return words


def _lock(user: User) -> None:
    """One after the other for one person: two windows cannot make two defaults or two names."""
    User.objects.select_for_update().get(pk=user.pk)


def _make_default(view: SavedView) -> None:
    view.user.saved_views.filter(is_default=True).exclude(pk=view.pk).update(is_default=False)
    view.is_default = True
    view.save(update_fields=["is_default"])


def _checked_name(name: str) -> str:
    cleaned = clean_line(name)
    if not cleaned:
        raise Invalid({"name": "Đồng chí đặt tên cho danh sách."})
    if len(cleaned) > _NAME:
        raise Invalid({"name": f"Tên dài nhất {_NAME} ký tự."})
    return cleaned
