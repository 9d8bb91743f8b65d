"""``reportgen check``: every pass except writing."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from reportgen.app.project import open_project
from reportgen.app.terminal import Terminal
from reportgen.base.diagnostics import unwrap


def run(options: Namespace) -> int:
    """Answer the command; return its exit code."""
    terminal = Terminal()
    world = unwrap(open_project(options.project, allow_functions=options.allow_functions))
    from reportgen.build.pipeline import build
    from reportgen.build.request import Request

    editions = tuple(options.edition) if options.edition else None
    request = Request(editions, cache=Path(options.project) / ".cache")
    result = build(world, request, terminal.stage)
    terminal.report(result.diagnostics)
    if result.ok:
        terminal.say("no errors")
    return 0 if result.ok else 1
