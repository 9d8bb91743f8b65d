"""The plan of an import: what would be written, what was decided, what is to be asked. Nothing is written here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath

from reportgen.base.diagnostics import Diagnostic, Fault, Faults, Result, Span
from reportgen.base.world import World
from reportgen.data.descriptor import Descriptor, parse_descriptor
from reportgen.data.importing.codes import UNITS, Tongue, normal
from reportgen.data.importing.columns import Layout
from reportgen.data.importing.drafting import NUMBERED, Draft, Package, Plan, Questions
from reportgen.data.importing.labels import slug, split_scripts
from reportgen.data.importing.open_file import open_grid
from reportgen.data.importing.reading import Reading, read_sheet
from reportgen.data.importing.recipe import Recipe, find_recipe, load_recipe, path_of
from reportgen.data.importing.tidy import read_signs
from reportgen.data.load import PATH, load_code_lists

NO_PLAN = Plan("", {}, (), (), Questions(), Recipe())


def plan_import(
    world: World,
    data: bytes,
    file: str,
    tongues: Sequence[Tongue],
    asked: Recipe,
    *,
    replaces: bool = False,
) -> Result[Plan]:
    """Return the plan of importing a file into a project.

    Args:
        file: the file's name, as diagnostics call it.
        tongues: the report's languages, in which codes need names.
        asked: what the person says; ``asked.table`` is the table's name, "" for one of the file's.
        replaces: whether values that are already in the package may change.
    """
    faults = Faults()
    package = faults.take(_package(world))
    before = faults.take(_before(world, asked.table, file))
    if faults.refused:
        return faults.result(NO_PLAN)
    recipe = asked.over(before or Recipe())
    try:
        grid = open_grid(data, file, recipe.sheet, recipe.range, recipe.encoding)
        known = package.lists.get(UNITS)
        units = frozenset(
            normal(n) for code in (known.codes.values() if known else ()) for n in code.names.values()
        )
        reading = read_sheet(
            grid,
            Layout(recipe.head or None, recipe.stub or None),
            recipe.year or None,
            units,
            recipe.periods,
        )
        name = recipe.table or _default_name(file, reading)
        drafted = Draft(world, package, reading, recipe, name, tongues, read_signs(reading, recipe.flags))
        plan = drafted.plan(before, file, replaces, faults)
    except Fault as fault:
        faults.add(fault.at(Span(file)))
        return faults.result(NO_PLAN)
    return faults.result(plan)


def _package(world: World) -> Result[Package]:
    if not world.exists(PATH):
        return Result(Package(None, Descriptor("", ()), {}))
    text = world.read_text(PATH)
    if isinstance(text, Diagnostic):
        return Result(Package(None, Descriptor("", ()), {}), (text,))
    descriptor = parse_descriptor(text, PATH)
    found = tuple(d for d in descriptor.diagnostics if d.rule != "no-tables")
    return Result(Package(text, descriptor.value, load_code_lists(world, descriptor.value)), found)


def _before(world: World, name: str, file: str) -> Result[Recipe | None]:
    if not name:
        return find_recipe(world, file)
    return load_recipe(world, path_of(name)) if world.exists(path_of(name)) else Result(None)


def _default_name(file: str, reading: Reading) -> str:
    """Return a table's name from its file's, without the year, or from its title.

    Raises:
        ImportFault: if neither gives one.
    """
    titles = [split_scripts(title)[1] for title in reading.block.titles]
    for text in (PurePath(file).stem, *titles, *(label.latin for label in reading.constant)):
        name = re.sub(r"(?:[-_]?(?:19|20)\d\d)+(?:[-_]\d\d?)?\Z", "", slug(NUMBERED.sub("", text)))
        name = name.strip("_").replace("_", "-")
        if len(name) > 1 and not name.isdigit():
            return name
    raise Fault(
        "the table has no name yet", "give it one, as in --as energy-production", rule="unnamed-table"
    )
