"""Reading files that are files: never a pipe that nobody writes into, a device without an end, or more than is meant.

Whatever a project, a cache or a person names is read here. A fault is an ``OSError`` whose ``strerror`` ends the
sentence "the file cannot be read: …".
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

_AT_ONCE = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)  # to open a pipe would wait for somebody who writes
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}
_MEGABYTE = 1_000_000


def read_regular(path: Path, limit: int) -> bytes:
    """Return the bytes of an ordinary file; links are followed.

    Raises:
        OSError: if it is none, cannot be read, or has more than ``limit`` bytes.
    """
    try:
        _check(path.stat(), path, limit)  # a device may do something when it is opened
        handle = os.open(path, _AT_ONCE)
    except UnicodeEncodeError:
        raise OSError(errno.EILSEQ, "its name is not Unicode text", ascii(str(path))) from None
    except OSError as problem:
        if problem.errno == errno.ELOOP:
            raise OSError(errno.ELOOP, "its links lead in a circle", str(path)) from None
        raise
    with os.fdopen(handle, "rb") as file:
        found = os.fstat(handle)
        _check(found, path, limit)
        data = file.read(found.st_size + 1)
        if len(data) > found.st_size:  # it grows, or its system does not say how long it is
            data += file.read(limit + 1 - len(data))
    if len(data) > limit:
        raise _too_large(path, limit)
    return data


def _check(found: os.stat_result, path: Path, limit: int) -> None:
    if not stat.S_ISREG(found.st_mode):
        kind = stat.S_IFMT(found.st_mode)
        code = errno.EISDIR if kind == stat.S_IFDIR else errno.EINVAL
        raise OSError(code, f"it is {_KINDS.get(kind, 'something else')}, not a file", str(path))
    if found.st_size > limit:
        raise _too_large(path, limit)


def _too_large(path: Path, limit: int) -> OSError:
    return OSError(errno.EFBIG, f"it has more than {limit / _MEGABYTE:,g} MB", str(path))


def resolved_inside(root: Path, path: Path) -> Path:
    """Return where a path of a folder leads, all links followed; the folder itself may be reached by links.

    Raises:
        OSError: if it leads out of the folder.
    """
    try:
        home, place = os.path.realpath(root), os.path.realpath(path)
    except UnicodeEncodeError:
        raise OSError(errno.EILSEQ, "its name is not Unicode text", ascii(str(path))) from None
    if not Path(place).is_relative_to(home):
        raise OSError(errno.EXDEV, "a link leads out of the project", str(path))
    return Path(place)
