"""The decisions of an import as a file, ``data/imports/NAME.toml``: next year's sheet is read by them.

Answers to questions (``--answers FILE``) are a file of the same keys.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import PurePath
from typing import Any

from reportgen.base import settings as s
from reportgen.base.diagnostics import Faults, Result, Span
from reportgen.base.tomlfile import load_toml
from reportgen.base.world import World
from reportgen.data.periods import FREQUENCIES

FOLDER = "data/imports"
_STATUS = re.compile(r"[A-Z0]\Z")


@dataclass(frozen=True, slots=True)
class Recipe:
    """Decisions about a sheet.

    Attributes:
        file, sheet, range, encoding: where the sheet was found.
        head, stub: how many rows and columns they are, where a person said so.
        year: of a sheet that names only parts of a year.
        periods: the length of the periods that are wanted of a sheet that has several: ``year``, ``quarter`` …
        unit: of numbers that have none in the sheet: a code of the list ``units``, or its name.
        units: the code of each unit by the words of the sheet.
        flags: the status of each flag by its sign.
        names: names by language, by what stands in the sheet.
        lists: the code list of each dimension.
        labels: the code of each label by dimension.
        title, notes, sources: what stood around the table.
        about: the decisions in words, for people.
    """

    table: str = ""
    file: str = ""
    sheet: str = ""
    range: str = ""
    encoding: str = ""
    head: int = 0
    stub: int = 0
    year: int = 0
    periods: str = ""
    unit: str = ""
    title: str = ""
    notes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    units: Mapping[str, str] = field(default_factory=dict)
    flags: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def over(self, below: Recipe) -> Recipe:
        """Return these decisions laid over others: tables key by key, what is empty here stays as below."""
        return Recipe(**{f.name: _over(getattr(below, f.name), getattr(self, f.name)) for f in fields(self)})


def _over(below: Any, above: Any) -> Any:
    if isinstance(below, Mapping):
        keys = dict.fromkeys((*below, *above))
        return {key: _over(below[key], above[key]) if key in below and key in above else above.get(key, below.get(key))
                for key in keys}  # fmt: skip
    return above or below


_WORDS = s.table_of(s.word())
_STATUSES = s.table_of(
    s.unless_blank(
        s.matching(
            _STATUS,
            "a code of SDMX CL_OBS_STATUS",
            "write A for a normal value, E estimated, P provisional, O missing, 0 for zero",
        )
    )
)
_RECIPE: s.Reader[Recipe] = s.record(
    Recipe,
    {
        **dict.fromkeys(("table", "file", "sheet", "range", "encoding", "unit", "title"), s.word()),
        **dict.fromkeys(("notes", "sources", "about"), s.listed(s.word())),
        "head": s.whole(0, 100),
        "stub": s.whole(0, 100),
        "year": s.whole(0, 2200),
        "periods": s.one_of("", *FREQUENCIES, "months"),
        "units": _WORDS,
        "flags": _STATUSES,
        "lists": _WORDS,
        "names": s.table_of(_WORDS),
        "labels": s.table_of(_WORDS),
    },
)


def load_recipe(world: World, path: str) -> Result[Recipe]:
    """Return the decisions in a file, and what is wrong in it."""
    faults = Faults()
    file = faults.take(load_toml(world, path))
    if faults.refused:
        return faults.result(Recipe())
    return faults.result(s.read(s.settings_of(file), _RECIPE, faults, Recipe()))


def path_of(name: str) -> str:
    """Return the path of a table's decisions."""
    return f"{FOLDER}/{name}.toml"


def find_recipe(world: World, file: str) -> Result[Recipe | None]:
    """Return the decisions of an earlier file whose name differs only in its digits; None where there are none."""
    faults = Faults()
    wanted = _masked(file)
    loaded = (load_recipe(world, path) for path in world.glob(FOLDER, ".toml"))
    found = [r.value for r in loaded if r.ok and r.value.table and _masked(r.value.file) == wanted]
    if len(found) > 1:  # a file with several tables in it, each imported by itself
        hint = "say which of them this is with --as; run it once for each"
        names = ", ".join(sorted(recipe.table for recipe in found))
        faults.error(
            "open-question",
            f"several tables were imported from a file of that name: {names}",
            Span(file),
            hint,
        )
    return faults.result(found[0] if found else None)


def _masked(file: str) -> str:
    return re.sub(r"\d+", "#", PurePath(file).stem).casefold()


def write_recipe(recipe: Recipe) -> str:
    """Return the file of some decisions."""
    return "\n".join(_lines(recipe)) + "\n"


def _lines(recipe: Recipe) -> Iterator[str]:
    name = recipe.table
    yield f"# How {name} was imported. Next year's file is read by it: reportgen import FILE --as {name}"
    for name in (
        "table",
        "file",
        "sheet",
        "range",
        "encoding",
        "head",
        "stub",
        "year",
        "periods",
        "unit",
        "title",
    ):
        if getattr(recipe, name):
            yield f"{name} = {toml(getattr(recipe, name))}"
    for name in ("sources", "notes", "about"):
        if getattr(recipe, name):
            yield f"{name} = ["
            yield from (f"  {toml(text)}," for text in getattr(recipe, name))
            yield "]"
    for name in ("units", "flags", "lists"):
        yield from _table(name, getattr(recipe, name))
    for name in ("names", "labels"):
        for key, table in getattr(recipe, name).items():
            yield from _table(f"{name}.{toml_key(key)}", table)


def _table(name: str, table: Mapping[str, str]) -> Iterator[str]:
    if table:
        yield ""
        yield f"[{name}]"
        yield from (f"{toml(key)} = {toml(value)}" for key, value in table.items())


def toml(value: str | int) -> str:
    """Return a word or number as TOML writes it; JSON's strings are TOML's but for DEL and halves of pairs."""
    if isinstance(value, int):
        return str(value)
    text = "".join("\ufffd" if 0xD800 <= ord(char) < 0xE000 else char for char in value)
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def toml_key(key: str) -> str:
    """Return a key of TOML, in quotes where it is not bare."""
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else toml(key)


def write_questions(unit: bool, flags: tuple[str, ...], names: Mapping[str, tuple[str, ...]]) -> str:
    """Return a file of open questions: fill it in, and give it as ``--answers``."""
    lines = ["# Write an answer between each pair of quotation marks, then run the same command again."]
    if unit:
        lines += ["", "# The unit of the numbers: a code of the list units, or its name.", 'unit = ""']
    if flags:
        lines += [
            "",
            "# What each sign means: A normal, B break, E estimated, P provisional, O missing, M cannot exist.",
        ]
        lines += ["[flags]", *(f'{toml(flag)} = ""' for flag in flags)]
    for language, texts in names.items():
        lines += ["", f"[names.{toml_key(language)}]", *(f'{toml(text)} = ""' for text in texts)]
    return "\n".join(lines) + "\n"
