"""The descriptor's entries for an imported table, merged into its text without touching what else stands there."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from json.decoder import JSONDecoder, scanstring  # type: ignore[attr-defined]
from typing import Any

from reportgen.data.importing.codes import Coded
from reportgen.data.importing.dimensions import Dimension
from reportgen.data.periods import FREQUENCIES

Entry = dict[str, Any]
_SPACE = re.compile(r"[ \t\r\n]*")


def table_entry(
    name: str,
    titles: Mapping[str, str],
    sources: Sequence[Mapping[str, str]],
    fields: Sequence[Entry],
    key: Sequence[str],
) -> Entry:
    """Return the entry of a table in ``data/NAME.csv``.

    Source: Data Package, *Data Resource*; Table Schema, *primaryKey*, *foreignKeys*.
    """
    links = [
        {"fields": [f["name"]], "reference": {"resource": f["reportgen"]["code_list"], "fields": ["code"]}}
        for f in fields
        if "code_list" in f["reportgen"]
    ]
    rows, columns = list(key[:1]), list(key[1:])
    named = [{"title": _title(source), "reportgen": {"titles": _given(source)}} for source in sources]
    return {
        "name": name,
        "type": "table",
        "path": f"{name}.csv",
        "title": _title(titles) or name,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **({"sources": named} if named else {}),
        "reportgen": {
            "role": "table",
            "titles": _given(titles),
            **({"annex": {"rows": rows, "columns": columns}} if rows else {}),
        },
        "schema": {
            "fields": list(fields),
            "missingValues": [""],
            **({"primaryKey": list(key)} if key else {}),
            **({"foreignKeys": links} if links else {}),
        },
    }


def dimension_field(dimension: Dimension, coded: Coded | None, titles: Mapping[str, str]) -> Entry:
    """Return the field of a dimension."""
    kind = {"year": "year", "month": "yearmonth", "date": "date"}.get(dimension.kind, "string")
    ours: Entry = {"role": "dimension"}
    if kind == "string" and dimension.kind in FREQUENCIES:
        ours["period"] = dimension.kind
    if coded is not None:
        ours["code_list"] = coded.list
    return {
        "name": dimension.name,
        "type": kind,
        "constraints": {"required": True},
        "reportgen": {**ours, "titles": _given(titles)},
    }


def field(name: str, kind: str, role: str, titles: Mapping[str, str], **ours: str | None) -> Entry:
    """Return a field that is no dimension; ``ours`` are ``code_list`` and ``unit``."""
    written = {key: value for key, value in ours.items() if value}
    entry: Entry = {"name": name, "type": kind}
    if name == "obs_status":
        entry["constraints"] = {"required": True}
    return {**entry, "reportgen": {"role": role, **written, "titles": _given(titles)}}


def columns_of_list(coded: Coded, languages: Sequence[str]) -> list[str]:
    """Return the columns of a new code list: codes, names, what they are parts of, what else is known of them."""
    more = dict.fromkeys(name for new in coded.added for name in new.said)
    return ["code", *(f"name_{language}" for language in languages), *["parent"] * coded.nested, *more]


def list_entry(coded: Coded, path: str, languages: Sequence[str]) -> Entry:
    """Return the entry of a code list."""
    columns = columns_of_list(coded, languages)
    fields = [{"name": name, "type": "string", "reportgen": {"role": "attribute"}} for name in columns]
    fields[0] |= {"constraints": {"required": True, "unique": True}}
    titles = _given(coded.title)
    return {
        "name": coded.list,
        "type": "table",
        "path": path,
        "title": _title(titles) or coded.list,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "reportgen": {"role": "code-list", **({"titles": titles} if titles else {})},
        "schema": {"fields": fields, "missingValues": [""], "primaryKey": ["code"]},
    }


def _given(titles: Mapping[str, str]) -> dict[str, str]:
    return {language: text for language, text in titles.items() if text}


def _title(titles: Mapping[str, str]) -> str:
    return " / ".join(dict.fromkeys(text for text in titles.values() if text))


# ---- merging into a text --------------------------------------------------------------------------------------------


def merge_entries(text: str | None, package: str, entries: Sequence[Entry]) -> str:
    """Return a descriptor with entries added, or put in the place of those of their names; all else stays as written.

    Args:
        text: the descriptor, well-formed JSON; None where there is none yet.
        package: the name of a package that has none yet.
    """
    if text is None:
        return json.dumps({"name": package, "resources": list(entries)}, ensure_ascii=False, indent=2) + "\n"
    for entry in entries:
        text = _merged(text, entry)
    return text


def _merged(text: str, entry: Entry) -> str:
    items, end = _resources(text)
    if end is None:
        whole = json.loads(text)
        whole["resources"] = [entry]
        return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
    indent = _indent(text, items[0][0] if items else end) or (4 if items else 2)
    if not items:
        indent = indent + 2 if "\n" in text else 4
    written = _written(entry, indent, max(indent // 2, 1))
    for start, stop in items:
        if json.loads(text[start:stop]).get("name") == entry["name"]:
            return text[:start] + written + text[stop:]
    if items:
        last = items[-1][1]
        return f"{text[:last]},\n{' ' * indent}{written}{text[last:]}"
    return f"{text[:end]}\n{' ' * indent}{written}\n{' ' * max(indent - 2, 0)}{text[end:]}"


def _written(entry: Entry, indent: int, step: int) -> str:
    return json.dumps(entry, ensure_ascii=False, indent=step).replace("\n", "\n" + " " * indent)


def _indent(text: str, at: int) -> int:
    """Return how far a place is indented, 0 where something stands before it in its line."""
    line = text[text.rfind("\n", 0, at) + 1 : at]
    return len(line) if line.isspace() else 0


def _resources(text: str) -> tuple[list[tuple[int, int]], int | None]:
    """Return where each resource begins and ends, and where the list ends; None where there is no list."""
    decoder = JSONDecoder()
    at = _skip(text, _skip(text, 0) + 1)
    while text[at] != "}":
        key, at = scanstring(text, at + 1)
        at = _skip(text, _skip(text, at) + 1)
        if key == "resources" and text[at] == "[":
            return _items(text, at, decoder)
        at = _skip(text, decoder.raw_decode(text, at)[1])
        at = _skip(text, at + 1) if text[at] == "," else at
    return [], None


def _items(text: str, at: int, decoder: JSONDecoder) -> tuple[list[tuple[int, int]], int]:
    items: list[tuple[int, int]] = []
    at = _skip(text, at + 1)
    while text[at] != "]":
        end = decoder.raw_decode(text, at)[1]
        items.append((at, end))
        at = _skip(text, end)
        at = _skip(text, at + 1) if text[at] == "," else at
    return items, at


def _skip(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return space.end() if space else at
