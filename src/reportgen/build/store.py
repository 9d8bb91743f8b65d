"""The cache on disk: values that are expensive to make, kept under a key of everything they depend on.

An entry is a digest of its name and of what follows, then a pickle of frames and plain values. What does not fit its
digest is never unpickled: it is damaged, only partly written, or another entry's. Such an entry is removed and counts
as a miss, and so an entry may be written in place. A digest is no seal: a project folder may come from anybody, with
entries made on purpose, and pickles can run code. So reading is restricted to the data classes and enumerations that
:mod:`reportgen.base` defines, to ``tuple``, ``frozenset`` and the types that pickles hold by themselves (texts, bytes,
numbers, lists, dictionaries, sets, None); and who asks says which shape the value has.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

from reportgen.base import disk
from reportgen.base.regular import read_regular

T = TypeVar("T")

BOUND = 200_000_000
"""How large a cache may be when a build begins, in bytes. The shipped report takes 2.7 MB with both editions, so this
keeps the last seventy states of it: more than anybody goes back to."""

_ENTRY = re.compile(r"\.?[0-9a-f]{64}(?:\..*)?")
_DIGEST = hashlib.blake2b().digest_size
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

    def get_or_make(
        self, parts: Iterable[bytes], make: Callable[[], T], fits: Callable[[Any], bool] = lambda _: True
    ) -> T:
        """Return the value kept under the parts, or make and keep it.

        Args:
            fits: whether a value has the shape of those that are made.
        """
        parts = tuple(parts) if self.folder else ()
        found = self.find(parts, fits)
        if found is not MISS:
            return found  # type: ignore[no-any-return]
        value = make()
        self.keep(parts, value)
        return value

    def find(self, parts: Iterable[bytes], fits: Callable[[Any], bool]) -> Any:
        """Return the value kept under the parts, or :data:`MISS`; an entry of another shape is removed."""
        if self.folder is None:
            return MISS
        path = self._path(self.folder, parts)
        value = _read(path)
        if value is MISS or fits(value):
            return value
        _remove(path)
        return MISS

    def keep(self, parts: Iterable[bytes], value: object) -> None:
        """Keep a value under the parts, unless the folder cannot be written or the disk is full."""
        if self.folder is not None:
            path = self._path(self.folder, parts)
            with suppress(OSError):  # the next build makes it anew
                self.folder.mkdir(parents=True, exist_ok=True)
                disk.write(path, sealed(path.name, pickle.dumps(value, protocol=5)), synced=False, new=False)

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


def sealed(name: str, payload: bytes) -> bytes:
    """Return the entry of a name: the BLAKE2b digest (RFC 7693) of the name and the payload, then the payload."""
    return _digest(name, payload) + payload


def _digest(name: str, payload: bytes) -> bytes:
    found = hashlib.blake2b(name.encode() + b"\n")
    found.update(payload)
    return found.digest()


MISS: Any = object()
"""Stands for a value that is not kept."""


def _read(path: Path) -> Any:
    try:
        entry = read_regular(path, BOUND)
    except OSError:  # there is none, or it is no file
        return MISS
    digest, payload = entry[:_DIGEST], entry[_DIGEST:]
    if digest != _digest(path.name, payload):
        _remove(path)
        return MISS
    try:
        value = _Reader(io.BytesIO(payload)).load()
    except Exception:  # a foreign entry is made anew, whatever is wrong with it
        _remove(path)
        return MISS
    with suppress(OSError):  # a cache that can only be read is not pruned either
        os.utime(path)
    return value


def _remove(path: Path) -> None:
    with suppress(OSError):  # a cache that can only be read keeps it, and it stays a miss
        disk.remove(path)


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
