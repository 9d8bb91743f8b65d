"""A hint works: what it says is done to the file, by a program where that can be, and the fault is gone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher

import pytest
from plant import Slip, in_json, in_toml, in_words
from small_project import (
    CATALOG,
    CHARTS,
    FACTS,
    KINDS,
    MANUSCRIPT,
    PACKAGE,
    REPORT,
    TABLE,
    check,
    passes,
    project,
)

from reportgen.base.diagnostics import CellRef, Diagnostic, has_errors

MEANT = re.compile(r"did you mean (\S+?)(?: or .*)?\?\Z")
WORD = re.compile(r"[^\s\[\]{}(),:;|\"'=#]+")


def remedied(text: str, diagnostic: Diagnostic) -> str | None:
    """Return a file's text after the hint was followed; None where the hint names no word to write instead."""
    meant = next((m[1] for hint in diagnostic.hints if (m := MEANT.match(hint))), None)
    place = diagnostic.place
    line = place.row if isinstance(place, CellRef) else getattr(place, "line", 0)
    if meant is None or not line:
        return None
    lines = text.split("\n")
    written = [word for word in WORD.finditer(lines[line - 1]) if word[0] in diagnostic.message]
    if not written:
        return None
    wrong = max((word[0] for word in written), key=lambda word: SequenceMatcher(None, word, meant).ratio())
    lines[line - 1] = lines[line - 1].replace(wrong, meant, 1)
    return "\n".join(lines)


def _renamed(text: str, diagnostic: Diagnostic) -> Iterator[str]:
    """Yield a text in which the field that is nearly what is named has that name, where a hint offers it."""
    if any(hint.startswith("or give a field that name") for hint in diagnostic.hints):
        name = diagnostic.message.rpartition(" ")[2]
        meant = next(m[1] for hint in diagnostic.hints if (m := MEANT.match(hint)))
        yield from (
            text[: found.start()] + f'"name": "{name}"' + text[found.end() :]
            for found in re.finditer(f'"name": "{re.escape(meant)}"', text)
        )


def misspellings(plant: Callable[[str], Iterator[Slip]], path: str) -> Iterator[Slip]:
    """Yield the slips in words; a sign in place of another is no word that could be meant."""
    return (
        slip for slip in plant(project()[path]) if re.match(r"misspell .*[\w.#-]{3,}( in|$| =|\])", slip.what)
    )


@pytest.mark.parametrize(
    ("path", "plant", "least"),
    [
        (REPORT, in_toml, 10),
        (FACTS, in_toml, 20),
        (CHARTS, in_toml, 5),
        (MANUSCRIPT, in_words, 10),
        (PACKAGE, in_json, 75),
    ],
    ids=["report", "facts", "charts", "manuscript", "descriptor"],
)
def test_what_was_meant_is_right(path: str, plant: Callable[[str], Iterator[Slip]], least: int) -> None:
    followed, wrong = Counter[str](), []
    for slip in misspellings(plant, path):
        found = [d for d in check({**project(), path: slip.text}) if getattr(d.place, "file", "") == path]
        for diagnostic in found[:1]:
            if any(hint.startswith("the same stands at") for hint in diagnostic.hints):
                continue  # the remedy is in several files: that of the declaration is not the one it names
            mended = remedied(slip.text, diagnostic)
            if mended is None:
                continue
            followed[diagnostic.rule] += 1
            remedies = [mended, *_renamed(slip.text, diagnostic)]
            after = min((check({**project(), path: remedy}) for remedy in remedies), key=has_errors)
            if has_errors(after):
                wrong.append(f"{slip.what}: {diagnostic}\n then {after[0]}")
    assert wrong == []
    assert followed.total() >= least


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (TABLE, "2022,book", "2022,图书"),
        (TABLE, "2022,book", "2022,Books"),
        (TABLE, "2022,book", "2022,boook"),
        (TABLE, "year,kind", "yaer,kind"),
        (KINDS, "name_zh", "nmae_zh"),
    ],
)
def test_a_name_in_place_of_a_code_is_understood(path: str, old: str, new: str) -> None:
    text = project()[path].replace(old, new, 1)
    (fault,) = check({**project(), path: text})
    mended = remedied(text, fault)
    assert mended is not None
    assert passes({**project(), path: mended})


@pytest.mark.parametrize(
    ("old", "new"), [("loans.last_year:year", "laons.last_year:year"), ("#fig-loans", "#fig-laons")]
)
def test_what_a_translation_must_say_can_be_written(old: str, new: str) -> None:
    text = project()[CATALOG]
    at = text.rindex(old)
    text = text[:at] + new + text[at + len(old) :]
    (fault,) = check({**project(), CATALOG: text})
    says = re.match(r"write (\S+)\Z", fault.hints[0])
    wrong = re.search(r"has the \w+ (\S+) in place of", fault.message)
    assert says is not None
    assert wrong is not None
    assert passes({**project(), CATALOG: text.replace(wrong[1], says[1])})
