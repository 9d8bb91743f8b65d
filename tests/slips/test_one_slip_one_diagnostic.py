"""One slip is told once, in the file in which it was made: every key and every word of a small report, one at a time.

Raw data (CSV, workbooks) have tests of their own; what is planted here are slips in what people write.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import TypeAlias

import pytest
from plant import Slip, in_json, in_toml, in_words
from small_project import CATALOG, CHARTS, FACTS, MANUSCRIPT, PACKAGE, REPORT, check, project

from reportgen.base.diagnostics import Diagnostic

TOLD_ELSEWHERE: dict[str, tuple[str, ...]] = {
    MANUSCRIPT: ("locales/",),  # a passage that has changed is told at its translation
    FACTS: (MANUSCRIPT,),  # a fact under another name is missed where it is printed
    CHARTS: (MANUSCRIPT,),
    REPORT: (),
    CATALOG: (),
    PACKAGE: ("data/",),  # what a table is not, its rows, facts and charts show
}
Plant: TypeAlias = Callable[[str], Iterator[Slip]]
EVERY = {CATALOG: 7, MANUSCRIPT: 3, PACKAGE: 9}
"""Of files with many words only each so many-th slip is planted: all of them take minutes, and are a study."""


def told_wrongly(path: str, plant: Plant, every: int) -> tuple[int, list[str]]:
    """Return how many slips are told, and what is said of those that are not told once, in place and with a hint."""
    wrong, told = [], 0
    for slip in islice(plant(project()[path]), 0, None, every):
        found = check({**project(), path: slip.text})
        told += bool(found)
        if len(found) > 1 or not all(_is_whole(d, path) for d in found):
            wrong.append(f"{slip.what}:\n" + "\n".join(f"    {d}" for d in found))
    return told, wrong


def _is_whole(diagnostic: Diagnostic, path: str) -> bool:
    """Say whether a diagnostic has a hint, and its place in a file that may tell of the slip."""
    file = getattr(diagnostic.place, "file", "")
    in_place = file == path or file.startswith(TOLD_ELSEWHERE[path] or ("\0",))
    return in_place and diagnostic.hints != ()


def _in_catalog(text: str) -> Iterator[Slip]:
    return in_words(text, 19)


FILES: dict[str, tuple[str, Plant, int]] = {
    "report": (REPORT, in_toml, 130),
    "facts": (FACTS, in_toml, 180),
    "charts": (CHARTS, in_toml, 55),
    "manuscript": (MANUSCRIPT, in_words, 60),
    "catalog": (CATALOG, _in_catalog, 40),
    "descriptor": (PACKAGE, in_json, 70),
}


@pytest.mark.parametrize(("path", "plant", "least"), FILES.values(), ids=FILES)
def test_one_slip_is_one_diagnostic(path: str, plant: Plant, least: int) -> None:
    told, wrong = told_wrongly(path, plant, EVERY.get(path, 1))
    assert wrong == []
    assert told >= least


@pytest.mark.study
@pytest.mark.parametrize("name", ["manuscript", "catalog", "descriptor"])
def test_each_slip_is_one_diagnostic(name: str) -> None:
    path, plant, least = FILES[name]
    told, wrong = told_wrongly(path, plant, 1)
    assert wrong == []
    assert told >= least * EVERY[path]


def test_the_report_itself_has_no_fault() -> None:
    assert check(project()) == ()
