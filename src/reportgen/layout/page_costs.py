"""What page breaks cost, each number with the reason for its size.

The unit is a sixtieth of a page: a page that could be saved costs 60, a white line at its foot 6. Costs of one cause
grow with the square of what is missing, so that two small faults are better than a large one.
``tests/layout/test_layout_costs.py`` holds, for each number, pages that change when it alone is taken away.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class PageCosts:
    """The numbers that decide where pages end and where figures stand."""

    # ---- pages

    page: float = 60.0
    """Each page: a section of fewer pages wins, unless that leaves a hole of more than three lines on one of them."""
    floats_only: float = 40.0
    """A page of figures without text: two thirds of a page, as figures belong to their text, but a figure two pages
    late is worse."""
    short_end_lines: int = 5
    short_end: float = 4.0
    """A section's last page with fewer lines than this looks abandoned: times the square of the lines that are missing.
    Four lines missing cost a page; one missing costs less than a line left white elsewhere."""

    # ---- white at the foot

    hole: float = 6.0
    """Times the square of the white lines: one is hardly seen on a page of 38, three cost nearly a page."""
    joint: float = 3.0
    """Each white line that a heading or a figure takes up: half a white line. Readers expect white there, but the
    facing page may have none."""
    ragged_hole: float = 1.0
    """Each white line of a page of lists or tables, which may end short: only to choose the fuller of two pages."""
    before_heading: float = 5.0
    """Each white line above a heading that begins a page, at most, in a section with figures: such a page looks
    intended, so eight white lines cost less than three elsewhere would."""

    before_heading_lines: int = 12
    """More white lines than these, a third of a page, look forgotten also before a heading: the others cost as a hole
    of their own does."""

    # ---- where the text is broken

    within_paragraph: float = 2.0
    """A break within a paragraph, less than a page one line short: readers often turn the page inside a sentence."""
    among_figures: float = 15.0
    """Added to it in a section with figures, where the rest of the paragraph may end up between two of them: more than
    one white line, less than two."""
    hyphen_at_page_end: float = 60.0
    """A page that ends in a divided word, as much as a page: three white lines are better."""
    in_entry: float = 40.0
    """A break within a definition: an entry is looked up and read at once, so two white lines are better."""
    split_table: float = 150.0
    """Dividing a table that would fit on a page: four white lines are better than numbers read across a page turn, and
    among tables, where white costs little, such a table is never divided."""

    # ---- where figures stand

    next_page: float = 30.0
    """A figure on a page after that of its call: the reader has to turn to it, half a page's cost."""
    late: float = 90.0
    """Each page that it waits beyond the next: more than a page, so that figures are never put off to save one."""
    top_before_call: float = 6.0
    """A figure at the head of the page that calls it further down: seen before it is spoken of, as bad as one white
    line."""
    between_paragraphs: float = 1.0
    """A figure between two paragraphs: right behind its call, but it divides the column; the foot of the page is
    better if the call is near it."""
    away: float = 0.4
    """Each row between the foot of the page and the paragraph that calls the figure there: fifteen rows, half a page
    of text, cost as much as the head of the page."""
    foot_after_call: float = 10.0
    """Added for a figure at the foot of a page after its call's: whoever turns to it looks at the head first."""
    stacked: float = 8.0
    """A figure straight under another: they read as one; better one white line than that."""
    behind_barrier: float = 150.0
    """A figure behind the title of the next section: it reads as that section's, so rather a page that ends short."""
    sliver_lines: int = 4
    sliver: float = 9.0
    """Fewer lines of text than this beside figures look lost: times the square of what is missing. One line alone costs
    more than a page without text would."""


HOUSE: Final = PageCosts()
