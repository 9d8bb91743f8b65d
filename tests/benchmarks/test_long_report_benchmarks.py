"""A generated report of about 200 and 2,000 pages, ours beside Typst's: seconds, and peak memory in ``extra_info``."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pytest_benchmark.fixture import BenchmarkFixture


def run(pages: int, engine: str) -> dict[str, Any]:
    script = Path(__file__).parent / "long_build.py"
    done = subprocess.run([sys.executable, str(script), str(pages), engine], check=True, capture_output=True)
    measured: dict[str, Any] = json.loads(done.stdout)
    return measured


@pytest.mark.parametrize("engine", ["reportgen", "typst"])
@pytest.mark.parametrize("pages", [200, 2000])
def test_long_report(benchmark: BenchmarkFixture, pages: int, engine: str) -> None:
    measured = benchmark.pedantic(run, (pages, engine), rounds=1)
    benchmark.extra_info.update(measured)
    assert measured["pages"] > pages * 0.7
