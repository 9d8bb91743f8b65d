"""What holds for every test: the product never adds floats up with ``sum``, whose result is Python's own.

Since 3.12 ``sum`` of floats carries its rounding errors along and may end otherwise than before, and one coordinate of
a page would differ between Pythons. ``math.fsum`` is exact in all of them.
"""

from __future__ import annotations

import builtins
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

import reportgen

_SOURCE = str(Path(reportgen.__file__).parent)


class SumOfFloats(AssertionError):
    """Code of the product adds floats up with ``sum``."""


@pytest.fixture(autouse=True, scope="session")
def no_sum_of_floats() -> Iterator[None]:
    """Refuse ``sum`` over floats where code of the product calls it."""
    real = builtins.sum

    def checked(items: Iterable[Any], /, start: Any = 0) -> Any:
        found = list(items)
        caller = sys._getframe(1).f_code.co_filename
        if caller.startswith(_SOURCE) and any(type(item) is float for item in found):
            raise SumOfFloats(f"use math.fsum in {caller}:{sys._getframe(1).f_lineno}")
        return real(found, start)

    builtins.sum = checked
    yield
    builtins.sum = real
