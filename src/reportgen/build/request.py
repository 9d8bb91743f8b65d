"""What is asked of a build."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

ProfileName = Literal["screen", "press"]

Stage: TypeAlias = Callable[[str], AbstractContextManager[None]]
"""Brackets a pass by its name, so that a person sees where a build is."""


def quiet(_: str) -> AbstractContextManager[None]:
    """Say nothing of a pass."""
    return nullcontext()


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of a build.

    Attributes:
        editions: their names; None for all.
        cache: the folder of the cache; None to make everything anew.
        proof: whether the finished files are read back and checked.
        side_by_side: whether editions may be made in processes of their own.
    """

    editions: tuple[str, ...] | None = None
    profiles: tuple[ProfileName, ...] = ("screen", "press")
    cache: Path | None = None
    proof: bool = True
    side_by_side: bool = True
