"""The passes in order: from a project's files to the bytes of its finished editions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from reportgen.base.diagnostics import Diagnostic, Result
from reportgen.base.frame import Publication
from reportgen.base.world import World
from reportgen.build.collector import uncollected
from reportgen.build.editions import Composed, Finished, compose_editions, finish_edition
from reportgen.build.outputs import file_name, manifest
from reportgen.build.press import binding, press_profile
from reportgen.build.processes import side_by_side
from reportgen.build.proof import FinishedFile, prove
from reportgen.build.sources import Sources, Stage, choose_editions, load_sources
from reportgen.build.store import Store, product_digest
from reportgen.build.traces import Print, prints
from reportgen.pdf.cover import write_cover
from reportgen.pdf.profile import SCREEN, Profile
from reportgen.pdf.write import write_pdf

ProfileName = Literal["screen", "press"]


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

    refused = not _are_good((*sources.diagnostics, *words.diagnostics))

    def write(composed: Composed) -> Result[Written]:
        return _write_edition(sources.value, composed, request, store, stage, refused=refused)

    if request.side_by_side:
        written = side_by_side(write, words.value)
    else:
        written = [write(composed) for composed in words.value]
    faults = _gathered((sources, words, *written))
    if not _are_good(faults):
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
    words = compose_editions(sources.value, chosen.value, stage)
    return sources, Result(words.value, (*chosen.diagnostics, *words.diagnostics))


def _store(request: Request) -> Store:
    return Store(request.cache, product_digest() if request.cache else "")


def _gathered(results: tuple[Result[object], ...]) -> tuple[Diagnostic, ...]:
    return tuple(dict.fromkeys(d for result in results for d in result.diagnostics))


def _are_good(faults: Sequence[Diagnostic]) -> bool:
    return Result(None, tuple(faults)).ok


def _write_edition(
    sources: Sources, composed: Composed, request: Request, store: Store, stage: Stage, *, refused: bool
) -> Result[Written]:
    """Lay an edition out and write its files; none where it is ``refused`` or has faults of its own.

    A file of half-made pages would only be found faulty once more.
    """
    finished = finish_edition(sources, composed, store, stage)
    files: dict[str, FinishedFile] = {}
    faults = [*finished.diagnostics]
    refused = refused or not finished.ok
    for kind, writer in _writers(sources, request):
        if refused:
            faults += writer.diagnostics
            continue
        profile, write = writer.value
        with stage(f"PDF ({composed.edition.name}, {kind})"):
            data = write(finished.value.publication)
        faults += [*writer.diagnostics, *data.diagnostics]
        name = file_name(sources.report.file_stem, composed.edition.name, kind)
        files[kind] = FinishedFile(name, profile, data.value)
    if request.proof and files and all(file.data for file in files.values()):
        with stage(f"proof ({composed.edition.name})"):
            faults += prove(files)
    written = {file.name: file.data for file in files.values()}
    return Result(Written(composed.edition.name, written, prints(finished.value.publication)), tuple(faults))


_Write: TypeAlias = Callable[[Publication], Result[bytes]]


def _writers(sources: Sources, request: Request) -> Iterator[tuple[str, Result[tuple[Profile, _Write]]]]:
    """Yield what each file is that is asked for, its profile, and what writes it."""
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
