"""JSON files with the place of every key and item; the standard library's reader keeps none."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from json.decoder import scanstring  # type: ignore[attr-defined]

from reportgen.base.diagnostics import Result, Span, error
from reportgen.base.limits import NUMBER_DIGITS
from reportgen.base.places import KeyPath, PlacedFile, Places
from reportgen.base.value_limits import checked

_SPACE = re.compile(r"[ \t\r\n]*")
_SCALAR = re.compile(r"[^\s,\]}]+")


def parse_json(text: str, path: str) -> Result[PlacedFile]:
    """Return a JSON object; a text that is none gives an empty file and its fault."""
    try:
        data = json.loads(text, parse_int=_whole)
        if isinstance(data, dict):
            file = PlacedFile(path, data, find_places(path, text), text)
            wrong = checked(file)
            return Result(PlacedFile(path, text=text), wrong) if wrong else Result(file)
        fault = error("not-an-object", "the file is not a JSON object", Span(path), 'write it as {"name": …}')
    except json.JSONDecodeError as problem:
        place = Span(path, problem.lineno, problem.colno)
        fault = error("not-json", f"the JSON is broken: {problem.msg}", place, _hint(text, problem.pos))
    except RecursionError:
        fault = error("nested-too-deeply", "the JSON is nested too deeply", Span(path), "write it flat")
    return Result(PlacedFile(path, text=text), (fault,))


def _whole(text: str) -> int:
    """Return a whole number; of one too long for Python to read, one that is refused as too long, too."""
    return int(text[: NUMBER_DIGITS + 3])


def _hint(text: str, position: int) -> str:
    before = text[:position].rstrip()
    if before.endswith(",") and text[position : position + 1] in "]}":
        return "JSON allows no comma after the last item"
    return "look at the commas, brackets and quotation marks just before this place"


def find_places(path: str, text: str) -> Mapping[KeyPath, Span]:
    """Return the place of every key and item of a well-formed JSON text."""
    places = Places(path, text)
    _value(places, text, (), _skip(text, 0))
    return places.found


def _value(places: Places, text: str, path: KeyPath, at: int) -> int:
    """Note what a value holds; return the offset behind it and its space."""
    opening = text[at]
    if opening == '"':
        return _skip(text, scanstring(text, at + 1)[1])
    if opening not in "[{":
        scalar = _SCALAR.match(text, at)
        return _skip(text, scalar.end() if scalar else at + 1)
    at, count = _skip(text, at + 1), 0
    while text[at] not in "]}":
        key, start = str(count), at
        if opening == "{":
            key, at = scanstring(text, at + 1)
            at = _skip(text, _skip(text, at) + 1)
        places.note((*path, key), start)
        at, count = _value(places, text, (*path, key), at), count + 1
        at = _skip(text, at + 1) if text[at] == "," else at
    return _skip(text, at + 1)


def _skip(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return space.end() if space else at
