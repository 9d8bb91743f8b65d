"""Finished files, kept until something that they were made from changes.

A build reads its project through a world that remembers the questions. While each of them has the same answer, the
fonts and the product are the same and the same is asked for, the files are the same, and no pass is even imported.
Only builds without errors are kept, and none that ran a function of the project's own, which may depend on anything.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from reportgen.base.diagnostics import Diagnostic, Result
from reportgen.base.world import World, is_file_name
from reportgen.build.outputs import MANIFEST, digests_in
from reportgen.build.request import Request, Stage
from reportgen.build.store import MISS, Store, product_digest
from reportgen.build.watched import WatchedWorld, runs_a_program, still_true
from reportgen.text.faces import load_fonts

Files: TypeAlias = dict[str, bytes]


def build_or_keep(world: World, request: Request, stage: Stage) -> Result[Files]:
    """Return the finished files by name; {} where there are errors.

    They are those that :func:`reportgen.build.pipeline.build` makes; with a cache, the kept ones where nothing has
    changed.
    """
    store = Store(request.cache, product_digest() if request.cache else "")
    key = tuple(_key(world, request)) if request.cache else ()
    found = store.find(key, _is_kept)
    if found is not MISS and still_true(found[0], world):
        with stage("nothing has changed"):
            return Result(found[1], found[2])
    from reportgen.build.pipeline import build

    watched = WatchedWorld.over(world)
    result = build(watched, request, stage)
    if result.ok and not runs_a_program(watched.asked):
        store.keep(key, (watched.asked, result.value, result.diagnostics))
    return result


def _key(world: World, request: Request) -> Iterator[bytes]:
    """Yield what files are kept under: all that they depend on but the project's files that were read."""
    yield b"finished files"
    date: dt.datetime | None = world.source_date
    yield repr((request.editions, request.profiles, request.proof, date and date.isoformat())).encode()
    for key, face in sorted(load_fonts(world).value.faces.items()):
        yield repr((key, face.family, face.weight, face.style, face.licence, face.sha256)).encode()
        yield hashlib.sha256(face.data).digest()


def _is_kept(found: Any) -> bool:
    """Say whether an entry is what we kept: files that their manifest names, each with its digest, and no others.

    A cache may come from anybody, so no file may leave its folder.
    """
    match found:
        case (dict() as asked, dict() as files, tuple() as diagnostics):
            return (
                all(_is_answer(*item) for item in asked.items())
                and all(isinstance(name, str) and isinstance(data, bytes) for name, data in files.items())
                and all(isinstance(d, Diagnostic) for d in diagnostics)
                and _fits_manifest(files)
            )
    return False


def _is_answer(question: object, answer: object) -> bool:
    return (
        isinstance(question, tuple)
        and all(isinstance(word, str) for word in question)
        and isinstance(answer, str)
    )


def _fits_manifest(files: Mapping[str, bytes]) -> bool:
    """Say whether finished files are those that the manifest among them names, under names of its report."""
    named = digests_in(files.get(MANIFEST, b""))
    found = {name: hashlib.sha256(data).hexdigest() for name, data in files.items() if name != MANIFEST}
    return named == found and all(is_file_name(name) for name in files)
