"""What an import would write: the table, its code lists, its entry in the descriptor, the decisions."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from reportgen.base.diagnostics import Diagnostic, Fault, Faults
from reportgen.base.world import World
from reportgen.data.descriptor import Descriptor
from reportgen.data.dialect import PLAIN
from reportgen.data.importing import draft
from reportgen.data.importing.codes import (
    UNITS,
    Coded,
    Names,
    NewCode,
    Tongue,
    code_labels,
    code_units,
)
from reportgen.data.importing.dimensions import Dimension
from reportgen.data.importing.labels import Label, split_scripts
from reportgen.data.importing.reading import Reading
from reportgen.data.importing.recipe import Recipe, path_of, write_recipe
from reportgen.data.importing.tidy import Signs, columns_of, rows_of
from reportgen.data.importing.totals import check_totals
from reportgen.data.importing.update import Update, update_rows
from reportgen.data.load import PATH
from reportgen.data.package import CodeList
from reportgen.data.statuses import STATUS, STATUSES

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*\Z")
NUMBERED = re.compile(r"^(?:表|图|table|figure)\s*[\dA-Z]+(?:[-–—.]\d+)*\s*[:：.、]?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Questions:
    """What the sheet does not say.

    Attributes:
        unit: whether numbers have no unit; ``flags`` those that nobody has explained.
        names: by language, the words of the sheet that have no name in it.
    """

    unit: bool = False
    flags: tuple[str, ...] = ()
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return self.unit + len(self.flags) + sum(map(len, self.names.values()))


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do.

    Attributes:
        name: of the table.
        files: the contents of each file that would be written, by its path in the project.
        about: the decisions in sentences; ``changes`` what becomes of a table that is already there.
        recipe: the decisions as they are kept.
    """

    name: str
    files: Mapping[str, bytes]
    about: tuple[str, ...]
    changes: tuple[str, ...]
    questions: Questions
    recipe: Recipe
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Package:
    """The package as it is: its descriptor's text, None where there is none yet, and its code lists."""

    text: str | None
    descriptor: Descriptor
    lists: Mapping[str, CodeList]


@dataclass(frozen=True, slots=True)
class Draft:
    """All that a plan is made of."""

    world: World
    package: Package
    reading: Reading
    recipe: Recipe
    name: str
    tongues: Sequence[Tongue]
    signs: Signs

    @property
    def languages(self) -> list[str]:
        return [tongue.name for tongue in self.tongues]

    def plan(self, before: Recipe | None, file: str, replaces: bool, faults: Faults) -> Plan:
        """Return the plan.

        Raises:
            Fault: if the name cannot be, or a table of that name is there and may not be changed.
        """
        if not _NAME.match(self.name):
            hint = "write it in small letters, digits and hyphens, as in --as energy-production"
            raise Fault(f"a table cannot be named {self.name!r}", hint, rule="wrong-value")
        names = Names(self.tongues, self.recipe.names)
        codes = self._codes(names)
        unit_texts = dict.fromkeys(o.unit or self.recipe.unit for o in self.reading.observations)
        units = code_units(
            [t for t in unit_texts if t], self.package.lists.get(UNITS), names, self.recipe.units
        )
        mixed = len(set(units.codes.values())) > 1
        rows = rows_of(self.reading, codes, units.codes, self.recipe.unit, self.signs, mixed=mixed)
        unit = "" if mixed else next(iter(units.codes.values()), "")
        checked = tuple(check_totals(self.reading, codes))
        entry = self._entry(codes, unit, mixed, names)
        if rules := [each.rule for each in checked if each.rule is not None]:
            entry["reportgen"]["plausibility"] = rules
        columns = columns_of(self.reading, mixed)
        update = update_rows(
            self.world,
            self.package.descriptor,
            entry,
            columns,
            rows,
            kept=before,
            codes=codes,
            replaces=replaces,
        )
        faults.add(*update.diagnostics)
        about = [*self.reading.about, *self._statuses_in_words(), *self._codes_in_words(codes, units)]
        for each in checked:
            about.append(each.sentence)
            if each.missed is not None:
                place, value, total = each.missed
                message = f"the total is {value}, its parts add up to {total}"
                faults.warning(
                    "wrong-total", message, place, "correct the sheet, or ask the office that made it"
                )
        questions = Questions(
            "" in unit_texts,
            self.signs.unknown,
            {lang: tuple(texts) for lang, texts in names.missing.items()},
        )
        recipe = self._kept(file, codes, units, tuple(about))
        files = self._files(entry, [*codes.values(), units], columns, update, recipe)
        return Plan(self.name, files, tuple(about), update.changes, questions, recipe, len(rows))

    def _codes(self, names: Names) -> dict[str, Coded]:
        codes: dict[str, Coded] = {}
        lists = dict(self.package.lists)
        for dimension in self.reading.dimensions:
            if dimension.is_period:
                continue
            chosen, given = self.recipe.lists.get(dimension.name), self.recipe.labels.get(dimension.name, {})
            new = chosen or f"{self.name}-{dimension.name}"
            coded = code_labels(dimension.members, lists, new, names, chosen, given)
            title = names.heading(dimension.name, dimension.title)
            codes[dimension.name] = replace(coded, title=title)
        return codes

    def _entry(self, codes: Mapping[str, Coded], unit: str, mixed: bool, names: Names) -> draft.Entry:
        fields = []
        for dimension in self.reading.dimensions:
            coded = codes.get(dimension.name)
            fields.append(draft.dimension_field(dimension, coded, self._title_of(dimension, names)))
        headings = {name: names.heading(name, Label()) for name in ("value", "unit", "obs_status", "basis")}
        measured = self.reading.constant[0] if len(self.reading.constant) == 1 else Label()
        value = names.heading("value", measured) if measured.text else headings["value"]
        fields.append(draft.field("value", "number", "measure", value, unit=unit))
        if mixed:
            fields.append(draft.field("unit", "string", "attribute", headings["unit"], code_list=UNITS))
        fields.append(
            draft.field(STATUS, "string", "attribute", headings[STATUS], code_list=self._list_of_statuses())
        )
        fields.append(draft.field("basis", "string", "attribute", headings["basis"]))
        title = self._title()
        titles = names.of(title) if title.text else names.answer(self.name)
        sources = [names.of(Label(*split_scripts(text))) for text in self._sources()]
        key = [dimension.name for dimension in self.reading.dimensions]
        return draft.table_entry(self.name, titles, sources, fields, key)

    def _list_of_statuses(self) -> str | None:
        """Return the package's own list of statuses; without one, SDMX's are known."""
        return STATUS if STATUS in self.package.lists else None

    def _title_of(self, dimension: Dimension, names: Names) -> dict[str, str]:
        return names.heading(dimension.name, dimension.title)

    def _title(self) -> Label:
        """Return the table's title: that of the sheet, each line in its script, without its number."""
        titles = [NUMBERED.sub("", title) for title in self.reading.block.titles]
        han = next((split_scripts(t)[0] for t in titles if split_scripts(t)[0]), "")
        latin = next((split_scripts(t)[1] for t in titles if split_scripts(t)[1]), "")
        if han or latin:
            return Label(han, latin)
        if self.reading.constant:
            return self.reading.constant[0]
        return Label()

    def _sources(self) -> tuple[str, ...]:
        return tuple(text for text in self.reading.block.sources if text)

    def _statuses_in_words(self) -> list[str]:
        said = []
        for flag, status in self.signs.statuses.items():
            meant = (
                "zero"
                if status == "0"
                else f"{status} ({STATUSES[status].lower()})"
                if status in STATUSES
                else status
            )
            said.append(f"the flag {flag} means {meant}")
        return said

    def _codes_in_words(self, codes: Mapping[str, Coded], units: Coded) -> list[str]:
        said = []
        for name, coded in codes.items():
            count = len(coded.added)
            if coded.known:
                more = f", {count} added: {', '.join(c.code for c in coded.added)}" if count else ""
                said.append(f"{name} takes its codes from the list {coded.list}{more}")
            else:
                said.append(f"{name} gets the new list {coded.list}: {', '.join(c.code for c in coded.added[:8])}"
                            + (" …" if count > 8 else ""))  # fmt: skip
        said += [f"the unit {text} is {code} of the list units" for text, code in units.codes.items()]
        return said

    def _kept(self, file: str, codes: Mapping[str, Coded], units: Coded, about: tuple[str, ...]) -> Recipe:
        labels = {name: dict(coded.codes) for name, coded in codes.items()}
        earlier = self.recipe.labels
        return replace(
            self.recipe,
            table=self.name,
            file=file,
            title=" / ".join(self.reading.block.titles),
            notes=self.reading.block.notes,
            sources=self.reading.block.sources,
            about=about,
            flags={**self.recipe.flags, **self.signs.statuses},
            units={**self.recipe.units, **units.codes},
            lists={name: coded.list for name, coded in codes.items()},
            labels={name: {**earlier.get(name, {}), **found} for name, found in labels.items()},
        )

    def _files(
        self,
        entry: draft.Entry,
        lists: Sequence[Coded],
        columns: Sequence[str],
        update: Update,
        recipe: Recipe,
    ) -> dict[str, bytes]:
        """Return the files, by their paths: the table, code lists, the descriptor, the decisions."""
        files = {f"data/{self.name}.csv": _csv([columns, *update.rows])}
        entries = [] if update.keeps_entry else [entry]
        added: dict[str, Coded] = {}
        for coded in lists:
            same = added.get(coded.list)
            extra = tuple(
                c for c in coded.added if same is None or c.code not in {x.code for x in same.added}
            )
            added[coded.list] = replace(coded, added=(*(same.added if same else ()), *extra))
        for coded in added.values():
            if coded.known and coded.added:
                path, text = self._longer(coded)
                files[path] = text
            elif not coded.known and coded.added:
                path = f"lists/{coded.list.replace('_', '-')}.csv"
                entries.append(draft.list_entry(coded, path, self.languages))
                files[f"data/{path}"] = _csv(self._list_rows(coded))
        if entries:
            package = self.package.descriptor.name or self.name
            files[PATH] = draft.merge_entries(self.package.text, package, entries).encode()
        files[path_of(self.name)] = write_recipe(recipe).encode()
        return files

    def _list_rows(self, coded: Coded) -> list[list[str]]:
        columns = draft.columns_of_list(coded, self.languages)
        return [columns, *([_cells(new).get(column, "") for column in columns] for new in coded.added)]

    def _longer(self, coded: Coded) -> tuple[str, bytes]:
        """Return the path of a code list and its text with the new codes behind those that are there.

        Raises:
            Fault: if it is no CSV file.
        """
        resource = next(r for r in self.package.descriptor.resources if r.name == coded.list)
        path = resource.table.file
        text = self.world.read_text(path)
        delimiter = resource.dialect.delimiter
        is_plain = resource.dialect == replace(PLAIN, delimiter=delimiter)
        if resource.format != "csv" or not is_plain or isinstance(text, Diagnostic):
            codes = ", ".join(new.code for new in coded.added)
            hint = f"add {codes} to it by hand, and run this again"
            raise Fault(
                f"the code list {coded.list} is no plain CSV file that codes can be added to",
                hint,
                rule="unfit-list",
            )
        header = next(csv.reader(io.StringIO(text), delimiter=delimiter), [])
        rows = [[_cells(new).get(column, "") for column in header] for new in coded.added]
        end = "" if text.endswith("\n") else "\n"
        return path, (text + end).encode() + _csv(rows, delimiter)


def _cells(new: NewCode) -> dict[str, str]:
    """Return the cells of a code's row in its list, by column."""
    return {
        "code": new.code,
        **{f"name_{language}": name for language, name in new.names.items()},
        "parent": new.parent,
        **new.said,
    }


def _csv(rows: Sequence[Sequence[str]], delimiter: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return out.getvalue().encode("utf-8", "replace")
