"""The words of a chart before they are drawn: names, numbers and remarks, measured and wrapped by the text layer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from reportgen.base.style import ParagraphStyle
from reportgen.base.units import Pt
from reportgen.charts.lettering import ASCENT, DESCENT
from reportgen.charts.theme import Theme
from reportgen.data.package import DataPackage
from reportgen.data.period_spellings import parse_period
from reportgen.data.periods import Frequency, Period
from reportgen.edition.labels import Labels
from reportgen.edition.language import Language
from reportgen.edition.quantities import Quantity
from reportgen.text.itemize import TextSetting, TextSpan
from reportgen.text.paragraph import SOFT_HYPHEN, set_paragraph

CAP = 0.73
"""Cap height of the faces we set, as a share of the em."""

MISSING = "–"
"""What stands in the place of a value that is missing."""

_ENDLESS: Pt = 1e6
_LEGAL_FORM = re.compile(r"(?<=\bCo\.,) (?=(?:Ltd|Limited|Inc)\b)|(?<=\bCorp\.,) (?=Ltd\b)")
"""The space inside a company's legal form, at which a line does not end."""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of text in one look.

    Attributes:
        leading: distance of baselines.
        fact: the fact that it prints.
    """

    lines: tuple[str, ...]
    widths: tuple[Pt, ...]
    target: str
    size: Pt
    leading: Pt
    fact: str | None = None

    @property
    def width(self) -> Pt:
        return max(self.widths, default=0.0)

    @property
    def height(self) -> Pt:
        """From the ascender of the first line to the descender of the last."""
        return (len(self.lines) - 1) * self.leading + (ASCENT + DESCENT) * self.size

    @property
    def middle(self) -> Pt:
        """From the first baseline down to the middle of the capitals of all lines together."""
        return ((len(self.lines) - 1) * self.leading - CAP * self.size) / 2


@dataclass(slots=True)
class Words:
    """Finds and measures the words of one chart in one edition; each block is set once.

    Attributes:
        quantity: how the values of the chart, which are in the unit that is printed, are written; None where they
            have several units.
    """

    theme: Theme
    language: Language
    labels: Labels
    setting: TextSetting
    package: DataPackage
    table: str
    short: bool = True
    quantity: Quantity | None = None
    _blocks: dict[tuple[str, str, Pt], Block] = field(default_factory=dict)

    def block(self, text: str, target: str = "label", measure: Pt = _ENDLESS) -> Block:
        """Return text broken to a measure by the rules of the edition's language."""
        key = (text, target, measure)
        if key not in self._blocks:
            self._blocks[key] = self._set(text, target, measure)
        return self._blocks[key]

    def value(self, value: Decimal | None, target: str = "value-label") -> Block:
        """Return a number, or the dash that stands for it, as it stands beside its mark."""
        return self.block(self.number(value), target)

    def width(self, text: str, target: str = "label") -> Pt:
        return self.block(text, target).width

    def fits(self, text: str, target: str, measure: Pt) -> bool:
        """Say whether text breaks to a measure without dividing a word."""
        return all(self.width(word, target) <= measure for word in self.language.undivided(text))

    def _set(self, text: str, target: str, measure: Pt) -> Block:
        style = self.theme.character(target)
        look = self.theme.texts[target]
        paragraph = ParagraphStyle("label", style, style.size, align="left", grid=False)
        lines = set_paragraph(
            (TextSpan(text, style, self.language.lang),), paragraph, measure, self.setting
        ).value
        written = tuple(_clean(line.text) for line in lines)
        return Block(
            written, tuple(line.width for line in lines), target, look.size, look.size * look.leading
        )

    def name(self, column: str | None, code: str, *, short: bool | None = None) -> str:
        """Return the name of a code or a period in the edition's language; a code of no list stands for itself."""
        short = self.short if short is None else short
        if self.frequency(column) not in (None, "year"):
            return self.language.period(self.period(column, code), short=short)
        known = self.package.tables[self.table].columns.get(column or "")
        codes = self.package.code_lists.get(known.code_list or "") if known is not None else None
        if codes is None or code not in codes.codes:
            return code
        return _LEGAL_FORM.sub("\u00a0", codes.codes[code].name(self.language.name, short=short))

    def frequency(self, column: str | None) -> Frequency | None:
        """Return what periods a column holds; None where it holds none."""
        known = self.package.tables[self.table].columns.get(column or "")
        return known.frequency if known is not None else None

    def period(self, column: str | None, code: str) -> Period:
        """Return the period that a code of a column of periods is."""
        return parse_period(code, self.frequency(column) or "year")

    def span(self, column: str | None, first: str, last: str) -> str:
        """Return from one period to another; of one, only it."""
        if self.frequency(column) in (None, "year"):
            return self.labels("{first} to {last}", first=first, last=last)
        return self.language.periods(self.period(column, first), self.period(column, last), short=True)

    def number(self, value: Decimal | None) -> str:
        """Return a value as it stands beside its mark; a dash where it is missing."""
        if value is None:
            return MISSING
        if self.quantity is not None:
            return self.language.number(value, self.quantity.places)
        if value == value.to_integral_value():
            return self.language.number(value, 0)
        return self.language.trimmed(value, 2)

    @property
    def are_shares(self) -> bool:
        """Whether the values are shares or rates themselves."""
        return self.quantity is not None and self.quantity.unit.is_relative

    def said(self, value: Decimal) -> str:
        """Return a value as a sentence says it: with the sign of its unit, if that has one."""
        dimension = self.quantity.unit.dimension if self.quantity is not None else None
        return self.language.signed(self.number(value), dimension)

    def ticks(self, values: Iterable[Decimal]) -> tuple[str, ...]:
        """Return the numbers of an axis, all in one scale: 1万 beside 2万, but 7,500 beside 10,000.

        Shares, indices and units whose name holds a power of ten already take no scale.
        """
        found = tuple(values)
        places = max((max(-_exponent(value), 0) for value in found), default=0)
        plain = [self.language.number(value, places if value else 0) for value in found]
        unit = self.quantity.unit if self.quantity is not None else None
        if unit is not None and (unit.is_scaled or not unit.adds_up):
            return tuple(plain)
        compact = [self.language.tick(value) for value in found]
        changed = [c != p for c, p, value in zip(compact, plain, found, strict=True) if value != 0]
        return tuple(compact if all(changed) else plain)

    def percent(self, ratio: Decimal, places: int = 1) -> str:
        return self.language.percent(self.language.number(ratio * 100, places))


def _exponent(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _clean(text: str) -> str:
    return text.rstrip(" ").replace(SOFT_HYPHEN, "-")
