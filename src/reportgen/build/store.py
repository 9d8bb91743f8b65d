"""The cache on disk: values that are expensive to make, kept under a key of everything they depend on.

An entry is a pickle of frames and plain values. Pickles can run code when they are read, and a project folder
may come from anybody, so reading is restricted to the data classes of :mod:`reportgen.base` and a few built-in
types; anything else, like a damaged file, counts as a miss.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")

BOUND = 200_000_000
"""How large a cache may be when a build begins, in bytes. The shipped report takes 2.7 MB with both editions, so this
keeps the last seventy states of it: more than anybody goes back to."""

_ENTRY = re.compile(r"\.?[0-9a-f]{64}(?:\..*)?")
_ALLOWED_BUILTINS = frozenset({"tuple", "frozenset"})


def digest_of(parts: Iterable[bytes]) -> str:
    """Return the SHA-256 of byte strings, each counted with its length so that none can run into the next."""
    sha = hashlib.sha256()
    for part in parts:
        sha.update(len(part).to_bytes(8, "big"))
        sha.update(part)
    return sha.hexdigest()


def product_digest() -> str:
    """Return a digest of the product's own source and data files, of Python and the libraries' versions.

    Another version never reads this one's cache.
    """
    return digest_of((sys.version.encode(), *_libraries(), *_product()))


def _product() -> Iterator[bytes]:
    """Yield the name and the contents of every file of the product."""
    package = Path(__file__).parents[1]
    for path in sorted(p for p in package.rglob("*") if p.suffix in {".py", ".toml", ".po", ".icc"}):
        yield path.relative_to(package).as_posix().encode()
        yield path.read_bytes()


def _libraries() -> Iterator[bytes]:
    """Yield the names of the folders that say which library is installed in which version.

    Source: packaging.python.org, *Recording installed projects*.
    """
    for folder in sys.path:
        with suppress(OSError):  # a place without libraries
            yield from sorted(p.name.encode() for p in Path(folder).iterdir() if p.suffix == ".dist-info")


@dataclass(frozen=True, slots=True)
class Store:
    """A folder of cached values.

    Attributes:
        folder: where entries live; None keeps nothing.
        seed: what every key depends on beside its own parts: the product itself.
    """

    folder: Path | None
    seed: str = ""

    def get_or_make(self, parts: Iterable[bytes], make: Callable[[], T]) -> T:
        """Return the value kept under the parts, or make and keep it."""
        parts = tuple(parts) if self.folder else ()
        found = self.find(parts)
        if found is not MISS:
            return found  # type: ignore[no-any-return]
        value = make()
        self.keep(parts, value)
        return value

    def find(self, parts: Iterable[bytes]) -> Any:
        """Return the value kept under the parts, or :data:`MISS`."""
        return MISS if self.folder is None else _read(self._path(self.folder, parts))

    def keep(self, parts: Iterable[bytes], value: object) -> None:
        """Keep a value under the parts, unless the folder cannot be written or the disk is full."""
        if self.folder is not None:
            with suppress(OSError):  # the next build makes it anew
                write_whole(self._path(self.folder, parts), pickle.dumps(value, protocol=5))

    def prune(self, bound: int = BOUND) -> None:
        """Remove entries, those used longest ago first, until no more than so many bytes are left.

        A build does this before it keeps anything, so that what it keeps itself is there at its end; what another build
        keeps meanwhile is the newest and would go last. An entry that is gone is made anew.
        """
        with suppress(OSError):  # there is no folder yet, or it cannot be read
            entries = [(p, p.stat()) for p in self.folder.iterdir() if _is_entry(p)] if self.folder else []
            excess = sum(stat.st_size for _, stat in entries) - bound
            for path, stat in sorted(entries, key=lambda entry: entry[1].st_mtime_ns):
                if excess <= 0:
                    break
                path.unlink(missing_ok=True)
                excess -= stat.st_size

    def _path(self, folder: Path, parts: Iterable[bytes]) -> Path:
        return folder / digest_of([self.seed.encode(), *parts])


def _is_entry(path: Path) -> bool:
    return _ENTRY.fullmatch(path.name) is not None and path.is_file()


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it appears whole or not at all."""
    temporary = write_beside(path, data)
    with _removed_on_failure(temporary):
        temporary.replace(path)


def write_beside(path: Path, data: bytes) -> Path:
    """Write what is to become a file under another name in its folder; return that name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    with _removed_on_failure(temporary):
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        temporary.chmod(0o644)
    return temporary


@contextmanager
def _removed_on_failure(path: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        path.unlink(missing_ok=True)
        raise


MISS: Any = object()
"""Stands for a value that is not kept."""


def _read(path: Path) -> Any:
    try:
        value = _Reader(io.BytesIO(path.read_bytes())).load()
        with suppress(OSError):  # a cache that can only be read is not pruned either
            os.utime(path)
        return value
    except Exception:  # a missing, damaged or foreign entry is made anew, whatever is wrong with it
        return MISS


class _Reader(pickle.Unpickler):
    """Knows the data classes and the enumerations that the base defines, and two built-in types.

    Only what a module *defines*: by a dotted name, or by the name of something that it imports, an entry could reach
    ``Path.unlink`` or ``eval`` from any module.
    """

    def find_class(self, module: str, name: str) -> Any:
        if module == "builtins" and name in _ALLOWED_BUILTINS:
            return super().find_class(module, name)
        if module.startswith("reportgen.base.") and name.isidentifier():
            found = super().find_class(module, name)
            if isinstance(found, type) and found.__module__ == module and _is_data(found):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} does not belong in the cache")


def _is_data(kind: type) -> bool:
    return is_dataclass(kind) or issubclass(kind, Enum)
