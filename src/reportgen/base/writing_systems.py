"""How languages are written: what the setting of text and the reading of PDF files ask of a language's tag.

What a language says (numbers, dates, lists) is in :mod:`reportgen.edition.languages`.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

_TABLE: Final[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "writing_systems.toml").read_text(encoding="utf-8")
)
HAN_ELSEWHERE: Final[str] = _TABLE["han_elsewhere"]
"""How Chinese characters are marked in text of a Western language."""
LATIN_ELSEWHERE: Final[str] = _TABLE["latin_elsewhere"]
"""How Western words are marked in Chinese text."""
HAN_SHAPING: Final[str] = _TABLE["han_shaping"]
"""The language that full-width marks are shaped in."""


@lru_cache(maxsize=64)
def is_set_full_width(lang: str) -> bool:
    """Say whether text of a language tag is set with full-width marks and without spaces between words."""
    return _primary(lang) in _TABLE["full_width"]


@lru_cache(maxsize=64)
def uses_han(lang: str) -> bool:
    """Say whether text of a language tag may hold Chinese characters."""
    return _primary(lang) in _TABLE["han"]


def _primary(lang: str) -> str:
    return lang.partition("-")[0].lower()
