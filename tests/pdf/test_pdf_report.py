"""The shipped report, both editions in both profiles, before every judge there is."""

from __future__ import annotations

from contextlib import nullcontext
from functools import lru_cache
from pathlib import Path

import page as page_validation
import pytest
from verapdf import verapdf

from reportgen.base.diagnostics import unwrap
from reportgen.base.world import World
from reportgen.build.pipeline import Request, make
from reportgen.build.press import press_profile
from reportgen.pdf.coverage import coverage
from reportgen.pdf.equality import compare
from reportgen.pdf.preflight import preflight
from reportgen.pdf.profile import SCREEN, Profile
from reportgen.pdf.read import read_aloud
from reportgen.pdf.write import write_pdf

PROJECT = Path(__file__).parents[2]
EDITIONS = ("zh", "en")


@lru_cache(maxsize=1)
def report() -> tuple[dict[tuple[str, str], bytes], Profile]:
    """Return the finished files by edition and profile, and the press profile of the report."""
    world = World(PROJECT)
    made = unwrap(make(world, Request(), lambda _: nullcontext()))
    press = unwrap(press_profile(world, made.sources.report))
    files = {
        (finished.edition.name, profile.name): unwrap(
            write_pdf(finished.publication, profile, made.sources.fonts)
        )
        for finished in made.editions
        for profile in (SCREEN, press)
    }
    return files, press


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("flavour", ["ua1", "3a"])
def test_verapdf_accepts_the_screen_edition(edition: str, flavour: str) -> None:
    assert verapdf().failures(report()[0][edition, "screen"], flavour) == []


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("profile", ["PDF_UA_1", "PDF_A_3A"])
def test_page_validation_accepts_the_screen_edition(edition: str, profile: str) -> None:
    kind = getattr(page_validation.ValidationProfile, profile)
    found = page_validation.validate_pdf_bytes(report()[0][edition, "screen"], profile=kind)
    assert [f.message for f in found.failures] == []


@pytest.mark.parametrize("edition", EDITIONS)
def test_preflight_passes_both_files_of_an_edition(edition: str) -> None:
    files, press = report()
    for profile in (SCREEN, press):
        result = preflight(files[edition, profile.name], profile).value
        assert result.passed, result.to_text()


@pytest.mark.parametrize("edition", EDITIONS)
def test_press_and_screen_show_the_same_words_and_figures(edition: str) -> None:
    files, _ = report()
    result = compare(files[edition, "screen"], files[edition, "press"])
    assert result.diagnostics == ()
    assert result.value > 2000


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_page_takes_more_ink_than_the_limit(edition: str) -> None:
    files, press = report()
    pages = coverage(files[edition, "press"], press).value
    assert [str(page) for page in pages if page.over_limit] == []


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_figure_is_read_as_a_sentence(edition: str) -> None:
    lines = [line.strip() for line in read_aloud(report()[0][edition, "screen"]).splitlines()]
    figures = [line.removeprefix("Figure: ") for line in lines if line.startswith("Figure")]
    assert len(figures) >= 12
    assert [text for text in figures if len(text) < 20] == []
