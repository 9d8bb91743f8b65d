"""Builds import only what they need: nothing that draws for unchanged charts, nothing at all for unchanged files."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DRAWING = {
    "matplotlib",
    "numpy",
    "PIL",
    "openpyxl",
    "xlsxwriter",
    "pandas",
    "reportlab",
    "pypdfium2",
    "fontTools",
}
MAKING = DRAWING | {"pikepdf", "uharfbuzz", "markdown_it", "babel", "pyphen", "multiprocessing"}

PROGRAM = """
import sys
from reportgen.app.command import main
code = main(["build", sys.argv[1]])
print(*sorted({name.partition(".")[0] for name in sys.modules}))
sys.exit(code)
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the shipped project that has been built."""
    folder = tmp_path_factory.mktemp("imports")
    for part in ("data", "locales"):
        shutil.copytree(ROOT / part, folder / part)
    imported_by_a_build(folder)
    return folder


def imported_by_a_build(project: Path) -> set[str]:
    """Build in a process of its own; return the top-level modules that it has imported."""
    command = [sys.executable, "-c", PROGRAM, str(project)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return set(done.stdout.split())


def test_a_build_with_changed_words_imports_nothing_that_draws(project: Path) -> None:
    chapter = project / "data/manuscript/21-part1.md"
    chapter.write_text(chapter.read_text(encoding="utf-8").rstrip() + " \n\n", encoding="utf-8")
    found = imported_by_a_build(project)
    assert "pikepdf" in found, "the files were made anew"
    assert not found & DRAWING


def test_a_build_without_changes_imports_nothing_that_makes_files(project: Path) -> None:
    imported_by_a_build(project)
    found = imported_by_a_build(project)
    assert "reportgen" in found
    assert not found & MAKING


def test_a_build_that_draws_everything_imports_neither_pandas_nor_reportlab(project: Path) -> None:
    shutil.rmtree(project / ".cache")
    found = imported_by_a_build(project)
    assert "matplotlib" in found, "the charts were drawn anew"
    assert not found & {"pandas", "reportlab"}


@pytest.mark.parametrize("arguments", [["--help"], ["build", "--help"], ["--version"]])
def test_help_imports_nothing_that_only_other_answers_need(arguments: list[str]) -> None:
    program = f"import sys\nfrom reportgen.app.command import main\ntry: main({arguments})\nexcept SystemExit: pass\n"
    program += (
        "print(*[name for name in sys.modules if name.startswith('reportgen.') or name == 'dataclasses'])"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    modules = set(done.stdout.rsplit("\n", 2)[-2].split())
    assert modules == {"reportgen.app", "reportgen.app.command", "reportgen.base", "reportgen.base.version"}
