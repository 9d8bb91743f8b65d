"""Hostile input, a kind a row: it ends in one diagnostic with a place and a hint, in a process with bounded memory."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "fuzz"))

from fuzz_files import Folder, put
from fuzz_projects import PROJECTS, ROOT
from fuzz_runs import fresh, judge, reportgen, run

MANUSCRIPT, REPORT, FACTS = "data/manuscript/10-loans.md", "data/report.toml", "data/facts.toml"
CHARTS, CATALOG, PACKAGE = "data/charts.toml", "locales/en/LC_MESSAGES/report.po", "data/datapackage.json"
OWN = '[loans]\nform = "python:own.py:own"\ntable = "loans"\nx = "year"\nseries = "kind"\n'
FONT = (ROOT / "fonts/SourceSerif4-Bold.ttf").read_bytes()
FACES = b'[faces."Own"]\nfile = "own.ttf"\n'


def formula(text: str) -> str:
    return f'\n[loans.x]\nmeasure = "formula"\nformula = "{text}"\nkind = "number"\n'


def added(path: str, text: str) -> Callable[[Folder], None]:
    def change(files: Folder) -> None:
        before = files.get(path, b"")
        assert isinstance(before, bytes)
        files[path] = before + text.encode()

    return change


def font(data: bytes) -> Callable[[Folder], None]:
    def change(files: Folder) -> None:
        files["fonts/fonts.toml"], files["fonts/own.ttf"] = FACES, data
        added(REPORT, '\n[style.families.serif.han]\nregular = "Own"\n')(files)

    return change


def profile(data: bytes) -> Callable[[Folder], None]:
    def change(files: Folder) -> None:
        files["press.icc"] = data
        added(REPORT, '\n[press]\noutput_condition = "X"\noutput_profile = "press.icc"\n')(files)

    return change


def function(body: str) -> Callable[[Folder], None]:
    def change(files: Folder) -> None:
        lines = "".join(f"    {line}\n" for line in body.split("\n"))
        files["data/own.py"] = f"import os, sys\ndef own(stage):\n{lines}".encode()
        files[CHARTS] = OWN.encode()

    return change


HOSTILE: dict[str, tuple[Callable[[Folder], None], str]] = {
    "a formula of 61 digits": (added(FACTS, formula("9" * 61)), "number-too-long"),
    "a formula of 5,000 digits": (added(FACTS, formula("9" * 5_000)), "number-too-long"),
    "a product of long numbers": (added(FACTS, formula("*".join(["9" * 28] * 150))), "number-too-long"),
    "a rounded product": (added(FACTS, formula(f"round({'*'.join(['9' * 28] * 20)}, 3)")), "out-of-range"),
    "a number of 5,000 digits in TOML": (
        added(REPORT, f"\n[press]\nsignature = {'9' * 5_000}\n"),
        "number-too-long",
    ),
    "a hexadecimal number without end": (
        added(REPORT, f"\n[press]\nsignature = 0x{'f' * 5_000}\n"),
        "number-too-long",
    ),
    "a text without end": (added(REPORT, f'\n[press]\noutput_info = "{"a" * 200_000}"\n'), "text-too-long"),
    "300,000 keys": (added(REPORT, "\n" + "\n".join(f"k{n} = 1" for n in range(300_000))), "file-too-large"),
    "nested TOML": (added(REPORT, f"\nx = {'[' * 3_000}{']' * 3_000}\n"), "nested-too-deeply"),
    "nested stars": (added(MANUSCRIPT, f"\n{'*' * 900}一{'*' * 900}\n"), "nested-too-deeply"),
    "20,000 links that never close": (added(MANUSCRIPT, f"\n{'[a](' * 20_000}\n"), "paragraph-too-long"),
    "a paragraph of a million characters": (
        added(MANUSCRIPT, f"\n{'一' * 1_000_000}\n"),
        "paragraph-too-long",
    ),
    "a word of 100,000 letters": (added(MANUSCRIPT, f"\n{'a' * 100_000}\n"), "paragraph-too-long"),
    "100,000 footnotes": (
        added(MANUSCRIPT, "\n" + "".join(f"[^n{n}]: 注\n\n" for n in range(100_000))),
        "file-too-large",
    ),
    "quotations nested 1,000 deep": (added(MANUSCRIPT, f"\n{'> ' * 1_000}一\n"), "not-in-manuscript"),
    "lists nested 1,000 deep": (added(MANUSCRIPT, f"\n{'- ' * 1_000}一\n"), "not-one-paragraph"),
    "a table of 10,000 columns": (
        added(MANUSCRIPT, f"\n{'|a' * 10_000}|\n{'|-' * 10_000}|\n"),
        "file-too-large",
    ),
    "spaces before what is no list": (added(MANUSCRIPT, f"\n一 {{{' ' * 15_000}!\n"), "open-brace"),
    "a type of 2,000 points": (added(REPORT, '\n[style.paragraphs.body]\nsize = "2000pt"\n'), "wrong-value"),
    "an indent of a kilometre": (
        added(REPORT, '\n[style.paragraphs.body]\nfirst_indent = "1000000mm"\n'),
        "wrong-value",
    ),
    "tracking without end": (added(REPORT, "\n[style.paragraphs.body]\ntracking = 1e29\n"), "wrong-value"),
    "10^9 lines": (added(REPORT, "\n[style.page]\nlines = 1000000000\n"), "wrong-value"),
    "a bleed of 100 m": (added(REPORT, '\n[style.page]\nbleed = "100000mm"\n'), "wrong-value"),
    "a chart of 100 m": (added(CHARTS, 'height = "100000mm"\n'), "figure-too-tall"),
    "no font": (font(b"x" * 1_000), "unfit-font"),
    "a font of the web": (font(b"wOFF" + b"\0" * 400), "unfit-font"),
    "a font that is cut": (font(FONT[:150_000]), "unfit-font"),
    "no profile": (profile(b""), "unfit-profile"),
    "sys.exit in a chart's function": (function("sys.exit(3)"), "function-failed"),
    "os._exit in a chart's function": (function("os._exit(0)"), "function-failed"),
    "a segmentation fault in a chart's function": (
        function("import ctypes\nctypes.string_at(0)"),
        "function-failed",
    ),
    "a chart's function that takes all memory": (
        function("held = []\nwhile True: held.append(bytes(10**7))"),
        "function-failed",
    ),
    "recursion in a chart's function": (function("return own(stage)"), "function-failed"),
    "KeyboardInterrupt in a chart's function": (function("raise KeyboardInterrupt"), "function-failed"),
    "a chart's function that ends its group": (
        function("import signal\nos.kill(os.getpid(), signal.SIGKILL)"),
        "function-failed",
    ),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_input_is_one_diagnostic(kind: str, tmp_path: Path) -> None:
    change, rule = HOSTILE[kind]
    files: Folder = dict(PROJECTS["tutorial"]())
    change(files)
    folder = fresh(tmp_path / "project")
    put(folder, files)
    before = {path.relative_to(folder).as_posix() for path in folder.rglob("*")}
    command = ("build", "--no-cache", "--timings", "--allow-functions")
    ran = run(reportgen(command, folder, as_json=True), tmp_path)
    verdict = judge(ran, folder, before, as_json=True, builds=True)
    assert verdict.kind == "refused", f"{verdict}\n{ran.err}"
    errors = [each for each in json.loads(ran.out)["diagnostics"] if each["severity"] == "error"]
    assert [each["rule"] for each in errors] == [rule]


def test_a_chart_that_never_ends_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from reportgen.base import limits

    monkeypatch.setattr(limits, "FUNCTION_SECONDS", 0.5)
    files: Folder = dict(PROJECTS["tutorial"]())
    function("while True: pass")(files)
    folder = fresh(tmp_path / "project")
    put(folder, files)
    ran = run(reportgen(("check", "--allow-functions"), folder, as_json=True), tmp_path)
    assert ran.code == 1
    errors = [each for each in json.loads(ran.out)["diagnostics"] if each["severity"] == "error"]
    assert [(each["rule"], each["file"], each["line"]) for each in errors] == [
        ("function-too-slow", "data/own.py", 2)
    ]
