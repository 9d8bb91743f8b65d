"""Code lists: the codes of a dimension with their names in each language, and the check that tables use no others."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from reportgen.base.diagnostics import Diagnostic, Faults, Result, Span, error
from reportgen.base.suggest import did_you_mean
from reportgen.data.package import Code, CodeList, Row, Table


def make_code_list(table: Table, languages: Collection[str] = ()) -> Result[CodeList]:
    """Return the code list in a table of ``code``, ``name_LANG`` and, where a figure needs it, ``short_LANG``.

    Every code must have a name in each of the ``languages``, those that a report's editions are in.
    """
    faults = Faults()
    codes: dict[str, Code] = {}
    names = [f"name_{language}" for language in languages]
    for name in ("code", *names):
        if name not in table.columns:
            hint = f"add the column {name} to the descriptor and the table"
            message = f"the code list {table.name} has no column {name}"
            faults.error("missing-column", message, Span(table.file), hint)
    for row in table.rows if "code" in table.columns else ():
        code = row.values["code"]
        if code is None:
            if "code" not in row.faulty and "code" not in table.primary_key:
                hint = "a code list's row needs its code"
                faults.error("empty-cell", "the cell is empty", row.ref("code"), hint)
        elif str(code) not in codes:
            codes[str(code)] = Code(str(code), _texts(row, "name_"), _texts(row, "short_"), row.ref("code"))
            faults.add(*_unnamed(row, names))
        elif table.primary_key != ("code",):
            faults.error("repeated-key", f"the code {code} stands here again", row.ref("code"), "keep one")
    return faults.result(CodeList(table.name, codes))


def _texts(row: Row, prefix: str) -> Mapping[str, str]:
    found = {
        name.removeprefix(prefix): value for name, value in row.values.items() if name.startswith(prefix)
    }
    return {language: str(value) for language, value in found.items() if value is not None}


def _unnamed(row: Row, names: Collection[str]) -> Iterator[Diagnostic]:
    for column in names:
        if column in row.values and row.values[column] is None and column not in row.faulty:
            message = f"the code {row.values['code']} has no name in {column.removeprefix('name_')}"
            yield error("missing-name", message, row.ref(column), "write it here")


def check_codes(
    table: Table, code_lists: Mapping[str, CodeList], built_in: Mapping[str, Collection[str]] | None = None
) -> Iterator[Diagnostic]:
    """Yield a fault for each cell whose code is neither in its column's code list nor built in, by lists."""
    for column in table.columns.values():
        codes = code_lists.get(column.code_list or "")
        if codes is None:
            continue
        known = {*codes.codes, *(built_in or {}).get(codes.name, ())}
        for row in table.rows:
            value = row.values[column.name]
            if value is not None and value not in known:
                add = f"add it to {codes.name}, or use one of its codes"
                message, hints = (
                    f"{value} is not a code of {codes.name}",
                    did_you_mean(str(value), codes.codes),
                )
                yield error("unknown-code", message, row.ref(column.name), *(hints or (add,)))
