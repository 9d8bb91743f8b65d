"""Code lists: the codes of a dimension with their names in each language, and the check that tables use no others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reportgen.base.diagnostics import Diagnostic, Result, Span, error
from reportgen.base.suggest import did_you_mean
from reportgen.data.package import Code, CodeList, Row, Table

LANGUAGES = ("zh", "en")
"""The languages that every code needs a name in."""


def make_code_list(table: Table) -> Result[CodeList]:
    """Return the code list in a table of ``code``, ``name_LANG`` and, where a figure needs it, ``short_LANG``."""
    faults = [*_missing_columns(table)]
    codes: dict[str, Code] = {}
    if "code" not in table.columns:
        return Result(CodeList(table.name, codes), tuple(faults))
    for row in table.rows:
        code = row.values["code"]
        if code is None:
            if "code" not in row.faulty and "code" not in table.primary_key:
                faults.append(
                    error(
                        "cell-empty", "the cell is empty", row.ref("code"), "a code list's row needs its code"
                    )
                )
            continue
        if str(code) in codes:
            if table.primary_key != ("code",):
                faults.append(
                    error(
                        "code-stands-here-again",
                        f"the code {code} stands here again",
                        row.ref("code"),
                        "keep one",
                    )
                )
            continue
        codes[str(code)] = Code(str(code), _texts(row, "name_"), _texts(row, "short_"), row.ref("code"))
        faults += _unnamed(row, str(code))
    return Result(CodeList(table.name, codes), tuple(faults))


def _missing_columns(table: Table) -> Iterator[Diagnostic]:
    for name in ("code", *(f"name_{language}" for language in LANGUAGES)):
        if name not in table.columns:
            hint = f"add the column {name} to the descriptor and the table"
            yield error(
                "code-list-no-column",
                f"the code list {table.name} has no column {name}",
                Span(table.file),
                hint,
            )


def _texts(row: Row, prefix: str) -> Mapping[str, str]:
    found = {
        name.removeprefix(prefix): value for name, value in row.values.items() if name.startswith(prefix)
    }
    return {language: str(value) for language, value in found.items() if value is not None}


def _unnamed(row: Row, code: str) -> Iterator[Diagnostic]:
    for language in LANGUAGES:
        column = f"name_{language}"
        if column in row.values and row.values[column] is None and column not in row.faulty:
            yield error(
                "code-no-name", f"the code {code} has no name in {language}", row.ref(column), "write it here"
            )


def check_codes(table: Table, code_lists: Mapping[str, CodeList]) -> Iterator[Diagnostic]:
    """Yield a fault for each cell whose code is not in its column's code list."""
    for column in table.columns.values():
        codes = code_lists.get(column.code_list or "")
        if codes is None:
            continue
        known = codes.codes
        for row in table.rows:
            value = row.values[column.name]
            if value is not None and value not in known:
                yield error(
                    "not-code",
                    f"{value} is not a code of {codes.name}",
                    row.ref(column.name),
                    *(
                        did_you_mean(str(value), known)
                        or (f"add it to {codes.name}, or use one of its codes",)
                    ),
                )
