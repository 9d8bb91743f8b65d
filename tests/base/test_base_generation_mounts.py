"""Disks that are full and files that are mounted, for real; where a test may not mount, these are left out."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from reportgen.base.generation import write_all

MS_RDONLY, MS_REMOUNT, MS_BIND, MNT_DETACH = 1, 32, 4096, 2
"""Source: mount(2), umount2(2)."""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux mounts")


@contextmanager
def mounted(source: str, target: Path, kind: str, flags: int = 0, options: str = "") -> Iterator[None]:
    libc = ctypes.CDLL(None, use_errno=True)
    arguments = (source.encode(), str(target).encode(), kind.encode(), flags, options.encode())
    if libc.mount(*arguments) != 0:
        pytest.skip(f"nothing may be mounted here: {os.strerror(ctypes.get_errno())}")
    try:
        yield
    finally:
        libc.umount2(str(target).encode(), MNT_DETACH)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("busy", ["a.pdf", "b.pdf", "c.pdf"])
def test_a_file_that_is_mounted_leaves_all_as_they_were(busy: str, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    old = {f"{name}.pdf": f"old {name}".encode() for name in "abc"}
    assert write_all(folder, old).ok
    (tmp_path / "other").write_bytes(b"elsewhere")
    with mounted(str(tmp_path / "other"), folder / busy, "", MS_BIND):
        (fault,) = write_all(folder, dict.fromkeys(old, b"new")).errors
        assert str(fault.place) == str(folder / busy)
        assert (folder / busy).read_bytes() == b"elsewhere"
        assert names(folder) == ["a.pdf", "b.pdf", "c.pdf"]
    assert {name: (folder / name).read_bytes() for name in old} == old
    assert write_all(folder, dict.fromkeys(old, b"new")).ok


@pytest.mark.parametrize("room", [0, 50_000, 150_000, 250_000])
def test_a_full_disk_leaves_all_as_they_were(room: int, tmp_path: Path) -> None:
    with mounted("tmpfs", tmp_path, "tmpfs", 0, "size=700k"):
        old = {name: name.encode() * 100_000 for name in "ab"}
        assert write_all(tmp_path / "out", old).ok
        (tmp_path / "ballast").write_bytes(bytes(700 * 1024 - 220_000 - room))
        (fault,) = write_all(tmp_path / "out", dict.fromkeys(old, b"new" * 60_000)).errors
        assert fault.hints[0] == "make room on the disk"
        assert {name: (tmp_path / "out" / name).read_bytes() for name in names(tmp_path / "out")} == old
        (tmp_path / "ballast").unlink()
        assert write_all(tmp_path / "out", dict.fromkeys(old, b"new" * 60_000)).ok
        assert names(tmp_path / "out") == ["a", "b"]


def test_a_folder_that_can_only_be_read_is_told(tmp_path: Path) -> None:
    with mounted("tmpfs", tmp_path, "tmpfs"):
        assert write_all(tmp_path / "out", {"a": b"old"}).ok
        with mounted("tmpfs", tmp_path, "tmpfs", MS_REMOUNT | MS_RDONLY):
            (fault,) = write_all(tmp_path / "out", {"a": b"new"}).errors
            assert "Read-only file system" in fault.message
            assert (tmp_path / "out/a").read_bytes() == b"old"
