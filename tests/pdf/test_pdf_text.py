"""Text in a finished file: what it extracts as, where its glyphs stand, how words are kept apart."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from sample import (
    HEIGHT,
    LATIN,
    one_page,
    run,
    squeezed,
)
from writing import DOCUMENT, first_content, texts, write

from reportgen.base.color import BLACK
from reportgen.base.frame import (
    Element,
    GlyphRun,
    Placed,
)
from reportgen.pdf.profile import SCREEN
from reportgen.pdf.read.scan import scan
from reportgen.pdf.write.file import write_pdf
from reportgen.text.faces import Face, FontBook


def _pdfium_text(data: bytes, page: int = 0) -> str:
    with pypdfium2.PdfDocument(data) as document:
        text: str = document[page].get_textpage().get_text_bounded()
    return text


def _mupdf_text(data: bytes, page: int = 0) -> str:
    import pymupdf

    with pymupdf.open(stream=data, filetype="pdf") as document:
        return str(document[page].get_text())


SQUEEZED = "《统计》（二〇二四），“专利”：七万件；完。"


@pytest.mark.parametrize("extract", [_pdfium_text, _mupdf_text])
def test_a_line_with_squeezed_marks_extracts_as_one_line(extract: object) -> None:
    data = write(one_page(Placed(60, 100, squeezed(SQUEEZED), 0), structure=DOCUMENT))
    assert extract(data).strip() == SQUEEZED  # type: ignore[operator]


def test_half_squeezed_marks_need_no_backward_moves() -> None:
    whole, half = run(SQUEEZED), squeezed(SQUEEZED)
    middle = replace(
        half,
        advances=tuple((a + b) / 2 for a, b in zip(whole.advances, half.advances, strict=True)),
        offsets=tuple((x / 2, y) for x, y in half.offsets or ()),
    )
    content = first_content(one_page(Placed(60, 100, middle, 0), structure=DOCUMENT))
    moves = [float(move) for move in re.findall(r">(-?[0-9.]+)<", content)]
    assert moves
    assert all(move < 0 for move in moves), "a positive number moves the pen back"


def test_a_run_is_as_wide_in_the_file_as_it_was_set() -> None:
    line = squeezed(SQUEEZED)
    spread = replace(line, advances=tuple(a + 13.37 for a in line.advances))
    scanned = scan(
        write(
            one_page(
                Placed(60, 100, spread, 0), Placed(60 + spread.width, 100, run("完"), 0), structure=DOCUMENT
            )
        )
    )
    first = scanned.pages[0].marks[0]
    assert first.box[2] - first.box[0] == pytest.approx(spread.width - 0.01337 * line.size, abs=0.01)


def test_one_glyph_drawn_for_two_characters_extracts_as_each() -> None:
    glyph = run("·").glyphs[0]
    line = replace(run("··"), glyphs=(glyph, glyph), texts=("·", "‧"))
    data = write(one_page(Placed(60, 100, line, 0), structure=DOCUMENT))
    assert [m.text for m in scan(data).pages[0].marks] == ["·‧"]


def test_a_ligature_extracts_as_its_letters() -> None:
    line = run("office fi", LATIN, lang="en")
    data = write(one_page(Placed(60, 100, line, 0), structure=DOCUMENT))
    assert [m.text.replace("\u200b", "") for m in scan(data).pages[0].marks] == ["office fi"]


def test_raised_glyphs_and_turned_runs_stand_where_they_should() -> None:
    raised = replace(run("ab", LATIN), offsets=((0, 0), (0, 300)))
    turned = run("升高", size=10, angle=90)
    data = write(one_page(Placed(60, 100, raised, 0), Placed(200, 100, turned, 0), structure=DOCUMENT))
    marks = scan(data).pages[0].marks
    low, high = marks[0], marks[1]
    assert high.box[1] - low.box[1] == pytest.approx(0.3 * 10.5, abs=0.01)
    up = marks[-1].box
    assert up[3] - up[1] == pytest.approx(20, abs=0.1)
    assert up[1] == pytest.approx(HEIGHT - 100, abs=0.1)


def test_the_word_space_that_ends_a_line_is_kept_for_readers() -> None:
    lines = [
        Placed(60, 100 + 14 * i, run(words, LATIN, lang="en"), 0) for i, words in enumerate(("one", "two"))
    ]
    data = write(one_page(*lines, structure=DOCUMENT))
    assert [m.text for m in scan(data).pages[0].marks] == ["one ", "two"]


def test_a_divided_word_and_chinese_lines_get_no_space() -> None:
    broken = replace(run("di-", LATIN, lang="en"), texts=("d", "i", "\u00ad"))
    rows = [broken, run("vide", LATIN, lang="en"), run("中文"), run("下一行")]
    lines = [Placed(60, 100 + 14 * i, row, 0) for i, row in enumerate(rows)]
    data = write(one_page(*lines, structure=DOCUMENT))
    assert [m.text for m in scan(data).pages[0].marks] == ["di\u00ad", "vide", "中文", "下一行"]


def test_a_number_and_the_title_after_its_tab_are_words_of_their_own() -> None:
    heading = Element("Document", (Element("Caption", (Element("Lbl", (0,)), 1)),), lang="zh-CN")
    number = run("图 1")
    items = (Placed(60, 100, number, 0), Placed(60 + number.width + 8, 100, run("2013 年"), 1))
    assert texts(*items, structure=heading) == ["图 1 ", "2013 年"]


def test_a_label_above_its_title_is_a_word_of_its_own() -> None:
    items = (Placed(60, 100, run("第一部分", size=9), 0), Placed(60, 130, run("创新", size=20), 0))
    assert texts(*items) == ["第一部分 ", "创新"]


def test_runs_that_touch_and_raised_marks_are_not_parted() -> None:
    first = run("增长")
    items = (Placed(60, 100, first, 0), Placed(60 + first.width, 96, run("A", LATIN, 6), 0))
    assert texts(*items) == ["增长", "A"]


def test_texts_of_two_blocks_are_not_parted() -> None:
    two = Element("Document", (Element("P", (0,)), Element("P", (1,))), lang="zh-CN")
    items = (Placed(60, 100, run("one", LATIN), 0), Placed(200, 100, run("two", LATIN), 1))
    assert texts(*items, structure=two) == ["one", "two"]


def test_leaders_between_a_title_and_its_folio_do_not_join_them() -> None:
    items = (
        Placed(60, 100, run("概要"), 0),
        Placed(100, 100, run("……")),
        Placed(200, 100, run("12", LATIN), 0),
    )
    assert texts(*items) == ["概要 ", "……", "12"]


def test_words_of_another_language_are_marked_where_no_element_says_so() -> None:
    line = Placed(60, 100, run("Treaty", LATIN, lang="en-GB"), 0)
    marks = scan(write(one_page(line, structure=DOCUMENT))).pages[0].marks
    assert [(m.text, m.lang) for m in marks] == [("Treaty", "en-GB")]


def test_figures_are_not_of_a_language() -> None:
    line = Placed(60, 100, run("2023", LATIN, lang="en-GB"), 0)
    marks = scan(write(one_page(line, structure=DOCUMENT))).pages[0].marks
    assert [m.lang for m in marks] == [None]


def test_a_font_with_postscript_outlines_is_an_error(tmp_path: Path) -> None:
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder([".notdef", "a"])
    builder.setupCharacterMap({97: "a"})
    pen = T2CharStringPen(500, None)
    shapes = {".notdef": pen.getCharString(), "a": pen.getCharString()}
    builder.setupCFF("Test", {}, shapes, {})
    builder.setupHorizontalMetrics({".notdef": (500, 0), "a": (500, 0)})
    builder.setupHorizontalHeader()
    builder.setupPost()
    builder.save(tmp_path / "test.otf")
    book = FontBook({"Test": Face("Test", tmp_path / "test.otf", {})})
    line = GlyphRun("Test", 10, (1,), (500,), ("a",), BLACK, "en")
    result = write_pdf(one_page(Placed(60, 100, line, 0), structure=DOCUMENT), SCREEN, book)
    assert "the face 'Test' has PostScript outlines, which cannot be embedded" in [
        d.message for d in result.errors
    ]
