"""``reportgen fetch``: ask the databases that tables come from, and keep their answers in the project."""

from __future__ import annotations

import os
from argparse import Namespace

from reportgen.app.answer import Answer, project_of
from reportgen.app.terminal import Terminal
from reportgen.base.diagnostics import Faults


def fetch(options: Namespace, _: Terminal) -> Answer:
    """Answer ``reportgen fetch``: all answers are written, or none."""
    from reportgen.build.outputs import write_all

    project, faults = project_of(options), Faults()
    found = faults.take(project.fetch(options.names, date=options.date, environment=os.environ))
    files = {path: data for each in found for path, data in each.files.items()}
    if not faults.refused:
        faults.take(write_all(project.folder, files))
    if faults.refused:
        return Answer(faults.result(()).diagnostics, closing=("nothing was written",))
    lines = [f"{each.name}  {each.rows:,} rows  {next(iter(each.files))}" for each in found]
    data = {"tables": [{"name": each.name, "rows": each.rows, "files": list(each.files)} for each in found]}
    return Answer(faults.result(()).diagnostics, lines, data)
