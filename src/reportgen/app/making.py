"""The commands that make files: ``build``, ``watch`` and ``figures``; ``check`` does all of it but writing."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path

from reportgen.app.answer import Answer, as_data, project_of
from reportgen.app.opening import file_to_show, show
from reportgen.app.terminal import Terminal
from reportgen.base.diagnostics import has_errors
from reportgen.project.built import Built
from reportgen.project.watching import Rebuilt


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
    closing = [f"{path}  {path.stat().st_size / 1024:,.0f} KB" for path in built.files]
    if options.open:
        closing += _shown(built, options)
    return Answer(built.diagnostics, data=_files(built.files), closing=closing)


def watch(options: Namespace, terminal: Terminal) -> Answer:
    """Answer ``reportgen watch``: a build at every change, until it is interrupted."""
    project = project_of(options)
    opening = options.open
    try:
        for rebuilt in project.watch(options.edition, options.profile, options.out, proof=not options.draft):
            _tell(rebuilt, terminal, as_json=options.json)
            if opening and rebuilt.built:
                for line in _shown(rebuilt.built, options):
                    terminal.say(line)
                opening = False
    except KeyboardInterrupt:
        terminal.say("stopped")
    return Answer(told=True)


def _tell(rebuilt: Rebuilt, terminal: Terminal, *, as_json: bool) -> None:
    """Say how a build went: for people a line after the faults, as JSON an object a line."""
    files = rebuilt.built.files if rebuilt.built else ()
    if as_json:
        faults = [as_data(d) for d in rebuilt.diagnostics]
        seconds = round(rebuilt.seconds, 3)
        print(
            json.dumps({**_files(files), "seconds": seconds, "diagnostics": faults}, ensure_ascii=False),
            flush=True,
        )
        return
    terminal.report(rebuilt.diagnostics)
    done = f"{len(files)} files" if rebuilt.built else "refused, the last good files stay"
    terminal.say(f"{done}, {rebuilt.seconds:.1f} s; waiting for changes, Ctrl+C ends")


def _shown(built: Built, options: Namespace) -> tuple[str, ...]:
    path = file_to_show(built, options.edition or built.project.editions)
    return (show(path),) if path else ()


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
