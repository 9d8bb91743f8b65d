"""Alternative texts from a chart's data: one sentence, and a description with trend, exceptions and every value.

Their words are the engine's labels, their numbers the cells' in the edition's style; nothing in them is typed. A
form that shows other values than those of its cells (sums over periods, say) calls :func:`describe` with its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import TypeAlias

from reportgen.charts.form import Alternatives
from reportgen.charts.observations import Key
from reportgen.charts.stage import Stage

_FEW = 3
"""So many series are told one by one; of more, the highest and the lowest."""

Shown: TypeAlias = Callable[[str, str, str], Decimal | None]
"""Returns the value that a chart shows for a category, a series and a panel."""


@dataclass(frozen=True, slots=True)
class Run:
    """The values of one series in one panel that exist, in the order of the chart."""

    name: str
    series: str
    codes: tuple[str, ...]
    values: tuple[Decimal, ...]

    @property
    def largest(self) -> int:
        return self.values.index(max(self.values))

    @property
    def smallest(self) -> int:
        return self.values.index(min(self.values))


def describe(
    stage: Stage, shown: Shown | None = None, more: Iterable[str] = (), name: str = ""
) -> Alternatives:
    """Return a chart's short and long alternative text.

    Args:
        shown: the values that the chart shows; None for those of its cells.
        more: sentences that follow those on the values.
        name: what the values are, where they have no series.
    """
    runs = _runs(stage, shown or stage.grid.value, name)
    if not runs:
        return Alternatives("", "")
    timed = stage.is_timed
    short = _short_timed(stage, runs) if timed else _short_ranked(stage, runs)
    details = [_timed(stage, run) if timed else _ranked(stage, run) for run in runs]
    sentences = [short, *details, *more, *_status(stage), *_missing(stage), *_remarks(stage)]
    return Alternatives(short, _joined(stage, "{left} {right}", sentences))


def listing(stage: Stage, name: str, values: Iterable[tuple[str, str]]) -> str:
    """Return a sentence that gives, under a name, a written value for each category.

    Names may hold commas, so semicolons part them.
    """
    labels = stage.words.labels
    items = [labels("{name} {value}", name=_category(stage, code), value=value) for code, value in values]
    return labels("{name}: {range}.", name=name, range=_joined(stage, "{left}; {right}", items))


def _runs(stage: Stage, shown: Shown, name: str) -> list[Run]:
    found = []
    for panel in stage.grid.panels:
        for series in stage.grid.series:
            cells = [(x, shown(x, series, panel)) for x in stage.grid.x]
            known = [(x, value) for x, value in cells if value is not None]
            if known:
                codes, values = zip(*known, strict=True)
                found.append(Run(_run_name(stage, series, panel) or name, series, codes, values))
    return found


def _run_name(stage: Stage, series: str, panel: str) -> str:
    names = [stage.words.name(stage.spec.panel, panel, short=False), stage.name(series, short=False)]
    return _joined(stage, "{left}, {right}", filter(None, names))


def _short_timed(stage: Stage, runs: Sequence[Run]) -> str:
    labels = stage.words.labels
    form, period = labels(stage.spec.form.title), _period(stage)
    if len(runs) > _FEW:
        ends = sorted(runs, key=lambda run: run.values[-1])
        high, low = (_with_value(stage, run.name, run.values[-1]) for run in (ends[-1], ends[0]))
        values = {"form": form, "period": period, "count": len(runs), "high": high, "low": low}
        if _has_years(stage):
            return labels(
                "{form}, {period}: {count} series; in the last year the highest is {high}, the lowest {low}.",
                **values,
            )
        return labels(
            "{form}, {period}: {count} series; in the last period the highest is {high}, the lowest {low}.",
            **values,
        )
    items = _joined(stage, "{left}; {right}", [_course(stage, run) for run in runs])
    return labels("{form}, {period}: {items}.", form=form, period=period, items=items)


def _course(stage: Stage, run: Run) -> str:
    """Return how a series went from its first value to its last."""
    labels, number = stage.words.labels, stage.words.said
    first, last = run.values[0], run.values[-1]
    name = run.name or labels("Value")
    if first == last:
        return labels("{name} the same at both ends, {end}", name=name, end=number(last))
    msgid = "{name} up from {start} to {end}" if last > first else "{name} down from {start} to {end}"
    return labels(msgid, name=name, start=number(first), end=number(last))


def _short_ranked(stage: Stage, runs: Sequence[Run]) -> str:
    labels = stage.words.labels
    form = labels(stage.spec.form.title)
    if len(runs) == 1:
        return labels("{form}: {range}.", form=form, range=_range(stage, runs[0]))
    if len(runs) <= _FEW:
        items = [labels("{name}: {range}", name=run.name, range=_range(stage, run)) for run in runs]
        return labels("{form}: {range}.", form=form, range=_joined(stage, "{left}; {right}", items))
    high = max(runs, key=lambda run: run.values[run.largest])
    low = min(runs, key=lambda run: run.values[run.smallest])
    return labels(
        "{form}: {rows} rows by {columns} columns, from {high} to {low}.",
        form=form, rows=len(stage.grid.x), columns=len(runs),
        high=_cell(stage, high, high.largest), low=_cell(stage, low, low.smallest),
    )  # fmt: skip


def _range(stage: Stage, run: Run) -> str:
    """Return a series' count, largest and smallest."""
    largest, smallest = (
        _with_value(stage, _category(stage, run.codes[i]), run.values[i]) for i in (run.largest, run.smallest)
    )
    if len(run.codes) == 1:
        return largest
    msgid = "{count} entries, from {largest} to {smallest}"
    return stage.words.labels(msgid, count=len(run.codes), largest=largest, smallest=smallest)


def _cell(stage: Stage, run: Run, index: int) -> str:
    name = _joined(stage, "{left}, {right}", [run.name, _category(stage, run.codes[index])])
    return _with_value(stage, name, run.values[index])


def _timed(stage: Stage, run: Run) -> str:
    """Return a series' extremes, trend, exceptions, stated growth and all values."""
    labels, number = stage.words.labels, stage.words.said
    facts = [
        labels(
            "highest {high} in {high_at}, lowest {low} in {low_at}",
            high=number(run.values[run.largest]), high_at=_year(stage, run.codes[run.largest]),
            low=number(run.values[run.smallest]), low_at=_year(stage, run.codes[run.smallest]),
        ),
        *_trend(stage, run),
        *filter(None, [stage.growth(run.series)]),
        _all(stage, run),
    ]  # fmt: skip
    text = _joined(stage, "{left}; {right}", facts)
    return labels("{name}: {range}.", name=run.name or labels("Value"), range=text)


def _trend(stage: Stage, run: Run) -> list[str]:
    """Return whether a series rose or fell throughout, or in which periods it went against its course."""
    labels = stage.words.labels
    steps = [after - before for before, after in pairwise(run.values)]
    course = run.values[-1] - run.values[0]
    if not steps or course == 0:
        return []
    against = [run.codes[i + 1] for i, step in enumerate(steps) if step * course < 0]
    if not against:
        return [labels("rising throughout") if course > 0 else labels("falling throughout")]
    years = _joined(stage, "{left}, {right}", [_year(stage, code) for code in against])
    if _has_years(stage):
        return [labels("against the trend in {years}", years=years)]
    return [labels("against the trend in the periods {periods}", periods=years)]


def _ranked(stage: Stage, run: Run) -> str:
    """Return all values, each with its category."""
    values = ((code, stage.words.said(value)) for code, value in zip(run.codes, run.values, strict=True))
    return listing(stage, run.name or stage.words.labels("All values"), values)


def _all(stage: Stage, run: Run) -> str:
    """Return all values, each with its period."""
    items = [
        stage.words.labels("{value} in {year}", value=stage.words.said(value), year=_year(stage, code))
        for code, value in zip(run.codes, run.values, strict=True)
    ]
    return _joined(stage, "{left}, {right}", items)


def _status(stage: Stage) -> list[str]:
    labels, cells = stage.words.labels, stage.grid.cells.items()
    if stage.grid.statuses == {"E"}:
        return [labels("All values are estimated.")]
    if not stage.grid.mixed:
        return []
    published = _places(stage, (key for key, o in cells if o.value is not None and not o.estimated))
    return [labels("Published: {items}; all others are estimated.", items=published)]


def _missing(stage: Stage) -> list[str]:
    missing = _places(stage, (key for key, o in stage.grid.cells.items() if o.value is None))
    return [stage.words.labels("No value: {items}.", items=missing)] if missing else []


def _places(stage: Stage, keys: Iterable[Key]) -> str:
    """Return the names of places of the grid, each once."""
    names = ((_run_name(stage, series, panel), _category(stage, x)) for panel, series, x, _ in keys)
    places = (_joined(stage, "{left}, {right}", filter(None, pair)) for pair in names)
    return _joined(stage, "{left}; {right}", dict.fromkeys(places))


def _remarks(stage: Stage) -> list[str]:
    labels = stage.words.labels
    found = []
    for remark in stage.remarks():
        at = {"name": _category(stage, remark.x), "range": remark.text}
        found.append(labels("{text}.", text=remark.text if remark.fact else labels("{name}: {range}", **at)))
    return found


def _category(stage: Stage, code: str) -> str:
    return stage.words.name(stage.spec.x, code, short=False)


def _year(stage: Stage, code: str) -> str:
    name = _category(stage, code)
    return stage.words.labels("year {year}", year=name) if _has_years(stage) else name


def _has_years(stage: Stage) -> bool:
    return stage.frequency == "year"


def _period(stage: Stage) -> str:
    first, last = stage.grid.x[0], stage.grid.x[-1]
    if first == last:
        return _year(stage, first)
    span = stage.words.span(stage.spec.x, first, last)
    return stage.words.labels("year {year}", year=span) if _has_years(stage) else span


def _with_value(stage: Stage, name: str, value: Decimal) -> str:
    labels = stage.words.labels
    return labels("{name} ({value})", name=name or labels("Value"), value=stage.words.said(value))


def _joined(stage: Stage, msgid: str, items: Iterable[str]) -> str:
    """Return items joined by the label for two of them."""
    left = ""
    for i, right in enumerate(items):
        left = stage.words.labels(msgid, left=left, right=right) if i else right
    return left
