"""Printed tables: rules, repeated heads, aligned numbers, widths of columns."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from layout_samples import (
    body_pages,
    document,
    dump,
    laid_out,
    logical_text,
    runs,
    section,
    setting,
    style,
    table,
    walk,
    words,
)

from reportgen.base.frame import Shape
from reportgen.edition.document import Table, TableCell, TableColumn, plain
from reportgen.layout.flowing import FORBIDDEN
from reportgen.layout.pages.chapter import chapter
from reportgen.layout.tables.column_widths import NARROW, Wish, cells_of, column_widths, fit_columns
from reportgen.layout.typeset.typesetter import Typesetter


def test_a_table_is_set_as_a_statistician_expects() -> None:
    publication = laid_out(document(section("annex", "统计附表", table(3)))).value
    assert dump(body_pages(publication)[0]) == [
        " 135.5 统计附表",
        " 185.5 附表1-1历年申请量单位：件",
        " 204.5 年份申请量",
        " 222.0 20138.5",
        " 236.4 E",
        " 239.5 20141379.5",
        " 257.0 20152750.5",
        " 274.8 来源：本报告。",
        " 769.0 1",
    ]


def test_the_heading_is_repeated_under_continued_on_later_pages() -> None:
    publication = laid_out(document(section("annex", "统计附表", table(60)))).value
    second = dump(body_pages(publication)[1])
    assert "续表" in second[1]
    assert second[2].endswith("年份申请量")
    text = logical_text(publication)
    assert text.count("年份申请量") == 1
    assert "续表" not in text


def test_a_table_that_fits_on_a_page_is_not_divided() -> None:
    blocks = (table(20, "1-1"), table(20, "1-2"), table(34, "1-3"))
    publication = laid_out(document(section("annex", "统计附表", *blocks))).value
    assert len(body_pages(publication)) == 4
    assert not any("续表" in line for page in body_pages(publication) for line in dump(page))


def test_every_part_of_a_table_is_closed_by_a_thick_rule() -> None:
    publication = laid_out(document(section("annex", "统计附表", table(60)))).value
    for page in body_pages(publication)[:2]:
        widths = [
            i.item.stroke.width
            for i in page.frame.items
            if isinstance(i.item, Shape) and i.item.stroke is not None
        ]
        assert sorted(widths) == [0.5, 1.2, 1.2]


def test_decimal_points_stand_below_each_other_whatever_follows_them() -> None:
    publication = laid_out(document(section("annex", "统计附表", table(9)))).value
    edges = {
        round(item.x + sum(run.advances[:-2]) * run.size / 1000, 2)
        for item, run in runs(body_pages(publication)[0])
        if run.text.endswith(".5")
    }
    assert len(edges) == 1


def test_cells_name_their_headers() -> None:
    publication = laid_out(document(section("annex", "统计附表", table(2)))).value
    cells = [e for e in walk(publication.structure) if e.role in ("TH", "TD")]
    assert [(c.role, c.scope, c.id, c.headers) for c in cells] == [
        ("TH", "Column", "1-1-c0", ()),
        ("TH", "Column", "1-1-c1", ()),
        ("TH", "Row", "1-1-r0-c0", ()),
        ("TD", None, None, ("1-1-c1", "1-1-r0-c0")),
        ("TH", "Row", "1-1-r1-c0", ()),
        ("TD", None, None, ("1-1-c1", "1-1-r1-c0")),
    ]


def test_heading_of_several_rows_is_named_by_all_their_cells() -> None:
    plain = table(2)
    (first, value), (second, other) = plain.rows
    group = replace(first, row_span=2)
    rows = ((group, first, value), (second, other))
    columns = (plain.columns[0], *plain.columns)
    block = replace(plain, columns=columns, rows=rows)
    publication = laid_out(document(section("annex", "统计附表", block))).value
    cells = [e for e in walk(publication.structure) if e.role == "TD"]
    assert [c.headers for c in cells] == [
        ("1-1-c2", "1-1-r0-c0", "1-1-r0-c1"),
        ("1-1-c2", "1-1-r0-c0", "1-1-r1-c1"),
    ]


def test_a_table_wider_than_the_measure_is_reported() -> None:
    wide = table(2)
    heading = wide.columns[1]
    columns = (wide.columns[0], *(heading,) * 40)
    rows = tuple((row[0], *(row[1],) * 40) for row in wide.rows)
    result = laid_out(document(section("annex", "统计附表", replace(wide, columns=columns, rows=rows))))
    assert any("wider than the measure" in d.message for d in result.diagnostics)


@pytest.mark.parametrize(("more", "told"), [(-1.0, False), (1.0, True)])
def test_a_table_is_too_wide_from_the_first_point(more: float, told: bool) -> None:
    """Its words are as wide as the measure, but for a point."""
    text, house = "x" * 60, style()
    width = Typesetter(document(), house, setting(), {}).width(text, house.paragraphs["table"])
    narrow = replace(house, page=replace(house.page, measure=width - more))
    setter = Typesetter(document(), narrow, setting(), {})
    cell = TableCell(words(text))
    fit_columns(setter, replace(table(1), columns=(TableColumn(words("年份")),), rows=((cell,),)))
    assert bool(setter.faults.found) == told


@given(st.lists(st.tuples(st.floats(1, 60), st.floats(0, 200)), min_size=1, max_size=9))
def test_columns_fill_the_measure_and_none_is_narrower_than_its_longest_word(
    wants: list[tuple[float, float]],
) -> None:
    wishes = [Wish(least, least + more) for least, more in wants]
    widths = column_widths(wishes, style().page.measure, 6.0)
    total = sum(widths) + 6.0 * (len(widths) - 1)
    assert all(width >= wish.least - 1e-6 for width, wish in zip(widths, wishes, strict=True))
    least = sum(wish.least for wish in wishes) + 6.0 * (len(wishes) - 1)
    assert abs(total - max(style().page.measure, least)) < 1e-6


def test_a_column_gets_the_share_it_asks_for() -> None:
    assert column_widths([Wish(10, 20, 0.5), Wish(10, 20)], 210.0, 10.0) == (140.0, 60.0)


def test_a_cell_that_covers_rows_runs_on_beside_them() -> None:
    """Its lines make no row higher, and its column no wider than they need."""
    plain_table = table(4)
    group = TableCell(words("中国在共建国家及相关组织的专利申请"), header=True, row_span=4)
    column = TableColumn(words("方向"), width=0.1)
    rows = tuple((group, *row) if n == 0 else row for n, row in enumerate(plain_table.rows))
    wide = replace(plain_table, columns=(column, *plain_table.columns), rows=rows)
    lines = dump(body_pages(laid_out(document(section("annex", "统计附表", wide))).value)[0])
    years = [float(line.split()[0]) for line in lines for n in range(4) if f"{2013 + n}" in line]
    assert [b - a for a, b in pairwise(years)] == [17.5, 17.5, 17.5]


def test_a_chinese_cell_that_covers_rows_is_not_broken_where_there_is_room() -> None:
    plain_table = table(4)
    group = TableCell(words("中国在共建国家"), header=True, row_span=4)
    rows = tuple((group, *row) if n == 0 else row for n, row in enumerate(plain_table.rows))
    columns = (TableColumn(words("方向")), *plain_table.columns)
    page = body_pages(
        laid_out(document(section("annex", "表", replace(plain_table, columns=columns, rows=rows)))).value
    )[0]
    assert "中国在共建国家" in "\n".join(dump(page))


def _rules(block: Table) -> set[float]:
    page = body_pages(laid_out(document(section("annex", "统计附表", block))).value)[0]
    found = [i.item for i in page.frame.items if isinstance(i.item, Shape) and i.item.stroke is not None]
    return {round(shape.path[1][1] - shape.path[0][1], 2) for shape in found}


def test_rules_are_as_wide_as_their_table_and_tables_of_few_columns_are_narrow() -> None:
    few, measure = table(3), style().page.measure
    many = replace(
        few,
        columns=(few.columns[0], *(few.columns[1],) * 8),
        rows=tuple((row[0], *(row[1],) * 8) for row in few.rows),
    )
    assert _rules(few) == {round(NARROW * measure, 2)}
    assert _rules(many) == {measure}


@pytest.mark.parametrize(
    ("caption", "lines"), [("历年申请量", 1), ("历年申请量" * 7, 2), ("历年申请量" * 12, 2)]
)
def test_the_unit_ends_with_the_table_and_stands_clear_of_its_caption(caption: str, lines: int) -> None:
    block = replace(table(3), caption=words(caption))
    page = body_pages(laid_out(document(section("annex", "统计附表", block))).value)[0]
    size = style().paragraphs["caption"].text.size
    unit = next((i.x, i.x + r.width, i.y) for i, r in runs(page) if r.text.startswith("单位"))
    words_ = [(i.x + r.width, i.y) for i, r in runs(page) if r.size == size and "申请" in r.text]
    assert len(words_) == lines
    assert unit[1] <= style().page.inner + NARROW * style().page.measure + 0.1
    assert unit[2] in {y for _, y in words_}
    assert all(right < unit[0] for right, y in words_ if y == unit[2])


def test_the_cells_of_a_column_are_found_beside_cells_that_cover_rows() -> None:
    cells = [TableCell(words(name)) for name in "abcd"]
    group = TableCell(words("g"), row_span=2)
    rows = ((group, cells[0]), (cells[1],), (cells[2], cells[3]))
    assert [plain(cell.content) for cell in cells_of(replace(table(1), rows=rows), 1)] == ["a", "b", "d"]


def test_each_part_of_a_table_has_three_rows_at_least() -> None:
    annex = section("annex", "附录", table(8))
    typesetter = Typesetter(document(annex), style(), setting(), {})
    rows = [row for row in chapter(typesetter, annex, {}).flow.rows if row.foot or row.head]
    assert [number for number, row in enumerate(rows) if row.break_after < FORBIDDEN] == [2, 3, 4]
