"""The energy example, built once; its numbers, worked out from the raw files by pandas alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from energy_project import copy

import reportgen
from reportgen.project.built import Built


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy(tmp_path_factory.mktemp("energy") / "project")


@pytest.fixture(scope="session")
def project(folder: Path) -> reportgen.Project:
    return reportgen.open(folder)


@pytest.fixture(scope="session")
def built(project: reportgen.Project) -> Built:
    return project.build()
