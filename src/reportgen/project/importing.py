"""Importing an office's sheet into a project: the plan made, asked about, and written whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING

from reportgen.base.diagnostics import Diagnostic, Faults, Refused, Result, Span, unwrap
from reportgen.base.limits import SHEET_BYTES
from reportgen.base.world import World
from reportgen.data.importing.recipe import Recipe, load_recipe

if TYPE_CHECKING:
    from reportgen.data.importing.codes import Tongue
    from reportgen.data.importing.drafting import Plan, Questions


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, or would do.

    Attributes:
        table: the table's name.
        rows: how many rows the sheet gave.
        about: what was decided, in sentences; ``changes`` what became of a table that was there already.
        files: the files that were written, none of a dry run.
        diagnostics: warnings.
    """

    table: str
    rows: int
    about: tuple[str, ...]
    changes: tuple[str, ...]
    files: tuple[Path, ...]
    diagnostics: tuple[Diagnostic, ...]


def recipe_of(**said: str | int | Mapping[str, str] | None) -> Recipe:
    """Return what a person says of a sheet; what is None is left to the sheet."""
    return Recipe(**{name: value for name, value in said.items() if value is not None})  # type: ignore[arg-type]


def load_answers(path: Path) -> Result[Recipe]:
    """Return the answers in a file, wherever it lies."""
    found = load_recipe(World(path.parent), path.name)
    return Result(found.value, tuple(replace(d, place=_placed(d, path)) for d in found.diagnostics))


def _placed(found: Diagnostic, path: Path) -> Span:
    line, column = (found.place.line, found.place.column) if isinstance(found.place, Span) else (0, 0)
    return Span(str(path), line, column)


def read_file(path: Path) -> bytes:
    """Return the bytes of a sheet's file.

    Raises:
        Refused: if it is no file that can be read, or larger than any sheet.
    """

    faults = Faults()
    try:
        state = path.stat()
        if not S_ISREG(state.st_mode):
            faults.error("unreadable-file", "it is not a file", Span(str(path)), "name a file of numbers")
        elif state.st_size > SHEET_BYTES:
            message = f"the file has more than {SHEET_BYTES // 10**6} MB"
            faults.error("too-large", message, Span(str(path)), "save the sheet alone")
        else:
            return path.read_bytes()
    except FileNotFoundError:
        faults.error("missing-file", "the file is missing", Span(str(path)), "is its name right?")
    except (OSError, ValueError) as problem:
        message = f"the file cannot be read: {getattr(problem, 'strerror', None) or problem}"
        faults.error("unreadable-file", message, Span(str(path)), "is it a file that you may read?")
    raise Refused(faults.found)


def tongues_of(world: World) -> tuple[Tongue, ...]:
    """Return the languages of a report's editions, that of the manuscript first.

    Raises:
        Refused: if ``report.toml`` cannot be read.
    """
    from reportgen.base.writing_systems import uses_han
    from reportgen.data.importing.codes import Tongue
    from reportgen.edition.report import load_report

    report = unwrap(load_report(world))
    ordered = sorted(report.editions.values(), key=lambda edition: edition.name != report.source_language)
    return tuple(Tongue(edition.name, uses_han(edition.lang)) for edition in ordered)


def plan_of(world: World, path: Path, asked: Recipe, *, replaces: bool = False) -> Result[Plan]:
    """Return the plan of importing a file, once an import that was stopped is undone.

    Raises:
        Refused: if the file cannot be read.
    """
    from reportgen.base.generation import recover
    from reportgen.data.importing.plan import plan_import

    if world.root is not None:
        unwrap(Result(None, recover(world.root)))
    return plan_import(world, read_file(path), path.name, tongues_of(world), asked, replaces=replaces)


def open_questions(questions: Questions, path: Path, *, leave_names: bool) -> tuple[Diagnostic, ...]:
    """Return what is to be said of questions that nobody has answered.

    Names in other languages may be left to be filled in; a unit and the meaning of a flag may not.
    """
    faults = Faults()
    needed = ["the unit of the numbers"] * questions.unit
    needed += [f"what {', '.join(questions.flags)} beside a number or in its place means"] * bool(
        questions.flags
    )
    names = [
        f"{len(texts)} names in {language} ({texts[0]} …)" for language, texts in questions.names.items()
    ]
    asked = needed if leave_names else [*needed, *names]
    if asked:
        hint = "run it again with --answers answers.toml: the questions are written there, to be filled in"
        more = ["--unit names the unit"] * questions.unit + ["--yes leaves names to be filled in later"] * (
            asked != needed
        )
        message = f"the sheet does not say {'; '.join(asked)}"
        faults.error("open-question", message, Span(str(path)), hint, *more)
    elif names:
        hint = "fill them in, in the code lists and the descriptor: reportgen check names each code without a name"
        faults.warning("open-question", f"left to be filled in: {'; '.join(names)}", Span(str(path)), hint)
    return tuple(faults.found)


def write_plan(folder: Path, plan: Plan, diagnostics: Sequence[Diagnostic], *, dry_run: bool) -> Imported:
    """Write what a plan says, all of it or nothing.

    Raises:
        Refused: if there are errors.
    """
    from reportgen.build.outputs import write_all

    unwrap(Result(None, tuple(diagnostics)))
    files: tuple[Path, ...] = ()
    if not dry_run:
        written = write_all(folder, plan.files)
        files = unwrap(Result(written.value, (*diagnostics, *written.diagnostics)))
    return Imported(plan.name, plan.rows, plan.about, plan.changes, files, tuple(diagnostics))
