"""Watching a project: built again whenever a file of it changes.

Files are looked at again and again rather than announced by the system: that works on the network drives that offices
keep their reports on, and a project is small. Only the folders that hold a report's sources are looked at.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from reportgen.base.diagnostics import Diagnostic, Refused

if TYPE_CHECKING:
    from reportgen.project.built import Built

FOLDERS = ("data", "locales", "fonts")
PAUSE = 0.25
"""Seconds between two looks; also how long the files must rest before they are built, so that a save of several files,
or of one in several steps, is built once."""

Stamps: TypeAlias = Mapping[str, tuple[int, int]]
"""The time of change in nanoseconds and the size of each file, by its path."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A build of a watched project.

    Attributes:
        built: the files; None where the build was refused, and the last good files stand as they were.
        seconds: how long it took.
    """

    built: Built | None
    diagnostics: tuple[Diagnostic, ...]
    seconds: float


def rebuilds(
    folder: Path, build: Callable[[], Built], wait: Callable[[float], object] = time.sleep
) -> Iterator[Rebuilt]:
    """Yield a build now and one after each change of the project's files, without end.

    Args:
        wait: called with :data:`PAUSE` between two looks.
    """
    while True:
        seen = stamps(folder)
        yield _rebuilt(build)
        while stamps(folder) == seen:
            wait(PAUSE)
        _rest(folder, wait)


def stamps(folder: Path) -> Stamps:
    """Return the stamps of the files that a project is made from."""
    found: dict[str, tuple[int, int]] = {}
    for name in FOLDERS:
        for root, folders, files in os.walk(folder / name):
            folders[:] = [each for each in folders if not each.startswith((".", "__"))]
            for file in files:
                path = os.path.join(root, file)  # noqa: PTH118  Path takes a third of the time of a look
                try:
                    known = os.stat(path)  # noqa: PTH116
                except OSError:  # gone between two questions
                    continue
                found[path] = known.st_mtime_ns, known.st_size
    return found


def _rest(folder: Path, wait: Callable[[float], object]) -> None:
    """Return once the files have not changed for a pause."""
    last: Stamps | None = None
    while (now := stamps(folder)) != last:
        last = now
        wait(PAUSE)


def _rebuilt(build: Callable[[], Built]) -> Rebuilt:
    start = time.perf_counter()
    try:
        built = build()
    except Refused as refused:
        return Rebuilt(None, refused.diagnostics, time.perf_counter() - start)
    return Rebuilt(built, built.diagnostics, time.perf_counter() - start)
