"""The energy example, built once; its numbers, worked out from the raw files by pandas alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import reportgen
from reportgen.project.built import Built

ENERGY = Path(__file__).parents[2] / "examples/energy"


def copy(target: Path) -> Path:
    """Return a copy of the example at ``target``."""
    for part in ("data", "locales", "office"):
        shutil.copytree(ENERGY / part, target / part)
    return target


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy(tmp_path_factory.mktemp("energy") / "project")


@pytest.fixture(scope="session")
def project(folder: Path) -> reportgen.Project:
    return reportgen.open(folder)


@pytest.fixture(scope="session")
def built(project: reportgen.Project) -> Built:
    return project.build()
