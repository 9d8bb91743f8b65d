"""What the energy example prints, worked out from its raw files without the product.

Percentages are in per cent, points in percentage points; rounding is half away from zero, as in print.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pandas as pd


def raw(data: Path, table: str) -> pd.DataFrame:
    """Return a table as its file has it; values are Decimals."""
    frame = pd.read_csv(data / f"{table}.csv", dtype=str)
    return frame.assign(value=frame["value"].map(Decimal))


def rounded(value: Decimal, places: int = 1) -> str:
    """Return a number as it is printed, its minus U+2212, in groups of three."""
    shown = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return f"{shown:,}".replace("-", "−")


def growth(new: Decimal, old: Decimal) -> Decimal:
    return (new / old - 1) * 100


def annual(new: Decimal, old: Decimal, years: int) -> Decimal:
    return ((new / old) ** (Decimal(1) / years) - 1) * 100


def prose(data: Path) -> Mapping[str, str]:
    """Return the digits that each fact of the text prints in the Chinese edition."""
    made, used = raw(data, "production"), raw(data, "consumption")
    year, source = made.pivot(index="year", columns="source", values="value"), "primary_power"
    whole, sectors = year.sum(axis=1), used.pivot(index="year", columns="sector", values="value")
    months = raw(data, "generation").set_index("month")["value"]
    months_2023, months_2022 = months.filter(like="2023"), months.filter(like="2022")
    peak = months_2023.astype(float).idxmax()
    quarters = raw(data, "power-use").pivot(index="quarter", columns="industry", values="value")
    mix = raw(data, "power-mix").pivot(index="year", columns="tech", values="value")
    capacity = raw(data, "capacity").pivot(index="year", columns="tech", values="value")
    rates = raw(data, "intensity").set_index("year")["value"]
    prices = raw(data, "prices").set_index("year")["value"]
    coal = year["coal"] / whole * 100
    before = f"2022{peak[4:]}"
    month_before = months.index[list(months.index).index(peak) - 1]
    total, tertiary = quarters["total"], quarters["tertiary_sector"]
    sums = total.groupby(total.index.str[:4]).sum()
    return {
        "prod.total.plain": rounded(whole["2023"], 0),
        "prod.growth": rounded(growth(whole["2023"], whole["2022"])),
        "prod.coal.points": rounded(coal["2014"] - coal["2023"]),
        "prod.power.cagr": rounded(annual(year[source]["2023"], year[source]["2014"], 9)),
        "prod.power.contribution": rounded(
            (year[source]["2023"] - year[source]["2022"]) / whole["2022"] * 100
        ),
        "gen.year.plain": rounded(months_2023.sum()),
        "gen.growth": rounded(growth(months_2023.sum(), months_2022.sum())),
        "gen.peak.yoy": rounded(growth(months[peak], months[before])),
        "gen.peak.pop": rounded(growth(months[peak], months[month_before])),
        "use.year.plain": rounded(sums["2023"]),
        "use.growth": rounded(growth(sums["2023"], sums["2022"])),
        "use.last.plain": rounded(total["2023Q4"]),
        "use.yoy": rounded(growth(total["2023Q4"], total["2022Q4"])),
        "use.pop": rounded(growth(total["2023Q4"], total["2023Q3"])),
        "use.tertiary.yoy": rounded(growth(tertiary["2023Q4"], tertiary["2022Q4"])),
        "mix.wind.change": rounded(mix["wind"]["2023"] - mix["wind"]["2014"]),
        "mix.solar.change": rounded(mix["solar"]["2023"] - mix["solar"]["2014"]),
        "mix.wind": rounded(mix["wind"]["2023"]),
        "mix.solar": rounded(mix["solar"]["2023"]),
        "mix.thermal.fall": rounded(mix["thermal"]["2014"] - mix["thermal"]["2023"]),
        "mix.thermal": rounded(mix["thermal"]["2023"]),
        "cap.total.plain": rounded(capacity.sum(axis=1)["2023"], 0),
        "cap.solar.plain": rounded(capacity["solar"]["2023"], 0),
        "cap.solar.cagr": rounded(annual(capacity["solar"]["2023"], capacity["solar"]["2014"], 9)),
        "cons.total.plain": rounded(sectors.sum(axis=1)["2023"], 0),
        "cons.growth": rounded(growth(sectors.sum(axis=1)["2023"], sectors.sum(axis=1)["2022"])),
        "cons.fastest.cagr": rounded(annual(sectors["living"]["2023"], sectors["living"]["2014"], 9)),
        "int.last": rounded(rates["2023"]),
        "int.fall": rounded(-rates["2023"]),
        "int.up.value": rounded(max(rates)),
        "price.last": rounded(prices["2023"]),
        "price.fall": rounded(-growth(prices["2023"], prices["2022"])),
    }
