"""Tables that functions of the project make: what they are given, what is checked, and each way that they can fail."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import frictionless
import pytest

from reportgen.base.diagnostics import CellRef, Diagnostic, Result, Severity, Span
from reportgen.base.functions import Permission, digest_of_source, read_trusted
from reportgen.base.world import World
from reportgen.data import callfunction
from reportgen.data.load import load_package
from reportgen.data.package import DataPackage, Table

T = TypeVar("T")

YEARLY = "year,field,value,obs_status\n2013,optics,10,A\n2013,control,30,A\n2014,optics,12.50,E\n2014,control,1,A\n"
LISTS = {
    "fields": "code,name_zh,name_en\noptics,光学,Optics\ncontrol,控制,Control\n",
    "statuses": "code,name_zh,name_en\nA,正常,Normal\nE,估计,Estimated\nO,缺失,Missing\n",
}
LARGEST = "def made(yearly):\n    return yearly.sort_values('value', ascending=False).head(2)\n"


def field(name: str, kind: str = "string", code_list: str | None = None) -> dict[str, Any]:
    return {"name": name, "type": kind, "reportgen": {"code_list": code_list} if code_list else {}}


SCHEMA = {
    "fields": [
        field("year", "year"), field("field", code_list="fields"), field("value", "number"),
        field("obs_status", code_list="statuses"),
    ],
    "primaryKey": ["year", "field"],
}  # fmt: skip
HEADER = [["year", "field", "value", "obs_status"]]


def made_table(name: str = "top", **ours: Any) -> dict[str, Any]:
    declared = {"transform": "prepare.py:made", "inputs": ["yearly"], **ours}
    return {"name": name, "data": HEADER, "schema": SCHEMA, "reportgen": declared}


def descriptor(*made: dict[str, Any]) -> dict[str, Any]:
    yearly = {"name": "yearly", "path": "yearly.csv", "schema": SCHEMA}
    lists = [
        {
            "name": name,
            "path": f"{name}.csv",
            "schema": {"fields": [field("code"), field("name_zh"), field("name_en")], "primaryKey": ["code"]},
            "reportgen": {"role": "code-list"},
        }
        for name in LISTS
    ]
    return {"name": "test", "resources": [*(made or (made_table(),)), yearly, *lists]}


def world(source: str = LARGEST, *made: dict[str, Any], **files: str) -> World:
    contents = {
        "data/datapackage.json": json.dumps(descriptor(*made), indent=1),
        "data/yearly.csv": YEARLY,
        "data/prepare.py": source,
        **{f"data/{name}.csv": text for name, text in LISTS.items()},
        **{f"data/{name.replace('_', '.')}": text for name, text in files.items()},
    }
    return World(
        None, {path: text.encode() for path, text in contents.items()}, None, Permission(everything=True)
    )


def load(source: str = LARGEST, *made: dict[str, Any], **files: str) -> Result[DataPackage]:
    return load_package(world(source, *made, **files))


def top(source: str = LARGEST) -> Table:
    found = load(source)
    assert found.diagnostics == ()
    return found.value.tables["top"]


def returning(expression: str) -> str:
    return f"import pandas as pd\n\ndef made(yearly):\n    return {expression}\n"


def fault_of(source: str) -> Diagnostic:
    (fault,) = load(source).diagnostics
    return fault


# ---- what is made ----------------------------------------------------------------------------------------------


def test_a_function_makes_a_table_of_tables() -> None:
    table = top()
    assert [row.values["value"] for row in table.rows] == [Decimal(30), Decimal("12.5")]
    assert [row.values["year"] for row in table.rows] == ["2013", "2014"]
    assert [row.status for row in table.rows] == ["A", "E"]


def test_each_row_is_traced_to_the_rows_whose_labels_it_keeps() -> None:
    assert [[row.number for row in made.origins] for made in top().rows] == [[3], [4]]
    source = (
        "def made(yearly):\n"
        "    groups = yearly.reset_index().groupby('year', observed=True)\n"
        "    frame = groups.agg(value=('value', 'sum'), origin=('origin', list)).reset_index()\n"
        "    return frame.assign(field='optics', obs_status='E')\n"
    )
    rows = top(source).rows
    assert [[row.number for row in made.origins] for made in rows] == [[2, 3], [4, 5]]
    cells = [row.ref(column) for row, column in rows[0].sources("value")]
    assert cells == [CellRef("data/yearly.csv", 2, "value"), CellRef("data/yearly.csv", 3, "value")]


def test_a_row_without_labels_is_traced_to_the_function() -> None:
    (row, *_) = top(LARGEST.replace(".head(2)", ".head(2).reset_index(drop=True)")).rows
    assert row.origins == ()
    assert [str(cell.ref(column)) for cell, column in row.sources("value")] == [
        "data/prepare.py:1 (top), row 2, column value"
    ]


def test_a_renamed_column_is_traced_to_the_numbers_of_its_row() -> None:
    row = top().rows[0]
    assert [(cell.number, column) for cell, column in row.sources("share")] == [(3, "value")]


CORRECTIONS = "date,table,key,column,old value,new value,reason,approved by,severity\n2024-01-01,"


def test_a_function_is_given_corrected_tables() -> None:
    found = load(corrections_csv=CORRECTIONS + "yearly,year=2013;field=control,value,30,31,slip,Li,minor\n")
    assert found.diagnostics == ()
    row = found.value.tables["top"].rows[0]
    assert row.values["value"] == 31
    ((source, column),) = row.sources("value")
    assert source.corrections[column][0].new == "31"


def test_a_made_table_is_not_corrected_itself() -> None:
    found = load(corrections_csv=CORRECTIONS + "top,year=2013;field=control,value,30,31,slip,Li,minor\n")
    (fault,) = found.diagnostics
    assert fault.message == "the table top is made by prepare.py:made"
    assert fault.hints == ("correct what it is made from: yearly",)


def test_a_table_may_be_made_of_a_made_one() -> None:
    again = made_table("again", inputs=["top"])
    found = load(LARGEST, made_table(), again)
    assert found.ok
    ((row, column),) = found.value.tables["again"].rows[0].sources("value")
    assert (row.file, row.number, column) == ("data/yearly.csv", 3, "value")
    (fault,) = load(LARGEST, again, made_table()).diagnostics
    assert fault.message == "again is made from top, and no table before it has that name"


def test_functions_are_given_tables_of_their_own() -> None:
    source = (
        "def made(yearly):\n    yearly['value'] = 0\n    return yearly.iloc[:0:-1] if 0 else yearly.head(1)\n"
    )
    found = load(source)
    assert [row.values["value"] for row in found.value.tables["top"].rows] == [0]
    assert found.value.tables["yearly"].rows[0].values["value"] == 10


def test_frictionless_accepts_a_package_with_a_made_table(tmp_path: Path) -> None:
    for path, data in world().files.items():
        (tmp_path / Path(path).name).write_bytes(data)
    assert frictionless.validate(str(tmp_path / "datapackage.json")).valid


def test_whole_numbers_dates_and_exact_decimals_come_back_as_they_are() -> None:
    source = returning(
        "yearly.head(1).assign(value=__import__('decimal').Decimal('0.100000000000000000001'))"
    )
    assert top(source).rows[0].values["value"] == Decimal("0.100000000000000000001")
    assert top(returning("yearly.head(1).assign(value=10**25)")).rows[0].values["value"] == 10**25
    assert top(returning("yearly.head(1).assign(year=2013.0)")).rows[0].values["year"] == "2013"


# ---- what is refused -------------------------------------------------------------------------------------------

LINE = Span("data/prepare.py", 3)


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("yearly.assign(value='many').head(1)", "top, row 2, column value: 'many' is not a number"),
        ("yearly.assign(value=float('inf')).head(1)", "top, row 2, column value: 'inf' is not a number"),
        ("yearly.head(1).assign(value=float('nan'))", "top, row 2, column value: the cell is empty"),
        ("yearly.head(1).assign(value=pd.NA)", "top, row 2, column value: the cell is empty"),
        ("yearly.head(1).assign(value=[[1, 2]])", "top, row 2, column value: '[1, 2]' is not a number"),
        ("yearly.head(1).assign(value=True)", "top, row 2, column value: 'true' is not a number"),
        ("yearly.head(1).assign(year=13)", "top, row 2, column year: '13' is not a year"),
        ("yearly.head(1).assign(field='optic')", "top, row 2, column field: optic is not a code of fields"),
        ("yearly.head(1).assign(obs_status=None)", "top, row 2, column obs_status: the observation has no status"),
        ("yearly.head(2).assign(field='optics')", "top, row 3, column field: year 2013, field optics stands"),
        ("yearly.head(1).drop(columns='value')", "top, row 1, column value: the column value is missing"),
        ("yearly.head(1).assign(more=1)", "top, row 1, column more: the column more is not in the schema of top"),
        ("pd.concat([yearly, yearly], axis=1).head(1)", "top: the header is year,field,value,obs_status,year"),
        ("yearly.head(0)", "top: the table has no rows"),
        ("yearly['value']", "top: made returned a Series, not a DataFrame"),
        ("None", "top: made returned a NoneType, not a DataFrame"),
        ("pd.concat({'a': yearly}, axis=1)", "top: made returned columns in levels"),
    ],
)  # fmt: skip
def test_a_wrong_result_is_told_with_its_cell_and_the_functions_line(expression: str, said: str) -> None:
    found = load(returning(expression)).diagnostics
    assert found[0].message.startswith(said)
    assert found[0].place == LINE
    assert found[0].hints
    if "concat([" not in expression:
        assert len(found) == 1


@pytest.mark.parametrize(
    ("body", "said", "line"),
    [
        ("return 1 / 0", "top: ZeroDivisionError: division by zero", 2),
        ("return yearly['valeu']", "top: KeyError: 'valeu'", 2),
        ("import sys; sys.exit(0)", "top: the function ends the program", 2),
        ("import os; os._exit(0)", "top: made ended its process without a result", 1),
        ("from reportgen.base.diagnostics import Refused; raise Refused([])", "top: Refused", 2),
        ("class E(Exception): __str__ = None\n    raise E()", "top: E", 3),
        ("raise ValueError('x' * 10_000)", f"top: ValueError: {'x' * 250}", 2),
        ("raise KeyboardInterrupt", "top: KeyboardInterrupt", 2),
        ("return made(yearly)", "top: RecursionError: ", 2),
        ("import nothing_of_that_name", "top: ModuleNotFoundError: ", 2),
        ("yearly.query('no such column')", "top: SyntaxError: ", 2),
        ("return made(yearly, 1)", "top: TypeError: ", 2),
    ],
)
def test_a_function_that_fails_is_told_at_its_line(body: str, said: str, line: int) -> None:
    found = load(f"def made(yearly):\n    {body}\n")
    (fault,) = found.diagnostics
    assert fault.message.startswith(said)
    assert fault.place == Span("data/prepare.py", line)
    assert found.value.broken == {"top"}


def test_a_function_of_other_arguments_is_told_at_its_own_line() -> None:
    fault = fault_of("\ndef made(one, two):\n    return one\n")
    assert "TypeError" in fault.message
    assert fault.place == Span("data/prepare.py", 2)


def test_a_function_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(callfunction.limits, "FUNCTION_SECONDS", 0.2)
    fault = fault_of("while True: pass\ndef made(yearly): ...\n")
    assert fault.message == "top: made takes more than 0.2 seconds"
    assert fault.place == Span("data/prepare.py", 2)


def test_what_a_function_prints_is_a_warning(capfd: pytest.CaptureFixture[str]) -> None:
    fault = fault_of("def made(yearly):\n    print(len(yearly), 'rows')\n    return yearly.head(1)\n")
    assert (fault.severity, fault.message) == (Severity.WARNING, "top: made prints '4 rows'")
    assert fault.place == Span("data/prepare.py", 1)
    assert capfd.readouterr().out == ""


def test_what_its_programs_print_is_no_answer_of_ours(capfd: pytest.CaptureFixture[str]) -> None:
    source = "import os\ndef made(yearly):\n    os.system('echo here')\n    return yearly.head(1)\n"
    assert load(source).ok
    assert capfd.readouterr() == ("", "here\n")


def test_facts_of_a_faulty_result_say_nothing_more() -> None:
    assert load(returning("yearly.head(1).assign(value='many')")).value.broken == {"top"}


@pytest.mark.parametrize(
    ("ours", "said"),
    [
        ({"transform": "prepare.py"}, "resources.0.reportgen.transform is 'prepare.py', not FILE.py:FUNCTION"),
        ({"transform": ":made"}, "resources.0.reportgen.transform is ':made', not FILE.py:FUNCTION"),
        ({"transform": "other.py:made"}, ("the function other.py:made cannot be loaded: data/other.py: "
         "the file is missing")),
        ({"transform": "prepare.py:maid"}, "data/prepare.py has no function maid"),
        ({"inputs": ["yearli"]}, "top is made from yearli, and no table before it has that name"),
        ({"transform": "../prepare.py:made"}, None),
    ],
)  # fmt: skip
def test_a_wrong_declaration_is_one_fault(ours: dict[str, Any], said: str | None) -> None:
    (fault,) = load(LARGEST, made_table(**ours)).diagnostics
    assert said is None or fault.message == said
    assert isinstance(fault.place, Span)
    assert (fault.place.file, fault.place.line > 0) == ("data/datapackage.json", True)
    assert fault.hints


def test_a_file_that_is_not_python_is_told_at_its_line() -> None:
    fault = fault_of("x = 1\ndef made(yearly:\n")
    assert fault.message.startswith("the file is not Python")
    assert fault.place == Span("data/prepare.py", 2, 9)


def test_a_table_made_of_a_faulty_one_says_nothing_more() -> None:
    found = load(yearly_csv=YEARLY.replace("30", "thirty"))
    (fault,) = found.diagnostics
    assert fault.place == CellRef("data/yearly.csv", 3, "value")
    assert found.value.broken == {"top"}


def test_without_fork_the_function_runs_in_the_same_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("multiprocessing.get_all_start_methods", lambda: ["spawn"])
    assert len(top().rows) == 2
    assert (
        fault_of("def made(yearly):\n    raise SystemExit\n").message == "top: the function ends the program"
    )


def test_without_pandas_one_line_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pandas", None)
    fault = fault_of(LARGEST)
    assert fault.message == "top: pandas is not installed"
    assert fault.hints == ("install it with: python -m pip install pandas",)


# ---- permission and cache --------------------------------------------------------------------------------------


def test_a_function_that_nobody_has_allowed_does_not_run() -> None:
    (fault,) = load_package(
        replace(world("raise SystemExit\ndef made(t): ..."), permission=Permission())
    ).diagnostics
    assert (fault.rule, fault.message) == ("not-allowed", "data/prepare.py is a program and may not run yet")
    assert "reportgen trust data/prepare.py" in fault.hints[0]


def test_a_file_is_allowed_as_it_was_read_and_no_other(tmp_path: Path) -> None:
    listed = tmp_path / "trusted"
    assert read_trusted(listed) == frozenset()
    listed.write_text(f"{digest_of_source(LARGEST).upper()}  /home/me/data/prepare.py\n\n", encoding="utf-8")
    allowed = Permission(read_trusted(listed))
    assert load_package(replace(world(), permission=allowed)).ok
    assert not load_package(replace(world(LARGEST + "\n"), permission=allowed)).ok


class Kept:
    """A cache in memory."""

    def __init__(self) -> None:
        self.values: dict[tuple[bytes, ...], Any] = {}

    def get_or_make(self, parts: Iterable[bytes], make: Callable[[], T], fits: Callable[[Any], bool]) -> T:
        key = tuple(parts)
        if key not in self.values:
            self.values[key] = make()
        assert fits(self.values[key])
        found: T = self.values[key]
        return found


def test_a_result_is_kept_until_the_function_or_its_inputs_change(tmp_path: Path) -> None:
    kept, calls = Kept(), tmp_path / "calls"
    source = LARGEST.replace("\n    return", f"\n    open({str(calls)!r}, 'a').write('x')\n    return")

    def loaded(source: str, **files: str) -> DataPackage:
        found = load_package(
            replace(world(source, **files), permission=Permission(everything=True, keeper=kept))
        )
        assert found.ok
        return found.value

    first = loaded(source)
    assert loaded(source) == first
    assert calls.read_text() == "x"
    changed = loaded(source, yearly_csv=YEARLY.replace("30", "31"))
    assert changed.tables["top"].rows[0].values["value"] == 31
    loaded(source + "\n")
    assert calls.read_text() == "xxx"


def test_a_fault_is_not_kept_and_a_warning_comes_with_what_is_kept() -> None:
    for source, times in (
        ("def made(t):\n    return 1\n", 0),
        ("def made(t):\n    print('x')\n    return t\n", 1),
    ):
        kept = Kept()
        given = replace(world(source), permission=Permission(everything=True, keeper=kept))
        assert load_package(given).diagnostics == load_package(given).diagnostics != ()
        assert len(kept.values) == times


def test_a_code_list_cannot_be_made() -> None:
    """Codes are checked before any function runs."""
    found = load(LARGEST, made_table(role="code-list"))
    (fault,) = found.diagnostics
    assert (fault.rule, fault.message) == ("wrong-value", "the code list top is made by a function")
    assert fault.place is not None
    assert fault.place.file == "data/datapackage.json"


def test_a_fault_is_told_at_the_line_that_raises_it_not_at_its_caller() -> None:
    source = "def halved(value):\n    return value / 0\n\n\ndef made(yearly):\n    return halved(1)\n"
    assert fault_of(source).place == Span("data/prepare.py", 2)
