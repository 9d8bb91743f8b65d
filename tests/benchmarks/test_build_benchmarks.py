"""The whole command as a person waits for it, and each of its passes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from reportgen.base.diagnostics import unwrap
from reportgen.base.house import load_style
from reportgen.base.world import World
from reportgen.build.editions import Finished, compose_editions, finish_edition
from reportgen.build.kept import build_or_keep
from reportgen.build.proof import FinishedFile, prove
from reportgen.build.request import Request
from reportgen.build.sources import Sources, load_sources
from reportgen.build.store import Store
from reportgen.charts.draw import draw_chart
from reportgen.edition.document import ComposedDocument
from reportgen.edition.labels import load_labels
from reportgen.edition.languages import language
from reportgen.layout.publish import lay_out
from reportgen.pdf.profile import SCREEN, press
from reportgen.pdf.write.file import write_pdf
from reportgen.text.setting import text_setting


def quiet(_: str) -> AbstractContextManager[None]:
    return nullcontext()


def run_build(project: Path, *arguments: str) -> None:
    command = [sys.executable, "-m", "reportgen", "build", str(project), *arguments]
    subprocess.run(command, check=True, capture_output=True)


def test_cold_build_of_both_editions(benchmark: BenchmarkFixture, project: Path) -> None:
    """A new process draws all charts."""
    benchmark.pedantic(run_build, (project, "--no-cache"), rounds=3)


def test_build_with_nothing_changed(benchmark: BenchmarkFixture, project: Path) -> None:
    """A new process gives back the kept files."""
    run_build(project)
    benchmark.pedantic(run_build, (project,), rounds=3, warmup_rounds=1)


def test_build_with_one_cell_changed(benchmark: BenchmarkFixture, project: Path) -> None:
    """A new process each time, another value each time: the chart of the table is drawn anew."""
    run_build(project)
    with cells(project) as correct:
        benchmark.pedantic(run_build, (project,), setup=correct, rounds=3)


def test_build_with_words_changed(benchmark: BenchmarkFixture, project: Path) -> None:
    """A new process each time, one more space at a chapter's end each time: all charts come from the cache."""
    chapter = project / "data/manuscript/21-part1.md"
    original = chapter.read_text(encoding="utf-8")

    def change() -> None:
        chapter.write_text(chapter.read_text(encoding="utf-8") + " ", encoding="utf-8")

    run_build(project)
    benchmark.pedantic(run_build, (project,), setup=change, rounds=3)
    chapter.write_text(original, encoding="utf-8")


def test_kept_build_in_a_process_that_goes_on(benchmark: BenchmarkFixture, project: Path) -> None:
    world, request = World(project), Request(cache=project / ".cache")
    build_or_keep(world, request, quiet)
    benchmark(build_or_keep, world, request, quiet)


def test_one_cell_changed_in_a_process_that_goes_on(benchmark: BenchmarkFixture, project: Path) -> None:
    world, request = World(project), Request(cache=project / ".cache")
    build_or_keep(world, request, quiet)
    with cells(project) as correct:
        benchmark.pedantic(build_or_keep, (world, request, quiet), setup=correct, rounds=3, warmup_rounds=1)


@contextmanager
def cells(project: Path) -> Iterator[Callable[[], None]]:
    """Yield a function that gives a cell another value each time; put the table back at the end."""
    table = project / "data/digital-top-companies.csv"
    original = table.read_text(encoding="utf-8")
    values = iter(range(5192, 6000))

    def correct() -> None:
        table.write_text(original.replace("huawei,5191", f"huawei,{next(values)}"), encoding="utf-8")

    yield correct
    table.write_text(original, encoding="utf-8")


@pytest.fixture(scope="module")
def sources(project: Path) -> Sources:
    return unwrap(load_sources(World(project), quiet))


@pytest.fixture(scope="module")
def composed(sources: Sources) -> tuple[ComposedDocument, ...]:
    return unwrap(compose_editions(sources, sources.report.editions.values(), quiet))


@pytest.fixture(scope="module", params=["zh", "en"])
def finished(
    request: pytest.FixtureRequest, sources: Sources, composed: tuple[ComposedDocument, ...]
) -> Finished:
    words = next(c for c in composed if c.edition == request.param)
    return unwrap(finish_edition(sources, words, Store(None), quiet))


def test_load_and_compute(benchmark: BenchmarkFixture, project: Path) -> None:
    benchmark(load_sources, World(project), quiet)


def test_compose(benchmark: BenchmarkFixture, sources: Sources) -> None:
    benchmark(compose_editions, sources, sources.report.editions.values(), quiet)


@pytest.mark.parametrize("name", ["applications-grants", "regions-fields", "digital-companies"])
def test_draw(benchmark: BenchmarkFixture, name: str, sources: Sources) -> None:
    edition = sources.report.editions["zh"]
    style = unwrap(load_style(edition.lang))
    setting = text_setting(style, sources.fonts)
    words = language(edition.locale, edition.lang), load_labels("zh")
    benchmark(
        draw_chart,
        sources.charts[name],
        sources.package,
        sources.book,
        *words,
        style,
        setting,
        style.page.measure,
    )


def test_lay_out(benchmark: BenchmarkFixture, finished: Finished, sources: Sources) -> None:
    setting = text_setting(finished.style, sources.fonts)
    benchmark(lay_out, finished.document, finished.drawings, finished.style, setting, ())


@pytest.mark.parametrize("profile", [SCREEN, press()], ids=lambda profile: profile.name)
def test_write(benchmark: BenchmarkFixture, finished: Finished, profile: object, sources: Sources) -> None:
    benchmark(write_pdf, finished.publication, profile, sources.fonts)


def test_prove(benchmark: BenchmarkFixture, finished: Finished, sources: Sources) -> None:
    """Read both files of an edition back and check them."""
    files = {
        profile.name: FinishedFile(
            f"{profile.name}.pdf", profile, unwrap(write_pdf(finished.publication, profile, sources.fonts))
        )
        for profile in (SCREEN, press())
    }
    benchmark(prove, files)
