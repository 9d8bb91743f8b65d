"""A folder holds all old files or all new ones, wherever a writer is killed and whatever step fails."""

from __future__ import annotations

import errno
import json
import os
import signal
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from reportgen.base import disk, generation
from reportgen.base.diagnostics import Result
from reportgen.base.generation import WORK, recover, write_all

OLD = {"a.pdf": b"old a", "b.pdf": b"old b", "manifest.json": b"old"}
NEW = {"a.pdf": b"new a", "more/c.pdf": b"new c", "b.pdf": b"new b", "manifest.json": b"new"}
STEPS = ("make_folder", "write", "link", "move", "remove", "remove_folder")


def test_files_are_written_into_the_folder(tmp_path: Path) -> None:
    written = write_all(tmp_path / "out", {"a.pdf": b"a", "locales/b.po": b"b"})
    assert [p.relative_to(tmp_path).as_posix() for p in written.value] == ["out/a.pdf", "out/locales/b.po"]
    assert found(tmp_path / "out") == {"a.pdf": b"a", "locales/b.po": b"b"}


@pytest.mark.parametrize("name", ["../a.pdf", "/a.pdf", "x/../../a.pdf", "", "."])
def test_a_name_that_leads_out_of_the_folder_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="lead out of"):
        write_all(tmp_path / "out", {"good.pdf": b"", name: b""})
    assert not (tmp_path / "out").exists()


# ---- every step is one at which a process may be killed, or which may fail -------------------------------------------


class Killed(BaseException):
    """Stands for the end of a process: whatever it does after it is not done."""


class Steps:
    """Counts the steps that change files, and breaks off at one of them.

    Attributes:
        dead: whether the process was killed, so that no step is done any more.
        without_links: whether the file system knows no second names.
    """

    def __init__(self, at: int, fails: OSError | None, *, for_good: bool, without_links: bool) -> None:
        self.at, self.fails, self.for_good, self.without_links = at, fails, for_good, without_links
        self.count, self.dead = 0, False

    def around(self, name: str, step: Callable[..., None]) -> Callable[..., None]:
        def run(*arguments: Any, **options: Any) -> None:
            if self.dead:
                raise Killed
            self.count += 1
            if self.count == self.at or (self.for_good and self.count > self.at and self.fails):
                if name == "write":
                    path, data = arguments
                    step(path, data[: len(data) // 2], **options)
                self.dead = self.fails is None
                raise self.fails or Killed
            if name == "link" and self.without_links:
                raise OSError(errno.EPERM, "no links")
            step(*arguments, **options)

        return run


@contextmanager
def broken(
    at: int, fails: OSError | None = None, *, for_good: bool = False, without_links: bool = False
) -> Iterator[Steps]:
    steps = Steps(at, fails, for_good=for_good, without_links=without_links)
    with pytest.MonkeyPatch.context() as patch:
        for name in STEPS:
            patch.setattr(disk, name, steps.around(name, getattr(disk, name)))
        yield steps


def prepared(folder: Path) -> Path:
    """Return a folder with the old generation and a file of somebody else's."""
    assert write_all(folder, OLD).ok
    (folder / "notes.txt").write_bytes(b"mine")
    return folder


def found(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if not p.is_dir()}


def generation_of(folder: Path) -> Mapping[str, bytes]:
    """Return the generation that a folder holds, and fail where it holds anything else."""
    files = found(folder)
    assert files.pop("notes.txt") == b"mine"
    assert files in (OLD, NEW)
    assert not (folder / WORK).exists()
    return files


def count_of_steps(folder: Path, *, without_links: bool = False) -> int:
    prepared(folder)
    with broken(0, without_links=without_links) as steps:
        assert write_all(folder, NEW).ok
    return steps.count


@pytest.mark.parametrize("without_links", [False, True])
def test_wherever_a_writer_is_killed_one_generation_is_left(tmp_path: Path, without_links: bool) -> None:
    count = count_of_steps(tmp_path / "count", without_links=without_links)
    assert count > 15
    seen = []
    for at in range(1, count + 1):
        folder = prepared(tmp_path / str(at))
        with broken(at, without_links=without_links), pytest.raises(Killed):
            write_all(folder, NEW)
        assert recover(folder) == ()
        seen.append(generation_of(folder) == NEW)
    assert seen == sorted(seen), "once the new one is there it stays"
    assert {False, True} == set(seen)


@pytest.mark.parametrize("without_links", [False, True])
def test_a_recovery_may_be_killed_too(tmp_path: Path, without_links: bool) -> None:
    count = count_of_steps(tmp_path / "count", without_links=without_links)
    for at in range(1, count + 1):
        for again in range(1, 30):
            folder = prepared(tmp_path / f"{at}-{again}")
            with broken(at, without_links=without_links), pytest.raises(Killed):
                write_all(folder, NEW)
            with broken(again, without_links=without_links) as steps, suppress(Killed):
                recover(folder)
            recover(folder)
            generation_of(folder)
            if not steps.dead:
                break
        else:
            pytest.fail("a recovery has no end")


def test_the_next_writer_recovers_too(tmp_path: Path) -> None:
    for at in range(1, count_of_steps(tmp_path / "count") + 1):
        folder = prepared(tmp_path / str(at))
        with broken(at), pytest.raises(Killed):
            write_all(folder, NEW)
        assert write_all(folder, NEW).ok
        assert generation_of(folder) == NEW


@pytest.mark.parametrize("code", [errno.EBUSY, errno.ENOSPC, errno.EACCES, errno.EIO])
@pytest.mark.parametrize("without_links", [False, True])
def test_whatever_step_fails_the_old_files_stay_or_all_is_written(
    tmp_path: Path, code: int, without_links: bool
) -> None:
    for at in range(1, count_of_steps(tmp_path / "count", without_links=without_links) + 1):
        folder = prepared(tmp_path / str(at))
        with broken(at, OSError(code, os.strerror(code)), without_links=without_links):
            written = write_all(folder, NEW)
        assert len(written.errors) <= 1
        recover(folder)
        assert (generation_of(folder) == NEW) == written.ok


def test_where_not_even_the_old_files_can_be_put_back_that_is_said(tmp_path: Path) -> None:
    torn = 0
    for at in range(1, count_of_steps(tmp_path / "count") + 1):
        folder = prepared(tmp_path / str(at))
        with broken(at, OSError(errno.EIO, "broken disk"), for_good=True):
            written = write_all(folder, NEW)
        files = {name: data for name, data in found(folder).items() if not name.startswith(WORK)}
        del files["notes.txt"]
        if files not in (OLD, NEW):
            torn += 1
            assert [d.rule for d in written.errors] == ["torn-files"]
        assert recover(folder) == (), "the disk is whole again"
        assert (generation_of(folder) == NEW) == written.ok
    assert torn > 3


def test_an_interrupt_leaves_the_old_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = prepared(tmp_path / "out")
    move = disk.move

    def interrupted(path: Path, other: Path) -> None:
        if other.name == "manifest.json" and path.name.startswith("new"):
            raise KeyboardInterrupt
        move(path, other)

    monkeypatch.setattr(disk, "move", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_all(folder, NEW)
    assert generation_of(folder) == OLD


def test_what_does_not_change_is_not_written(tmp_path: Path) -> None:
    folder = prepared(tmp_path / "out")
    with broken(0) as steps:
        assert write_all(folder, OLD) == Result(tuple(folder / name for name in OLD))
    assert steps.count == 0


# ---- real kills, real obstacles --------------------------------------------------------------------------------------


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system cannot fork")
def test_a_killed_writer_leaves_one_generation(tmp_path: Path) -> None:
    """The moments are spread over a writing; which steps they fall between differs from run to run."""
    generations = [{f"{k}.pdf": bytes([n]) * 200_000 for k in range(6)} for n in range(2)]
    folder = tmp_path / "out"
    assert write_all(folder, generations[0]).ok
    for number in range(60):
        ready, says = os.pipe()
        child = os.fork()
        if child == 0:
            os.write(says, b"r")
            while True:
                write_all(folder, generations[1])
                write_all(folder, generations[0])
        os.read(ready, 1)
        time.sleep(number % 20 / 2000)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(ready)
        os.close(says)
        assert recover(folder) == ()
        assert found(folder) in generations


def make_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))


def make_protected(path: Path) -> None:
    path.write_bytes(b"old")
    path.chmod(0o444)


OBSTACLES: dict[str, Callable[[Path], None]] = {
    "a folder stands in its place": Path.mkdir,
    "a link stands in its place": lambda path: path.symlink_to("elsewhere"),
    "what stands in its place is no file": os.mkfifo,
    "it is protected against writing": make_protected,
}


@pytest.mark.parametrize("message", OBSTACLES)
def test_what_stands_in_the_way_of_one_file_stops_all(message: str, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"old")
    OBSTACLES[message](tmp_path / "b.pdf")
    mode = (tmp_path / "b.pdf").lstat().st_mode
    written = write_all(tmp_path, {"a.pdf": b"new", "b.pdf": b"new", "new/c.pdf": b"new"})
    assert written.value == ()
    (fault,) = written.errors
    assert fault.message == f"the file cannot be written: {message}"
    assert str(fault.place) == str(tmp_path / "b.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == b"old"
    assert (tmp_path / "b.pdf").lstat().st_mode == mode
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.pdf", "b.pdf"]


def test_a_file_in_the_place_of_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "taken").write_bytes(b"a file")
    for name in ("a.pdf", "b/c.pdf"):
        (fault,) = write_all(tmp_path / "taken", {name: b"new"}).errors
        assert "a file stands in the place of a folder" in fault.message
    (fault,) = write_all(tmp_path, {"a.pdf": b"new", "taken/b.pdf": b"new"}).errors
    assert "a file stands in the place of a folder" in fault.message
    assert found(tmp_path) == {"taken": b"a file"}


def test_a_link_does_not_lead_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out/more").symlink_to(tmp_path / "elsewhere")
    (fault,) = write_all(tmp_path / "out", {"a.pdf": b"", "more/b.pdf": b""}).errors
    assert "a link leads out of the folder" in fault.message
    assert found(tmp_path) == {}


def test_a_folder_that_is_a_link_is_written_into(tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "share")
    assert write_all(tmp_path / "out", {"a.pdf": b"a"}).ok
    assert found(tmp_path / "share") == {"a.pdf": b"a"}


@pytest.mark.parametrize("names", [{"../mine": False}, {"a": 1}, [1], {"more/mine": False}, {"": False}])
def test_a_journal_that_is_none_of_ours_changes_nothing(tmp_path: Path, names: object) -> None:
    (tmp_path / "mine").write_bytes(b"mine")
    folder = tmp_path / "out"
    (folder / WORK).mkdir(parents=True)
    (folder / "more").symlink_to(tmp_path)
    (folder / WORK / "journal").write_text(json.dumps(names))
    (folder / WORK / "old-0").write_bytes(b"forged")
    assert recover(folder) == ()
    assert (tmp_path / "mine").read_bytes() == b"mine"
    assert not (folder / WORK).exists()


@pytest.mark.parametrize(
    "make", [lambda path: path.symlink_to(path.parent), lambda path: path.write_bytes(b"")]
)
def test_what_stands_in_the_place_of_the_folder_of_work_is_told(
    make: Callable[[Path], None], tmp_path: Path
) -> None:
    make(tmp_path / WORK)
    (fault,) = write_all(tmp_path, {"a.pdf": b"a"}).errors
    assert "it stands in the place of a folder that is needed" in fault.message
    assert fault in recover(tmp_path)


def test_files_that_are_not_ours_are_never_removed_from_the_folder_of_work(tmp_path: Path) -> None:
    (tmp_path / WORK).mkdir()
    (tmp_path / WORK / "thesis.docx").write_bytes(b"mine")
    assert not write_all(tmp_path, {"a.pdf": b"a"}).ok
    assert found(tmp_path) == {f"{WORK}/thesis.docx": b"mine"}


# ---- two writers -----------------------------------------------------------------------------------------------------


def test_a_writer_waits_for_another_and_then_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generation, "WAIT", 0.1)
    with disk.locked(tmp_path, 0):
        (fault,) = write_all(tmp_path, {"a.pdf": b"a"}).errors
        assert fault.rule == "busy-folder"
        assert found(tmp_path) == {}
    assert write_all(tmp_path, {"a.pdf": b"a"}).ok


def test_a_writer_at_work_is_not_undone(tmp_path: Path) -> None:
    with disk.locked(tmp_path, 0):
        (tmp_path / WORK).mkdir()
        (tmp_path / WORK / "new-0").write_bytes(b"half")
        assert recover(tmp_path) == ()
        assert (tmp_path / WORK / "new-0").exists()


def test_a_system_without_locks_of_folders_has_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fcntl = pytest.importorskip("fcntl")

    def refuse(*_: object) -> None:
        raise OSError(errno.EBADF, "no locks")

    monkeypatch.setattr(fcntl, "flock", refuse)
    assert write_all(tmp_path, {"a.pdf": b"a"}).ok


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system cannot fork")
def test_writers_at_once_leave_the_files_of_one(tmp_path: Path) -> None:
    generations = [{f"{k}.pdf": bytes([n]) * 10_000 for k in range(6)} for n in range(3)]
    children = []
    for files in generations:
        child = os.fork()
        if child == 0:
            os._exit(0 if all(write_all(tmp_path, files).ok for _ in range(15)) else 1)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0, 0]
    assert found(tmp_path) in generations
