"""``reportgen facts``: all facts and claims, or one explained from its cells to its pages."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from typing import Any

from reportgen.app.answer import Answer, project_of
from reportgen.app.terminal import Terminal
from reportgen.facts.book import Claim
from reportgen.project.fact import Fact, plain_value
from reportgen.project.names import Names
from reportgen.project.project import Project

MOST_CELLS = 12


def facts(options: Namespace, _: Terminal) -> Answer:
    """Answer ``reportgen facts``."""
    project = project_of(options)
    return _explain(project, options.id) if options.id else _list(project)


def _list(project: Project) -> Answer:
    facts, claims = project.facts, project.claims
    width = max((len(id) for id in (*facts, *claims)), default=0)
    lines = [f"{id:<{width}}  {_in_short(thing)}" for known in (facts, claims) for id, thing in known.items()]
    data = {
        "facts": {id: _fact_data(fact) for id, fact in facts.items()},
        "claims": {id: _claim_data(claim) for id, claim in claims.items()},
    }
    return Answer(project.sources().diagnostics, lines, data)


def _in_short(thing: Fact | Claim) -> str:
    if isinstance(thing, Claim):
        return f"{_verdict(thing)}: {thing.source}"
    return plain_value(thing.value) + (f"  [{thing.status}]" if thing.status != "A" else "")


def _explain(project: Project, id: str) -> Answer:
    facts, claims = project.facts, project.claims
    things: dict[str, Fact | Claim] = {**facts, **claims}
    thing = Names("fact or claim", things, facts.faults)[id]
    if isinstance(thing, Claim):
        lines, data = _claim(thing), {"claims": {id: _claim_data(thing)}}
    else:
        lines, data = _fact(thing), {"facts": {id: {**_fact_data(thing), "printed": _printed_data(thing)}}}
    return Answer(project.laid_out().errors, lines, data)


def _verdict(claim: Claim) -> str:
    return "holds" if claim.holds else "DOES NOT HOLD"


def _claim(claim: Claim) -> Iterator[str]:
    yield f"{claim.id}: {_verdict(claim)}"
    yield f"  declared at  {claim.span}"
    if claim.meaning:
        yield f"  read as      {' '.join(claim.meaning.split())}"
    yield f"  predicate    {claim.source}"
    yield f"  with values  {claim.evidence}"
    for id in claim.facts:
        yield f"  rests on     {id}"


def _fact(fact: Fact) -> Iterator[str]:
    yield str(fact)
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
    for found in fact.printed:
        where = f"{found.edition}, page {found.page}"
        yield f"  printed      {where}: {found.text}  ({found.place or 'in a figure'})"


def _claim_data(claim: Claim) -> dict[str, Any]:
    return {
        "holds": claim.holds, "predicate": claim.source, "evidence": claim.evidence, "meaning": claim.meaning,
        "rests_on": claim.facts, "declared": str(claim.span),
    }  # fmt: skip


def _fact_data(fact: Fact) -> dict[str, Any]:
    value = list(fact.value) if isinstance(fact.value, tuple) else str(fact.value)
    return {
        "value": value, "kind": fact.kind, "unit": fact.unit, "status": fact.status, "formula": fact.formula,
        "rests_on": fact.rests_on, "cells": [str(cell) for cell in fact.cells],
        "corrections": [str(change.ref) for change in fact.corrections], "declared": str(fact.span),
    }  # fmt: skip


def _printed_data(fact: Fact) -> list[dict[str, str]]:
    return [
        {"edition": p.edition, "page": p.page, "text": p.text, "place": str(p.place or "")}
        for p in fact.printed
    ]
