"""Guesses at what a person meant, for hints."""

from __future__ import annotations

from collections.abc import Iterable


def did_you_mean(name: str, known: Iterable[str], *, limit: int = 3) -> tuple[str, ...]:
    """Return a hint naming the known names closest to ``name``; () where none is close."""
    close = _closest(name, known, limit)
    return (f"did you mean {' or '.join(close)}?",) if close else ()


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name closest to ``name``, or None where none is close."""
    return next(iter(_closest(name, known, 1)), None)


def _closest(name: str, known: Iterable[str], limit: int) -> list[str]:
    from difflib import get_close_matches

    return get_close_matches(name, sorted(known), n=limit, cutoff=0.6)


def known_names(name: str, known: Iterable[str], *, most: int = 12) -> tuple[str, ...]:
    """Return a hint naming the known names closest to ``name``, or some of those there are where none is close."""
    names = sorted(known)
    shown = ", ".join(names[:most]) + (", …" if len(names) > most else "")
    return did_you_mean(name, names) or ((f"there are {shown}",) if names else ("there are none yet",))
