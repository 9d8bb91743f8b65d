"""``reportgen lines``: the typographic audit of finished files."""

from __future__ import annotations

from argparse import Namespace

from reportgen.app.answer import Answer
from reportgen.app.finished import answer_for
from reportgen.app.terminal import Terminal
from reportgen.base.diagnostics import Result
from reportgen.pdf.read.line_audit import audit, describe


def lines(options: Namespace, _: Terminal) -> Answer:
    """Answer the command."""
    return answer_for(options.files, _audited)


def _audited(path: str, data: bytes) -> Result[tuple[str, dict[str, object]]]:
    report = audit(data, path)
    text = describe(report.value)
    return Result((f"{path}\n{text}", {"audit": text.splitlines()}), report.diagnostics)
