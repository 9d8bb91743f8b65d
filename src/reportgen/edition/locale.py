"""How an edition writes numbers and months: Babel's data, frozen so that it can be passed and compared."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from reportgen.base.decimals import round_half_away

MINUS = "\u2212"
NO_BREAK = "\u00a0"


@dataclass(frozen=True, slots=True)
class EditionLocale:
    """An edition's locale.

    Attributes:
        identifier: Babel's, ``zh_Hans_CN`` or ``en_GB``.
        lang: the BCP 47 tag, ``zh-CN`` or ``en-GB``.
        language: the key of names in code lists, ``zh`` or ``en``.
        decimal, group: the decimal and thousands separators; an empty ``group`` separates nothing.
        months: the months' names as they stand in a date.
        list_pair, list_end, list_middle: patterns of a list's joints with ``{0}`` and ``{1}``.
    """

    identifier: str
    lang: str
    language: str
    decimal: str = "."
    group: str = ","
    months: tuple[str, ...] = ()
    list_pair: str = "{0}、{1}"
    list_end: str = "{0}、{1}"
    list_middle: str = "{0}、{1}"

    @property
    def is_chinese(self) -> bool:
        return self.language == "zh"


class UnknownLocale(ValueError):
    """A locale that Babel does not know."""


@lru_cache(maxsize=16)
def load_locale(identifier: str, lang: str | None = None, group: str | None = None) -> EditionLocale:
    """Return the locale of a Babel identifier; ``group`` overrides its thousands separator.

    Raises:
        UnknownLocale: if Babel has no such locale, or it is neither Chinese nor English.
    """
    from babel.core import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(identifier)
    except (UnknownLocaleError, ValueError) as problem:
        raise UnknownLocale(str(problem)) from problem
    if locale.language not in ("zh", "en"):
        raise UnknownLocale(f"there are no formats for {identifier}: an edition is Chinese or English")
    symbols = locale.number_symbols
    symbols = symbols.get("latn", symbols)
    tag = lang or "-".join(part for part in (locale.language, locale.territory) if part)
    joints = {} if locale.language == "zh" else locale.list_patterns["standard"]
    return EditionLocale(
        identifier,
        tag,
        locale.language,
        str(symbols["decimal"]),
        str(symbols["group"]) if group is None else group,
        tuple(locale.months["format"]["wide"][month] for month in range(1, 13)),
        *(joints.get(place, "{0}、{1}") for place in ("2", "end", "middle")),
    )


def write_number(value: Decimal, places: int, locale: EditionLocale) -> str:
    """Return a number to ``places`` decimals, halves away from zero, its thousands separated.

    >>> write_number(Decimal("26852.5"), 0, EditionLocale("en_GB", "en-GB", "en"))
    '26,853'
    """
    rounded = round_half_away(value, places)
    whole, _, fraction = f"{abs(rounded):f}".partition(".")
    first = len(whole) % 3 or 3
    groups = [whole[:first], *(whole[k : k + 3] for k in range(first, len(whole), 3))]
    sign = MINUS if rounded < 0 else ""
    return sign + locale.group.join(groups) + (locale.decimal + fraction if fraction else "")


def write_trimmed(value: Decimal, places: int, locale: EditionLocale) -> str:
    """Return a number to at most ``places`` decimals, without zeros at their end."""
    rounded = round_half_away(value, places)
    exponent = rounded.normalize().as_tuple().exponent
    needed = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return write_number(rounded, needed, locale)


def write_list(names: tuple[str, ...], locale: EditionLocale) -> str:
    """Return names as a list in words: 甲、乙、丙; "a, b and c"."""
    if len(names) < 2:
        return "".join(names)
    if len(names) == 2:
        return locale.list_pair.format(*names)
    text = locale.list_end.format(names[-2], names[-1])
    for name in reversed(names[:-2]):
        text = locale.list_middle.format(name, text)
    return text


def compact_tick(value: Decimal | float, locale: EditionLocale) -> str:
    """Return an axis label: 5,000, 1.5万, 2亿; 5,000, 15,000, 1.5 million."""
    number = value if isinstance(value, Decimal) else Decimal(repr(value))
    size = abs(number)
    if locale.is_chinese:
        if size >= 10**8:
            return write_trimmed(number / 10**8, 2, locale) + "亿"
        if size >= 10**4:
            return write_trimmed(number / 10**4, 2, locale) + "万"
    elif size >= 10**6:
        return write_trimmed(number / 10**6, 2, locale) + NO_BREAK + "million"
    return write_trimmed(number, 2, locale)
