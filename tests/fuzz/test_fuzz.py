"""Sixty mutated projects are each built or refused; and the fuzzer notices what it is there for."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from fuzz_cases import EDITS, Case, Edit, edited, make_case
from fuzz_runs import fresh, judge, run

from fuzz import smallest, try_case

HERE, ROOT = Path(__file__).parent, Path(__file__).parents[2]
SMALL = {"one-figure": 6, "tutorial": 4, "workbook": 2, "two-languages": 1, "bulletin": 1}
COUNT = 60
MANY = 600


def _alone(script: str, *arguments: str) -> str:
    """Run a script of this folder in a process of its own; return what it prints.

    The fuzzer forks, and a process that runs tests has threads whose locks a forked child may never get.
    """
    command = [sys.executable, str(HERE / script), *arguments]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def _all_are_built_or_refused(count: int, seed: str, keep: Path) -> None:
    told = _alone("fuzz.py", "--count", str(count), "--seed", seed, "--keep", str(keep))
    counts = {
        kind: int(number.replace(",", ""))
        for number, kind in re.findall(r"^ *([\d,]+) +[\d.]+% +(\w+)$", told, re.M)
    }
    assert sum(counts.values()) == count
    assert set(counts) == {"built", "refused"}
    assert min(counts.values()) > count / 5


def test_mutated_projects_are_built_or_refused(tmp_path: Path) -> None:
    _all_are_built_or_refused(COUNT, "continuous", tmp_path)


@pytest.mark.study
def test_many_mutated_projects_are_built_or_refused(tmp_path: Path) -> None:
    _all_are_built_or_refused(MANY, "study", tmp_path)


def test_damaged_files_and_random_sheets_are_judged(tmp_path: Path) -> None:
    """A few of what ``fuzz_commands.py`` tries by the thousand."""
    told = _alone("fuzz_commands.py", "--count", "8", "--of", "one-figure", "--keep", str(tmp_path))
    assert [line for line in told.splitlines() if line in ("preflight", "import")] == ["preflight", "import"]


def test_the_same_seed_makes_the_same_projects() -> None:
    for number in range(40):
        case = make_case("x", number, SMALL)
        assert case == make_case("x", number, SMALL)
        assert edited(case) == edited(case)
        assert case.edits


def test_a_kept_case_is_the_same_again(tmp_path: Path) -> None:
    case = make_case("x", 1, SMALL)
    case.write(tmp_path / "kept.json", verdict="crash")
    assert Case.read(tmp_path / "kept.json") == case


def _leaves_a_file(folder: Path) -> int:
    (folder / "data/x.tmp").write_bytes(b"")
    return 1


def _half(folder: Path) -> int:
    (folder / "out").mkdir()
    (folder / "out/a.pdf").write_bytes(b"")
    return 1


def _says(text: str, code: int = 1) -> Callable[[Path], int]:
    def work(_: Path) -> int:
        print(text)
        return code

    return work


def _refuses(file: str | None, hints: list[str]) -> Callable[[Path], int]:
    fault = {"severity": "error", "rule": "x", "text": "", "file": file, "hints": hints}
    return _says(json.dumps({"diagnostics": [fault]}))


def _crashes(_: Path) -> int:
    raise ValueError


def _takes_memory(_: Path) -> int:
    return len(bytearray(2_000_000_000))


def _hangs(folder: Path) -> int:
    import os

    os.mkfifo(folder / "pipe")
    return len((folder / "pipe").read_bytes())


@pytest.mark.parametrize(
    ("work", "kind"),
    [
        (_crashes, "crash"),
        (_says("", code=3), "crash"),
        (_takes_memory, "crash"),
        (_hangs, "timeout"),
        (_leaves_a_file, "stray-file"),
        (_half, "half-written"),
        (_says("{}"), "no-json"),
        (_says('{"diagnostics": []}'), "no-diagnostic"),
        (_refuses(None, [""]), "no-place"),
        (_refuses("x", []), "no-hint"),
        (_says("\x1b[31m"), "control"),
        (_says("", code=0), "bad-output"),
        (_refuses("x", [""]), "refused"),
    ],
)  # fmt: skip
def test_each_kind_of_fault_is_noticed(work: Callable[[Path], int], kind: str, tmp_path: Path) -> None:
    folder = fresh(tmp_path / "project")
    (folder / "data").mkdir()
    ran = run(lambda: work(folder), tmp_path)
    assert judge(ran, folder, {"data", "pipe"}, as_json=True, builds=True).kind == kind


def test_a_failure_is_kept_with_the_edits_that_it_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault that only the second of three edits brings about."""
    import fuzz as fuzzer

    def planted(_: object, folder: Path, **__: bool) -> Callable[[], int]:
        return lambda: 3 if not (folder / "data/charts.toml").read_bytes() else 0

    monkeypatch.setattr(fuzzer, "reportgen", planted)
    monkeypatch.setitem(EDITS, "empty", lambda *_: b"")
    edits = (
        Edit("data/report.toml", "line", 1),
        Edit("data/charts.toml", "empty", 2),
        Edit("data/facts.toml", "line", 3),
    )
    case = Case("tutorial", edits, ("check",))
    verdict, _ = try_case(case, tmp_path)
    assert verdict.kind == "crash"
    assert smallest(case, verdict, tmp_path).edits == edits[1:2]
