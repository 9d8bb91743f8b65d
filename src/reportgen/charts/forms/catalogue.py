"""Every plot form: the roles it fills with dimensions of a table, its options, and what it can honestly show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Form:
    """A plot form.

    Attributes:
        module: the module of :mod:`reportgen.charts.forms` whose ``draw`` draws it.
        x: what stands along its main axis, in words; every form has this role.
        series, panel, period: whether the role is ``needed``, ``optional`` or unknown to the form (None).
        options: the keys it takes beside the common ones.
        max_x, max_series: how many categories and series stay readable.
        min_series: how many series it needs.
        negatives: whether it can show values below zero.
        order: the order of categories where a specification names none.
    """

    module: str
    x: str
    series: Literal["needed", "optional"] | None = None
    panel: Literal["needed", "optional"] | None = None
    period: Literal["needed"] | None = None
    options: tuple[str, ...] = ()
    max_x: int = 40
    max_series: int = 1
    min_series: int = 1
    negatives: bool = False
    order: Literal["table", "descending", "ascending"] = "table"


FORMS: Mapping[str, Form] = {
    "paired-columns": Form(
        "columns", "periods or categories", series="optional", options=("growth", "marks"),
        max_x=24, max_series=3, negatives=True,
    ),
    "columns-and-line": Form(
        "dual", "periods", series="needed", options=("growth", "marks"),
        max_x=24, max_series=2, min_series=2,
    ),
    "lines": Form(
        "lines", "periods", series="optional", options=("growth", "marks"),
        max_x=60, max_series=6, negatives=True,
    ),
    "ranked-bars": Form(
        "bars", "categories", options=("emphasis", "top"), max_x=30, negatives=True, order="descending"
    ),
    "bars-and-growth": Form(
        "growth", "categories", period="needed", options=("emphasis", "top"), max_x=30, order="descending"
    ),
    "slope": Form(
        "slope", "categories", period="needed", options=("emphasis", "top"), max_x=30, order="descending"
    ),
    "back-to-back": Form("mirror", "categories", series="needed", max_x=30, max_series=2, min_series=2),
    "stacked-bars": Form(
        "stacks", "categories", series="needed", options=("shares",), max_x=30, max_series=6, min_series=2
    ),
    "twin-ranked-lists": Form(
        "twins", "categories", series="needed", options=("top",), max_x=30, max_series=2, min_series=2,
        order="descending",
    ),
    "heat-map": Form(
        "heat", "rows", series="needed", options=("shade",), max_x=40, max_series=12, order="descending"
    ),
    "small-multiples": Form(
        "multiples", "periods", series="optional", panel="needed", options=("growth",),
        max_x=60, max_series=3, negatives=True,
    ),
    "treemap": Form("treemap", "categories", options=("emphasis", "top"), max_x=30, order="descending"),
    "waffle": Form("waffle", "categories", max_x=6, order="descending"),
}  # fmt: skip

MAX_PANELS = 12
