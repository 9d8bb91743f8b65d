"""Specifications of charts: what is accepted, and what is said, with its line, of each fault."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal

import pytest
from chart_project import Cells, charts_of, draw, package_of

from reportgen.base.diagnostics import CellRef, Diagnostic, Faults, Span
from reportgen.base.frame import Frame, GlyphRun
from reportgen.base.settings import length
from reportgen.base.world import World
from reportgen.charts.specification import ChartSpec, load_charts
from reportgen.data.package import DataPackage

NAMES = {"kind": {"a": ("甲", "First"), "b": ("乙", "Second")}}
CELLS: Cells = [
    ({"year": year, "kind": kind}, value)
    for year, kind, value in (
        ("2021", "a", 10), ("2021", "b", 4), ("2022", "a", 12), ("2022", "b", 5), ("2023", "a", 15), ("2023", "b", 9),
    )
]  # fmt: skip
PACKAGE = package_of(CELLS, NAMES)
GOOD = """\
# A chart.
[growth]
form = "paired-columns"
table = "t"
x = "year"
series = "kind"
"""


def spec_of(text: str, package: DataPackage = PACKAGE, **files: str) -> ChartSpec:
    read = charts_of(text, package, **files)
    assert read.diagnostics == ()
    return read.value["growth"]


def fault_of(text: str, package: DataPackage = PACKAGE, **files: str) -> Diagnostic:
    """Return the only fault of a specification that is refused."""
    read = charts_of(text, package, **files)
    assert read.value == {}
    (fault,) = read.diagnostics
    return fault


def drawing_fault(text: str, package: DataPackage, language: str = "zh") -> Diagnostic:
    """Return the only fault of a chart that is understood but not drawn."""
    result = draw(spec_of(text, package), package, language)
    assert result.value.frame.items == ()
    (fault,) = result.diagnostics
    return fault


def test_a_specification_is_read_with_the_line_of_every_key() -> None:
    spec = spec_of(GOOD)
    assert (spec.form.name, spec.table, spec.x, spec.series) == ("paired-columns", "t", "year", "kind")
    assert spec.span == Span("data/charts.toml", 2, 1)
    assert spec.place("series") == Span("data/charts.toml", 6, 1)


def height_of(text: str, leading: float) -> float | None:
    height = spec_of(f'{GOOD}height = "{text}"').height
    assert height is not None
    return length(line=leading)(height, Faults())


@pytest.mark.parametrize(("text", "lines"), [("10 lines", 10.0), ("1 line", 1.0), ("7.5 lines", 7.5)])
def test_a_height_is_written_in_lines_of_the_grid(text: str, lines: float) -> None:
    assert height_of(text, 17.5) == pytest.approx(lines * 17.5)


def test_a_height_is_written_in_any_unit() -> None:
    assert height_of("80mm", 16.0) == pytest.approx(226.77, abs=0.01)


@pytest.mark.parametrize(
    ("old", "new", "place", "message", "hint"),
    [
        ("paired-columns", "paired-column", (3, 1), "there is no form paired-column", "did you mean paired-columns?"),
        ('table = "t"', 'table = "u"', (4, 1), "there is no table u", "there are t"),
        ('x = "year"', 'x = "yeer"', (5, 1), "yeer is no dimension of t", "did you mean year?"),
        ('x = "year"', 'x = "value"', (5, 1), "value is no dimension of t", "there are kind, year"),
        ('x = "year"', "", (2, 1), "does not say which dimension is x", "one of the table's dimensions"),
        ('series = "kind"', 'serie = "kind"', (6, 1), "the form paired-columns has no serie", "did you mean series"),
        ('series = "kind"', 'panel = "kind"', (6, 1), "the form paired-columns has no panel", "leave it out"),
        ('series = "kind"', 'where = { kind = "c" }', (6, 11), "t has no observation with kind c", ""),
        ('series = "kind"', 'where = { kid = "a" }', (6, 11), "growth.where has no key kid", "did you mean kind?"),
        ('series = "kind"', 'sum = ["year", "kinds"]', (6, 16), "kinds is no dimension of t", "did you mean kind?"),
        ('series = "kind"', 'series = "year"', (6, 1), "year is x and series", "give each role its own dimension"),
    ],
)  # fmt: skip
def test_a_fault_has_the_line_of_its_key_and_a_hint(
    old: str, new: str, place: tuple[int, int], message: str, hint: str
) -> None:
    read = charts_of(GOOD.replace(old, new), PACKAGE)
    faults = [fault for fault in read.diagnostics if message in fault.message]
    assert [fault.place for fault in faults] == [Span("data/charts.toml", *place)]
    assert any(hint in found for found in faults[0].hints) or not hint
    assert "growth" not in read.value


@pytest.mark.parametrize(("key", "line"), [("form", 3), ("table", 4), ("x", 5), ("series", 6)])
def test_a_misspelt_key_is_told_once_at_its_own_line(key: str, line: int) -> None:
    (fault,) = charts_of(GOOD.replace(f"{key} = ", f"{key}{key[-1]} = "), PACKAGE).diagnostics
    assert (fault.rule, fault.place) == ("unknown-key", Span("data/charts.toml", line, 1))


@pytest.mark.parametrize(
    ("key", "column", "message"),
    [
        ("height = 3", 1, "growth.height is 3, not a height"),
        ("order = 'rising'", 1, "growth.order is 'rising', not table or descending or ascending"),
        ("names = 'long'", 1, "growth.names is 'long', not short or full"),
        ("value = 'worth'", 1, "worth is no measure of t"),
        ("value = 'obs_status'", 1, "obs_status is no measure of t"),
        ("growth = ['a']", 1, "growth.growth is ['a'], not a table"),
        ("growth = { a = 'p1', b = 3 }", 22, "growth.growth.b is 3, not words in quotes"),
        ("marks = 3", 1, "growth.marks is 3, not a list"),
        ("accent = 7", 1, "growth.accent is 7, not words in quotes"),
        ("inks = 'blue'", 1, "growth.inks is 'blue', not a list"),
        ("inks = ['blue', 7]", 17, "growth.inks.1 is 7, not words in quotes"),
        ("where = 2021", 1, "growth.where is 2021, not a table"),
        ("marks = [{ at = 'turn', text = { zh = '自', en = 'since 2021' } }]", 44, "has a typed number"),
        (
            "marks = [{ at = 'turn', text = { zh = '{turn:year}年', en = 'Policy' } }]",
            25,
            "prints turn as a time",
        ),
        ("marks = [{ text = { zh = '自' } }]", 10, "growth.marks.0.at is missing"),
        ("marks = [{ at = 'turn', text = {} }, { at = 3, text = {} }]", 40, "growth.marks.1.at is 3"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_at_its_own_place(key: str, column: int, message: str) -> None:
    fault = fault_of(f"{GOOD}{key}\n")
    assert message in fault.message
    assert fault.place == Span("data/charts.toml", 7, column)


def test_a_dimension_that_is_left_over_is_refused() -> None:
    fault = fault_of(GOOD.replace('series = "kind"\n', ""))
    assert "growth does not say what becomes of the dimension kind" in fault.message
    assert 'sum = ["kind"]' in fault.hints[0]


def test_all_faults_of_all_charts_are_found_in_one_run() -> None:
    text = GOOD.replace('x = "year"', 'x = "yeer"') + '[other]\nform = "pie"\ntable = "t"\nx = "year"\n'
    assert [str(fault.place) for fault in charts_of(text, PACKAGE).diagnostics] == [
        "data/charts.toml:5:1",
        "data/charts.toml:8:1",
    ]


def test_a_file_that_is_not_toml_is_refused_with_its_place() -> None:
    assert fault_of("[growth\n").place == Span("data/charts.toml", 1, 8)


def test_rows_are_narrowed_and_added_up() -> None:
    text = GOOD.replace('series = "kind"', 'sum = ["kind"]\nwhere = { year = ["2022", "2023"] }')
    drawing = draw(spec_of(text), PACKAGE, "en").value
    assert "17" in drawing.description
    assert "24" in drawing.description
    assert "14" not in drawing.description


def test_an_empty_table_is_refused_with_the_chart_s_line() -> None:
    fault = drawing_fault(GOOD.replace('series = "kind"', ""), package_of([], {}).__class__(
        "test", {"t": PACKAGE.tables["t"].__class__("t", "data/t.csv", {
            name: column for name, column in PACKAGE.tables["t"].columns.items() if name != "kind"
        }, ())}, {},
    ))  # fmt: skip
    assert "has no row to show" in fault.message
    assert fault.place == Span("data/charts.toml", 2, 1)
    assert fault.hints


def test_a_table_without_any_value_is_refused_at_its_first_cell() -> None:
    fault = drawing_fault(GOOD, package_of([(codes, None) for codes, _ in CELLS], NAMES))  # type: ignore[misc]
    assert "all values of t are missing" in fault.message
    assert fault.place == CellRef("data/t.csv", 2, "value")


def test_two_observations_at_one_place_are_refused() -> None:
    fault = drawing_fault(GOOD, package_of([*CELLS, ({"year": "2023", "kind": "b"}, 3)], NAMES))
    assert "two observations" in fault.message
    assert fault.place == CellRef("data/t.csv", 8, "value")


@pytest.mark.parametrize(
    "form", ["stacked-bars", "heat-map", "back-to-back", "twin-ranked-lists", "columns-and-line"]
)
@pytest.mark.parametrize("value", ["-9", "-0.01"])
def test_a_negative_in_a_share_is_refused_at_its_cell(form: str, value: str) -> None:
    cells = [*CELLS[:-1], ({"year": "2023", "kind": "b"}, Decimal(value))]
    fault = drawing_fault(GOOD.replace("paired-columns", form), package_of(cells, NAMES))
    assert f"{value} is negative" in fault.message
    assert fault.place == CellRef("data/t.csv", 7, "value")
    assert "correct the value" in fault.hints[0]


def test_more_categories_than_a_form_can_show_are_refused() -> None:
    names = {"x": {f"c{i}": (f"甲{i}", f"Name {i}") for i in range(31)}}
    package = package_of([({"x": f"c{i}"}, i + 1) for i in range(31)], names)
    fault = drawing_fault('[growth]\nform = "ranked-bars"\ntable = "t"\nx = "x"\n', package)
    assert "it has 31 categories; ranked-bars can show from 1 to 30" in fault.message
    assert fault.place == Span("data/charts.toml", 4, 1)
    assert "top = N" in fault.hints[0]
    full = package_of([({"x": f"c{i}"}, i + 1) for i in range(30)], names)
    assert draw(spec_of('[growth]\nform = "ranked-bars"\ntable = "t"\nx = "x"\n', full), full, "zh").ok


def test_only_the_largest_categories_are_shown_if_so_asked() -> None:
    names = {"x": {f"c{i}": (f"甲{i}", f"Name {i}") for i in range(31)}}
    package = package_of([({"x": f"c{i}"}, i + 1) for i in range(31)], names)
    text = '[growth]\nform = "ranked-bars"\ntable = "t"\nx = "x"\ntop = 3\n'
    description = draw(spec_of(text, package), package, "en").value.description
    assert "Name 28 29" in description
    assert "Name 27" not in description


def test_a_height_that_is_too_small_is_refused_with_the_one_it_needs() -> None:
    fault = drawing_fault(f'{GOOD}height = "3 lines"\n', PACKAGE)
    assert "pt of height" in fault.message
    assert fault.place == Span("data/charts.toml", 7, 1)
    assert "lines" in fault.hints[0]


def test_an_unknown_ink_is_refused_with_a_guess() -> None:
    fault = drawing_fault(f'{GOOD}inks = ["accent", "vermillion"]\n', PACKAGE)
    assert "there is no ink vermillion" in fault.message
    assert fault.hints == ("did you mean vermilion?",)
    assert fault.place == Span("data/charts.toml", 7, 19)


def test_an_unknown_accent_is_refused_at_its_line() -> None:
    assert drawing_fault(f'{GOOD}accent = "part9"\n', PACKAGE).place == Span("data/charts.toml", 7, 1)


def test_a_growth_rate_that_is_no_fact_is_refused_at_its_line() -> None:
    fault = drawing_fault(f'{GOOD}growth = {{ a = "p1.cagr" }}\n', PACKAGE)
    assert "there is no fact p1.cagr" in fault.message
    assert fault.place == Span("data/charts.toml", 7, 12)


OWN = GOOD.replace('"paired-columns"', '"python:charts.py:lanes"')
FUNCTION = """\
def lanes(stage):
    sheet = stage.open(100)
    sheet.text(0, 20, stage.name("a"), "label")
"""


def test_a_function_of_the_project_draws_a_chart_of_one_s_own() -> None:
    spec = spec_of(OWN, **{"data/charts.py": FUNCTION})
    drawing = draw(spec, PACKAGE, "en").value
    assert drawing.frame.height == pytest.approx(7 * 16)
    assert drawing.frame.items
    assert drawing.alt.startswith("Chart, 2021–2023")


def test_a_function_is_loaded_only_when_a_specification_names_it() -> None:
    assert spec_of(GOOD, **{"data/charts.py": "raise SystemExit"}).form.name == "paired-columns"


@pytest.mark.parametrize(
    ("source", "place", "message"),
    [
        ("def lanes(stage:\n", Span("data/charts.py", 1, 10), "the file is not Python"),
        ("def lane(stage): ...\n", Span("data/charts.toml", 3, 1), "has no function lanes"),
    ],
)
def test_a_function_that_cannot_be_loaded_is_refused(source: str, place: Span, message: str) -> None:
    fault = fault_of(OWN, **{"data/charts.py": source})
    assert message in fault.message
    assert fault.place == place


def test_a_missing_file_of_functions_is_refused() -> None:
    assert any("missing" in fault.message for fault in charts_of(OWN, PACKAGE).diagnostics)


def test_what_a_function_raises_is_told_with_the_line_of_its_file() -> None:
    source = "def lanes(stage):\n    stage.open(100)\n    return 1 / 0\n"
    result = draw(spec_of(OWN, **{"data/charts.py": source}), PACKAGE, "en")
    (fault,) = result.errors
    assert "ZeroDivisionError" in fault.message
    assert fault.place == Span("data/charts.py", 3)


def test_what_a_file_raises_when_it_is_run_is_told_with_its_line() -> None:
    source = "import nothing_of_that_name\ndef lanes(stage): ...\n"
    (fault,) = draw(spec_of(OWN, **{"data/charts.py": source}), PACKAGE, "en").errors
    assert "ModuleNotFoundError" in fault.message
    assert fault.place == Span("data/charts.py", 1)


DESCRIBED = FUNCTION + "lanes.describe = in_words\n"


def test_a_function_may_bring_its_own_description() -> None:
    source = 'def in_words(stage):\n    return "Two lanes.", "Two lanes, of which one is free."\n' + DESCRIBED
    drawing = draw(spec_of(OWN, **{"data/charts.py": source}), PACKAGE, "en").value
    assert (drawing.alt, drawing.description) == ("Two lanes.", "Two lanes, of which one is free.")


@pytest.mark.parametrize(
    ("body", "place", "message"),
    [
        ("return 'one text'", Span("data/charts.toml", 3, 1), "returned 'one text'"),
        ("return 'a', 3", Span("data/charts.toml", 3, 1), "returned ('a', 3)"),
        ("return stage.nothing", Span("data/charts.py", 2), "AttributeError"),
    ],
)
def test_a_description_that_is_none_is_refused(body: str, place: Span, message: str) -> None:
    source = f"def in_words(stage):\n    {body}\n{DESCRIBED}"
    (fault,) = draw(spec_of(OWN, **{"data/charts.py": source}), PACKAGE, "en").diagnostics
    assert message in fault.message
    assert fault.place == place


def test_a_function_is_given_the_keys_that_its_specification_writes() -> None:
    spec = spec_of(f"{OWN}lanes = [3, 4]\n", **{"data/charts.py": FUNCTION})
    assert spec.options == {"lanes": [3, 4]}
    assert spec.place("lanes") == Span("data/charts.toml", 7, 1)


def test_too_little_height_for_a_function_is_refused_at_its_key() -> None:
    spec = spec_of(f'{OWN}height = "3 lines"\n', **{"data/charts.py": FUNCTION})
    (fault,) = draw(spec, PACKAGE, "en").diagnostics
    assert fault.place == Span("data/charts.toml", 7, 1)
    assert "100 pt of height" in fault.message


def test_a_function_that_opens_no_sheet_is_refused() -> None:
    (fault,) = draw(spec_of(OWN, **{"data/charts.py": "def lanes(stage): ...\n"}), PACKAGE, "en").diagnostics
    assert "opened no sheet" in fault.message


def test_specifications_are_read_without_what_draws() -> None:
    program = (
        "import sys; from reportgen.charts.forms import house_forms; house_forms();"
        "import reportgen.charts.specification; print(*{'matplotlib', 'numpy'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == ""


def test_what_a_cache_compares_is_the_same_in_every_process() -> None:
    assert " at 0x" not in repr(spec_of(OWN, **{"data/charts.py": FUNCTION}))
    assert " at 0x" not in repr(spec_of(GOOD))


def test_a_function_that_nobody_has_allowed_is_not_run() -> None:
    world = World.of_files({"data/charts.toml": OWN, "data/charts.py": "raise SystemExit"})
    (fault,) = load_charts(world, PACKAGE).diagnostics
    assert fault.rule == "not-allowed"
    assert fault.place == Span("data/charts.toml", 3, 1)
    assert "run: reportgen trust data/charts.py" in fault.hints[0]


@pytest.mark.parametrize(
    "source", ["raise SystemExit\ndef lanes(s): ...", "def lanes(stage):\n    raise SystemExit\n"]
)
def test_a_function_that_ends_the_program_is_refused(source: str) -> None:
    found = charts_of(OWN, PACKAGE, **{"data/charts.py": source})
    faults = found.errors or draw(found.value["growth"], PACKAGE, "en").errors
    assert [fault.message for fault in faults] == ["the function ends the program"]
    assert faults[0].place in (Span("data/charts.py", 1), Span("data/charts.py", 2))


def words_of(frame: Frame) -> str:
    return " ".join(mark.item.text for mark in frame.items if isinstance(mark.item, GlyphRun))


FRAME = """\
def lanes(stage):
    frame = stage.frame
    stage.open(100).text(0, 20, f"{len(frame)} {frame['value'].sum():.0f}", "label")
"""


def test_a_function_is_given_the_rows_that_its_chart_selects_as_a_frame() -> None:
    everything = draw(spec_of(OWN, **{"data/charts.py": FRAME}), PACKAGE, "en").value
    selected = draw(
        spec_of(f'{OWN}where = {{ year = "2021" }}\n', **{"data/charts.py": FRAME}), PACKAGE, "en"
    ).value
    rows = PACKAGE.tables["t"].rows
    few = [row for row in rows if row.values["year"] == "2021"]
    for drawing, chosen in ((everything, rows), (selected, few)):
        total = sum(row.values["value"] for row in chosen)
        assert f"{len(chosen)} {total}" in words_of(drawing.frame)


DRAWING = """\
from reportlab.graphics.shapes import Drawing, Rect, String

def lanes(stage):
    drawing = Drawing(WIDTH, 100)
    drawing.add(Rect(0, 0, 50, 100))
    drawing.add(String(0, 50, stage.name("a")))
    return drawing
"""


def test_a_function_may_return_a_drawing_of_reportlabs() -> None:
    source = DRAWING.replace("WIDTH", "stage.width")
    drawing = draw(spec_of(OWN, **{"data/charts.py": source}), PACKAGE, "en").value
    assert drawing.frame.height == pytest.approx(7 * 16)
    assert len(drawing.frame.items) == 2
    assert drawing.alt.startswith("Chart, 2021–2023")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (DRAWING.replace("WIDTH", "stage.width + 9"), "pt wide, and there are"),
        (DRAWING.replace("WIDTH", "-stage"), "TypeError"),
        (
            DRAWING.replace("Drawing(WIDTH, 100)", "Drawing(9, 9, transform=(0, 0, 0, 0, 0, 0))"),
            "ZeroDivisionError",
        ),
        ("def lanes(stage):\n    return 1\n", "lanes opened no sheet"),
    ],
)
def test_a_drawing_that_cannot_be_shown_is_refused(source: str, said: str) -> None:
    (fault,) = draw(spec_of(OWN, **{"data/charts.py": source}), PACKAGE, "en").errors
    assert said in fault.message
    assert fault.hints


def test_a_chart_on_a_table_that_could_not_be_read_is_left_out_as_its_fault_is_already_reported() -> None:
    package = DataPackage("test", {}, {}, broken=frozenset({"t"}))
    read = charts_of(GOOD, package)
    assert (read.value, read.diagnostics) == ({}, ())
