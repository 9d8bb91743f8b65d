"""Keys that several forms take. A form names those that are its own: ``options={**GROWTH, **MARKS}``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from reportgen.base import settings as s
from reportgen.base.diagnostics import Faults, Span
from reportgen.edition.parity import check_texts

_DIGIT = re.compile(r"\d")
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True, slots=True)
class Mark:
    """A remark at a category: ``at`` names the fact that holds the category (a year, a code).

    Attributes:
        text: the remark by language; ``{fact:format}`` stands for a fact.
        setting: what was written.
    """

    at: str
    text: Mapping[str, str]
    setting: s.Setting

    def place(self, *keys: str) -> Span:
        """Return the place of a key, or of the mark where it is not written."""
        return self.setting.at(*keys).place


def _words(setting: s.Setting, faults: Faults) -> str | None:
    text = s.word()(setting, faults)
    if text is not None and _DIGIT.search(_PLACEHOLDER.sub("", text)):
        hint = "bind it to a fact: {green.turn:year}"
        faults.error("typed-number", f"{setting.title}: “{text}” has a typed number", setting.place, hint)
    return text


def _mark(setting: s.Setting, faults: Faults) -> Mark | None:
    keys = {"at": s.word(), "text": s.table_of(_words)}
    mark = s.record(partial(Mark, setting=setting), keys, {"at": "", "text": {}})(setting, faults)
    if mark is not None:
        faults.add(*check_texts(mark.text, mark.place("text")))
    return mark


GROWTH: Mapping[str, s.Reader[Any]] = {"growth": s.table_of(s.word())}
"""The fact that states each series' growth, by the series' code."""

MARKS: Mapping[str, s.Reader[Any]] = {"marks": s.listed(_mark, "write [[…marks]] with at, a fact, and text")}
"""Remarks at their places."""

TOP: Mapping[str, s.Reader[Any]] = {"top": s.whole()}
"""How many categories to show; 0 for all."""

CHOICE: Mapping[str, s.Reader[Any]] = {**TOP, "emphasis": s.word()}
"""Also the fact that holds the codes to emphasise."""

SHARED: Mapping[str, s.Reader[Any]] = {**GROWTH, **MARKS, **CHOICE}
