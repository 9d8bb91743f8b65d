"""Observation statuses: SDMX's code list ``CL_OBS_STATUS``, version 2.2, which tables need not list.

A project may list ``obs_status`` itself, to name a code otherwise or to have codes of its own.
Source: https://registry.sdmx.org, agency SDMX, code list CL_OBS_STATUS.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from reportgen.data.package import Code, CodeList, Lang, Table

STATUS = "obs_status"
"""The column of a row's observation status, and the code list of statuses."""
STATUSES: Mapping[str, str] = {
    "A": "Normal value",
    "B": "Time series break",
    "D": "Definition differs",
    "E": "Estimated value",
    "F": "Forecast value",
    "G": "Experimental value",
    "H": "Missing value: holiday or weekend",
    "I": "Imputed value",
    "J": "Derogation",
    "K": "Included in another category",
    "L": "Missing value: not collected",
    "M": "Missing value: cannot exist",
    "N": "Not significant",
    "O": "Missing value",
    "P": "Provisional value",
    "Q": "Missing value: suppressed",
    "S": "Strike or other special event",
    "U": "Low reliability",
    "V": "Unvalidated value",
    "W": "Includes another category",
}
"""Its codes, each with the label that names it."""
MISSING_STATUSES = ("H", "L", "M", "O", "Q")
"""Those under which an observation has no value."""
StatusNames: TypeAlias = Mapping[str, Mapping[Lang, str]]
"""Names of statuses by code and language."""


def with_statuses(
    lists: Mapping[str, CodeList], tables: Iterable[Table], names: StatusNames
) -> Mapping[str, CodeList]:
    """Return the code lists with the statuses that tables use and the project does not list, in SDMX's order."""
    listed = lists.get(STATUS, CodeList(STATUS, {}))
    ours = [t for t in tables if STATUS in t.columns and t.columns[STATUS].code_list in (None, STATUS)]
    used = {row.status for table in ours for row in table.rows}
    more = {code: Code(code, names.get(code, {})) for code in STATUSES if code in used - listed.codes.keys()}
    if not more or (STATUS not in lists and more.keys() == {"A"}):
        return lists  # where every value is a normal one there is nothing to explain
    return {**lists, STATUS: CodeList(STATUS, {**listed.codes, **more})}
