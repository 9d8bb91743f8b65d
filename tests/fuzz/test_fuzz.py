"""Sixty mutated projects are each built or refused; and the fuzzer notices what it is there for."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from fuzz_cases import EDITS, Case, Edit, edited, make_case
from fuzz_commands import finished, try_import, try_preflight
from fuzz_runs import fresh, judge, run

from fuzz import fuzz, smallest, try_case, warm

SMALL = {"one-figure": 6, "tutorial": 4, "workbook": 2, "two-languages": 1, "bulletin": 1}
COUNT = 60
MANY = 600


def _all_are_built_or_refused(cases: Iterator[Case], count: int, beside: Path) -> None:
    warm(beside)
    tally = fuzz(cases, beside, say=False)
    assert tally.faults == 0, "\n".join(tally.lines())
    assert tally.verdicts["built"] > count / 5
    assert tally.verdicts["refused"] > count / 5


def test_mutated_projects_are_built_or_refused(tmp_path: Path) -> None:
    _all_are_built_or_refused((make_case("continuous", n, SMALL) for n in range(COUNT)), COUNT, tmp_path)


@pytest.mark.study
def test_many_mutated_projects_are_built_or_refused(tmp_path: Path) -> None:
    _all_are_built_or_refused((make_case("study", n) for n in range(MANY)), MANY, tmp_path)


def test_damaged_files_and_random_sheets_are_judged(tmp_path: Path) -> None:
    """A few of what ``fuzz_commands.py`` tries by the thousand."""
    files = finished(tmp_path, ("one-figure",))
    for number in range(8):
        for verdict, ran in (
            try_preflight(files, Random(f"preflight/{number}"), tmp_path),
            try_import(Random(f"import/{number}"), tmp_path),
        ):
            assert not verdict.is_fault, f"{number}: {verdict}\n{ran.out}\n{ran.err}"


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
