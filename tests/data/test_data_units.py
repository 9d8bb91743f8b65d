"""Units of a package: what its list says they measure, and which of their values add up."""

from __future__ import annotations

from decimal import Decimal

import pytest
from test_data_load import code_list, descriptor, faults, field, world

from reportgen.data.load import load_package
from reportgen.data.units import BUILT_IN, Unit, Units

HEAD = "code,name_zh,name_en"
WORDS = {"per cent": "percent", "个百分点": "points", "per thousand": "permille"}


def units(rows: str, *columns: str, words: dict[str, str] | None = None) -> Units:
    package = descriptor()
    package["resources"].append(code_list("units", *HEAD.split(","), *columns))
    text = f"{','.join((HEAD, *columns))}\npiece,件,piece{',' * len(columns)}\n{rows}\n"
    found = load_package(world({"data/lists/units.csv": text}, package), unit_words=words)
    assert [str(d) for d in found.diagnostics] == []
    return found.value.units


def slips(rows: str, *columns: str) -> list[str]:
    package = descriptor()
    package["resources"].append(code_list("units", *HEAD.split(","), *columns))
    text = f"{','.join((HEAD, *columns))}\npiece,件,piece{',' * len(columns)}\n{rows}\n"
    return faults({"data/lists/units.csv": text}, package)


def test_a_list_says_what_its_units_measure() -> None:
    rows = "tonne,吨,tonne,physical,,,\nwan,万吨,10 kt,physical,10000,tonne,\nloan,项,loan,count,,,stock"
    found = units(rows, "dimension", "scale", "base", "nature")
    assert found.of("wan") == Unit("wan", "physical", Decimal(10000), "tonne")
    assert found.of("loan").nature == "stock"
    assert found.of("piece") == Unit("piece")
    assert found.factor(found.of("tonne"), found.of("wan")) == Decimal("0.0001")
    assert found.factor(found.of("wan"), found.of("loan")) is None


@pytest.mark.parametrize("code", BUILT_IN)
def test_built_in_units_need_no_list(code: str) -> None:
    package = descriptor()
    package["resources"][0]["schema"]["fields"][2] = field("value", "number", unit=code)
    assert faults(package=package) == []
    assert load_package(world(package=package)).value.units.of(code).dimension == code


@pytest.mark.parametrize(
    ("row", "dimension"),
    [
        ("pct,%,per cent", "percent"),
        ("pct,%,%", "percent"),
        ("pct,占比,Per cent", "percent"),
        ("mille,‰,per thousand", "permille"),
        ("bp,‱,‱", "basis_points"),
        ("pp,个百分点,points", "points"),
        ("ratio,比率,ratio", "ratio"),
        ("percent,成,tenth", "percent"),
        ("piece2,件,piece", None),
        ("per,每百,per cent of GDP", None),
    ],
)
def test_a_unit_is_understood_by_its_code_its_sign_or_its_name(row: str, dimension: str | None) -> None:
    found = units(row, words=WORDS)
    assert found.of(row.partition(",")[0]).dimension == dimension


def test_a_declared_dimension_stands_before_the_names() -> None:
    assert units("pct,%,%,index", "dimension").of("pct").dimension == "index"


@pytest.mark.parametrize(
    ("row", "column", "message"),
    [
        ("a,甲,a,percnt", "dimension", "percnt is no dimension of a unit\n  hint: did you mean percent"),
        ("a,甲,a,stok", "nature", "stok is no nature of a unit\n  hint: did you mean stock?"),
        ("a,甲,a,wan", "scale", "wan is no scale of a unit\n  hint: write how many of its base"),
        ("a,甲,a,0", "scale", "0 is no scale of a unit"),
        ("a,甲,a,-5", "scale", "-5 is no scale of a unit"),
        (
            "a,%,a,100",
            "scale",
            "a unit of dimension percent has its own scale, not 100\n  hint: leave the scale empty",
        ),
        ("a,甲,a,pieces", "base", "the base pieces is no unit of the list\n  hint: did you mean piece?"),
        (
            "a,甲,a,x",
            "dimenson",
            "has a column dimenson, which says nothing\n  hint: did you mean dimension?",
        ),
        ("a,%,‰,", "dimension", "the names of the unit a say percent and permille"),
    ],
)
def test_a_slip_in_the_list_is_one_diagnostic(row: str, column: str, message: str) -> None:
    (found,) = slips(row, column)
    assert message in found
    assert "data/lists/units.csv, row" in found


@pytest.mark.parametrize(
    ("ours", "message"),
    [
        ({"nature": "stok"}, "stock or flow"),
        ({"places": -1}, "places"),
        ({"natur": "stock"}, "did you mean nature?"),
    ],
)
def test_a_column_says_its_nature_and_its_places(ours: dict[str, object], message: str) -> None:
    package = descriptor()
    package["resources"][0]["schema"]["fields"][2] = field("value", "number", **ours)
    (found,) = faults(package=package)
    assert message in found


def test_a_column_keeps_its_nature_and_places() -> None:
    package = descriptor()
    package["resources"][0]["schema"]["fields"][2] = field("value", "number", nature="stock", places=1)
    column = load_package(world(package=package)).value.tables["yearly"].columns["value"]
    assert (column.nature, column.places) == ("stock", 1)
