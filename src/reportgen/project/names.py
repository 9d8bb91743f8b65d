"""What a project holds, by name; a name that is not there is answered with the closest ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from reportgen.base.diagnostics import Diagnostic, Refused, error
from reportgen.base.suggest import known_names

T_co = TypeVar("T_co", covariant=True)


class UnknownName(Refused, KeyError):
    """A name that the project does not have; its hints name the closest ones."""

    def __str__(self) -> str:
        return "\n".join(map(str, self.diagnostics))


class Names(Mapping[str, T_co]):
    """Things of one kind by name, in the project's order.

    Attributes:
        kind: what they are, in diagnostics.
        faults: errors of the project's files: the reason why a name that is declared may be missing.
    """

    def __init__(self, kind: str, things: Mapping[str, T_co], faults: tuple[Diagnostic, ...] = ()) -> None:
        self.kind, self._things, self.faults = kind, things, faults

    def __getitem__(self, name: str) -> T_co:
        """Return the thing of this name.

        Raises:
            UnknownName: if there is none.
        """
        try:
            return self._things[name]
        except KeyError:
            rule, hints = f"unknown-{self.kind.split()[0]}", known_names(name, self._things)
            unknown = error(rule, f"there is no {self.kind} {name}", None, *hints)
            raise UnknownName((unknown, *self.faults)) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._things)

    def __len__(self) -> int:
        return len(self._things)

    def __repr__(self) -> str:
        return f"<{len(self)} of {self.kind}: {', '.join(list(self)[:6])}{', …' if len(self) > 6 else ''}>"
