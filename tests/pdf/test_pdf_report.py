"""The shipped report, both editions in both profiles, before every judge there is."""

from __future__ import annotations

import io
from contextlib import nullcontext
from functools import lru_cache
from pathlib import Path

import numpy as np
import page as page_validation
import pikepdf
import pymupdf
import pypdfium2
import pytest
from PIL import Image
from verapdf import verapdf

from reportgen.base.diagnostics import unwrap
from reportgen.base.world import World
from reportgen.build.pipeline import make
from reportgen.build.press import press_profile
from reportgen.build.request import Request
from reportgen.pdf.profile import SCREEN, Profile
from reportgen.pdf.read.aloud import read_aloud
from reportgen.pdf.read.coverage import coverage
from reportgen.pdf.read.equality import compare
from reportgen.pdf.read.preflight import preflight
from reportgen.pdf.write.file import write_pdf

PROJECT = Path(__file__).parents[2]
EDITIONS = ("zh", "en")


@lru_cache(maxsize=1)
def report() -> tuple[dict[tuple[str, str], bytes], Profile]:
    """Return the finished files by edition and profile, and the press profile of the report."""
    world = World(PROJECT)
    made = unwrap(make(world, Request(), lambda _: nullcontext()))
    press = unwrap(press_profile(world, made.sources.report))
    files = {
        (finished.document.edition, profile.name): unwrap(
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
        assert result.passed, result.findings


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


RENDERERS_DIFFER = 0.02
"""The share of full scale by which two renderers may differ on average on a page: they smooth edges differently."""


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("profile", ["screen", "press"])
def test_qpdf_finds_nothing_wrong(edition: str, profile: str) -> None:
    with pikepdf.open(io.BytesIO(report()[0][edition, profile])) as pdf:
        assert pdf.check_pdf_syntax() == []


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("profile", ["screen", "press"])
def test_pdfium_and_mupdf_draw_every_page_alike_and_without_a_warning(edition: str, profile: str) -> None:
    data = report()[0][edition, profile]
    pymupdf.TOOLS.reset_mupdf_warnings()
    with pypdfium2.PdfDocument(data) as one, pymupdf.open(stream=data, filetype="pdf") as other:
        assert len(one) == other.page_count
        far = {
            k: d for k in range(len(one)) if (d := _difference(one[k], other[k], profile)) > RENDERERS_DIFFER
        }
    assert far == {}
    assert pymupdf.TOOLS.mupdf_warnings() == ""


def _difference(page: pypdfium2.PdfPage, twin: pymupdf.Page, profile: str) -> float:
    """Return the mean difference of a page's lightness in two renderers, 0 to 1.

    On the press inks become light by each renderer's own profiles: there cells with ink are told from paper, no more.
    """
    one = _lightness(page.render(scale=2.0).to_pil())
    pixels = twin.get_pixmap(dpi=144)
    other = _lightness(Image.frombytes("RGB", (pixels.width, pixels.height), pixels.samples))
    height, width = min(one.shape[0], other.shape[0]), min(one.shape[1], other.shape[1])
    one, other = one[:height, :width], other[:height, :width]
    if profile == "press":
        one, other = (one < 230) * 255.0, (other < 230) * 255.0
    return float(np.abs(one - other).mean() / 255)


def _lightness(picture: Image.Image) -> np.ndarray:
    """Return cells of 2 pt, whose mean is the same however a renderer smooths edges."""
    return np.asarray(picture.convert("L").reduce(4), np.float32)
