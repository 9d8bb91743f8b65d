"""The fonts of a project: its own index is checked, entry by entry and file by file, before anything is set in them."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator, Mapping
from typing import Any

from reportgen.base.diagnostics import Diagnostic, Result, error
from reportgen.base.places import PlacedFile
from reportgen.base.style import Style
from reportgen.base.suggest import known_names
from reportgen.base.tomlfile import load_toml
from reportgen.base.world import World
from reportgen.edition.report import Report
from reportgen.text.faces import INDEX, FontBook, load_fonts, product_fonts

KEYS = ("file", "family", "weight", "style", "licence", "sha256", "embedding")
NEEDED = ("cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp")
"""Tables of a TrueType font without which it cannot be set and embedded (OpenType 1.9)."""


def load_typefaces(world: World) -> Result[FontBook]:
    """Return the product's faces with the project's own laid over them; the product's alone where those are faulty."""
    own = world.root is None or world.root.resolve() == product_fonts().parent.resolve()
    if own or not world.exists(INDEX):
        return load_fonts(world)
    file = load_toml(world, INDEX)
    faults = (*file.diagnostics, *_index_faults(world, file.value))
    if faults:
        return Result(load_fonts(World()).value, faults)
    return load_fonts(world)


def _index_faults(world: World, file: PlacedFile) -> Iterator[Diagnostic]:
    faces = file.tables.get("faces", {})
    if not isinstance(faces, Mapping):
        yield error(
            "faces-not-table",
            "faces is not a table",
            file.span("faces"),
            'write [faces."NAME"] and a key a line',
        )
        return
    for key, entry in faces.items():
        if not isinstance(entry, Mapping):
            yield error(
                "face-not-table",
                f"face {key} is not a table",
                file.span("faces", key),
                f'write [faces."{key}"]',
            )
            continue
        yield from _entry_faults(file, key, entry)
        yield from _file_faults(world, file, key, entry)


def _entry_faults(file: PlacedFile, key: str, entry: Mapping[str, Any]) -> Iterator[Diagnostic]:
    for name, value in entry.items():
        place = file.span("faces", key, name)
        if name not in KEYS:
            yield error("face-no-key", f"face {key} has no key {name}", place, *known_names(name, KEYS))
        elif name == "weight" and (not isinstance(value, int) or not 1 <= value <= 1000):
            yield error(
                "weight-face",
                f"the weight of face {key} is {value!r}",
                place,
                "it is a number such as 400 or 700",
            )
        elif name != "weight" and not isinstance(value, str):
            yield error(
                "not-a-word", f"{name} of face {key} is {value!r}", place, f'write it as {name} = "…"'
            )


def _file_faults(world: World, file: PlacedFile, key: str, entry: Mapping[str, Any]) -> Iterator[Diagnostic]:
    name, place = entry.get("file"), file.span("faces", key, "file")
    if not isinstance(name, str):
        yield error("face-names-no-file", f"face {key} names no file", place, 'write file = "….ttf"')
        return
    try:
        data = world.read_bytes(f"fonts/{name}")
    except OSError:
        yield error(
            "face-names-file-not",
            f"face {key} names the file {name!r}, which is not there",
            place,
            "put it into fonts/",
        )
        return
    fault = _broken(data)
    if fault:
        yield error(
            "file-face", f"the file {name} of face {key} {fault}", place, "name a whole TrueType font (.ttf)"
        )
    elif entry.get("sha256", digest := hashlib.sha256(data).hexdigest()) != digest:
        hint = f'if the file is right, write sha256 = "{digest}"'
        yield error(
            "file-face-not-one-sha256",
            f"the file {name} of face {key} is not the one that sha256 names",
            place,
            hint,
        )


def _broken(data: bytes) -> str:
    """Say what keeps a font file from being set and embedded; "" where nothing does."""
    if data[:4] not in (b"\0\1\0\0", b"true"):
        return "is an OpenType font with PostScript outlines" if data[:4] == b"OTTO" else "is no font"
    try:
        places = list(struct.iter_unpack(">4sIII", data[12 : 12 + 16 * struct.unpack_from(">H", data, 4)[0]]))
        tags = {tag.decode("latin-1") for tag, *_ in places}
    except struct.error:
        return "is not whole"
    if any(offset + length > len(data) for _, _, offset, length in places):
        return "is not whole"
    missing = [tag for tag in NEEDED if tag not in tags]
    return f"has no table {missing[0]}" if missing else ""


def check_families(style: Style, fonts: FontBook, report: Report) -> Iterator[Diagnostic]:
    """Yield a fault for each face that a family of the style names and the font book has not."""
    for name, family in style.families.items():
        for part, faces in (("han", family.han), ("latin", family.latin)):
            keys = (faces.regular, faces.bold, faces.semibold, faces.italic, faces.bold_italic)
            for key in (key for key in keys if key and key not in fonts.faces):
                place = report.places.span("style", "families", name, part)
                yield error(
                    "family-names-face-not",
                    f"the family {name} names the face {key}, which is not there",
                    place,
                    *_faces(key, fonts),
                )
        for key in (key for key in family.fallback if key not in fonts.faces):
            place = report.places.span("style", "families", name, "fallback")
            yield error(
                "family-falls-back-face-not",
                f"the family {name} falls back to the face {key}, which is not there",
                place,
                *_faces(key, fonts),
            )


def _faces(key: str, fonts: FontBook) -> tuple[str, ...]:
    return known_names(key, fonts.faces)
