"""The cache gives back what was kept, never runs foreign code, and files appear whole."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.base.color import BLACK
from reportgen.base.diagnostics import CellRef, Result, Span, error, warning
from reportgen.base.frame import Drawing, Frame, GlyphRun, Placed
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
