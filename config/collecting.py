"""Python's search for garbage, put off where a great many objects are made that all live on.

It looks through all of them again and again as they grow in number: of a plan of 10,000 tasks that
took as long as reading the plan itself.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def put_off() -> Iterator[None]:
    """No search for cycles among objects inside; as a decorator, while the function runs.

    What is no cycle is still given back at once. Whoever switched the search off switches it on
    again, so threads may come and go in any order.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
