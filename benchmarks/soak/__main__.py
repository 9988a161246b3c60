"""`python -m benchmarks.soak`: fifty people at once for five minutes, on loopback only.

Two of each unit work on the same tasks. Every update carries a mark; afterwards each accepted mark
must stand in the history exactly once, and each refused one not at all. Exits with 1 otherwise,
and when any request was answered with an error.
"""

import argparse
import json
import os
import socket
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count

from benchmarks import runs
from benchmarks.soak.visitor import Told, Visitor

_SETTING_UP = 900  # seconds at most


def main(arguments: Sequence[str]) -> int:
    chosen = _options().parse_args(arguments)
    with runs.folder(postgresql=True) as folder:
        database = folder.database("soak")
        folder.start("benchmarks.prepare", chosen.tasks, database=database, timeout=_SETTING_UP)
        people_file, marks_file = folder.path / "people.json", folder.path / "marks.json"
        people = ("benchmarks.soak.people", "let-in", chosen.users, people_file)
        folder.start(*people, database=database, timeout=_SETTING_UP)
        with _server(folder, database) as port:
            told = _work(port, json.loads(people_file.read_text()), chosen)
        look_up = ("benchmarks.soak.people", "look-up", marks_file)
        folder.start(*look_up, database=database, timeout=_SETTING_UP)
        return _report(told, json.loads(marks_file.read_text()), chosen)


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m benchmarks.soak")
    parser.add_argument("--users", type=int, default=50, choices=range(1, 201), metavar="1-200")
    parser.add_argument("--minutes", type=float, default=5, help="10 at most (5)")
    parser.add_argument("--tasks", type=int, default=1000, help="of the generated plan (1000)")
    parser.add_argument("--thinking", type=float, default=1, help="mean seconds between acts (1)")
    return parser


@contextmanager
def _server(folder: runs.Folder, database: str) -> Iterator[int]:
    """gunicorn as README.md starts it; gives its port once it answers."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = (
        *(sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}"),
        *("--workers", "3", "--timeout", "60", "--log-level", "error", "--no-control-socket"),
    )
    environment = {**os.environ, **runs.SETTINGS, "DATABASE_URL": database}
    environment |= {"ALLOWED_HOSTS": "127.0.0.1", "DATA_DIR": str(folder.path)}
    log = (folder.path / "server.log").open("wb")
    process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        for _ in count():
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                if process.poll() is not None:
                    raise runs.Failed("gunicorn") from None
                time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(30)
        log.close()


def _work(port: int, people: list[dict[str, object]], chosen: argparse.Namespace) -> list[Told]:
    until = time.monotonic() + 60 * min(chosen.minutes, 10)
    visitors = [Visitor(port, one, seed, chosen.thinking) for seed, one in enumerate(people)]
    with ThreadPoolExecutor(len(visitors)) as pool:
        return list(pool.map(lambda one: one.work(until), visitors))


def _report(told: list[Told], marks: dict[str, int], chosen: argparse.Namespace) -> int:
    seconds: dict[str, list[float]] = defaultdict(list)
    for one in told:
        for kind, taken in one.seconds.items():
            seconds[kind] += taken
    accepted = {mark for one in told for mark in one.accepted}
    refused = {mark for one in told for mark in one.refused} - accepted
    errors = [error for one in told for error in one.errors]
    wrong = [mark for mark in accepted if marks.get(mark, 0) != 1]
    wrong += [mark for mark in refused if mark in marks]
    requests = sum(map(len, seconds.values()))
    print(
        f"{chosen.users} people, {chosen.tasks:,} tasks, PostgreSQL, "
        f"{min(chosen.minutes, 10):g} minutes: {requests:,} requests"
    )
    print(f"{'':12}{'requests':>10}{'median ms':>12}{'p95 ms':>10}")
    for kind, taken in sorted(seconds.items()):
        taken.sort()
        median, p95 = taken[len(taken) // 2], taken[int(len(taken) * 0.95)]
        print(f"{kind:12}{len(taken):>10,}{median * 1000:>12.0f}{p95 * 1000:>10.0f}")
    print(
        f"updates accepted {len(accepted):,}, refused because somebody else wrote in between "
        f"{len(refused):,}, lost or doubled {len(wrong)}, errors {len(errors)}"
    )
    for error in errors[:10]:
        print(f"! {error}", file=sys.stderr)
    return 1 if errors or wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
