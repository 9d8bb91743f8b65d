"""Each cost of a page break decides somewhere: for each, pages that change when it alone is taken away.

A difference here is a change of what readers see: look at it, then renew the golden.
A cost that is added needs a golden.

Pages stand one after the other: ``.`` is a line of text, ``-`` one that ends in a divided word, ``;`` the end of a
paragraph, ``H`` a heading, ``[0]`` the first figure.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import pytest
from layout_samples import CHINESE, document, paragraph, section, setting, style, table

from reportgen.base.frame import GlyphRun
from reportgen.edition.document import Block, Definitions, Paragraph, Text
from reportgen.layout.flowing import FORBIDDEN, Float, Flow, Row
from reportgen.layout.page_costs import HOUSE, PageCosts
from reportgen.layout.pages.chapter import chapter
from reportgen.layout.pages.paginate import PagePlan, paginate
from reportgen.layout.typeset.typesetter import Typesetter

SENTENCE = (
    "Telecommunications technologies and semiconductors grew fastest of all fields of technology in the period, and "
    "internationalisation of environmental technologies continues. "
)
DEFINITIONS = Definitions(tuple(((Text(f"术语{n}"),), (Text(CHINESE * 2),)) for n in range(4)))


@dataclass(frozen=True)
class Rows:
    """Rows of text as written above, and figures: the lines of each, and the row that calls it."""

    text: str
    figures: tuple[tuple[int, int], ...] = ()
    ragged: bool = False
    barriers: tuple[int, ...] = ()

    def flow(self, _: PageCosts) -> Flow:
        rows = tuple(
            Row(1, before=h, break_after=FORBIDDEN if h else 0.0, ends=char == ";", elastic=h)
            for char in self.text
            for h in [char == "H"]
        )
        floats = (Float(Row(lines), "", call, self.text.index(";", call)) for lines, call in self.figures)
        return Flow(rows, tuple(floats), ragged=self.ragged, barriers=self.barriers)


@dataclass(frozen=True)
class Blocks:
    """A section's blocks, set in the house's style."""

    blocks: tuple[Block, ...]
    lang: str = "zh-CN"

    def flow(self, costs: PageCosts) -> Flow:
        summary = section("summary", "题", *self.blocks)
        composed = document(summary, lang=self.lang)
        typesetter = Typesetter(composed, style(self.lang), setting(self.lang), {}, costs=costs)
        return chapter(typesetter, summary, {}).flow


@dataclass(frozen=True)
class Golden:
    content: Rows | Blocks
    capacity: int
    pages: str

    def paginated(self, costs: PageCosts) -> str:
        flow = self.content.flow(costs)
        return " ".join(_page(flow, plan) for plan in paginate(flow, self.capacity, 17.5, costs))


def _page(flow: Flow, plan: PagePlan) -> str:
    names = [f"[{number}]" for number in range(plan.first, plan.first + plan.floats)]
    rows = [_char(row) for row in flow.rows[plan.begin : plan.end]]
    for number in range(plan.top, plan.top + plan.between):
        rows[flow.floats[plan.first + number].after - plan.begin] += names[number]
    return "".join([*names[: plan.top], *rows, *names[plan.top + plan.between :]])


def _char(row: Row) -> str:
    text = "".join(mark.item.text for mark in row.items if isinstance(mark.item, GlyphRun))
    return "-" if text.endswith("\u00ad") else "H" if row.elastic else ";" if row.ends else "."


def english(*sentences: int) -> Blocks:
    return Blocks(tuple(Paragraph((Text(SENTENCE * count),)) for count in sentences), "en-GB")


def chinese(*sentences: int) -> Blocks:
    return Blocks(tuple(paragraph(count) for count in sentences))


GOLDENS = {
    "page": Golden(Rows("H.....;.;", ((6, 3),)), 8, "H.....;. [0];"),
    "floats_only": Golden(Rows("...;.;;", ((5, 1),)), 8, "..[0] .;.;;"),
    "short_end_lines": Golden(Rows("......;.;"), 8, "...... ;.;"),
    "short_end": Golden(Rows("......;.;"), 8, "...... ;.;"),
    "hole": Golden(Rows(";H.....;"), 8, ";H... ..;"),
    "joint": Golden(Rows("...;", ((4, 1),)), 8, "...[0] ;"),
    "ragged_hole": Golden(Rows(";.;.;.;H..;.;...;", (), True), 8, ";.;.;. ;H..;. ;...;"),
    "before_heading": Golden(Rows(".;H..;", ((3, 1),)), 10, ".;H.[0] .;"),
    "before_heading_lines": Golden(Rows(".;.;HHH;", ((7, 2), (3, 3))), 8, ".;.; [0] [1] HHH;"),
    "within_paragraph": Golden(chinese(1, 2, 1, 1, 2, 1), 10, ".;.; ...;.;.;.. .;.;"),
    "among_figures": Golden(Rows("...;.;", ((5, 1),)), 10, "...;[0] .;"),
    "hyphen_at_page_end": Golden(english(1, 1, 2), 8, ".;.. ;.-; .---;"),
    "in_entry": Golden(Blocks((DEFINITIONS,)), 12, ".;...; ...;...; ...;"),
    "split_table": Golden(Blocks((paragraph(2), table(7), paragraph(1))), 10, ".;...; .......... .;"),
    "next_page": Golden(Rows("...;;", ((6, 0),)), 8, ".[0] ..;;"),
    "late": Golden(Rows("H..;", ((5, 2), (3, 2))), 8, "H. .;[0] [1]"),
    "top_before_call": Golden(Rows("......;;;", ((3, 7),)), 10, "......; ;;[0]"),
    "between_paragraphs": Golden(Rows(".;;", ((3, 1),)), 8, ".;;[0]"),
    "away": Golden(Rows("......;", ((5, 1),)), 10, "...[0] ...;"),
    "foot_after_call": Golden(Rows("H..;;H..;", ((5, 4),)), 8, "H..;;H. [0].;"),
    "stacked": Golden(Rows(";;", ((5, 0), (2, 0))), 10, ";[0]; [1]"),
    "behind_barrier": Golden(Rows(";..;HH;", ((5, 4),), barriers=(5,)), 10, ";..; [0]HH;"),
    "sliver_lines": Golden(Rows("...;", ((6, 0),)), 9, "..[0] .;"),
    "sliver": Golden(Rows("...;", ((6, 0),)), 9, "..[0] .;"),
}


@pytest.mark.parametrize("constant", GOLDENS)
def test_golden(constant: str) -> None:
    assert GOLDENS[constant].paginated(HOUSE) == GOLDENS[constant].pages


@pytest.mark.parametrize("constant", [field.name for field in fields(PageCosts)])
def test_golden_depends_on(constant: str) -> None:
    without = replace(HOUSE, **{constant: 0})
    assert GOLDENS[constant].paginated(without) != GOLDENS[constant].pages


def test_white_above_a_heading_costs_less_than_white_elsewhere() -> None:
    """Else a heading would be set at a page's foot to fill it."""
    golden = Golden(Rows(";.;H.H.;", ((2, 2),)), 10, ";.;[0] H.H.;")
    assert golden.paginated(HOUSE) == golden.pages
    assert golden.paginated(replace(HOUSE, before_heading=2 * HOUSE.before_heading)) != golden.pages
