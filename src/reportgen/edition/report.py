"""The report's own file, ``data/report.toml``: titles, date, editions, cover, style and press (docs/report.md)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from reportgen.base import settings as s
from reportgen.base.diagnostics import Diagnostic, Faults, Result, Span, error
from reportgen.base.filenames import naming_files
from reportgen.base.joining import one_line
from reportgen.base.places import PlacedFile
from reportgen.base.suggest import known_names
from reportgen.base.tomlfile import load_toml
from reportgen.base.units import Pt
from reportgen.base.world import World
from reportgen.data.package import DataPackage, Row, Table
from reportgen.edition.apparatus import KINDS, SWITCHES, Kind
from reportgen.edition.language import UnknownLocale
from reportgen.edition.languages import language, languages
from reportgen.facts.book import Fact

PATH = "data/report.toml"
MOST: Pt = 72.0
"""The most that a bleed or a board may measure: an inch."""

_ISSUED = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?\Z")
_STEM = re.compile(r"\w[\w.-]*\Z")
_LANG = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\Z")


@dataclass(frozen=True, slots=True)
class Edition:
    """What one language's edition is called.

    Attributes:
        name: the key of the edition, its language: that of its catalog and of code lists, too.
        locale: Babel's identifier; ``lang`` the BCP 47 tag.
        title, subtitle: as lines of the cover.
        full_title: the title in one line.
        series, number: what the report is a piece of, and which: 统计简报, 2024年第3期.
    """

    name: str
    locale: str
    lang: str
    title: tuple[str, ...]
    issuer: str
    author: str
    running_title: str
    subtitle: tuple[str, ...] = ()
    subject: str = ""
    keywords: tuple[str, ...] = ()
    series: str = ""
    number: str = ""
    span: Span = field(default_factory=lambda: Span(PATH))

    @property
    def full_title(self) -> str:
        return one_line(self.title)

    @property
    def full_subtitle(self) -> str:
        return one_line(self.subtitle)


@dataclass(frozen=True, slots=True)
class Series:
    """A series of the cover: the values of a column in the rows that match ``where``, in the order of ``by``."""

    table: str
    value: str = "value"
    by: str | None = None
    where: Mapping[str, str] = field(default_factory=dict)
    written: s.Setting = field(default_factory=lambda: s.Setting(None, "cover.series", Span(PATH)))


@dataclass(frozen=True, slots=True)
class Press:
    """What the printer asks for; ``ink_limit`` in per cent, ``bleed`` None for the style's.

    Attributes:
        output_condition: name in the characterisation registry.
        output_profile: project-relative path of its ICC profile; None for the house's own.
        paper_weight: of the pages, g/m²; with it a cover file is written. ``paper_bulk`` in cm³/g.
        board: what the cover's own thickness adds to the spine.
        spots: the spot inks that have plates, by the names that the style's colours give them.
    """

    output_condition: str = "FOGRA39"
    output_profile: str | None = None
    output_info: str = ""
    bleed: Pt | None = None
    crop_marks: bool = True
    registration_marks: bool = True
    color_bar: bool = True
    slug: bool = True
    signature: int = 1
    ink_limit: float = 300.0
    paper_weight: float = 0.0
    paper_bulk: float = 1.0
    board: Pt = 0.0
    spots: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A report.

    Attributes:
        issued: "2024-07" or "2024-07-15".
        file_stem: finished files are named STEM.EDITION.PROFILE.pdf.
        source_language: the edition that the manuscript is written in.
        style: what the report lays over the house style, in the form of ``house.toml``.
        kind: as it is written; None where the manuscript decides.
        apparatus: the switches that are written, by name.
    """

    identifier: str
    issued: str
    file_stem: str
    source_language: str
    editions: Mapping[str, Edition]
    version: str = "1.0"
    cover: tuple[Series, ...] = ()
    style: s.Setting | None = None
    press: Press = Press()
    kind: Kind | None = None
    apparatus: Mapping[str, bool] = field(default_factory=dict)
    places: PlacedFile = field(default_factory=lambda: PlacedFile(PATH))

    @property
    def date(self) -> str:
        """The date of issue in ISO 8601 with an offset: the first of the month where no day is given."""
        day = self.issued if len(self.issued) == 10 else f"{self.issued}-01"
        return f"{day}T00:00:00+00:00"


_WORD, _LINES = s.word(), s.one_or_more(s.word())
_FILLED = s.word(blank=False)
_OR_DEFAULT = s.unless_blank(s.word())
"""Words; blank ones leave the default."""
_PRESS = s.record(
    Press,
    {
        **dict.fromkeys(("output_condition", "output_profile"), _OR_DEFAULT),
        "output_info": _WORD,
        **dict.fromkeys(("bleed", "board"), s.unless_blank(s.length(least=0.0, most=MOST))),
        **dict.fromkeys(("crop_marks", "registration_marks", "color_bar", "slug"), s.switch()),
        "signature": s.whole(1, 64),
        "ink_limit": s.number(100, 400),
        "paper_weight": s.number(40, 400),
        "paper_bulk": s.number(0.5, 3),
        "spots": _LINES,
    },
)
_SWITCH = s.then(s.one_value(True, False, "auto"), lambda value: None if value == "auto" else value)
"""Of a part of the apparatus; "auto" leaves it to the report's kind."""
_SERIES = s.keyed(
    {
        "table": _FILLED,
        "value": _OR_DEFAULT,
        "by": _OR_DEFAULT,
        "where": s.table_of(s.lenient(lambda code: str(code.plain()))),
    },
    {"table": ""},
)


def _series(setting: s.Setting, faults: Faults) -> Series | None:
    found = _SERIES(setting, faults)
    return Series(**found, written=setting) if found else None


def _table(setting: s.Setting, faults: Faults) -> s.Setting | None:
    return setting if s.is_table(setting, faults) else None


_REPORT = s.keyed(
    {
        "identifier": _FILLED,
        "version": _OR_DEFAULT,
        "issued": s.matching(_ISSUED, "a month or day such as 2024-07 or 2024-07-15"),
        "file_stem": naming_files(s.matching(_STEM, "a name of letters, digits, - and _")),
        "source_language": _OR_DEFAULT,
        "editions": s.lenient(lambda _: None),  # read by itself: each edition's reader knows its language
        "cover": s.keyed({"series": s.listed(_series, "write each as [[cover.series]]")}),
        "style": _table,
        "press": _PRESS,
        "kind": s.one_of(*KINDS),
        "apparatus": s.keyed(dict.fromkeys(SWITCHES, _SWITCH)),
    },
    {"identifier": "", "issued": "1970-01", "file_stem": "report"},
)


_EDITION = {
    "title": s.one_or_more(_FILLED),
    "issuer": _FILLED,
    "author": _OR_DEFAULT,
    "running_title": _OR_DEFAULT,
    "subtitle": _LINES,
    "subject": _WORD,
    "keywords": _LINES,
    "series": _WORD,
    "number": _WORD,
}


def load_report(world: World, path: str = PATH) -> Result[Report]:
    """Return the report of a project, and every fault of its file with its line."""
    faults = Faults()
    file = faults.take(load_toml(world, path))
    return faults.result(_report(file, Faults() if faults.refused else faults))


def _report(file: PlacedFile, faults: Faults) -> Report:
    settings = s.settings_of(file)
    found = _REPORT(settings, faults) or {}
    editions = _editions(settings.at("editions"), faults)
    s.check_keys(settings.at("style", "editions"), languages(), faults)
    cover = found.pop("cover", {}).get("series", ())
    source = found.pop("source_language", next(iter(editions), ""))
    written = settings.at("source_language")
    if written.is_written:
        s.name_of("edition", settings.at("editions").members)(replace(written, value=source), faults)
    return Report(**found, source_language=source, editions=editions, cover=cover, places=file)


def _editions(tables: s.Setting, faults: Faults) -> Mapping[str, Edition]:
    """Return the editions that can be made; each is named for the language of its labels, codes and catalog."""
    if tables.is_written and not s.is_table(tables, faults):
        return {}
    if not tables.members:
        hint = f"write [editions.{languages()[0]}] and its keys"
        faults.error("no-edition", "the report has no edition", tables.place, hint)
    known = f"an edition is named for its language: {' or '.join(languages())}"
    found = {}
    for name, table in tables.members.items():
        if name not in languages():
            message = f"there are no labels for the edition {name}"
            faults.error("unknown-language", message, table.place, known)
        elif s.is_table(table, faults):
            found[name] = _edition(name, table, faults)
    return found


def _edition(name: str, table: s.Setting, faults: Faults) -> Edition:
    needed = {"locale": name, "lang": name, "title": (), "issuer": ""}
    found: Mapping[str, Any] = (
        s.keyed({"locale": _locale_in(name), "lang": _lang_in(name), **_EDITION}, needed)(table, faults)
        or needed
    )
    defaults = {"author": found["issuer"], "running_title": one_line(found["title"])}
    return Edition(name=name, span=table.place, **{**defaults, **found})


def _locale_in(name: str) -> s.Reader[str]:
    """Return a reader of Babel's identifiers of a language's locales."""

    def reader(setting: s.Setting, faults: Faults) -> str | None:
        identifier = s.read(setting, _FILLED, faults, "")
        try:
            if identifier and language(identifier).name != name:
                raise UnknownLocale(f"it is not in the edition's language, {name}")
        except UnknownLocale as problem:
            message = f"the locale {identifier} cannot be used: {problem}"
            faults.error("unknown-locale", message, setting.place, "as in zh_Hans_CN, en_GB")
            return None
        return identifier or None

    return reader


def _lang_in(name: str) -> s.Reader[str]:
    """Return a reader of a language's tags: the look and the setting of text are chosen by their first part."""
    what, hint = "a tag of the edition's language", f"write {name}, or {name}- and a region"
    return s.fitting(lambda tag: bool(_LANG.match(str(tag))) and tag.split("-")[0] == name, what, hint)


def given_facts(report: Report) -> Mapping[str, Fact]:
    """Return the facts that come from the report itself: ``report.issued``."""
    span = report.places.span("issued")
    issued = Fact("report.issued", report.issued, "text", None, "issued in report.toml", span=span)
    return {issued.id: issued}


def cover_series(report: Report, package: DataPackage) -> Result[tuple[tuple[float, ...], ...]]:
    """Return the numbers of the cover's lines, one tuple a series."""
    found: list[tuple[float, ...]] = []
    faults = Faults()
    for series in report.cover:
        table = package.tables.get(series.table)
        if table is not None:
            wrong = tuple(_series_faults(series, table))
            faults.add(*wrong)
            found += [] if wrong else [_numbers(series, table.rows)]
        elif series.table and series.table not in package.broken:
            place = series.written.at("table").place
            hints = known_names(series.table, package.tables)
            faults.error("unknown-table", f"there is no table {series.table}", place, *hints)
    return faults.result(tuple(found))


def _series_faults(series: Series, table: Table) -> Iterator[Diagnostic]:
    where = ((name, series.written.at("where", name)) for name in series.where)
    by = ((series.by, series.written.at("by")),) if series.by else ()
    for name, written in ((series.value, series.written.at("value")), *by, *where):
        if name not in table.columns:
            message = f"the table {series.table} has no column {name}"
            yield error("unknown-column", message, written.place, *known_names(name, table.columns))
        elif name == series.value and table.columns[name].type not in ("number", "integer"):
            message = f"the column {name} of {series.table} holds no numbers"
            yield error("unfit-column", message, written.place, "name a column of numbers in value")


def _numbers(series: Series, rows: Iterable[Row]) -> tuple[float, ...]:
    kept = [row for row in rows if all(str(row.values.get(k)) == v for k, v in series.where.items())]
    if series.by is not None:
        kept.sort(key=lambda row: str(row.values.get(series.by or "")))
    values = [row.values.get(series.value) for row in kept]
    return tuple(float(value) for value in values if value is not None and not isinstance(value, str))
