"""The command that begins a project: ``new``."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from reportgen.app.answer import Answer
from reportgen.app.terminal import Terminal
from reportgen.project.new_project import new_project


def new(options: Namespace, _: Terminal) -> Answer:
    """Answer ``reportgen new``: a folder with an example report that builds at once."""
    languages = None if options.languages is None else [w.strip() for w in options.languages.split(",")]
    files = new_project(options.name, kind=options.kind, languages=languages, paper=options.paper)
    folder = Path(options.name)
    steps = [] if folder == Path() else [f"  cd {folder}"]
    steps += [
        "  reportgen build --open    write the PDFs into out/ and show one",
        "  reportgen watch --open    build again at every change",
    ]
    closing = (f"{len(files)} files in {folder}; README.md says what is where", "next:", *steps)
    return Answer(data={"files": [str(path) for path in files]}, closing=closing)
