"""A finding names the figure or paragraph that it is in: from the file's structure, or from the pages laid out."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest
from mutants import original
from planting import add, edit, elements
from sample import sample

from reportgen.base.diagnostics import Diagnostic
from reportgen.build.proof import FinishedFile, prove
from reportgen.build.whereabouts import Whereabouts
from reportgen.pdf.geometry import Box
from reportgen.pdf.profile import SCREEN, press
from reportgen.pdf.read.naming import quoted
from reportgen.pdf.read.preflight import preflight

Plant = Callable[[pikepdf.Pdf], None]
FIGURE, PARAGRAPH = (
    "the figure “图 1-1 专利申请量”",
    "the paragraph “专利申请量“持续增长”，达到（七万）件。近八成为…”",
)
PLACE = "(data/manuscript/10-part.md:3:1)"


def planted(profile: str, plant: Plant) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(original(profile))) as pdf:
        plant(pdf)
        pdf.save(out, force_version="1.6" if profile == "press" else "1.7", deterministic_id=True)
    return out.getvalue()


def of_rule(found: tuple[Diagnostic, ...], rule: str) -> list[str]:
    return [diagnostic.message for diagnostic in found if diagnostic.rule == rule]


def pale(pattern: str) -> Plant:
    return lambda pdf: edit(pdf, 2, pattern, r"0.9 0.9 0.9 rg \g<0>")


def without_alt(pdf: pikepdf.Pdf) -> None:
    del elements(pdf, "Figure")[0].Alt


def without_id(pdf: pikepdf.Pdf) -> None:
    del elements(pdf, "Note")[0].ID


def without_scope(pdf: pikepdf.Pdf) -> None:
    del elements(pdf, "TH")[0].A


def skipped(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "H2")[0].S = pikepdf.Name.H3


def no_description(pdf: pikepdf.Pdf) -> None:
    pdf.pages[2].Annots[0].Contents = pikepdf.String("")


@pytest.mark.parametrize(
    ("rule", "plant", "named"),
    [
        ("ua.alternative", without_alt, FIGURE),
        ("ua.contrast", pale(r"BT [^\]]*\] TJ ET\nEMC\n/P"), "the "),
        ("ua.headings", skipped, "the heading “图形”"),
        ("ua.note", without_id, "the note “注 A：含地区。”"),
        ("ua.table", without_scope, "the table “表 1 申请量”"),
        ("ua.link", no_description, "the paragraph “专利申请量“持续增长”"),
    ],
)
def test_a_screen_file_alone_names_what_a_finding_is_in(rule: str, plant: Plant, named: str) -> None:
    messages = of_rule(preflight(planted("screen", plant), SCREEN).diagnostics, rule)
    assert messages
    assert all(f", in {named}" in message for message in messages), messages


PRESS = [
    ("press.hairline", lambda pdf: edit(pdf, 2, r"0\.5 w", "0.1 w"), FIGURE),
    ("press.ink-limit", lambda pdf: edit(pdf, 2, r"0\.05 0\.85 0\.9 0\.05 k", "1 1 1 0.9 k"), FIGURE),
    ("press.colored-text", lambda pdf: edit(pdf, 2, r" 18 Tf", " 6 Tf"), "the heading “一、创新”"),
    (
        "press.rich-black",
        lambda pdf: edit(pdf, 2, r"1 0\.75 0\.1 0\.3 k", "0.4 0.3 0.3 1 k"),
        "the heading “一、创新”",
    ),
    ("press.resolution", lambda pdf: edit(pdf, 2, r"20 0 0 20 ", "200 0 0 200 "), "the figure “"),
]


@pytest.mark.parametrize(("rule", "plant", "named"), PRESS, ids=[rule for rule, _, _ in PRESS])
def test_a_build_names_what_a_finding_of_a_press_file_is_in(rule: str, plant: Plant, named: str) -> None:
    data = planted("press", plant)
    laid = prove({"press": FinishedFile("report.press.pdf", press(), data)}, sample())
    messages = of_rule(laid, rule)
    assert messages
    assert any(named in message for message in messages), messages
    alone = of_rule(preflight(data, press()).diagnostics, rule)
    assert [message.partition(", in the ")[0] for message in messages] == alone


def test_a_build_names_the_line_of_the_manuscript() -> None:
    def plant(pdf: pikepdf.Pdf) -> None:
        edit(pdf, 2, r"1 0\.75 0\.1 0\.3 k", "0.4 0.3 0.3 1 k")

    found = prove({"press": FinishedFile("report.press.pdf", press(), planted("press", plant))}, sample())
    messages = of_rule(found, "press.rich-black")
    assert messages
    assert all(message.endswith(PLACE) for message in messages)


def test_a_mark_on_a_page_without_content_has_no_name() -> None:
    def plant(pdf: pikepdf.Pdf) -> None:
        add(pdf, 0, "0 0 0 1 k 100 100 200 0.1 re f")

    where = Whereabouts(sample())
    assert where(9, 4, Box(0, 0, 1, 1)) is None
    assert preflight(planted("press", plant), press()).diagnostics


def test_blank_pages_of_a_signature_shift_no_names() -> None:
    publication = sample()
    where, box = Whereabouts(publication), Box(60, 71, 100, 81)
    assert where(3, 4, box) == where(3, 8, box)
    assert where(3, 4, box) is not None
    assert where(4, 8, box) is None


@pytest.mark.parametrize("length", range(20, 30))
def test_a_long_text_is_quoted_by_its_first_words(length: int) -> None:
    said = quoted("字" * length)
    assert (said == f"“{'字' * length}”") == (length <= 25)
    assert len(said) <= 27
