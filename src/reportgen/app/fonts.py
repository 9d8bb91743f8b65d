"""``reportgen fonts``: the faces a report can use, and which of them sets a character."""

from __future__ import annotations

import unicodedata
from argparse import Namespace
from collections.abc import Iterator

from reportgen.app.answer import Answer, project_of
from reportgen.app.terminal import Terminal
from reportgen.text.faces import FontBook


def fonts(options: Namespace, _: Terminal) -> Answer:
    """Answer ``reportgen fonts``."""
    found = project_of(options).fonts()
    if not found.ok:
        return Answer(found.diagnostics)
    lines = _lookup(options.text, found.value) if options.text else _listing(found.value)
    return Answer(found.diagnostics, lines, _data(options.text, found.value))


def _data(text: str | None, fonts: FontBook) -> dict[str, object]:
    if text:
        return {
            "characters": {char: _having(char, fonts) for char in dict.fromkeys(text) if not char.isspace()}
        }
    return {
        "faces": {
            key: {"weight": face.weight, "style": face.style, "licence": face.licence}
            for key, face in fonts.faces.items()
        }
    }


def _listing(fonts: FontBook) -> Iterator[str]:
    width = max(len(key) for key in fonts.faces)
    for key, face in fonts.faces.items():
        yield f"{key:<{width}}  {face.weight}  {face.style:<6}  {face.licence}"


def _lookup(text: str, fonts: FontBook) -> Iterator[str]:
    for char in dict.fromkeys(text):
        if char.isspace():
            continue
        name = unicodedata.name(char, "unnamed")
        yield f"{char}  U+{ord(char):04X} {name}: {', '.join(_having(char, fonts)) or 'in no face'}"


def _having(char: str, fonts: FontBook) -> list[str]:
    return [face.key for face in fonts.faces.values() if face.glyph_of(char) is not None]
