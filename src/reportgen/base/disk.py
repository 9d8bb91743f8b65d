"""The single steps by which files are changed on a disk, and the lock of a folder.

Each step is one that a process may be killed before or after; writing alone may be broken off in the middle.
Everything that reportgen writes is written by these: tests put others in their place that fail, or stop for good.
"""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_NEW = (
    os.O_WRONLY
    | os.O_CREAT
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_NO_LOCKS = (errno.EBADF, errno.EINVAL, errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP)
"""What file systems say that have no locks of folders, such as NFS."""
_LOOKS = 0.05
"""Seconds between two looks whether a lock is free."""


class Locked(OSError):
    """Raised where another process has a folder locked."""


def make_folder(path: Path) -> None:
    """Make a folder in one that is there."""
    path.mkdir()


def write(path: Path, data: bytes, *, synced: bool = True, new: bool = True) -> None:
    """Write a file, and wait until the disk has it where it is ``synced``; a link in its place is never followed.

    Raises:
        FileExistsError: if it is to be ``new`` and is there.
    """
    handle = os.open(path, _NEW | (os.O_EXCL if new else os.O_TRUNC), 0o666)
    with os.fdopen(handle, "wb", buffering=0) as file:
        left = memoryview(data)
        while left:
            left = left[file.write(left) :]
        if synced:
            os.fsync(handle)


def link(path: Path, other: Path) -> None:
    """Give a file a second name."""
    other.hardlink_to(path)


def move(path: Path, other: Path) -> None:
    """Give a file another name, in place of what has that name."""
    path.replace(other)


def remove(path: Path) -> None:
    """Remove a file; one that is not there is no fault."""
    path.unlink(missing_ok=True)


def remove_folder(path: Path) -> None:
    """Remove an empty folder."""
    path.rmdir()


def sync_folder(path: Path) -> None:
    """Wait until the disk has the names of a folder, where the system can say so."""
    with suppress(OSError):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def locked(folder: Path, wait: float) -> Iterator[None]:
    """Keep other processes from locking a folder, for so long as the block lasts or this process lives.

    A file system without locks locks nothing.

    Raises:
        Locked: if another has it for longer than ``wait`` seconds.
    """
    handle = _lock(folder, time.monotonic() + wait)
    try:
        yield
    finally:
        if handle is not None:
            os.close(handle)


def _lock(folder: Path, until: float) -> int | None:
    while True:
        try:
            return _lock_now(folder)
        except (BlockingIOError, FileExistsError):
            if time.monotonic() >= until:
                raise Locked(errno.EBUSY, "another reportgen is writing there", str(folder)) from None
            time.sleep(_LOOKS)


def _lock_now(folder: Path) -> int | None:
    try:
        import fcntl
    except ImportError:  # Windows, which removes the file when its process ends
        flags = os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_TEMPORARY", 0)
        return os.open(folder / ".reportgen-lock", flags)
    handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as problem:
        os.close(handle)
        if problem.errno in _NO_LOCKS:
            return None
        raise
    return handle
