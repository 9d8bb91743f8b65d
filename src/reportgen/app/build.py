"""``reportgen build``: every pass, then the files."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from reportgen.app.project import open_project
from reportgen.app.terminal import Terminal
from reportgen.base.diagnostics import Diagnostic, has_errors, unwrap


def run(options: Namespace) -> int:
    """Answer the command; return its exit code."""
    terminal = Terminal()
    code = _build(options, terminal)
    if options.timings:
        terminal.show_timings()
    return code


def _build(options: Namespace, terminal: Terminal) -> int:
    world = unwrap(open_project(options.project, allow_functions=options.allow_functions))
    from reportgen.build.kept import build_or_keep
    from reportgen.build.request import Request

    root = Path(options.project)
    request = Request(
        tuple(options.edition) if options.edition else None,
        tuple(options.profile or ("screen", "press")),
        cache=None if options.no_cache else root / ".cache",
        proof=not options.draft,
        side_by_side=not options.timings,
    )
    result = build_or_keep(world, request, terminal.stage)
    if not result.ok:
        terminal.report(result.diagnostics)
        terminal.say("nothing was written")
        return 1
    return _write(
        Path(options.out) if options.out else root / "out", result.value, result.diagnostics, terminal
    )


def _write(
    folder: Path, files: dict[str, bytes], diagnostics: tuple[Diagnostic, ...], terminal: Terminal
) -> int:
    from reportgen.build.outputs import write_all

    with terminal.stage(f"{len(files)} files"):
        written = write_all(folder, files)
    terminal.report((*diagnostics, *written.diagnostics))
    for path in written.value:
        terminal.say(f"{path}  {path.stat().st_size / 1024:,.0f} KB")
    return int(has_errors(written.diagnostics))
