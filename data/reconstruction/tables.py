"""The fifteen tables of observations behind the figures and the shares in the text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from . import choices
from .mathematics import (
    allot,
    bend,
    first_for,
    last_after,
    part_of,
    path,
    rounded,
    steady,
    tail,
    turning,
)
from .published import Published
from .table import Row, Table, estimated, normal

YEARS = range(2013, 2024)
GREEN_YEARS = range(2016, 2024)
STEPS = len(YEARS) - 1
GREEN_STEPS = len(GREEN_YEARS) - 1
TURN = 2020
ANCHOR_YEAR = 2022


def series(values: list[int], years: range, code: str, basis: str) -> list[Row]:
    """Return a yearly series of one code as rows (year, code)."""
    return [((year, code), estimated(value, basis)) for year, value in zip(years, values, strict=True)]


def by_year(*parts: list[Row]) -> tuple[Row, ...]:
    """Return the rows of several series in the order of the years."""
    rows = [row for part in parts for row in part]
    return tuple(sorted(rows, key=lambda row: row[0][0]))


# Part 1: China in partner countries


def cn_applications(facts: Published) -> list[int]:
    """Applications from China: the anchor of 2013, constant growth, and the bulge that the total asks for."""
    first = facts.endpoint("CN->BRI applications", "2013")
    last = last_after(first, facts.rate("p1.applications.cagr"), STEPS)
    return path(first, last, STEPS, facts.count("p1.applications.total"))


def cn_grants(facts: Published) -> list[int]:
    """Grants to applicants from China, made as the applications are."""
    first = facts.endpoint("CN->BRI grants", "2013")
    last = last_after(first, facts.rate("p1.grants.cagr"), STEPS)
    return path(first, last, STEPS, facts.count("p1.grants.total"))


def cn_yearly(facts: Published) -> Table:
    basis = "path from the press figure of 2013 at the published growth, adding up to the published total"
    return Table(
        ("year", "measure"),
        by_year(
            series(cn_applications(facts), YEARS, "applications", basis),
            series(cn_grants(facts), YEARS, "grants", basis),
        ),
    )


def cn_types(facts: Published) -> Table:
    share = choices.INVENTION_SHARE
    parts = allot(facts.count("p1.applications.total"), (share, 1 - share))
    basis = "the published total divided by a share of inventions that is above 95 %, as published"
    codes = ("invention", "other")
    return Table(
        ("patent_type",), tuple(((c,), estimated(v, basis)) for c, v in zip(codes, parts, strict=True))
    )


def cn_top_companies(facts: Published) -> Table:
    """The anchors of the previous edition, carried one year on at the growth of all applications; then a tail."""
    yearly = cn_applications(facts)
    carried = Decimal(sum(yearly)) / sum(yearly[:-1])
    anchors = {c: facts.endpoint(s, "2013-2022") for c, s in choices.TOP_APPLICANTS.items()}
    top = {company: int(rounded(anchor * carried)) for company, anchor in anchors.items()}
    named = "total to 2022 of the previous edition, carried on to 2023 as all applications grew"
    after = "named nowhere in the text: each value is 0.86 of the one before"
    rest = tail(min(top.values()), choices.RANK_RATIO, len(choices.NEXT_APPLICANTS))
    return Table(
        ("company",),
        (
            *(((company,), estimated(value, named)) for company, value in top.items()),
            *(((c,), estimated(v, after)) for c, v in zip(choices.NEXT_APPLICANTS, rest, strict=True)),
        ),
    )


def cn_fields(facts: Published) -> Table:
    whole, fastest = cn_applications(facts), choices.FASTEST_FIELD
    rows: list[Row] = []
    for field, share in choices.FIELD_SHARES.items():
        total = int(rounded(share * sum(whole)))
        values = fastest_field(facts, total) if field == fastest else constant_share(whole, total)
        basis = (
            "path at the published growth of the field, within its share of the total"
            if field == fastest
            else "constant share of the year's applications; only the order of the fields is published"
        )
        rows += [((field, year), estimated(v, basis)) for year, v in zip(YEARS, values, strict=True)]
    return Table(("field", "year"), tuple(rows))


def fastest_field(facts: Published, total: int) -> list[int]:
    """Return the yearly values of the field whose growth is published."""
    rate = facts.rate("p1.fields.fastest")
    first = first_for(total, rate, STEPS)
    return path(first, last_after(first, rate, STEPS), STEPS, total)


def constant_share(whole: list[int], total: int) -> list[int]:
    """Return yearly values in proportion to the whole."""
    return allot(total, [Decimal(value) for value in whole])


# Part 2: partner countries in China


def bri_applications(facts: Published) -> list[int]:
    """Applications in China: a bend between the anchors of 2013 and 2022, then the last step to 2023."""
    first = facts.endpoint("BRI->CN applications", "2013")
    anchor = facts.endpoint("BRI->CN applications", str(ANCHOR_YEAR))
    last = last_after(first, facts.rate("p2.applications.cagr"), STEPS)
    total = facts.count("p2.applications.total")
    return [*bend(first, anchor, ANCHOR_YEAR - YEARS[0], total - last), last]


def bri_in_force(facts: Published) -> list[int]:
    """Patents in force: constant growth up to the published stock."""
    last, rate = facts.count("p2.in_force.total"), facts.rate("p2.in_force.cagr")
    return steady(first_before(last, rate, STEPS), last, STEPS)


def first_before(last: int, rate: Decimal, steps: int) -> int:
    """Return the first value from which constant growth leads to ``last``."""
    return int(rounded(last / (1 + rate) ** steps))


def bri_yearly(facts: Published) -> Table:
    path_basis = (
        "bend through the press figures of 2013 and 2022 at the published growth, adding up to the total"
    )
    force = series(
        bri_in_force(facts), YEARS, "in_force", "constant growth at the published rate to the stock of 2023"
    )
    force[-1] = ((YEARS[-1], "in_force"), normal(force[-1][1].value, "published, rounded to 0.1 万"))
    return Table(
        ("year", "measure"),
        by_year(series(bri_applications(facts), YEARS, "applications", path_basis), force),
    )


def bri_types(facts: Published) -> Table:
    codes = ("invention", "design", "utility_model")
    shares = [facts.rate(f"p2.types.{code}") for code in codes]
    parts = allot(facts.count("p2.applications.total"), shares)
    basis = "the published total divided by the published shares"
    return Table(
        ("patent_type",), tuple(((c,), estimated(v, basis)) for c, v in zip(codes, parts, strict=True))
    )


def bri_regions_fields(facts: Published) -> Table:
    rows: list[Row] = []
    for region, fields in choices.REGION_FIELDS.items():
        published = facts.facts.get(f"p2.regions.{region}")
        leader = int(published) if published is not None else choices.REGION_LEADERS[region]
        known = normal(leader, "published")
        unknown = estimated(leader, "size and order of the region's fields are a choice")
        values = tail(leader, choices.RANK_RATIO, len(fields.split()) - 1)
        after = "below the region's largest field: each value is 0.86 of the one before, in an order that is a choice"
        cells = [known if published is not None else unknown, *(estimated(v, after) for v in values)]
        rows += [((region, field), cell) for field, cell in zip(fields.split(), cells, strict=True)]
    return Table(("region", "field"), tuple(rows))


# Part 3: the digital economy


def digital_cn(facts: Published) -> list[int]:
    """Digital grants to China, from a share of all grants of 2013."""
    first = int(rounded(choices.DIGITAL_FIRST_SHARE * cn_grants(facts)[0]))
    last = last_after(first, facts.rate("p3.cn.grants.cagr"), STEPS)
    return path(first, last, STEPS, facts.count("p3.cn.grants.total"))


def digital_bri(facts: Published) -> list[int]:
    """Digital grants in China: constant growth fits growth and total at once, so no end point is chosen."""
    total, rate = facts.count("p3.bri.grants.total"), facts.rate("p3.bri.grants.cagr")
    first = first_for(total, rate, STEPS)
    return path(first, last_after(first, rate, STEPS), STEPS, total)


def digital_yearly(facts: Published) -> Table:
    cn = "path at the published growth to the published total, from a chosen share of the grants of 2013"
    bri = "path at the published growth to the published total"
    return Table(
        ("year", "direction"),
        by_year(
            series(digital_cn(facts), YEARS, "cn_bri", cn),
            series(digital_bri(facts), YEARS, "bri_cn", bri),
        ),
    )


def digital_totals(facts: Published) -> Mapping[str, int]:
    """Return the digital grants of each direction."""
    return {"cn_bri": facts.count("p3.cn.grants.total"), "bri_cn": facts.count("p3.bri.grants.total")}


def digital_structure(facts: Published) -> Table:
    share = facts.rate("p3.structure")
    rows: list[Row] = []
    for direction, total in digital_totals(facts).items():
        parts = allot(total, (share, 1 - share))
        for sector, value in zip(("manufacturing", "services"), parts, strict=True):
            rows.append(((direction, sector), estimated(value, "the published total divided six to four")))
    return Table(("direction", "sector"), tuple(rows))


def digital_industries(facts: Published) -> Table:
    basis = "a chosen share of the published total; the order of the first three is published"
    return Table(
        ("industry", "direction"),
        tuple(
            ((industry, direction), estimated(int(rounded(share * total)), basis))
            for industry, share in choices.INDUSTRY_SHARES.items()
            for direction, total in digital_totals(facts).items()
        ),
    )


def digital_top_companies(facts: Published) -> Table:
    top = [facts.count(f"p3.top.{rank}") for rank in range(1, len(choices.TOP_DIGITAL) + 1)]
    rest = tail(top[-1], choices.RANK_RATIO, len(choices.NEXT_DIGITAL))
    after = "named nowhere in the text: each value is 0.86 of the one before"
    return Table(
        ("company",),
        (
            *(((c,), normal(v, "published")) for c, v in zip(choices.TOP_DIGITAL, top, strict=True)),
            *(((c,), estimated(v, after)) for c, v in zip(choices.NEXT_DIGITAL, rest, strict=True)),
        ),
    )


# Part 4: green and low-carbon technologies


def green_cn(facts: Published, measure: str) -> list[int]:
    """Green series of China: little change to 2020, then constant growth at the published recent rate.

    The known end points are rounded; the nearest ones that give both published rates are used.
    """
    points = (str(GREEN_YEARS[0]), str(TURN), str(GREEN_YEARS[-1]))
    anchors = [facts.endpoint(f"CN->BRI green {measure}", point) for point in points]
    rates = [facts.rate(f"p4.cn.{measure}.cagr"), facts.rate(f"p4.cn.{measure}.cagr.recent")]
    recent_steps = GREEN_YEARS[-1] - TURN
    first, turn, last = turning(anchors, (GREEN_STEPS, recent_steps), rates)
    recent = steady(turn, last, recent_steps)
    before = facts.count(f"p4.cn.{measure}.total") - sum(recent[1:])
    return [*path(first, turn, GREEN_STEPS - recent_steps, before), *recent[1:]]


def green_bri(facts: Published, measure: str) -> list[int]:
    """Green series in China: from the growth and the published value of 2023, sagging to the published total."""
    last = facts.count(f"p4.bri.{measure}.2023")
    first = first_before(last, facts.rate(f"p4.bri.{measure}.cagr"), GREEN_STEPS)
    return bend(first, last, GREEN_STEPS, facts.count(f"p4.bri.{measure}.total"))


def green_cn_yearly(facts: Published) -> Table:
    basis = "path with the turn of 2020 at both published growth rates, adding up to the published total"
    parts = [series(green_cn(facts, m), GREEN_YEARS, m, basis) for m in ("applications", "grants")]
    return Table(("year", "measure"), by_year(*parts))


def green_bri_yearly(facts: Published) -> Table:
    basis = "bend at the published growth to the published value of 2023, adding up to the published total"
    parts = []
    for measure in ("applications", "grants"):
        rows = series(green_bri(facts, measure), GREEN_YEARS, measure, basis)
        parts.append([*rows[:-1], (rows[-1][0], normal(rows[-1][1].value, "published"))])
    return Table(("year", "measure"), by_year(*parts))


def green_technologies(facts: Published) -> Table:
    rows: list[Row] = []
    for direction, side, whole in (
        ("cn_bri", "cn", green_cn(facts, "applications")),
        ("bri_cn", "bri", green_bri(facts, "applications")),
    ):
        rate, total = facts.rate(f"p4.storage.{side}.cagr"), facts.count(f"p4.storage.{side}.total")
        rows += technologies_of(direction, whole, part_of(whole, rate, total))
    return Table(("technology", "direction", "year"), tuple(rows))


def technologies_of(direction: str, whole: list[int], storage: list[int]) -> list[Row]:
    """Return the five technologies of a direction: energy storage, and what it leaves in chosen shares."""
    weights = choices.TECHNOLOGY_WEIGHTS
    rest = [allot(w - s, list(weights.values())) for w, s in zip(whole, storage, strict=True)]
    columns = {
        "energy_storage": storage,
        **dict(zip(weights, map(list, zip(*rest, strict=True)), strict=True)),
    }
    led = "path at the published growth to the published total, as a share of the year's green applications"
    left = "a chosen share of what energy storage leaves of the year's green applications"
    return [
        ((technology, direction, year), estimated(value, led if technology == "energy_storage" else left))
        for technology, values in columns.items()
        for year, value in zip(GREEN_YEARS, values, strict=True)
    ]


def green_top_companies(facts: Published) -> Table:
    basis = "the companies are published, their order in the text kept; each value is 0.86 of the one before"
    rows: list[Row] = []
    for measure in ("applications", "grants"):
        leader = int(rounded(choices.GREEN_LEADER_SHARE * facts.count(f"p4.cn.{measure}.total")))
        values = [leader, *tail(leader, choices.RANK_RATIO, len(choices.GREEN_COMPANIES) - 1)]
        rows += [
            ((measure, company), estimated(value, basis))
            for company, value in zip(choices.GREEN_COMPANIES, values, strict=True)
        ]
    return Table(("measure", "company"), tuple(rows))


TABLES: Mapping[str, Callable[[Published], Table]] = {
    "cn-yearly": cn_yearly,
    "cn-types": cn_types,
    "cn-top-companies": cn_top_companies,
    "cn-fields": cn_fields,
    "bri-yearly": bri_yearly,
    "bri-types": bri_types,
    "bri-regions-fields": bri_regions_fields,
    "digital-yearly": digital_yearly,
    "digital-structure": digital_structure,
    "digital-industries": digital_industries,
    "digital-top-companies": digital_top_companies,
    "green-cn-yearly": green_cn_yearly,
    "green-bri-yearly": green_bri_yearly,
    "green-technologies": green_technologies,
    "green-top-companies": green_top_companies,
}
