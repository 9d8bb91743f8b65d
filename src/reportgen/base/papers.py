"""Sizes of paper by name, and the type area that goes with a size."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from reportgen.base.style import PageGeometry, Size
from reportgen.base.units import Pt, mm


@lru_cache(maxsize=1)
def papers() -> Mapping[str, Size]:
    """Return the sizes that have names."""
    text = (Path(__file__).parent / "papers.toml").read_text(encoding="utf-8")
    return {name: Size(mm(width), mm(height)) for name, (width, height) in tomllib.loads(text).items()}


def paper(name: str) -> str | None:
    """Return the name of a size as :func:`papers` has it, whatever its case; printers' drivers write K for 开."""
    known = {key.casefold(): key for key in papers()}
    written = name.strip().casefold()
    return known.get(written) or known.get(written.replace("k", "开"))


def fitted(page: PageGeometry, trim: Size, leading: Pt, em: Pt) -> PageGeometry:
    """Return a page on another size of paper: its margins grow and shrink with the paper, its type area fills the rest.

    Args:
        leading: of the new page's lines.
        em: what the measure holds a whole number of: of Chinese text a character of the body.
    """
    if (trim, leading) == (page.trim, page.leading):
        return page
    across, down = trim.width / page.trim.width, trim.height / page.trim.height
    width = trim.width - across * (page.trim.width - page.measure)
    height = trim.height - down * (page.trim.height - page.height)
    return replace(
        page,
        trim=trim,
        leading=leading,
        inner=across * page.inner,
        top=down * page.top,
        measure=max(1, int(width / em + 1e-6)) * em,
        lines=max(1, int(height / leading + 1e-6)),
    )
