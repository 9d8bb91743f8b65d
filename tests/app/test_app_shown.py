"""What reaches a terminal: no escape sequence of a file or a name, in any encoding; and what cannot be written."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from test_app_small_project import add_english, files, replace, write

from reportgen.app.answer import Answer, as_json_text
from reportgen.app.command import main
from reportgen.app.terminal import HARMFUL, Terminal, shown
from reportgen.base.diagnostics import Diagnostic, Faults, Result, Span, error, warning

HOSTILE = "\x1b[2J\x1b]0;t\x07\x7f\x9b31m\u202e\u2066\u2028\r"
RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff]")
ANY = st.text(st.characters(), max_size=40)
ROOT = Path(__file__).parents[2]


def told(diagnostic: Diagnostic, encoding: str = "utf-8") -> str:
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    Terminal(stream=stream).report([diagnostic])
    stream.flush()
    return bytes(stream.buffer.getvalue()).decode(encoding)  # type: ignore[attr-defined]


@given(ANY, st.sampled_from(["utf-8", "ascii", "gb18030", "latin-1"]))
@example(HOSTILE, "utf-8")
@example("图书\ud800", "ascii")
def test_no_words_of_a_file_move_the_cursor_or_end_the_program(words: str, encoding: str) -> None:
    said = told(error("a-rule", words, Span(words, 3), words), encoding)
    assert not RAW.search(said)
    assert len(said.splitlines()) == 3  # the fault, its hint, the count: words make no line of their own
    assert not RAW.search(shown(words, encoding))


@given(ANY)
@example(HOSTILE)
def test_what_json_says_is_safe_and_the_same(words: str) -> None:
    text = as_json_text(Answer([warning("a-rule", words, Span(words), words)], data={"name": words}))
    assert not RAW.search(text.replace("\n", ""))
    read = json.loads(text)
    assert (read["name"], read["diagnostics"][0]["text"]) == (words, words)
    assert read["count"] == {"error": 0, "warning": 1}


def test_words_that_do_no_harm_are_shown_as_they_are() -> None:
    words = "图书 1,234 “é” 🙂 \u200d\t–"
    assert shown(words) == words
    assert shown("\x1b\x9b\u202e") == r"\x1b\x9b\u202e"
    assert shown("图", "ascii") == r"\u56fe"


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """Return the tutorial's report with escape sequences in its title, its data, its ids and its folder's name."""
    folder = tmp_path / "a\x1b[31m\u202ereport"
    for path, text in files().items():
        if path != "data/corrections.csv":
            write(folder, path, text)
    add_english(folder)
    replace(folder, "data/report.toml", "市图书馆服务年报", r"年报\u001B[2J\u202E")
    replace(folder, "data/loans.csv", "scaled to the year", f"scaled {HOSTILE[:-2]}")
    replace(folder, "data/loans.csv", "2023,film,9500", f"2023,film\x1b[2J\x9b,9500{HOSTILE[:-2]}")
    replace(folder, "data/lists/kinds.csv", "Films", "Films\x1b[2J")
    replace(folder, "data/manuscript/10-loans.md", "\n", "\n\n{no\x1b[2J.fact} [x](y\x1b[31m)\n\n")
    return folder


@pytest.mark.parametrize("as_json", [False, True])
@pytest.mark.parametrize(
    "arguments",
    [
        ["build", "{}"],
        ["build", "{}", "--out", "{}/x\x1b[31m"],
        ["check", "{}"],
        ["facts", "-C", "{}"],
        ["facts", "-C", "{}", "no\x1b[31m"],
        ["catalog", "-C", "{}", "check"],
        ["catalog", "-C", "{}", "update"],
        ["figures", "{}"],
        ["fonts", "-C", "{}"],
        ["fonts", "-C", "{}", "--text", "\x1b\u202e"],
        ["trust", "{}/no\x1b[31m.py"],
        ["doctor", "{}"],
        ["lines", "{}/no\x1b[31m.pdf"],
        ["read", "{}/data/loans.csv"],
        ["preflight", "{}/data/loans.csv"],
        ["check", "no\x1b[31m\udcff"],
    ],
    ids=lambda value: " ".join(value[:1]) if isinstance(value, list) else str(value),
)
def test_no_command_sends_an_escape_sequence(
    arguments: list[str], as_json: bool, hostile: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    capfd.readouterr()
    main([a.format(hostile) for a in arguments] + ["--json"] * as_json)
    said = capfd.readouterr()
    assert "Traceback" not in said.err
    for text in (said.out, said.err):
        assert not RAW.search(text), RAW.search(text)
    if as_json:
        json.loads(said.out)


def test_what_is_typed_wrongly_is_shown_and_not_obeyed(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["build", "--no\x1b[31m\u202e"])
    assert not RAW.search(capfd.readouterr().err)


def run(command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    python = f"{sys.executable} -m reportgen"
    return subprocess.run(
        ["bash", "-c", command.replace("reportgen", python, 1)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), **environment},
        check=False,
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full device")
@pytest.mark.parametrize("options", ["facts", "facts --json", "doctor"])
def test_an_answer_for_which_there_is_no_room_is_a_fault(options: str) -> None:
    done = run(f"reportgen {options} > /dev/full")
    assert done.returncode == 1
    assert "error: the answer could not be written: No space left on device" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


@pytest.mark.parametrize("options", ["facts", "facts --json", "--help"])
def test_an_answer_that_nobody_reads_to_its_end_is_none(options: str) -> None:
    done = run(f"set -o pipefail; reportgen {options} | head -c 1")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full device")
def test_work_goes_on_where_its_progress_cannot_be_shown() -> None:
    assert run("reportgen facts p4.leaders 2> /dev/full").returncode == 0


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_closed_streams_are_no_fault(closed: str) -> None:
    assert run(f"reportgen facts p4.leaders {closed}").returncode == 0


@pytest.mark.parametrize(
    "environment",
    [{"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}],
    ids=["PYTHONIOENCODING=ascii", "LC_ALL=C"],
)
@pytest.mark.parametrize("options", ["facts", "facts --json", "fonts --text 专", "facts 没有", "--help"])
def test_a_terminal_of_ascii_alone_is_enough(options: str, environment: dict[str, str]) -> None:
    done = run(f"reportgen {options}", **environment)
    assert done.returncode == (1 if "没有" in options else 0)
    assert "Traceback" not in done.stderr
    assert (done.stdout + done.stderr).isascii()


FOUND = error("a-rule", "found before", Span("data/a.toml", 3), "mend it")


def break_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a pass find two faults and the next one fail inside, as a fault of ours would."""

    def sources(*_: object) -> Result[SimpleNamespace]:
        return Result(SimpleNamespace(report=None), (FOUND,))

    def choose(*_: object) -> Result[None]:
        faults = Faults()
        faults.warning("b-rule", "found meanwhile", Span("data/b.toml"))
        raise RuntimeError("ours\x1b[31m")

    monkeypatch.setattr("reportgen.build.pipeline.load_sources", sources)
    monkeypatch.setattr("reportgen.build.pipeline.choose_editions", choose)


@pytest.mark.parametrize("command", ["check", "build"])
def test_a_fault_of_the_product_hides_nothing_that_was_found_before(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    write(tmp_path, "data/report.toml", "")
    break_pages(monkeypatch)
    assert main([command, str(tmp_path)]) == 3
    said = capsys.readouterr().err
    assert not RAW.search(said)
    parts = (
        "found meanwhile",
        "found before",
        "Traceback",
        "RuntimeError: ours",
        "this is a fault of reportgen",
    )
    order = [said.index(words) for words in parts]
    assert order == sorted(order)
    assert main([command, str(tmp_path), "--json"]) == 3
    told = json.loads(capsys.readouterr().out)
    assert [d["rule"] for d in told["diagnostics"]] == ["a-rule", "b-rule"]


@pytest.mark.parametrize("command", ["build", "figures"])
def test_a_refused_build_says_that_it_has_no_files(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, str(tmp_path), "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert answer["files"] == []
    assert answer["count"] == {"error": 1, "warning": 0}


def test_the_harmful_are_those_that_unicode_names() -> None:
    """Every control character, every mark of direction, every end of a line."""
    import unicodedata

    for code in range(0x110000):
        char = chr(code)
        turns = unicodedata.bidirectional(char) in (
            "LRE",
            "RLE",
            "LRO",
            "RLO",
            "PDF",
            "LRI",
            "RLI",
            "FSI",
            "PDI",
        )
        harmful = unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") and char not in "\t\n"
        if harmful or turns:
            assert HARMFUL.match(char), f"U+{code:04X}"
