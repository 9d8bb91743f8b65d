"""``reportgen lines``: the typographic audit of finished files."""

from __future__ import annotations

from argparse import Namespace

from reportgen.app.finished import answer_for
from reportgen.base.diagnostics import Result
from reportgen.pdf.read.line_audit import audit, describe


def run(options: Namespace) -> int:
    """Answer the command; return its exit code."""
    return answer_for(options.files, _audited)


def _audited(path: str, data: bytes) -> Result[str]:
    report = audit(data, path)
    return Result(f"{path}\n{describe(report.value)}", report.diagnostics)
