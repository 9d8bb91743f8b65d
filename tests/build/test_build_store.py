"""The cache gives back what was kept, never runs foreign code, and files appear whole."""

from __future__ import annotations

import os
import pickle
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.base.color import BLACK
from reportgen.base.diagnostics import CellRef, Result, Span, error, warning
from reportgen.base.frame import Drawing, Frame, GlyphRun, Placed
from reportgen.build import store
from reportgen.build.store import MISS, Store, digest_of, product_digest, sealed


def anything(_: object) -> bool:
    """Stand for a caller that knows no shape."""
    return True


def put(folder: Path, payload: bytes) -> None:
    """Put an entry that fits its digest under the key ``k`` of the seed ``seed``."""
    name = digest_of([b"seed", b"k"])
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(sealed(name, payload))


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
    put(tmp_path / "cache", entry)
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
        ("reportgen.build.store", "digest_of"),
        ("builtins", "eval"),
    ],
)
def test_an_entry_reaches_nothing_but_data_classes(module: str, name: str, tmp_path: Path) -> None:
    put(tmp_path, b"\x80\x04" + named(module, name) + b".")
    assert Store(tmp_path, "seed").find([b"k"], anything) is MISS


def test_an_entry_cannot_call_what_our_modules_import(tmp_path: Path) -> None:
    folder = str(tmp_path / "made").encode()
    path = named("reportgen.base.world", "Path") + b"\x8c" + bytes([len(folder)]) + folder + b"\x85R"
    entry = b"\x80\x04" + named("reportgen.base.world", "Path.mkdir") + path + b"\x85R."
    put(tmp_path, entry)
    assert Store(tmp_path, "seed").find([b"k"], anything) is MISS
    assert not (tmp_path / "made").exists()


def test_what_a_build_keeps_is_read_back(tmp_path: Path) -> None:
    place = Span("data/a.md", 3)
    kept = (
        {("read", "a"): "b"},
        {"a.pdf": b"%PDF"},
        (error("a", "a", place), warning("b", "b", CellRef("c", 1, "d"))),
    )
    Store(tmp_path).keep([b"k"], (kept, Result(Drawing(FRAME, "a", "b"))))
    assert Store(tmp_path).find([b"k"], anything) == (kept, Result(Drawing(FRAME, "a", "b")))


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
    known = {name for name in known if not name.startswith("templates/")}  # no build reads them
    parts = list(store._product())
    assert {name.decode() for name in parts[::2]} >= known
    assert all(
        data == (package / name.decode()).read_bytes()
        for name, data in zip(parts[::2], parts[1::2], strict=True)
    )


def test_the_products_digest_is_steady() -> None:
    assert product_digest() == product_digest()


# ---- damage ----------------------------------------------------------------------------------------------------------


def one_entry(folder: Path, value: object = FRAME) -> Path:
    """Keep a value under ``k`` and return its file."""
    Store(folder, "seed").keep([b"k"], value)
    return folder / digest_of([b"seed", b"k"])


def unpickles_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("damaged bytes reached the unpickler")

    monkeypatch.setattr(store._Reader, "load", fail)


def test_a_flipped_bit_is_a_miss_wherever_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = one_entry(tmp_path)
    whole = path.read_bytes()
    unpickles_nothing(monkeypatch)
    for position in range(8 * len(whole)):
        damaged = bytearray(whole)
        damaged[position // 8] ^= 1 << position % 8
        path.write_bytes(damaged)
        assert Store(tmp_path, "seed").find([b"k"], anything) is MISS
        assert not path.exists()


def test_an_entry_that_is_not_whole_is_a_miss(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = one_entry(tmp_path)
    whole = path.read_bytes()
    unpickles_nothing(monkeypatch)
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        assert Store(tmp_path, "seed").find([b"k"], anything) is MISS
    path.write_bytes(whole + b"\0")
    assert Store(tmp_path, "seed").find([b"k"], anything) is MISS


@given(st.data())
def test_exchanged_bytes_are_a_miss(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = one_entry(Path(folder), ("151000", "a text", FRAME))
        whole = path.read_bytes()
        at = data.draw(st.integers(0, len(whole) - 1))
        other = data.draw(st.binary(min_size=1, max_size=len(whole) - at))
        damaged = whole[:at] + other + whole[at + len(other) :]
        path.write_bytes(damaged)
        found = Store(Path(folder), "seed").find([b"k"], anything)
        assert (found is MISS) == (damaged != whole)


def test_an_entry_under_another_key_is_a_miss(tmp_path: Path) -> None:
    one, other = Store(tmp_path, "1"), Store(tmp_path, "2")
    one.keep([b"k"], (1,))
    other.keep([b"k"], (2,))
    first, second = sorted(tmp_path.iterdir())
    kept = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(kept)
    assert one.find([b"k"], anything) is other.find([b"k"], anything) is MISS


def test_an_entry_of_another_shape_is_removed(tmp_path: Path) -> None:
    path = one_entry(tmp_path)
    assert Store(tmp_path, "seed").find([b"k"], lambda value: isinstance(value, Result)) is MISS
    assert not path.exists()


def test_an_entry_is_not_written_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    path = tmp_path / "cache" / digest_of([b"seed", b"k"])
    path.parent.mkdir()
    path.symlink_to(tmp_path / "mine")
    one_entry(tmp_path / "cache")
    assert (tmp_path / "mine").read_text() == "mine"


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_what_is_no_file_is_a_miss(make: Callable[[Path], None], tmp_path: Path) -> None:
    store = Store(tmp_path, "seed")
    make(tmp_path / digest_of([b"seed", b"k"]))
    assert store.get_or_make([b"k"], lambda: FRAME) == FRAME


# ---- the bound -------------------------------------------------------------------------------------------------------


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
    assert Store(tmp_path).find([b"\0"], anything) == "0000" * 250, "which is a use"
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
    size = len(sealed("", pickle.dumps("0000" * 250, protocol=5)))

    def build(name: bytes) -> list[bool]:
        store = Store(tmp_path, name.decode())
        found = []
        for number in range(60):
            store.prune(20 * size)
            store.keep([bytes([number])], "0000" * 250)
            found.append(store.find([bytes([number])], anything) is not MISS)
        return found

    with ThreadPoolExecutor(2) as builds:
        assert all(all(found) for found in builds.map(build, (b"one", b"other")))
    Store(tmp_path).prune(20 * size)
    assert 0 < sizes(tmp_path) <= 20 * size
