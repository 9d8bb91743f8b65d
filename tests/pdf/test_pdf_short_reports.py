"""What veraPDF says of short reports: the title at the head of a page, sections that run on, text without a title."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import pytest
from verapdf import verapdf

from reportgen.base.diagnostics import unwrap
from reportgen.base.world import World
from reportgen.build.pipeline import build
from reportgen.build.request import Request, quiet
from reportgen.project.new_project import project_files, template_languages

ALL_OFF = (
    "imprint",
    "contents",
    "list_of_figures",
    "guide",
    "openers",
    "annex",
    "methods",
    "glossary",
    "colophon",
)
SAMPLES: Mapping[str, tuple[str, Mapping[str, bool]]] = {
    "bulletin": ("bulletin", {}),
    "text without a title behind a cover": ("bulletin", {"cover": True, "annex": True, "contents": True}),
    "headings without a title": ("bulletin", {}),
    "headings without a title behind a cover": ("bulletin", {"cover": True, "new_pages": True}),
    "chapter": ("chapter", {}),
    "chapter with everything": (
        "chapter",
        dict.fromkeys(("contents", "list_of_figures", "guide", "colophon"), True),
    ),
    "report without a cover": ("report", {"cover": False}),
    "openers in a running text": ("report", {"new_pages": False}),
    "report of text alone": ("report", dict.fromkeys(ALL_OFF, False)),
}
HEADED = ("headings without a title", "headings without a title behind a cover")


@lru_cache(maxsize=1)
def screen_files(name: str) -> Mapping[str, bytes]:
    kind, switches = SAMPLES[name]
    files = dict(project_files("sample", kind, template_languages(kind)))
    if name in HEADED:
        files["data/manuscript/10-text.md"] = "## 客运量 {#own}\n\n" + files["data/manuscript/10-text.md"]
        catalog = f"locales/{template_languages(kind)[1]}/LC_MESSAGES/report.po"
        files[catalog] += '\nmsgctxt "own"\nmsgid "客运量"\nmsgstr "Trips"\n'
    lines = (f"{key} = {str(value).lower()}\n" for key, value in switches.items())
    files["data/report.toml"] += "\n[apparatus]\n" + "".join(lines)
    return unwrap(build(World.of_files(files), Request(profiles=("screen",), side_by_side=False), quiet))


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("edition", template_languages("bulletin"))
def test_verapdf_accepts_short_reports(name: str, edition: str) -> None:
    data = screen_files(name)[f"sample.{edition}.screen.pdf"]
    assert verapdf().failures(data, "ua1") == []
    assert verapdf().failures(data, "3a") == []
