"""What the report asks of its printer reaches the press file, and what cannot be had is a diagnostic."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.base.units import mm
from reportgen.base.world import World
from reportgen.build.covers import Binding, binding, cover_profile
from reportgen.build.press import press_profile
from reportgen.edition.report import Report, load_report
from reportgen.pdf.profile import PressOptions, SpotInk, fogra39, press

REPORT = (Path(__file__).parents[2] / "data/report.toml").read_text(encoding="utf-8").partition("[press]")[0]


def loaded(press: str, **files: bytes) -> tuple[World, Report]:
    world = World.of_files({"data/report.toml": f"{REPORT}\n[press]\n{press}\n", **files})
    result = load_report(world)
    assert result.ok, result.diagnostics
    return world, result.value


def faults(press: str, **files: bytes) -> list[str]:
    return [str(d) for d in press_profile(*loaded(press, **files)).diagnostics]


def test_what_is_asked_for_is_what_the_profile_says() -> None:
    options = press_profile(
        *loaded('slug = false\nsignature = 16\nink_limit = 280\nbleed = "5mm"')
    ).value.options
    assert (options.slug, options.signature, options.ink_limit) == (False, 16, 2.8)
    assert options.bleed == pytest.approx(14.17, abs=0.01)
    assert options.condition is None


def test_a_spot_ink_has_its_plate_where_a_colour_is_printed_with_it() -> None:
    style = '[style.colors]\nblue = { cmyk = [100, 75, 10, 30], rgb = "#123a70", spot = "PANTONE 294 C" }\n'
    world = World.of_files({"data/report.toml": f'{REPORT}\n{style}[press]\nspots = ["PANTONE 294 C"]\n'})
    profile = press_profile(world, load_report(world).value)
    assert profile.diagnostics == ()
    assert profile.value.options.spots == (SpotInk("PANTONE 294 C", (1.0, 0.75, 0.1, 0.3)),)


def test_a_spot_ink_that_no_colour_has_is_refused() -> None:
    (fault,) = faults('spots = ["PANTONE 294 C"]')
    assert "no colour of the style is printed with the spot ink PANTONE 294 C" in fault


def test_a_condition_without_its_profile_is_refused() -> None:
    (fault,) = faults('output_condition = "FOGRA51"')
    assert "press.output_condition is FOGRA51, and its ICC profile is not named" in fault


def test_the_printers_own_profile_takes_the_houses_place() -> None:
    icc = fogra39().icc
    world, report = loaded(
        'output_condition = "FOGRA51"\noutput_profile = "data/p.icc"', **{"data/p.icc": icc}
    )
    condition = press_profile(world, report).value.options.condition
    assert condition is not None
    assert (condition.identifier, condition.icc) == ("FOGRA51", icc)


@pytest.mark.parametrize(
    ("icc", "message"),
    [
        (b"words", "is not an ICC profile"),
        (fogra39().icc[:12] + b"mntr" + fogra39().icc[16:], "is not the profile of an output device"),
        (fogra39().icc[:16] + b"RGB " + fogra39().icc[20:], "is not a profile for CMYK"),
    ],
)
def test_a_profile_that_is_not_the_presss_is_refused(icc: bytes, message: str) -> None:
    (fault,) = faults('output_profile = "data/p.icc"', **{"data/p.icc": icc})
    assert f"data/p.icc {message}" in fault
    assert "hint: ask the printer" in fault


def test_a_profile_that_is_missing_is_named() -> None:
    (fault,) = faults('output_profile = "data/p.icc"')
    assert "the output profile data/p.icc cannot be read" in fault


def test_weight_and_bulk_of_the_paper_make_the_spine() -> None:
    _, report = loaded('paper_weight = 100\npaper_bulk = 1.0\nboard = "1mm"')
    paper = binding(report)
    assert paper is not None
    assert paper.spine(200) == pytest.approx((100 * 0.1 + 1) * 72 / 25.4)


def test_a_spine_is_as_wide_as_its_leaves_and_board() -> None:
    """80 g/m² at a bulk of 1.25 cm³/g is a leaf of 0.1 mm; 199 pages are 100 leaves."""
    paper = Binding.of_paper(80, 1.25, board=mm(0.5))
    assert paper.spine(199) == pytest.approx(mm(10.5))
    assert paper.spine(0) == pytest.approx(mm(0.5))


def test_the_spine_counts_the_blanks_that_fill_a_signature() -> None:
    assert Binding(leaf=mm(5)).spine(5, signature=8) == pytest.approx(mm(20))


def test_a_cover_is_one_sheet_and_fills_no_signature() -> None:
    pages = press(PressOptions(signature=16, ink_limit=2.8))
    assert cover_profile(pages) == press(PressOptions(signature=1, ink_limit=2.8))


def test_without_a_paper_there_is_no_spine() -> None:
    assert binding(loaded("slug = true")[1]) is None


@pytest.mark.parametrize("key", ["bleed", "board"])
@pytest.mark.parametrize("written", ["3", "-3mm", "2in"])
def test_a_length_without_a_unit_or_out_of_range_is_refused(key: str, written: str) -> None:
    world = World.of_files({"data/report.toml": f'{REPORT}\n[press]\n{key} = "{written}"\n'})
    (fault,) = load_report(world).diagnostics
    assert fault.message == f"press.{key} is '{written}', not a length from 0pt to 72pt"


def test_a_blank_length_is_the_styles() -> None:
    assert press_profile(*loaded('bleed = ""')).value.options.bleed is None


def _without_digest(icc: bytes) -> bytes:
    return icc[:84] + bytes(16) + icc[100:]


def _with(icc: bytes, at: int, data: bytes) -> bytes:
    return icc[:at] + data + icc[at + len(data) :]


TAGS = 132
TABLE_OF_COLORS = 744


@pytest.mark.parametrize(
    ("icc", "message"),
    [
        (_with(fogra39().icc, 90_000, b"\0\1\2\3"), "its content does not fit its own digest"),
        (_with(_without_digest(fogra39().icc), 128, b"\xff"), "its table of tags does not fit into it"),
        (_with(_without_digest(fogra39().icc), TAGS + 4, b"\x7f"), "a tag lies outside of it"),
        (_with(_without_digest(fogra39().icc), TAGS + 12 * 6, b"A2BX"), "it has no tag A2B0"),
        (_with(_without_digest(fogra39().icc), TABLE_OF_COLORS, b"x"), "no right colours come of it"),
        (
            _with(_without_digest(fogra39().icc), TABLE_OF_COLORS + 52, bytes(50_000)),
            "no right colours come of it",
        ),
    ],
)
def test_a_damaged_profile_with_a_right_header_is_refused(icc: bytes, message: str) -> None:
    (fault,) = faults('output_profile = "data/p.icc"', **{"data/p.icc": icc})
    assert f"data/p.icc is damaged: {message}" in fault


def test_a_profile_without_a_digest_of_itself_is_right() -> None:
    assert faults('output_profile = "data/p.icc"', **{"data/p.icc": _without_digest(fogra39().icc)}) == []
