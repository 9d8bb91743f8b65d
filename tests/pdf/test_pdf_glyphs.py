"""Glyph runs as operators: where each glyph stands, whatever its advance and offset."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample import LATIN, SANS, SERIF, fonts, run, squeezed

from reportgen.base.frame import GlyphRun
from reportgen.pdf.write.embedding import Code, EmbeddedFont
from reportgen.pdf.write.glyphs import show
from reportgen.pdf.write.sfnt import Variant, add_variants, tables_of

HALF_A_UNIT = 0.5 + 1e-6


def ink_positions(run_: GlyphRun, font: EmbeddedFont) -> list[tuple[float, float]]:
    """Return (where the glyph's natural ink begins, rise) of each glyph shown, in mille of the em."""
    spacing, operators = show(run_, font)
    tracking = spacing * 1000 / run_.size
    codes = {code.hex: code for code in _codes(font)}
    pen, rise = 0.0, 0.0
    found: list[tuple[float, float]] = []
    for codes_shown, move, raised in re.findall(r"<([0-9A-F]*)>|(-?[0-9.]+) Ts|(-?[0-9.]+)", operators):
        if move:
            rise = float(move) / run_.size * 1000
        elif raised:
            pen -= float(raised)
        for i in range(0, len(codes_shown), 4):
            code = codes[codes_shown[i : i + 4]]
            found.append((pen + code.shift, rise))
            pen += code.width + tracking
    return found


def _codes(font: EmbeddedFont) -> list[Code]:
    return [*font._codes.values(), *font._halved.values()]


def expected(run_: GlyphRun) -> list[tuple[float, float]]:
    pen = 0.0
    found = []
    for advance, (right, up) in zip(
        run_.advances, run_.offsets or [(0.0, 0.0)] * len(run_.glyphs), strict=True
    ):
        found.append((pen + right, up))
        pen += advance
    return found


texts = st.text(alphabet="专利申请量（七万），。《》“”：；！？abc AVTo 0123·—…", min_size=1, max_size=30)
stretches = st.lists(st.floats(-40, 400), min_size=30, max_size=30)
offsets = st.lists(
    st.tuples(st.floats(-300, 300), st.sampled_from([0.0, 0.0, 0.0, 120.5])), min_size=30, max_size=30
)


@given(text=texts, stretch=stretches, shift=offsets | st.none(), face=st.sampled_from([SERIF, SANS, LATIN]))
@settings(max_examples=150, deadline=None)
def test_every_glyph_stands_within_half_a_unit_of_where_it_was_set(
    text: str, stretch: list[float], shift: list[tuple[float, float]] | None, face: str
) -> None:
    plain = run(text, face)
    spread = replace(
        plain,
        advances=tuple(a + s for a, s in zip(plain.advances, stretch, strict=False)),
        offsets=tuple(shift[: len(plain.glyphs)]) if shift and len(plain.glyphs) <= 30 else plain.offsets,
    )
    if len(spread.advances) != len(plain.glyphs):
        spread = plain
    found = ink_positions(spread, EmbeddedFont(fonts().face(face), "F0"))
    for (x, rise), (wanted_x, wanted_rise) in zip(found, expected(spread), strict=True):
        assert abs(x - wanted_x) <= HALF_A_UNIT
        assert rise == pytest.approx(wanted_rise, abs=0.1)


@given(text=st.text(alphabet="专利（），。《》“”：；", min_size=1, max_size=20), share=st.floats(0, 1))
@settings(max_examples=100, deadline=None)
def test_marks_squeezed_by_any_share_stand_where_they_were_set(text: str, share: float) -> None:
    whole, half = run(text), squeezed(text)
    if len(whole.glyphs) != len(half.glyphs):
        return
    mixed = replace(
        half,
        advances=tuple(w + (h - w) * share for w, h in zip(whole.advances, half.advances, strict=True)),
        offsets=tuple((x * share, y) for x, y in half.offsets or ()),
    )
    found = ink_positions(mixed, EmbeddedFont(fonts().face(SERIF), "F0"))
    for (x, _), (wanted, _) in zip(found, expected(mixed), strict=True):
        assert abs(x - wanted) <= HALF_A_UNIT


def test_an_evenly_spaced_line_needs_no_moves() -> None:
    line = run("专利申请量持续增长")
    even = replace(line, advances=tuple(a + 37.5 for a in line.advances))
    spacing, operators = show(even, EmbeddedFont(fonts().face(SERIF), "F0"))
    assert spacing == pytest.approx(0.0375 * line.size, abs=0.001)
    assert operators.count("<") == 1


def test_a_variant_shows_its_glyph_shifted_with_its_own_advance() -> None:
    import io

    from fontTools.ttLib import TTFont

    data = fonts().face(SERIF).data
    glyph = fonts().face(SERIF).glyph_of("（")
    assert glyph is not None
    count = TTFont(io.BytesIO(data))["maxp"].numGlyphs
    grown = TTFont(io.BytesIO(add_variants(data, [Variant(glyph, -500, 500)])))
    added = grown.getGlyphOrder()[count]
    base = grown.getGlyphOrder()[glyph]
    assert grown["hmtx"][added] == (500, grown["hmtx"][base][1] - 500)
    (part,) = grown["glyf"][added].components
    assert (part.glyphName, part.x, part.y) == (base, -500, 0)
    grown["glyf"][added].recalcBounds(grown["glyf"])
    assert grown["glyf"][added].xMin == grown["glyf"][base].xMin - 500


def test_a_font_with_variants_keeps_its_checksums() -> None:
    """OpenType 1.9, head: the checksum of the whole file is 0xB1B0AFBA."""
    import struct

    data = add_variants(fonts().face(SERIF).data, [Variant(5, 10, 400)])
    padded = data + bytes(-len(data) % 4)
    assert sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF == 0xB1B0AFBA
    assert add_variants(data, []) is data
    assert set(tables_of(data)) == set(tables_of(fonts().face(SERIF).data))
