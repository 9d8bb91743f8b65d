"""A project: what it says now, and its files made."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from reportgen.base.diagnostics import Diagnostic, Faults, Result, Span, error, unwrap
from reportgen.base.functions import Permission, read_trusted, trusted_file
from reportgen.base.regular import resolved_inside
from reportgen.base.world import World
from reportgen.build.request import ProfileName, Request, Stage, quiet
from reportgen.project.built import Built, Page, Written, pages_of
from reportgen.project.names import Names
from reportgen.project.table import Table, show_table

if TYPE_CHECKING:
    from reportgen.build.fetching import Fetched
    from reportgen.build.pipeline import Made
    from reportgen.build.sources import Sources
    from reportgen.facts.book import Claim
    from reportgen.project.fact import Facts
    from reportgen.project.figure import Figure
    from reportgen.project.importing import Imported
    from reportgen.project.watching import Rebuilt
    from reportgen.text.faces import FontBook

T = TypeVar("T")

REPORT = "data/report.toml"
PROFILES: tuple[ProfileName, ...] = ("screen", "press")


class Project:
    """A report project, as :func:`reportgen.open` gives it.

    What it says is always what its files say now: they are read when something is first asked for, and again once any
    of them has changed.

    Attributes:
        folder: the project's folder.
    """

    def __init__(self, world: World, stage: Stage = quiet) -> None:
        self.folder = world.root or Path()
        self._world, self._stage = world, stage
        self._known: dict[object, tuple[Mapping[Any, str], Result[Any]]] = {}

    def __repr__(self) -> str:
        return f"reportgen.open({str(self.folder)!r})"

    # ---- made ------------------------------------------------------------------------------------------------------

    def check(self, editions: Sequence[str] | None = None) -> tuple[Diagnostic, ...]:
        """Do all that a build does except writing; return every fault and every warning."""
        from reportgen.build.pipeline import build

        return build(self._world, self._request(editions), self._stage).diagnostics

    def fetch(
        self,
        names: Sequence[str] = (),
        *,
        date: str | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> Result[tuple[Fetched, ...]]:
        """Ask the queries of some tables, or of all that have one; nothing is written.

        Args:
            date: of the answers, in ISO 8601; None for the report's own.
            environment: holds the passwords that queries name; None for that of the process.
        """
        from reportgen.build.fetching import fetch
        from reportgen.edition.report import load_report

        if date is None:
            date = load_report(self._world).value.date[:10]
        elif not _is_date(date):
            return Result(
                (), (error("not-a-date", f"{date!r} is not a date", None, "write it as 2024-07-01"),)
            )
        return fetch(self._world, names, date, os.environ if environment is None else environment)

    def build(
        self,
        editions: Sequence[str] | None = None,
        profiles: Sequence[ProfileName] | None = None,
        out: str | Path | None = None,
        *,
        cache: bool = True,
        proof: bool = True,
        side_by_side: bool = True,
    ) -> Built:
        """Make the finished files and write them: all of them, or none.

        Args:
            editions: their names; None for all.
            profiles: ``screen``, ``press``; None for both.
            out: the folder; None for the project's ``out``.
            cache: whether charts and files that have not changed come from ``.cache``.
            proof: whether the finished files are read back and checked.
            side_by_side: whether editions may be made in processes of their own.

        Raises:
            Refused: if there are errors, with every diagnostic; what stood in the folder is left as it was.
        """
        from reportgen.build.kept import build_or_keep

        asked = _names(profiles) or PROFILES
        chosen = tuple(Names("profile", {p: p for p in PROFILES})[profile] for profile in asked)
        kept = self._cache() if cache else None
        request = Request(_names(editions), chosen, kept, proof, side_by_side)
        folder = self._recovered(out, "out")
        written = self._write(build_or_keep(self._world, request, self._stage), folder)
        return Built(written.files, written.diagnostics, self)

    def watch(
        self,
        editions: Sequence[str] | None = None,
        profiles: Sequence[ProfileName] | None = None,
        out: str | Path | None = None,
        *,
        proof: bool = True,
        wait: Callable[[float], object] | None = None,
    ) -> Iterator[Rebuilt]:
        """Build now and after each change of the project's files, and yield each build, also a refused one.

        The iterator never ends by itself; leave the loop to end it.

        Args:
            editions, profiles, out, proof: as in :meth:`build`.
            wait: called with seconds between two looks at the files; None to sleep.
        """
        from time import sleep

        from reportgen.project.watching import rebuilds

        return rebuilds(self.folder, lambda: self.build(editions, profiles, out, proof=proof), wait or sleep)

    def write_figures(
        self, out: str | Path | None = None, editions: Sequence[str] | None = None, *, width: int = 1600
    ) -> Written:
        """Write each figure as SVG and PNG, and the data behind all of them as one Excel workbook.

        Args:
            out: the folder; None for the project's ``out/figures``.
            width: of the PNG files, in pixels.

        Raises:
            Refused: as :meth:`build`.
        """
        from reportgen.build.exports import export_figures

        folder = self._recovered(out, "out/figures")
        return self._write(export_figures(self._world, self._request(editions), width, self._stage), folder)

    def _recovered(self, out: str | Path | None, own: str) -> Path:
        """Return the folder to write into, whole again if a writer was killed there.

        Raises:
            Refused: if the project's ``own`` is a link that leads out of it, where nobody has asked for files.
        """
        from reportgen.base.generation import recover

        folder = Path(out) if out else self.folder / own
        faults = Faults(list(recover(folder)))
        if not out:
            try:
                resolved_inside(self.folder, folder)
            except OSError as problem:
                hint = "name the folder that it leads to with --out, or put a folder in its place"
                message = f"files cannot be written: {problem.strerror}"
                faults.error("unwritable-folder", message, Span(str(folder)), hint)
        return unwrap(faults.result(folder))

    def _cache(self) -> Path | None:
        """Return the cache's folder; None where it is a link that leads out of the project: we remove files there."""
        folder = self.folder / ".cache"
        try:
            return resolved_inside(self.folder, folder)
        except OSError:
            return None

    def import_table(
        self,
        file: str | Path,
        name: str | None = None,
        *,
        sheet: str | None = None,
        range: str | None = None,
        unit: str | None = None,
        flags: Mapping[str, str] | None = None,
        answers: str | Path | None = None,
        replace: bool = False,
        leave_names: bool = False,
        dry_run: bool = False,
    ) -> Imported:
        """Bring an office's sheet into the data package as a tidy table (docs/import.md).

        Args:
            file: an Excel, OpenDocument, CSV or TSV file, inside the project or not.
            name: of the table; None for that of an earlier import of such a file, else for one made of the file's.
            sheet, range: which sheet of a workbook, and which cells, as in ``A3:H20``.
            unit: of numbers for which the sheet names none.
            flags: the status that each sign beside a number stands for.
            answers: a file of answers, of the same keys as the decisions that an import writes.
            replace: take the sheet's values where the package has others.
            leave_names: leave names in other languages blank, to be filled in.
            dry_run: write nothing.

        Raises:
            Refused: if there are errors or open questions; nothing is written.
        """
        from reportgen.project import importing

        said = importing.recipe_of(table=name, sheet=sheet, range=range, unit=unit, flags=flags)
        if answers is not None:
            said = said.over(unwrap(importing.load_answers(Path(answers))))
        made = importing.plan_of(self._world, Path(file), said, replaces=replace)
        asked = importing.open_questions(made.value.questions, Path(file), leave_names=leave_names)
        diagnostics = (*made.diagnostics, *asked)
        return importing.write_plan(self.folder, made.value, diagnostics, dry_run=dry_run)

    def _write(self, made: Result[dict[str, bytes]], folder: Path) -> Written:
        from reportgen.base.generation import write_all

        files = unwrap(made)
        with self._stage(f"{len(files)} files"):
            written = write_all(folder, files)
        diagnostics = (*made.diagnostics, *written.diagnostics)
        return Written(unwrap(Result(written.value, diagnostics)), diagnostics)

    # ---- said ------------------------------------------------------------------------------------------------------

    @property
    def editions(self) -> tuple[str, ...]:
        """The names of the editions, the manuscript's own language first."""
        report = self.sources().value.report
        return tuple(sorted(report.editions, key=lambda name: name != report.source_language))

    @property
    def facts(self) -> Facts:
        """Every fact by its id."""
        from reportgen.project.fact import Facts

        return Facts(self)

    @property
    def claims(self) -> Names[Claim]:
        """Every claim by its id: its predicate, whether it holds, and the values it was judged by."""

        sources = self.sources()
        return Names("claim", sources.value.book.claims, sources.errors)

    @property
    def tables(self) -> Names[Table]:
        """Every table by its name, corrections laid over it."""

        sources = self.sources()
        package, lang = sources.value.package, sources.value.report.source_language
        shown = {name: show_table(table, package, lang) for name, table in package.tables.items()}
        return Names("table", shown, sources.errors)

    def table(self, name: str) -> Table:
        """Return a table.

        Raises:
            UnknownName: if there is none of this name.
        """
        return self.tables[name]

    def figures(self, edition: str | None = None) -> Names[Figure]:
        """Return an edition's figures by name, in order; the manuscript's own language where no edition is named.

        Raises:
            Refused: if the project has errors.
        """
        from reportgen.project.figure import figures_of_edition

        name = self._edition(edition)
        made = unwrap(self.laid_out((name,)))
        return Names("figure", figures_of_edition(made.sources, made.editions[0]))

    def figure(self, name: str, edition: str | None = None) -> Figure:
        """Return a figure in an edition.

        Raises:
            UnknownName: if there is none of this name.
            Refused: if the project has errors.
        """
        return self.figures(edition)[name]

    def pages(self, edition: str | None = None) -> tuple[Page, ...]:
        """Return the pages of an edition as the screen shows them; nothing is written.

        Raises:
            Refused: if the project has errors.
        """
        from reportgen.pdf.profile import SCREEN
        from reportgen.pdf.write.file import write_pdf

        name = self._edition(edition)
        made = unwrap(self.laid_out((name,)))
        return pages_of(name, unwrap(write_pdf(made.editions[0].publication, SCREEN, made.sources.fonts)))

    def _edition(self, name: str | None) -> str:

        names = self.editions
        return Names("edition", {n: n for n in names})[name] if name else names[0]

    # ---- the engine's own objects: for the command line, no part of what stays the same between versions -----------

    def sources(self) -> Result[Sources]:
        """Return the loaded files, the tables and the fact book, with what is wrong in them."""
        from reportgen.build.consequences import told_once
        from reportgen.build.sources import load_sources

        return self._now("sources", lambda world: told_once(load_sources(world, self._stage)))

    def fonts(self) -> Result[FontBook]:
        """Return the faces that the report can use."""
        from reportgen.build.typefaces import load_typefaces

        return load_typefaces(self._world)

    def laid_out(self, editions: Sequence[str] | None = None) -> Result[Made]:
        """Return editions on their pages, with what is wrong in them."""
        from reportgen.build.pipeline import make

        request = self._request(editions)
        return self._now(("pages", request.editions), lambda world: make(world, request, self._stage))

    def _now(self, what: object, make: Callable[[World], Result[T]]) -> Result[T]:
        """Return what was made before, or make it anew once a file that it was made from has changed."""
        from reportgen.build.watched import WatchedWorld, runs_a_program, still_true

        known = self._known.get(what)
        if known is not None and still_true(known[0], self._world):
            return known[1]
        watched = WatchedWorld.over(self._world)
        result = make(watched)
        if not runs_a_program(watched.asked):
            self._known[what] = watched.asked, result
        return result

    def _request(self, editions: Sequence[str] | None) -> Request:
        return Request(_names(editions), cache=self._cache())


def _names(names: Sequence[str] | None) -> tuple[str, ...] | None:
    return (names,) if isinstance(names, str) else tuple(names) if names else None


def open_project(folder: str | Path = ".", *, stage: Stage = quiet, allow_functions: bool = False) -> Project:
    """Return the project in a folder.

    This is the one place that reads the environment: ``SOURCE_DATE_EPOCH`` (reproducible-builds.org), seconds
    since 1970 in UTC, replaces the report's own date in the files' metadata; ``XDG_CONFIG_HOME`` says where the
    person's list of allowed functions lies.

    Args:
        stage: called with the name of each pass; what it returns is entered while the pass runs.
        allow_functions: let the project's own Python functions run, allowed by ``reportgen trust`` or not.

    Raises:
        Refused: if the folder holds no ``data/report.toml``, or ``SOURCE_DATE_EPOCH`` is not a time.
    """
    from reportgen.base.generation import recover

    root = Path(folder)
    faults = Faults()
    if not (root / REPORT).is_file():
        hint = "a project is a folder that holds data/report.toml; name it, or change into it"
        faults.error("not-a-project", f"{folder} is not a project", Span(f"{folder}/{REPORT}"), hint)
    date = source_date(os.environ.get("SOURCE_DATE_EPOCH"), faults)
    faults.add(*recover(root))  # files of data that an import was stopped in the midst of writing
    trusted = read_trusted(trusted_file(os.environ, Path.home()))
    world = World(root, source_date=date, permission=Permission(trusted, allow_functions))
    return Project(unwrap(faults.result(world)), stage)


def source_date(text: str | None, faults: Faults) -> dt.datetime | None:
    """Return the time that ``SOURCE_DATE_EPOCH`` names, if it is set."""
    if not text:
        return None
    try:
        return dt.datetime.fromtimestamp(int(text), dt.UTC)
    except (ValueError, OverflowError, OSError):
        message = f"SOURCE_DATE_EPOCH is {text!r}, not a time"
        faults.error("wrong-source-date", message, None, "it is seconds since 1970, as from date +%s")
        return None


def _is_date(text: str) -> bool:
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
