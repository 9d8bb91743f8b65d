"""``reportgen import``: the decisions about a sheet shown, its open questions asked, the table written."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.app.answer import Answer, project_of
from reportgen.app.terminal import Terminal
from reportgen.base.diagnostics import Diagnostic, Faults, Result, Span, has_errors, unwrap
from reportgen.base.world import World
from reportgen.data.importing.recipe import Recipe, write_questions
from reportgen.project import importing

if TYPE_CHECKING:
    from reportgen.data.importing.drafting import Plan, Questions

_ROUNDS = 5
"""How often a person is asked: an answer may open further questions."""


def import_(options: Namespace, terminal: Terminal) -> Answer:
    """Answer the command."""
    project = project_of(options)
    world, file = World(project.folder), Path(options.file)
    said = importing.recipe_of(
        table=options.name,
        sheet=options.sheet,
        range=options.range,
        head=options.head,
        stub=options.stub,
        year=options.year,
        periods=options.periods,
        unit=options.unit,
        encoding=options.encoding,
    )
    answers = Path(options.answers) if options.answers else None
    if answers is not None and answers.exists():
        said = said.over(unwrap(importing.load_answers(answers)))
    made = importing.plan_of(world, file, said, replaces=options.replace)
    if sys.stdin.isatty() and terminal.live and not (options.yes or options.json or answers):
        for line in _account(made.value):
            terminal.say(line)
        for _ in range(_ROUNDS):
            if not made.ok or not made.value.questions.count:
                break
            said = _answered(made.value.questions, terminal).over(said)
            made = importing.plan_of(world, file, said, replaces=options.replace)
    return _finished(options, project.folder, file, answers, made)


def _finished(
    options: Namespace, folder: Path, file: Path, answers: Path | None, made: Result[Plan]
) -> Answer:
    plan = made.value
    asked = importing.open_questions(plan.questions, file, leave_names=options.yes) if made.ok else ()
    if asked and has_errors(asked) and answers is not None:
        asked = (_written_questions(plan, answers),)
    diagnostics = (*made.diagnostics, *asked)
    data = {
        "table": plan.name,
        "rows": plan.rows,
        "decisions": list(plan.about),
        "changes": list(plan.changes),
    }
    data |= {"questions": _as_data(plan.questions), "would_write": sorted(plan.files), "files": []}
    if has_errors(diagnostics):
        return Answer(diagnostics, list(_account(plan)), data, ("nothing was written",))
    done = importing.write_plan(folder, plan, diagnostics, dry_run=options.dry_run)
    files = [str(path) for path in done.files]
    closing = ("nothing was written: --dry-run",) if options.dry_run else files
    return Answer(diagnostics, list(_account(plan)), {**data, "files": files}, closing)


def _account(plan: Plan) -> Iterator[str]:
    """Yield what was decided, a line each."""
    if plan.name:
        yield f"table {plan.name}, {plan.rows} rows"
        yield from (f"  {line}" for line in (*plan.about, *plan.changes))


def _as_data(questions: Questions) -> dict[str, object]:
    names = {language: list(texts) for language, texts in questions.names.items()}
    return {"unit": questions.unit, "flags": list(questions.flags), "names": names}


def _written_questions(plan: Plan, path: Path) -> Diagnostic:
    """Write the open questions into a file that is not there yet, and say so."""
    faults = Faults()
    names = plan.questions.names
    text = write_questions(plan.questions.unit, plan.questions.flags, names)
    count = plan.questions.count
    if path.exists():
        asked = "; ".join(line for line in text.splitlines() if line and not line.startswith("#"))[:400]
        hint = f"add to the file: {asked}"
        faults.error("open-question", f"{count} questions are not answered", Span(str(path)), hint)
    else:
        try:
            path.write_text(text, encoding="utf-8")
            hint = "fill them in, then run the same command again"
            faults.error("open-question", f"{count} questions were written here", Span(str(path)), hint)
        except OSError as problem:
            message = f"the questions cannot be written: {problem.strerror}"
            faults.error("unwritable-file", message, Span(str(path)), "is the folder writable?")
    return faults.found[0]


def _answered(questions: Questions, terminal: Terminal) -> Recipe:
    """Ask a person, and return the answers."""
    unit = _ask(terminal, "The unit of the numbers") if questions.unit else ""
    flags = {}
    for flag in questions.flags:
        terminal.say("A normal, B break, E estimated, P provisional, O missing, M cannot exist, 0 zero")
        flags[flag] = _ask(terminal, f"What does {flag} mean").upper()[:1]
    names = {
        language: {text: _ask(terminal, f"{text} in {language}") for text in texts}
        for language, texts in questions.names.items()
    }
    return Recipe(unit=unit, flags=flags, names=names)


def _ask(terminal: Terminal, question: str) -> str:
    terminal.stream.write(f"{question}: ")
    terminal.stream.flush()
    return sys.stdin.readline().strip()
