"""The cover: back, spine and front on one sheet."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest
from sample import BLUE, HEIGHT, METADATA, WIDTH, fonts, one_page, run, sample

from reportgen.base.color import WHITE
from reportgen.base.frame import Frame, Page, Placed, Publication, Shape, Stroke
from reportgen.base.units import mm
from reportgen.pdf.profile import SCREEN, PressOptions, press
from reportgen.pdf.read.painted import ScannedPage, box_of
from reportgen.pdf.read.preflight import preflight
from reportgen.pdf.read.scan import Scan, scan
from reportgen.pdf.write.cover import Binding, ground_of, write_cover

THICK = Binding(leaf=mm(5))
THIN = Binding(leaf=mm(0.1))


def cover(publication: Publication, binding: Binding = THICK) -> tuple[bytes, Scan, ScannedPage]:
    data = write_cover(publication, press(), fonts(), binding).value
    scanned = scan(data)
    return data, scanned, scanned.pages[0]


def bound(pages: int) -> Publication:
    """Return the sample with so many pages inside its cover."""
    inside = Page(Frame(WIDTH, HEIGHT, (Placed(60, 100, run("内文")),)), "1", "decimal", "recto")
    return replace(sample(), pages=(sample().pages[0], *[inside] * pages))


def test_a_spine_is_as_wide_as_its_leaves_and_board() -> None:
    """80 g/m² at a bulk of 1.25 cm³/g is a leaf of 0.1 mm; 199 pages are 100 leaves."""
    binding = Binding.of_paper(80, 1.25, board=mm(0.5))
    assert binding.spine(199) == pytest.approx(mm(10.5))
    assert binding.spine(0) == pytest.approx(mm(0.5))


def test_the_sheet_is_back_spine_and_front_beside_each_other() -> None:
    _, scanned, page = cover(bound(6))
    trim = box_of(page.page.obj, "TrimBox")
    assert trim[2] - trim[0] == pytest.approx(2 * WIDTH + mm(15), abs=0.01)
    assert trim[3] - trim[1] == pytest.approx(HEIGHT, abs=0.01)
    assert len(scanned.pages) == 1


def test_the_fronts_ground_runs_over_spine_and_back_to_the_bleed() -> None:
    _, _, page = cover(bound(6))
    ground = next(m for m in page.marks if m.kind == "fill")
    assert ground.ink.values == BLUE.cmyk
    assert ground.box == pytest.approx(box_of(page.page.obj, "BleedBox"), abs=0.01)


def test_a_chinese_title_stands_upright_on_the_spine() -> None:
    _, _, page = cover(bound(6))
    trim = box_of(page.page.obj, "TrimBox")
    on_spine = [
        m
        for m in page.marks
        if m.kind == "text" and m.box[0] > trim[0] + WIDTH and m.box[2] < trim[0] + WIDTH + mm(15)
    ]
    assert [m.text for m in on_spine] == list(METADATA.title)
    assert [m.box[3] for m in on_spine] == sorted((m.box[3] for m in on_spine), reverse=True)
    middle = trim[0] + WIDTH + mm(7.5)
    assert all((m.box[0] + m.box[2]) / 2 == pytest.approx(middle, abs=0.1) for m in on_spine)


def test_a_western_title_is_turned_to_read_downwards() -> None:
    western = replace(bound(6), metadata=replace(METADATA, title="Patent insights", lang="en-GB"))
    _, _, page = cover(western)
    (title,) = [m for m in page.marks if m.text == "Patent insights"][:1]
    assert title.box[3] - title.box[1] > title.box[2] - title.box[0]


def test_a_long_western_title_is_set_smaller_to_fit() -> None:
    long = replace(bound(6), metadata=replace(METADATA, title="Patent insights " * 20, lang="en-GB"))
    _, _, page = cover(long)
    trim = box_of(page.page.obj, "TrimBox")
    title = next(m for m in page.marks if m.text.startswith("Patent insights Patent"))
    assert title.box[1] > trim[1] + mm(10)


def test_quotation_marks_stand_upright_in_a_chinese_title() -> None:
    quoted = replace(bound(6), metadata=replace(METADATA, title="“一带一路”"))
    _, _, page = cover(quoted)
    assert "".join(m.text for m in page.marks if len(m.text) == 1) == "“一带一路”"


def test_a_narrow_spine_bears_no_text() -> None:
    _, _, page = cover(bound(6), THIN)
    assert [m.text for m in page.marks if m.kind == "text" and len(m.text) == 1] == []


def test_a_last_page_without_folio_is_the_back() -> None:
    back = Page(Frame(WIDTH, HEIGHT, (Placed(60, 100, run("封底")),)), "", "none", "verso")
    book = bound(6)
    _, _, page = cover(replace(book, pages=(*book.pages, back)))
    trim = box_of(page.page.obj, "TrimBox")
    (mark,) = [m for m in page.marks if m.text == "封底"]
    assert mark.box[0] - trim[0] == pytest.approx(60, abs=0.01)


def test_folds_are_marked_outside_the_bleed() -> None:
    _, _, page = cover(bound(6))
    trim, bleed = box_of(page.page.obj, "TrimBox"), box_of(page.page.obj, "BleedBox")
    for x in (trim[0] + WIDTH, trim[0] + WIDTH + mm(15)):
        marks = [
            m
            for m in page.marks
            if m.kind == "stroke" and abs(m.box[0] - x) < 0.01 and abs(m.box[2] - x) < 0.01
        ]
        assert len(marks) == 2
        assert all(m.box[1] > bleed[3] or m.box[3] < bleed[1] for m in marks)


def test_the_spine_counts_the_blanks_that_fill_a_signature() -> None:
    data = write_cover(bound(5), press(PressOptions(signature=8)), fonts(), THICK).value
    scanned = scan(data)
    trim = box_of(scanned.pages[0].page.obj, "TrimBox")
    assert trim[2] - trim[0] == pytest.approx(2 * WIDTH + mm(20), abs=0.01)


def test_a_cover_passes_preflight() -> None:
    data, _, _ = cover(bound(6))
    assert preflight(data, press()).value.findings == ()


def test_a_cover_needs_pages_and_the_press() -> None:
    assert not write_cover(replace(sample(), pages=()), press(), fonts(), THICK).ok
    assert not write_cover(sample(), SCREEN, fonts(), THICK).ok


def test_a_page_without_a_ground_has_none() -> None:
    assert ground_of(one_page(Placed(60, 100, run("词"))).pages[0].frame) is None


def test_what_runs_on_from_the_front_reaches_the_edge_of_the_back_and_no_word_of_the_front() -> None:
    """A line that would cross the whole sheet is seen on the back and the spine, and not on the front."""
    line = Shape((("m", -3 * WIDTH, 200.0), ("l", 3 * WIDTH, 200.0)), stroke=Stroke(WHITE, 2.0))
    wrap = Frame(WIDTH, HEIGHT, (Placed(0, 0, line, artifact="Background"),))
    data, _, page = cover(replace(bound(6), wrap=wrap))
    bleed, trim = box_of(page.page.obj, "BleedBox"), box_of(page.page.obj, "TrimBox")
    picture = pypdfium2.PdfDocument(data)[0].render().to_pil().convert("L")
    y = picture.height - trim[3] + 200
    ground = picture.getpixel((trim[2] - 10, y))
    seen = [x for x in range(round(bleed[0]) + 1, round(bleed[2]) - 1) if picture.getpixel((x, y)) != ground]
    assert seen[0] == pytest.approx(bleed[0], abs=2)
    assert seen[-1] == pytest.approx(trim[2] - WIDTH, abs=2)
