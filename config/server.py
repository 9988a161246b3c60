"""Settings of gunicorn: `gunicorn -c config/server.py config.wsgi`.

Beside the server it starts the worker that makes what takes long (units/orders.py), so that a
small installation has one program to start and to stop. Where the worker is a service of its own,
gunicorn is started without this file.
"""

import contextlib
import ctypes
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

workers = 2
# Threads, because a browser opens spare connections and says nothing on them: without a proxy in
# front each would hold a whole worker.
threads = 4
loglevel = "warning"
control_socket_disable = True
# An accented letter takes up to nine bytes in an address: what is searched for is carried through
# every link of a list. The most that gunicorn allows; beyond, it answers
# with a page of its own, in English.
limit_request_line = 8190

_ROOT = Path(__file__).parents[1]
_PATIENCE = 10  # seconds that the worker gets to end
_started: list[subprocess.Popen[bytes]] = []


def when_ready(server: Any) -> None:
    """Called once by gunicorn, when it listens."""
    command = [sys.executable, "manage.py", "db_worker", "--no-reload", "--verbosity", "0"]
    _started.append(subprocess.Popen(command, cwd=_ROOT, preexec_fn=_end_with_parent))


def on_exit(server: Any) -> None:
    for worker in _started:
        worker.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            worker.wait(_PATIENCE)
        worker.kill()


def _end_with_parent() -> None:
    """On Linux the worker is told to end even when the server is killed and tells nobody."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG
