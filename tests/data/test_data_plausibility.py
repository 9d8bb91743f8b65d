"""Plausibility: what the descriptor says, what holds without being said, and one diagnostic a slip."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.base.diagnostics import CellRef, Diagnostic, Severity
from reportgen.base.world import World
from reportgen.data.load import load_package
from reportgen.data.plausibility_columns import off_in_cross_table
from reportgen.data.plausibility_series import culprits, slips_of_scale

YEARS = tuple(range(2015, 2024))
TABLE = "data/energy.csv"
KINDS = ("coal", "gas", "all")
GOOD = {
    **{(year, "coal"): 9000 + 100 * k for k, year in enumerate(YEARS)},
    **{(year, "gas"): 500 + 20 * k for k, year in enumerate(YEARS)},
    **{(year, "all"): 9500 + 120 * k for k, year in enumerate(YEARS)},
}
Values = dict[tuple[int, str], Any]


def package(
    values: Values,
    limits: list[dict[str, Any]] | None = None,
    plausible: list[dict[str, Any]] | None = None,
    agrees: list[dict[str, Any]] | None = None,
    kind: str = "integer",
    corrections: str = "",
    unit: str = "",
) -> World:
    """Return a project of one table of energy by year and kind, and one of the yearly sums."""
    rows = [f"{year},{name},{value},A" for (year, name), value in values.items()]
    sums = [f"{year},{GOOD[year, 'all']},A" for year in YEARS]
    ours = {"plausibility": limits or [], "plausible": plausible or []}

    def table(name: str, *dimensions: str, **extra: Any) -> dict[str, Any]:
        types = {"year": "year", "value": kind}
        fields: list[dict[str, Any]] = [
            {"name": n, "type": types.get(n, "string")} for n in (*dimensions, "value", "obs_status")
        ]
        fields[-2] |= {"reportgen": {"unit": unit}} if unit else {}
        schema = {"fields": fields, "primaryKey": list(dimensions)}
        return {"name": name, "path": f"{name}.csv", "schema": schema, "reportgen": extra}

    described = {
        "name": "test",
        "reportgen": {"agrees": agrees or []},
        "resources": [table("energy", "year", "kind", **ours), table("sums", "year")],
    }
    files = {
        "data/datapackage.json": json.dumps(described, ensure_ascii=False, indent=1),
        TABLE: "\n".join(["year,kind,value,obs_status", *rows]) + "\n",
        "data/sums.csv": "\n".join(["year,value,obs_status", *sums]) + "\n",
    }
    if corrections:
        head = "date,table,key,column,old value,new value,reason,approved by,severity\n"
        files["data/corrections.csv"] = head + corrections
    return World.of_files(files)


def found(world: World) -> tuple[Diagnostic, ...]:
    return load_package(world).diagnostics


def row_of(year: int, kind: str) -> int:
    return list(GOOD).index((year, kind)) + 2


def changed(year: int, kind: str, value: Any) -> Values:
    return {**GOOD, (year, kind): value}


def test_good_values_are_told_of_nothing() -> None:
    assert found(package(GOOD)) == ()


PARTS = {"over": "kind", "total": "all"}
AGREES = {
    "sum": {"table": "energy", "where": {"kind": ["coal", "gas"]}},
    "equals": {"table": "sums"},
    "by": "year",
}


@pytest.mark.parametrize(
    ("limit", "slip", "rule"),
    [
        ({"minimum": 0}, (2018, "coal", -9300), "implausible-value"),
        ({"maximum": 20000}, (2018, "coal", 93000), "implausible-value"),
        ({"where": {"kind": "gas"}, "maximum": "800"}, (2018, "gas", 900), "implausible-value"),
        ({"times": 2}, (2018, "coal", 19000), "implausible-change"),
        ({"times": 1.5}, (2018, "gas", 280), "implausible-change"),
        ({"percent": 10}, (2015, "gas", 700), "implausible-change"),
        ({"percent": 10}, (2023, "gas", 800), "implausible-change"),
        ({"monotone": "rising"}, (2019, "coal", 9000), "not-monotone"),
        ({"monotone": "rising"}, (2019, "coal", 9950), "not-monotone"),
        ({"monotone": "rising"}, (2015, "coal", 9999), "not-monotone"),
        (PARTS, (2018, "all", 9861), "unequal-total"),
        ({**PARTS, "parts": ["coal", "gas"]}, (2018, "all", 9859), "unequal-total"),
    ],
)
@pytest.mark.parametrize("severity", ["error", "warning"])
def test_a_value_out_of_its_limits_is_told_once_at_its_cell(
    limit: dict[str, Any], slip: tuple[int, str, int], rule: str, severity: str
) -> None:
    assert found(package(GOOD, [limit])) == ()
    year, kind, value = slip
    stated = {**limit, "severity": severity, "reason": "since the survey says so"}
    (fault,) = found(package(changed(year, kind, value), [stated]))
    assert (fault.rule, fault.severity.value) == (rule, severity)
    assert fault.place == CellRef(TABLE, row_of(year, kind), "value")
    assert fault.message.endswith(": since the survey says so")
    assert str(value) in fault.message
    assert len(fault.hints) == 2


@pytest.mark.parametrize("tolerance", [0, 1, 2.5])
def test_a_sum_may_be_off_by_its_tolerance(tolerance: float) -> None:
    for off in (-3, -2, -1, 0, 1, 2, 3):
        world = package(changed(2018, "all", GOOD[2018, "all"] + off), [{**PARTS, "tolerance": tolerance}])
        assert bool(found(world)) == (abs(off) > tolerance)


def test_shares_make_a_hundred() -> None:
    shares: Values = {(y, k): v for y in YEARS for k, v in (("coal", "60.1"), ("gas", "39.9"))}
    rule = {"over": "kind", "sums_to": 100, "tolerance": 0.1}
    assert found(package(shares, [rule], kind="number")) == ()
    (fault,) = found(package({**shares, (2020, "gas"): "38.9"}, [rule], kind="number"))
    assert "the sum must be 100" in fault.message
    assert "add up to 99.0" in fault.message


@pytest.mark.parametrize("kind", ["coal", "gas"])
def test_tables_that_disagree_are_told_with_both_sums(kind: str) -> None:
    assert found(package(GOOD, agrees=[AGREES])) == ()
    (fault,) = found(package(changed(2018, kind, GOOD[2018, kind] + 7), agrees=[AGREES]))
    assert fault.rule == "sums-disagree"
    assert isinstance(fault.place, CellRef)
    assert fault.place.file == TABLE
    assert "is 9867 for 2018 and must be 9860, data/sums.csv, row 5, column value" in fault.message


def test_a_sum_may_be_smaller_where_it_is_at_most_the_other() -> None:
    rule = {"sum": AGREES["sum"], "at_most": AGREES["equals"], "by": ["year"]}
    assert found(package(changed(2018, "coal", 9000), agrees=[rule])) == ()
    assert [d.rule for d in found(package(changed(2018, "coal", 9400), agrees=[rule]))] == ["sums-disagree"]


EVERYTHING = [{"minimum": 0, "maximum": 20000}, {"times": 2}, {"monotone": "rising"}, PARTS]


@given(cell=st.sampled_from(list(GOOD)), factor=st.sampled_from([-1, 0.001, 3, 10, 1000, 10**15]))
def test_one_slip_is_one_diagnostic_whatever_it_breaks(cell: tuple[int, str], factor: float) -> None:
    """Bounds, neighbours, course, total and the other table's sum are all broken by one cell."""
    value = int(GOOD[cell] * factor)
    (fault,) = found(package({**GOOD, cell: value}, EVERYTHING, agrees=[AGREES]))
    if factor != 0.001:  # a small part is seen by its neighbours, and an edge of the series has but one
        assert fault.place == CellRef(TABLE, row_of(*cell), "value")


@given(
    cell=st.sampled_from(list(GOOD)),
    power=st.integers(3, 20),
    up=st.booleans(),
)
def test_a_slip_of_scale_is_a_warning_without_any_declaration(
    cell: tuple[int, str], power: int, up: bool
) -> None:
    value = Decimal(GOOD[cell]).scaleb(power if up else -power)
    (fault,) = found(package({**GOOD, cell: f"{value:f}"}, kind="number"))
    assert (fault.rule, fault.severity) == ("implausible-scale", Severity.WARNING)
    assert fault.place == CellRef(TABLE, row_of(*cell), "value")


@pytest.mark.parametrize(("value", "told"), [(-9300, True), (0, False), (-1, True)])
def test_a_negative_among_counts_is_a_warning(value: int, told: bool) -> None:
    faults = found(package(changed(2018, "coal", value)))
    assert [d.rule for d in faults] == (["negative-count"] if told else [])


def test_numbers_that_may_fall_below_zero_are_told_of_nothing() -> None:
    assert found(package(changed(2018, "coal", -930), [{"minimum": -1000}])) == ()
    half = {cell: -value if cell[0] % 2 else value for cell, value in GOOD.items()}
    assert found(package(half)) == ()
    assert found(package({**GOOD, (2018, "coal"): -9300, (2019, "gas"): -580}, kind="number")) == ()


@pytest.mark.parametrize("turned", [1, -1])
@pytest.mark.parametrize("cell", [(2015, "coal"), (2018, "gas"), (2023, "all")])
def test_an_amount_that_alone_has_its_sign_is_a_warning(cell: tuple[int, str], turned: int) -> None:
    values = {key: value * (-turned if key == cell else turned) for key, value in GOOD.items()}
    (fault,) = found(package(values, kind="number"))
    assert (fault.rule, fault.place) == ("implausible-sign", CellRef(TABLE, row_of(*cell), "value"))


@pytest.mark.parametrize("unit", ["percent", "ratio", "permille", "points"])
@pytest.mark.parametrize(("value", "fits"), [("-0.031", True), ("-0.009", False)])
def test_a_rate_alone_below_zero_is_told_where_it_fits_without_the_sign(
    unit: str, value: str, fits: bool
) -> None:
    values: Values = {(year, "coal"): "0.030" for year in YEARS}
    told = [d.rule for d in found(package({**values, (2019, "coal"): value}, kind="number", unit=unit))]
    assert told == (["implausible-sign"] if fits and unit != "points" else [])


@pytest.mark.parametrize("unit", ["percent", "ratio"])
@pytest.mark.parametrize("last", [20, 60])
def test_a_part_of_a_whole_is_not_below_zero(unit: str, last: int) -> None:
    """Of rates, which make no whole, one may be."""
    per = {"percent": 1, "ratio": Decimal("0.01")}[unit]
    parts = {(2020, "a"): 30, (2020, "b"): -10, (2020, "c"): 40, (2020, "d"): last}
    values = {key: value * per for key, value in parts.items()}
    told = [d.rule for d in found(package(values, kind="number", unit=unit))]
    assert told == (["implausible-sign"] if last == 20 else [])


@given(k=st.integers(0, 7), power=st.integers(4, 9))
def test_a_slip_of_scale_in_a_list_is_told(k: int, power: int) -> None:
    values: Values = {(2020, f"c{n}"): 5200 - 610 * n for n in range(8)}
    (fault,) = found(package({**values, (2020, f"c{k}"): values[2020, f"c{k}"] * 10**power}))
    assert (fault.rule, fault.place) == ("implausible-scale", CellRef(TABLE, k + 2, "value"))


def test_a_value_that_towers_in_an_ordered_list_is_told() -> None:
    values: Values = {(2020, f"c{n}"): 90000 // 4**n for n in range(8)}
    assert found(package(values)) == ()
    (fault,) = found(package({**values, (2020, "c6"): values[2020, "c6"] * 1000}))
    assert (fault.rule, fault.place) == ("implausible-scale", CellRef(TABLE, 8, "value"))
    mixed = [70, 21000, 9, 21, 5000, 300]
    assert found(package({(2020, f"c{n}"): value for n, value in enumerate(mixed)})) == ()


@given(row=st.integers(0, 4), column=st.integers(0, 3), power=st.integers(3, 9), up=st.booleans())
def test_a_slip_of_scale_in_a_cross_table_is_told(row: int, column: int, power: int, up: bool) -> None:
    """The sizes of rows and of columns differ by hundreds, so that no value dwarfs all others."""
    sizes, parts = (40000, 9000, 2500, 700, 90), (30, 11, 4, 1)
    values = [Decimal(a * b + (7 * i + 3 * j) % 5) for i, a in enumerate(sizes) for j, b in enumerate(parts)]
    keys = [(i, j) for i in range(5) for j in range(4)]
    assert off_in_cross_table(values, keys) is None
    at = row * 4 + column
    values[at] = values[at].scaleb(power if up else -power)
    found_at = off_in_cross_table(values, keys)
    assert found_at is not None
    assert found_at[0] == at


def test_a_change_of_scale_in_the_middle_is_told_where_it_begins() -> None:
    values = {
        cell: value * 10000 if cell[0] >= 2020 and cell[1] == "gas" else value for cell, value in GOOD.items()
    }
    (fault,) = found(package(values))
    assert fault.place == CellRef(TABLE, row_of(2020, "gas"), "value")


def test_a_column_without_time_is_told_of_what_dwarfs_it() -> None:
    (fault,) = found(package({(2020, "coal"): 9000, (2020, "gas"): 500 * 10**15, (2020, "all"): 9500}))
    assert (fault.rule, fault.place) == ("implausible-scale", CellRef(TABLE, 3, "value"))


@pytest.mark.parametrize("values", [{(2020, "coal"): 9000, (2021, "coal"): 9000 * 10**15}])
def test_two_values_are_a_series(values: Values) -> None:
    assert [d.rule for d in found(package(values))] == ["implausible-scale"]


def _exempt_of(fault: Diagnostic) -> dict[str, Any]:
    shown = re.search(r"add (\{.*\}) to the list", fault.hints[1])
    assert shown is not None
    return dict(json.loads(shown[1]))


@pytest.mark.parametrize(
    ("limits", "value"),
    [
        ([], 93 * 10**5),
        ([], -9300),
        ([{"maximum": 20000}], 20001),
        ([{"times": 2}], 19000),
        ([{"monotone": "rising"}], 9),
    ],
)
def test_what_the_hint_says_of_a_right_value_makes_it_pass(limits: list[dict[str, Any]], value: int) -> None:
    values = changed(2018, "coal", value)
    (fault,) = found(package(values, limits))
    assert found(package(values, limits, [_exempt_of(fault)])) == ()


def test_the_corrected_value_is_checked_and_the_correction_named() -> None:
    line = "2024-06-01,energy,year=2018;kind=coal,value,9300,9300000,a slip,the editor,minor\n"
    (fault,) = found(package(GOOD, corrections=line))
    assert fault.place == CellRef(TABLE, row_of(2018, "coal"), "value")
    assert "9300000, as corrected in data/corrections.csv, row 2," in fault.message
    mended = "2024-06-01,energy,year=2018;kind=coal,value,9300000,9300,a slip,the editor,minor\n"
    assert found(package(changed(2018, "coal", 9300000), EVERYTHING, corrections=mended)) == ()


def test_a_missing_part_makes_no_sum_wrong() -> None:
    rows = {**GOOD, (2018, "coal"): ""}
    faults = found(package(rows, [PARTS], agrees=[AGREES]))
    assert "unequal-total" not in {d.rule for d in faults}
    assert "sums-disagree" not in {d.rule for d in faults}


@pytest.mark.parametrize(
    ("limit", "rule", "hint"),
    [
        ({"minimun": 0}, "unknown-key", "did you mean minimum?"),
        ({"minimum": "low"}, "wrong-value", "write a number"),
        ({"times": 0}, "wrong-value", "write a number from 1"),
        ({"monotone": "risng"}, "wrong-value", "did you mean rising?"),
        ({"where": {"kind": "coal"}}, "missing-key", 'write one of them, as in "minimum": 0'),
        ({"over": "kind"}, "missing-key", 'write one of them, as in "minimum": 0'),
        ({"total": "all"}, "missing-key", 'write one of them, as in "minimum": 0'),
        ({"minimum": 0, "severity": "eror"}, "wrong-value", "did you mean error?"),
        ({"minimum": 0, "column": "valu"}, "unknown-column", "did you mean value?"),
        ({"minimum": 0, "where": {"knd": "coal"}}, "unknown-column", "did you mean kind?"),
        ({"minimum": 0, "where": {"kind": "col"}}, "no-rows", "did you mean coal"),
        ({"over": "kin", "total": "all"}, "unknown-column", "did you mean kind?"),
        ({"over": "kind", "total": "al"}, "no-rows", "did you mean all"),
        ({"over": "kind", "total": "all", "parts": ["coal", "gs"]}, "no-rows", "did you mean gas?"),
    ],
)
def test_a_slip_in_a_limit_is_told_once_at_the_descriptor(
    limit: dict[str, Any], rule: str, hint: str
) -> None:
    (fault,) = found(package(GOOD, [limit]))
    assert (fault.rule, getattr(fault.place, "file", "")) == (rule, "data/datapackage.json")
    assert fault.hints[0].startswith(hint)


@pytest.mark.parametrize("limit", [{"times": 2}, {"percent": 2}, {"monotone": "rising"}])
def test_a_course_needs_a_dimension_of_time(limit: dict[str, Any]) -> None:
    world = package(GOOD, [limit])
    text = world.files["data/datapackage.json"].decode().replace('"type": "year"', '"type": "string"')
    assert [d.rule for d in found(World.of_files({**world.files, "data/datapackage.json": text}))] == [
        "no-series"
    ]


@pytest.mark.parametrize(
    ("agreement", "rule", "hint"),
    [
        ({**AGREES, "by": "yer"}, "unknown-column", "did you mean year?"),
        ({**AGREES, "equals": {"table": "sumz"}}, "unknown-table", "did you mean sums?"),
        ({**AGREES, "equals": {}}, "missing-key", 'write "table": …'),
        ({"sum": AGREES["sum"], "by": "year"}, "missing-key", 'write one of them, as in "equals"'),
        ({"equals": AGREES["equals"]}, "missing-key", 'write "sum": …'),
        ({**AGREES, "sum": {"table": "energy", "where": {"kind": "cole"}}}, "no-rows", "did you mean coal"),
    ],
)
def test_a_slip_in_an_agreement_is_told_once(agreement: dict[str, Any], rule: str, hint: str) -> None:
    faults = found(package(GOOD, agrees=[agreement]))
    assert {d.rule for d in faults} == {rule}
    assert faults[0].hints[0].startswith(hint)
    assert len({d.place for d in faults}) == len(faults)


@pytest.mark.parametrize(
    ("entry", "rule"),
    [
        ({"where": {"year": "1999"}, "reason": "x"}, "no-rows"),
        ({"where": {"year": 2018, "kind": "coal"}}, "missing-key"),
        ({"where": {"year": 2018}, "column": "valeu", "reason": "x"}, "unknown-column"),
    ],
)
def test_a_slip_in_an_exemption_is_told_once(entry: dict[str, Any], rule: str) -> None:
    assert [d.rule for d in found(package(GOOD, plausible=[entry]))] == [rule]


NUMBERS = st.lists(st.integers(500, 900), min_size=3, max_size=12)


@given(NUMBERS, st.data())
def test_the_value_that_is_off_is_found_and_not_its_neighbours(
    numbers: list[int], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(numbers) - 1))
    values = [Decimal(n) for n in numbers]
    values[at] *= 10
    off = list(culprits(values, lambda a, b: max(a, b) > 3 * min(a, b)))
    assert [k for k, _ in off] == [at]


@given(NUMBERS)
def test_a_series_that_is_within_bounds_has_no_slip_of_scale(numbers: list[int]) -> None:
    assert list(slips_of_scale([Decimal(n) for n in numbers])) == []
    assert list(slips_of_scale([Decimal(-n) for n in numbers])) == []
