"""What stands in ``out/``: the PDF files and the manifest that says what they were made from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from errno import EISDIR
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.base.diagnostics import Faults, Result, Span
from reportgen.base.world import is_inside
from reportgen.build.store import write_beside

if TYPE_CHECKING:
    from reportgen.build.traces import Print
    from reportgen.facts.book import FactBook


def file_name(stem: str, edition: str, profile: str) -> str:
    """Return the name of a finished PDF."""
    return f"{stem}.{edition}.{profile}.pdf"


def manifest(
    stem: str, printed: Mapping[str, tuple[Print, ...]], book: FactBook, files: Mapping[str, bytes]
) -> bytes:
    """Return ``manifest.json``: each file's SHA-256, each fact's value and the pages that print it.

    Args:
        printed: every printed value by edition.
    """
    pages: dict[str, dict[str, list[str]]] = {}
    for edition, values in printed.items():
        for found in values:
            labels = pages.setdefault(found.fact, {}).setdefault(edition, [])
            if found.label not in labels:
                labels.append(found.label)
    facts = {
        id: {"value": str(fact.value), "status": fact.status, "pages": pages.get(id, {})}
        for id, fact in book.facts.items()
    }
    content = {
        "report": stem,
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())},
        "facts": facts,
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def write_all(folder: Path, files: Mapping[str, bytes]) -> Result[tuple[Path, ...]]:
    """Write finished files, all of them or none: they get their names only when every one of them is on the disk.

    Raises:
        ValueError: if a name leads out of the folder; names are ours or checked before.
    """
    if strays := [name for name in files if not is_inside(name)]:
        raise ValueError(f"{strays} lead out of {folder}")
    beside: dict[Path, Path] = {}
    faults = Faults()
    for name, data in files.items():
        path = folder / name
        try:
            if path.is_dir():
                raise IsADirectoryError(EISDIR, "a folder stands in its place")
            beside[path] = write_beside(path, data)
        except OSError as problem:
            message = f"the file cannot be written: {problem.strerror}"
            faults.error("unwritable-file", message, Span(str(path)), "is the folder writable?")
    for path, temporary in beside.items():
        if faults.refused:
            temporary.unlink(missing_ok=True)
        else:
            temporary.replace(path)
    return faults.result(() if faults.refused else tuple(beside))
