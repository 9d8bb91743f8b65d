"""``reportgen fonts``: the faces a report can use, and which of them sets a character."""

from __future__ import annotations

import unicodedata
from argparse import Namespace
from collections.abc import Iterator

from reportgen.app.project import open_project
from reportgen.app.terminal import Terminal
from reportgen.base.diagnostics import unwrap
from reportgen.build.typefaces import load_typefaces
from reportgen.text.faces import Face, FontBook


def run(options: Namespace) -> int:
    """Answer the command; return its exit code."""
    fonts = load_typefaces(unwrap(open_project(options.project)))
    Terminal().report(fonts.diagnostics)
    if not fonts.ok:
        return 1
    for line in _lookup(options.text, fonts.value) if options.text else _listing(fonts.value):
        print(line)
    return 0


def _listing(fonts: FontBook) -> Iterator[str]:
    width = max(len(key) for key in fonts.faces)
    for key, face in fonts.faces.items():
        yield f"{key:<{width}}  {face.weight}  {face.style:<6}  {face.licence}"


def _lookup(text: str, fonts: FontBook) -> Iterator[str]:
    for char in dict.fromkeys(text):
        if char.isspace():
            continue
        having = [face.key for face in fonts.faces.values() if _has(face, char)]
        name = unicodedata.name(char, "unnamed")
        yield f"{char}  U+{ord(char):04X} {name}: {', '.join(having) or 'in no face'}"


def _has(face: Face, char: str) -> bool:
    return face.glyph_of(char) is not None
