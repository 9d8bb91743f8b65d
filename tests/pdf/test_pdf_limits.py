"""Where the rules of preflight begin to bite: just within a limit nothing is found, just beyond it something is."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree

import pikepdf
import pytest
from pikepdf import Dictionary, Name
from sample import BOLD, SERIF, box, one_page, run
from writing import DOCUMENT, write

from reportgen.base.color import BLACK, Color
from reportgen.base.frame import Element, Placed, Shape, Stroke
from reportgen.pdf.profile import SCREEN, PressOptions, Profile, press
from reportgen.pdf.read.equality import compare
from reportgen.pdf.read.preflight import preflight


def rules(data: bytes, profile: Profile) -> set[str]:
    """Return the rules of our own checks that find something."""
    return {finding.rule for finding in preflight(data, profile).diagnostics} - {"page-validation"}


def on_press(*items: Placed, profile: Profile | None = None) -> set[str]:
    return rules(write(one_page(*items, structure=DOCUMENT), press()), profile or press())


def edited(data: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize(("width", "found"), [(0.15, True), (0.2, False)])
def test_a_line_is_too_thin_below_the_least_width(width: float, found: bool) -> None:
    line = Placed(60, 100, Shape((("m", 0, 0), ("l", 90, 0)), stroke=Stroke(BLACK, width)))
    assert ("press.hairline" in on_press(line)) == found


@pytest.mark.parametrize(("ground", "found"), [((0.9, 0.9, 0.1, 0.0), False), ((0.9, 0.9, 0.3, 0.0), True)])
def test_black_that_overprints_adds_to_the_ink_of_its_ground(
    ground: tuple[float, float, float, float], found: bool
) -> None:
    """The limit is 300 %: the black of the text counts with the colours below it, each of which is within it."""
    area = Placed(60, 60, Shape(box(200, 200), fill=Color(ground, (0.2, 0.2, 0.4))))
    assert ("press.ink-limit" in on_press(area, Placed(100, 120, run("字", size=30), 0))) == found


def test_a_black_area_may_not_overprint() -> None:
    """Its ground would show through; only text is small enough for it not to matter."""
    area = Placed(60, 100, Shape(box(90, 90), fill=BLACK))

    def overprint(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0].obj
        page.Resources.ExtGState = Dictionary(
            {"/Over": Dictionary(Type=Name.ExtGState, op=True, OP=True, OPM=1)}
        )
        page.Contents = pdf.make_stream(b"/Over gs\n" + page.Contents.read_bytes())

    plain = press(PressOptions(crop_marks=False, registration_marks=False, color_bar=False, slug=False))
    data = write(one_page(area), plain)
    assert "press.overprint" not in rules(data, plain)
    assert "press.overprint" in rules(edited(data, overprint), plain)


@pytest.mark.parametrize(("signature", "found"), [(1, False), (4, True)])
def test_pages_fill_the_signatures_of_the_profile(signature: int, found: bool) -> None:
    profile = press(PressOptions(signature=signature))
    assert ("x4.boxes" in on_press(Placed(60, 100, run("字"), 0), profile=profile)) == found


@pytest.mark.parametrize(
    ("size", "face", "found"),
    [(18, SERIF, False), (17, SERIF, True), (14, BOLD, False), (13, BOLD, True), (10, SERIF, True)],
)
def test_large_and_bold_text_needs_less_contrast(size: float, face: str, found: bool) -> None:
    """A grey of 3.5 to 1 will do from 18 points, or from 14 in bold (WCAG 2.2, 1.4.3)."""
    grey = Color((0.0, 0.0, 0.0, 0.5), (0.535, 0.535, 0.535))
    data = write(one_page(Placed(60, 100, run("字", face, size, grey), 0), structure=DOCUMENT))
    assert ("ua.contrast" in rules(data, SCREEN)) == found


@pytest.mark.parametrize(("wrong", "found"), [(0.5, False), (2, True), (50, True)])
def test_a_width_is_that_of_its_glyph_to_a_thousandth(wrong: float, found: bool) -> None:
    def widen(pdf: pikepdf.Pdf) -> None:
        font = next(iter(pdf.pages[0].Resources.Font.values()))
        widths = font.DescendantFonts[0].W[1]
        widths[1] = float(widths[1]) + wrong

    data = write(one_page(Placed(60, 100, run("字"), 0), structure=DOCUMENT))
    assert ("fonts" in rules(edited(data, widen), SCREEN)) == found


@pytest.mark.parametrize(("below", "found"), [("H1", False), ("H2", False), ("H3", True), ("H4", True)])
def test_a_heading_is_one_level_below_the_last_at_most(below: str, found: bool) -> None:
    headings = Element("Document", (Element("H1", (0,)), Element(below, (1,))), lang="zh-CN")  # type: ignore[arg-type]
    items = (Placed(60, 100, run("首"), 0), Placed(60, 120, run("次"), 1))
    assert ("ua.headings" in rules(write(one_page(*items, structure=headings)), SCREEN)) == found


@pytest.mark.parametrize(("role", "found"), [("TH", False), ("TD", True)])
def test_a_table_has_a_head_cell(role: str, found: bool) -> None:
    head = Element(role, (0,), scope="Column" if role == "TH" else None)  # type: ignore[arg-type]
    rows = (Element("TR", (head,)), Element("TR", (Element("TD", (1,)),)))
    table = Element("Document", (Element("Table", rows),), lang="zh-CN")
    items = (Placed(60, 100, run("首"), 0), Placed(60, 120, run("次"), 1))
    assert ("ua.table" in rules(write(one_page(*items, structure=table)), SCREEN)) == found


@pytest.mark.parametrize("profile", [SCREEN, press()], ids=["screen", "press"])
def test_control_characters_of_a_title_do_not_break_the_metadata(profile: Profile) -> None:
    publication = one_page(Placed(60, 100, run("字"), 0), structure=DOCUMENT)
    named = replace(publication, metadata=replace(publication.metadata, title="A\x0bB\ufffeC & <D>"))
    with pikepdf.open(io.BytesIO(write(named, profile))) as pdf:
        packet = ElementTree.fromstring(pdf.Root.Metadata.read_bytes())
    assert "ABC & <D>" in "".join(packet.itertext())


@pytest.mark.parametrize(("right", "down", "found"), [(0.2, 0.2, False), (0.3, 0.0, True), (0.0, 0.3, True)])
def test_a_mark_stands_where_it_stands_on_the_screen(right: float, down: float, found: bool) -> None:
    """To a quarter of a point: what rounding moves is not seen."""
    screen, other = (
        one_page(Placed(60 + dx, 100 + dy, run("字"), 0), structure=DOCUMENT)
        for dx, dy in ((0.0, 0.0), (right, down))
    )
    told = compare(write(screen), write(other, press()), "press.pdf").diagnostics
    assert [d.rule for d in told] == (["files-differ"] if found else [])
