"""Any choice among the parts of the apparatus builds, in both editions and profiles, proved, with no page unasked for.

The reports are the examples of ``reportgen new``.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportgen.base.world import World
from reportgen.build.pipeline import build
from reportgen.build.request import Request, quiet
from reportgen.edition.apparatus import AS_WRITTEN, SWITCHES
from reportgen.project.new_project import KINDS, project_files, template_languages

UNTITLED = "data/manuscript/10-text.md"


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that keeps the charts' drawings: they are the same whatever is switched."""
    return tmp_path_factory.mktemp("charts")


@lru_cache(maxsize=8)
def example(kind: str) -> Mapping[str, str]:
    return project_files("sample", kind, template_languages(kind))


def files_of(files: Mapping[str, str], cache: Path, **switches: bool) -> Mapping[str, bytes]:
    """Return the finished files of an example with some switches; it must build without a word."""
    written = dict(files)
    lines = (f"{name} = {str(value).lower()}\n" for name, value in switches.items())
    written["data/report.toml"] += "\n[apparatus]\n" + "".join(lines)
    made = build(World.of_files(written), Request(cache=cache, side_by_side=False), quiet)
    assert [str(d) for d in made.diagnostics] == []
    return made.value


def pages(file: bytes) -> list[str]:
    """Return the words of each page, without white space."""
    document = pypdfium2.PdfDocument(file)
    return ["".join(page.get_textpage().get_text_range().split()) for page in document]


def labels(file: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(file)
    return [document.get_page_label(index) for index in range(len(document))]


def screen(files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    return {name.split(".")[1]: data for name, data in files.items() if name.endswith(".screen.pdf")}


def targets(file: bytes) -> tuple[int, int]:
    """Return how many links and bookmarks lead nowhere, and how many there are."""
    lost = count = 0
    with pikepdf.open(io.BytesIO(file)) as pdf:
        known = {page.objgen for page in pdf.pages}
        links = (link for page in pdf.pages for link in page.get("/Annots", []))
        actions = (link.get("/A", link) for link in links)
        dests = [action.get("/D", action.get("/Dest")) for action in actions if "/URI" not in action]
        with pdf.open_outline() as outline:
            stack = list(outline.root)
            while stack:
                item = stack.pop()
                stack += item.children
                dests.append(item.destination if item.destination is not None else item.action.D)
        names = pdf.Root.get("/Names", {}).get("/Dests")
        tree = pikepdf.NameTree(names) if names is not None else {}
        for dest in dests:
            count += 1
            if isinstance(dest, pikepdf.String):
                dest = tree.get(str(dest))
                dest = dest.D if isinstance(dest, pikepdf.Dictionary) else dest
            lost += dest is None or dest[0].objgen not in known
    return lost, count


switches = st.dictionaries(st.sampled_from(SWITCHES), st.booleans())


@settings(max_examples=24, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kind=st.sampled_from(KINDS), chosen=switches, untitled=st.booleans())
def test_every_choice_builds(kind: str, chosen: dict[str, bool], untitled: bool, cache: Path) -> None:
    files = dict(example(kind))
    written = {name for name in AS_WRITTEN if any(f"kind={name}" in text for text in files.values())}
    chosen = {
        name: value
        for name, value in chosen.items()
        if name not in AS_WRITTEN or name in written or not value
    }
    if untitled and kind == "bulletin":
        files[UNTITLED] = "## 客运量 {#trips-heading}\n\n" + files[UNTITLED]
        files.pop("locales/en/LC_MESSAGES/report.po")
        files["data/report.toml"] = files["data/report.toml"].split("\n[editions.en]")[0] + "\n"
    made = files_of(files, cache, **chosen)
    for edition, file in screen(made).items():
        found = labels(file)
        bookish = chosen.get("new_pages", kind == "report")
        cover, opened = (chosen.get(name, kind == "report") for name in ("cover", "openers"))
        assert (found[0] == "") == cover, "a cover prints no number, a first page does"
        assert cover or found[0] == "1"
        decimal = [int(label) for label in found if label.isdecimal()]
        assert decimal == list(range(decimal[0], decimal[0] + len(decimal)))
        assert all(found.index(str(n)) % 2 != n % 2 for n in decimal), "odd numbers stand on right-hand pages"
        blank = [index for index, words in enumerate(pages(file)) if not words]
        spreads = opened and kind != "bulletin"
        assert not blank or spreads or (cover and bookish and len(blank) == 1), (edition, chosen, blank)
        lost, count = targets(file)
        assert (lost, count > 0) == (0, True)


@pytest.mark.parametrize(("kind", "most"), [("bulletin", 1), ("chapter", 4)])
def test_short_reports_take_the_pages_that_they_need(kind: str, most: int, cache: Path) -> None:
    for file in screen(files_of(example(kind), cache)).values():
        assert len(labels(file)) <= most
        assert all(words for words in pages(file))


def test_title_block_says_what_the_cover_would(cache: Path) -> None:
    said = {
        "zh": ("统计简报", "总第1期", "示例市统计局", "2025年1月", "示例市公共交通运行情况", "（虚构示例）"),
        "en": (
            "Statistical Bulletin",
            "No. 1",
            "Sample City Bureau of Statistics",
            "January 2025",
            "Public Transport",
        ),
    }
    for edition, file in screen(files_of(example("bulletin"), cache)).items():
        assert [words for words in said[edition] if words.replace(" ", "") not in pages(file)[0]] == []


def test_two_sentences_are_one_page(cache: Path) -> None:
    files = dict(example("bulletin"))
    files[UNTITLED] = "去年客运量达{trips.total:wan.1}人次。客运结构见下期。\n"
    for path in ("data/charts.toml", "locales/en/LC_MESSAGES/report.po"):
        files.pop(path)
    files["data/report.toml"] = (
        files["data/report.toml"].replace('kind = "bulletin"\n', "").split("\n[editions.en]")[0]
    )
    assert len(pages(screen(files_of(files, cache))["zh"])) == 1


def test_an_opener_that_is_off_leaves_its_words_in_the_text(cache: Path) -> None:
    for value in (True, False):
        words = "".join(pages(screen(files_of(example("report"), cache, openers=value))["zh"]))
        assert "各城区均设有公共交通站点。" in words
        assert "站点总数" in words
        assert "第二部分" in words


def test_running_heads_can_be_off(cache: Path) -> None:
    on, off = (screen(files_of(example("chapter"), cache, running_heads=on))["zh"] for on in (True, False))
    assert ["示例市公共交通" in words for words in pages(on)[1::2]] == [True, True]
    assert ["示例市公共交通" in words for words in pages(off)[1::2]] == [False, False]


def test_without_a_cover_there_is_no_cover_file(cache: Path) -> None:
    files = dict(example("report"))
    files["data/report.toml"] += "\n[press]\npaper_weight = 100\n"
    assert any(".cover." in name for name in files_of(files, cache))
    assert not any(".cover." in name for name in files_of(example("report"), cache, cover=False))
