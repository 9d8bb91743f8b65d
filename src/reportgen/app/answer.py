"""What a command answers, for people and for programs."""

from __future__ import annotations

import json
import os
import sys
from argparse import Namespace
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from reportgen.app.terminal import HARMFUL, Terminal, count, shown
from reportgen.base.diagnostics import CellRef, Diagnostic, PageRef, Span, error, has_errors
from reportgen.build.request import Stage, quiet
from reportgen.project.project import Project, open_project


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command answers; its exit code is 1 where there are errors among the diagnostics.

    Attributes:
        lines: for people, on standard output.
        data: the same for programs, what can be written as JSON.
        closing: for people, on standard error after the diagnostics.
        told: whether the command has itself said all there is to say.
    """

    diagnostics: Sequence[Diagnostic] = ()
    lines: Iterable[str] = ()
    data: Mapping[str, object] = field(default_factory=dict)
    closing: Sequence[str] = ()
    told: bool = False


def project_of(options: Namespace, stage: Stage = quiet) -> Project:
    """Open the project that a command is asked about."""
    return open_project(options.project, stage=stage, allow_functions=options.allow_functions)


def give(answer: Answer, terminal: Terminal, *, as_json: bool) -> int:
    """Print an answer and its diagnostics; return the exit code.

    As JSON both are one object on standard output: ``diagnostics``, each as :func:`as_data` writes it, their ``count``
    by severity, and the command's own data. An answer that nobody waits for any more (``| head``) is left off; one
    that cannot be written is a fault.
    """
    if answer.told:
        return 0
    lines = (as_json_text(answer),) if as_json else answer.lines
    unwritten = _print(lines)
    if not as_json:
        terminal.report(answer.diagnostics)
        for line in answer.closing:
            terminal.say(line)
    if unwritten:
        message = f"the answer could not be written: {unwritten}"
        terminal.report([error("unwritable-answer", message, None, "send it where there is room")])
    return int(bool(unwritten) or has_errors(answer.diagnostics))


def as_json_text(answer: Answer) -> str:
    """Return an answer as JSON in which nothing can harm a terminal."""
    found = answer.diagnostics
    content = {**answer.data, "count": count(found), "diagnostics": [as_data(d) for d in found]}
    unicode = (getattr(sys.stdout, "encoding", None) or "utf-8").lower().startswith("utf")
    text = json.dumps(content, ensure_ascii=not unicode, indent=1)
    # All of them stand in strings, where JSON has its own escape: what is written says the same.
    return HARMFUL.sub(lambda found: json.dumps(found[0])[1:-1] if found[0] != "\x7f" else "\\u007f", text)


def _print(lines: Iterable[str]) -> str:
    """Print lines on standard output; return why they could not be, "" where they could or nobody reads them."""
    if sys.stdout is None:  # closed by whoever started the command
        return ""
    try:
        for line in lines:
            sys.stdout.write(shown(line, sys.stdout.encoding) + "\n")
        sys.stdout.flush()
    except OSError as problem:
        silence()
        return "" if isinstance(problem, BrokenPipeError) else problem.strerror or str(problem)
    return ""


def silence() -> None:
    """Let what is still to be written to standard output go nowhere: the interpreter would try once more as it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def as_data(diagnostic: Diagnostic) -> dict[str, object]:
    """Return a diagnostic as JSON holds it; what its place does not have is null.

    ``line`` and ``column`` count from 1, except that the column of a table's cell is its name; ``row`` counts from the
    head of a table, which is row 1; ``page`` is a finished page's label and ``at`` a point on it in pt.
    """
    place = dict.fromkeys(("file", "line", "column", "row", "page", "at"))
    match diagnostic.place:
        case Span(file, line, column):
            place |= {"file": file, "line": line or None, "column": column or None}
        case CellRef(file, row, name):
            place |= {"file": file, "row": row, "column": name}
        case PageRef(file, page, x, y):
            place |= {"file": file, "page": page, "at": [x, y]}
    return {
        "severity": diagnostic.severity.value,
        "rule": diagnostic.rule,
        **place,
        "text": diagnostic.message,
        "hints": list(diagnostic.hints),
    }
