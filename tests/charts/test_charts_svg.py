"""A figure as SVG: well-formed, its words as words, in the places, fonts and colours of the report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pymupdf
import pytest
from chart_project import shipped, shipped_drawing
from chart_replay import SCALE, painted
from chart_setting import FONTS, LANG, SETTING

from reportgen.base.color import BLACK, Color
from reportgen.base.frame import Drawing, Frame, GlyphRun, Group, Image, Placed, Shape, Stroke
from reportgen.base.style import CharStyle, ParagraphStyle
from reportgen.charts.svg import write_svg
from reportgen.text.paragraph import TextSpan, set_paragraph

SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}"
XML = "{http://www.w3.org/XML/1998/namespace}"
NAMES = tuple(shipped()[2])
SQUARE = (("m", 0.0, 0.0), ("l", 10.0, 0.0), ("l", 10.0, 10.0), ("l", 0.0, 10.0), ("h",))
RED = Color((0.0, 1.0, 1.0, 0.0), (0.8, 0.1, 0.1))


def tree_of(*items: Placed, name: str = "figure") -> ElementTree.Element:
    drawing = Drawing(Frame(100.0, 50.0, items), "short", "long")
    return ElementTree.fromstring(write_svg(drawing, FONTS, LANG, name))


def the(tree: ElementTree.Element, tag: str) -> ElementTree.Element:
    (found,) = tree.iter(SVG + tag)
    return found


def run_of(text: str, size: float = 10.0, weight: str = "regular") -> GlyphRun:
    """Return the only run of a line set in the house's sans."""
    char = CharStyle("sans", size, weight=weight)  # type: ignore[arg-type]
    paragraph = ParagraphStyle("label", char, size, align="left", grid=False)
    (line,) = set_paragraph((TextSpan(text, char, LANG),), paragraph, 1e6, SETTING).value
    (piece,) = line.runs
    return piece.run


def runs_of(frame: Frame) -> Iterator[GlyphRun]:
    for placed in frame.items:
        if isinstance(placed.item, GlyphRun):
            yield placed.item
        elif isinstance(placed.item, Group):
            yield from runs_of(placed.item.frame)


def positions(element: ElementTree.Element, run: GlyphRun) -> list[float]:
    """Return where each character of a text begins by the rules of SVG, in a program that has the font."""
    moves = [float(v) for v in element.get("dx", "").split()]
    moves += [0.0] * (len(run.text) - len(moves))
    face, pen, places = FONTS.face(run.face), 0.0, []
    for char, move in zip(run.text, moves, strict=True):
        pen += move
        places.append(pen)
        glyph = face.glyph_of(char)
        assert glyph is not None
        pen += face.advance_of(glyph) * run.size / 1000
    return [*places, pen]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_every_word_of_a_figure_is_text_in_its_font(name: str, language: str) -> None:
    drawing = shipped_drawing(name, language).value
    tree = ElementTree.fromstring(write_svg(drawing, FONTS, "zh-CN"))
    runs, texts = list(runs_of(drawing.frame)), list(tree.iter(SVG + "text"))
    assert [text.text for text in texts] == [run.text for run in runs]
    for text, run in zip(texts, runs, strict=True):
        face = FONTS.face(run.face)
        assert text.get("font-family", "").startswith(f"'{face.family}', ")
        assert text.get("font-weight") == str(face.weight)
        assert float(text.get("font-size", "")) == pytest.approx(run.size)
        assert text.get(XML + "lang") == run.lang


def bare(frame: Frame) -> Frame:
    """Return a frame without its text, for which a reader needs fonts."""
    return replace(frame, items=tuple(p for p in frame.items if not isinstance(p.item, GlyphRun)))


def unlikeness(frame: Frame, svg: bytes) -> tuple[float, float]:
    """Return how far MuPDF's picture of an SVG is from a frame: mean difference, share of pixels that differ much."""
    with pymupdf.open(stream=svg, filetype="svg") as document:
        page = document[0]
        matrix = pymupdf.Matrix(
            SCALE * frame.width / page.rect.width, SCALE * frame.height / page.rect.height
        )
        pixels = page.get_pixmap(matrix=matrix, colorspace=pymupdf.csRGB)
    theirs = np.frombuffer(pixels.samples, np.uint8).reshape(pixels.height, pixels.width, 3).astype(int)
    ours = painted(frame)[: pixels.height, : pixels.width, :3].astype(int)
    apart = np.abs(ours - theirs[: ours.shape[0], : ours.shape[1]]).max(axis=2)
    return float(apart.mean()), float((apart > 100).mean())


def alike(frame: Frame, svg: bytes) -> bool:
    mean, share = unlikeness(frame, svg)
    return mean < 1.5 and share < 0.005


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_the_shapes_of_a_figure_look_as_its_frame(name: str, language: str) -> None:
    frame = bare(shipped_drawing(name, language).value.frame)
    assert alike(frame, write_svg(Drawing(frame, "", ""), FONTS, LANG))


@pytest.mark.parametrize("name", NAMES)
def test_the_comparison_sees_a_shift_and_another_figure(name: str) -> None:
    frame = bare(shipped_drawing(name, "zh").value.frame)
    shifted = replace(frame, items=tuple(replace(p, x=p.x + 3.0, y=p.y + 3.0) for p in frame.items))
    other = bare(shipped_drawing(NAMES[NAMES.index(name) - 1], "zh").value.frame)
    assert not alike(frame, write_svg(Drawing(shifted, "", ""), FONTS, LANG))
    assert not alike(frame, write_svg(Drawing(replace(other, height=frame.height), "", ""), FONTS, LANG))


def test_alternatives_are_title_and_description_and_are_named_by_the_root() -> None:
    drawing = Drawing(Frame(10.0, 10.0), 'up <from> "2" & on', "long\x0b")
    tree = ElementTree.fromstring(write_svg(drawing, FONTS, "en-GB", "growth-en"))
    assert the(tree, "title").text == 'up <from> "2" & on'
    assert the(tree, "desc").text == "long"
    assert tree.get("aria-labelledby") == the(tree, "title").get("id") == "growth-en-title"
    assert tree.get("aria-describedby") == the(tree, "desc").get("id")
    assert tree.get(XML + "lang") == "en-GB"


def test_size_is_that_of_the_frame_in_points() -> None:
    tree = tree_of()
    assert (tree.get("width"), tree.get("height"), tree.get("viewBox")) == ("100pt", "50pt", "0 0 100 50")


def test_ids_of_two_figures_are_apart() -> None:
    clipped = Placed(0.0, 0.0, Group(Frame(9.0, 9.0), clip=SQUARE))
    ids = [
        {e.get("id") for e in tree_of(clipped, name=name).iter() if e.get("id")} for name in ("a-zh", "b-zh")
    ]
    assert len(ids[0]) == len(ids[1]) == 3
    assert not ids[0] & ids[1]


def test_text_begins_at_its_pen_and_is_as_long_as_it_is() -> None:
    run = run_of("专利申请")
    text = the(tree_of(Placed(12.5, 30.0, run)), "text")
    assert (text.get("x"), text.get("y"), text.get("textLength")) == ("12.5", "30", "40")
    assert text.get("dx") is text.get("dy") is text.get("transform") is None


def test_the_gap_between_han_and_latin_is_a_move_of_the_first_latin_letter() -> None:
    run = run_of("增速21.3%")
    text = the(tree_of(Placed(0.0, 9.0, run)), "text")
    moves = [float(v) for v in text.get("dx", "").split()]
    assert moves[:2] == [0.0, 0.0]
    assert moves[2] > 0
    assert float(text.get("textLength", "")) == pytest.approx(run.width, abs=0.01)


@pytest.mark.parametrize("words", ["共建“一带一路”国家", "申请（左轴），", "（深圳）有限公司"])
def test_squeezed_marks_stand_where_they_are_printed(words: str) -> None:
    run = run_of(words)
    text = the(tree_of(Placed(0.0, 9.0, run)), "text")
    pens = [sum(run.advances[:k]) for k in range(len(run.glyphs))]
    offsets = run.offsets or ((0.0, 0.0),) * len(run.glyphs)
    inks = [(pen + right) * run.size / 1000 for pen, (right, _) in zip(pens, offsets, strict=True)]
    places = positions(text, run)
    assert places[:-1] == pytest.approx(inks, abs=0.01)
    assert float(text.get("textLength", "")) == pytest.approx(places[-1], abs=0.01)


def test_raised_glyphs_come_down_again() -> None:
    run = replace(run_of("二氧化碳"), offsets=((0.0, 0.0), (0.0, 300.0), (0.0, 300.0), (0.0, 0.0)))
    assert the(tree_of(Placed(0.0, 9.0, run)), "text").get("dy") == "0 -3 0 3"


def test_glyphs_that_are_not_the_fonts_usual_keep_their_advance() -> None:
    run = replace(run_of("东南亚"), advances=(1000.0, 1200.0, 1000.0))
    assert the(tree_of(Placed(0.0, 9.0, run)), "text").get("dx") == "0 0 2"


def test_turned_text_turns_about_its_pen() -> None:
    run = replace(run_of("年"), angle=90.0)
    assert the(tree_of(Placed(5.0, 9.0, run)), "text").get("transform") == "rotate(-90 5 9)"


def test_bold_is_a_weight_not_another_family() -> None:
    text = the(tree_of(Placed(0.0, 9.0, run_of("年", weight="bold"))), "text")
    assert (text.get("font-family"), text.get("font-weight")) == ("'Noto Sans SC', sans-serif", "700")


def test_text_that_looks_like_markup_is_text() -> None:
    run = run_of("a<b & c")
    assert the(tree_of(Placed(0.0, 9.0, run)), "text").text == "a<b & c"


def test_opacity_belongs_to_fill_and_stroke_each() -> None:
    shape = Shape(
        SQUARE, RED.with_alpha(0.25), Stroke(BLACK.with_alpha(0.5), 1.5, "projecting", dashes=(2.0, 1.0))
    )
    path = the(tree_of(Placed(3.0, 0.0, shape)), "path")
    assert (path.get("fill"), path.get("fill-opacity")) == ("#cc1a1a", "0.25")
    assert (path.get("stroke"), path.get("stroke-opacity")) == ("#000000", "0.5")
    assert (path.get("stroke-linecap"), path.get("stroke-dasharray")) == ("square", "2 1")
    assert path.get("transform") == "translate(3 0)"
    assert path.get("d") == "M0 0 L10 0 L10 10 L0 10 Z"


def test_a_line_has_no_fill_and_a_hole_stays_one() -> None:
    line = the(tree_of(Placed(0.0, 0.0, Shape(SQUARE, stroke=Stroke(BLACK, 1.0)))), "path")
    assert line.get("fill") == "none"
    hole = the(tree_of(Placed(0.0, 0.0, Shape(SQUARE, RED, even_odd=True))), "path")
    assert hole.get("fill-rule") == "evenodd"


def test_a_group_carries_its_matrix_its_clip_and_its_opacity() -> None:
    inner = Frame(9.0, 9.0, (Placed(0.0, 0.0, Shape(SQUARE, RED)),))
    tree = tree_of(
        Placed(1.0, 2.0, Group(inner, (0.70711, 0.70711, -0.70711, 0.70711, 3.0, 4.0), SQUARE, 0.4))
    )
    group = the(tree, "g")
    assert group.get("transform") == "matrix(0.70711 0.70711 -0.70711 0.70711 4 6)"
    assert group.get("opacity") == "0.4"
    clip = the(tree, "clipPath")
    assert group.get("clip-path") == f"url(#{clip.get('id')})"
    assert clip[0].get("d") == "M0 0 L10 0 L10 10 L0 10 Z"


def test_equal_clips_are_written_once() -> None:
    clipped = tuple(Placed(0.0, y, Group(Frame(9.0, 9.0), clip=SQUARE)) for y in (0.0, 20.0))
    assert len(list(tree_of(*clipped).iter(SVG + "clipPath"))) == 1


def test_an_image_is_carried_with_its_opacity_and_coarse_cells_stay_cells() -> None:
    image = Image(20.0, 10.0, (2, 1), bytes((255, 0, 0, 0, 0, 255)), alpha=bytes((255, 0)))
    element = the(tree_of(Placed(1.0, 2.0, image)), "image")
    assert [element.get(key) for key in ("x", "y", "width", "height")] == ["1", "2", "20", "10"]
    assert element.get("image-rendering") == "optimizeSpeed"
    assert element.get(XLINK + "href", "").startswith("data:image/png;base64,")


def test_numbers_have_no_minus_before_nothing() -> None:
    path = the(tree_of(Placed(0.0, 0.0, Shape((("m", -0.0001, 1.25), ("l", -2.0, 3.0)), RED))), "path")
    assert path.get("d") == "M0 1.25 L-2 3"
