"""``reportgen new``: each example builds at once and without a word; nothing is overwritten; all files or none."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pypdfium2
import pytest

from reportgen.app.command import main
from reportgen.base.diagnostics import Refused
from reportgen.base.papers import papers
from reportgen.base.world import World
from reportgen.build.pipeline import build
from reportgen.build.request import Request, quiet
from reportgen.edition.apparatus import KINDS as KINDS_OF_REPORTS
from reportgen.project import new_project as module
from reportgen.project.new_project import (
    HOLE,
    KINDS,
    TEMPLATES,
    new_project,
    project_files,
    template_languages,
)

ROOT = Path(__file__).parents[2]
LANGUAGES = ("zh", "en")


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("charts")


@pytest.mark.parametrize("languages", [("zh", "en"), ("zh",)])
@pytest.mark.parametrize("kind", KINDS)
def test_an_example_builds_at_once_and_without_a_word(
    kind: str, languages: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "市-report_1"
    assert main(["new", str(folder), "--kind", kind, "--languages", ",".join(languages)]) == 0
    assert "reportgen build" in capsys.readouterr().err
    assert main(["build", str(folder)]) == 0
    said = capsys.readouterr().err
    assert not re.search("warning|error|hint", said), said
    assert len(list((folder / "out").glob("*.pdf"))) == 2 * len(languages)
    for language in languages[1:]:
        assert main(["catalog", "check", "-C", str(folder)]) == 0
        catalog = folder / f"locales/{language}/LC_MESSAGES/report.po"
        before = catalog.read_bytes()
        assert main(["catalog", "update", "-C", str(folder)]) == 0
        assert catalog.read_bytes() == before, "the catalog is as reportgen writes it"


@pytest.mark.parametrize("name", papers())
def test_an_example_builds_on_every_paper(name: str, cache: Path) -> None:
    kind = KINDS[sorted(papers()).index(name) % len(KINDS)]
    files = project_files("sample", kind, LANGUAGES, name)
    made = build(World.of_files(files), Request(cache=cache, side_by_side=False), quiet)
    assert [str(d) for d in made.diagnostics] == []
    sizes = {
        tuple(round(side, 1) for side in pypdfium2.PdfDocument(data)[0].get_trimbox()[2:])
        for path, data in made.value.items()
        if path.endswith(".screen.pdf")
    }
    assert sizes == {tuple(round(side, 1) for side in papers()[name])}


def test_kinds_are_those_of_the_report_and_the_first_language_is_the_manuscripts() -> None:
    assert KINDS == KINDS_OF_REPORTS
    assert {template_languages(kind) for kind in KINDS} == {LANGUAGES}


def test_examples_say_that_they_are_invented() -> None:
    for kind in KINDS:
        for path, text in project_files("sample", kind, LANGUAGES).items():
            assert HOLE not in text
            if path.startswith("data/manuscript/") and "演示" in text:
                break
        else:
            pytest.fail(f"{kind}: no sentence says that the data are invented")


@pytest.mark.parametrize(
    "name", ["a b", "-x", "x.", "con", "COM1", "a:b", "x" * 101, ".hidden", "a\nb", '"', "_"]
)
def test_a_bad_name_is_one_diagnostic(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "--", str(tmp_path / name)]) == 1
    said = capsys.readouterr().err
    assert said.count("error: ") == 1
    assert "cannot be the name of a report" in said
    assert list(tmp_path.iterdir()) == []


def test_the_name_that_a_diagnostic_proposes_is_taken(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        new_project(tmp_path / "a b:c")
    (fault,) = refused.value.diagnostics
    assert new_project(tmp_path / fault.hints[-1].removeprefix("as in "))


@pytest.mark.parametrize(
    ("options", "rule"),
    [
        ({"kind": "leaflet"}, "unknown-kind"),
        ({"paper": "A99"}, "unknown-paper"),
        ({"languages": ["zh", "fr"]}, "unknown-language"),
        ({"languages": ["en"]}, "no-edition"),
        ({"languages": []}, "no-edition"),
    ],
)
def test_an_unknown_choice_is_one_diagnostic(options: dict[str, object], rule: str, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        new_project(tmp_path / "x", **options)  # type: ignore[arg-type]
    assert [d.rule for d in refused.value.diagnostics] == [rule]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("place", ["x/a.txt", "x"])
def test_nothing_is_overwritten(place: str, tmp_path: Path) -> None:
    file = tmp_path / place
    file.parent.mkdir(exist_ok=True)
    file.write_text("mine")
    with pytest.raises(Refused) as refused:
        new_project(tmp_path / "x")
    assert [d.rule for d in refused.value.diagnostics] == ["folder-not-empty"]
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == [file.name]


def test_this_folder_will_do_if_it_is_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert main(["new", "."]) == 0
    assert 'file_stem = "here"' in Path("data/report.toml").read_text(encoding="utf-8")
    assert [p.name for p in tmp_path.iterdir()] == ["here"]


@pytest.mark.parametrize("there", [False, True])
@pytest.mark.parametrize("failing", [1, 5, 14])
def test_all_files_or_none(
    there: bool, failing: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if there:
        (tmp_path / "x").mkdir()
    count = 0

    def write(path: Path, data: bytes) -> int:
        nonlocal count
        count += 1
        if count == failing:
            raise OSError(28, "No space left on device")
        with path.open("wb") as file:
            return file.write(data)

    monkeypatch.setattr(module.Path, "write_bytes", write)
    with pytest.raises(Refused) as refused:
        new_project(tmp_path / "x")
    assert [d.rule for d in refused.value.diagnostics] == ["unwritable-file"]
    assert [p.name for p in tmp_path.rglob("*")] == ["x"][: int(there)]


def test_a_failed_move_is_undone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x").mkdir()
    whole = Path.rename

    def rename(path: Path, target: Path) -> Path:
        if path.name == "locales":
            raise PermissionError(13, "Permission denied")
        return whole(path, target)

    monkeypatch.setattr(module.Path, "rename", rename)
    with pytest.raises(Refused):
        new_project(tmp_path / "x")
    assert [p.name for p in tmp_path.rglob("*")] == ["x"]


def test_the_wheel_carries_the_templates_and_the_sizes_of_paper(tmp_path: Path) -> None:
    program = "import sys; from hatchling.build import build_wheel; build_wheel(sys.argv[1])"
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=True, cwd=ROOT, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    packed = set(zipfile.ZipFile(wheel).namelist())
    source = ROOT / "src"
    files = [path for path in TEMPLATES.rglob("*") if path.is_file()]
    assert len(files) > 20
    for path in (*files, source / "reportgen/base/papers.toml"):
        assert path.relative_to(source).as_posix() in packed
