"""A new project: a folder with an example report that builds at once.

The examples are files in ``templates/``: ``common`` for all kinds of report, a folder for each kind, and in that a
folder for what each language adds. A file that stands in several of them is put together in this order.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from reportgen.base.diagnostics import Faults, Result, Span, unwrap
from reportgen.base.papers import paper as paper_name
from reportgen.base.papers import papers
from reportgen.base.suggest import known_names

TEMPLATES = Path(__file__).parent.parent / "templates"
KINDS = ("bulletin", "chapter", "report")
COMMON = "common"
REPORT = "data/report.toml"
MANUSCRIPT = "data/manuscript"
HOLE = "@NAME@"
"""Stands in the templates for the project's name."""

LONGEST = 100
_NAME = re.compile(r"[^\W_](?:[\w.-]*\w)?\Z")
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?\Z", re.IGNORECASE)
"""Names that Windows keeps for devices (Microsoft, *Naming Files, Paths, and Namespaces*)."""


def new_project(
    folder: str | Path,
    *,
    kind: str = "chapter",
    languages: Sequence[str] | None = None,
    paper: str | None = None,
) -> tuple[Path, ...]:
    """Make a folder with an example report and return its files; all of them are written, or none.

    Args:
        folder: it must not be there, or be empty; its own name becomes the report's.
        kind: ``bulletin``, ``chapter`` or ``report``.
        languages: of the editions, the manuscript's among them; None for all.
        paper: the name of a size of paper; None for the house's.

    Raises:
        Refused: if the name cannot be that of a report, a choice is unknown, something stands in the folder, or it
            cannot be written.
    """
    return unwrap(_made(Path(folder), kind, languages, paper))


def _made(
    folder: Path, kind: str, languages: Sequence[str] | None, paper: str | None
) -> Result[tuple[Path, ...]]:
    faults = Faults()
    name = folder.resolve().name
    _check_name(name, faults)
    if kind not in KINDS:
        faults.error("unknown-kind", f"there is no kind {kind}", None, *known_names(kind, KINDS))
    size = None if paper is None else paper_name(paper)
    if paper is not None and size is None:
        faults.error("unknown-paper", f"there is no paper {paper}", None, *known_names(paper, papers()))
    chosen = () if kind not in KINDS else _languages(kind, languages, faults)
    _check_place(folder, faults)
    if faults.refused:
        return faults.result(())
    files = project_files(name, kind, chosen, size)
    return faults.result(_write(folder, files, faults))


def project_files(
    name: str, kind: str, languages: Sequence[str], paper: str | None = None
) -> Mapping[str, str]:
    """Return the files of an example report by path.

    Args:
        languages: as :func:`template_languages` lists them.
        paper: the name of a size, as :func:`reportgen.base.papers.papers` has it.
    """
    found: dict[str, str] = {}
    skipped = {TEMPLATES / kind / language for language in template_languages(kind)}
    for root in (TEMPLATES / COMMON, TEMPLATES / kind, *(TEMPLATES / kind / each for each in languages)):
        for path in sorted(root.rglob("*")):
            if path.is_file() and not (root.name == kind and skipped.intersection(path.parents)):
                place = path.relative_to(root).as_posix()
                found[place] = found.get(place, "") + path.read_text(encoding="utf-8").replace(HOLE, name)
    if paper is not None:
        found[REPORT] += f'\n[style.page]\ntrim = "{paper}"\n'
    return found


def template_languages(kind: str) -> tuple[str, ...]:
    """Return the languages of a kind's example, that of its manuscript first."""
    roots = [path for path in sorted((TEMPLATES / kind).iterdir()) if (path / REPORT).is_file()]
    return tuple(p.name for p in sorted(roots, key=lambda p: not (p / MANUSCRIPT).is_dir()))


def _check_name(name: str, faults: Faults) -> None:
    if _NAME.match(name) and len(name) <= LONGEST and not _DEVICES.match(name):
        return
    better = re.sub(r"[^\w.-]+", "-", name).strip("-_.")[:LONGEST]
    hints = (f"as in {better}",) if _NAME.match(better) and not _DEVICES.match(better) else ()
    message = f"{name!r} cannot be the name of a report"
    faults.error("wrong-name", message, None, "use letters, digits, - and _, a letter or digit first", *hints)


def _languages(kind: str, wanted: Sequence[str] | None, faults: Faults) -> tuple[str, ...]:
    known = template_languages(kind)
    chosen = known if wanted is None else tuple(dict.fromkeys(wanted))
    for name in chosen:
        if name not in known:
            message = f"there is no example in the language {name}"
            faults.error("unknown-language", message, None, f"there are {', '.join(known)}")
    if known[0] not in chosen and all(name in known for name in chosen):
        message = f"the example is written in {known[0]}, so it needs that edition"
        faults.error("no-edition", message, None, f"name {known[0]} among the languages")
    return tuple(name for name in known if name in chosen)


def _check_place(folder: Path, faults: Faults) -> None:
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            message = "something stands there already; nothing is overwritten"
            faults.error(
                "folder-not-empty", message, Span(str(folder)), "choose another name, or an empty folder"
            )
    except OSError as problem:
        _refuse(folder, problem, faults)


def _write(folder: Path, files: Mapping[str, str], faults: Faults) -> tuple[Path, ...]:
    """Write the files into a folder beside their own, which then gets its name."""
    beside = folder.absolute().with_name(f".{folder.absolute().name}.{os.getpid()}.new")
    moved: list[Path] = []
    try:
        for place, text in files.items():
            path = beside / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        if not folder.exists():
            beside.rename(folder)
        for path in sorted(beside.iterdir()) if beside.exists() else ():
            path.rename(folder / path.name)
            moved.append(folder / path.name)
    except BaseException as problem:
        for path in moved:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        if not isinstance(problem, OSError):
            raise
        _refuse(folder, problem, faults)
        return ()
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return tuple(folder / place for place in files)


def _refuse(folder: Path, problem: OSError, faults: Faults) -> None:
    message = f"the folder cannot be written: {problem.strerror}"
    faults.error("unwritable-file", message, Span(str(folder)), "is the folder around it writable?")
