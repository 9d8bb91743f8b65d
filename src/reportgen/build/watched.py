"""A world that remembers what it was asked: what a build depends on is what it has read, no more and no less.

Source: Mokhov, Mitchell and Peyton Jones, *Build Systems à la Carte* (2018), section 4.2.2, verifying traces.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TypeAlias

from reportgen.base.world import World

Question: TypeAlias = tuple[str, ...]
"""``("read", path)``, ``("exists", path)`` or ``("glob", folder, suffix)``."""


@dataclass(frozen=True, slots=True)
class WatchedWorld(World):
    """A world that keeps the answers to the questions it was asked.

    Attributes:
        asked: the answers by question; of a file's contents their SHA-256.
    """

    asked: dict[Question, str] = field(default_factory=dict, compare=False)

    @classmethod
    def over(cls, world: World) -> WatchedWorld:
        """Return a world that gives the same answers and remembers them."""
        return cls(world.root, world.files, world.source_date, world.permission, world.links)

    def exists(self, path: str) -> bool:
        found = World.exists(self, path)
        self.asked["exists", path] = str(found)
        return found

    def read_bytes(self, path: str) -> bytes:
        try:
            data = World.read_bytes(self, path)
        except OSError as problem:
            self.asked["read", path] = f"{type(problem).__name__} {problem.errno}"
            raise
        self.asked["read", path] = hashlib.sha256(data).hexdigest()
        return data

    def glob(self, folder: str, suffix: str) -> tuple[str, ...]:
        try:
            found = World.glob(self, folder, suffix)
        except OSError as problem:
            self.asked["glob", folder, suffix] = f"{type(problem).__name__} {problem.errno}"
            raise
        self.asked["glob", folder, suffix] = "\n".join(found)
        return found


def still_true(asked: Mapping[Question, str], world: World) -> bool:
    """Say whether a world gives every answer that it gave before."""
    watched = WatchedWorld.over(world)
    return all(_ask(watched, question) == answer for question, answer in asked.items())


def runs_a_program(asked: Mapping[Question, str]) -> bool:
    """Say whether functions of the project's own were loaded, which may depend on anything."""
    return any(kind == "read" and path.endswith(".py") for kind, path, *_ in asked)


def _ask(world: WatchedWorld, question: Question) -> str | None:
    match question:
        case ("exists", str(path)):
            world.exists(path)
        case ("glob", str(folder), str(suffix)):
            with suppress(OSError):
                world.glob(folder, suffix)
        case ("read", str(path)):
            with suppress(OSError):  # which is an answer, too
                world.read_bytes(path)
    return world.asked.get(question)
