"""``build --open``: which file is shown, by what, and what is said where there is no display."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from reportgen.app import opening
from reportgen.app.command import main
from reportgen.project.new_project import new_project


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Return the commands that are started; nothing is."""
    found: list[list[str]] = []
    monkeypatch.setattr(subprocess, "Popen", lambda command, **_: found.append(command))
    monkeypatch.setattr(opening.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(opening.sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    return found


@pytest.fixture
def project(tmp_path: Path) -> Path:
    new_project(tmp_path / "report", kind="bulletin")
    return tmp_path / "report"


@pytest.mark.parametrize(
    ("options", "shown"),
    [
        ([], "report.zh.screen.pdf"),
        (["--edition", "en"], "report.en.screen.pdf"),
        (["--edition", "en", "--edition", "zh"], "report.en.screen.pdf"),
        (["--profile", "press"], "report.zh.press.pdf"),
    ],
)
def test_the_screen_file_of_the_first_edition_is_shown(
    options: list[str], shown: str, project: Path, started: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    assert main(["build", str(project), "--open", "--draft", *options]) == 0
    assert started == [["xdg-open", str(project / "out" / shown)]]


def test_without_a_display_the_path_is_said(
    project: Path, started: list[list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", str(project), "--open", "--draft"]) == 0
    assert started == []
    assert f"there is no display to open it on: {project}/out/report.zh.screen.pdf" in capsys.readouterr().err


def test_a_refused_build_opens_nothing(
    project: Path, started: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    (project / "data/trips.csv").write_text("x")
    assert main(["build", str(project), "--open"]) == 1
    assert started == []


def test_a_viewer_that_cannot_be_started_is_said(
    project: Path,
    started: list[list[str]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def missing(command: list[str], **_: object) -> None:
        raise FileNotFoundError(2, "No such file or directory", command[0])

    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    monkeypatch.setattr(subprocess, "Popen", missing)
    assert main(["build", str(project), "--open", "--draft"]) == 0
    assert "xdg-open cannot be started (No such file or directory)" in capsys.readouterr().err
    assert started == []


@pytest.mark.parametrize(
    ("platform", "environ", "command"),
    [
        ("darwin", {}, ("open",)),
        ("linux", {}, ()),
        ("linux", {"DISPLAY": ""}, ()),
        ("linux", {"DISPLAY": ":0"}, ("xdg-open",)),
        ("freebsd14", {"WAYLAND_DISPLAY": "wayland-0"}, ("xdg-open",)),
    ],
)
@pytest.mark.usefixtures("started")
def test_viewer_of_each_system(platform: str, environ: dict[str, str], command: tuple[str, ...]) -> None:
    assert opening.viewer_of(platform, environ) == command
