"""Each order and superlative that the text states holds in the tables."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from package_reader import growth, observations, ranking, rounded, series, total, totals_by, value

DIRECTIONS = ("cn_bri", "bri_cn")
MEASURES = ("applications", "grants")
NAMED_FIELDS = [
    "digital-communication",
    "computer-technology",
    "audio-visual-technology",
    "telecommunications",
    "semiconductors",
    "pharmaceuticals",
    "biotechnology",
]


def yearly_growth(values: list[Decimal]) -> list[Decimal]:
    return [later / earlier - 1 for earlier, later in pairwise(values)]


def test_the_five_companies_named_lead_in_the_order_named() -> None:
    ranked = ranking(totals_by("cn-top-companies", "company"))
    assert ranked[:5] == ["huawei", "xiaomi", "alibaba", "zte_microelectronics", "tencent"]
    assert len(ranked) == 10


def test_the_seven_fields_named_stand_in_the_order_named() -> None:
    ranked = ranking(totals_by("cn-fields", "field"))
    assert [field for field in ranked if field in NAMED_FIELDS] == NAMED_FIELDS
    assert len(ranked) == 10


def test_semiconductors_grow_fastest_of_the_ten_fields() -> None:
    rates = {f: growth("cn-fields", 2013, 2023, field=f) for f in totals_by("cn-fields", "field")}
    fastest = rates.pop("semiconductors")
    assert fastest > max(rates.values())


def test_applications_from_china_grow_above_twenty_per_cent_as_the_summary_says() -> None:
    assert growth("cn-yearly", 2013, 2023, measure="applications") > Decimal("0.20")


def test_partner_countries_outgrow_all_foreigners_in_applications_and_in_force() -> None:
    for measure, name in (
        ("applications", "foreign_applications_cagr"),
        ("in_force", "foreign_in_force_cagr"),
    ):
        foreign = value("indicators", indicator=name, period="2013-2023")
        assert growth("bri-yearly", 2013, 2023, measure=measure) > foreign


@pytest.mark.parametrize(
    ("region", "field"),
    [
        ("east_asia", "semiconductors"),
        ("europe", "other-consumer-goods"),
        ("west_asia", "basic-materials-chemistry"),
    ],
)
def test_the_field_named_is_the_largest_of_its_region(region: str, field: str) -> None:
    assert ranking(totals_by("bri-regions-fields", "field", region=region))[0] == field


def test_digital_grants_of_china_grow_faster_than_those_of_partner_countries() -> None:
    cn, bri = (growth("digital-yearly", 2013, 2023, direction=d) for d in DIRECTIONS)
    assert cn > bri


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_the_same_three_industries_lead_in_both_directions(direction: str) -> None:
    ranked = ranking(totals_by("digital-industries", "industry", direction=direction))
    assert ranked[:3] == ["electronic_components", "other_digital_element", "software"]
    assert len(ranked) == 5


def test_the_five_digital_companies_stand_in_the_order_published() -> None:
    ranked = ranking(totals_by("digital-top-companies", "company"))
    assert ranked[:5] == ["huawei", "zte", "oppo", "xiaomi", "tencent"]
    assert len(ranked) == 10


def test_ranked_tables_are_written_in_rank_order() -> None:
    for table in ("cn-top-companies", "digital-top-companies"):
        sums = totals_by(table, "company")
        assert list(sums) == ranking(sums)


@pytest.mark.parametrize("measure", MEASURES)
def test_green_series_of_china_turn_in_2020(measure: str) -> None:
    rates = yearly_growth(series("green-cn-yearly", measure=measure))
    before, after = rates[:4], rates[4:]
    assert len(after) == 3
    assert min(after) > 5 * max(before)


@pytest.mark.parametrize("measure", MEASURES)
def test_green_series_of_china_grow_faster_since_2020_than_over_all(measure: str) -> None:
    recent = growth("green-cn-yearly", 2020, 2023, measure=measure)
    assert recent > growth("green-cn-yearly", 2016, 2023, measure=measure)


@pytest.mark.parametrize("measure", MEASURES)
def test_green_series_of_partner_countries_break_through_in_the_last_three_years(measure: str) -> None:
    values = series("green-bri-yearly", measure=measure)
    rates = yearly_growth(values)
    assert min(rates[-3:]) > max(rates[:-3])
    assert min(values[-3:]) > max(values[:-3])


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_energy_storage_is_the_largest_technology(direction: str) -> None:
    assert ranking(totals_by("green-technologies", "technology", direction=direction))[0] == "energy_storage"


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_energy_storage_grows_fastest(direction: str) -> None:
    technologies = totals_by("green-technologies", "technology")
    rates = {
        t: growth("green-technologies", 2016, 2023, technology=t, direction=direction) for t in technologies
    }
    assert len(rates) == 5
    assert rates.pop("energy_storage") > max(rates.values())


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_energy_storage_is_about_half(direction: str) -> None:
    whole = total("green-technologies", direction=direction)
    storage = total("green-technologies", direction=direction, technology="energy_storage")
    assert rounded(storage / whole, Decimal("0.1")) == Decimal("0.5")


@pytest.mark.parametrize("measure", MEASURES)
def test_the_five_green_leaders_named_are_the_first_five(measure: str) -> None:
    leaders = ranking(totals_by("green-top-companies", "company", measure=measure))
    assert set(leaders) == {"sinopec", "catl", "byd", "oppo", "huawei"}


def test_nearly_four_fifths_of_partner_countries_apply_in_china() -> None:
    covered = value("indicators", indicator="bri_countries", period="2013-2023")
    share = covered / value("indicators", indicator="partner_countries", period="2023")
    assert Decimal("0.75") <= share < Decimal("0.8")


def test_companies_grow_in_number() -> None:
    for name in ("cn_companies", "digital_companies"):
        early, late, cumulated = (
            value("indicators", indicator=name, period=period) for period in ("2013", "2023", "2013-2023")
        )
        assert early < late < cumulated


def test_each_yearly_series_of_counts_rises_every_year() -> None:
    for table, column in (
        ("cn-yearly", "measure"),
        ("bri-yearly", "measure"),
        ("digital-yearly", "direction"),
        ("green-cn-yearly", "measure"),
        ("green-bri-yearly", "measure"),
    ):
        for code in totals_by(table, column):
            values = series(table, **{column: code})
            assert values == sorted(set(values)), (table, code)


def test_years_are_complete_and_in_order() -> None:
    for table, first in (
        ("cn-yearly", 2013),
        ("bri-yearly", 2013),
        ("digital-yearly", 2013),
        ("green-cn-yearly", 2016),
        ("green-bri-yearly", 2016),
    ):
        years = [int(row["year"]) for row in observations(table)]
        assert years == [year for year in range(first, 2024) for _ in range(2)]
