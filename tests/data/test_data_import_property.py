"""A tidy table made wide as an office would, with titles, notes, flags and merged heads, is imported as it was."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import Any

import hypothesis.strategies as st
from hypothesis import HealthCheck, given, settings
from importing_sheets import Merge, csv_of, ods_of, plan, table, xlsx_of

REGIONS = ("北京", "天津", "河北", "山西", "内蒙古", "辽宁")
PRODUCTS = ("原煤", "原油", "天然气", "水电", "核电")
SEXES = ("男", "女")
YEARS = tuple(str(year) for year in range(2015, 2024))
QUARTERS = tuple(f"{year}年{n}季度" for year in (2021, 2022) for n in "一二三四")
MONTHS = tuple(f"2021年{n}月" for n in range(1, 13))
CANONICAL = {
    **{q: f"{q[:4]}Q{'一二三四'.index(q[5]) + 1}" for q in QUARTERS},
    **{m: f"2021-{int(m[5:-1]):02d}" for m in MONTHS},
}
FLAGS = {"e": "E", "p": "P", "b": "B", "": "A"}
MISSING = {"…": "O", "..": "O", "-": "M", ":": "O"}


@dataclass(frozen=True)
class Wide:
    """A sheet, and the observations that were put into it: a value and a status by a set of names."""

    rows: list[list[Any]]
    merges: list[Merge]
    observations: dict[frozenset[str], tuple[str, str]]
    kind: str


@st.composite
def dimensions(draw: st.DrawFn) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """Return what runs down, a column each, and across, a row each: one to three dimensions, a period among them."""
    periods = draw(st.sampled_from((YEARS, QUARTERS, MONTHS)))
    others = draw(st.lists(st.sampled_from((REGIONS, PRODUCTS, SEXES)), min_size=1, max_size=2, unique=True))
    chosen = [_some(draw, each) for each in (periods, *others)]
    order = draw(st.permutations(chosen))
    cut = draw(st.integers(1, len(order) - 1))
    return list(order[:cut]), list(order[cut:])


def _some(draw: st.DrawFn, names: tuple[str, ...]) -> tuple[str, ...]:
    count = draw(st.integers(2, min(4, len(names))))
    start = draw(st.integers(0, len(names) - count))
    return names[start : start + count]


@st.composite
def sheets(draw: st.DrawFn) -> Wide:
    down, across = draw(dimensions())
    kind = draw(st.sampled_from(("xlsx", "csv", "gb18030", "utf-16", "tsv", "ods")))
    merged = kind in ("xlsx", "ods") and draw(st.booleans())
    merges: list[Merge] = []
    rows: list[list[Any]] = []
    width = len(down)
    columns = list(product(*across))
    titles = draw(st.lists(st.sampled_from(("分地区产量", "按现行价格计算")), max_size=2, unique=True))
    rows += [[title] + [""] * (width + len(columns) - 1) for title in titles]
    rows.append(["单位：万吨"] + [""] * (width + len(columns) - 1))
    if draw(st.booleans()):
        rows.append([""] * (width + len(columns)))
    rows += _head(across, columns, width, merged, merges, len(rows))
    found: dict[frozenset[str], tuple[str, str]] = {}
    last: tuple[str, ...] = ("",) * width
    for keys in product(*down):
        cells: list[Any] = []
        for path in columns:
            shown, value, status = draw(cell(kind))
            cells.append(shown)
            found[frozenset(CANONICAL.get(n, n) for n in (*keys, *path))] = (value, status)
        written = [
            "" if i < width - 1 and last[: i + 1] == keys[: i + 1] else name for i, name in enumerate(keys)
        ]
        last = keys
        rows.append([*written, *cells])
    for note in draw(
        st.lists(st.sampled_from(("注：数据经过修订。", "资料来源：统计局", "Note: revised")), unique=True)
    ):
        rows.append([note] + [""] * (width + len(columns) - 1))
    return Wide(rows, merges, found, kind)


def _head(
    across: list[tuple[str, ...]],
    columns: list[tuple[str, ...]],
    width: int,
    merged: bool,
    merges: list[Merge],
    top: int,
) -> list[list[Any]]:
    """Return the rows of the head; a name that spans several columns stands in the first of them."""
    rows: list[list[Any]] = []
    for level in range(len(across)):
        row: list[Any] = ["" for _ in range(width)]
        if level == len(across) - 1:
            row = [f"列{n}" for n in range(width)]
        for c, path in enumerate(columns):
            first = c == 0 or columns[c - 1][: level + 1] != path[: level + 1]
            row.append(path[level] if first else "")
            span = sum(other[: level + 1] == path[: level + 1] for other in columns)
            if first and merged and span > 1:
                merges.append((top + level, width + c, top + level, width + c + span - 1))
        rows.append(row)
    return rows


@st.composite
def cell(draw: st.DrawFn, kind: str) -> tuple[Any, str, str]:
    """Return what stands in a cell, its value and its status."""
    number = (
        draw(st.integers(3000, 9_999_999))
        if draw(st.booleans())
        else draw(st.integers(1, 2999).map(lambda n: n + 0.5))
    )
    shape = draw(st.sampled_from(("plain", "plain", "plain", "grouped", "flag", "missing", "wide")))
    if shape == "missing":
        sign = draw(st.sampled_from(tuple(MISSING)))
        return sign, "", MISSING[sign]
    if shape == "flag":
        flag = draw(st.sampled_from(tuple(FLAGS)))
        return f"{number}{flag}", str(number), FLAGS[flag]
    if shape == "grouped":
        return f"{number:,}", str(number), "A"
    if shape == "wide":
        full = "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in str(number))
        return full, str(number), "A"
    return (number if kind in ("xlsx", "ods") else str(number)), str(number), "A"


def _bytes(wide: Wide) -> tuple[bytes, str]:
    match wide.kind:
        case "xlsx":
            return xlsx_of(wide.rows, wide.merges), "sheet.xlsx"
        case "ods":
            return ods_of(wide.rows, wide.merges), "sheet.ods"
        case "tsv":
            return csv_of(wide.rows, "utf-8", "\t"), "sheet.tsv"
        case "csv":
            return csv_of(wide.rows, "utf-8-sig"), "sheet.csv"
        case encoding:
            return csv_of(wide.rows, encoding), "sheet.csv"


@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(sheets())
def test_what_is_made_wide_is_imported_as_it_was(wide: Wide) -> None:
    data, file = _bytes(wide)
    made = plan(data, file, flags={"-": "M"})
    own = ("value", "unit", "obs_status", "basis")
    rows = table(made)
    found = {
        frozenset(v for k, v in row.items() if k not in own): (row["value"], row["obs_status"])
        for row in rows
    }
    assert found == wide.observations
    assert len(rows) == len(wide.observations)
    assert made.questions.unit is False
    assert made.questions.flags == ()
    assert "万吨" in made.recipe.units
