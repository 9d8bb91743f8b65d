"""Periods in words: every frequency in each language, long and short, in sentences and in the annex."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from edition_world import composed, fact, package
from hypothesis import given
from hypothesis import strategies as st

from reportgen.data.package import Annex
from reportgen.data.period_spellings import known_period, parse_period
from reportgen.data.periods import FREQUENCIES, Frequency, Period, limits
from reportgen.edition import document as doc
from reportgen.edition.formats import FormatFault, format_fact, meaning_of
from reportgen.edition.languages import language, languages
from reportgen.facts.book import FactValue

ZH, EN, US = language("zh_Hans_CN"), language("en_GB"), language("en_US")


def said(value: FactValue, spec: str, kind: str = "period") -> tuple[str, str]:
    made = fact("a.b", value, kind)
    return format_fact(made, spec, ZH), format_fact(made, spec, EN).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("value", "spec", "zh", "en"),
    [
        ("2021H1", "period", "2021年上半年", "the first half of 2021"),
        ("2021H2", "period.short", "2021年下半年", "H2 2021"),
        ("2021Q1", "period", "2021年第一季度", "the first quarter of 2021"),
        ("2021Q4", "period", "2021年第四季度", "the fourth quarter of 2021"),
        ("2021Q1", "period.short", "2021年一季度", "Q1 2021"),
        ("2021-03", "period", "2021年3月", "March 2021"),
        ("2021-03", "period.short", "2021年3月", "Mar 2021"),
        ("2021-03-31", "period", "2021年3月31日", "31 March 2021"),
        ("2021-03-31", "period.short", "2021年3月31日", "31 Mar 2021"),
        ("2013/14", "period", "2013/14财年", "2013/14"),
        ("2013/14", "period.short", "2013/14", "2013/14"),
        ("2013-2023", "period", "2013-2023年", "2013–2023"),
        ("2021Q1..2022Q4", "period", "2021年第一季度至2022年第四季度", "Q1 2021 to Q4 2022"),
        ("2021Q1..2022Q4", "period.short", "2021年一季度至2022年四季度", "Q1 2021 to Q4 2022"),
        ("2021-03..2022-02", "period", "2021年3月至2022年2月", "March 2021 to February 2022"),
        ("2021-03..2022-02", "period.short", "2021年3月至2022年2月", "Mar 2021 to Feb 2022"),
        ("2011-2015..2016-2020", "period", "2011-2015年至2016-2020年", "2011–2015 to 2016–2020"),
        ("2021Q3", "year", "2021", "2021"),
        ("2021-03-31", "year", "2021", "2021"),
        ("2021Q1..2021Q3", "year", "2021", "2021"),
        ("2021Q1..2022Q4", "years", "2021-2022", "2021–2022"),
        ("2013-2023", "years", "2013-2023", "2013–2023"),
        ("2021-03", "month", "2021年3月", "March 2021"),
        ("2021-03-31", "date", "2021年3月31日", "31 March 2021"),
        ("2021Q1", "text", "2021Q1", "2021Q1"),
    ],
)
def test_a_period_is_said_in_each_language(value: str, spec: str, zh: str, en: str) -> None:
    assert said(value, spec) == (zh, en)


@pytest.mark.parametrize(
    ("value", "kind", "spec", "zh", "en"),
    [
        (Decimal(2023), "year", "period", "2023年", "2023"),
        (Decimal(2023), "year", "period.short", "2023", "2023"),
        ("2013-2023", "text", "period", "2013-2023年", "2013–2023"),
        ("2013-2023", "text", "period.short", "2013-2023", "2013–2023"),
        ("2015-10", "text", "period", "2015年10月", "October 2015"),
    ],
)
def test_years_and_texts_of_times_are_periods_too(
    value: FactValue, kind: str, spec: str, zh: str, en: str
) -> None:
    assert said(value, spec, kind) == (zh, en)


def test_american_days_begin_with_the_month() -> None:
    day = parse_period("2021-03-31", "date")
    assert [US.period(day, short=short).replace("\u00a0", " ") for short in (False, True)] == [
        "March 31, 2021", "Mar 31, 2021",
    ]  # fmt: skip
    assert [text.replace("\u00a0", " ") for text in US.ticks(day)] == ["Mar 31"]


@pytest.mark.parametrize(
    ("value", "kind", "spec", "message"),
    [
        ("soon", "text", "period", "a.b is soon, not a period such as 2021Q1 or 2021-03"),
        ("2021Q1..2022Q4", "period", "year", "a.b is 2021Q1..2022Q4, which is of more than one year"),
        ("2013/14", "period", "year", "a.b is 2013/14, which is of more than one year"),
        ("2021Q1", "period", "month", "a.b is 2021Q1, not a month or date such as 2015-10"),
        ("2021-03", "period", "date", "a.b is 2021-03, which names no day"),
        ("2021Q1", "period", "period.long", "period.long is unknown"),
        ("2021Q1", "period", "int", "the format int does not fit a.b, which is a period"),
        (Decimal("2018.5"), "year", "year", "a.b is 2018.5, not a year"),
        (Decimal("2018.5"), "year", "period", "a.b is 2018.5, not a year"),
        (Decimal(12345), "year", "period", "a.b is 12345, not a period such as 2021Q1 or 2021-03"),
    ],
)
def test_what_a_format_cannot_say_is_refused(value: FactValue, kind: str, spec: str, message: str) -> None:
    with pytest.raises(FormatFault) as caught:
        said(value, spec, kind)
    assert str(caught.value).startswith(message)


def test_all_formats_of_time_say_the_same_kind_of_thing() -> None:
    specs = ("period", "period.short", "year", "years", "month", "date")
    assert {meaning_of(spec) for spec in specs} == {"a time"}


@given(st.sampled_from(FREQUENCIES), st.sampled_from(languages()), st.booleans(), st.data())
def test_different_periods_have_different_words(
    frequency: Frequency, name: str, short: bool, data: st.DataObject
) -> None:
    least, most = limits(frequency)
    length = 2 if frequency == "years" else 1
    one, other = (
        Period(frequency, data.draw(st.integers(least, most - length + 1)), length) for _ in range(2)
    )
    speak = language(name)
    assert (speak.period(one, short=short) == speak.period(other, short=short)) == (one == other)
    if frequency in ("half", "quarter", "month", "date"):
        assert all(speak.ticks(one))


def _annex(periods: list[str], frequency: Frequency, edition: str) -> list[str]:
    """Return the first column of the annex of a table whose years are these periods."""
    data = package()
    table = data.tables["yearly"]
    years = sorted({str(row.values["year"]) for row in table.rows})
    named = dict(zip(years, periods, strict=True))
    rows = tuple(
        replace(row, values={**row.values, "year": named[str(row.values["year"])]}) for row in table.rows
    )
    column = replace(table.columns["year"], type="string", period=frequency)
    columns = {**table.columns, "year": column}
    shape = Annex(("year",), ("way",))
    changed = replace(data, tables={"yearly": replace(table, rows=rows, columns=columns, annex=shape)})
    composed_document = composed(edition, data=changed).value
    tables = [
        block
        for section in composed_document.sections
        for block in section.blocks
        if isinstance(block, doc.Table)
    ]
    return [doc.plain(row[0].content).replace("\u00a0", " ") for row in tables[0].rows]


@pytest.mark.parametrize(
    ("edition", "first", "second", "words"),
    [
        ("zh", "2021Q4", "2022Q1", ["2021年四季度", "2022年一季度"]),
        ("en", "2021Q4", "2022Q1", ["Q4 2021", "Q1 2022"]),
        ("en", "2022Q1", "2021Q4", ["Q1 2022", "Q4 2021"]),
    ],
)
def test_the_annex_prints_periods_in_words(edition: str, first: str, second: str, words: list[str]) -> None:
    """Two that the file has backwards stay backwards: that order is meant."""
    assert _annex([first, second], "quarter", edition) == words


@given(st.text(max_size=30))
def test_no_text_breaks_the_format(text: str) -> None:
    try:
        assert said(text, "period", "text")
    except FormatFault:
        assert known_period(text) is None
