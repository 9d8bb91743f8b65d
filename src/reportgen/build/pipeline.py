"""The passes in order: from a project's files to the bytes of its finished editions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeAlias

from reportgen.base.diagnostics import Faults, Result
from reportgen.base.processes import one_by_one, side_by_side
from reportgen.base.world import World
from reportgen.build.consequences import told_once
from reportgen.build.covers import binding, cover_profile, write_cover
from reportgen.build.cycles import uncollected
from reportgen.build.editions import Finished, compose_editions, finish_edition
from reportgen.build.outputs import MANIFEST, file_name, manifest
from reportgen.build.press import press_profile
from reportgen.build.proof import FinishedFile, prove
from reportgen.build.request import Request, Stage
from reportgen.build.sources import Sources, choose_editions, load_sources
from reportgen.build.store import Store, product_digest
from reportgen.build.traces import Print, prints
from reportgen.edition.document import ComposedDocument
from reportgen.pdf.profile import SCREEN, Profile
from reportgen.pdf.write.file import write_pdf


@dataclass(frozen=True, slots=True)
class Made:
    """A project's sources and its editions on their pages."""

    sources: Sources
    editions: tuple[Finished, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """An edition's finished files by name, and where each fact is printed."""

    edition: str
    files: Mapping[str, bytes]
    prints: tuple[Print, ...]


@uncollected()
def make(world: World, request: Request, stage: Stage) -> Result[Made]:
    """Do every pass up to the finished pages; nothing is written."""
    faults = Faults()
    store, sources, words = _compose(world, request, stage, faults)
    finished = tuple(faults.take(finish_edition(sources, composed, store, stage)) for composed in words)
    return told_once(faults.result(Made(sources, finished)))


@uncollected()
def build(world: World, request: Request, stage: Stage) -> Result[dict[str, bytes]]:
    """Return the finished files by name; {} where there are errors."""
    faults = Faults()
    store, sources, words = _compose(world, request, stage, faults)
    writers = dict(_writers(sources, request, faults))
    if faults.refused:
        writers = {}
    write = partial(_write_edition, sources, writers, request, store, stage)
    results = (side_by_side if request.side_by_side else one_by_one)(write, words)
    written = [faults.take(result) for result in results]
    if faults.refused:
        return told_once(faults.result({}))
    files = {name: data for done in written for name, data in done.files.items()}
    printed = {done.edition: done.prints for done in written}
    files[MANIFEST] = manifest(sources.report.file_stem, printed, sources.book, files)
    return told_once(faults.result(files))


def _compose(
    world: World, request: Request, stage: Stage, faults: Faults
) -> tuple[Store, Sources, tuple[ComposedDocument, ...]]:
    """Return the cache, which also keeps what the project's functions make, the sources, and each edition's words."""
    store = Store(request.cache, product_digest() if request.cache else "")
    store.prune()
    world = replace(world, permission=replace(world.permission, keeper=store))
    sources = faults.take(load_sources(world, stage))
    chosen = faults.take(choose_editions(sources.report, request.editions))
    words = faults.take(compose_editions(sources, chosen, stage)) if sources.grounded else ()
    return store, sources, words


_Writer: TypeAlias = tuple[Profile, Callable[[Finished], Result[bytes]]]
"""A file's profile, and what writes it."""


def _writers(sources: Sources, request: Request, faults: Faults) -> Iterator[tuple[str, _Writer]]:
    """Yield what each file is that is asked for, with its writer."""
    fonts = sources.fonts
    if "screen" in request.profiles:
        yield "screen", (SCREEN, lambda done: write_pdf(done.publication, SCREEN, fonts))
    if "press" in request.profiles:
        press = faults.take(press_profile(sources.world, sources.report))
        yield "press", (press, lambda done: write_pdf(done.publication, press, fonts))
        if paper := binding(sources.report):
            yield "cover", (cover_profile(press), partial(write_cover, sources, press=press, binding=paper))


def _write_edition(
    sources: Sources,
    writers: Mapping[str, _Writer],
    request: Request,
    store: Store,
    stage: Stage,
    composed: ComposedDocument,
) -> Result[Written]:
    """Lay an edition out and write its files; none where it has faults.

    A file of half-made pages would only be found faulty once more.
    """
    faults = Faults()
    name = composed.edition
    finished = faults.take(finish_edition(sources, composed, store, stage))
    files: dict[str, FinishedFile] = {}
    for kind, (profile, write) in writers.items() if not faults.refused else ():
        with stage(f"PDF ({name}, {kind})"):
            data = faults.take(write(finished))
        files[kind] = FinishedFile(file_name(sources.report.file_stem, name, kind), profile, data)
    if request.proof and files and all(file.data for file in files.values()):
        with stage(f"proof ({name})"):
            faults.add(*prove(files, finished.publication))
    written = {file.name: file.data for file in files.values()}
    return faults.result(Written(name, written, prints(finished.publication)))
