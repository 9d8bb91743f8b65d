"""The shipped report, made once in memory: its editions on their pages, and its press files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from reportgen.base.diagnostics import unwrap
from reportgen.base.world import World
from reportgen.build.pipeline import Made, make
from reportgen.build.press import press_profile
from reportgen.build.request import Request
from reportgen.edition.document import ComposedDocument
from reportgen.pdf.profile import Profile
from reportgen.pdf.write.file import write_pdf

PROJECT = World(Path(__file__).parents[2])


@contextmanager
def stage(_: str) -> Iterator[None]:
    """Stand for the clock that the command line has."""
    yield


@lru_cache(maxsize=1)
def made() -> Made:
    return unwrap(make(PROJECT, Request(), stage))


@lru_cache(maxsize=1)
def composed() -> tuple[ComposedDocument, ...]:
    return tuple(finished.document for finished in made().editions)


@lru_cache(maxsize=1)
def printer() -> Profile:
    """Return what the report asks of its printer."""
    return unwrap(press_profile(PROJECT, made().sources.report))


@lru_cache(maxsize=1)
def press_files() -> dict[str, bytes]:
    """Return the press file of each edition."""
    return {
        finished.document.edition: unwrap(write_pdf(finished.publication, printer(), made().sources.fonts))
        for finished in made().editions
    }
