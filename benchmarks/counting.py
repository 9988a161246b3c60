"""What a piece of work asks of the database, and what the process has held in memory."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection


@dataclass
class Queries:
    number: int = 0


@contextmanager
def counted_queries() -> Iterator[Queries]:
    """Counts what is sent inside the block; one statement for many rows (`executemany`) is one."""
    queries = Queries()

    def count(execute: Any, *arguments: Any) -> Any:
        queries.number += 1
        return execute(*arguments)

    with connection.execute_wrapper(count):
        yield queries


def peak() -> float:
    """The most memory that this process has held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
