"""Copies of the shipped project to work on; charts come from one shared cache, so that a build is quick."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from reportgen.app.command import main

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def chart_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a cache that holds the drawings of the shipped project."""
    folder = tmp_path_factory.mktemp("warm")
    copy_project(folder)
    assert main(["check", str(folder)]) == 0
    return folder / ".cache"


@pytest.fixture
def project(tmp_path: Path, chart_cache: Path) -> Path:
    """Return a fresh copy of the shipped project with a warm cache."""
    copy_project(tmp_path / "report")
    shutil.copytree(chart_cache, tmp_path / "report/.cache")
    return tmp_path / "report"


def copy_project(folder: Path) -> None:
    """Copy what makes the repository a report: its data and its catalogs."""
    for part in ("data", "locales"):
        shutil.copytree(ROOT / part, folder / part, dirs_exist_ok=True)


@pytest.fixture
def change(project: Path) -> Callable[[str, str, str], None]:
    """Return a function that replaces words in one of the project's files; the words must be there, once."""

    def replace(path: str, old: str, new: str) -> None:
        file = project / path
        text = file.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
        file.write_text(text.replace(old, new), encoding="utf-8")

    return replace
