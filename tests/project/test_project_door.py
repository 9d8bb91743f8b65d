"""The door: what a program or a notebook is told of a project, and what it can make."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tomllib
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

import reportgen
from reportgen.base.diagnostics import Result
from reportgen.base.world import World
from reportgen.build.watched import runs_a_program
from reportgen.data.package import Code, CodeList, Column, DataPackage, Row, Table
from reportgen.edition.document import Text
from reportgen.project.fact import sentences
from reportgen.project.project import Project
from reportgen.project.table import show_table

ROOT = Path(__file__).parents[2]
PANDAS = (ROOT / "docs/pandas.md").read_text(encoding="utf-8")
CELL = "2013,applications,2000,"


def change(folder: Path, path: str, old: str, new: str) -> None:
    file = folder / path
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_every_public_name_is_there() -> None:
    assert dir(reportgen) == sorted(reportgen.__all__)
    assert all(hasattr(reportgen, name) for name in reportgen.__all__)
    with pytest.raises(AttributeError, match="has no opened"):
        reportgen.opened  # noqa: B018


def test_importing_the_door_imports_nothing_behind_it() -> None:
    program = "import reportgen, sys; print(*sorted(m for m in sys.modules if m.startswith('reportgen')))"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["reportgen", "reportgen.base", "reportgen.base.version"]


def test_the_version_is_said_the_same_everywhere() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert reportgen.__version__ == declared
    assert f"## {declared}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_module_runs_as_the_command() -> None:
    command = [sys.executable, "-m", "reportgen", "--version"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert done.stdout == f"reportgen {reportgen.__version__}\n"


def test_a_folder_that_is_no_project_is_refused(tmp_path: Path) -> None:
    with pytest.raises(reportgen.Refused, match="is not a project") as refused:
        reportgen.open(tmp_path)
    assert [d.rule for d in refused.value.diagnostics] == ["not-a-project"]


def test_a_fact_says_how_it_is_made_and_where_it_is_printed(project: reportgen.Project) -> None:
    fact = project.facts["p1.applications.cagr"]
    assert isinstance(fact.value, Decimal)
    assert round(fact.value, 4) == Decimal("0.2130")
    assert "13,792 in 2023 / 2,000 in 2013" in fact.formula
    assert "data/cn-yearly.csv, row 2, column value" in map(str, fact.cells)
    assert {p.edition for p in fact.printed} == set(project.editions) == {"zh", "en"}
    assert {p.text for p in fact.printed} >= {"21.3", "21.3%"}
    assert str(fact).startswith("p1.applications.cagr = 0.2129969959… (ratio)")


def test_a_fact_is_shown_in_a_sentence_of_each_language(project: reportgen.Project) -> None:
    sentences = project.facts["p1.applications.cagr"].sentences
    assert "年均增长21.3%" in sentences["zh"]
    assert sentences["en"].startswith("In 2013–2023, China filed 70,000 patent applications")
    assert sentences["en"].endswith(".")
    html = project.facts["p1.applications.cagr"]._repr_html_()
    assert all(f'<p lang="{name}">' in html for name in ("zh", "en"))


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        (("甲。", "*7", "万件。乙。"), "7万件。"), (("甲；", "乙", "*7", "万件"), "乙7万件"),
        (("One. ", "*Seven", " is it. Two."), "Seven is it."), (("One is ", "*7", ". Two."), "One is 7."),
    ],
)  # fmt: skip
def test_a_facts_sentence_is_the_one_that_it_stands_in(texts: tuple[str, ...], sentence: str) -> None:
    """Also where it is the first or the last word; its text is marked by a star."""
    content = tuple(Text(text.lstrip("*"), fact="a" if text[0] == "*" else None) for text in texts)
    assert list(sentences(content, "a")) == [sentence]


def test_every_fact_that_prose_prints_has_its_sentence(project: reportgen.Project) -> None:
    for fact in project.facts.values():
        in_prose = {p.edition for p in fact.printed if p.place is not None}
        assert in_prose <= set(fact.sentences), fact.id


def test_facts_are_a_frame_with_exact_values(project: reportgen.Project) -> None:
    frame = project.facts.to_frame()
    assert list(frame.index) == list(project.facts)
    assert frame.loc["p1.applications.total", "value"] == Decimal(70000)
    named = re.findall(r"`(\w+)`", PANDAS.partition("The frame of the facts has")[2].partition(".")[0])
    assert list(frame.columns) == [name for name in named if name != "Float64"]


def test_a_tables_codes_are_in_the_order_of_their_list(project: reportgen.Project) -> None:
    table = project.table("cn-fields")
    listed = list(table.code_lists[table.columns["field"].code_list or ""].codes)
    assert table.to_frame()["field"].cat.categories.tolist() == listed


def test_claims_say_whether_they_hold(project: reportgen.Project) -> None:
    assert all(claim.holds for claim in project.claims.values())
    assert project.claims["p4.accelerates"].facts


@pytest.mark.parametrize("edition", ["zh", "en"])
def test_a_figure_is_svg_png_data_and_words(edition: str, project: reportgen.Project) -> None:
    figure = project.figure("applications-grants", edition=edition)
    assert ElementTree.fromstring(figure.svg).tag.endswith("svg")
    assert figure._repr_svg_() == figure.svg
    with Image.open(io.BytesIO(figure.png(320))) as png:
        assert (png.width, png.info["Description"]) == (320, figure.alt)
    assert figure.data.name == "cn-yearly"
    assert figure.description.startswith(figure.alt)
    assert figure.short_number == "1-1"
    assert figure.caption


def test_figures_come_in_the_reports_order(project: reportgen.Project) -> None:
    figures = project.figures()
    assert next(iter(figures)) == "applications-grants"
    assert len(figures) == 12
    pages = [figure.page for figure in figures.values()]
    assert pages == sorted(pages)


def test_a_table_has_its_columns_and_its_rows(project: reportgen.Project) -> None:
    table = project.table("cn-yearly")
    assert list(table.columns)[:3] == ["year", "measure", "value"]
    assert table.rows[0].values["value"] == Decimal(2000)
    html = ElementTree.fromstring(table._repr_html_())
    assert [cell.text for cell in html.iter("th")][:3] == ["年份", "指标", "数量"]
    assert len(list(html.iter("tr"))) == 1 + len(table.rows)
    assert repr(table) == "<table cn-yearly: 22 rows of year, measure, value, obs_status, basis>"


def test_a_long_table_is_shown_in_part(own: Path) -> None:
    table = reportgen.open(own).table("cn-yearly")
    many = type(table)(
        **{f: getattr(table, f) for f in table.__dataclass_fields__} | {"rows": table.rows * 9}
    )
    assert "60 of 198 rows" in many._repr_html_()


def test_a_table_shows_names_as_text_and_estimates_in_italics() -> None:
    columns = {
        "field": Column("field", "string", "dimension", "fields"),
        "value": Column("value", "number", "measure"),
        "obs_status": Column("obs_status", "string", "attribute"),
    }
    rows = tuple(
        Row({"field": "a", "value": Decimal(value), "obs_status": status}, "data/t.csv", value)
        for value, status in ((2, "A"), (3, "E"))
    )
    package = DataPackage("t", {}, {"fields": CodeList("fields", {"a": Code("a", {"en": "<i>R&D</i>"})})})
    shown = show_table(Table("t", "data/t.csv", columns, rows), package, "en")._repr_html_()
    assert shown.count("<td>&lt;i&gt;R&amp;D&lt;/i&gt;</td>") == 2
    assert "R&D" not in shown
    assert ('right">2</td>' in shown, 'right"><i>3</i></td>' in shown) == (True, True)


def test_pages_are_pictures_and_words(project: reportgen.Project) -> None:
    pages = project.pages("en")
    assert [page.label for page in pages[2:5]] == ["iii", "iv", "v"]
    assert "Contents" in "".join(page.text for page in pages[:5])
    with Image.open(io.BytesIO(pages[0]._repr_png_())) as png:
        assert png.size == (794, 1078)


def test_a_build_gives_files_pages_facts_and_diagnostics(own: Path, tmp_path: Path) -> None:
    project = reportgen.open(own)
    built = project.build(editions=["en"], profiles=["press"], out=tmp_path / "out")
    assert [path.name.split(".", 1)[1] for path in built.files] == ["en.press.pdf", "en.cover.pdf", "json"]
    assert built.file("en", "cover").read_bytes().startswith(b"%PDF")
    assert list(built.pages) == ["en"]
    assert built.diagnostics == ()
    assert built.facts["p1.applications.cagr"].printed
    with pytest.raises(reportgen.UnknownName, match=r"there is no file zh\.screen"):
        built.file("zh", "screen")
    with pytest.raises(reportgen.UnknownName, match="did you mean screen"):
        project.build(profiles=["scren"])  # type: ignore[list-item]


def test_a_build_with_errors_is_refused_with_every_diagnostic_and_writes_nothing(own: Path) -> None:
    change(own, "data/cn-yearly.csv", CELL, "2013,applications,many,")
    change(own, "data/manuscript/10-summary.md", ":::{points}", ":::{pionts}")
    project = reportgen.open(own)
    with pytest.raises(reportgen.Refused) as refused:
        project.build()
    files = {d.place.file for d in refused.value.diagnostics if d.place}
    assert {"data/cn-yearly.csv", "data/manuscript/10-summary.md"} <= files
    assert set(refused.value.diagnostics) == set(project.check())
    assert not (own / "out").exists()
    with pytest.raises(reportgen.Refused):
        project.figure("applications-grants")


def test_what_a_project_says_is_what_its_files_say_now(own: Path) -> None:
    project = reportgen.open(own)
    before = project.facts["p1.applications.total"]
    assert project.sources() is project.sources()
    change(own, "data/cn-yearly.csv", CELL, "2013,applications,2001,")
    after = project.facts["p1.applications.total"]
    assert isinstance(before.value, Decimal)
    assert after.value == before.value + 1


@pytest.mark.parametrize(
    ("ask", "hint"),
    [
        (lambda p: p.facts["p1.applications.cgar"], "did you mean p1.applications.cagr"),
        (lambda p: p.claims["p4.acelerates"], "did you mean p4.accelerates"),
        (lambda p: p.table("cn-yaerly"), "did you mean cn-yearly"),
        (lambda p: p.figure("aplications-grants"), "did you mean applications-grants"),
        (lambda p: p.figure("applications-grants", edition="fr"), "there are en, zh"),
        (lambda p: p.pages("de"), "there are en, zh"),
    ],
)
def test_an_unknown_name_is_a_key_error_that_names_the_closest(
    ask: object, hint: str, project: reportgen.Project
) -> None:
    assert callable(ask)
    with pytest.raises(KeyError, match=hint):
        ask(project)


def test_a_fact_that_cannot_be_computed_is_unknown_and_its_fault_is_told(own: Path) -> None:
    change(own, "data/cn-yearly.csv", CELL, "2013,applications,many,")
    with pytest.raises(reportgen.UnknownName, match=r"data/cn-yearly\.csv, row 2, column value"):
        reportgen.open(own).facts["p1.applications.total"]


def test_functions_of_the_project_are_told_from_its_other_files() -> None:
    assert runs_a_program({("read", "data/chart.py"): "0"})
    assert not runs_a_program({("read", "data/chart.toml"): "0", ("exists", "data/chart.py"): "1"})


@pytest.mark.parametrize(("path", "times"), [("data/cells.csv", 1), ("data/prepare.py", 2)])
def test_what_a_program_made_is_made_again(path: str, times: int, tmp_path: Path) -> None:
    """It may rest on anything: the time, a file elsewhere; what rests on the project's files alone is remembered."""
    (tmp_path / "data").mkdir()
    (tmp_path / path).write_text("a\n", encoding="utf-8")
    project = Project(World(tmp_path))
    made: list[object] = []

    def make(world: World) -> Result[int]:
        made.append(world.read_text(path))
        return Result(len(made))

    assert [project._now("answer", make).value for _ in range(2)] == [1, times]
