"""A form is one object: a tiny new one is specified, drawn and described, with its faults, by nothing but itself."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from chart_project import Cells, draw, package_of

from reportgen.base.diagnostics import Result, Span
from reportgen.base.frame import GlyphRun
from reportgen.base.settings import whole
from reportgen.base.world import World
from reportgen.charts import forms
from reportgen.charts.describe import describe
from reportgen.charts.form import Alternatives, ChartFault, Form
from reportgen.charts.forms import house_forms
from reportgen.charts.options import CHOICE
from reportgen.charts.specification import ChartSpec, load_charts
from reportgen.charts.stage import Stage
from reportgen.edition.labels import languages, load_labels

NAMES = {"kind": {"a": ("甲", "First"), "b": ("乙", "Second")}}
CELLS: Cells = [({"kind": "a"}, 3), ({"kind": "b"}, 8)]
PACKAGE = package_of(CELLS, NAMES)


def draw_tallies(stage: Stage) -> None:
    """Draw a stroke for each piece."""
    step = stage.spec.options.get("step", 4)
    if max(stage.grid.values()) * step > 60:
        raise ChartFault("its tallies do not fit", "write a smaller step", key="step")
    sheet = stage.open(40.0)
    for row, code in enumerate(stage.grid.x):
        sheet.text(0, 12 + 14 * row, stage.category(code), "label")
        for i in range(int(stage.grid.value(code) or 0)):
            x = 60.0 + step * i
            sheet.line([(x, 4.0 + 14 * row), (x, 12.0 + 14 * row)], "series")


def tallies_in_words(stage: Stage) -> Alternatives:
    return describe(stage, lambda x, *_: 10 * (stage.grid.value(x) or 0))  # in tenths, say


TALLY = Form(
    "tally",
    "Chart",
    draw_tallies,
    options={**CHOICE, "step": whole(1, 20)},
    max_x=2,
    order="descending",
    describe=tallies_in_words,
)
GOOD = '[t]\nform = "tally"\ntable = "t"\nx = "kind"\n'


def read(text: str) -> Result[Mapping[str, ChartSpec]]:
    world = World.of_files({"data/charts.toml": text})
    return load_charts(world, PACKAGE, forms={**house_forms(), TALLY.name: TALLY})


def fault_of(text: str) -> tuple[str, str]:
    result = read(text)
    (fault,) = result.diagnostics or draw(result.value["t"], PACKAGE, "en").diagnostics
    return str(fault.place), fault.message


def test_a_new_form_is_specified_with_its_own_options_and_defaults() -> None:
    result = read(f"{GOOD}step = 5\ntop = 1\n")
    assert result.diagnostics == ()
    spec = result.value["t"]
    assert (spec.form, spec.options, spec.order, spec.top) == (TALLY, {"step": 5, "top": 1}, "descending", 1)


def test_a_new_form_is_drawn_and_described_by_itself() -> None:
    drawing = draw(read(GOOD).value["t"], PACKAGE, "en")
    assert drawing.diagnostics == ()
    items = drawing.value.frame.items
    assert sum(not isinstance(placed.item, GlyphRun) for placed in items) == 11
    assert drawing.value.alt == "Chart: 2 entries, from Second (80) to First (30)."
    assert drawing.value.description.startswith(drawing.value.alt)


@pytest.mark.parametrize(
    ("line", "place", "message"),
    [
        ("step = 0", "5:1", "t.step is 0, not a whole number from 1 to 20"),
        ("stepp = 3", "5:1", "t: the form tally has no stepp"),
        ('series = "kind"', "5:1", "t: the form tally has no series"),
        ("step = 20", "5:1", "chart t: its tallies do not fit"),
    ],
)
def test_the_faults_of_a_new_form_stand_at_their_keys(line: str, place: str, message: str) -> None:
    assert fault_of(f"{GOOD}{line}\n") == (f"data/charts.toml:{place}", message)


def test_a_new_form_says_what_it_cannot_show() -> None:
    package = package_of([*CELLS, ({"kind": "c"}, 1)], NAMES)
    (fault,) = draw(read(GOOD).value["t"], package, "en").diagnostics
    assert fault.message == "chart t: it has 3 categories; tally can show from 1 to 2"
    assert fault.place == Span("data/charts.toml", 4, 1)


def test_every_file_of_forms_declares_one_form_that_every_language_names() -> None:
    files = [path for path in Path(forms.__file__).parent.glob("*.py") if path.name != "__init__.py"]
    assert len(house_forms()) == len(files)
    for form in house_forms().values():
        assert all(load_labels(language)(form.title) for language in languages())


def test_the_manual_names_every_form_and_option() -> None:
    manual = (Path(__file__).parents[2] / "docs" / "charts.md").read_text(encoding="utf-8")
    for form in house_forms().values():
        (row,) = [line for line in manual.splitlines() if line.startswith(f"| `{form.name}` |")]
        assert all(f"`{key}`" in row for key in (*form.needs, *form.takes, *(form.options or ())))
