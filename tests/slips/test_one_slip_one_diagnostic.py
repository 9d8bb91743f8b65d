"""One slip is told once, in the file in which it was made: every key and every word of a small report, one at a time.

Raw data (CSV, workbooks) have tests of their own; what is planted here are slips in what people write.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from plant import Slip, in_toml, in_words
from small_project import CATALOG, CHARTS, FACTS, MANUSCRIPT, REPORT, check, project

from reportgen.base.diagnostics import Diagnostic

TOLD_ELSEWHERE: dict[str, tuple[str, ...]] = {
    MANUSCRIPT: ("locales/",),  # a passage that has changed is told at its translation
    FACTS: (MANUSCRIPT,),  # a fact under another name is missed where it is printed
    CHARTS: (MANUSCRIPT,),
    REPORT: (),
    CATALOG: (),
}
KNOWN_TWICE: dict[str, tuple[str, ...]] = {
    REPORT: ("leave out [editions.zh]",),  # its title is nearly the file's own style
    MANUSCRIPT: ("double } in line 1", "leave out line 3"),  # the text that mentions the figure is gone, too
    CATALOG: ("leave out line 39",),  # a message without msgstr has no translation
}
"""Slips that are told twice, and why that is left."""


EVERY = {CATALOG: 5, MANUSCRIPT: 3}
"""Of files with many words only every seventh, fifth or third slip is planted: all of them take minutes."""


def slips(path: str, plant: Callable[[str], Iterator[Slip]]) -> list[Slip]:
    known = KNOWN_TWICE.get(path, ())
    planted = [slip for slip in plant(project()[path]) if not slip.what.startswith(known or ("\0",))]
    return planted[:: EVERY.get(path, 1)]


def told_wrongly(path: str, plant: Callable[[str], Iterator[Slip]]) -> tuple[int, list[str]]:
    """Return how many slips are told, and what is said of those that are not told once and in their place."""
    wrong, told = [], 0
    for slip in slips(path, plant):
        found = check({**project(), path: slip.text})
        told += bool(found)
        if len(found) > 1 or not all(_is_in_place(d, path) for d in found):
            wrong.append(f"{slip.what}:\n" + "\n".join(f"    {d}" for d in found))
    return told, wrong


def _is_in_place(diagnostic: Diagnostic, path: str) -> bool:
    file = getattr(diagnostic.place, "file", "")
    return file == path or file.startswith(TOLD_ELSEWHERE[path] or ("\0",))


@pytest.mark.parametrize(
    ("path", "plant", "least"),
    [
        (REPORT, in_toml, 130),
        (FACTS, in_toml, 180),
        (CHARTS, in_toml, 55),
        (MANUSCRIPT, in_words, 60),
        (CATALOG, lambda text: in_words(text, 19), 50),
    ],
    ids=["report", "facts", "charts", "manuscript", "catalog"],
)
def test_one_slip_is_one_diagnostic(path: str, plant: Callable[[str], Iterator[Slip]], least: int) -> None:
    told, wrong = told_wrongly(path, plant)
    assert wrong == []
    assert told >= least


def test_the_report_itself_has_no_fault() -> None:
    assert check(project()) == ()
