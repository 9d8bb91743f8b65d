"""Settings: what a person writes as keys and values (TOML, JSON), read by declared readers.

A file becomes a tree of :class:`Setting`; each leaf knows what its file calls it and where it stands, also after
files are laid over each other (:func:`merge`). A *reader* takes one setting and returns its value, or notes a fault
at the setting's own place and returns None. Readers are made from smaller ones, so that a file is declared::

    PRESS = record(Press, {"ink_limit": number(100, 400), "slug": switch(), "spots": one_or_more(word())})

    press = read(settings.at("press"), PRESS, faults, Press())
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import isfinite, nan
from typing import Any, TypeAlias, TypeVar

from reportgen.base.diagnostics import Faults, Span
from reportgen.base.places import KeyPath, PlacedFile
from reportgen.base.suggest import did_you_mean, known_names, nearest
from reportgen.base.units import Pt, parse_length

T = TypeVar("T")
S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Setting:
    """A written value.

    Attributes:
        value: a word, number or switch; a mapping or a tuple of further settings; None where nothing is written.
        name: its dotted name in its file, "" for the whole file.
        place: where its key stands; that of the table around it where nothing is written.
    """

    value: Any
    name: str
    place: Span

    @property
    def is_written(self) -> bool:
        return self.value is not None

    @property
    def title(self) -> str:
        """What diagnostics call it."""
        return self.name or "the file"

    @property
    def members(self) -> Mapping[str, Setting]:
        """The settings of a table; none where it is something else."""
        return self.value if isinstance(self.value, Mapping) else {}

    @property
    def items(self) -> tuple[Setting, ...]:
        """The settings of a list; none where it is something else."""
        return self.value if isinstance(self.value, tuple) else ()

    def at(self, *keys: str) -> Setting:
        """Return the setting below some keys, which may be one that is not written."""
        found = self
        for key in keys:
            below = Setting(None, f"{found.name}.{key}" if found.name else key, found.place)
            found = found.members.get(key, below)
        return found

    def plain(self) -> Any:
        """Return the bare values, without names and places."""
        if isinstance(self.value, Mapping):
            return {key: member.plain() for key, member in self.value.items()}
        if isinstance(self.value, tuple):
            return [item.plain() for item in self.value]
        return self.value


Reader: TypeAlias = Callable[[Setting, Faults], T | None]
"""Takes a written setting; returns its value, or None after noting why it has none."""


Shape: TypeAlias = Mapping[str, "Shape"]
"""The keys of a table, each with those below it; those of a list are its items'."""


def shape(*leaves: str, **tables: Shape) -> Shape:
    """Return the shape of a table with keys that hold no tables and keys that do."""
    return {**{key: {} for key in leaves}, **tables}


def settings_of(file: PlacedFile) -> Setting:
    """Return a file's tree of settings."""
    return _tree(file, file.tables, ())


def _tree(file: PlacedFile, value: Any, path: KeyPath) -> Setting:
    if isinstance(value, Mapping):
        value = {key: _tree(file, item, (*path, key)) for key, item in value.items()}
    elif isinstance(value, list):
        value = tuple(_tree(file, item, (*path, str(k))) for k, item in enumerate(value))
    return Setting(value, ".".join(path), file.span(*path))


def merge(below: Setting, above: Setting, faults: Faults | None = None) -> Setting:
    """Return ``below`` with ``above`` laid over it: tables key by key, other values whole.

    Each setting keeps the name and the place that it was written with. With ``faults``, what is laid over a table but
    is none is refused, and the table stays.
    """
    if not above.is_written or not isinstance(below.value, Mapping):
        return above if above.is_written else below
    if not isinstance(above.value, Mapping):
        return above if faults is None or is_table(above, faults) else below
    merged = dict(below.value)
    for key, setting in above.value.items():
        merged[key] = merge(merged[key], setting, faults) if key in merged else setting
    return Setting(merged, above.name, above.place)


def built_on(tables: Mapping[str, Setting], kind: str, faults: Faults, house: str) -> Mapping[str, Setting]:
    """Return tables laid over those that they build on, which their key ``base`` names.

    A ring of bases is told once, at one that the report wrote, and broken.

    Args:
        kind: what one of the tables is.
        house: the file of the house, which has no rings of its own.
    """
    whole: dict[str, Setting] = {}
    for name in tables:
        chain: list[str] = []
        base: str | None = name
        while base is not None and base not in whole and base not in chain:
            chain.append(base)
            base = read(tables[base].at("base"), name_of(kind, tables), faults, None)
        if base in chain:
            ring = chain[chain.index(base) :]
            bases = [tables[each].at("base") for each in ring]
            at = next((base for base in bases if base.place.file != house), bases[0])
            message = f"the {kind} {ring[0]} builds on itself"
            faults.error("ring-of-bases", message, at.place, " → ".join((*ring, ring[0])))
        for each in reversed(chain):
            table = tables[each]
            if isinstance(table.value, Mapping):
                own = {key: member for key, member in table.members.items() if key != "base"}
                table = replace(table, value=own)
            whole[each] = merge(whole[base], table) if base in whole else table
            base = each
    return whole


def read(setting: Setting, reader: Reader[T], faults: Faults, default: T) -> T:
    """Return what a setting says; the default where it is not written or faulty."""
    value = reader(setting, faults) if setting.is_written else None
    return default if value is None else value


def refuse(setting: Setting, faults: Faults, what: str, *hints: str) -> None:
    """Note that a setting is not what it must be."""
    message = f"{setting.title} is {setting.plain()!r}, not {what}"
    faults.error("wrong-value", message, setting.place, *(hints or (f"write {what}",)))


def check_keys(setting: Setting, known: Collection[str], faults: Faults) -> None:
    """Note each key of a table that is none of the known ones, at its own place and under its own name."""
    unknown = {key: member for key, member in setting.members.items() if key not in known}
    if _is_headless(setting, known):
        message = f"the file has no keys {', '.join(unknown)}"
        place = next(iter(unknown.values())).place
        faults.error("unknown-key", message, place, "is the [head] of their table missing above them?")
        return
    for key, member in unknown.items():
        _refuse_key(key, member, known, faults)


def _is_headless(setting: Setting, known: Collection[str]) -> bool:
    """Say whether a file's unknown keys look like those of a table whose head is missing: no slips of known keys."""
    unknown = {key: member for key, member in setting.members.items() if key not in known}
    missing = [key for key in known if key not in setting.members]
    slips = sum(nearest(key, missing) is not None for key in unknown)
    return not setting.name and len(unknown) > 1 and slips < len(unknown) and _follow(unknown.values())


def _follow(members: Iterable[Setting]) -> bool:
    """Say whether settings stand in lines one after another, as the keys of one table do."""
    lines = [member.place.line for member in members]
    return not any(_is_json(member) for member in members) and lines == [
        *range(lines[0], lines[0] + len(lines))
    ]


def _refuse_key(key: str, member: Setting, known: Collection[str], faults: Faults) -> None:
    table = member.name.removesuffix(key).removesuffix(".") or "the file"
    hints = did_you_mean(key, known) or (f"there are {', '.join(known)}",)
    faults.error("unknown-key", f"{table} has no key {key}", member.place, *hints)


def spelt(setting: Setting, known: Shape, faults: Faults) -> Setting:
    """Return a table with its misspelt keys noted and put right, so that nothing that rests on them is at fault, too.

    A key is misspelt that is unknown and nearly one that is not written.
    """
    if not known:
        return setting
    if isinstance(setting.value, tuple):
        return replace(setting, value=tuple(spelt(item, known, faults) for item in setting.value))
    missing = [] if _is_headless(setting, known) else [key for key in known if key not in setting.members]
    members = {}
    for key, member in setting.members.items():
        right = None if key in known else nearest(key, missing)
        if right is not None:
            _refuse_key(key, member, known, faults)
            missing.remove(right)
        members[right or key] = spelt(member, known.get(right or key, {}), faults)
    return replace(setting, value=members) if members else setting


def fitting(fits: Callable[[Any], bool], what: str, *hints: str) -> Reader[Any]:
    """Return a reader of the values that fit."""

    def reader(setting: Setting, faults: Faults) -> Any:
        if fits(setting.value):
            return setting.value
        refuse(setting, faults, what, *hints)
        return None

    return reader


def lenient(change: Callable[[Setting], T | None]) -> Reader[T]:
    """Return a reader that refuses nothing: what ``change`` cannot use counts as not written."""
    return lambda setting, _: change(setting)


def word(*hints: str, blank: bool = True) -> Reader[str]:
    """Return a reader of words in quotes, which may be ``blank``; space around them is dropped."""
    what = "words in quotes" if blank else "one word or more in quotes"
    return then(fitting(lambda v: isinstance(v, str) and (blank or v.strip() != ""), what, *hints), str.strip)


def unless_blank(reader: Reader[T]) -> Reader[T]:
    """Return a reader to which blank words are as good as nothing: the default stays."""
    return lambda setting, faults: None if str(setting.value).strip() == "" else reader(setting, faults)


def switch() -> Reader[bool]:
    """Return a reader of true or false."""
    return fitting(lambda value: isinstance(value, bool), "true or false")


def whole(least: int = 0, most: int | None = None, *hints: str) -> Reader[int]:
    """Return a reader of whole numbers in a range."""
    what = "a whole number" + _range(least, most)
    return fitting(lambda v: _is_number(v) and isinstance(v, int) and _in(v, least, most), what, *hints)


def number(least: float | None = None, most: float | None = None, *hints: str) -> Reader[float]:
    """Return a reader of numbers, in a range where its ends are given."""
    what = "a number" + _range(least, most)
    return then(fitting(lambda v: _is_number(v) and _in(v, least, most), what, *hints), float)


def one_of(*words: str) -> Reader[str]:
    """Return a reader of one of some words."""

    def reader(setting: Setting, faults: Faults) -> str | None:
        if setting.value in words:
            return str(setting.value)
        refuse(setting, faults, " or ".join(words), *did_you_mean(str(setting.plain()), words))
        return None

    return reader


def one_value(*values: object) -> Reader[Any]:
    """Return a reader of one of some values, switches among them."""
    what = " or ".join(v if isinstance(v, str) else str(v).lower() for v in values)
    return fitting(lambda value: any(value is v or (isinstance(v, str) and value == v) for v in values), what)


def name_of(kind: str, known: Iterable[str]) -> Reader[str]:
    """Return a reader of a name that something of this kind has."""
    names = tuple(known)

    def reader(setting: Setting, faults: Faults) -> str | None:
        if isinstance(setting.value, str) and setting.value in names:
            return setting.value
        hints = known_names(str(setting.plain()), names)
        message = f"{setting.title}: there is no {kind} {setting.plain()}"
        rule, about = f"unknown-{kind.replace(' ', '-')}", f"{kind} {setting.plain()}"
        faults.error(rule, message, setting.place, *hints, about=about if kind == "table" else "")
        return None

    return reader


def matching(pattern: re.Pattern[str], what: str, *hints: str) -> Reader[str]:
    """Return a reader of words that match a pattern; space around them is dropped."""
    fits = fitting(lambda value: isinstance(value, str) and bool(pattern.match(value.strip())), what, *hints)
    return then(fits, str.strip)


def length(em: Pt = 0.0, line: Pt = 0.0, least: Pt | None = None, most: Pt | None = None) -> Reader[Pt]:
    """Return a reader of lengths, in points, in a range where its ends are given.

    ``em`` and ``line`` (or ``lines``) are units where they have a size.
    """

    def reader(setting: Setting, faults: Faults) -> Pt | None:
        try:
            relative = _relative(setting.value, em, line)
            found = parse_length(setting.value) if relative is None else relative
        except (ValueError, TypeError, AttributeError):
            found = nan
        if isfinite(found) and _in(found, least, most):
            return found
        what = "a length" + _range(least, most, "pt")
        refuse(setting, faults, what, 'write it with its unit, as in "3mm"')
        return None

    return reader


def _relative(value: str, em: Pt, line: Pt) -> Pt | None:
    for unit, size in (("em", em), ("lines", line), ("line", line)):
        if size and value.endswith(unit):
            return float(value.removesuffix(unit) or "1") * size
    return None


def listed(item: Reader[T], *hints: str, count: int | None = None) -> Reader[tuple[T, ...]]:
    """Return a reader of lists; of one length only, and all of it right, where a ``count`` is given."""
    what = "a list" + (f" of {count}" if count else "")

    def reader(setting: Setting, faults: Faults) -> tuple[T, ...] | None:
        if not isinstance(setting.value, tuple) or len(setting.value) != (count or len(setting.value)):
            refuse(setting, faults, what, *(hints or (_form(setting, _last(setting), '["…", "…"]'),)))
            return None
        found = [item(member, faults) for member in setting.value]
        right = tuple(value for value in found if value is not None)
        return None if count and len(right) < count else right

    return reader


def one_or_more(item: Reader[T], *hints: str) -> Reader[tuple[T, ...]]:
    """Return a reader of lists in which a value alone counts as a list of one."""

    def reader(setting: Setting, faults: Faults) -> tuple[T, ...] | None:
        alone = not isinstance(setting.value, tuple)
        given = Setting((setting,), setting.name, setting.place) if alone else setting
        return listed(item, *hints)(given, faults)

    return reader


def table_of(item: Reader[T]) -> Reader[Mapping[str, T]]:
    """Return a reader of tables whose keys are names of the author's own."""

    def reader(setting: Setting, faults: Faults) -> Mapping[str, T] | None:
        if not is_table(setting, faults):
            return None
        found = {key: item(member, faults) for key, member in setting.members.items()}
        return {key: value for key, value in found.items() if value is not None}

    return reader


def record(
    make: Callable[..., T],
    keys: Mapping[str, Reader[Any]],
    required: Mapping[str, Any] | None = None,
    *,
    others: bool = False,
) -> Reader[T]:
    """Return a reader of tables with known keys; ``make`` gets by keyword what is written and right.

    Args:
        make: a data class, or any callable that has a default for each key that is not required.
        keys: what each key holds.
        required: keys that must be written, each with what stands in for it when it is not or is faulty.
        others: whether the table may have further keys, which are passed over.
    """
    needed = required or {}

    def reader(setting: Setting, faults: Faults) -> T | None:
        if not is_table(setting, faults):
            return None
        right = spelt(setting, shape(*keys), faults)
        if not others:
            check_keys(setting, keys, faults)
        _check_needed(right, needed, setting, faults)
        found = {
            key: reader(right.at(key), faults if key in setting.members else Faults())  # misspelt: told once
            for key, reader in keys.items()
            if key in right.members
        }
        return make(**{**needed, **{key: value for key, value in found.items() if value is not None}})

    return reader


def _check_needed(right: Setting, needed: Iterable[str], setting: Setting, faults: Faults) -> None:
    """Note the keys that a table must have and has not, all of them at once."""
    absent = [key for key in needed if key not in right.members]
    if absent:
        message = f"{' and '.join(setting.at(key).name for key in absent)} {_is(absent)} missing"
        faults.error("missing-key", message, setting.place, *(_form(setting, key, "…") for key in absent))


def _is(names: Sequence[str]) -> str:
    return "is" if len(names) == 1 else "are"


def keyed(
    keys: Mapping[str, Reader[Any]], required: Mapping[str, Any] | None = None, *, others: bool = False
) -> Reader[dict[str, Any]]:
    """Return a reader of tables with known keys that gives what is written and right by its key (:func:`record`)."""
    return record(dict, keys, required, others=others)


def is_table(setting: Setting, faults: Faults) -> bool:
    """Say whether a setting is a table, and note the fault where it is not."""
    if isinstance(setting.value, Mapping):
        return True
    hint = (
        'write it as {"name": …}' if _is_json(setting) else f"write it as [{setting.name}] with a key a line"
    )
    refuse(setting, faults, "a table", hint)
    return False


def then(reader: Reader[T], change: Callable[[T], S | None]) -> Reader[S]:
    """Return a reader that changes what another has read."""

    def changed(setting: Setting, faults: Faults) -> S | None:
        value = reader(setting, faults)
        return None if value is None else change(value)

    return changed


def _last(setting: Setting) -> str:
    return setting.name.rpartition(".")[2]


def _is_json(setting: Setting) -> bool:
    return setting.place.file.endswith(".json")


def _form(setting: Setting, key: str, value: str) -> str:
    """Return a hint that shows how a key is written in the setting's file."""
    return f'write "{key}": {value}' if _is_json(setting) else f"write {key} = {value}"


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and isfinite(value)


def _in(value: float, least: float | None, most: float | None) -> bool:
    return (least is None or least <= value) and (most is None or value <= most)


def _range(least: float | None, most: float | None, unit: str = "") -> str:
    ends = ((" from", least), (" to", most))
    return "".join(f"{word} {end:g}{unit}" for word, end in ends if end is not None)
