"""Opening a project's folder."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

from reportgen.base.diagnostics import Faults, Span, unwrap
from reportgen.base.functions import Permission, read_trusted, trusted_file
from reportgen.base.world import World
from reportgen.build.request import Stage, quiet
from reportgen.project.project import Project

REPORT = "data/report.toml"


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
    root = Path(folder)
    faults = Faults()
    if not (root / REPORT).is_file():
        hint = "a project is a folder that holds data/report.toml; name it, or change into it"
        faults.error("not-a-project", f"{folder} is not a project", Span(f"{folder}/{REPORT}"), hint)
    date = source_date(os.environ.get("SOURCE_DATE_EPOCH"), faults)
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
