"""What a build promises: the same bytes anywhere, and one changed cell changes all that rests on it."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from reportgen.app.command import main

Change = Callable[[str, str, str], None]
NAMES = [
    f"patent-insights-2013-2023.{edition}.{profile}.pdf"
    for edition in ("zh", "en")
    for profile in ("screen", "press")
]
COVERS = [f"patent-insights-2013-2023.{edition}.cover.pdf" for edition in ("zh", "en")]


def text_of(path: Path) -> list[str]:
    """Return the text of each page."""
    with pypdfium2.PdfDocument(path) as document:
        return [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in document]


def digests(folder: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.iterdir())}


def test_a_build_writes_both_editions_in_both_profiles_and_a_manifest(project: Path) -> None:
    assert main(["build", str(project)]) == 0
    assert sorted(p.name for p in (project / "out").iterdir()) == sorted([*NAMES, *COVERS, "manifest.json"])
    manifest = json.loads((project / "out/manifest.json").read_text(encoding="utf-8"))
    assert manifest["files"] == {n: d for n, d in digests(project / "out").items() if n != "manifest.json"}
    assert manifest["facts"]["p1.applications.total"]["pages"].keys() == {"zh", "en"}


def test_one_edition_and_one_profile_can_be_asked_for(project: Path) -> None:
    assert (
        main(["build", str(project), "--edition", "en", "--profile", "press", "--out", str(project / "x")])
        == 0
    )
    assert [p.name for p in sorted((project / "x").iterdir())] == [
        "manifest.json",
        COVERS[1],
        NAMES[3],
    ]


def build_apart(project: Path, **environment: str) -> dict[str, str]:
    """Build in a process of its own without a cache."""
    command = [sys.executable, "-m", "reportgen", "build", "--no-cache", str(project)]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, **environment})
    return digests(project / "out")


def test_folder_hash_seed_and_time_zone_do_not_change_a_byte(project: Path, tmp_path: Path) -> None:
    other = tmp_path / "another folder/报告"
    other.parent.mkdir()
    project.joinpath("out").mkdir()
    subprocess.run(["cp", "-r", str(project), str(other)], check=True)
    one = build_apart(project, PYTHONHASHSEED="1", TZ="Asia/Shanghai", LC_ALL="C")
    two = build_apart(other, PYTHONHASHSEED="2", TZ="America/Lima", LC_ALL="C.UTF-8")
    assert one == two
    assert len(one) == 7


def test_a_drawing_from_the_cache_is_the_drawing_made_anew(project: Path) -> None:
    assert main(["build", str(project), "--edition", "zh"]) == 0
    cached = digests(project / "out")
    assert main(["build", str(project), "--edition", "zh", "--no-cache"]) == 0
    assert digests(project / "out") == cached


@pytest.mark.parametrize("edition", ["zh", "en"])
def test_one_cell_changes_prose_chart_and_annex(edition: str, project: Path, change: Change) -> None:
    arguments = ["build", str(project), "--edition", edition, "--profile", "screen"]
    path = project / "out" / f"patent-insights-2013-2023.{edition}.screen.pdf"
    assert main(arguments) == 0
    before = "\n".join(text_of(path))
    change("data/digital-top-companies.csv", "huawei,5191,", "huawei,5291,")
    assert main(arguments) == 0
    after = "\n".join(text_of(path))
    old, new = ("5,191", "5,291") if "5,191" in before else ("5191", "5291")
    assert before.count(old) >= 3, "prose, chart and annex print it"
    assert after.count(new) == before.count(old)
    assert old not in after


def test_the_date_of_the_files_is_the_reports_or_the_one_given(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert main(["build", str(project), "--edition", "zh", "--profile", "screen"]) == 0
    with pypdfium2.PdfDocument(project / "out" / NAMES[0]) as document:
        assert document.get_metadata_dict()["CreationDate"].startswith("D:19700102")


def test_no_page_of_any_file_is_without_words_but_those_left_blank(project: Path) -> None:
    assert main(["build", str(project)]) == 0
    for name in NAMES:
        pages = text_of(project / "out" / name)
        assert len(pages) % 2 == 0
        assert sum(not page.strip() for page in pages) <= len(pages) // 4


def test_without_a_paper_the_cover_is_no_file_of_its_own(project: Path, change: Change) -> None:
    change("data/report.toml", "paper_weight = 128\n", "")
    assert main(["build", str(project), "--edition", "zh", "--profile", "press"]) == 0
    assert [p.name for p in sorted((project / "out").iterdir())] == ["manifest.json", NAMES[1]]


def test_pages_in_signatures_have_a_cover_that_is_one_sheet(project: Path, change: Change) -> None:
    change("data/report.toml", "signature = 1\n", "signature = 8\n")
    assert main(["build", str(project), "--edition", "zh", "--profile", "press"]) == 0
    with pypdfium2.PdfDocument(project / "out" / NAMES[1]) as pages:
        assert len(pages) % 8 == 0
    with pypdfium2.PdfDocument(project / "out" / COVERS[0]) as cover:
        assert len(cover) == 1


def test_a_draft_is_the_same_file_without_its_proof(project: Path) -> None:
    assert main(["build", str(project), "--edition", "en"]) == 0
    proved = digests(project / "out")
    assert main(["build", str(project), "--edition", "en", "--draft"]) == 0
    assert digests(project / "out") == proved


def test_each_figure_carries_its_data_and_its_description(project: Path) -> None:
    assert main(["build", str(project), "--edition", "zh", "--profile", "screen"]) == 0
    with pikepdf.open(project / "out" / NAMES[0]) as document:
        elements = [
            o for o in document.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Figure"
        ]
        carried = [sorted(str(f.AFRelationship) for f in figure.AF) for figure in elements]
    assert carried == [["/Alternative", "/Data"]] * 12
