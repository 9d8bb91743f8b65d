"""The breaker finds the optimum: it is held against every possible way to break thousands of small paragraphs.

The yardstick below states Knuth and Plass's demerits a second time, from the definition and without tables. It is
given the costs that it judges with, the house's and others, and knows no number of its own.
"""

from __future__ import annotations

import random
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from text_cases import EM, SERIF, items, lines, setting, styled

from reportgen.text.breaking import break_paragraph
from reportgen.text.costs import FORBIDDEN, FORCED, HELD, HOUSE, ParagraphCosts
from reportgen.text.itemize import TextSpan, itemize
from reportgen.text.items import Box, Gap, Items

Ends = tuple[int, ...]

OTHERS = ParagraphCosts(
    line=40.0,
    badness=30.0,
    short_share=0.6,
    short_last_line=900.0,
    consecutive_hyphens=2500.0,
    fitness=70_000.0,
    first_tolerance=0.41,
    second_tolerance=1.37,
    last_tolerance=2.53,
    emergency_stretch=0.2,
    runt=200.0,
)
"""Costs unlike the house's, under which other ways to break are best."""


def box(width: float, hang: float = 0.0) -> Box:
    return Box("face", 10.0, (1,), (width * 100,), ("x",), None, width, "zh", hang)


def ratio_of(found: Items, begin: int, end: int, available: float, lent: float) -> float | None:
    """Return the ratio of a line of boxes begin to end, None if it cannot be shrunk enough."""
    final = found.gaps[end]
    gaps = found.gaps[begin:end]
    natural = sum(b.width for b in found.boxes[begin : end + 1]) + sum(g.width for g in gaps) + final.hyphen
    slack = available - natural + found.boxes[end].hang
    if slack < 0:
        give = sum(g.shrink for g in gaps)
        return slack / give if slack >= -give - 1e-6 and give > 1e-6 else (0.0 if slack >= -1e-6 else None)
    if final.penalty == FORCED:
        return 0.0
    room = sum(g.stretch for g in gaps) + lent * available
    return slack / room if room > 1e-6 else (float("inf") if slack > 1e-6 else 0.0)


def cost_of(
    found: Items,
    ends: Ends,
    measure: float,
    indent: float,
    hanging: float,
    tolerance: float,
    costs: ParagraphCosts,
) -> float | None:
    """Return the demerits of a way to break, None if a line is out of bounds."""
    lent = costs.emergency_stretch if tolerance == float("inf") else 0.0
    total, begin, before = 0.0, 0, (1, False)
    for end in ends:
        available = measure - (hanging if begin else indent)
        ratio = ratio_of(found, begin, end, available, lent)
        if ratio is None or ratio > tolerance:
            return None
        final = found.gaps[end]
        last = final.penalty == FORCED
        total += (costs.line + costs.badness * abs(ratio) ** 3) ** 2
        if not last and final.penalty > 0:
            total += final.penalty**2
        width = sum(b.width for b in found.boxes[begin : end + 1]) + sum(
            g.width for g in found.gaps[begin:end]
        )
        if last and min(width - found.boxes[end].hang, available) < costs.short_share * available:
            total += costs.short_last_line
        fitness = 0 if ratio < -0.5 else 1 if ratio <= 0.5 else 2 if ratio <= 1 else 3
        total += costs.fitness if abs(fitness - before[0]) > 1 else 0
        total += costs.consecutive_hyphens if before[1] and final.hyphen else 0
        before = (fitness, final.hyphen > 0)
        begin = end + 1
    return total


def best_by_brute_force(
    found: Items, measure: float, indent: float, hanging: float, costs: ParagraphCosts
) -> tuple[float, float] | None:
    """Return (demerits, tolerance) of the best of all ways to break, in the first pass that allows one."""
    last = len(found.gaps) - 1
    for tolerance, dearest in (
        (costs.first_tolerance, costs.runt),
        (costs.second_tolerance, costs.runt),
        (costs.last_tolerance, costs.runt),
        (costs.last_tolerance, HELD),
        (float("inf"), HELD),
    ):
        legal = [i for i in range(last) if found.gaps[i].penalty < dearest]
        totals = [
            cost
            for count in range(len(legal) + 1)
            for chosen in combinations(legal, count)
            if (cost := cost_of(found, (*chosen, last), measure, indent, hanging, tolerance, costs))
            is not None
        ]
        if totals:
            return min(totals), tolerance
    return None


def random_items(random_: random.Random, most: int = 9) -> Items:
    count = random_.randint(1, most)
    boxes = tuple(
        box(random_.choice((0.0, 2.0, 5.0, 7.0, 10.0, 10.0, 23.0)), random_.choice((0.0, 0.0, 0.0, 2.0)))
        for _ in range(count)
    )
    gaps = [
        Gap(
            "none",
            width := random_.choice((0.0, 0.0, 2.5, 5.0)),
            random_.choice((0.0, 0.6, 2.0, 4.0)),
            2,
            random_.choice((0.0, 0.5, 1.0)) * width,
            1,
            random_.choice((0.0, 0.0, 0.0, 60.0, 60.0, 30.0, 3000.0, HELD, FORBIDDEN)),
            random_.choice((0.0, 0.0, 3.0)),
        )
        for _ in range(count - 1)
    ]
    end = Gap("none", 0.0, 0.0, 2, 0.0, 0, FORCED)
    return Items(boxes, (*gaps, end), (0,) * count)


def check(found: Items, measure: float, indent: float, hanging: float, costs: ParagraphCosts = HOUSE) -> None:
    breaks = break_paragraph(found, measure, indent, hanging, costs)
    best = best_by_brute_force(found, measure, indent, hanging, costs)
    if best is None:
        assert breaks.emergency
        return
    cost = cost_of(found, breaks.ends, measure, indent, hanging, best[1], costs)
    assert breaks.items is found
    assert breaks.emergency == (best[1] == float("inf"))
    assert cost == pytest.approx(best[0], rel=1e-6)


@pytest.mark.parametrize("seed", range(20))
def test_no_way_to_break_is_cheaper(seed: int) -> None:
    random_ = random.Random(seed)
    for _ in range(150):
        measure = random_.choice((20.0, 24.0, 30.0, 41.0))
        indent, hanging = random_.choice((0.0, 0.0, 6.0)), random_.choice((0.0, 0.0, 6.0))
        check(random_items(random_), measure, indent, hanging, random_.choice((HOUSE, OTHERS)))


@settings(deadline=None, max_examples=200)
@given(st.randoms(use_true_random=False), st.floats(11.0, 60.0), st.floats(0.0, 9.0), st.floats(0.0, 10.0))
def test_no_way_to_break_is_cheaper_at_odd_measures(
    random_: random.Random, measure: float, indent: float, hanging: float
) -> None:
    check(random_items(random_, 8), measure, indent, hanging)


def test_yardstick_itself_tells_a_good_break_from_a_bad_one() -> None:
    found = items("中国企业，中国专利。")
    good, bad = (4, 9), (0, 9)
    first, second = (cost_of(found, ends, 5 * EM, 0.0, 0.0, float("inf"), HOUSE) for ends in (good, bad))
    assert first is not None
    assert second is None or second > first


@pytest.mark.parametrize(
    "text", ["中国企业在共建国家申请专利，数量“持续”增长。", "见图1-1，年均增长18.1%，（含PCT）申请。"]
)
def test_small_real_paragraphs_are_broken_best(text: str) -> None:
    found = itemize((TextSpan(text, SERIF, "zh-CN"),), styled(), setting()).value
    for measure in (61.0, 75.0, 90.0, 123.0):
        check(found, measure, 20.0, 0.0)


def test_tight_line_does_not_stand_next_to_a_loose_one_if_it_can_be_helped() -> None:
    # Broken at 1 the lines would be very loose and tight; at 2 both are decent, at the price of a penalty.
    glue = {"stretch": 10.0, "stretch_tier": 2, "shrink": 0.0, "shrink_tier": 1}
    loose = Gap("none", 0.0, penalty=0.0, **glue)
    end = Gap("none", 0.0, 0.0, 2, 0.0, 0, FORCED)
    found = Items((box(10.0), box(10.0), box(10.0), box(10.0)), (loose, loose, loose, end), (0,) * 4)
    assert break_paragraph(found, 20.0).ends == (1, 3)


def test_way_that_may_yet_win_is_kept_and_a_hopeless_one_dropped() -> None:
    from reportgen.text.breaking import _Node, _worth_keeping

    reach = HOUSE.consecutive_hyphens + HOUSE.fitness
    nodes = {fitness: _Node(fitness * 0.9 * reach, fitness, 1, False, None) for fitness in range(3)}
    assert [node.fitness for node in _worth_keeping(nodes, HOUSE)] == [0, 1]


def test_in_an_emergency_a_number_gives_way_before_a_mark_starts_a_line() -> None:
    digits = "12345678901"
    measure = lines(digits, 500.0)[0].width + 2.0
    assert [len(line.text) for line in lines(f"{digits}）。", measure)] == [10, 3]
    assert lines(f"{digits}）。", measure, align="left")[1].text[0].isdigit()


def test_passes_rise_in_tolerance_and_end_with_a_warning() -> None:
    from reportgen.text.paragraph import set_paragraph

    span = TextSpan("中国Massachusetts中国Connecticut", SERIF, "zh-CN")
    found = set_paragraph((span,), styled(hyphenate=False), 78.0, setting())
    assert [d.message for d in found.diagnostics] == [
        "the line “中国…” had to be stretched very wide",
        "the line “Massachusetts…” is 9.1 pt short of its measure",
        "the line “中国…” had to be stretched very wide",
    ]
    assert [line.text for line in found.value] == ["中国", "Massachusetts", "中国", "Connecticut"]
    assert all(line.x + line.width <= 78.0 + 0.01 for line in found.value)


def test_segment_after_a_forced_break_starts_with_the_hanging_indent() -> None:
    assert [line.x for line in lines("中\n国", 100.0, first_indent=20.0, hanging=5.0)] == [20.0, 5.0]


def test_last_line_is_not_stretched_but_may_shrink() -> None:
    assert lines("中国企业", 100.0)[0].width == 4 * EM
    squeezed = lines("中国，企业", 4.8 * EM)
    assert len(squeezed) == 1
    assert squeezed[0].width == pytest.approx(4.8 * EM)


def test_cost_grows_linearly_with_the_text() -> None:
    """Counted in relaxations offered, not in seconds."""
    from unittest.mock import patch

    from reportgen.text import breaking

    counts = []
    for repeat in (200, 400, 800):
        found = items("中国企业在共建国家申请专利，数量持续增长。" * repeat)
        with patch.object(breaking, "_relax", wraps=breaking._relax) as relax:
            break_paragraph(found, 300.0)
        counts.append(relax.call_count)
    assert counts[2] <= 2.1 * counts[1]
    assert counts[1] <= 2.1 * counts[0]


class TestRunts:
    """孤字: a last line takes two ideographs or a Western word."""

    @pytest.mark.parametrize("measure", [70.0, 72.0, 80.0, 83.0, 90.0, 100.0])
    def test_no_last_line_holds_one_ideograph_within_the_tolerances(self, measure: float) -> None:
        for text in (
            "中国企业在共建国家申请专利。",
            "中国企业，在共建国家，申请专利。",
            "中国企业在共建国家专利。",
        ):
            last = lines(text, measure)[-1].text
            assert len(last.rstrip("。")) >= 2, (measure, last)

    def test_western_word_may_stand_alone(self) -> None:
        found = items("中国企业的PCT。")
        assert all(gap.penalty < 1000 or gap.penalty >= HELD for gap in found.gaps[:-1])

    def test_ragged_text_has_no_runt_either(self) -> None:
        for measure in (60.0, 70.0, 80.0, 90.0):
            assert len(lines("中国企业在共建国家申请专利", measure, align="left")[-1].text) >= 2


class TestRagged:
    def test_lines_are_as_even_as_their_number_allows(self) -> None:
        widths = [line.width for line in lines("中国企业在共建国家申请专利数量", 100.0, align="center")]
        assert len(widths) == 2
        assert abs(widths[0] - widths[1]) <= EM

    def test_takes_no_more_lines_than_first_fit(self) -> None:
        assert len(lines("中" * 21, 100.0, align="left")) == 3

    def test_alignment_moves_the_line(self) -> None:
        xs = [lines("中国", 100.0, align=align)[0].x for align in ("left", "center", "right")]
        assert xs == [0.0, 40.0, 80.0]

    def test_hyphen_counts_towards_the_width(self) -> None:
        for measure in range(30, 90):
            for line in lines("manufacturing communication", measure, "en-GB", align="left", hyphenate=True):
                assert line.width <= measure + 0.01
