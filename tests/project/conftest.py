"""The shipped report as a program opens it: a copy, so that tests may change it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import reportgen

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the shipped project that no test changes."""
    folder = tmp_path_factory.mktemp("shipped")
    for part in ("data", "locales"):
        shutil.copytree(ROOT / part, folder / part)
    return folder


@pytest.fixture(scope="session")
def project(folder: Path) -> reportgen.Project:
    return reportgen.open(folder)


@pytest.fixture
def own(folder: Path, tmp_path: Path) -> Path:
    """Return a copy that a test may change; its charts are drawn already."""
    shutil.copytree(folder, tmp_path / "own")
    return tmp_path / "own"
