"""How faults are shown: the first three of each kind and a count, all with --all, and as JSON for programs."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from reportgen.app.answer import Answer, as_data, give
from reportgen.app.command import main
from reportgen.app.terminal import SHOWN, Terminal
from reportgen.base.diagnostics import CellRef, Diagnostic, PageRef, Span, error, warning
from reportgen.base.limits import FAULTS_OF_A_KIND

MANY = 6249
TABLE = "data/cn-yearly.csv"


def report(*diagnostics: Diagnostic, show_all: bool = False) -> list[str]:
    terminal = Terminal(show_all, io.StringIO())
    terminal.report(diagnostics)
    assert isinstance(terminal.stream, io.StringIO)
    return terminal.stream.getvalue().splitlines()


def cells(count: int, column: str = "value", file: str = TABLE) -> list[Diagnostic]:
    return [error("not-a-number", f"{k} is no number", CellRef(file, k + 2, column)) for k in range(count)]


def test_many_faults_of_one_kind_are_shown_as_three_and_a_count() -> None:
    assert report(*cells(MANY)) == [
        f"{TABLE}, row 2, column value: error: 0 is no number",
        f"{TABLE}, row 3, column value: error: 1 is no number",
        f"{TABLE}, row 4, column value: error: 2 is no number",
        "… and 6,246 more of this kind; --all shows them",
        "6,249 errors",
    ]


def test_all_shows_each_of_them() -> None:
    said = report(*cells(MANY), show_all=True)
    assert len(said) == MANY + 1
    assert said[-2] == f"{TABLE}, row 6250, column value: error: 6248 is no number"


def test_three_of_a_kind_need_no_count() -> None:
    assert len(report(*cells(SHOWN))) == SHOWN + 1


@pytest.mark.parametrize(
    "other",
    [
        cells(4, column="share"),
        cells(4, file="data/other.csv"),
        [error("not-whole", "x", CellRef(TABLE, k, "value")) for k in range(4)],
        [warning("not-a-number", "x", CellRef(TABLE, k, "value")) for k in range(4)],
    ],
    ids=["another column", "another file", "another rule", "another severity"],
)
def test_each_kind_has_three_of_its_own(other: list[Diagnostic]) -> None:
    said = report(*cells(5), *other)
    assert sum("… and 2 more" in line for line in said) == 1
    assert sum("… and 1 more" in line for line in said) == 1
    assert len(said) == 2 * (SHOWN + 1) + 1


def test_faults_of_lines_are_of_one_kind_whatever_their_column() -> None:
    said = report(*(error("unknown-key", "x", Span("data/a.toml", k, k)) for k in range(1, 6)))
    assert said[SHOWN].startswith("… and 2 more")


def test_a_hint_stands_below_each_fault_that_is_shown() -> None:
    said = report(*(error("unknown-key", "x", Span("a", k), "mend it") for k in range(1, 9)))
    assert said.count("  hint: mend it") == SHOWN


def test_errors_stand_last_and_the_order_of_finding_is_kept() -> None:
    found = [error("a", "1", Span("f")), warning("b", "2", Span("f")), error("a", "3", Span("f"))]
    assert [line[-1] for line in report(*found)[:3]] == ["2", "1", "3"]


@pytest.mark.parametrize(
    ("place", "told"),
    [
        (None, {}),
        (Span("a.toml"), {"file": "a.toml"}),
        (Span("a.toml", 3), {"file": "a.toml", "line": 3}),
        (Span("a.toml", 3, 7), {"file": "a.toml", "line": 3, "column": 7}),
        (CellRef("a.csv", 2, "value"), {"file": "a.csv", "row": 2, "column": "value"}),
        (PageRef("a.pdf", "ii", 1.0, 2.5), {"file": "a.pdf", "page": "ii", "at": [1.0, 2.5]}),
    ],
)
def test_a_diagnostic_is_data_of_one_shape(place: Any, told: dict[str, object]) -> None:
    data = as_data(warning("a-rule", "words", place, "hint 1", "hint 2"))
    assert list(data) == ["severity", "rule", "file", "line", "column", "row", "page", "at", "text", "hints"]
    assert data["hints"] == ["hint 1", "hint 2"]
    assert (data["severity"], data["rule"], data["text"]) == ("warning", "a-rule", "words")
    assert {key: data[key] for key in ("file", "line", "column", "row", "page", "at") if data[key]} == told


def test_as_json_every_fault_is_told_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    assert give(Answer(cells(MANY), ["for people"], {"n": 1}, ["bye"]), Terminal(), as_json=True) == 1
    said = capsys.readouterr()
    answer = json.loads(said.out)
    assert len(answer["diagnostics"]) == MANY
    assert answer["n"] == 1
    assert answer["count"] == {"error": MANY, "warning": 0}
    assert said.err == ""


def spoil(project: Path, count: int) -> None:
    """Give a table so many rows whose value is no number."""
    rows = "".join(f"{1000 + k},applications,x{k},A,made\n" for k in range(count))
    path = project / TABLE
    path.write_text(path.read_text(encoding="utf-8") + rows, encoding="utf-8")


def test_a_column_of_words_is_told_in_a_few_lines_and_in_full_on_demand(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(project, MANY)
    assert main(["facts", "-C", str(project)]) == 1
    short = capsys.readouterr().err.splitlines()
    assert sum("column value: error:" in line for line in short) == SHOWN
    assert any(f"… and {FAULTS_OF_A_KIND - SHOWN} more of this kind" in line for line in short)
    assert any(f"{MANY - FAULTS_OF_A_KIND:,} more rows have the fault not-a-number" in line for line in short)
    assert main(["facts", "-C", str(project), "--all"]) == 1
    full = capsys.readouterr().err.splitlines()
    assert sum("column value: error:" in line for line in full) == FAULTS_OF_A_KIND
    assert main(["facts", "-C", str(project), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)["diagnostics"]
    assert [d["row"] for d in told if d["column"] == "value"] == list(range(24, 24 + FAULTS_OF_A_KIND))


@pytest.mark.parametrize(
    ("arguments", "keys"),
    [
        (["build", "{}", "--edition", "en", "--profile", "screen"], {"files"}),
        (["check", "{}"], set()),
        (["facts", "-C", "{}"], {"facts", "claims"}),
        (["facts", "-C", "{}", "p1.applications.cagr"], {"facts"}),
        (["facts", "-C", "{}", "p4.accelerates"], {"claims"}),
        (["catalog", "-C", "{}", "check"], set()),
        (["catalog", "-C", "{}", "extract"], {"files"}),
        (["figures", "{}", "--edition", "en", "--width", "100"], {"files"}),
        (["fonts", "-C", "{}"], {"faces"}),
        (["fonts", "-C", "{}", "--text", "专"], {"characters"}),
        (["doctor", "{}"], {"found"}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_every_command_answers_as_json(
    arguments: list[str], keys: set[str], project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*(a.format(project) for a in arguments), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert set(answer) == keys | {"count", "diagnostics"}
    assert [d for d in answer["diagnostics"] if d["severity"] == "error"] == []


@pytest.mark.parametrize("command", ["build", "check", "figures", "facts", "catalog", "fonts"])
def test_every_command_refuses_as_json(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = [str(tmp_path)] if command in ("build", "check", "figures") else ["-C", str(tmp_path)]
    assert main([command, *where, *(["check"] if command == "catalog" else []), "--json"]) == 1
    said = capsys.readouterr()
    (fault,) = json.loads(said.out)["diagnostics"]
    assert fault["rule"] == "not-a-project"
    assert "error" not in said.err


@pytest.mark.parametrize("command", ["lines", "read", "preflight"])
def test_commands_for_finished_files_answer_as_json(
    command: str, tmp_path: Path, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", str(project), "--edition", "en", "--profile", "screen", "--draft"]) == 0
    (path,) = (project / "out").glob("*.pdf")
    (tmp_path / "none.pdf").write_bytes(b"words")
    capsys.readouterr()
    assert main([command, str(path), str(tmp_path / "none.pdf"), "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert [file["file"] for file in answer["files"]] == [str(path)]
    assert [d["rule"] for d in answer["diagnostics"] if d["severity"] == "error"] == ["not-a-pdf"]


@pytest.mark.parametrize("as_json", [False, True])
def test_errors_alone_make_a_command_fail(as_json: bool, capsys: pytest.CaptureFixture[str]) -> None:
    terminal = Terminal(stream=io.StringIO())
    codes = [
        give(Answer(found), terminal, as_json=as_json)
        for found in ((), (warning("w", "w"),), (error("e", "e"),), (warning("w", "w"), error("e", "e")))
    ]
    assert codes == [0, 0, 1, 1]
    assert ("diagnostics" in capsys.readouterr().out) == as_json


def test_a_fault_of_the_product_is_told_as_its_own(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With what its makers need to know, and an exit code that no fault of a file has."""

    def broken(*_: object) -> Answer:
        raise RuntimeError("ours")

    monkeypatch.setattr("reportgen.app.doctor.doctor", broken)
    assert main(["doctor"]) == 3
    said = capsys.readouterr().err
    assert "RuntimeError: ours" in said
    assert "this is a fault of reportgen, not of your files" in said
