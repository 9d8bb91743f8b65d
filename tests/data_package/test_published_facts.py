"""Each published fact that carries a value follows from the tables, at the precision it was printed with."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from package_reader import (
    DATA,
    Row,
    growth,
    names,
    ranking,
    read_rows,
    rounded,
    total,
    totals_by,
    value,
)

WAN = Decimal(10_000)
PUBLISHED = [row for row in read_rows(DATA / "published-facts.csv") if row["value"]]


def indicator(name: str, period: str) -> Decimal:
    return value("indicators", indicator=name, period=period)


def increase(name: str) -> Decimal:
    return indicator(name, "2013-2023") - indicator(name, "2013")


def applications_growth() -> Decimal:
    return growth("bri-yearly", 2013, 2023, measure="applications")


def in_force_growth() -> Decimal:
    return growth("bri-yearly", 2013, 2023, measure="in_force")


def share(table: str, column: str, code: str, **where: str) -> Decimal:
    return total(table, **{column: code}, **where) / total(table, **where)


def manufacturing_share() -> Decimal:
    """The lower of both directions' shares; the upper one is held to round alike by a test of its own."""
    return min(
        share("digital-structure", "sector", "manufacturing", direction=d) for d in ("cn_bri", "bri_cn")
    )


def green(side: str, measure: str) -> Decimal:
    return total(f"green-{side}-yearly", measure=measure)


def green_growth(side: str, measure: str, first: int) -> Decimal:
    return growth(f"green-{side}-yearly", first, 2023, measure=measure)


def storage_growth(direction: str) -> Decimal:
    return growth("green-technologies", 2016, 2023, technology="energy_storage", direction=direction)


def storage(direction: str) -> Decimal:
    return total("green-technologies", technology="energy_storage", direction=direction)


def storage_share(direction: str, side: str) -> Decimal:
    return storage(direction) / green(side, "applications")


NUMBERS: dict[str, Callable[[], Decimal]] = {
    "s.agreements": lambda: indicator("agreements", "2023"),
    "s.isa": lambda: indicator("isa_countries", "2023"),
    "s.trained": lambda: indicator("trained", "2023"),
    "s.master_students": lambda: indicator("master_students", "2023"),
    "s.master_countries": lambda: indicator("master_countries", "2023"),
    "s.years": lambda: indicator("years", "2013-2023"),
    "p1.applications.total": lambda: total("cn-yearly", measure="applications"),
    "p1.applications.cagr": lambda: growth("cn-yearly", 2013, 2023, measure="applications"),
    "p1.applications.cagr.summary": lambda: growth("cn-yearly", 2013, 2023, measure="applications"),
    "p1.grants.total": lambda: total("cn-yearly", measure="grants"),
    "p1.grants.cagr": lambda: growth("cn-yearly", 2013, 2023, measure="grants"),
    "p1.invention.share": lambda: share("cn-types", "patent_type", "invention"),
    "p1.countries": lambda: indicator("cn_countries", "2013-2023"),
    "p1.countries.increase": lambda: increase("cn_countries"),
    "p1.continents": lambda: indicator("continents", "2013-2023"),
    "p1.companies.2023": lambda: indicator("cn_companies", "2023"),
    "p1.companies.2013": lambda: indicator("cn_companies", "2013"),
    "p1.companies.total": lambda: indicator("cn_companies", "2013-2023"),
    "p1.fields.fastest": lambda: growth("cn-fields", 2013, 2023, field="semiconductors"),
    "p2.countries": lambda: indicator("bri_countries", "2013-2023"),
    "p2.countries.increase": lambda: increase("bri_countries"),
    "p2.countries.share": lambda: (
        indicator("bri_countries", "2013-2023") / indicator("partner_countries", "2023")
    ),
    "p2.applications.total": lambda: total("bri-yearly", measure="applications"),
    "p2.applications.cagr": applications_growth,
    "p2.applications.cagr.lead": lambda: (
        applications_growth() - indicator("foreign_applications_cagr", "2013-2023")
    ),
    "p2.in_force.total": lambda: value("bri-yearly", year="2023", measure="in_force"),
    "p2.in_force.cagr": in_force_growth,
    "p2.in_force.cagr.lead": lambda: in_force_growth() - indicator("foreign_in_force_cagr", "2013-2023"),
    "p2.types.invention": lambda: share("bri-types", "patent_type", "invention"),
    "p2.types.design": lambda: share("bri-types", "patent_type", "design"),
    "p2.types.utility_model": lambda: share("bri-types", "patent_type", "utility_model"),
    "p2.regions.east_asia": lambda: value("bri-regions-fields", region="east_asia", field="semiconductors"),
    "p2.regions.europe": lambda: value("bri-regions-fields", region="europe", field="other-consumer-goods"),
    "p2.regions.west_asia": lambda: value(
        "bri-regions-fields", region="west_asia", field="basic-materials-chemistry"
    ),
    "p3.cn.countries": lambda: indicator("digital_cn_countries", "2013-2023"),
    "p3.cn.grants.total": lambda: total("digital-yearly", direction="cn_bri"),
    "p3.cn.grants.cagr": lambda: growth("digital-yearly", 2013, 2023, direction="cn_bri"),
    "p3.bri.countries": lambda: indicator("digital_bri_countries", "2013-2023"),
    "p3.bri.grants.total": lambda: total("digital-yearly", direction="bri_cn"),
    "p3.bri.grants.cagr": lambda: growth("digital-yearly", 2013, 2023, direction="bri_cn"),
    "p3.structure": manufacturing_share,
    "p3.companies.2013": lambda: indicator("digital_companies", "2013"),
    "p3.companies.2023": lambda: indicator("digital_companies", "2023"),
    "p3.companies.total": lambda: indicator("digital_companies", "2013-2023"),
    "p3.top.1": lambda: value("digital-top-companies", company="huawei"),
    "p3.top.2": lambda: value("digital-top-companies", company="zte"),
    "p3.top.3": lambda: value("digital-top-companies", company="oppo"),
    "p3.top.4": lambda: value("digital-top-companies", company="xiaomi"),
    "p3.top.5": lambda: value("digital-top-companies", company="tencent"),
    "p4.cn.countries": lambda: indicator("green_cn_countries", "2016-2023"),
    "p4.cn.applications.total": lambda: green("cn", "applications"),
    "p4.cn.grants.total": lambda: green("cn", "grants"),
    "p4.cn.applications.cagr": lambda: green_growth("cn", "applications", 2016),
    "p4.cn.grants.cagr": lambda: green_growth("cn", "grants", 2016),
    "p4.cn.applications.cagr.recent": lambda: green_growth("cn", "applications", 2020),
    "p4.cn.grants.cagr.recent": lambda: green_growth("cn", "grants", 2020),
    "p4.bri.countries": lambda: indicator("green_bri_countries", "2016-2023"),
    "p4.bri.applications.total": lambda: green("bri", "applications"),
    "p4.bri.grants.total": lambda: green("bri", "grants"),
    "p4.bri.applications.cagr": lambda: green_growth("bri", "applications", 2016),
    "p4.bri.grants.cagr": lambda: green_growth("bri", "grants", 2016),
    "p4.bri.applications.2023": lambda: value("green-bri-yearly", year="2023", measure="applications"),
    "p4.bri.grants.2023": lambda: value("green-bri-yearly", year="2023", measure="grants"),
    "p4.storage.cn.total": lambda: storage("cn_bri"),
    "p4.storage.cn.share": lambda: storage_share("cn_bri", "cn"),
    "p4.storage.cn.cagr": lambda: storage_growth("cn_bri"),
    "p4.storage.bri.total": lambda: storage("bri_cn"),
    "p4.storage.bri.share": lambda: storage_share("bri_cn", "bri"),
    "p4.storage.bri.cagr": lambda: storage_growth("bri_cn"),
    "p4.companies.total": lambda: indicator("green_companies", "2016-2023"),
}


def top_companies_in_words() -> str:
    """The ranking as the source words it (but for a name in brackets): five names, and how many more."""
    ranked = ranking(totals_by("cn-top-companies", "company"))
    counted = {5: "five"}[len(ranked) - 5]
    return " > ".join([*names("companies", ranked[:5], "short_en"), f"{counted} more"])


def named_fields_in_words() -> str:
    """The published seven of the ten fields, by falling applications."""
    published = next(row for row in PUBLISHED if row["id"] == "p1.fields")["value"].split("; ")
    ranked = names("fields", ranking(totals_by("cn-fields", "field")), "name_en")
    assert len(ranked) == 10
    return "; ".join(name.lower() for name in ranked if name.lower() in published)


WORDS: dict[str, Callable[[], str]] = {
    "p1.top_companies": top_companies_in_words,
    "p1.fields": named_fields_in_words,
}


def printed_unit(row: Row) -> Decimal:
    """The least step of the printed number: 7.0 万 counts in thousands, 21.3% in tenths of a per cent."""
    wan = re.match(r"[\d.]+(?= 万)", row["printed"])
    number, factor = (Decimal(wan[0]), WAN) if wan else (Decimal(row["value"]), Decimal(1))
    return Decimal(1).scaleb(int(number.as_tuple().exponent)) * factor


def test_every_published_value_is_recomputed_and_nothing_else() -> None:
    assert [row["id"] for row in PUBLISHED if row["id"] not in NUMBERS | WORDS] == []
    assert [fact for fact in NUMBERS | WORDS if fact not in {row["id"] for row in PUBLISHED}] == []


@pytest.mark.parametrize("row", PUBLISHED, ids=lambda row: row["id"])
def test_published_value_follows_from_the_tables(row: Row) -> None:
    if row["id"] in WORDS:
        assert WORDS[row["id"]]() == row["value"].replace(" (Sanechips)", "")
        return
    found, published = NUMBERS[row["id"]](), Decimal(row["value"])
    match row["relation"]:
        case ">":
            assert found > published
        case ">=" if row["unit"] == "ratio":
            assert found >= published
        case "=" | ">=" | "hedged":
            assert rounded(found, printed_unit(row)) == published
        case other:
            pytest.fail(f"nobody knows the relation {other!r}")


def test_both_directions_split_six_to_four() -> None:
    for direction in ("cn_bri", "bri_cn"):
        manufacturing = share("digital-structure", "sector", "manufacturing", direction=direction)
        assert rounded(manufacturing, Decimal("0.1")) == Decimal("0.6")


def test_a_lower_bound_is_stored_as_one() -> None:
    bounds = {row["id"] for row in PUBLISHED if row["relation"] == ">=" and row["where"] == "summary"}
    bounds.discard("p1.applications.cagr.summary")
    stored = [row for row in read_rows(DATA / "indicators.csv") if row["relation"] == ">="]
    assert bounds == {"s.trained", "s.master_students", "s.master_countries"}
    assert {row["indicator"] for row in stored} == {"trained", "master_students", "master_countries"}


def test_a_rounded_total_is_compared_at_its_precision() -> None:
    units = {row["id"]: printed_unit(row) for row in PUBLISHED if row["id"] in NUMBERS}
    assert units["p1.applications.total"] == 1000
    assert units["p2.applications.total"] == 1000
    assert units["p1.grants.cagr"] == Decimal("0.001")
    assert units["p4.cn.grants.total"] == 1
