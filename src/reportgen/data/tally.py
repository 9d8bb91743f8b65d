"""Faults of a table: the first of each kind are kept, the others counted, since one slip may be in every row."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from reportgen.base import limits
from reportgen.base.diagnostics import Diagnostic, Span, error


@dataclass(slots=True)
class Tally:
    """Collects the faults of one file's table; it grows while the table is checked."""

    file: str
    found: list[Diagnostic] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, *faults: Diagnostic) -> None:
        """Keep faults, or count them where there are many of their kind."""
        for fault in faults:
            self.counts[fault.rule] += 1
            if self.counts[fault.rule] <= limits.FAULTS_OF_A_KIND:
                self.found.append(fault)

    def is_full(self, rule: str) -> bool:
        """Say whether further faults of a kind are only counted, so that their words need not be found."""
        return self.counts[rule] >= limits.FAULTS_OF_A_KIND

    def all(self) -> tuple[Diagnostic, ...]:
        """Return what was kept, and how many more there are of each kind."""
        return tuple(self.found) + tuple(
            error(
                "more-faults",
                f"{count - limits.FAULTS_OF_A_KIND:,} more rows have the fault {rule}",
                Span(self.file),
                "mend the first ones; often one cause makes them all",
            )
            for rule, count in self.counts.items()
            if count > limits.FAULTS_OF_A_KIND
        )
