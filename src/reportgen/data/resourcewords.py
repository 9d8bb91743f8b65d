"""The words of Data Resource that say what a table's files are, and those that reportgen passes over or refuses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reportgen.base import settings as s
from reportgen.base.diagnostics import Faults
from reportgen.data.encodings import known_encoding
from reportgen.data.fieldwords import MATCHES

FORMATS = ("csv", "tsv", "sdmx-csv", "xlsx", "xlsm", "parquet")
_SAVE_AS = "save it as .xlsx or .csv"
_OTHER_FORMATS = {
    "xls": _SAVE_AS,
    "xlsb": _SAVE_AS,
    "ods": _SAVE_AS,
    "et": _SAVE_AS,
    "json": "save the table as CSV",
}
"""Formats that offices have, and what to do with them."""
UNREAD: Mapping[str, str] = {
    "compression": "unpack the file and name it in path",
    "innerpath": "unpack the file and name it in path",
    "extrapaths": 'list all files in path: ["a.csv", "b.csv"]',
    "layout": "use the words of the Table Dialect: headerRows, commentRows",
}
"""Words of a resource that change what is read and that we do not read, each with what to do instead."""
HARMLESS = (
    "title",
    "description",
    "profile",
    "mediatype",
    "bytes",
    "hash",
    "licenses",
    "type",
    "scheme",
    "$schema",
    "data",
)
HARMLESS_OF_FIELDS = (
    "title",
    "description",
    "example",
    "rdfType",
    "format",
    "trueValues",
    "falseValues",
    "categoriesOrdered",
)
"""Words of the standards that change nothing of what we read, and so are no slips of words that do."""


def ignored(*words: str) -> Mapping[str, s.Reader[Any]]:
    """Return readers of words that are passed over."""
    return dict.fromkeys(words, s.lenient(lambda _: None))


def refuse_unread(entry: s.Setting, faults: Faults) -> None:
    """Note each word of a resource that changes what is read and is not kept."""
    for word, hint in UNREAD.items():
        setting = entry.at(word)
        if setting.value not in (None, "", (), "no", "none"):
            message = f"{setting.title} changes how the table is read, and reportgen does not read it"
            faults.error("unread-word", message, setting.place, hint)


def read_match(setting: s.Setting, faults: Faults) -> str | None:
    """Return ``fieldsMatch``: a word, or a list of one, as some writers of Data Package 2 have it."""
    alone = setting.items[0] if len(setting.items) == 1 else setting
    return s.one_of(*MATCHES)(alone, faults)


def read_encoding(setting: s.Setting, faults: Faults) -> str | None:
    """Return Python's name of the encoding that a resource declares."""
    found = known_encoding(setting.value)
    if found is None:
        s.refuse(setting, faults, "an encoding", 'write "utf-8", "gb18030" or "utf-16"')
    return found


def read_format(entry: s.Setting, paths: tuple[str, ...], faults: Faults) -> str:
    """Return the format of a table's files: the one that is declared, or that of each file's name."""
    declared = entry.at("format")
    names = [f".{declared.value}"] if declared.value else paths
    found = {name.lower().rpartition(".")[2] for name in names}
    written = declared if declared.value else entry.at("path")
    if len(found) > 1:
        message = f"the files of the table are {' and '.join(sorted(found))} files"
        faults.error("unknown-format", message, written.place, "keep a table in files of one format")
        return "csv"
    (kind,) = found
    if kind not in FORMATS:
        hint = _OTHER_FORMATS.get(kind, f"reportgen reads {', '.join(FORMATS)}; say which in format")
        faults.error("unknown-format", f"the table is a {kind} file", written.place, hint)
        return "csv"
    return kind
