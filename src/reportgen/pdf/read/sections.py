"""Marked-content sequences as a page's stream opens them (ISO 32000-1, 14.6)."""

from __future__ import annotations

import re
from functools import lru_cache

import pikepdf

from reportgen.pdf.read.painted import Section

_SIMPLE = re.compile(rb"<<\s*/MCID\s+(\d+)\s*>>")


def section_of(tag: str, entries: bytes) -> Section:
    """Return the sequence of a tag and its property list, as the stream writes it."""
    simple = _SIMPLE.fullmatch(entries)
    return Section(tag, int(simple[1]), None, None) if simple else _parsed(tag, entries)


@lru_cache(maxsize=256)
def _parsed(tag: str, entries: bytes) -> Section:
    return named_section(tag, pikepdf.Object.parse(entries))


def named_section(tag: str, entries: pikepdf.Object) -> Section:
    """Return the sequence of a tag and a property list."""
    mcid, kind, lang = entries.get("/MCID"), entries.get("/Type"), entries.get("/Lang")
    return Section(
        tag,
        int(mcid) if mcid is not None else None,
        str(kind)[1:] if kind is not None and tag == "Artifact" else None,
        str(lang) if lang is not None else None,
    )
