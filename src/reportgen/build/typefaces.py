"""The fonts of a project: its own index is checked, entry by entry and file by file, before anything is set in them."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from typing import Any

from reportgen.base import settings as s
from reportgen.base.diagnostics import Diagnostic, Faults, Result, error
from reportgen.base.style import Faces, Style
from reportgen.base.suggest import known_names
from reportgen.base.tomlfile import load_toml
from reportgen.base.world import World
from reportgen.edition.report import Report
from reportgen.text.faces import INDEX, FontBook, load_fonts, product_fonts

_FACE = s.keyed(
    {
        "file": s.word(blank=False),
        **dict.fromkeys(("family", "style", "licence", "sha256", "embedding"), s.word()),
        "weight": s.whole(1, 1000, "as in 400 or 700"),
    },
    {"file": ""},
)
_INDEX = s.keyed({"faces": s.table_of(_FACE)})
NEEDED = ("cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp")
"""Tables of a TrueType font without which it cannot be set and embedded (OpenType 1.9)."""


def load_typefaces(world: World) -> Result[FontBook]:
    """Return the product's faces with the project's own laid over them; the product's alone where those are faulty."""
    own = world.root is None or world.root.resolve() == product_fonts().parent.resolve()
    if own or not world.exists(INDEX):
        return load_fonts(world)
    faults = Faults()
    settings = s.settings_of(faults.take(load_toml(world, INDEX)))
    index = _INDEX(settings, faults) or {}
    for key, face in index.get("faces", {}).items():
        if face["file"]:
            faults.add(*_file_faults(world, settings.at("faces", key), face))
    return faults.result(_stand_ins(index.get("faces", {}))) if faults.found else load_fonts(world)


def _stand_ins(names: Iterable[str]) -> FontBook:
    """Return the product's faces, one of them for each of the project's, so that only these are told to be faulty."""
    faces = load_fonts(World()).value.faces
    other = next(iter(faces.values()))
    return FontBook({**dict.fromkeys(names, other), **faces})


def _file_faults(world: World, written: s.Setting, face: Mapping[str, Any]) -> Iterator[Diagnostic]:
    name, place = face["file"], written.at("file").place
    try:
        data = world.read_bytes(f"fonts/{name}")
    except FileNotFoundError:
        message = f"{written.name} names the file {name!r}, which is not there"
        yield error("missing-file", message, place, "put it into fonts/")
        return
    except OSError as problem:
        message = f"{written.name} names the file {name!r}, which cannot be read: {problem.strerror}"
        yield error("unreadable-file", message, place, "put the font itself into fonts/")
        return
    digest = hashlib.sha256(data).hexdigest()
    if fault := _broken(data):
        message = f"the file {name} of {written.name} {fault}"
        yield error("unfit-font", message, place, "name a whole TrueType font (.ttf)")
    elif face.get("sha256", digest) != digest:
        message = f"the file {name} of {written.name} is not the one that sha256 names"
        hint = f'if the file is right, write sha256 = "{digest}"'
        yield error("changed-file", message, written.at("sha256").place, hint)


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
    written = report.style or s.Setting(None, "style", report.places.span())
    for name, family in style.families.items():
        table = written.at("families", name)
        named = [
            (key, table.at(script, weight.name))
            for script, faces in (("han", family.han), ("latin", family.latin))
            for weight in fields(Faces)
            if (key := getattr(faces, weight.name))
        ]
        named += [(key, table.at("fallback")) for key in family.fallback]
        for key, setting in named:
            if key not in fonts.faces:
                message = f"the family {name} names the face {key}, which is not there"
                yield error("unknown-face", message, setting.place, *known_names(key, fonts.faces))
