"""The world outside a build: the project's files and its date. Nothing else reads files or the clock.

Passes take a :class:`World`; tests give them one made of strings.
"""

from __future__ import annotations

import datetime as dt
import errno
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from reportgen.base.diagnostics import Diagnostic, Span, error
from reportgen.base.functions import Permission
from reportgen.base.limits import FILE_BYTES, FILES, TEXT_BYTES
from reportgen.base.regular import read_regular, resolved_inside

_WRITTEN = (".md", ".toml", ".json", ".po", ".py")
"""How the names of texts end that a person writes."""
_HINTS = {
    errno.EXDEV: "put a copy of what it leads to into the project, in its place",
    errno.ELOOP: "put the file in place of the link",
    errno.EFBIG: "divide it, or take out what the report does not need",
    errno.EISDIR: "put the file in its place",
    errno.EINVAL: "put a file in its place",
    errno.EILSEQ: "give it a name in Unicode (UTF-8)",
}


@dataclass(frozen=True, slots=True)
class World:
    """A project folder read through project-relative POSIX paths; what lies outside it is not there.

    Attributes:
        root: the project's folder, or None for a world that lives in memory only.
        files: contents laid over the folder's, by path.
        source_date: the value of ``SOURCE_DATE_EPOCH``, if it was set; a report's own date is used otherwise.
        permission: which functions of the project may run: none, unless the person who builds has allowed them.
        links: whether links may lead out of the folder: only in what was installed with the product, as a package
            manager may have linked its files.
    """

    root: Path | None = None
    files: Mapping[str, bytes] = field(default_factory=dict)
    source_date: dt.datetime | None = None
    permission: Permission = field(default_factory=Permission)
    links: bool = False

    @classmethod
    def of_files(cls, files: Mapping[str, str | bytes]) -> World:
        """Return a world in memory from texts by path."""
        return cls(None, {p: t.encode() if isinstance(t, str) else t for p, t in files.items()})

    def exists(self, path: str) -> bool:
        """Say whether the project has something of this name; reading tells what is no file or leads elsewhere."""
        if path in self.files:
            return True
        return self.root is not None and is_inside(path) and os.path.lexists(self.root / path)

    def read_bytes(self, path: str) -> bytes:
        """Return a file's bytes.

        Raises:
            OSError: if the file cannot be read, or its path leads out of the project.
        """
        if path in self.files:
            return self.files[path]
        return read_regular(self.locate(path), TEXT_BYTES if path.endswith(_WRITTEN) else FILE_BYTES)

    def locate(self, path: str) -> Path:
        """Return where a file or folder of the project lies on the disk, links followed.

        Raises:
            OSError: if the project is in memory only, or the path or a link leads out of it.
        """
        if not is_inside(path):
            raise PermissionError(errno.EACCES, "its path leads out of the project", path)
        if self.root is None:
            raise FileNotFoundError(errno.ENOENT, "it is missing", path)
        place = self.root / path
        return place if self.links else resolved_inside(self.root, place)

    def load_bytes(self, path: str) -> bytes | Diagnostic:
        """Return a file's bytes, or the diagnostic that says why it cannot be read."""
        try:
            return self.read_bytes(path)
        except FileNotFoundError:
            hint = "put it there, or mend what names it"
            return error("missing-file", "the file is missing", Span(path), hint)
        except OSError as problem:
            message = f"the file cannot be read: {problem.strerror}"
            hint = _HINTS.get(problem.errno or 0, "is it a file that you may read?")
            return error("unreadable-file", message, Span(path), hint)

    def read_text(self, path: str) -> str | Diagnostic:
        """Return a file's text, or the diagnostic that says why it cannot be read.

        Text is UTF-8, with or without a byte order mark; line ends become ``\\n``.
        """
        data = self.load_bytes(path)
        if isinstance(data, Diagnostic):
            return data
        try:
            return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError as problem:
            line = data.count(b"\n", 0, problem.start) + 1
            hint = "save it as UTF-8 (in Excel: CSV UTF-8)"
            return error("not-utf-8", "the file is not UTF-8 text", Span(path, line), hint)

    def glob(self, folder: str, suffix: str) -> tuple[str, ...]:
        """Return the paths in a folder (not below it) that end in ``suffix``, sorted.

        Raises:
            OSError: if the folder cannot be read, lies outside of the project, or holds more than can be meant.
        """
        found = {p for p in self.files if str(PurePosixPath(p).parent) == folder and p.endswith(suffix)}
        if self.root is not None and self.exists(folder):
            place = self.locate(folder)
            names = [p.name for p in place.iterdir() if p.name.endswith(suffix)] if place.is_dir() else []
            if len(names) > FILES:
                raise OSError(errno.EFBIG, f"it holds more than {FILES:,} files", folder)
            found |= {f"{folder}/{name}" for name in names}
        return tuple(sorted(found))

    def list_files(self, folder: str, suffix: str) -> tuple[str, ...] | Diagnostic:
        """Return the paths in a folder as :meth:`glob` does, or the diagnostic that says why it cannot be read."""
        try:
            return self.glob(folder, suffix)
        except OSError as problem:
            message = f"the folder cannot be read: {problem.strerror}"
            hint = _HINTS.get(problem.errno or 0, "is it a folder that you may read?")
            return error("unreadable-file", message, Span(folder), hint)


def is_inside(path: str) -> bool:
    """Say whether a path stays in its folder on every system: relative, without ``..``, backslash, drive or NUL.

    Source: Data Resource, *path* ("data path security").
    """
    absolute = path.startswith("/") or path[1:2] == ":" or "://" in path
    return not absolute and ".." not in path.split("/") and "\\" not in path and "\0" not in path


def is_file_name(name: str) -> bool:
    """Say whether a name is that of a file in a folder, and leads nowhere else on any system."""
    return is_inside(name) and "/" not in name and name not in ("", ".")
