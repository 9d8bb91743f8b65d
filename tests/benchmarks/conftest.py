"""What the benchmarks share. Nothing here passes or fails by the clock."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the shipped project."""
    folder = tmp_path_factory.mktemp("project")
    for part in ("data", "locales"):
        shutil.copytree(ROOT / part, folder / part)
    return folder
