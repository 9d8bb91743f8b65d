"""``reportgen figures`` writes every figure for use elsewhere, or nothing and says why."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from reportgen.app.command import main

Change = Callable[[str, str, str], None]


def written(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_figures_of_both_editions_and_the_annex_stand_in_a_folder_of_their_own(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["figures", str(project)]) == 0
    names = written(project / "out/figures")
    assert len(names) == 49
    assert {"1-1-applications-grants.zh.svg", "4-4-green-companies.en.png"} <= set(names)
    assert "patent-insights-2013-2023.xlsx" in names
    assert "49 files in" in capsys.readouterr().err
    with Image.open(project / "out/figures/1-1-applications-grants.zh.png") as png:
        assert png.width == 1600


def test_width_edition_and_folder_can_be_asked_for(project: Path, tmp_path: Path) -> None:
    folder = tmp_path / "press kit/figures"
    assert main(["figures", str(project), "--edition", "en", "--width", "640", "--out", str(folder)]) == 0
    pictures = sorted(folder.glob("*.png"))
    assert len(pictures) == 12
    assert all(".en." in path.name for path in pictures)
    for path in pictures:
        with Image.open(path) as png:
            assert png.width == 640
    assert not (project / "out").exists()


@pytest.mark.parametrize("width", ["99", "10001", "-5", "12.5", "wide", ""])
def test_a_width_that_is_none_is_refused(
    width: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["figures", str(project), f"--width={width}"])
    assert stopped.value.code == 2
    assert "is not a width from 100 to 10000" in capsys.readouterr().err


def test_an_edition_that_is_not_there_is_refused(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["figures", str(project), "--edition", "fr"]) == 1
    said = capsys.readouterr().err
    assert "the report has no edition fr" in said
    assert "nothing was written" in said
    assert not (project / "out").exists()


def test_a_fault_in_the_data_is_told_with_its_place_and_nothing_is_written(
    project: Path, change: Change, capsys: pytest.CaptureFixture[str]
) -> None:
    change("data/cn-yearly.csv", "2013,applications,2000,", "2013,applications,two thousand,")
    assert main(["figures", str(project)]) == 1
    said = capsys.readouterr().err
    assert "data/cn-yearly.csv, row 2, column value" in said
    assert "nothing was written" in said
    assert not (project / "out").exists()


def test_a_folder_that_cannot_be_written_is_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "taken").write_text("a file", encoding="utf-8")
    assert main(["figures", str(project), "--edition", "en", "--out", str(project / "taken")]) == 1
    said = capsys.readouterr().err
    assert "cannot be written" in said
    assert "0 files" not in said


def test_the_figures_are_the_same_again(project: Path) -> None:
    for folder in ("one", "two"):
        assert main(["figures", str(project), "--width", "200", "--out", str(project / folder)]) == 0
    for path in sorted((project / "one").iterdir()):
        assert path.read_bytes() == (project / "two" / path.name).read_bytes(), path.name
