"""Figures for use elsewhere: as SVG and PNG in every edition, with what they say."""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from made_report import PROJECT, made, stage
from PIL import Image

from reportgen.base.color import BLACK, WHITE, Color
from reportgen.base.frame import Drawing, Frame, GlyphRun, Placed, Shape
from reportgen.base.world import World
from reportgen.build.exports import MARGIN, export_figures, rasterize
from reportgen.build.request import Request

WIDTH = 401
RED = Color((0.0, 1.0, 1.0, 0.0), (0.8, 0.1, 0.1))
SVG = "{http://www.w3.org/2000/svg}"


def box(width: float, height: float, color: Color = BLACK) -> Shape:
    return Shape(
        (("m", 0.0, 0.0), ("l", width, 0.0), ("l", width, height), ("l", 0.0, height), ("h",)), color
    )


def picture(drawing: Drawing, width: int) -> Image.Image:
    result = rasterize(drawing, made().sources.fonts, "en-GB", width)
    assert result.ok
    return Image.open(io.BytesIO(result.value))


@lru_cache(maxsize=1)
def files() -> dict[str, bytes]:
    result = export_figures(PROJECT, Request(), WIDTH, stage)
    assert result.ok
    return result.value


def test_every_figure_is_written_in_both_editions_and_the_annex_once() -> None:
    names = [
        f"{number}-{name}.{edition}.{kind}"
        for edition in ("zh", "en")
        for number, name in NUMBERS.items()
        for kind in ("svg", "png")
    ]
    assert list(files()) == [*names, "patent-insights-2013-2023.xlsx"]


NUMBERS = {
    "1-1": "applications-grants", "1-2": "top-companies", "1-3": "technology-fields",
    "2-1": "partner-applications", "2-2": "regions-fields",
    "3-1": "digital-grants", "3-2": "digital-industries", "3-3": "digital-companies",
    "4-1": "green-outbound", "4-2": "green-inbound", "4-3": "green-technologies", "4-4": "green-companies",
}  # fmt: skip


@pytest.mark.parametrize("edition", ["zh", "en"])
@pytest.mark.parametrize("number", NUMBERS)
def test_svg_and_png_say_the_same_of_the_same_figure(number: str, edition: str) -> None:
    name = f"{number}-{NUMBERS[number]}.{edition}"
    tree = ElementTree.fromstring(files()[f"{name}.svg"])
    png = Image.open(io.BytesIO(files()[f"{name}.png"]))
    title = tree.find(SVG + "title")
    assert title is not None
    assert title.text == png.info["Description"]
    _, _, width, height = map(float, tree.get("viewBox", "").split())
    assert png.width == WIDTH
    assert png.height == pytest.approx(WIDTH * (height + 2 * MARGIN) / (width + 2 * MARGIN), abs=1)
    assert np.asarray(png.convert("L")).min() < 100


def test_one_edition_can_be_asked_for() -> None:
    made = export_figures(PROJECT, Request(("en",)), 100, stage)
    assert made.ok
    assert len(made.value) == 25
    assert all(".en." in name or name.endswith(".xlsx") for name in made.value)


def test_an_edition_that_is_not_there_is_refused_with_those_that_are() -> None:
    made = export_figures(PROJECT, Request(("fr",)), 100, stage)
    assert not made.ok
    assert made.value == {}
    assert "there are en, zh" in str(made.errors[0])


def test_a_folder_that_is_no_project_is_refused(tmp_path: Path) -> None:
    made = export_figures(World(tmp_path), Request(), 100, stage)
    assert not made.ok
    assert made.value == {}


@pytest.mark.parametrize("width", [100, 333, 1000, 1601, 4096])
@pytest.mark.parametrize("points", [430.0, 462.0, 99.99])
def test_a_png_is_exactly_as_wide_as_asked(width: int, points: float) -> None:
    drawing = Drawing(Frame(points, 40.0, (Placed(0.0, 0.0, box(points, 40.0)),)), "a", "")
    png = picture(drawing, width)
    assert png.width == width
    assert png.height == pytest.approx(width * (40 + 2 * MARGIN) / (points + 2 * MARGIN), abs=1)


def test_a_png_is_at_its_own_resolution_as_large_as_in_the_report() -> None:
    png = picture(Drawing(Frame(120.0, 40.0), "a", ""), 600)
    assert png.width / png.info["dpi"][0] * 72 == pytest.approx(120 + 2 * MARGIN, abs=0.1)


def test_a_png_stands_on_white_with_a_margin_in_the_screens_colours() -> None:
    png = picture(Drawing(Frame(76.0, 76.0, (Placed(0.0, 0.0, box(76.0, 76.0, RED)),)), "a", ""), 1000)
    assert png.mode == "RGB"
    assert png.getpixel((20, 500)) == (255, 255, 255)
    assert png.getpixel((500, 500)) == (204, 26, 26)


def test_a_png_carries_its_alternative_text() -> None:
    words = "柱形图：由2,000增至13,792"
    assert picture(Drawing(Frame(50.0, 20.0), words, ""), 100).info["Description"] == words


def test_the_same_drawing_gives_the_same_png() -> None:
    drawing = Drawing(Frame(50.0, 20.0, (Placed(1.0, 2.0, box(30.0, 9.0, RED)),)), "a", "")
    fonts = made().sources.fonts
    assert rasterize(drawing, fonts, "zh-CN", 300).value == rasterize(drawing, fonts, "zh-CN", 300).value


def test_a_face_that_is_not_there_is_a_fault_and_no_picture() -> None:
    run = GlyphRun("Nowhere", 8.0, (1,), (500.0,), ("a",), WHITE, "en-GB")
    result = rasterize(
        Drawing(Frame(50.0, 20.0, (Placed(0.0, 9.0, run),)), "a", ""), made().sources.fonts, "en-GB", 99
    )
    assert result.value == b""
    assert "Nowhere" in str(result.errors[0])
