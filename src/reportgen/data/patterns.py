"""Patterns of a schema, matched by RE2: its time grows with the cell's length, whatever the pattern.

Python's own engine may take years for a short cell. RE2 lacks what needs such time: look-around and references back.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

_LONGEST = 1_000
"""Characters of a pattern."""


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> Any:
    import re2

    options = re2.Options()
    options.log_errors = False
    options.max_mem = 8 << 20
    return re2.compile(pattern, options)


def pattern_fault(pattern: object) -> str | None:
    """Return why something is no pattern that can be matched, or None."""
    import re2

    if not isinstance(pattern, str) or not pattern:
        return "it is no text"
    if len(pattern) > _LONGEST:
        return f"it has more than {_LONGEST:,} characters"
    try:
        _compiled(pattern)
    except (re2.error, UnicodeError) as problem:
        said = problem.args[0] if problem.args else ""
        reason = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        return f"the engine RE2 says: {reason}" if reason else "it cannot be read"
    return None


def matches(pattern: str, text: str) -> bool:
    """Say whether a whole text matches a pattern without a fault."""
    try:
        return _compiled(pattern).fullmatch(text) is not None
    except UnicodeError:
        return False
