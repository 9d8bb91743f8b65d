"""Finished files go where they belong, and a name that leads elsewhere is a fault of ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.build.outputs import write_all


def test_files_are_written_into_the_folder(tmp_path: Path) -> None:
    written = write_all(tmp_path / "out", {"a.pdf": b"a", "locales/b.po": b"b"})
    assert [p.relative_to(tmp_path).as_posix() for p in written.value] == ["out/a.pdf", "out/locales/b.po"]


@pytest.mark.parametrize("name", ["../a.pdf", "/a.pdf", "x/../../a.pdf"])
def test_a_name_that_leads_out_of_the_folder_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="lead out of"):
        write_all(tmp_path / "out", {"good.pdf": b"", name: b""})
    assert not (tmp_path / "out").exists()


def test_where_one_file_cannot_be_written_all_the_old_ones_stay(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"old")
    (tmp_path / "b.pdf").mkdir()
    written = write_all(tmp_path, {"a.pdf": b"new", "b.pdf": b"new"})
    assert written.value == ()
    assert [d.message for d in written.errors] == ["the file cannot be written: a folder stands in its place"]
    assert (tmp_path / "a.pdf").read_bytes() == b"old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.pdf", "b.pdf"]
