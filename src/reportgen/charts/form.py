"""A form of charts: what it takes, how it is drawn and how it is described, in one object (docs/charts.md)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from reportgen.base.functions import Function
from reportgen.base.settings import Reader

if TYPE_CHECKING:
    from reportgen.charts.stage import Stage

Role: TypeAlias = Literal["series", "panel", "period"]
Order: TypeAlias = Literal["table", "descending", "ascending"]
MAX_PANELS = 12


class ChartFault(Exception):
    """Raised by a form that cannot show the data: what is wrong, at which key of the specification, what to do."""

    def __init__(self, message: str, *hints: str, key: str = "") -> None:
        self.hints, self.key = hints, key
        super().__init__(message)


class NoRoom(ChartFault):
    """Raised where a remark finds no room: the form is drawn once more with room above its plot."""


class Alternatives(NamedTuple):
    """A chart's alternative texts: a sentence, and all that it shows."""

    short: str
    long: str


@dataclass(frozen=True, slots=True)
class Form:
    """A form of charts.

    Attributes:
        name: what a specification calls it.
        title: the label that names it in descriptions, a msgid of the engine's catalogs.
        draw: draws on the sheet that it opens on its stage; raises ``ChartFault`` where the data do not fit.
        needs: roles that a specification must fill beside ``x``.
        takes: roles that it may fill.
        options: readers of the form's own keys; None takes any key as it is written.
        max_x: how many categories stay readable.
        min_series, max_series: how many series it needs, and how many stay readable.
        negatives: whether it can show values below zero.
        order: the order of categories where a specification names none.
        parts: the role whose values make a whole, or what says it of the form's own options; "" where nothing is
            added up.
        shares: says of the form's own options whether it prints each number as a share of a whole in per cent.
        describe: makes the alternative texts; None speaks of every value (:mod:`reportgen.charts.describe`).
        own: the function of the project's that it is: it may do and read anything, so that it runs in a process of its
            own and its drawings are not kept.
    """

    name: str
    title: str
    draw: Callable[[Stage], None] = field(repr=False)
    needs: tuple[Role, ...] = ()
    takes: tuple[Role, ...] = ()
    options: Mapping[str, Reader[Any]] | None = field(default_factory=dict, repr=False)
    max_x: int = 40
    min_series: int = 1
    max_series: int = 1
    negatives: bool = False
    order: Order = "table"
    parts: str | Callable[[Mapping[str, Any]], str] = field(default="", repr=False)
    shares: Callable[[Mapping[str, Any]], bool] | None = field(default=None, repr=False)
    describe: Callable[[Stage], tuple[str, str]] | None = field(default=None, repr=False)
    own: Function | None = None

    def parts_role(self, options: Mapping[str, Any]) -> str:
        """Return the role whose values make a whole under some options; "" where nothing is added up."""
        return self.parts(options) if callable(self.parts) else self.parts

    @property
    def roles(self) -> tuple[str, ...]:
        """Every role that it can fill."""
        return ("x", *self.needs, *self.takes)
