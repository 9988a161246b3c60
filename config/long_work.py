"""The queue of long work (django_tasks_db) as an app of this project, and which workers live.

A worker holds a lock on a file of its own as long as it lives; the kernel gives the lock back
however the worker ends. So work that was broken off can be told from work that goes on, without a
clock. The files lie in MADE_ROOT, which server and worker share anyway.
"""

import fcntl
import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import admin
from django_tasks.signals import task_started
from django_tasks_db.apps import TasksAppConfig

_SIGN = ".worker"
_held: dict[Path, int] = {}


class QueueConfig(TasksAppConfig):
    """Without its pages in the admin, which speak English and show the insides of programs; who
    waits for a file sees it on the file's own page."""

    def ready(self) -> None:
        from django_tasks_db.models import DBTaskResult

        super().ready()
        if admin.site.is_registered(DBTaskResult):
            admin.site.unregister(DBTaskResult)
        task_started.connect(_begun)


def _begun(task_result: Any, **kwargs: Any) -> None:
    for worker in task_result.worker_ids[-1:]:
        show_life(worker)


def show_life(worker: str) -> None:
    """From now on until this process ends, `lives` says yes. Signs of dead workers are removed."""
    path = _sign_of(worker)
    if path in _held:
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    while path not in _held:
        descriptor = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        if path.exists() and os.path.samestat(path.stat(), os.fstat(descriptor)):
            _held[path] = descriptor
        else:  # removed by another worker that began at the same moment
            os.close(descriptor)
    for other in path.parent.glob(f"*{_SIGN}"):
        if not _is_locked(other):
            other.unlink(missing_ok=True)


def lives(worker: str) -> bool:
    """Whether the worker that began a piece of work is still there to end it."""
    return _is_locked(_sign_of(worker))


def _sign_of(worker: str) -> Path:
    return Path(settings.MADE_ROOT) / f"{worker}{_SIGN}"


def _is_locked(path: Path) -> bool:
    try:
        descriptor = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False
