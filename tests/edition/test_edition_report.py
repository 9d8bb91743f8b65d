"""``report.toml``: every faulty key has its line, and none hides another."""

from __future__ import annotations

import pytest
from edition_world import REPORT, package, world

from reportgen.base.diagnostics import Result
from reportgen.base.house import load_style
from reportgen.base.tomlfile import find_places, load_toml
from reportgen.base.world import World
from reportgen.edition.report import Report, cover_series, given_facts, load_report


def _load(text: str) -> Result[Report]:
    return load_report(world(report=text))


def _faults(text: str) -> list[str]:
    return [f"{d.place}: {d.message}" for d in _load(text).diagnostics]


def test_report_is_read() -> None:
    result = _load(REPORT)
    assert result.diagnostics == ()
    report = result.value
    assert (report.identifier, report.issued, report.source_language) == ("small", "2024-07", "zh")
    assert report.editions["en"].title == ("A Small", "Report")
    assert report.editions["en"].running_title == "A Small Report"
    assert report.editions["zh"].author == "统计局"


def test_lines_of_a_title_are_joined_without_a_space_between_chinese() -> None:
    report = _load(REPORT).value
    assert report.editions["zh"].full_title == "小报告二行"
    assert report.editions["en"].full_title == "A Small Report"


@pytest.mark.parametrize(
    ("issued", "date"),
    [("2024-07", "2024-07-01T00:00:00+00:00"), ("2024-07-15", "2024-07-15T00:00:00+00:00")],
)
def test_date_of_issue_gives_the_files_their_date(issued: str, date: str) -> None:
    assert _load(REPORT.replace("2024-07", issued)).value.date == date


def test_date_of_issue_is_a_fact() -> None:
    fact = given_facts(_load(REPORT).value)["report.issued"]
    assert (fact.kind, fact.value, str(fact.span)) == ("text", "2024-07", "data/report.toml:2:1")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('identifier = "small"', 'identifer = "small"', "data/report.toml:1:1: the file has no key identifer"),
        ('identifier = "small"', "", "data/report.toml: identifier is missing"),
        ('"2024-07"', '"July 2024"',
         "data/report.toml:2:1: issued is 'July 2024', not a month or day such as 2024-07 or 2024-07-15"),
        ('"2024-07"', '"2024-13"',
         "data/report.toml:2:1: issued is '2024-13', not a month or day such as 2024-07 or 2024-07-15"),
        ('"2024-07"', '"2024-07-15T00:00+05:30"',
         "data/report.toml:2:1: issued is '2024-07-15T00:00+05:30', not a month or day such as 2024-07 or 2024-07-15"),
        ('"2024-07"', "2024", "data/report.toml:2:1: issued is 2024, not a month or day such as 2024-07 or 2024-07-15"),
        ('file_stem = "small"', 'file_stem = "a/b"',
         "data/report.toml:3:1: file_stem is 'a/b', not a name of letters, digits, - and _"),
        ('"zh_Hans_CN"', '"en_GB"',
         "data/report.toml:5:1: the locale en_GB cannot be used: it is not in the edition's language, zh"),
        ('"zh_Hans_CN"', '"qq"', ("data/report.toml:5:1: the locale qq cannot be used: "
              "there are no formats for qq: an edition is in en or zh")),
        ('"zh-CN"', '"Chinese!"',
         "data/report.toml:6:1: editions.zh.lang is 'Chinese!', not a tag of the edition's language"),
        ('["小报告", "二行"]', "[1, 2]",
         "data/report.toml:7:13: editions.zh.title.1 is 2, not one word or more in quotes"),
        ('title = ["小报告", "二行"]', "", "data/report.toml:4:1: editions.zh.title is missing"),
        ("[editions.en]", "[editions.fr]", "data/report.toml:9:1: there are no labels for the edition fr"),
        ('issuer = "The Office"', 'issuer = "The Office"\ncolour = 1',
         "data/report.toml:14:1: editions.en has no key colour"),
        ('"zh-CN"', '"en-GB"',
         "data/report.toml:6:1: editions.zh.lang is 'en-GB', not a tag of the edition's language"),
        ('["A Small", "Report"]', '""',
         "data/report.toml:12:1: editions.en.title is '', not one word or more in quotes"),
    ],
)  # fmt: skip
def test_faulty_key_has_its_line(old: str, new: str, fault: str) -> None:
    assert old in REPORT
    assert fault in _faults(REPORT.replace(old, new))


@pytest.mark.parametrize(
    ("table", "fault"),
    [
        ("[style.editions.fr.page]\nlines = 3", "data/report.toml:14:1: style.editions has no key fr"),
        ("[press]\nslug = 3", "data/report.toml:15:1: press.slug is 3, not true or false"),
        (
            "[press]\nsignature = 0",
            "data/report.toml:15:1: press.signature is 0, not a whole number from 1 to 64",
        ),
        (
            "[press]\nsignature = 1.5",
            "data/report.toml:15:1: press.signature is 1.5, not a whole number from 1 to 64",
        ),
        (
            "[press]\nink_limit = true",
            "data/report.toml:15:1: press.ink_limit is True, not a number from 100 to 400",
        ),
        ("[press]\nink = 3", "data/report.toml:15:1: press has no key ink"),
        (
            "[cover]\nseries = 3",
            "data/report.toml:15:1: cover.series is 3, not a list",
        ),
        ("[[cover.series]]\nvalue = 'v'", "data/report.toml:14:1: cover.series.0.table is missing"),
        ("[[cover.series]]\ntable='t'\nwhen = 1", "data/report.toml:16:1: cover.series.0 has no key when"),
    ],
)
def test_faulty_table_has_its_line(table: str, fault: str) -> None:
    assert _faults(REPORT + table + "\n") == [fault]


@pytest.mark.parametrize("tables", ["editions = 3", "style = 3", "press = 3", "cover = 3"])
def test_value_that_should_be_a_table_is_refused(tables: str) -> None:
    name = tables.split()[0]
    text = tables + "\n" + (REPORT if name != "editions" else REPORT.split("[", 1)[0])
    assert any(f"{name} is 3, not a table" in fault for fault in _faults(text))


SLIPS = [
    ('identifier = ""', 1),
    ("version = 1", 1),
    ("issued = 2024-07-01", 1),
    ('source_language = "fr"', 1),
    ("[cover]\nserie = []", 2),
    ('[[cover.series]]\ntabel = "yearly"', 2),
    ("[[cover.series]]\ntable = 3", 2),
    ('[[cover.series]]\ntable = "yearly"\nwhere = "all"', 3),
    ("[press]\nspots = [1]", 2),
    ("[press]\nslag = true", 2),
    ("[press]\nink_limit = 500", 2),
    ("[press]\npaper_bulk = nan", 2),
    ('[press]\noutput_profile = ["a.icc"]', 2),
    ("[editions.en]\nkeywords = 3", 2),
    ('[editions.en]\nlocale = ""', 2),
    ('[editions.en]\nlocal = "en_GB"', 2),
    ("[editions]\nen = 3", 2),
    ("[style]\neditions = 3", 2),
]


@pytest.mark.parametrize(("slip", "line"), SLIPS)
def test_each_slip_is_told_once_at_its_own_line(slip: str, line: int) -> None:
    key = slip.split("\n")[line - 1].partition(" =")[0]
    lines = [row for row in REPORT.splitlines() if not (slip[0] != "[" and row.startswith(f"{key} ="))]
    if slip.startswith("[editions"):
        start = lines.index("[editions.en]")
        rest = [row for row in lines[start + 1 :] if row[:5] != key[:5]] if "en]" in slip else []
        text = "\n".join([*lines[:start], slip, *rest])
    else:
        start = 0 if slip[0] != "[" else len(lines)
        text = "\n".join([*lines[:start], slip, *lines[start:]])
    report = _load(text)
    faults = (*report.diagnostics, *load_style("en-GB", report.value.style).diagnostics)
    assert [str(fault.place).split(":")[1] for fault in faults] == [str(start + line)]
    assert all(fault.hints for fault in faults)


def test_report_without_editions_is_refused() -> None:
    assert "data/report.toml: the report has no edition" in _faults(REPORT.split("[", 1)[0])


def test_all_faults_are_found_in_one_run() -> None:
    found = _faults('colour = 1\nissued = "x"\n[editions.zh]\nlocale = "qq"\n[press]\nslug = 1\n')
    assert "data/report.toml: identifier and file_stem are missing" in found
    assert len(found) >= 6


@pytest.mark.parametrize("text", ["a = ", "[editions\n", 'title = "x'])
def test_file_that_is_not_toml_has_its_place(text: str) -> None:
    result = _load(text)
    assert len(result.diagnostics) == 1
    assert result.diagnostics[0].message.startswith("the file is not TOML: ")
    assert ":1" in str(result.diagnostics[0].place)


def test_missing_file_is_a_diagnostic() -> None:
    result = load_report(World())
    assert [str(d) for d in result.diagnostics] == [
        "data/report.toml: error: the file is missing\n  hint: put it there, or mend what names it"
    ]


SERIES = '[[cover.series]]\ntable = "yearly"\nby = "year"\nwhere = { way = "out" }\n'


def test_cover_series_are_the_matching_rows_in_order() -> None:
    result = cover_series(_load(REPORT + SERIES).value, package())
    assert result.diagnostics == ()
    assert result.value == ((1000.0, 3000.0),)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('"yearly"', '"yearlie"', "15:1: there is no table yearlie"),
        ('by = "year"', 'by = "month"', "16:1: the table yearly has no column month"),
        ("way =", "wey =", "17:11: the table yearly has no column wey"),
    ],
)
def test_cover_series_of_what_is_not_there_is_refused(old: str, new: str, fault: str) -> None:
    result = cover_series(_load(REPORT + SERIES.replace(old, new)).value, package())
    assert [f"{d.place}: {d.message}" for d in result.diagnostics] == [f"data/report.toml:{fault}"]


def test_places_of_keys_in_every_form_of_toml() -> None:
    text = (
        'a = 1\n[b.c]\n"d e" = 2\nf.g = 3\n[[h]]\ni = 1\n[[h]]\n  i = 2\n[h.j]\nk = """\nl = 1\n"""\nm = 2\n'
    )
    places = {".".join(path): str(span) for path, span in find_places("x", text).items()}
    assert places["a"] == "x:1:1"
    assert (places["b.c"], places["b.c.d e"]) == ("x:2:1", "x:3:1")
    assert (places["b.c.f"], places["b.c.f.g"]) == ("x:4:1", "x:4:1")
    assert (places["h.0.i"], places["h.1.i"]) == ("x:6:1", "x:8:3")
    assert not any(path.endswith("l") for path in places)


def test_place_of_an_unknown_key_is_the_table_around_it() -> None:
    file = load_toml(World.of_files({"x.toml": "[a]\nb = 1\n"}), "x.toml").value
    assert str(file.span("a", "zzz")) == "x.toml:1:1"
    assert str(file.span("zzz")) == "x.toml"
