"""The font book: what an index says, what a face answers, and how faces fall back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from text_cases import SERIF, fonts, setting

from reportgen.base.world import World
from reportgen.text.faces import INDEX, FontBook, first_face_with, load_fonts, product_fonts
from reportgen.text.paragraph import set_line
from reportgen.text.token_table import faces_for

HAN, LATIN = "NotoSerifSC-Regular", "SourceSerif4-Regular"


def project(tmp_path: Path, index: str) -> World:
    (tmp_path / "fonts").mkdir()
    (tmp_path / INDEX).write_text(index, encoding="utf-8")
    return World(tmp_path)


def test_product_comes_with_its_faces() -> None:
    result = load_fonts(World())
    assert result.diagnostics == ()
    assert {HAN, LATIN, "NotoSansSC-Bold", "SourceSerif4-Italic"} <= set(result.value.faces)
    assert (product_fonts() / "fonts.toml").is_file()


def test_project_adds_faces_and_replaces_those_of_the_same_key(tmp_path: Path) -> None:
    world = project(
        tmp_path, f'[faces.Own]\nfile = "own.ttf"\n[faces.{LATIN}]\nfile = "own.ttf"\nweight = 300\n'
    )
    (tmp_path / "fonts/own.ttf").write_bytes((product_fonts() / f"{LATIN}.ttf").read_bytes())
    book = load_fonts(world).value
    assert book.face("Own").glyph_of("a") == fonts().face(LATIN).glyph_of("a")
    assert book.face(LATIN).weight == 300
    assert book.face(HAN).weight == 400


def test_missing_font_file_is_an_error_that_names_face_and_file(tmp_path: Path) -> None:
    result = load_fonts(project(tmp_path, '[faces.Own]\nfile = "gone.ttf"\n'))
    assert [d.message for d in result.errors] == ["face Own names the file 'gone.ttf', which is not there"]
    assert str(result.errors[0].place) == f"{INDEX}:2:1"
    assert HAN in result.value.faces


def test_broken_index_is_an_error_at_its_place(tmp_path: Path) -> None:
    result = load_fonts(project(tmp_path, "[faces\n"))
    assert result.errors[0].message.startswith("the file is not TOML")
    assert str(result.errors[0].place) == f"{INDEX}:1:7"


def test_unknown_face_raises() -> None:
    with pytest.raises(KeyError):
        FontBook({}).face("None")


def test_face_answers_for_characters_and_none_for_what_it_lacks() -> None:
    face = fonts().face(HAN)
    glyph = face.glyph_of("中")
    assert glyph is not None
    assert face.advance_of(glyph) == 1000.0
    assert face.glyph_of("\u05d0") is None
    assert face.glyph_of("\ud800") is None


@pytest.mark.parametrize("key", [HAN, "NotoSansSC-Regular"])
def test_marks_have_half_widths_towards_their_ink(key: str) -> None:
    face = fonts().face(key)
    assert {face.half_of(c) for c in "，、；：。！？”’）》】"} == {(500.0, 0.0)}
    assert {face.half_of(c) for c in "“‘（《【"} == {(500.0, -500.0)}
    assert face.half_of("中") is None
    assert face.half_of("…") is None


@pytest.mark.parametrize("key", [HAN, "NotoSansSC-Regular"])
def test_two_em_dash_needs_its_script(key: str) -> None:
    face = fonts().face(key)
    assert sum(face.shape("——", "zh-Hans", (), "Hani").advances) == 2000.0
    assert sum(face.shape("——", "zh-Hans", ()).advances) < 1800.0


def test_metrics_are_mille_up_from_the_baseline() -> None:
    metrics = fonts().face(LATIN).metrics
    assert metrics.descender < 0 < metrics.cap_height < metrics.ascender


def test_ligature_stands_for_its_letters() -> None:
    shaped = fonts().face(LATIN).shape("office", "en", ("liga",))
    assert "".join(shaped.texts) == "office"
    assert len(shaped.glyphs) == len(shaped.advances) == len(shaped.texts)


def test_weights_and_slopes_fall_back_within_the_family() -> None:
    family = setting().families["serif"]
    wanted = {
        ("regular", False): "SourceSerif4-Regular",
        ("bold", False): "SourceSerif4-Bold",
        ("semibold", False): "SourceSerif4-Bold",
        ("regular", True): "SourceSerif4-Italic",
        ("bold", True): "SourceSerif4-Bold",
    }
    for (weight, italic), key in wanted.items():
        style = replace(SERIF, weight=weight, italic=italic)
        assert faces_for(style, family, han_first=False)[0] == key


def test_first_face_with_a_glyph_is_taken_in_order() -> None:
    both = [fonts().face(LATIN), fonts().face(HAN)]
    assert [face.key for c in "a中" if (face := first_face_with(c, both))] == [LATIN, HAN]
    assert first_face_with("\u05d0", both) is None


def test_label_is_set_on_one_line_at_its_natural_width() -> None:
    line = set_line("2013-2023年申请量（件）", SERIF, "zh-CN", setting()).value
    assert line is not None
    assert line.width == pytest.approx(sum(run.run.width for run in line.runs))
    assert line.text == "2013-2023年申请量（件）"
    assert line.ratio == 0.0


def test_latin_is_scaled_to_the_han_it_stands_in_and_han_to_the_latin() -> None:
    from reportgen.text.itemize import TextSetting

    families = {"serif": replace(setting().families["serif"], latin_scale=1.1)}
    sizes = {}
    for main in ("han", "latin"):
        line = set_line("中A", SERIF, "zh-CN", TextSetting(fonts(), families, main)).value  # type: ignore[arg-type]
        sizes[main] = [round(run.run.size, 6) for run in line.runs] if line else []
    assert sizes == {"han": [10.0, 11.0], "latin": [round(10 / 1.1, 6), 10.0]}


def test_same_arguments_give_the_same_lines_in_a_fresh_setting() -> None:
    from reportgen.base.house import load_style
    from reportgen.text.setting import text_setting

    style = load_style("zh-CN").value
    one, other = (set_line("中国PCT，7件", SERIF, "zh-CN", text_setting(style, fonts())) for _ in range(2))
    assert one == other
