"""``reportgen fonts``: the faces a report can use, and which of them sets a character."""

from __future__ import annotations

import unicodedata
from argparse import Namespace
from collections.abc import Iterator, Mapping

from reportgen.app.answer import Answer, project_of
from reportgen.app.terminal import Terminal


def fonts(options: Namespace, _: Terminal) -> Answer:
    """Answer ``reportgen fonts``."""
    found = project_of(options).fonts()
    if not found.ok:
        return Answer(found.diagnostics)
    faces = found.value.faces
    if options.text:
        having = {
            char: [key for key, face in faces.items() if face.glyph_of(char) is not None]
            for char in dict.fromkeys(options.text)
            if not char.isspace()
        }
        return Answer(found.diagnostics, _lookup(having), {"characters": having})
    width = max(map(len, faces))
    lines = (f"{k:<{width}}  {face.weight}  {face.style:<6}  {face.licence}" for k, face in faces.items())
    said = {k: {"weight": f.weight, "style": f.style, "licence": f.licence} for k, f in faces.items()}
    return Answer(found.diagnostics, lines, {"faces": said})


def _lookup(having: Mapping[str, list[str]]) -> Iterator[str]:
    for char, keys in having.items():
        name = unicodedata.name(char, "unnamed")
        yield f"{char}  U+{ord(char):04X} {name}: {', '.join(keys) or 'in no face'}"
