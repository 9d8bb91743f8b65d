"""The passes in order: from a project's files to the bytes of its finished editions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from reportgen.base.diagnostics import Diagnostic, Result, has_errors
from reportgen.base.frame import Publication
from reportgen.base.world import World
from reportgen.build.cycles import uncollected
from reportgen.build.editions import Composed, Finished, compose_editions, finish_edition
from reportgen.build.outputs import file_name, manifest
from reportgen.build.press import binding, press_profile
from reportgen.build.processes import one_by_one, side_by_side
from reportgen.build.proof import FinishedFile, prove
from reportgen.build.request import Request, Stage
from reportgen.build.sources import Sources, choose_editions, load_sources
from reportgen.build.store import Store, product_digest
from reportgen.build.traces import Print, prints
from reportgen.pdf.profile import SCREEN, Profile
from reportgen.pdf.write.cover import write_cover
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
    sources, words = _compose(world, request, stage)
    store = _store(request)
    finished = [finish_edition(sources.value, composed, store, stage) for composed in words.value]
    made = Made(sources.value, tuple(done.value for done in finished))
    return Result(made, _gathered((sources, words, *finished)))


@uncollected()
def build(world: World, request: Request, stage: Stage) -> Result[dict[str, bytes]]:
    """Return the finished files by name; {} where there are errors."""
    sources, words = _compose(world, request, stage)
    store = _store(request)
    writers = tuple(_writers(sources.value, request))
    faults = _gathered((sources, words, *(writer for _, writer in writers)))
    refused = has_errors(faults)

    def write(composed: Composed) -> Result[Written]:
        return _write_edition(sources.value, composed, () if refused else writers, request, store, stage)

    written = (side_by_side if request.side_by_side else one_by_one)(write, words.value)
    faults = _gathered((Result(None, faults), *written))
    if has_errors(faults):
        return Result({}, faults)
    files = {name: data for done in written for name, data in done.value.files.items()}
    printed = {done.value.edition: done.value.prints for done in written}
    files["manifest.json"] = manifest(sources.value.report.file_stem, printed, sources.value.book, files)
    return Result(files, faults)


def _compose(
    world: World, request: Request, stage: Stage
) -> tuple[Result[Sources], Result[tuple[Composed, ...]]]:
    sources = load_sources(world, stage)
    chosen = choose_editions(sources.value.report, request.editions)
    if not sources.value.grounded:
        return sources, Result((), chosen.diagnostics)
    words = compose_editions(sources.value, chosen.value, stage)
    return sources, Result(words.value, (*chosen.diagnostics, *words.diagnostics))


def _store(request: Request) -> Store:
    store = Store(request.cache, product_digest() if request.cache else "")
    store.prune()
    return store


def _gathered(results: tuple[Result[object], ...]) -> tuple[Diagnostic, ...]:
    return tuple(dict.fromkeys(d for result in results for d in result.diagnostics))


_Write: TypeAlias = Callable[[Publication], Result[bytes]]
_Writer: TypeAlias = tuple[str, Result[tuple[Profile, _Write]]]
"""What a file is, its profile, and what writes it."""


def _writers(sources: Sources, request: Request) -> Iterator[_Writer]:
    """Yield the writers of the files that are asked for."""
    fonts = sources.fonts
    if "screen" in request.profiles:
        yield "screen", Result((SCREEN, lambda publication: write_pdf(publication, SCREEN, fonts)))
    if "press" not in request.profiles:
        return
    press = press_profile(sources.world, sources.report)
    yield "press", Result((press.value, lambda p: write_pdf(p, press.value, fonts)), press.diagnostics)
    spine = binding(sources.report)
    paper = spine.value
    if paper is not None:
        cover = Result((press.value, lambda p: write_cover(p, press.value, fonts, paper)), spine.diagnostics)
        yield "cover", cover


def _write_edition(
    sources: Sources,
    composed: Composed,
    writers: Sequence[_Writer],
    request: Request,
    store: Store,
    stage: Stage,
) -> Result[Written]:
    """Lay an edition out and write its files; none where it has faults.

    A file of half-made pages would only be found faulty once more.
    """
    finished = finish_edition(sources, composed, store, stage)
    files: dict[str, FinishedFile] = {}
    faults = [*finished.diagnostics]
    for kind, writer in writers if finished.ok else ():
        profile, write = writer.value
        with stage(f"PDF ({composed.edition.name}, {kind})"):
            data = write(finished.value.publication)
        faults += data.diagnostics
        name = file_name(sources.report.file_stem, composed.edition.name, kind)
        files[kind] = FinishedFile(name, profile, data.value)
    if request.proof and files and all(file.data for file in files.values()):
        with stage(f"proof ({composed.edition.name})"):
            faults += prove(files)
    written = {file.name: file.data for file in files.values()}
    return Result(Written(composed.edition.name, written, prints(finished.value.publication)), tuple(faults))
