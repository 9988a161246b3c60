"""Parts of pages that many people look at and that rarely change are kept in the process.

A part is kept under everything that it depends on: the version of the data (units/freshness.py),
the plan, the day, today, the rights of the reader and the whole address. It can be missing, never
stale.
"""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from django.http import HttpRequest
from django.utils.safestring import SafeString

from plans.frame import Frame
from units import freshness

_MOST = 120  # parts, of at most some 150 kB
_LONGEST_QUERY = 400
_parts: "OrderedDict[tuple[object, ...], SafeString]" = OrderedDict()
_lock = Lock()


def remembered(
    request: HttpRequest, frame: Frame, make: Callable[[], SafeString], *depends: object
) -> SafeString:
    """What `make` gives for this address and reader, or gave when nothing had changed since;
    `depends` is whatever else it shows."""
    query = request.META.get("QUERY_STRING", "")
    if len(query) > _LONGEST_QUERY:
        return make()
    # The version is asked for first: what is written meanwhile makes the part newer than its key.
    key = (
        freshness.version(),
        *(request.path, query),
        frame.plan and frame.plan.pk,
        *(frame.day, frame.today),
        *(frame.user.role, frame.user.unit_id),
        *depends,
    )
    with _lock:
        if key in _parts:
            _parts.move_to_end(key)
            return _parts[key]
    made = make()
    with _lock:
        _parts[key] = made
        while len(_parts) > _MOST:
            _parts.popitem(last=False)
    return made


def forget() -> None:
    """Start empty, to measure what a page costs the first time."""
    with _lock:
        _parts.clear()
