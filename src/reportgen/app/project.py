"""The project that a command works on."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

from reportgen.base.diagnostics import Diagnostic, Result, Span, error
from reportgen.base.functions import Permission, read_trusted, trusted_file
from reportgen.base.world import World

REPORT = "data/report.toml"


def open_project(folder: str, *, allow_functions: bool = False) -> Result[World]:
    """Return the world of a project's folder.

    This is the one place that reads the environment: ``SOURCE_DATE_EPOCH`` (reproducible-builds.org), seconds
    since 1970 in UTC, replaces the report's own date in the files' metadata; ``XDG_CONFIG_HOME`` says where the
    person's list of allowed functions lies.
    """
    root = Path(folder)
    faults: list[Diagnostic] = []
    if not (root / REPORT).is_file():
        faults.append(
            error(
                "not-project",
                f"{folder} is not a project",
                Span(f"{folder}/{REPORT}"),
                "a project is a folder that holds data/report.toml; name it, or change into it",
            )
        )
    date, fault = _source_date(os.environ.get("SOURCE_DATE_EPOCH"))
    if fault is not None:
        faults.append(fault)
    trusted = read_trusted(trusted_file(os.environ, Path.home()))
    world = World(root, source_date=date, permission=Permission(trusted, allow_functions))
    return Result(world, tuple(faults))


def _source_date(text: str | None) -> tuple[dt.datetime | None, Diagnostic | None]:
    if not text:
        return None, None
    try:
        return dt.datetime.fromtimestamp(int(text), dt.UTC), None
    except (ValueError, OverflowError, OSError):
        return None, error(
            "source-date-epoch-not-time",
            f"SOURCE_DATE_EPOCH is {text!r}, not a time",
            None,
            "it is seconds since 1970, as from date +%s",
        )
