"""A case: a project and the edits that are made to it; each edit has a seed of its own, so that any may be left out."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from random import Random
from typing import TypeVar

from fuzz_files import BYTE_EDITS, Folder, folder_edit
from fuzz_projects import PROJECTS, SHARES
from fuzz_texts import TEXT_EDITS
from fuzz_trees import TREE_EDITS

T = TypeVar("T")

EDITS = {**TREE_EDITS, **TEXT_EDITS, **BYTE_EDITS}
BY_ENDING: Mapping[str, tuple[str, int]] = {
    ".toml": ("toml", 6), ".json": ("json", 4), ".csv": ("csv", 5), ".md": ("markdown", 8), ".po": ("po", 4),
    ".xlsx": ("workbook", 12), ".ttf": ("font", 2), ".icc": ("bytes", 1),
}  # fmt: skip
"""The edit that knows a kind of file, and how often such a file is taken."""
COMMANDS: Mapping[tuple[str, ...], int] = {
    ("build", "--no-cache", "--profile", "screen"): 40, ("build", "--no-cache", "--profile", "press", "--draft"): 28,
    ("build", "--no-cache", "--timings"): 8, ("build",): 4, ("check",): 4, ("facts",): 6,
    ("figures", "--width", "200"): 4, ("catalog", "update"): 4, ("catalog", "check"): 2,
}  # fmt: skip
"""How often each is run: one profile reaches what both do, and a draft all but the proof, in half the time."""


@dataclass(frozen=True)
class Edit:
    """One edit of one file: its name in :data:`EDITS`, or ``folder``."""

    path: str
    name: str
    seed: int


@dataclass(frozen=True)
class Case:
    project: str
    edits: tuple[Edit, ...]
    command: tuple[str, ...]
    as_json: bool = True

    def write(self, file: Path, **more: object) -> None:
        """Keep a case as a file that can be replayed."""
        edits = [[edit.path, edit.name, edit.seed] for edit in self.edits]
        content = {
            "project": self.project,
            "command": self.command,
            "json": self.as_json,
            "edits": edits,
            **more,
        }
        file.write_text(json.dumps(content, ensure_ascii=True, indent=1) + "\n")

    @classmethod
    def read(cls, file: Path) -> Case:
        kept = json.loads(file.read_text())
        edits = tuple(Edit(*edit) for edit in kept["edits"])
        return cls(kept["project"], edits, tuple(kept["command"]), kept["json"])


def make_case(seed: str, number: int, projects: Mapping[str, int] = SHARES) -> Case:
    """Return the case of a number: the same for the same seed, on every computer."""
    random = Random(f"{seed}/{number}")
    project = _weighted(projects, random)
    count = random.choices((1, 2, 3, 5), (76, 14, 7, 3))[0]
    paths = sorted(PROJECTS[project]())
    weights = [BY_ENDING.get(PurePosixPath(path).suffix, ("line", 1))[1] for path in paths]
    edits = []
    for path in random.choices(paths, weights, k=count):
        own = BY_ENDING.get(PurePosixPath(path).suffix, ("line", 1))[0]
        name = random.choices((own, "line", "bytes", "folder"), (88, 4, 3, 5))[0]
        edits.append(Edit(path, name, random.randrange(2**32)))
    return Case(project, tuple(edits), _weighted(COMMANDS, random), random.random() < 0.85)


def _weighted(shares: Mapping[T, int], random: Random) -> T:
    return random.choices(list(shares), list(shares.values()))[0]


def edited(case: Case) -> Folder:
    """Return the case's files; an edit whose file is no longer there, or no longer fit for it, falls back to bytes."""
    files: Folder = dict(PROJECTS[case.project]())
    for edit in case.edits:
        content = files.get(edit.path)
        if not isinstance(content, bytes):
            continue
        if edit.name == "folder":
            folder_edit(files, edit.path, Random(edit.seed))
            continue
        try:
            files[edit.path] = EDITS[edit.name](content, Random(edit.seed))
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError, csv.Error):
            files[edit.path] = EDITS["bytes"](content, Random(edit.seed))
    return files


def without(case: Case, index: int) -> Case:
    """Return a case without one of its edits."""
    return replace(case, edits=case.edits[:index] + case.edits[index + 1 :])
