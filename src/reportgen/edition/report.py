"""The report's own file, ``data/report.toml``: titles, date, editions, cover, style and press (docs/report.md)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from reportgen.base.diagnostics import Diagnostic, Result, Span, error
from reportgen.base.places import KeyPath, PlacedFile
from reportgen.base.suggest import did_you_mean, known_names
from reportgen.base.tomlfile import load_toml
from reportgen.base.world import World
from reportgen.data.package import DataPackage, Table
from reportgen.edition.labels import languages
from reportgen.edition.locale import UnknownLocale, load_locale
from reportgen.facts.book import Fact

PATH = "data/report.toml"
T = TypeVar("T")

_ISSUED = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?\Z")
_STEM = re.compile(r"\w[\w.-]*\Z")
_LANG = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\Z")


@dataclass(frozen=True, slots=True)
class Edition:
    """What one language's edition is called.

    Attributes:
        name: the key of the edition: ``zh``, ``en``; also the language of its catalog and of code lists.
        locale: Babel's identifier; ``lang`` the BCP 47 tag.
        title, subtitle: as lines of the cover.
        full_title: the title in one line.
    """

    name: str
    locale: str
    lang: str
    title: tuple[str, ...]
    subtitle: tuple[str, ...]
    running_title: str
    issuer: str
    author: str
    subject: str
    keywords: tuple[str, ...]
    series: str = ""
    span: Span = field(default_factory=lambda: Span(PATH))

    @property
    def full_title(self) -> str:
        return _one_line(self.title)

    @property
    def full_subtitle(self) -> str:
        return _one_line(self.subtitle)


@dataclass(frozen=True, slots=True)
class Series:
    """A series of the cover: the values of a column in the rows that match ``where``, in the order of ``by``."""

    table: str
    value: str
    by: str | None
    where: Mapping[str, str]
    span: Span


@dataclass(frozen=True, slots=True)
class Press:
    """What the printer asks for, as written; ``ink_limit`` in per cent, ``bleed`` a length or "".

    Attributes:
        output_condition: name in the characterisation registry.
        output_profile: project-relative path of its ICC profile; None for the house's own.
        paper_weight: of the pages, g/m²; with it a cover file is written. ``paper_bulk`` in cm³/g.
        board: what the cover's own thickness adds to the spine, a length or "".
        spots: the spot inks that have plates, by the names that the style's colours give them.
    """

    output_condition: str = "FOGRA39"
    output_profile: str | None = None
    output_info: str = ""
    bleed: str = ""
    crop_marks: bool = True
    registration_marks: bool = True
    color_bar: bool = True
    slug: bool = True
    signature: int = 1
    ink_limit: float = 300.0
    paper_weight: float = 0.0
    paper_bulk: float = 1.0
    board: str = ""
    spots: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A report.

    Attributes:
        issued: "2024-07" or "2024-07-15".
        file_stem: finished files are named STEM.EDITION.PROFILE.pdf.
        source_language: the edition that the manuscript is written in.
        style: what the report lays over the house style, in the form of ``house.toml``.
        style_span: where that stands.
    """

    identifier: str
    version: str
    issued: str
    file_stem: str
    source_language: str
    editions: Mapping[str, Edition]
    cover: tuple[Series, ...] = ()
    style: Mapping[str, Any] = field(default_factory=dict)
    style_span: Span = field(default_factory=lambda: Span(PATH))
    press: Press = Press()
    places: PlacedFile = field(default_factory=lambda: PlacedFile(PATH))

    @property
    def date(self) -> str:
        """The date of issue in ISO 8601 with an offset: the first of the month where no day is given."""
        day = self.issued if len(self.issued) == 10 else f"{self.issued}-01"
        return f"{day}T00:00:00+00:00"


def load_report(world: World, path: str = PATH) -> Result[Report]:
    """Return the report of a project, and every fault of its file with its line."""
    file = load_toml(world, path)
    if not file.ok:
        return Result(_Reader(file.value).report(), file.diagnostics)
    reader = _Reader(file.value)
    report = reader.report()
    return Result(report, tuple(reader.faults))


def given_facts(report: Report) -> Mapping[str, Fact]:
    """Return the facts that come from the report itself: ``report.issued``."""
    span = report.places.span("issued")
    return {
        "report.issued": Fact(
            "report.issued", report.issued, "text", None, "issued in report.toml", span=span
        )
    }


def cover_series(report: Report, package: DataPackage) -> Result[tuple[tuple[float, ...], ...]]:
    """Return the numbers of the cover's lines, one tuple a series."""
    found: list[tuple[float, ...]] = []
    faults: list[Diagnostic] = []
    for series in report.cover:
        table = package.tables.get(series.table)
        if table is not None:
            wrong = tuple(_series_faults(series, table))
            faults += wrong
            found += [] if wrong else [_numbers(series, table.rows)]
        elif series.table not in package.broken:
            hints = known_names(series.table, package.tables)
            faults.append(error("no-table", f"there is no table {series.table}", series.span, *hints))
    return Result(tuple(found), tuple(faults))


def _series_faults(series: Series, table: Table) -> Iterator[Diagnostic]:
    for name in (series.value, *((series.by,) if series.by else ()), *series.where):
        if name not in table.columns:
            hints = known_names(name, table.columns)
            yield error(
                "table-no-column", f"the table {series.table} has no column {name}", series.span, *hints
            )
        elif name == series.value and table.columns[name].type not in ("number", "integer"):
            message = f"the column {name} of {series.table} holds no numbers"
            yield error("column-holds-no-numbers", message, series.span, "name a column of numbers in value")


def _numbers(series: Series, rows: Any) -> tuple[float, ...]:
    kept = [row for row in rows if all(str(row.values.get(k)) == v for k, v in series.where.items())]
    if series.by is not None:
        kept.sort(key=lambda row: str(row.values.get(series.by)))
    values = [row.values.get(series.value) for row in kept]
    return tuple(float(value) for value in values if value is not None and not isinstance(value, str))


def _one_line(lines: tuple[str, ...]) -> str:
    """Join lines: without a space between Chinese ones."""
    text = ""
    for line in lines:
        gap = " " if text and text[-1].isascii() and line[:1].isascii() else ""
        text += gap + line
    return text


_TOP = (
    "identifier",
    "version",
    "issued",
    "file_stem",
    "source_language",
    "editions",
    "cover",
    "style",
    "press",
)
_EDITION = (
    "locale", "lang", "title", "subtitle", "running_title", "issuer", "author", "subject",
    "keywords", "series",
)  # fmt: skip
_SERIES = ("table", "value", "by", "where")


class _Reader:
    """Reads tables key by key, noting every fault at its line; a faulty value gives way to its default."""

    def __init__(self, file: PlacedFile) -> None:
        self.file = file
        self.faults: list[Diagnostic] = []

    def report(self) -> Report:
        top = self.file.tables
        self.check_keys((), top, _TOP)
        identifier = self.text(("identifier",), required=True)
        editions = self.editions()
        source = self.text(("source_language",)) or next(iter(editions), "zh")
        if editions and source not in editions:
            self.refuse(("source_language",), f"there is no edition {source}", *known_names(source, editions))
        return Report(
            identifier,
            self.text(("version",)) or "1.0",
            self.matching(("issued",), _ISSUED, "a month or day such as 2024-07 or 2024-07-15", "1970-01"),
            self.matching(
                ("file_stem",), _STEM, "a name of letters, digits, - and _", identifier or "report"
            ),
            source,
            editions,
            self.cover(),
            self.table(("style",)),
            self.file.span("style"),
            self.press(),
            self.file,
        )

    def refuse(self, path: KeyPath, message: str, *hints: str) -> None:
        hints = hints or ("docs/report.md describes every key",)
        self.faults.append(error("setting", message, self.file.span(*path), *hints))

    def get(self, path: KeyPath) -> Any:
        node: Any = self.file.tables
        for key in path:
            if isinstance(node, list):
                node = node[int(key)]
            elif isinstance(node, Mapping):
                node = node.get(key)
            else:
                return None
        return node

    def check_keys(self, path: KeyPath, table: Mapping[str, Any], known: tuple[str, ...]) -> None:
        where = ".".join(path) or "the report"
        for key in table:
            if key not in known:
                hints = did_you_mean(key, known) or (f"there are {', '.join(known)}",)
                self.refuse((*path, key), f"{where} has no key {key}", *hints)

    def typed(self, path: KeyPath, kind: type[T], what: str, default: T) -> T:
        value = self.get(path)
        if value is None:
            return default
        if isinstance(value, kind) and not (isinstance(value, bool) and kind is not bool):
            return value
        self.refuse(path, f"{'.'.join(path)} is {value!r}, not {what}")
        return default

    def text(self, path: KeyPath, *, required: bool = False) -> str:
        value = self.typed(path, str, "words in quotes", "").strip()
        if required and not value and not isinstance(self.get(path), (list, int, float, Mapping)):
            self.refuse(path, f"{'.'.join(path)} is missing", f'write {path[-1]} = "…"')
        return value

    def matching(self, path: KeyPath, pattern: re.Pattern[str], what: str, default: str) -> str:
        value = self.text(path, required=True)
        if value and not pattern.match(value):
            self.refuse(path, f"{'.'.join(path)} is {value}, not {what}")
            return default
        return value or default

    def table(self, path: KeyPath) -> Mapping[str, Any]:
        return self.typed(path, dict, f"a table; write it as [{'.'.join(path)}]", {})

    def lines(self, path: KeyPath, *, required: bool = False) -> tuple[str, ...]:
        """Return one line of words, or several."""
        value = self.get(path)
        if isinstance(value, str):
            return (value,)
        if isinstance(value, list) and all(isinstance(line, str) for line in value):
            return tuple(value)
        if value is not None:
            self.refuse(path, f"{'.'.join(path)} is {value!r}, not words or a list of words")
        elif required:
            self.refuse(path, f"{'.'.join(path)} is missing", f'write {path[-1]} = ["…"]')
        return ()

    def editions(self) -> Mapping[str, Edition]:
        tables = self.table(("editions",))
        if not tables and not self.faults:
            self.refuse(("editions",), "the report has no edition", "write [editions.zh] and its keys")
        return {name: self.edition(name) for name in tables if self.is_spoken(name)}

    def is_spoken(self, name: str) -> bool:
        """Say whether an edition can be made; its name is the language of its labels, codes and catalog."""
        if name not in languages():
            known = f"an edition is named for its language: {' or '.join(languages())}"
            self.refuse(("editions", name), f"there are no labels for the edition {name}", known)
            return False
        return isinstance(self.table(("editions", name)), Mapping)

    def edition(self, name: str) -> Edition:
        path = ("editions", name)
        self.check_keys(path, self.table(path), _EDITION)
        title = self.lines((*path, "title"), required=True)
        issuer = self.text((*path, "issuer"), required=True)
        return Edition(
            name,
            self.locale((*path, "locale"), name),
            self.matching((*path, "lang"), _LANG, "a language tag such as zh-CN", name),
            title,
            self.lines((*path, "subtitle")),
            self.text((*path, "running_title")) or _one_line(title),
            issuer,
            self.text((*path, "author")) or issuer,
            self.text((*path, "subject")),
            self.lines((*path, "keywords")),
            self.text((*path, "series")),
            self.file.span(*path),
        )

    def locale(self, path: KeyPath, name: str) -> str:
        identifier = self.text(path, required=True)
        if identifier:
            try:
                if load_locale(identifier).language != name:
                    raise UnknownLocale(f"it is not in the edition's language, {name}")
            except UnknownLocale as problem:
                self.refuse(
                    path, f"the locale {identifier} cannot be used: {problem}", "as in zh_Hans_CN, en_GB"
                )
                identifier = ""
        return identifier or ("zh_Hans_CN" if name == "zh" else "en_GB")

    def cover(self) -> tuple[Series, ...]:
        self.check_keys(("cover",), self.table(("cover",)), ("series",))
        entries = self.typed(("cover", "series"), list, "a list; write each as [[cover.series]]", [])
        return tuple(self.series(("cover", "series", str(k))) for k in range(len(entries)))

    def series(self, path: KeyPath) -> Series:
        self.check_keys(path, self.table(path), _SERIES)
        where = self.table((*path, "where"))
        return Series(
            self.text((*path, "table"), required=True),
            self.text((*path, "value")) or "value",
            self.text((*path, "by")) or None,
            {key: str(value) for key, value in where.items()},
            self.file.span(*path),
        )

    def press(self) -> Press:
        path: KeyPath = ("press",)
        house = Press()
        switches = ("crop_marks", "registration_marks", "color_bar", "slug")
        words = ("output_condition", "output_profile", "output_info", "bleed", "board")
        numbers = ("signature", "ink_limit", "paper_weight", "paper_bulk")
        self.check_keys(path, self.table(path), (*words, *switches, *numbers, "spots"))
        given = {key: self.switch((*path, key), default=getattr(house, key)) for key in switches}
        return Press(
            self.text((*path, "output_condition")) or house.output_condition,
            self.text((*path, "output_profile")) or None,
            self.text((*path, "output_info")),
            self.text((*path, "bleed")),
            signature=self.number((*path, "signature"), 1, 64, house.signature, whole=True),
            ink_limit=self.number((*path, "ink_limit"), 100, 400, house.ink_limit),
            paper_weight=self.number((*path, "paper_weight"), 40, 400, house.paper_weight),
            paper_bulk=self.number((*path, "paper_bulk"), 0.5, 3, house.paper_bulk),
            board=self.text((*path, "board")),
            spots=self.lines((*path, "spots")),
            **given,
        )

    def switch(self, path: KeyPath, *, default: bool) -> bool:
        return self.typed(path, bool, "true or false", default)

    def number(self, path: KeyPath, least: float, most: float, default: float, *, whole: bool = False) -> Any:
        value = self.get(path)
        if value is None:
            return default
        kinds = int if whole else (int, float)
        if isinstance(value, kinds) and not isinstance(value, bool) and least <= value <= most:
            return value
        self.refuse(path, f"{'.'.join(path)} is {value!r}, not a number from {least} to {most}")
        return default
