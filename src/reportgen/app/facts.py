"""``reportgen facts``: all facts and claims, or one explained from its cells to its pages."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.app.project import open_project
from reportgen.app.terminal import Terminal
from reportgen.base.diagnostics import error, unwrap
from reportgen.base.suggest import did_you_mean

if TYPE_CHECKING:
    from reportgen.base.diagnostics import Result
    from reportgen.base.world import World
    from reportgen.build.pipeline import Made
    from reportgen.facts.book import Claim, Fact, FactBook, FactValue

MOST_CELLS = 12


def run(options: Namespace) -> int:
    """Answer the command; return its exit code."""
    terminal = Terminal()
    world = unwrap(open_project(options.project, allow_functions=options.allow_functions))
    return _explain(options, world, terminal) if options.id else _list(world, terminal)


def _quiet(_: str) -> AbstractContextManager[None]:
    return nullcontext()


def _list(world: World, terminal: Terminal) -> int:
    from reportgen.build.sources import load_sources

    sources = load_sources(world, _quiet)
    for line in _listing(sources.value.book):
        print(line)
    terminal.report(sources.diagnostics)
    return 0 if sources.ok else 1


def _listing(book: FactBook) -> Iterator[str]:
    width = max((len(id) for id in (*book.facts, *book.claims)), default=0)
    for id, fact in book.facts.items():
        status = f"  [{fact.status}]" if fact.status != "A" else ""
        yield f"{id:<{width}}  {_value(fact.value)}{status}"
    for id, claim in book.claims.items():
        yield f"{id:<{width}}  {'holds' if claim.holds else 'DOES NOT HOLD'}: {claim.source}"


def _explain(options: Namespace, world: World, terminal: Terminal) -> int:
    from reportgen.build.pipeline import make
    from reportgen.build.request import Request

    made = make(world, Request(cache=Path(options.project) / ".cache"), _quiet)
    book = made.value.sources.book
    fact, claim = book.facts.get(options.id), book.claims.get(options.id)
    if fact is None and claim is None:
        hints = did_you_mean(options.id, (*book.facts, *book.claims))
        terminal.report((error("no-fact-or-claim", f"there is no fact or claim {options.id}", None, *hints),))
        return 1
    for line in _fact(fact, made) if fact else _claim(claim) if claim else ():
        print(line)
    terminal.report(made.errors)
    return 0 if made.ok else 1


def _claim(claim: Claim) -> Iterator[str]:
    yield f"{claim.id}: {'holds' if claim.holds else 'DOES NOT HOLD'}"
    yield f"  declared at  {claim.span}"
    if claim.meaning:
        yield f"  read as      {' '.join(claim.meaning.split())}"
    yield f"  predicate    {claim.source}"
    yield f"  with values  {claim.evidence}"
    for id in claim.facts:
        yield f"  rests on     {id}"


def _fact(fact: Fact, made: Result[Made]) -> Iterator[str]:
    unit = f" {fact.unit}" if fact.unit else ""
    yield f"{fact.id} = {_value(fact.value)}{unit} ({fact.kind})"
    yield f"  declared at  {fact.span}"
    yield f"  formula      {fact.formula}"
    yield f"  status       {fact.status}"
    for id in fact.rests_on:
        yield f"  rests on     {id}"
    for cell in fact.cells[:MOST_CELLS]:
        yield f"  cell         {cell}"
    if len(fact.cells) > MOST_CELLS:
        yield f"  cell         … and {len(fact.cells) - MOST_CELLS} more"
    for change in fact.corrections:
        yield f"  corrected    {change.date}: {change.old} → {change.new}, {change.reason} ({change.ref})"
    yield from _printed(fact, made.value)


def _printed(fact: Fact, made: Made) -> Iterator[str]:
    from reportgen.build.traces import prints

    for finished in made.editions:
        for found in prints(finished.publication):
            if found.fact == fact.id:
                place = f"{finished.edition.name}, page {found.label}"
                yield f"  printed      {place}: {found.text}  ({found.span or 'in a figure'})"


def _value(value: FactValue) -> str:
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}" if len(str(value)) <= 20 else f"{value:.10f}…"
    return value
