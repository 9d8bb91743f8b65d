"""Formats: how a fact is printed in an edition (docs/formats.md).

A format is a name and arguments joined by dots: ``pct.1``, ``int.over``, ``names.5``. The value is rounded half away
from zero from its exact value; a format that does not fit the fact's kind, or that would say more than the value
bears, is refused.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from reportgen.base.decimals import floor_to
from reportgen.base.diagnostics import Fault
from reportgen.base.suggest import did_you_mean
from reportgen.data.package import CodeList
from reportgen.data.period_spellings import known_range
from reportgen.data.periods import Period
from reportgen.edition.hedges import nearest_tenth, side_of
from reportgen.edition.language import LARGEST_IN_WORDS, Language
from reportgen.facts.book import Fact

_MONTH = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?\Z")
MOST_PLACES = 9
AT_START = "cap"
"""The last argument of any format: what it prints begins a sentence."""
_RANGE = re.compile(r"(\d{4})\s*[-–/—]\s*(\d{4})\Z")


class FormatFault(Fault):
    """A format that cannot print the fact; its hints say what can."""

    rule = "unfit-format"


@dataclass(frozen=True, slots=True)
class _Call:
    """One use of a format: the fact, the arguments, the edition's language, the code lists."""

    fact: Fact
    arguments: tuple[str, ...]
    language: Language
    code_lists: Mapping[str, CodeList]

    @property
    def number(self) -> Decimal:
        if not isinstance(self.fact.value, Decimal):
            raise FormatFault(f"the fact {self.fact.id} is not a number", "use another format")
        return self.fact.value

    def whole(self, index: int, default: int | None = None) -> int:
        """Return the argument at ``index``, a whole number."""
        if index < len(self.arguments):
            if self.arguments[index].isdecimal() and len(self.arguments[index]) < 16:
                return int(self.arguments[index])
            message = f"{self.arguments[index]!r} is not a number of places, steps or names"
            raise FormatFault(message, "as in pct.1")
        if default is None:
            raise FormatFault("the format needs a number after its name", "as in pct.1")
        return default

    def places(self, default: int | None = None) -> int:
        """Return the first argument, a number of decimals."""
        places = self.whole(0, default)
        if places > MOST_PLACES:
            raise FormatFault(f"{places} decimals are too many", f"at most {MOST_PLACES} are printed")
        return places


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the kinds of fact that it can print, how, and what it says of a fact."""

    kinds: tuple[str, ...]
    write: Callable[[_Call], str]
    most_arguments: int = 0
    says: str = "a number"


def format_fact(
    fact: Fact, spec: str, language: Language, code_lists: Mapping[str, CodeList] | None = None
) -> str:
    """Return a fact as the edition prints it.

    Raises:
        FormatFault: if the format is unknown, does not fit the fact's kind, or would not be honest.
    """
    name, *arguments = spec.split(".")
    if arguments[-1:] == [AT_START]:
        return language.at_start(format_fact(fact, spec.removesuffix(f".{AT_START}"), language, code_lists))
    form = FORMATS.get(name)
    if form is None:
        hints = did_you_mean(name, FORMATS) or (f"there are {', '.join(FORMATS)}",)
        raise FormatFault(f"the format {name} is unknown", *hints)
    if fact.kind not in form.kinds:
        fitting = ", ".join(key for key, other in FORMATS.items() if fact.kind in other.kinds)
        message = f"the format {name} does not fit {fact.id}, which is a {fact.kind}"
        usual = _USUAL.get(fact.kind)
        places = ".".join((usual, *[a for a in arguments[:1] if a.isdecimal()])) if usual else ""
        hints = (f"write {places}, which prints the sign too: no % or points after it",) if usual else ()
        raise FormatFault(message, *hints, f"what fits is {fitting}")
    if len(arguments) > form.most_arguments:
        message = (
            f"the format {name} takes at most {form.most_arguments} arguments, not {'.'.join(arguments)}"
        )
        raise FormatFault(message, "take the others out")
    return form.write(_Call(fact, tuple(arguments), language, code_lists or {}))


def meaning_of(spec: str) -> str:
    """Return what a format says of a fact; the editions may differ in the format, but not in this."""
    name, *arguments = spec.split(".")
    if "over" in arguments:
        return "a lower bound"
    count = next((a for a in arguments if a.isdecimal()), "all") if name == "names" else ""
    return f"{count} {FORMATS[name].says}".strip() if name in FORMATS else ""


def _unknown(name: str, call: _Call, known: str) -> FormatFault:
    return FormatFault(f"{name}.{'.'.join(call.arguments)} is unknown", f"there are {known}")


def _int(call: _Call) -> str:
    if call.arguments[:1] == ("over",):
        return _int_over(call)
    if call.arguments:
        raise _unknown("int", call, "int, int.over and int.over.STEP")
    if call.number != call.number.to_integral_value():
        raise FormatFault(f"{call.fact.id} is {call.number}, not a whole number", "use num.1")
    return call.language.number(call.number, 0)


def _int_over(call: _Call) -> str:
    """The value's leading figures, and that it is more: 1,300余, "more than 1,300"."""
    digits = len(str(int(abs(call.number))))
    step = Decimal(call.whole(1, 10 ** max(digits - 2, 1)))
    bound = _bound_below(call, step, Decimal(1))
    return call.language.more_than(call.language.number(bound, 0))


def _bound_below(call: _Call, step: Decimal, unit: Decimal) -> Decimal:
    """Return the multiple of ``step`` below the value (both in units of ``unit``), refusing one that it equals."""
    value = call.number / unit
    bound = floor_to(value, step) if step else value
    if bound <= 0:
        message = f"{call.fact.id} is {call.number}: there is no round number below it"
        raise FormatFault(message, "print it as it is")
    if bound == value and not call.fact.at_least:
        hint = "print it as it is, or mark the observation as a published lower bound"
        raise FormatFault(f"{call.fact.id} is exactly {call.number}, not more", hint)
    return bound


def _in_myriads(power: int) -> Callable[[_Call], str]:
    """In 万 or 亿; an edition in a language without them prints the number to the same precision: 7.0万, 70,000."""
    return lambda call: call.language.in_myriads(call.number, power, call.places(1))


def _in_thousands(power: int, name: str) -> Callable[[_Call], str]:
    def write(call: _Call) -> str:
        word = call.language.english_scales.get(power)
        if word is None:
            raise FormatFault(f"{call.language.english_name} has no scale {name}", "use wan.1 or yi.1")
        return call.language.scaled(call.language.number(call.number / 10**power, call.places(1)), word)

    return write


def _pct(call: _Call) -> str:
    if call.arguments[:1] == ("over",):
        bound = _bound_below(call, Decimal(call.whole(1, 1)), Decimal("0.01"))
        return call.language.share_over(call.language.trimmed(bound, 4))
    if len(call.arguments) > 1:
        raise _unknown("pct", call, "pct.1, pct.over and pct.over.STEP")
    return call.language.percent(call.language.number(call.number * 100, call.places(1)))


def _permille(call: _Call) -> str:
    return call.language.permille(call.language.number(call.number * 1000, call.places(1)))


def _pp(call: _Call) -> str:
    return call.language.points(call.language.number(call.number * 100, call.places(1)))


def _hedge(call: _Call) -> str:
    """A share in hedged words; ``about`` takes 约 over the whole of −0.025 to 0.025."""
    if call.arguments not in ((), ("about",)):
        raise _unknown("hedge", call, "hedge and hedge.about")
    tenth = _tenth(call)
    return call.language.hedge("about" if call.arguments else side_of(call.number, tenth), tenth)


def _share(call: _Call) -> str:
    tenth = _tenth(call)
    return call.language.split(tenth, 10 - tenth)


def _tenth(call: _Call) -> int:
    tenth = nearest_tenth(call.number)
    if tenth is None:
        raise FormatFault(f"{call.fact.id} is {call.number:.4f}: no tenth is within 0.025 of it", "use pct.1")
    return tenth


def _ordinal(call: _Call) -> str:
    number = _small(call)
    if not number:
        raise FormatFault(f"{call.fact.id} is 0, which has no place in an order", "use int")
    return call.language.ordinal(number)


def _small(call: _Call) -> int:
    value = call.number
    if value != value.to_integral_value() or not 0 <= value <= LARGEST_IN_WORDS:
        message = f"{call.fact.id} is {value}: only 0 to {LARGEST_IN_WORDS} are written in words"
        raise FormatFault(message, "use int")
    return int(value)


def _name(call: _Call) -> str:
    if not isinstance(call.fact.value, str):
        raise FormatFault(f"the fact {call.fact.id} is not one code", "use names")
    return _cased(_code_name(call, call.fact.value), call)


def _names(call: _Call) -> str:
    codes = call.fact.value
    if not isinstance(codes, tuple):
        raise FormatFault(f"the fact {call.fact.id} is not a list of codes", "use name")
    counts = [a for a in call.arguments if a.isdecimal()]
    count = int(counts[0]) if counts else len(codes)
    if not 1 <= count <= len(codes):
        raise FormatFault(f"{call.fact.id} holds {len(codes)} names, not {count}", "lower the number")
    return call.language.listed(tuple(_cased(_code_name(call, code), call) for code in codes[:count]))


_NAME_WORDS = ("short", "lower")


def _code_name(call: _Call, code: str) -> str:
    unknown = [a for a in call.arguments if a not in _NAME_WORDS and not a.isdecimal()]
    if unknown:
        raise FormatFault(f"{unknown[0]} is unknown here", f"there are {' and '.join(_NAME_WORDS)}")
    codes = call.code_lists.get(call.fact.code_list or "")
    if codes is None or code not in codes.codes:
        hint = "add it there, or name the fact's code_list"
        raise FormatFault(f"the code {code} of {call.fact.id} is in no code list", hint)
    found = codes.codes[code]
    if call.language.name not in found.names:
        raise FormatFault(f"the code {code} has no name in {call.language.name}", "write it in the code list")
    return found.name(call.language.name, short="short" in call.arguments)


def _cased(name: str, call: _Call) -> str:
    return call.language.inside_sentence(name) if "lower" in call.arguments else name


def _year(call: _Call) -> str:
    value = call.fact.value
    if call.fact.kind == "period":
        first, last = _periods(call)
        if first.year != last.year or first.frequency in ("years", "fiscal-year"):
            raise FormatFault(f"{call.fact.id} is {value}, which is of more than one year", "use period")
        return str(first.year)
    return _year_text(call)


def _year_text(call: _Call) -> str:
    value = call.fact.value
    if isinstance(value, Decimal) and value != value.to_integral_value():
        raise FormatFault(f"{call.fact.id} is {value:f}, not a year", "round it where it is made")
    return str(int(value)) if isinstance(value, Decimal) else str(value)


def _periods(call: _Call) -> tuple[Period, Period]:
    """Return the first and the last of the periods that a fact names."""
    value = call.fact.value
    text = "-".join(value) if isinstance(value, tuple) else _year_text(call)
    ends = known_range(text)
    if ends is None:
        raise FormatFault(f"{call.fact.id} is {text}, not a period such as 2021Q1 or 2021-03", "use text")
    return ends


def _period(call: _Call) -> str:
    if call.arguments not in ((), ("short",)):
        raise _unknown("period", call, "period and period.short")
    return call.language.periods(*_periods(call), short=bool(call.arguments))


def _years(call: _Call) -> str:
    value = call.fact.value
    if call.fact.kind == "period":
        first, last = _periods(call)
        return call.language.years(str(first.year), str(last.last_day.year))
    text = "-".join(value) if isinstance(value, tuple) else str(value)
    match = _RANGE.match(text)
    if match is None:
        raise FormatFault(f"{call.fact.id} is {text}, not a range of years such as 2013-2023", "use text")
    return call.language.years(match[1], match[2])


def _date(call: _Call) -> str:
    year, month, day = _date_parts(call)
    if not day:
        raise FormatFault(f"{call.fact.id} is {call.fact.value}, which names no day", "use month")
    return call.language.date(year, month, day)


def _date_parts(call: _Call) -> tuple[int, int, int]:
    match = _MONTH.match(str(call.fact.value))
    try:
        if match is None:
            raise ValueError
        dt.date(int(match[1]), int(match[2]), int(match[3] or 1))
    except ValueError:
        message = f"{call.fact.id} is {call.fact.value}, not a month or date such as 2015-10"
        raise FormatFault(message, "use text") from None
    return int(match[1]), int(match[2]), int(match[3] or 0)


_COUNT = ("number",)
_USUAL = {"ratio": "pct", "points": "pp"}
"""What most facts of a kind are printed by."""
_TIME = ("text", "code", "period")

FORMATS: Mapping[str, Format] = {
    "int": Format(_COUNT, _int, 2),
    "num": Format(_COUNT, lambda call: call.language.number(call.number, call.places()), 1),
    "wan": Format(_COUNT, _in_myriads(4), 1),
    "yi": Format(_COUNT, _in_myriads(8), 1),
    "thousand": Format(_COUNT, _in_thousands(3, "thousand"), 1),
    "million": Format(_COUNT, _in_thousands(6, "million"), 1),
    "billion": Format(_COUNT, _in_thousands(9, "billion"), 1),
    "compact": Format(_COUNT, lambda call: call.language.compact(call.number)),
    "words": Format(_COUNT, lambda call: call.language.count(_small(call))),
    "numeral": Format(_COUNT, lambda call: call.language.cardinal(_small(call))),
    "ordinal": Format(_COUNT, _ordinal, says="a place in an order"),
    "pct": Format(("ratio",), _pct, 2, "a share"),
    "permille": Format(("ratio",), _permille, 1, "a share"),
    "hedge": Format(("ratio",), _hedge, 1, "a share"),
    "share": Format(("ratio",), _share, says="a share"),
    "pp": Format(("points",), _pp, 1, "percentage points"),
    "name": Format(("code",), _name, 2, "a name"),
    "names": Format(("codes",), _names, 3, "names"),
    "year": Format(("year", "period"), _year, says="a time"),
    "years": Format(("codes", "text", "period"), _years, says="a time"),
    "period": Format(("year", "period", "text"), _period, 1, "a time"),
    "month": Format(_TIME, lambda call: call.language.month(*_date_parts(call)[:2]), says="a time"),
    "date": Format(_TIME, _date, says="a time"),
    "text": Format(("text", "period"), lambda call: str(call.fact.value), says="a time"),
}
"""Every format by its name."""
