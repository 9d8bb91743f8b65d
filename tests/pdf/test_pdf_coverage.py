"""Ink by area: how much of each ink a press page takes, and where it takes too much."""

from __future__ import annotations

import io

import pytest
from mutants import original
from PIL import Image
from sample import HEIGHT, WIDTH, box, fonts, one_page, run

from reportgen.base.color import Color
from reportgen.base.frame import Placed, Shape
from reportgen.pdf.profile import PressOptions, SpotInk, press
from reportgen.pdf.read.coverage import PageCoverage, coverage
from reportgen.pdf.write.file import write_pdf

PLAIN = press()
CYAN = Color((0.5, 0.0, 0.0, 0.0), (0.5, 0.8, 1.0))
RICH = Color((0.9, 0.8, 0.8, 0.9), (0.0, 0.0, 0.0))
HOLE = (
    *box(WIDTH, HEIGHT),
    ("m", 0, 0),
    ("l", WIDTH, 0),
    ("l", WIDTH, HEIGHT / 2),
    ("l", 0, HEIGHT / 2),
    ("h",),
)


def measure(*items: Placed, options: PressOptions | None = None) -> PageCoverage:
    profile = press(options) if options else PLAIN
    data = write_pdf(one_page(*items), profile, fonts()).value
    (page,) = coverage(data, profile).value
    return page


def ground(color: Color, share: float = 1.0) -> Placed:
    return Placed(0, 0, Shape(box(WIDTH, HEIGHT * share), fill=color))


def test_half_a_page_of_half_cyan_takes_a_quarter_of_cyan() -> None:
    page = measure(ground(CYAN, 0.5))
    assert page.shares["Cyan"] == pytest.approx(0.25, abs=0.003)
    assert page.shares["Black"] == 0
    assert page.greatest == pytest.approx(0.5)


def test_paint_knocks_out_what_is_below_it() -> None:
    page = measure(ground(RICH), ground(CYAN))
    assert page.shares["Cyan"] == pytest.approx(0.5, abs=0.003)
    assert page.greatest == pytest.approx(0.5)


def test_a_hole_in_a_path_takes_no_ink() -> None:
    page = measure(Placed(0, 0, Shape(HOLE, fill=CYAN, even_odd=True)))
    assert page.shares["Cyan"] == pytest.approx(0.25, abs=0.005)


def test_black_text_adds_to_its_ground() -> None:
    plain, printed = measure(ground(CYAN)), measure(ground(CYAN), Placed(60, 100, run("专利" * 20)))
    assert printed.shares["Cyan"] == plain.shares["Cyan"]
    assert printed.shares["Black"] > 0
    assert printed.greatest > plain.greatest


def test_a_spot_ink_has_a_share_of_its_own() -> None:
    gold = Color((0.0, 0.2, 0.6, 0.2), (0.8, 0.7, 0.3), spot="Gold")
    page = measure(ground(gold), options=PressOptions(spots=(SpotInk("Gold", gold.cmyk),)))
    assert page.shares["Gold"] == pytest.approx(1, abs=0.01)
    assert page.shares["Yellow"] == 0


def test_what_exceeds_the_limit_is_counted_and_shown_red() -> None:
    data = write_pdf(one_page(ground(RICH, 0.5)), PLAIN, fonts()).value
    (page,) = coverage(data, PLAIN).value
    assert page.over_limit == pytest.approx(0.5, abs=0.01)
    with Image.open(io.BytesIO(page.hot_spots)) as picture:
        width, height = picture.size
        assert picture.getpixel((width // 2, height // 4)) == (200, 30, 20)
        assert picture.getpixel((width // 2, height * 3 // 4)) == (255, 255, 255)


def test_printers_marks_are_not_counted() -> None:
    page = measure()
    assert page.greatest == 0


def test_every_page_of_a_report_is_measured() -> None:
    pages = coverage(original("press"), PLAIN).value
    assert [p.label for p in pages] == ["", "ii", "1", "2"]
    assert pages[0].shares["Cyan"] > 0.9
    assert 0 < pages[2].shares["Magenta"] < 0.1
    assert str(pages[0]).startswith("page 1 (): Cyan 9")


def test_bytes_that_are_no_pdf_cannot_be_measured() -> None:
    assert not coverage(b"", PLAIN).ok
