"""Copies of the energy example, which tests may change."""

from __future__ import annotations

import shutil
from pathlib import Path

ENERGY = Path(__file__).parents[2] / "examples/energy"


def copy(target: Path) -> Path:
    """Return a copy of the example at ``target``."""
    for part in ("data", "locales", "office"):
        shutil.copytree(ENERGY / part, target / part)
    return target
