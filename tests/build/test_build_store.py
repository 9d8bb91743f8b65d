"""The cache gives back what was kept, never runs foreign code, and files appear whole."""

from __future__ import annotations

import os
import pickle
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.base.color import BLACK
from reportgen.base.diagnostics import CellRef, Result, Span, error, warning
from reportgen.base.frame import Drawing, Frame, GlyphRun, Placed
from reportgen.build import store
from reportgen.build.store import MISS, Store, digest_of, product_digest, write_whole

FRAME = Frame(10.0, 20.0, (Placed(1.0, 2.0, GlyphRun("F", 9.0, (1,), (500.0,), ("a",), BLACK, "en")),))


def test_a_value_is_made_once(tmp_path: Path) -> None:
    store = Store(tmp_path, "seed")
    made: list[int] = []

    def make() -> Frame:
        made.append(1)
        return FRAME

    assert [store.get_or_make([b"key"], make) for _ in range(3)] == [FRAME] * 3
    assert made == [1]


def test_another_seed_or_key_is_another_entry(tmp_path: Path) -> None:
    assert Store(tmp_path, "1").get_or_make([b"k"], lambda: (1,)) == (1,)
    assert Store(tmp_path, "2").get_or_make([b"k"], lambda: (2,)) == (2,)
    assert Store(tmp_path, "1").get_or_make([b"l"], lambda: (3,)) == (3,)


def test_without_a_folder_nothing_is_kept() -> None:
    store = Store(None)
    assert store.get_or_make([b"k"], lambda: 1) == 1
    assert store.get_or_make([b"k"], lambda: 2) == 2


class Trap:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (os.mkdir, ("trapped",))


@pytest.mark.parametrize("entry", [pickle.dumps(Trap()), b"", b"garbage", pickle.dumps(FRAME)[:-9]])
def test_a_foreign_or_damaged_entry_is_a_miss(
    entry: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    store = Store(tmp_path / "cache", "seed")
    write_whole(tmp_path / "cache" / digest_of([b"seed", b"k"]), entry)
    assert store.get_or_make([b"k"], lambda: FRAME) == FRAME
    assert not (tmp_path / "trapped").exists()


def named(module: str, name: str) -> bytes:
    """Return pickle code that puts what a module knows by a name on the stack (protocol 4)."""
    words = (b"\x8c" + bytes([len(word)]) + word.encode() for word in (module, name))
    return b"".join(words) + b"\x93"


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("reportgen.base.world", "Path.mkdir"),
        ("reportgen.base.world", "dt.sys.exit"),
        ("reportgen.base.world", "Path"),
        ("reportgen.base.house", "tomllib.loads"),
        ("reportgen.base.house", "load_style"),
        ("reportgen.base.diagnostics", "Refused"),
        ("reportgen.build.store", "write_whole"),
        ("builtins", "eval"),
    ],
)
def test_an_entry_reaches_nothing_but_data_classes(module: str, name: str, tmp_path: Path) -> None:
    write_whole(tmp_path / digest_of([b"seed", b"k"]), b"\x80\x04" + named(module, name) + b".")
    assert Store(tmp_path, "seed").find([b"k"]) is MISS


def test_an_entry_cannot_call_what_our_modules_import(tmp_path: Path) -> None:
    folder = str(tmp_path / "made").encode()
    path = named("reportgen.base.world", "Path") + b"\x8c" + bytes([len(folder)]) + folder + b"\x85R"
    entry = b"\x80\x04" + named("reportgen.base.world", "Path.mkdir") + path + b"\x85R."
    write_whole(tmp_path / digest_of([b"seed", b"k"]), entry)
    assert Store(tmp_path, "seed").find([b"k"]) is MISS
    assert not (tmp_path / "made").exists()


def test_what_a_build_keeps_is_read_back(tmp_path: Path) -> None:
    place = Span("data/a.md", 3)
    kept = (
        {("read", "a"): "b"},
        {"a.pdf": b"%PDF"},
        (error("a", "a", place), warning("b", "b", CellRef("c", 1, "d"))),
    )
    Store(tmp_path).keep([b"k"], (kept, Result(Drawing(FRAME, "a", "b"))))
    assert Store(tmp_path).find([b"k"]) == (kept, Result(Drawing(FRAME, "a", "b")))


@given(st.lists(st.binary(max_size=4), max_size=4), st.lists(st.binary(max_size=4), max_size=4))
def test_parts_do_not_run_into_each_other(one: list[bytes], other: list[bytes]) -> None:
    assert (digest_of(one) == digest_of(other)) == (one == other)


def test_every_file_of_the_product_is_in_its_digest() -> None:
    """A label, a table of the house style or a profile changes what is built as well as a line of code."""
    package = Path(store.__file__).parents[1]
    files = (
        path for path in package.rglob("*") if path.is_file() and path.suffix not in (".pyc", ".ttf", ".md")
    )
    known = {path.relative_to(package).as_posix() for path in files} - {"py.typed"}
    parts = list(store._product())
    assert {name.decode() for name in parts[::2]} >= known
    assert all(
        data == (package / name.decode()).read_bytes()
        for name, data in zip(parts[::2], parts[1::2], strict=True)
    )


def test_the_products_digest_is_steady() -> None:
    assert product_digest() == product_digest()


def test_a_file_that_cannot_be_finished_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out" / "a.pdf"
    write_whole(path, b"old")

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert [p.name for p in path.parent.iterdir()] == ["a.pdf"]


def sizes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir())


def age(path: Path, seconds: int) -> None:
    """Let a file have been used so long ago."""
    then = path.stat().st_mtime - seconds
    os.utime(path, (then, then))


def entries(folder: Path, count: int) -> list[Path]:
    """Keep values of equal size, the first used longest ago; return their files."""
    store = Store(folder)
    for number in range(count):
        store.keep([bytes([number])], f"{number:04d}" * 250)
    paths = [folder / digest_of([b"", bytes([number])]) for number in range(count)]
    for number, path in enumerate(paths):
        age(path, 1000 - number)
    return paths


def test_what_was_used_longest_ago_is_removed_until_the_cache_is_small_enough(tmp_path: Path) -> None:
    paths = entries(tmp_path, 5)
    bound = 3 * paths[0].stat().st_size
    assert Store(tmp_path).find([b"\0"]) == "0000" * 250, "which is a use"
    Store(tmp_path).prune(bound)
    assert [path.exists() for path in paths] == [True, False, False, True, True]
    assert sizes(tmp_path) <= bound


def test_a_cache_that_is_small_enough_is_left_alone(tmp_path: Path) -> None:
    paths = entries(tmp_path, 3)
    Store(tmp_path).prune(sizes(tmp_path))
    assert all(path.exists() for path in paths)


def test_files_that_are_no_entries_are_never_removed(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / ("a" * 63)).write_text("mine")
    (tmp_path / ("b" * 64)).mkdir()
    entries(tmp_path, 2)
    Store(tmp_path).prune(0)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a" * 63, "b" * 64, "notes.txt"]


def test_what_a_writer_left_half_done_is_removed_in_its_turn(tmp_path: Path) -> None:
    half = tmp_path / f".{'c' * 64}.x1y2"
    half.write_bytes(b"half")
    Store(tmp_path).prune(0)
    assert not half.exists()


def test_a_cache_that_is_not_there_is_small_enough(tmp_path: Path) -> None:
    Store(tmp_path / "nowhere").prune(0)
    Store(None).prune(0)


def test_what_another_build_removes_meanwhile_is_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = entries(tmp_path, 3)
    remove = Path.unlink

    def remove_twice(path: Path, missing_ok: bool = False) -> None:
        remove(path)
        remove(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", remove_twice)
    Store(tmp_path).prune(0)
    assert not any(path.exists() for path in paths)


def test_builds_at_once_keep_what_they_have_just_written(tmp_path: Path) -> None:
    size = len(pickle.dumps("0000" * 250, protocol=5))

    def build(name: bytes) -> list[bool]:
        store = Store(tmp_path, name.decode())
        found = []
        for number in range(60):
            store.prune(20 * size)
            store.keep([bytes([number])], "0000" * 250)
            found.append(store.find([bytes([number])]) is not MISS)
        return found

    with ThreadPoolExecutor(2) as builds:
        assert all(all(found) for found in builds.map(build, (b"one", b"other")))
    Store(tmp_path).prune(20 * size)
    assert 0 < sizes(tmp_path) <= 20 * size
