"""The commands that make files: ``build`` and ``figures``; ``check`` does all of it but writing."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path

from reportgen.app.answer import Answer, project_of
from reportgen.app.terminal import Terminal
from reportgen.base.diagnostics import has_errors


def build(options: Namespace, terminal: Terminal) -> Answer:
    """Answer ``reportgen build``: every pass, then the files."""
    built = project_of(options, terminal.stage).build(
        options.edition,
        options.profile,
        options.out,
        cache=not options.no_cache,
        proof=not options.draft,
        side_by_side=not options.timings,
    )
    sizes = [f"{path}  {path.stat().st_size / 1024:,.0f} KB" for path in built.files]
    return Answer(built.diagnostics, data=_files(built.files), closing=sizes)


def check(options: Namespace, terminal: Terminal) -> Answer:
    """Answer ``reportgen check``: every pass except writing."""
    found = project_of(options, terminal.stage).check(options.edition)
    return Answer(found, closing=() if has_errors(found) else ("no errors",))


def figures(options: Namespace, terminal: Terminal) -> Answer:
    """Answer ``reportgen figures``: each figure as SVG and PNG, the data annex as an Excel workbook."""
    project = project_of(options, terminal.stage)
    written = project.write_figures(options.out, options.edition, width=options.width)
    said = f"{len(written.files)} files in {options.out or project.folder / 'out/figures'}"
    return Answer(written.diagnostics, data=_files(written.files), closing=(said,))


def _files(paths: Iterable[Path]) -> dict[str, object]:
    return {"files": [str(path) for path in paths]}
