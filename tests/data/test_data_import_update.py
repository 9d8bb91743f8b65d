"""Next year's file: read by last year's decisions, laid over the table by its keys, what changed told."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import frictionless
import pytest
from importing_sheets import TONGUES, Rows, csv_of, plan, refused, short

from reportgen.base.diagnostics import Result
from reportgen.base.world import World
from reportgen.data.importing.drafting import Plan
from reportgen.data.importing.plan import plan_import
from reportgen.data.importing.recipe import Recipe, load_recipe, write_recipe
from reportgen.data.load import load_package

FIRST: Rows = [["地区", "2020", "2021"], ["北京", "12*", "13"], ["天津", "14", "…"]]
SAID: Mapping[str, Any] = {
    "unit": "万吨",
    "flags": {"*": "P"},
    "names": {
        "zh": {"output": "产量"},
        "en": {"output": "Output", "北京": "Beijing", "天津": "Tianjin", "万吨": "10,000 t"},
    },
}


def after(made: Plan, world: World | None = None) -> World:
    """Return the project as it is once a plan is written."""
    return World.of_files({**(world.files if world else {}), **made.files})


@pytest.fixture
def project() -> World:
    return after(plan(csv_of(FIRST), "output-2021.csv", **SAID))


def again(project: World, rows: Rows, *, replaces: bool = False, **asked: Any) -> Result[Plan]:
    return plan_import(project, csv_of(rows), "output-2022.csv", TONGUES, Recipe(**asked), replaces=replaces)


def test_the_same_file_asks_nothing_and_changes_nothing(project: World) -> None:
    made = again(project, FIRST)
    assert made.diagnostics == ()
    assert made.value.questions.count == 0
    assert made.value.changes == ("0 rows are new, 4 are as they were",)
    assert after(made.value, project).files["data/output.csv"] == project.files["data/output.csv"]
    assert "data/datapackage.json" not in made.value.files


def test_new_years_are_appended(project: World) -> None:
    made = again(project, [["地区", "2021", "2022"], ["北京", "13", "15*"], ["天津", "…", "16"]])
    assert made.diagnostics == ()
    assert made.value.changes == ("2 rows are new, 2 are as they were",)
    lines = made.value.files["data/output.csv"].decode().splitlines()
    assert lines[:5] == project.files["data/output.csv"].decode().splitlines()
    assert lines[5:] == ["2022,beijing,15,P,", "2022,tianjin,16,A,"]


def test_changed_values_are_told_and_taken_only_when_asked(project: World) -> None:
    rows = [["地区", "2021", "2022"], ["北京", "13.5", "15"], ["天津", "9", "16"]]
    (fault,) = again(project, rows).errors
    assert fault.rule == "changed-values"
    assert "2021, beijing was 13 (A), is 13.5 (A)" in fault.message
    made = again(project, rows, replaces=True)
    assert made.ok
    assert b"2021,beijing,13.5,A,\n" in made.value.files["data/output.csv"]
    assert b"2020,beijing,12,P,\n" in made.value.files["data/output.csv"]
    assert made.value.changes[1:] == (
        "2021, beijing: 13 (A) becomes 13.5 (A)",
        "2021, tianjin: no value (O) becomes 9 (A)",
    )


def test_new_and_lost_labels_are_named(project: World) -> None:
    made = again(project, [["地区", "2022"], ["北京", "15"], ["河北", "16"]])
    assert [(d.rule, d.severity.value) for d in made.diagnostics] == [
        ("new-label", "warning"),
        ("lost-label", "warning"),
    ]
    assert "河北" in made.diagnostics[0].message
    assert "天津" in made.diagnostics[1].message
    assert made.value.questions.names["en"][0] == "河北"
    assert made.value.recipe.labels["region"].keys() == {"北京", "天津", "河北"}


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([["地区", "产品", "2022"], ["北京", "煤", "15"], ["天津", "油", "1"]], "the columns of output were"),
        ([["年份", "月份", "北京"], ["2022", "1月", "15"]], "the columns of output were"),
        ([["单位：亿吨", ""], ["地区", "2022"], ["北京", "15"]], "were in u01"),
    ],
    ids=["another dimension", "other periods", "another unit"],
)
def test_another_shape_is_refused(project: World, rows: Rows, words: str) -> None:
    (fault,) = again(project, rows).errors
    assert fault.rule == "changed-shape"
    assert words in fault.message


def test_a_table_that_was_not_imported_is_never_overwritten(project: World) -> None:
    (fault,) = refused(csv_of(FIRST), "region.csv", project, table="output-region", **SAID)
    assert fault.rule == "table-exists"
    own = World.of_files({**project.files, "data/mine.csv": b"a,b\n1,2\n"})
    (fault,) = refused(csv_of(FIRST), "mine.csv", own, **SAID)
    assert fault.rule == "table-exists"
    assert "--replace" in fault.hints[0]


def test_replacing_a_table_changes_only_its_entry(project: World) -> None:
    without = {k: v for k, v in project.files.items() if not k.startswith("data/imports")}
    made = plan(csv_of(FIRST), "output.csv", World.of_files(without), replaces=True, **SAID)
    assert made.files["data/datapackage.json"] == project.files["data/datapackage.json"]


def test_decisions_are_read_as_they_were_written() -> None:
    strange = 'a"\\\n\t\x7f“” é'
    recipe = Recipe(
        table="t",
        file=strange,
        sheet="表",
        head=2,
        year=2021,
        notes=(strange,),
        flags={strange: "A"},
        names={"en": {strange: strange}},
        labels={"a b": {strange: "c01"}},
    )
    found = load_recipe(World.of_files({"r.toml": write_recipe(recipe)}), "r.toml")
    assert found.diagnostics == ()
    assert found.value == recipe


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("unitt = 'a'", "unknown-key"),
        ("unit = 3", "wrong-value"),
        ("[flags]\n'*' = 'maybe'", "wrong-value"),
        ("[", "not-toml"),
    ],
)
def test_a_slip_in_the_decisions_is_one_diagnostic(text: str, rule: str) -> None:
    found = load_recipe(World.of_files({"r.toml": text}), "r.toml")
    assert [d.rule for d in found.diagnostics] == [rule]


def test_what_is_imported_loads_without_a_fault_and_suits_frictionless(
    project: World, tmp_path: Path
) -> None:
    second = plan(
        csv_of([["年份", "产品", "产量（万吨）"], ["2020", "煤", "1"], ["2020", "油", "2"]]),
        "b2.csv",
        project,
        names={"en": {"煤": "Coal", "油": "Oil"}},
    )
    for path, data in after(second, project).files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    assert load_package(World(tmp_path), languages=("zh", "en")).diagnostics == ()
    report = frictionless.validate(str(tmp_path / "data/datapackage.json"))
    assert report.valid, report.flatten(["note"])
    assert short(second) == {"2020 煤": "1 A", "2020 油": "2 A"}
