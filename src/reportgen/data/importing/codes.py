"""Codes for labels: those of a code list of the package where the names match, new ones where they do not."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count

from reportgen.data.importing import words
from reportgen.data.importing.axes import Member
from reportgen.data.importing.labels import Label, slug, split_scripts
from reportgen.data.importing.unit_words import unit_properties
from reportgen.data.package import CodeList

UNITS, STATUSES = "units", "obs_status"
LONGEST_UNIT = 24
"""A unit whose name is longer gets a number as its code."""


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language of the report: its name, and whether it is written in Chinese characters."""

    name: str
    han: bool


@dataclass(frozen=True, slots=True)
class NewCode:
    """A code to be added to a list; ``names`` by language, "" where one is to be given; ``said`` other columns."""

    code: str
    names: Mapping[str, str]
    parent: str = ""
    said: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Coded:
    """The codes of a dimension.

    Attributes:
        list: the name of its code list; ``known`` if the package has it.
        codes: the code of each key of the sheet.
        added: codes that the list does not have yet.
    """

    list: str
    known: bool
    codes: Mapping[str, str]
    added: tuple[NewCode, ...]
    title: Mapping[str, str] = field(default_factory=dict)
    nested: bool = False


@dataclass(slots=True)
class Names:
    """Gives names in each language, and gathers those that nobody has given: the questions."""

    tongues: Sequence[Tongue]
    answered: Mapping[str, Mapping[str, str]]
    missing: dict[str, dict[str, None]] = field(default_factory=dict)

    def of(self, label: Label, *, needed: bool = True) -> dict[str, str]:
        """Return a label's names by language: as answered, else as the sheet has it."""
        found: dict[str, str] = {}
        scripts: set[bool] = set()
        for tongue in self.tongues:
            own = label.han if tongue.han else label.latin
            if tongue.han in scripts and label.han != label.latin:
                own = ""  # another language of the same script
            scripts.add(tongue.han)
            name = self.answered.get(tongue.name, {}).get(label.text) or own
            found[tongue.name] = name
            if not name and needed:
                self.missing.setdefault(tongue.name, {}).setdefault(label.text)
        return found

    def answer(self, text: str) -> dict[str, str]:
        """Return what a person calls a thing for which the sheet has no name at all."""
        found = {tongue.name: self.answered.get(tongue.name, {}).get(text, "") for tongue in self.tongues}
        for language in (name for name, given in found.items() if not given):
            self.missing.setdefault(language, {}).setdefault(text)
        return found

    def heading(self, name: str, label: Label) -> dict[str, str]:
        """Return a column's headings: the sheet's, else the usual ones."""
        usual = words.HEADINGS.get(name.rstrip("_0123456789"), ["", name.replace("_", " ").capitalize()])
        if label.text and words.dimension_named(label.text) is None:
            return self.of(label)
        whole = Label(label.han or usual[0], label.latin or usual[1])
        return self.of(whole)


def normal(name: str) -> str:
    """Return a name as it is compared: without case, spaces and width."""
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


def _known_names(codes: CodeList) -> dict[str, str]:
    found: dict[str, str] = {}
    for code in codes.codes.values():
        for name in (*code.names.values(), *code.short.values(), code.code):
            found.setdefault(normal(name), code.code)
    return found


def code_labels(
    members: Mapping[str, Member],
    lists: Mapping[str, CodeList],
    new_list: str,
    names: Names,
    chosen: str | None,
    given: Mapping[str, str],
) -> Coded:
    """Return the codes of a dimension's labels.

    Args:
        chosen: the list that was chosen before, if any; ``given`` the codes that were.
    """
    best = lists.get(chosen or "") or _best(members.values(), lists)
    if best is None and new_list in lists:
        best = lists[new_list]
    known = _known_names(best) if best else {}
    taken = set(best.codes) if best else set()
    codes: dict[str, str] = {}
    added: list[NewCode] = []
    used = taken | set(given.values())
    given_to: set[str] = set()
    for key, member in members.items():
        found = given.get(key) or next((known[normal(n)] for n in _texts(member) if normal(n) in known), None)
        if found is None or found in given_to or found not in taken:
            own = names.of(member.label)
            free = given.get(key) if given.get(key) not in given_to else None
            found = free or _code(member.label, own, used, names.tongues)
            added.append(NewCode(found, own, member.parent or ""))
        codes[key] = found
        used.add(found)
        given_to.add(found)
    nested = any(member.parent for member in members.values())
    added = [NewCode(new.code, new.names, codes.get(new.parent, "")) for new in added]
    return Coded(best.name if best else new_list, best is not None, codes, tuple(added), nested=nested)


def _texts(member: Member) -> tuple[str, ...]:
    return tuple(text for text in dict.fromkeys((member.label.text, member.label.latin, member.key)) if text)


def _best(members: Collection[Member], lists: Mapping[str, CodeList]) -> CodeList | None:
    """Return the list that names most of the labels, if it names half of them or more."""
    best, most = None, 0
    for codes in lists.values():
        if codes.name in (UNITS, STATUSES):
            continue
        known = _known_names(codes)
        count = sum(any(normal(text) in known for text in _texts(member)) for member in members)
        if count > most and count * 2 >= len(members) and count > 1 - (len(members) < 3):
            best, most = codes, count
    return best


def _code(label: Label, own: Mapping[str, str], taken: Collection[str], tongues: Iterable[Tongue]) -> str:
    """Return a new code: of the name in Latin letters, else a number that no code of the list has."""
    latin = label.latin or next((own[t.name] for t in tongues if not t.han and own.get(t.name)), "")
    name = "total" if label.is_total else slug(latin)
    if name:
        return _unique(name, taken)
    return next(code for n in count(len(taken) + 1) if (code := f"c{n:02d}") not in taken)


def _unique(name: str, taken: Collection[str]) -> str:
    return next(code for n in range(1, 10**6) if (code := name if n == 1 else f"{name}_{n}") not in taken)


def code_units(
    texts: Collection[str], units: CodeList | None, names: Names, given: Mapping[str, str]
) -> Coded:
    """Return the code of each unit: one of the list ``units`` by its name or code, a sign's own, or a new one.

    Units that every package knows are listed only where a column of units refers to the list.
    """
    known = _known_names(units) if units else {}
    codes: dict[str, str] = {}
    added: list[NewCode] = []
    taken = set(units.codes) if units else set()
    for text in texts:
        code = given.get(text) or next(
            (known[normal(t)] for t in (text, *text.split("\n")) if normal(t) in known), None
        )
        sign = words.built_in_unit(text)
        if code in taken:
            codes[text] = code
            continue
        han, latin = split_scripts(text)
        own = {t.name: text for t in names.tongues} if sign else names.of(Label(han, latin))
        used = taken | set(codes.values())
        codes[text] = code or sign or _unit_code(latin, own, used, names.tongues)
        if codes[text] not in used and (not sign or len(texts) > 1):
            said = {"dimension": sign} if sign else unit_properties(latin or text)
            added.append(NewCode(codes[text], own, said=said or unit_properties(han)))
    return Coded(UNITS, units is not None, codes, tuple(added))


def _unit_code(latin: str, own: Mapping[str, str], taken: Collection[str], tongues: Iterable[Tongue]) -> str:
    latin = latin or next((own[t.name] for t in tongues if not t.han and own.get(t.name)), "")
    name = slug(latin)
    if name and name[0].isalpha() and len(name) <= LONGEST_UNIT:
        return _unique(name, taken)
    return next(code for n in range(1, 10**6) if (code := f"u{n:02d}") not in taken)
