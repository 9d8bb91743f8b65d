"""Python's collector of reference cycles, put aside while a build runs."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Put the cyclic collector aside.

    The passes make frozen data without cycles, which counting references frees; the collector would walk all of it,
    again and again, and find nothing: a fifth of the time of a report of two thousand pages.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
