"""``reportgen figures``: each figure as SVG and PNG, the data annex as an Excel workbook."""

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
    from reportgen.build.figures import make_figures
    from reportgen.build.outputs import write_all

    root = Path(options.project)
    editions = tuple(options.edition) if options.edition else None
    made = make_figures(world, editions, options.width, root / ".cache", terminal.stage)
    if not made.ok:
        terminal.report(made.diagnostics)
        terminal.say("nothing was written")
        return 1
    folder = Path(options.out) if options.out else root / "out/figures"
    written = write_all(folder, made.value)
    terminal.report((*made.diagnostics, *written.diagnostics))
    terminal.say(f"{len(written.value)} files in {folder}" if written.value else "nothing was written")
    return 0 if written.ok else 1
