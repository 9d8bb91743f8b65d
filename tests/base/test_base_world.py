"""A world reads a project's files; what cannot be read is a diagnostic with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.base.diagnostics import Diagnostic
from reportgen.base.world import World, is_file_name


def test_files_in_memory_lie_over_the_folders(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/a.md").write_text("disk")
    (tmp_path / "data/b.md").write_text("disk")
    world = World(tmp_path, {"data/a.md": b"memory"})
    assert world.read_text("data/a.md") == "memory"
    assert world.read_text("data/b.md") == "disk"
    assert world.glob("data", ".md") == ("data/a.md", "data/b.md")


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_line_ends_are_made_alike(ends: str) -> None:
    assert World.of_files({"a": f"1{ends}2"}).read_text("a") == "1\n2"


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert World.of_files({"a": b"\xef\xbb\xbfx"}).read_text("a") == "x"


def test_a_missing_file_is_a_diagnostic() -> None:
    found = World.of_files({}).read_text("data/a.md")
    assert isinstance(found, Diagnostic)
    assert str(found) == "data/a.md: error: the file is missing\n  hint: put it there, or mend what names it"


def test_text_in_another_encoding_is_a_diagnostic_with_its_line() -> None:
    found = World.of_files({"a.csv": "年份\n".encode() + "数量".encode("gb18030")}).read_text("a.csv")
    assert isinstance(found, Diagnostic)
    assert str(found).startswith("a.csv:2: error: the file is not UTF-8 text\n  hint: save it as UTF-8")


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    found = World(tmp_path).read_text("data")
    assert isinstance(found, Diagnostic)
    assert found.message.startswith("the file cannot be read")


@pytest.mark.parametrize(
    "path", ["../secret", "data/../../secret", "{root}/secret", "a\0b", "C:secret", "..\\secret"]
)
def test_a_path_does_not_lead_out_of_the_project(path: str, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "project").mkdir()
    path = path.format(root=tmp_path)
    world = World(tmp_path / "project")
    assert not world.exists(path)
    found = world.read_text(path)
    assert isinstance(found, Diagnostic)
    assert found.message == "the file cannot be read: its path leads out of the project"


@pytest.mark.parametrize("name", ["a.pdf", "manifest.json", "报告.zh.pdf", "..a"])
def test_a_files_name_stays_in_its_folder(name: str) -> None:
    assert is_file_name(name)


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "/a", "a\\b", "c:a", "a\0b", "../a"])
def test_a_name_that_leads_elsewhere_is_none(name: str) -> None:
    assert not is_file_name(name)
