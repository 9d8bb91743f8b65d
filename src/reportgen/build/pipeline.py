"""The passes in order: from a project's files to the bytes of its finished editions."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from reportgen.base.diagnostics import Diagnostic, Result
from reportgen.base.world import World
from reportgen.build.editions import Finished, compose_editions, finish_edition
from reportgen.build.outputs import file_name, manifest
from reportgen.build.press import press_profile
from reportgen.build.sources import Sources, Stage, choose_editions, load_sources
from reportgen.build.store import Store, product_digest

ProfileName = Literal["screen", "press"]


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of a build.

    Attributes:
        editions: their names; None for all.
        cache: the folder of the cache; None to make everything anew.
    """

    editions: tuple[str, ...] | None = None
    profiles: tuple[ProfileName, ...] = ("screen", "press")
    cache: Path | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A project's sources and its editions on their pages."""

    sources: Sources
    editions: tuple[Finished, ...]


def make(world: World, request: Request, stage: Stage) -> Result[Made]:
    """Do every pass up to the finished pages; nothing is written."""
    sources = load_sources(world, stage)
    chosen = choose_editions(sources.value.report, request.editions)
    composed = compose_editions(sources.value, chosen.value, stage)
    store = Store(request.cache, product_digest() if request.cache else "")
    faults = [*sources.diagnostics, *chosen.diagnostics, *composed.diagnostics]
    editions: list[Finished] = []
    for words in composed.value:
        finished = finish_edition(sources.value, words, store, stage)
        faults += finished.diagnostics
        editions.append(finished.value)
    return Result(Made(sources.value, tuple(editions)), tuple(dict.fromkeys(faults)))


def build(world: World, request: Request, stage: Stage) -> Result[dict[str, bytes]]:
    """Return the finished files by name; {} where there are errors."""
    made = make(world, request, stage)
    if not made.ok:
        return Result({}, made.diagnostics)
    files: dict[str, bytes] = {}
    faults: list[Diagnostic] = [*made.diagnostics]
    for finished in made.value.editions:
        for name in request.profiles:
            with stage(f"PDF ({finished.edition.name}, {name})"):
                data = _write(made.value.sources, finished, name)
            faults += data.diagnostics
            files[file_name(made.value.sources.report.file_stem, finished.edition.name, name)] = data.value
    result = Result(files, tuple(dict.fromkeys(faults)))
    if not result.ok:
        return Result({}, result.diagnostics)
    sources = made.value.sources
    files["manifest.json"] = manifest(sources.report.file_stem, made.value.editions, sources.book, files)
    return result


def _write(sources: Sources, finished: Finished, name: ProfileName) -> Result[bytes]:
    from reportgen.pdf.profile import SCREEN
    from reportgen.pdf.write import write_pdf

    if name == "screen":
        return write_pdf(finished.publication, SCREEN, sources.fonts)
    profile = press_profile(sources.world, sources.report)
    written = write_pdf(finished.publication, profile.value, sources.fonts)
    return Result(written.value, (*profile.diagnostics, *written.diagnostics))
