"""One person with a browser: logs in, looks around, and writes marked words into the history."""

import random
import time
import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlencode

import lxml.html

from benchmarks.soak.people import PASSWORD

TIMEOUT = 60  # seconds for one answer
_REPEATED = 0.1  # the share of updates that are sent twice, as a double click does


@dataclass
class Told:
    """What a visitor saw: seconds by kind of request, marks by how they were answered, errors."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    accepted: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)  # somebody else wrote in between: 409
    errors: list[str] = field(default_factory=list)


class Unexpected(Exception):
    """An answer that nobody should get."""


class Visitor:
    """Works from `begin` until `until` (seconds of time.monotonic), thinking between requests."""

    def __init__(self, port: int, person: dict[str, Any], seed: int, thinking: float) -> None:
        self.person = person
        self.thinking = thinking
        self.rng = random.Random(seed)  # noqa: S311 which page comes next is no secret
        self.told = Told()
        self.cookies: dict[str, str] = {}
        self.connection = HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)

    def work(self, until: float) -> Told:
        acts = (self._board, self._list, self._task, self._update)
        try:
            self._log_in()
            while time.monotonic() < until:
                [act] = self.rng.choices(acts, (25, 25, 20, 30))
                act()
                time.sleep(self.rng.uniform(0, 2 * self.thinking))
        except (HTTPException, OSError, Unexpected) as error:
            self.told.errors.append(f"{self.person['name']}: {error!r}")
        finally:
            self.connection.close()
        return self.told

    def _log_in(self) -> None:
        form = _form(self._ask("log in", "GET", "/dang-nhap/"), "//main//form")
        fields = {**_values(form), "username": self.person["name"], "password": PASSWORD}
        self._ask("log in", "POST", "/dang-nhap/", fields, expected=(302,))

    def _board(self) -> None:
        self._ask("dashboard", "GET", "/")

    def _list(self) -> None:
        query = self.rng.choice(("", "?han=qua-han", "?trang-thai=hoan-thanh", "?tim=ho+so"))
        self._ask("list", "GET", f"/nhiem-vu/{query}")

    def _task(self) -> str:
        task = self.rng.choice(self.person["tasks"])
        return self._ask("task", "GET", f"/nhiem-vu/{task}/")

    def _update(self) -> None:
        """Open a task and record progress; tasks that have ended have no form."""
        page = self._task()
        form = _form(page, "//form[contains(@action, '/cap-nhat/')]")
        if form is None:
            return
        time.sleep(self.rng.uniform(0, self.thinking))
        mark = uuid.uuid4().hex
        fields = {**_values(form), "state": "in_progress", "result": f"Đã làm thêm. [{mark}]"}
        for _ in range(2 if self.rng.random() < _REPEATED else 1):
            answer = self._ask("update", "POST", form.get("action"), fields, expected=(302, 409))
            (self.told.refused if answer else self.told.accepted).append(mark)

    def _ask(
        self,
        kind: str,
        method: str,
        path: str,
        fields: dict[str, str] | None = None,
        expected: tuple[int, ...] = (200,),
    ) -> str:
        """The page; empty for a redirect. Unexpected for any other status."""
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        body = None
        if fields is not None:
            body = urlencode(fields)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.monotonic()
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        text = response.read().decode()
        self.told.seconds[kind].append(time.monotonic() - began)
        for header in response.headers.get_all("Set-Cookie", ()):
            name, _, value = header.partition(";")[0].partition("=")
            self.cookies[name] = value
        if response.status not in expected:
            raise Unexpected(f"{method} {path}: {response.status}")
        return "" if response.status == 302 else text


def _form(page: str, path: str) -> Any:
    return next(iter(lxml.html.fromstring(page).xpath(path)), None)


def _values(form: Any) -> dict[str, str]:
    """What a browser would send of a form that nobody touched."""
    return {name: value for name, value in form.form_values() if value is not None}
