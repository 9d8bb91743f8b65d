"""Audit: what the lines of a finished file look like, read back from where its glyphs stand.

The breaker says what it meant; this says what a reader gets. It shares CLREQ's classes with the text layer, so that
there is one table of them, and nothing else: positions come from the content streams, widths from the fonts, and which
lines make up a paragraph from the structure tree. The grid is not asked for but found.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from statistics import fmean
from typing import NamedTuple

from reportgen.base.diagnostics import Diagnostic, Faults, Result
from reportgen.base.units import Pt
from reportgen.base.writing_systems import is_set_full_width
from reportgen.pdf.geometry import Box
from reportgen.pdf.read.findings import at_point, in_file
from reportgen.pdf.read.painted import Scan
from reportgen.pdf.read.scan import scan_or_fault
from reportgen.pdf.read.setlines import Block, Set, SetLine, blocks_of
from reportgen.text.classes import (
    NOT_AT_END,
    NOT_AT_START,
    Class,
    Level,
    chinese_class,
    held_together,
    is_full_width,
    is_han,
    western_classes,
)

OFF_GRID: Pt = 0.1
LOOSE_HAN = 0.25
LOOSE_SPACE = 3.0
"""A line is very loose if ideographs stand further apart than a quarter em, or its word spaces are three times wide."""
RIVER_LINES = 4
"""So many lines whose word spaces lie on one another make a river."""
RIVER_SPACE = 0.3
"""Narrower word spaces, in em, carry no river."""
_NO_GRID = (0.0, 1.0)


class Spread(NamedTuple):
    """How evenly lines are filled: the number of lines measured, and over them the mean and worst addition.

    For lines of ideographs what is added between two of them, in em; for Western lines the word space as a multiple
    of its natural width.
    """

    lines: int
    mean: float
    deviation: float
    worst: float
    where: SetLine | None


@dataclass(frozen=True, slots=True)
class LineReport:
    """What an audit found.

    Attributes:
        kinds: how many findings there are of each rule.
        leading: of the grid that body text stands on.
        on_grid: share of the body lines that stand on it.
    """

    pages: int
    blocks: int
    lines: int
    kinds: Mapping[str, int]
    han: Spread
    western: Spread
    leading: Pt
    on_grid: float


def audit(data: bytes, file: str = "report.pdf", level: Level = "gb") -> Result[LineReport]:
    """Audit the lines of a finished, tagged file.

    Args:
        file: its name, for places.
        level: the level of CLREQ's prohibitions to hold it to.

    Returns:
        The report; what was found are diagnostics: errors for forbidden starts and ends, divided numbers and missing
        glyphs, warnings for runts, very loose lines, rivers and lines off the grid.
    """
    faults = Faults()
    scanned = scan_or_fault(data, file, faults, glyphs=True)
    report = faults.take(audit_scanned(scanned, level)) if scanned else _report(0, [], [], _NO_GRID)
    return faults.result(report)


def audit_scanned(scanned: Scan, level: Level = "gb") -> Result[LineReport]:
    """Do the same for a file that is scanned already, with its glyphs."""
    blocks, grid = blocks_of(scanned), _NO_GRID
    if scanned.tree.root is None:
        message = f"{scanned.tree.faults[0]}, which tells its paragraphs"
        findings = [in_file(scanned, "no-structure", message)]
    else:
        grid, off_grid = _grid(blocks)
        findings = [
            *(finding for block in blocks for finding in _of_block(block, level)),
            *off_grid,
            *_missing(scanned, blocks),
        ]
    return Result(_report(len(scanned.pages), blocks, findings, grid), tuple(findings))


def _at(line: SetLine, rule: str, message: str) -> Diagnostic:
    page, said = line.page, f"{message}: “{line.text.strip()[:32]}”"
    last = line.glyphs[-1]
    box = Box(line.x, line.y - line.size, last.x + last.width, line.y)
    subject = page.names.at(page, line.mcid, box) if page.names is not None else None
    return at_point(page, rule, said, line.x, line.y, subject)


def _report(
    pages: int, blocks: Sequence[Block], findings: Sequence[Diagnostic], grid: tuple[Pt, float]
) -> LineReport:
    filled = [line for block in blocks if block.running for line in block.lines[:-1]]
    han = [(value, line) for line in filled if (value := added_between_ideographs(line)) is not None]
    western = [(value, line) for line in filled if (value := word_space(line)) is not None]
    count = sum(len(block.lines) for block in blocks)
    kinds = Counter(finding.rule for finding in findings)
    return LineReport(pages, len(blocks), count, kinds, _spread(han), _spread(western), *grid)


def _spread(measured: Sequence[tuple[float, SetLine]]) -> Spread:
    if not measured:
        return Spread(0, 0.0, 0.0, 0.0, None)
    values = [value for value, _ in measured]
    worst, where = max(measured, key=lambda pair: pair[0])
    mean = fmean(values)
    deviation = sqrt(fmean((value - mean) ** 2 for value in values))  # pstdev reckons in slow fractions
    return Spread(len(values), mean, deviation, worst, where)


# ---- one block -------------------------------------------------------------------------------------------------


def _of_block(block: Block, level: Level) -> Iterator[Diagnostic]:
    yield from _edges(block, level)
    yield from _divided(block)
    if block.running:
        yield from _runt(block)
        yield from _loose(block)
        yield from _rivers(block)


def _edges(block: Block, level: Level) -> Iterator[Diagnostic]:
    """Yield lines that start or end with what CLREQ 3.1.4 forbids there, within a block."""
    for line in block.lines[1:]:
        first = next((g for g in line.glyphs if g.text.strip("\u00ad ")), None)
        if first and _class_of(first.text, first.lang, 0) in NOT_AT_START[level]:
            yield _at(line, "line-start", f"a line starts with {first.text}")
    for line in block.lines[:-1]:
        last = next((g for g in reversed(line.glyphs) if g.text.strip()), None)
        if last and _class_of(last.text, last.lang, 1) in NOT_AT_END[level]:
            yield _at(line, "line-end", f"a line ends with {last.text}")


def _class_of(text: str, lang: str, edge: int) -> Class | None:
    """Return the class of a glyph at a line's start (edge 0) or end (1); a hyphen that a break added has none."""
    if text == "\u00ad":
        return None
    if is_full_width(text, in_chinese=is_set_full_width(lang)):
        return chinese_class(text)
    return western_classes(text)[edge]


def _divided(block: Block) -> Iterator[Diagnostic]:
    """Yield lines that end inside a number, between it and its unit, or inside a reference (CLREQ 3.1.5)."""
    text = ""
    ends: list[tuple[int, SetLine]] = []
    for line, after in zip(block.lines, [*block.lines[1:], None], strict=True):
        words = line.text.replace("\u00ad", "")
        if (
            after
            and words[-2:-1].isdigit()
            and after.text[:1].isdigit()
            and is_set_full_width(line.glyphs[-1].lang)
        ):
            # The writer parts any two Western words by a space; between figures of Chinese text none was meant.
            words = words.rstrip()
        text += words
        ends.append((len(text), line))
    held = held_together(text)
    for position, line in ends[:-1]:
        if position in held and text[position : position + 1].strip():
            yield _at(line, "line-divided", "a number or reference is divided at the end of a line")


def _runt(block: Block) -> Iterator[Diagnostic]:
    """Yield a last line with less than two ideographs or one Western word (孤字; CLREQ 3.4)."""
    last = block.lines[-1]
    if len(block.lines) > 1 and is_han(last.text[:1]):
        count = sum(is_han(c) + 2 * (c.isalnum() and not is_han(c)) for c in last.text)
        if count < 2:
            yield _at(last, "line-runt", "a paragraph's last line holds one character")


def _loose(block: Block) -> Iterator[Diagnostic]:
    for line in block.lines[:-1]:
        added, space = added_between_ideographs(line), word_space(line)
        if added is not None and added > LOOSE_HAN:
            yield _at(line, "line-loose", f"ideographs stand {added:.2f} em apart")
        elif added is None and space is not None and space > LOOSE_SPACE:
            yield _at(line, "line-loose", f"word spaces are {space:.1f} times their width")


def added_between_ideographs(line: SetLine) -> float | None:
    """Return what is added between two ideographs of a line on average, in em; None if no two stand together."""
    added = [
        (b.x - a.x - a.width) / a.size for a, b in pairwise(line.glyphs) if is_han(a.text) and is_han(b.text)
    ]
    return fmean(added) if added else None


def word_space(line: SetLine) -> float | None:
    """Return the width of a line's word spaces as a multiple of the natural one, None if it has none."""
    spaces = [(b.x - a.x) / a.width for a, b in pairwise(line.glyphs) if a.text == " " and a.width]
    return fmean(spaces) if spaces else None


def _rivers(block: Block) -> Iterator[Diagnostic]:
    """Yield each place where wide word spaces lie on one another in four lines or more."""
    open_: list[tuple[Pt, Pt, int]] = []
    for line in block.lines:
        spaces = _wide_spaces(line)
        flowing = []
        for left, right in spaces:
            over = (d for a, b, d in open_ if min(b, right) - max(a, left) > (right - left) / 2)
            depth = max(over, default=0)
            flowing.append((left, right, depth + 1))
            if depth + 1 == RIVER_LINES:
                yield _at(line, "line-river", f"word spaces of {RIVER_LINES} lines lie on one another")
        open_ = flowing


def _wide_spaces(line: SetLine) -> list[tuple[Pt, Pt]]:
    pairs: Iterator[tuple[Set, Set]] = pairwise(line.glyphs)
    return [(a.x, b.x) for a, b in pairs if a.text == " " and b.x - a.x > RIVER_SPACE * a.size]


# ---- the whole file --------------------------------------------------------------------------------------------


def _grid(blocks: Sequence[Block]) -> tuple[tuple[Pt, float], list[Diagnostic]]:
    """Return (leading, share on it) of the grid that body text stands on, and the lines that stand off it.

    Body text is running text of the commonest size; its leading the commonest distance between two lines of one
    paragraph; the grid lies where most of its lines stand, on all pages alike.
    """
    sizes: Counter[Pt] = Counter()
    for line in (line for block in blocks if block.role == "P" for line in block.lines):
        sizes[line.size] += len(line.glyphs)
    if not sizes:
        return _NO_GRID, []
    size = sizes.most_common(1)[0][0]
    paragraphs = [b for b in blocks if b.role == "P" and b.lines and b.lines[0].size == size]
    steps = Counter(
        round(b.y - a.y, 2)
        for p in paragraphs
        for a, b in pairwise(p.lines)
        if a.page is b.page and b.y > a.y
    )
    if not steps:
        return _NO_GRID, []
    leading = steps.most_common(1)[0][0]
    lines = [line for p in paragraphs for line in p.lines if len(p.lines) > 1]
    phase = Counter(round(line.y % leading, 1) % leading for line in lines).most_common(1)[0][0]
    off = [line for line in lines if _distance(line.y - phase, leading) > OFF_GRID]
    found = [_at(line, "line-grid", "a line stands off the grid") for line in off]
    return (leading, 1 - len(off) / len(lines)), found


def _distance(y: Pt, leading: Pt) -> Pt:
    rest = y % leading
    return min(rest, leading - rest)


def _missing(scanned: Scan, blocks: Sequence[Block]) -> Iterator[Diagnostic]:
    """Yield the fonts that show glyph 0, and the lines whose characters no reader could tell."""
    for font in scanned.fonts.values():
        if any(font.glyphs[code] == 0 for code in font.used if code < len(font.glyphs)):
            yield in_file(scanned, "line-missing", f"{font.name} shows a missing glyph")
    for line in (line for block in blocks for line in block.lines):
        if any(unicodedata.category(c) in ("Co", "Cn") or c == "\ufffd" for c in line.text):
            yield _at(line, "line-missing", "a line holds a character that cannot be read")


# ---- words -----------------------------------------------------------------------------------------------------


def describe(report: LineReport) -> str:
    """Return the report as text for people."""
    names = {
        "line-start": "forbidden line starts", "line-end": "forbidden line ends", "line-divided": "divided numbers",
        "line-missing": "missing glyphs", "line-runt": "runts", "line-loose": "very loose lines",
        "line-river": "rivers", "line-grid": "lines off the grid",
    }  # fmt: skip
    rows = [f"{report.lines} lines in {report.blocks} blocks on {report.pages} pages"]
    rows += [f"  {report.kinds.get(rule, 0):5} {name}" for rule, name in names.items()]
    if report.leading:
        rows.append(f"  grid of {report.leading:g} pt, {report.on_grid:.1%} of the body's lines stand on it")
    if report.han.lines:
        rows.append("  between ideographs " + _words(report.han, "em"))
    if report.western.lines:
        rows.append("  word spaces " + _words(report.western, "times their width"))
    return "\n".join(rows)


def _words(spread: Spread, unit: str) -> str:
    where = spread.where
    place = f" on page {where.page.label or where.page.index + 1}" if where else ""
    return (
        f"{spread.mean:.3f} {unit} on average (deviation {spread.deviation:.3f}, {spread.lines} lines), "
        f"at worst {spread.worst:.2f}{place}"
    )
