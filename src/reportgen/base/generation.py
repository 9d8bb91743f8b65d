"""Files that belong together are written together: after any end, a folder holds all of the old ones or all of the new.

The new files are written into a folder of work beside the old ones. A journal names them; from then on until the
journal is removed, whoever comes next puts the old files back (:func:`recover`). Each old file gets a second name, and
the new one takes its place; when all have theirs the journal is removed: that one step makes the new generation the
one that holds. What was written before it is on the disk by then, so that a loss of power is an end like any other.
"""

from __future__ import annotations

import errno
import json
import os
import re
import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from reportgen.base import disk
from reportgen.base.diagnostics import Diagnostic, Faults, Result, Span, error
from reportgen.base.limits import TEXT_BYTES
from reportgen.base.regular import read_regular, resolved_inside
from reportgen.base.world import is_inside

WORK = ".reportgen-writing"
"""The folder of work; it is there only while files are written."""
WAIT = 30.0
"""Seconds that a writer waits for another; to write takes less than one."""

_OURS = re.compile(r"(?:new|old)-\d+|journal")
_AS_BEFORE = "what stood there is left as it was"
_REMEDIES = {
    errno.ENOSPC: "make room on the disk",
    errno.EDQUOT: "make room on the disk",
    errno.EBUSY: "close it where it is open, or take its mount away",
    errno.EROFS: "name a folder that can be written with --out",
}


class TornError(OSError):
    """Raised where the old files could not be put back."""


def write_all(folder: Path, files: Mapping[str, bytes]) -> Result[tuple[Path, ...]]:
    """Write files into a folder, by names that may lead into folders of it: all of them, or none.

    Diagnostics: what stands in the way of a file, a disk that is full, another writer. Where all the files are there
    already with the same bytes, nothing is written.

    Raises:
        ValueError: if a name leads out of the folder; names are ours or checked before.
    """
    if strays := [name for name in files if not is_inside(name) or name in ("", ".")]:
        raise ValueError(f"{strays} lead out of {folder}")
    faults = Faults()
    made: list[Path] = []
    try:
        _make_folders(folder, made)
        with disk.locked(folder, WAIT):
            _recover(folder)
            if not _is_there(folder, files):
                faults.add(*_obstacles(folder, files))
                if not faults.refused:
                    _switch(folder, files, made)
    except OSError as problem:
        faults.add(_fault(folder, problem))
    finally:
        for path in reversed(made):  # those that hold nothing: where all went well there are none
            with suppress(OSError):
                disk.remove_folder(path)
    return faults.result(() if faults.refused else tuple(folder / name for name in files))


def recover(folder: Path) -> tuple[Diagnostic, ...]:
    """Put the old files back where a writer was killed in the midst of it, and remove what it has left.

    A writer that is still at work is left alone.
    """
    if not os.path.lexists(folder / WORK):
        return ()
    try:
        with disk.locked(folder, 0):
            _recover(folder)
    except disk.Locked:
        return ()
    except OSError as problem:
        return (_fault(folder, problem),)
    return ()


def _fault(folder: Path, problem: OSError) -> Diagnostic:
    said = problem.strerror or str(problem)
    place = Span(str(problem.filename or folder))
    if isinstance(problem, TornError):
        hint = "take away what keeps files there from being changed, and build again: then they are put back"
        return error("torn-files", f"new files stand beside old ones: {said}", place, hint)
    if isinstance(problem, disk.Locked):
        hint = f"wait until it has ended, or name another folder with --out; {_AS_BEFORE}"
        return error("busy-folder", f"the folder cannot be written: {said}", place, hint)
    remedy = _REMEDIES.get(problem.errno or 0, "is the folder writable?")
    return error("unwritable-file", f"the file cannot be written: {said}", place, remedy, _AS_BEFORE)


# ---- before ----------------------------------------------------------------------------------------------------------


def _make_folders(folder: Path, made: list[Path]) -> None:
    missing = []
    while not folder.is_dir():
        missing.append(folder)
        if folder.parent == folder:
            break
        folder = folder.parent
    for path in reversed(missing):
        with suppress(FileExistsError):  # made by another writer meanwhile, unless it is a file
            disk.make_folder(path)
            made.append(path)
        if not path.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, "a file stands in the place of a folder", str(path))


def _is_there(folder: Path, files: Mapping[str, bytes]) -> bool:
    """Say whether all the files are there with these bytes."""
    try:
        return all(read_regular(folder / name, len(data)) == data for name, data in files.items())
    except OSError:
        return False


def _obstacles(folder: Path, files: Mapping[str, bytes]) -> Iterator[Diagnostic]:
    """Yield what stands in the place of a file and is not to be replaced."""
    for name in files:
        path = folder / name
        try:
            resolved_inside(folder, path.parent)
            mode = path.lstat().st_mode
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError:
            yield _obstacle(path, "a link leads out of the folder", "put a folder in its place")
            continue
        if stat.S_ISLNK(mode):
            yield _obstacle(path, "a link stands in its place", "remove the link")
        elif stat.S_ISDIR(mode):
            yield _obstacle(path, "a folder stands in its place", "move the folder away")
        elif not stat.S_ISREG(mode):
            yield _obstacle(path, "what stands in its place is no file", "move it away")
        elif not mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
            yield _obstacle(path, "it is protected against writing", "take the protection away (chmod u+w)")


def _obstacle(path: Path, what: str, remedy: str) -> Diagnostic:
    return error(
        "unwritable-file", f"the file cannot be written: {what}", Span(str(path)), remedy, _AS_BEFORE
    )


# ---- the switch ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Change:
    """A file that changes.

    Attributes:
        target: where it stands; ``new`` and ``old`` are its names in the folder of work.
        replaces: whether there was one before.
    """

    target: Path
    new: Path
    old: Path
    replaces: bool

    def do(self) -> None:
        if self.replaces:
            try:
                disk.link(self.target, self.old)
            except OSError:  # a file system without second names
                disk.move(self.target, self.old)
        disk.move(self.new, self.target)

    def undo(self) -> None:
        """Put the old file back, however far the change came; doing so again changes nothing."""
        if self.old.exists():
            disk.move(self.old, self.target)
        elif not self.replaces and not self.new.exists():
            disk.remove(self.target)


def _changes(folder: Path, names: Mapping[str, bool]) -> list[_Change]:
    """Return the changes of files by name; each says whether there was a file before."""
    work = folder / WORK
    return [
        _Change(folder / name, work / f"new-{k}", work / f"old-{k}", replaces)
        for k, (name, replaces) in enumerate(names.items())
    ]


def _switch(folder: Path, files: Mapping[str, bytes], made: list[Path]) -> None:
    """Write the files beside the old ones, then let them take their places.

    Raises:
        OSError: if it cannot be done; the old files stand as they stood.
        TornError: if they could not even be put back.
    """
    names = {name: os.path.lexists(folder / name) for name in files}
    changes, work = _changes(folder, names), folder / WORK
    for change in changes:
        _make_folders(change.target.parent, made)
    disk.make_folder(work)
    try:
        for change, data in zip(changes, files.values(), strict=True):
            with _named(change.target):
                disk.write(change.new, data)
        disk.write(work / "journal", json.dumps(names).encode())
        disk.sync_folder(work)
        for change in changes:
            with _named(change.target):
                change.do()
        for parent in {change.target.parent for change in changes}:
            disk.sync_folder(parent)
        disk.remove(work / "journal")
    except BaseException:
        _undo(work, changes if (work / "journal").exists() else ())
        raise
    disk.sync_folder(work)
    with suppress(OSError):  # all is written; the next writer removes what is left
        _clear(work)


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Name the file in what goes wrong, instead of those in the folder of work."""
    try:
        yield
    except OSError as problem:
        problem.filename, problem.filename2 = str(path), None
        raise


def _undo(work: Path, changes: Sequence[_Change]) -> None:
    """Put all old files back, then remove the journal, then what is left of the work."""
    torn = None
    for change in reversed(changes):
        try:
            change.undo()
        except OSError as problem:
            torn = TornError(
                problem.errno, f"{problem.strerror}; the old one is {change.old}", str(change.target)
            )
    if torn is not None:
        raise torn
    with suppress(OSError):  # the next writer does it
        disk.remove(work / "journal")
        _clear(work)


def _recover(folder: Path) -> None:
    work = folder / WORK
    if not os.path.lexists(work):
        return
    if work.is_symlink() or not work.is_dir():
        raise FileExistsError(errno.EEXIST, "it stands in the place of a folder that is needed", str(work))
    _undo(work, _changes(folder, _journal(folder)))
    _clear(work)


def _journal(folder: Path) -> Mapping[str, bool]:
    """Return what a journal names; nothing where there is none, or not all of it: then no file was changed yet.

    A folder may come from anybody: a name that leads out of it is none of ours.
    """
    try:
        names = json.loads(read_regular(folder / WORK / "journal", TEXT_BYTES))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(names, dict) or not all(_is_ours(folder, *item) for item in names.items()):
        return {}
    return names


def _is_ours(folder: Path, name: str, replaces: object) -> bool:
    try:
        resolved_inside(folder, (folder / name).parent)
    except OSError:
        return False
    return is_inside(name) and name not in ("", ".") and isinstance(replaces, bool)


def _clear(work: Path) -> None:
    """Remove the folder of work with what we put into it."""
    if work.is_dir():
        for path in sorted(work.iterdir()):
            if _OURS.fullmatch(path.name):
                disk.remove(path)
        disk.remove_folder(work)
