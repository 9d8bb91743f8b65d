"""The scalars that no figure carries: published one by one, or following from two published ones by subtraction."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from .published import Published
from .table import csv_text

HEADER = ("indicator", "period", "value", "unit", "relation", "obs_status", "basis")
STATED = "published"
MORE_THAN = "published as a lower bound"
LESS_INCREASE = "published: the count less its increase"
LESS_LEAD = "published: the growth of partner countries less its lead"


@dataclass(frozen=True, slots=True)
class Scalar:
    """An indicator: the published fact that it is, or that it is made from by taking ``less`` away."""

    indicator: str
    period: str
    fact: str
    unit: str
    less: str = ""
    relation: str = "="
    basis: str = STATED


SCALARS = (
    Scalar("agreements", "2023", "s.agreements", "country"),
    Scalar("isa_countries", "2023", "s.isa", "country"),
    Scalar("trained", "2023", "s.trained", "person_time", relation=">=", basis=MORE_THAN),
    Scalar("master_students", "2023", "s.master_students", "person", relation=">=", basis=MORE_THAN),
    Scalar("master_countries", "2023", "s.master_countries", "country", relation=">=", basis=MORE_THAN),
    Scalar("years", "2013-2023", "s.years", "year"),
    Scalar("continents", "2013-2023", "p1.continents", "continent"),
    Scalar("cn_countries", "2013", "p1.countries", "country", "p1.countries.increase", basis=LESS_INCREASE),
    Scalar("cn_countries", "2013-2023", "p1.countries", "country"),
    Scalar("cn_companies", "2013", "p1.companies.2013", "company"),
    Scalar("cn_companies", "2023", "p1.companies.2023", "company"),
    Scalar("cn_companies", "2013-2023", "p1.companies.total", "company"),
    Scalar(
        "bri_countries",
        "2013",
        "p2.countries",
        "country",
        "p2.countries.increase",
        basis=LESS_INCREASE,
    ),
    Scalar("bri_countries", "2013-2023", "p2.countries", "country"),
    Scalar(
        "foreign_applications_cagr",
        "2013-2023",
        "p2.applications.cagr",
        "ratio",
        "p2.applications.cagr.lead",
        basis=LESS_LEAD,
    ),
    Scalar(
        "foreign_in_force_cagr",
        "2013-2023",
        "p2.in_force.cagr",
        "ratio",
        "p2.in_force.cagr.lead",
        basis=LESS_LEAD,
    ),
    Scalar("digital_cn_countries", "2013-2023", "p3.cn.countries", "country"),
    Scalar("digital_bri_countries", "2013-2023", "p3.bri.countries", "country"),
    Scalar("digital_companies", "2013", "p3.companies.2013", "company"),
    Scalar("digital_companies", "2023", "p3.companies.2023", "company"),
    Scalar("digital_companies", "2013-2023", "p3.companies.total", "company"),
    Scalar("green_cn_countries", "2016-2023", "p4.cn.countries", "country"),
    Scalar("green_bri_countries", "2016-2023", "p4.bri.countries", "country"),
    Scalar("green_companies", "2016-2023", "p4.companies.total", "company"),
)
PARTNERS_BASIS = "not in the text: the number of which 122 is the published share"


def line(scalar: Scalar, facts: Published) -> tuple[str | int | Decimal, ...]:
    """Return an indicator as a row of the table."""
    value = facts.facts[scalar.fact]
    if scalar.less:
        value -= facts.facts[scalar.less]
    return scalar.indicator, scalar.period, value, scalar.unit, scalar.relation, "A", scalar.basis


def partner_countries(facts: Published) -> int:
    """Return the number of all partner countries, the denominator that the text leaves out."""
    return round(facts.facts["p2.countries"] / facts.rate("p2.countries.share"))


def indicators_text(facts: Published) -> str:
    """Return the table of indicators as CSV."""
    lines = [line(scalar, facts) for scalar in SCALARS]
    at = [scalar.indicator for scalar in SCALARS].index("foreign_applications_cagr")
    partners = ("partner_countries", "2023", partner_countries(facts), "country", "=", "E", PARTNERS_BASIS)
    return csv_text(HEADER, [*lines[:at], partners, *lines[at:]])
