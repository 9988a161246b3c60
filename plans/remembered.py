"""Parts of pages that many people look at and that rarely change are kept in the process.

A part is kept under everything that it depends on: the version of the data (units/freshness.py),
the plan, the day, today, the rights of the reader and the whole address. It can be missing, never
stale.
"""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import TypeVar, cast

from django.http import HttpRequest
from django.utils.safestring import SafeString

from plans.frame import Frame
from units import freshness

_MOST = 200  # parts, of at most some 150 kB, and numbers
_LONGEST_QUERY = 400
_kept: "OrderedDict[tuple[object, ...], object]" = OrderedDict()
_lock = Lock()
T = TypeVar("T")


def remembered(
    request: HttpRequest, frame: Frame, make: Callable[[], SafeString], *depends: object
) -> SafeString:
    """What `make` gives for this address and reader, or gave when nothing had changed since;
    `depends` is whatever else it shows."""
    query = request.META.get("QUERY_STRING", "")
    if len(query) > _LONGEST_QUERY:
        return make()
    return _keep(
        make,
        _version(request),
        *(request.path, query),
        frame.plan and frame.plan.pk,
        *(frame.day, frame.today),
        *(frame.user.role, frame.user.unit_id),
        *depends,
    )


def remembered_number(
    request: HttpRequest, frame: Frame, name: str, make: Callable[[], int]
) -> int:
    """The same for a number that stands on every page of a person, whatever its address."""
    plan = frame.plan and frame.plan.pk
    return _keep(make, _version(request), name, plan, frame.today, frame.user.pk)


def _version(request: HttpRequest) -> str:
    """The version of the data, asked for once while a page is read. What is written meanwhile makes
    what is kept newer than its key; a request that writes itself asks each time."""
    if request.method not in ("GET", "HEAD"):
        return freshness.version()
    if not hasattr(request, "data_version"):
        request.data_version = freshness.version()  # type: ignore[attr-defined]
    return cast("str", request.data_version)  # type: ignore[attr-defined]


def _keep(make: Callable[[], T], *key: object) -> T:
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return cast("T", _kept[key])
    made = make()
    with _lock:
        _kept[key] = made
        while len(_kept) > _MOST:
            _kept.popitem(last=False)
    return made


def forget() -> None:
    """Start empty, to measure what a page costs the first time."""
    with _lock:
        _kept.clear()
