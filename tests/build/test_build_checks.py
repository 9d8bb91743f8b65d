"""Nothing that a build's checks find is lost, and the manifest says on which pages each fact is printed."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from reportgen.base.color import BLACK
from reportgen.base.diagnostics import Diagnostic, Result, Span, error
from reportgen.base.frame import Element, Frame, GlyphRun, Group, Metadata, Page, Placed, Publication
from reportgen.base.world import World
from reportgen.build import editions, proof
from reportgen.build.outputs import manifest
from reportgen.build.proof import FinishedFile, prove
from reportgen.build.request import quiet
from reportgen.build.sources import load_sources
from reportgen.build.traces import Print, prints
from reportgen.facts.book import FactBook
from reportgen.pdf.profile import SCREEN, press

FOUND = error("found", "this was found")


def finding(*_: Any) -> Result[None]:
    return Result(None, (FOUND,))


def nothing(*_: Any) -> Result[None]:
    return Result(None)


def blank() -> bytes:
    pdf, out = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page()
    pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("check", "times"), [("preflight_scanned", 2), ("audit_scanned", 1), ("compare_scanned", 1)]
)
def test_what_a_check_of_finished_files_finds_is_told(
    check: str, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("preflight_scanned", "audit_scanned", "compare_scanned"):
        monkeypatch.setattr(proof, name, finding if name == check else nothing)
    files = {
        "screen": FinishedFile("s.pdf", SCREEN, blank()),
        "press": FinishedFile("p.pdf", press(), blank()),
    }
    assert prove(files) == (FOUND,) * times


def test_where_editions_differ_the_difference_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[list[str]] = []

    def differences(documents: Any) -> tuple[Diagnostic, ...]:
        compared.append([document.edition for document in documents])
        return (FOUND,)

    monkeypatch.setattr(editions, "check_parity", differences)
    sources = load_sources(World(Path(__file__).parents[2]), quiet).value
    composed = editions.compose_editions(sources, sources.report.editions.values(), quiet)
    assert compared == [["zh", "en"]]
    assert FOUND in composed.diagnostics


# ---- where facts are printed -----------------------------------------------------------------------------------


def run(text: str, fact: str | None, line: int) -> Placed:
    glyphs = GlyphRun("F", 9.0, (1,) * len(text), (500.0,) * len(text), tuple(text), BLACK, "en")
    return Placed(0.0, 0.0, glyphs, None, Span("a.md", line), fact)


def publication(*pages: tuple[Placed, ...]) -> Publication:
    made = tuple(
        Page(Frame(100.0, 100.0, items), str(n), "decimal", "recto") for n, items in enumerate(pages, 1)
    )
    return Publication(Metadata("", "", "", "", (), "en", "", ""), 0.0, made, Element("Document"))


def test_a_fact_is_printed_once_for_each_place_that_prints_it() -> None:
    """Its runs differ where its faces do; another place in the manuscript is another print, and so is another page."""
    first = (
        run("7.0", "a", 3),
        run("万", "a", 3),
        run("and", None, 3),
        run("7.0", "a", 5),
        run("7.0", "a", 6),
    )
    second = (run("7.0", "a", 6), Placed(0.0, 0.0, Group(Frame(1.0, 1.0, (run("8", "b", 0),)))))
    assert prints(publication(first, second)) == (
        Print("a", 0, "1", "7.0万", Span("a.md", 3)), Print("a", 0, "1", "7.0", Span("a.md", 5)),
        Print("a", 0, "1", "7.0", Span("a.md", 6)), Print("a", 1, "2", "7.0", Span("a.md", 6)),
        Print("b", 1, "2", "8", Span("a.md", 0)),
    )  # fmt: skip


def test_the_manifest_names_each_page_that_prints_a_fact_once() -> None:
    found = prints(publication((run("7", "a", 1), run("7", "a", 2)), (run("7", "a", 3),)))
    sources = load_sources(World(Path(__file__).parents[2]), quiet).value
    fact = next(iter(sources.book.facts.values()))
    told = json.loads(manifest("r", {"en": found}, FactBook({"a": fact}), {}))
    assert told["facts"]["a"] == {
        "value": str(fact.value),
        "status": fact.status,
        "pages": {"en": ["1", "2"]},
    }
