"""Make the tables of the data package from the published facts.

    python data/reconstruct.py [FOLDER]

reads ``published-facts.csv`` and ``known-endpoints.csv`` beside this file and writes every table into FOLDER
(the folder of this file, if none is named). An office that has the true tables does not need it.
"""

from __future__ import annotations

import sys
from decimal import Context, localcontext
from pathlib import Path

from reconstruction.indicators import indicators_text
from reconstruction.published import read
from reconstruction.table import table_text
from reconstruction.tables import TABLES

HERE = Path(__file__).resolve().parent
ARITHMETIC = Context(prec=28)


def reconstruct() -> dict[str, str]:
    """Return the text of each table by file name."""
    facts = read(HERE)
    with localcontext(ARITHMETIC):
        tables = {f"{name}.csv": table_text(make(facts)) for name, make in TABLES.items()}
        return {**tables, "indicators.csv": indicators_text(facts)}


def main(arguments: list[str]) -> None:
    """Write the tables; the same facts give the same bytes."""
    folder = Path(arguments[0]) if arguments else HERE
    for name, text in reconstruct().items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
