"""Every plot form under many random data sets: it draws without a collision, or says what is wrong and what to do."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

import pytest
from chart_boxes import collisions, escapes
from chart_project import Cells, charts_of, draw, package_of

from reportgen.base.diagnostics import Result
from reportgen.base.frame import Drawing
from reportgen.charts.forms import house_forms
from reportgen.charts.forms.treemap import squarify
from reportgen.charts.plotting.boxes import Box
from reportgen.facts.book import Fact, FactBook

FORMS = house_forms()
FEW, ALL = range(80), range(80, 500)
"""The seeds of the sets of data that every run draws, and of those that the long study draws."""
YEARS = [str(year) for year in range(2000, 2040)]
TURN = Fact("turn", YEARS[0], "year", None, "given")
RATE = Fact("rate", Decimal(0), "ratio", None, "given")
ZH = "数字通信半导体电机装置生物技术医药环境能源储运制造服务软件元件材料化学测量控制运输机械"
EN = [
    "digital", "communication", "semiconductors", "electrical", "machinery", "apparatus", "energy", "biotechnology",
    "of", "and", "pharmaceuticals",
]  # fmt: skip
TIMED = ("paired-columns", "columns-and-line", "lines", "small-multiples")


def a_name(draw: random.Random, *, long: bool) -> tuple[str, str]:
    most = 22 if long else 8
    zh = "".join(draw.choice(ZH) for _ in range(draw.randint(2, most)))
    en = " ".join(draw.choice(EN) for _ in range(draw.randint(1, 6 if long else 2))).capitalize()
    return zh, en


def a_value(draw: random.Random, kind: str, place: int) -> Decimal | None:
    if kind == "missing" and draw.random() < 0.3:
        return None
    if kind == "zeros" and draw.random() < 0.6:
        return Decimal(0)
    if kind == "dominating":
        return Decimal(10**6 if place == 0 else draw.randint(1, 400))
    if kind == "negatives":
        return Decimal(draw.randint(-5000, 5000))
    if kind == "fractions":
        return Decimal(draw.randint(1, 9999)) / 100
    if kind == "huge":
        return Decimal(draw.randint(10**8, 10**10))
    return Decimal(draw.randint(1, 50000))


KINDS = ("plain", "dominating", "zeros", "negatives", "missing", "fractions", "huge")


def a_data_set(form: str, seed: int) -> tuple[str, Cells, dict[str, dict[str, tuple[str, str]]]]:
    """Return a specification, cells and names for a form."""
    draw = random.Random(f"{form}-{seed}")
    kind, about = KINDS[seed % len(KINDS)], FORMS[form]
    options = about.options or {}
    timed = form in TIMED
    count = draw.choice((1, 2, 5, 8, 10, 11, 12, 15, 30))
    many = draw.randint(about.min_series, about.max_series) if "series" in about.roles else 1
    names: dict[str, dict[str, tuple[str, str]]] = {}
    codes = {"x": YEARS[:count] if timed else [f"c{i}" for i in range(count)]}
    if not timed:
        names["x"] = {c: a_name(draw, long=seed % 3 == 0) for c in codes["x"]}
    if "series" in about.roles:
        codes["s"] = [f"s{i}" for i in range(many)]
        names["s"] = {c: a_name(draw, long=False) for c in codes["s"]}
    if "panel" in about.roles:
        codes["p"] = [f"p{i}" for i in range(draw.randint(1, 8))]
        names["p"] = {c: a_name(draw, long=False) for c in codes["p"]}
    if "period" in about.roles:
        codes["t"] = YEARS[: draw.randint(2, 11)]
    statuses = draw.choice(("A", "E", "AE"))
    cells = [({}, None, "A")]
    for dimension, values in codes.items():
        cells = [({**known, dimension: value}, None, "A") for known, _, _ in cells for value in values]
    filled = [(known, a_value(draw, kind, i), draw.choice(statuses)) for i, (known, _, _) in enumerate(cells)]
    if timed and seed % 7 == 3:
        known, value, _ = filled[len(filled) // 2]
        filled[len(filled) // 2] = (known, value, "B")
    roles = {"x": "x", "s": "series", "p": "panel", "t": "period"}
    lines = [f'{roles[dimension]} = "{dimension}"' for dimension in codes]
    if "growth" in options and "series" in about.roles and seed % 2:
        lines.append('growth = { s0 = "rate" }')
    if "marks" in options and seed % 5 == 0:
        text = (
            "自{turn:year}年以来年均增速{rate:pct.1}",
            "Since {turn:year} it has grown by {rate:pct.1} a year",
        )
        lines.append(f'marks = [{{ at = "turn", text = {{ zh = "{text[0]}", en = "{text[1]}" }} }}]')
    return "\n".join(["[c]", f'form = "{form}"', 'table = "t"', *lines]), filled, names


def drawn(form: str, seed: int) -> Result[Drawing]:
    text, cells, names = a_data_set(form, seed)
    package = package_of(cells, names)
    charts = charts_of(text, package)
    assert charts.diagnostics == ()
    book = FactBook({"turn": TURN, "rate": replace(RATE, value=Decimal(seed % 40 - 10) / 100)})
    width = 300.0 if seed % 4 == 3 else None
    return draw(charts.value["c"], package, ("zh", "en")[seed // 2 % 2], book, width)


@pytest.mark.parametrize("seeds", [FEW, pytest.param(ALL, marks=pytest.mark.study)], ids=["few", "all"])
@pytest.mark.parametrize("form", FORMS)
def test_a_form_draws_random_data_without_a_collision_or_says_why_not(form: str, seeds: range) -> None:
    count = 0
    for seed in seeds:
        result = drawn(form, seed)
        frame = result.value.frame
        if result.ok:
            count += 1
            assert frame.items, (form, seed)
            assert collisions(frame) == [], (form, seed)
            assert escapes(frame) == [], (form, seed)
            assert "" not in (result.value.alt, result.value.description)
        else:
            assert frame.items == ()
            assert all(fault.place is not None and fault.hints for fault in result.errors), (form, seed)
    assert count >= len(seeds) // 4


@pytest.mark.parametrize("seed", range(30))
def test_tiles_of_a_treemap_fill_the_room_without_overlapping(seed: int) -> None:
    draw = random.Random(seed)
    values = sorted((draw.uniform(0.1, 100) for _ in range(draw.randint(1, 30))), reverse=True)
    boxes = squarify(values, Box(0, 0, 300, 200))
    for value, box in zip(values, boxes, strict=True):
        assert (box.x1 - box.x0) * (box.y1 - box.y0) == pytest.approx(value / sum(values) * 60000)
        assert box.within(Box(-1e-6, -1e-6, 300 + 1e-6, 200 + 1e-6))
    for i, one in enumerate(boxes):
        assert not any(one.meets(other, -1e-6) for other in boxes[i + 1 :])
