"""What stands in ``out/``: the PDF files and the manifest that says what they were made from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from reportgen.base.generation import write_all as write_all

if TYPE_CHECKING:
    from reportgen.build.traces import Print
    from reportgen.facts.book import FactBook


MANIFEST = "manifest.json"


def file_name(stem: str, edition: str, profile: str) -> str:
    """Return the name of a finished PDF."""
    return f"{stem}.{edition}.{profile}.pdf"


def manifest(
    stem: str, printed: Mapping[str, tuple[Print, ...]], book: FactBook, files: Mapping[str, bytes]
) -> bytes:
    """Return the manifest: each file's SHA-256, each fact's value and the pages that print it.

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


def digests_in(manifest: bytes) -> Mapping[str, str] | None:
    """Return the SHA-256 of each file that a manifest names; None where it is none, or names files of another report.

    A file of a report is named STEM.EDITION.PROFILE.pdf (:func:`file_name`).
    """
    try:
        match json.loads(manifest):
            case {"report": str(stem), "files": dict(files), "facts": dict()}:
                ours = all(
                    isinstance(digest, str) and name.startswith(f"{stem}.") for name, digest in files.items()
                )
                return files if files and ours else None
    except (ValueError, RecursionError):  # not UTF-8, not JSON, or nested too deeply
        pass
    return None
