"""``reportgen trust``: allow Python files of a project, as they now are, to run on this computer."""

from __future__ import annotations

import os
from argparse import Namespace
from pathlib import Path, PurePath

from reportgen.app.answer import Answer
from reportgen.app.terminal import Terminal
from reportgen.base.diagnostics import Diagnostic, Refused, unwrap
from reportgen.base.functions import digest_of_source, read_trusted, trusted_file
from reportgen.base.generation import write_all
from reportgen.base.limits import TEXT_BYTES
from reportgen.base.regular import read_regular
from reportgen.base.world import World


def trust(options: Namespace, _: Terminal) -> Answer:
    """Answer the command."""
    listed = trusted_file(os.environ, Path.home())
    lines = [_line(file) for file in options.files]
    known = read_trusted(listed)
    old = read_regular(listed, TEXT_BYTES).decode() if listed.is_file() else ""
    if old and not old.endswith("\n"):
        old += "\n"
    new = old + "".join(line for line in lines if line.split()[0] not in known)
    unwrap(write_all(listed.parent, {listed.name: new.encode()}))
    return Answer(
        data={"files": options.files}, closing=(f"allowed in {listed}: {', '.join(options.files)}",)
    )


def _line(file: str) -> str:
    path = Path(file)
    source = World(path.parent).read_text(PurePath(file).name)
    if isinstance(source, Diagnostic):
        raise Refused([source])
    return f"{digest_of_source(source)}  {path.resolve()}\n"
