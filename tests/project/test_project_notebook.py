"""The example notebook runs in a Jupyter kernel, and each thing shows as what it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbclient
import nbformat
import pytest

NOTEBOOK = Path(__file__).parents[2] / "examples/analysis.ipynb"


def test_the_example_is_kept_without_its_outputs() -> None:
    for cell in json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


@pytest.fixture(scope="module")
def shown() -> dict[str, Any]:
    """Return what each cell of the example shows, by its source's last line, as MIME bundles."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    client = nbclient.NotebookClient(
        notebook, timeout=300, resources={"metadata": {"path": str(NOTEBOOK.parent)}}
    )
    client.execute()
    return {
        cell.source.splitlines()[-1]: output.data
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
    }


@pytest.mark.filterwarnings("default")  # the kernel's libraries have their own
@pytest.mark.parametrize(
    ("source", "mime", "begin"),
    [
        ('project.facts["p1.applications.cagr"]', "text/html", "<p><b>p1.applications.cagr = 0.2129969959…"),
        ('project.table("cn-yearly")', "text/html", "<table>"),
        ("figure", "image/svg+xml", "<svg"),
        ('project.pages("en")[figure.page]', "image/png", "iVBOR"),
        ("figure.alt", "text/plain", "'Columns, 2013–2023"),
        ("[claim.id for claim in project.claims.values() if not claim.holds]", "text/plain", "[]"),
    ],
)
def test_each_thing_shows_as_what_it_is(source: str, mime: str, begin: str, shown: dict[str, Any]) -> None:
    assert begin in shown[source][mime][:400]


@pytest.mark.filterwarnings("default")
def test_a_fact_is_shown_in_both_languages(shown: dict[str, Any]) -> None:
    html = shown['project.facts["p1.applications.cagr"]']["text/html"]
    assert "年均增长21.3%" in html
    assert "average annual growth of 21.3%" in html
