"""Only ordinary files are read, and no more of them than is allowed."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from reportgen.base.diagnostics import Diagnostic
from reportgen.base.regular import read_regular, resolved_inside
from reportgen.base.world import World


def code_of(path: Path, limit: int = 10) -> int | None:
    with pytest.raises(OSError, match=r".") as caught:
        read_regular(path, limit)
    assert caught.value.strerror
    return caught.value.errno


def test_a_file_is_read_up_to_its_limit(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"0123456789")
    assert read_regular(tmp_path / "a", 10) == b"0123456789"
    assert code_of(tmp_path / "a", 9) == errno.EFBIG


def test_a_file_that_is_too_large_is_not_even_begun(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    try:
        os.truncate(tmp_path / "a", 2**40)
    except OSError:
        pytest.skip("the file system has no files with holes")
    assert code_of(tmp_path / "a") == errno.EFBIG


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="Linux")
def test_a_file_whose_system_does_not_say_its_length_is_limited_too() -> None:
    assert b"[stack]" in read_regular(Path("/proc/self/maps"), 10_000_000)
    assert code_of(Path("/proc/self/maps")) == errno.EFBIG


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_pipes_devices_folders_and_circles_are_no_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "round").symlink_to("round")
    assert code_of(tmp_path / "pipe") == code_of(Path("/dev/zero")) == errno.EINVAL
    assert code_of(tmp_path) == errno.EISDIR
    assert code_of(tmp_path / "round") == errno.ELOOP
    assert code_of(tmp_path / "missing") == errno.ENOENT


@pytest.mark.parametrize("name", ["a\ud800", "x" * 300, "a" * 100 + "/" + "b"])
def test_a_name_that_cannot_be_is_a_diagnostic(name: str, tmp_path: Path) -> None:
    found = World(tmp_path).load_bytes(name)
    assert isinstance(found, Diagnostic)
    assert found.message.isprintable()


def test_a_place_is_inside_only_if_all_links_end_there(tmp_path: Path) -> None:
    root = tmp_path / "project"
    (root / "data").mkdir(parents=True)
    (tmp_path / "project-2").mkdir()
    (root / "in").symlink_to("data")
    (root / "out").symlink_to(tmp_path / "project-2")
    (root / "up").symlink_to("..")
    assert resolved_inside(root, root / "in/a") == root / "data/a"
    for name in ("out", "out/a", "up", "up/project-2"):
        with pytest.raises(OSError, match="leads out"):
            resolved_inside(root, root / name)
