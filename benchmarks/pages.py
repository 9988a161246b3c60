"""Measures the pages of the plan in the database: `python -m benchmarks.pages SECONDS OUTPUT`.

Requests go through the whole middleware in this process, with nobody else on the server and no
network. Ours, the bare view with the same rows and the empty view take turns, so that whatever
else the machine does slows all three alike.
"""

import datetime as dt
import gc
import itertools
import json
import statistics
import sys
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import django
from django.http import HttpResponse
from django.test import Client

from benchmarks.counting import counted_queries

_WARM_UP = 3
_AT_LEAST, _AT_MOST = 20, 200  # repetitions; only two when no time is given, to count queries

Send = Callable[[], HttpResponse]


@dataclass(frozen=True)
class Timing:
    """Seconds of one request, and its number of queries."""

    median: float
    p95: float
    queries: int


@dataclass(frozen=True)
class Page:
    """What one page took, beside the bare view and the empty one."""

    name: str
    ours: Timing
    bare: Timing
    empty: Timing


class Reader:
    """A person who is logged in and whose browser forgets nothing but messages."""

    def __init__(self, user: Any) -> None:
        self.client = Client()
        self.client.force_login(user)

    def get(self, address: str) -> Send:
        return lambda: _answered(self.client.get(address), 200, address)

    def first(self, address: str) -> Send:
        """As the first reader after a change gets it: nothing that was remembered is used."""

        def send() -> HttpResponse:
            from plans.remembered import forget

            forget()
            return _answered(self.client.get(address), 200, address)

        return send

    def post(self, forms: Iterator[tuple[str, dict[str, Any]]]) -> Send:
        """Each call sends the next of `forms` (address, fields)."""

        def send() -> HttpResponse:
            address, fields = next(forms)
            answer = _answered(self.client.post(address, fields), 302, address)
            self.client.cookies.pop("messages", None)  # as the next page does
            return answer

        return send


class WrongAnswer(Exception):
    """A page did not do what is measured."""


def _answered(response: Any, status: int, address: str) -> HttpResponse:
    if response.status_code != status:
        text = response.content.decode(errors="replace")[:2000]
        raise WrongAnswer(f"{address}: {response.status_code} instead of {status}\n{text}")
    answer: HttpResponse = response
    return answer


def _queries_of(send: Send) -> int:
    with counted_queries() as queries:
        send()
    return queries.number


def _timings(sends: Sequence[Send], seconds: float) -> list[Timing]:
    """Of each, measured in turns for about so long, with as many repetitions each."""
    for send in sends:
        for _ in range(_WARM_UP):
            send()
    queries = [_queries_of(send) for send in sends]
    gc.collect()
    taken: list[list[float]] = [[] for _ in sends]
    until = time.perf_counter() + seconds
    for turn in range(_AT_MOST):
        if turn >= (_AT_LEAST if seconds else 2) and time.perf_counter() > until:
            break
        for send, times in zip(sends, taken, strict=True):
            began = time.perf_counter()
            send()
            times.append(time.perf_counter() - began)
    return [
        Timing(statistics.median(times), statistics.quantiles(times, n=20)[-1], counted)
        for times, counted in zip(taken, queries, strict=True)
    ]


def _measured(seconds: float) -> Iterator[Page]:
    from benchmarks.subjects import Subjects

    found = Subjects.find()
    office, head = Reader(found.office), Reader(found.head)
    empty = office.get("/nen/trong/")
    bare_list, bare_board = office.get("/nen/nhiem-vu/"), office.get("/nen/bang/")
    task = f"nhiem-vu/{found.task.pk}/"
    bare_task = office.get(f"/nen/{task}")
    past = f"{found.today - dt.timedelta(days=60):%d/%m/%Y}"
    filtered = "/nhiem-vu/?trang-thai=dang-thuc-hien&han=con-han&tim=thuc+hien"
    cases = (
        ("Dashboard, Office", office.get("/"), bare_board),
        ("Dashboard, unit", head.get("/"), bare_board),
        ("Dashboard, compared", office.get(f"/?so-voi={past}"), bare_board),
        ("Dashboard, anew", office.first("/"), bare_board),
        ("Units by state", office.get("/don-vi/"), bare_board),
        ("Task list, page 1", office.get("/nhiem-vu/"), bare_list),
        ("Task list, anew", office.first("/nhiem-vu/"), bare_list),
        ("Task list, by deadline", office.get("/nhiem-vu/?sap-xep=thoi-han"), bare_list),
        ("Task list, last page", office.get("/nhiem-vu/?trang=9999"), bare_list),
        ("Task list, filtered", office.get(filtered), bare_list),
        ("Task list, a past day", office.get(f"/nhiem-vu/?ngay={past}"), bare_list),
        ("Task list, unit", head.get("/nhiem-vu/"), bare_list),
        ("Task, Office", office.get(f"/{task}"), bare_task),
        ("Task, unit with form", head.get(f"/{task}"), bare_task),
        (
            "Recording progress",
            head.post(_updates(found.own_parts)),
            head.post(_bare_updates(found.other_part)),
        ),
    )
    for name, send, bare in cases:
        yield Page(name, *_timings((send, bare, empty), seconds))


_RESULT = "Trong kỳ đã tiếp nhận 1.204 hồ sơ, giải quyết trước hạn và đúng hạn 98,5%. " * 4


def _updates(parts: Sequence[Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """One form after the other, for the parts in turn; nobody else writes in between."""
    for part in itertools.cycle(parts):
        fields = {"state": "in_progress", "result": _RESULT, "seen": part.sequence}
        part.sequence += 1
        address = f"/nhiem-vu/{part.task_id}/{part.pk}/cap-nhat/"
        yield address, {**fields, "request_key": uuid.uuid4()}


def _bare_updates(part: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    return itertools.repeat((f"/nen/cap-nhat/{part.pk}/", {"result": _RESULT}))


def main(seconds: float, output: Path) -> None:
    django.setup()
    from django.test import override_settings

    with override_settings(ROOT_URLCONF="benchmarks.floors"):
        pages = list(_measured(seconds))
    output.write_text(json.dumps([asdict(page) for page in pages]))


if __name__ == "__main__":
    main(float(sys.argv[1]), Path(sys.argv[2]))
