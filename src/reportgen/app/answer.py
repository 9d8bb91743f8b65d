"""What a command answers, for people and for programs."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from reportgen.app.terminal import Terminal
from reportgen.base.diagnostics import CellRef, Diagnostic, PageRef, Span, has_errors
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

    As JSON both are one object on standard output: ``diagnostics``, each as :func:`as_data` writes it, and the
    command's own data.
    """
    if answer.told:
        return 0
    if as_json:
        content = {**answer.data, "diagnostics": [as_data(d) for d in answer.diagnostics]}
        print(json.dumps(content, ensure_ascii=False, indent=1))
    else:
        for line in answer.lines:
            print(line)
        terminal.report(answer.diagnostics)
        for line in answer.closing:
            terminal.say(line)
    return int(has_errors(answer.diagnostics))


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
