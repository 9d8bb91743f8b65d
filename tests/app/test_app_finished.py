"""The commands that read finished files: what they say of a good one, and of a file that is none."""

from __future__ import annotations

import json
from pathlib import Path

import pikepdf
import pytest

from reportgen.app.command import main

STEM = "patent-insights-2013-2023"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory, chart_cache: Path) -> Path:
    """Return the shipped report's finished files."""
    folder = tmp_path_factory.mktemp("out")
    assert main(["build", str(chart_cache.parent), "--out", str(folder)]) == 0
    return folder


@pytest.mark.parametrize("edition", ["zh", "en"])
def test_the_reports_lines_hold_no_fault(edition: str, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lines", str(out / f"{STEM}.{edition}.screen.pdf")]) == 0
    said = capsys.readouterr().out
    for fault in (
        "forbidden line starts",
        "forbidden line ends",
        "divided numbers",
        "missing glyphs",
        "runts",
    ):
        assert f"0 {fault}" in said
    assert "100.0% of the body's lines stand on it" in said


@pytest.mark.parametrize("edition", ["zh", "en"])
@pytest.mark.parametrize("profile", ["screen", "press"])
def test_the_reports_files_pass_preflight(
    edition: str, profile: str, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["preflight", "--json", str(out / f"{STEM}.{edition}.{profile}.pdf")]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["diagnostics"] == []
    (report,) = answer["files"]
    assert (report["profile"], report["passed"]) == (profile, True)


def test_preflight_tells_the_ink_of_each_press_page(
    out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = out / f"{STEM}.zh.press.pdf"
    assert main(["preflight", str(path), "--ink", str(tmp_path / "ink")]) == 0
    said = capsys.readouterr().out
    pages = [line for line in said.splitlines() if line.startswith("page ")]
    assert len(pages) > 20
    assert all("Black " in line and "over the limit" not in line for line in pages)
    assert not (tmp_path / "ink").exists(), "nothing is pictured where nothing is hot"


def test_a_report_is_read_from_its_title_to_its_last_section(
    out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["read", str(out / f"{STEM}.zh.screen.pdf")]) == 0
    said = capsys.readouterr().out
    heads = ["H1: 目录", "H1: 执行概要", "H1: 第一部分", "H1: 统计附表", "H1: 名词解释"]
    places = [said.index(head) for head in heads]
    assert places == sorted(places)


@pytest.mark.parametrize("command", ["lines", "preflight", "read"])
@pytest.mark.parametrize(
    "content", [b"", "文字".encode(), b"%PDF-1.7\n", b"%PDF-1.7\ntrailer\n<<>>\n%%EOF", None]
)
def test_a_file_or_folder_that_is_no_pdf_is_refused_without_a_traceback(
    command: str, content: bytes | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.pdf"
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(content)
    assert main([command, str(path)]) == 1
    said = capsys.readouterr().err
    assert "error:" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("command", ["lines", "preflight", "read"])
@pytest.mark.parametrize("content", ["", "文字\n", "year,value\n2013,7\n", "\n%PDF-1.7\n"])
def test_a_text_file_is_called_no_pdf_and_nothing_else(
    command: str, content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.pdf"
    path.write_text(content, encoding="utf-8")
    assert main([command, str(path)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines()[:2] == [
        f"{path}: error: the file is not a PDF",
        "  hint: name a file that reportgen build has written",
    ]
    assert said.err.count("error:") == 1


@pytest.mark.parametrize("command", ["lines", "preflight", "read"])
def test_a_missing_file_is_named(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "nowhere.pdf"]) == 1
    assert "nowhere.pdf: error: the file cannot be read" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["lines", "preflight", "read"])
@pytest.mark.parametrize("share", [0.3, 0.9, "locked"])
def test_a_file_cut_short_or_locked_is_one_diagnostic_without_a_traceback(
    command: str, share: float | str, out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, whole = tmp_path / "x.pdf", out / f"{STEM}.zh.press.pdf"
    if isinstance(share, float):
        path.write_bytes(whole.read_bytes()[: int(share * whole.stat().st_size)])
    else:
        with pikepdf.open(whole) as pdf:
            pdf.save(path, encryption=pikepdf.Encryption(owner="o", user="u"))
    assert main([command, str(path)]) == 1
    said = capsys.readouterr().err
    assert "Traceback" not in said
    assert "fault of reportgen" not in said
    assert f"{path}: error:" in said


def test_a_finding_is_printed_once(out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "x.pdf"
    with pikepdf.open(out / f"{STEM}.zh.press.pdf") as pdf:
        pdf.pages[3].obj.MediaBox = pdf.pages[3].obj.TrimBox
        pdf.save(path, force_version="1.6")
    assert main(["preflight", str(path)]) == 1
    said = "".join(capsys.readouterr())
    assert said.count("the bleed box is not inside the media box") == 1
