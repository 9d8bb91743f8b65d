"""Bad input: a diagnostic with its place and a remedy, exit code 1, and out/ keeps the last good files whole."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from reportgen.app.command import main

Change = Callable[[str, str, str], None]
TABLE = "data/cn-yearly.csv"
SUMMARY = "data/manuscript/10-summary.md"
PART = "data/manuscript/21-part1.md"
CATALOG = "locales/en/LC_MESSAGES/report.po"


def files_of(folder: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.iterdir())}


@pytest.mark.parametrize(
    ("path", "old", "new", "message"),
    [
        (TABLE, "2013,applications,", "2013,applications,many", f"{TABLE}, row 2, column value: error:"),
        (TABLE, "2013,applications,", "2013,aplications,", f"{TABLE}, row 2, column measure: error:"),
        (TABLE, "year,measure", "yeer,measure", TABLE),
        (TABLE, "2013,applications,", '2013,"applications,', TABLE),
        ("data/report.toml", 'issued = "2024-07"', "issued = 2024-07", "data/report.toml:6"),
        ("data/report.toml", "file_stem = ", "file_stam = ", "data/report.toml:7"),
        ("data/datapackage.json", '"name": "cn-yearly",', '"name": "cn-yearly"', "data/datapackage.json:"),
        (SUMMARY, ":::{points}", ":::{pionts}", f"{SUMMARY}:7:1: error: the directive {{pionts}}"),
        (SUMMARY, "{s.agreements:int}", "{s.agreement:int}", f"{SUMMARY}:3:"),
        (SUMMARY, "{s.agreements:int}", "{s.agreements:integer}", f"{SUMMARY}:3:"),
        (SUMMARY, "{s.agreements:int}", "57", f"{SUMMARY}:3:"),
        (SUMMARY, "claim=p1.cagr_above_summary", "claim=p1.cagr", f"{SUMMARY}:8:"),
        (PART, ":table: cn-yearly", ":table: cn-yearlies", f"{PART}:"),
        (PART, "（见[](#fig-top-companies)）", "（见[](#fig-top-company)）", f"{PART}:29:"),
        (PART, "步伐加快", "步伐加快\U000f0000", f"{PART}:4:"),
        (PART, "步伐加快", "步伐加快\U0001f980", f"{PART}:4:"),
        (CATALOG, 'msgstr "Executive summary"', 'msgstr ""', f"{CATALOG}:"),
        (CATALOG, 'msgstr "Executive summary"', "msgstr Executive summary", f"{CATALOG}:"),
    ],
)
def test_a_fault_is_placed_refuses_the_build_and_leaves_the_last_good_files(
    path: str,
    old: str,
    new: str,
    message: str,
    project: Path,
    change: Change,
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = project / "out"
    out.mkdir()
    (out / "patent-insights-2013-2023.zh.screen.pdf").write_bytes(b"the last good file")
    before = files_of(out)
    change(path, old, new)
    assert main(["build", str(project)]) == 1
    printed = capsys.readouterr().err
    lines = printed.splitlines()
    assert any(line.startswith(message) and "error:" in line for line in lines), printed
    assert "hint:" in printed
    assert "Traceback" not in printed
    assert files_of(out) == before


@pytest.mark.parametrize(
    "path",
    [
        "data/cn-yearly.csv", "data/lists/companies.csv", "data/facts.toml", "data/charts.toml",
        "data/datapackage.json", "locales/en/LC_MESSAGES/report.po", "data/manuscript/21-part1.md",
    ],
)  # fmt: skip
def test_a_missing_file_is_named(path: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / path).unlink()
    assert main(["build", str(project)]) == 1
    printed = capsys.readouterr().err
    named = path if not path.endswith(".md") else "is a file missing from data/manuscript?"
    assert named in printed
    assert "Traceback" not in printed


@pytest.mark.parametrize(
    "path",
    [
        "data/cn-yearly.csv", "data/facts.toml", "data/charts.toml", "data/report.toml", "data/corrections.csv",
        "data/datapackage.json", "locales/en/LC_MESSAGES/report.po", "data/manuscript/10-summary.md",
    ],
)  # fmt: skip
@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"{[(\x00", "一二三".encode("gb18030")])
def test_garbage_is_refused_without_a_traceback(
    path: str, content: bytes, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if path == "data/corrections.csv" and not content:
        content = b"date,table\n"
    (project / path).write_bytes(content)
    assert main(["check", str(project)]) == 1
    printed = capsys.readouterr().err
    assert path in printed
    assert "Traceback" not in printed


def test_every_fault_is_reported_in_one_run(
    project: Path, change: Change, capsys: pytest.CaptureFixture[str]
) -> None:
    change("data/bri-yearly.csv", "2013,applications,", "2013,aplications,")
    change("data/manuscript/10-summary.md", "{s.agreements:int}", "{s.agreement:int}")
    change("data/manuscript/22-part2.md", "优化的营商环境", "优化的营商环境7")
    change("locales/en/LC_MESSAGES/report.po", 'msgstr "Executive summary"', 'msgstr ""')
    assert main(["build", str(project)]) == 1
    printed = capsys.readouterr().err
    for place in ("data/bri-yearly.csv, row ", "10-summary.md:3:", "22-part2.md:", "report.po:"):
        assert any(place in line and "error:" in line for line in printed.splitlines()), printed


def test_a_claim_that_no_longer_holds_refuses_the_build(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = project / "data/green-technologies.csv"
    lines = table.read_text(encoding="utf-8").splitlines()
    table.write_text(
        "\n".join(line.replace("energy_storage", "clean_energy~") for line in lines), encoding="utf-8"
    )
    swapped = table.read_text(encoding="utf-8").replace("clean_energy,", "energy_storage,")
    table.write_text(swapped.replace("clean_energy~", "clean_energy"), encoding="utf-8")
    assert main(["check", str(project)]) == 1
    printed = capsys.readouterr().err
    assert "p4.storage_leads" in printed
    assert "data/facts.toml:" in printed or "24-part4.md:" in printed


def test_a_folder_that_is_no_project_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", str(tmp_path)]) == 1
    assert "is not a project" in capsys.readouterr().err


def test_a_wrong_command_line_exits_with_2() -> None:
    for arguments in (["bild"], ["build", "--profile", "web"], []):
        with pytest.raises(SystemExit) as stopped:
            main(arguments)
        assert stopped.value.code == 2


def test_an_unknown_edition_is_refused(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", str(project), "--edition", "fr"]) == 1
    assert "there are en, zh" in capsys.readouterr().err


def test_a_date_that_is_no_time_is_refused(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    assert main(["build", str(project)]) == 1
    assert "SOURCE_DATE_EPOCH" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("data/datapackage.json", '"name": "cn-yearly",', '"name": "cn-yearly"'),
        ("data/facts.toml", "[report.period]", "[report.period"),
    ],
)
def test_a_broken_foundation_is_one_fault_and_the_manuscripts_own_are_still_found(
    path: str, old: str, new: str, project: Path, change: Change, capsys: pytest.CaptureFixture[str]
) -> None:
    change(path, old, new)
    change(SUMMARY, ":::{points}", ":::{pionts}")
    assert main(["build", str(project)]) == 1
    errors = [line for line in capsys.readouterr().err.splitlines() if "error:" in line]
    assert len(errors) == 2, errors
    assert errors[0].startswith(f"{path}:")
    assert errors[1].startswith(f"{SUMMARY}:7:1:")
