"""The collector is put aside and comes back, whatever happens."""

from __future__ import annotations

import gc

import pytest

from reportgen.build.cycles import uncollected


def test_the_collector_is_put_aside_and_comes_back() -> None:
    with uncollected():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_comes_back_after_a_fault() -> None:
    with pytest.raises(ValueError, match="x"), uncollected():
        raise ValueError("x")
    assert gc.isenabled()


def test_it_stays_aside_where_it_was_aside() -> None:
    with uncollected():
        with uncollected():
            pass
        assert not gc.isenabled()
