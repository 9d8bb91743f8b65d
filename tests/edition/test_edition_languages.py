"""Languages: adding one means adding its file, and nothing outside the files of languages asks which one it is."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from edition_world import (
    CODE_LISTS,
    REPORT,
    book,
    english_catalog,
    fact,
    package,
    parsed,
    words,
    world,
)

import reportgen.edition.languages as door
from reportgen.edition import document as doc
from reportgen.edition.compose import compose
from reportgen.edition.formats import FORMATS, FormatFault, format_fact
from reportgen.edition.labels import Labels, load_labels
from reportgen.edition.language import Language, UnknownLocale
from reportgen.edition.languages import language, languages
from reportgen.edition.report import load_report
from reportgen.facts.book import FactValue

SOURCE = Path(door.__file__).parents[2]

MADE_UP = '''
"""A language that nobody speaks: it counts in dozens of thousands, and puts the unit first."""

from reportgen.edition.language import Language

WORDS = ("nul", "un", "du", "tri")


class Quenchish(Language):
    name = "qx"
    english_name = "Quenchish"
    usual_locale = "qx"
    item_joint = " + "
    unit_gap = "_"
    scales = ((3, "kilo"),)
    axis_scales = ((3, "k"),)
    myriad_scales = {4: (3, "kilo"), 8: (3, "kilo")}

    @classmethod
    def load(cls, identifier, lang=None, group=None):
        months = tuple(f"moon{n}" for n in range(1, 13))
        joints = ("{0} et {1}", "{0} et {1}", "{0} + {1}")
        return cls(identifier, lang or "qx", ",", "." if group is None else group, months, *joints)

    def percent(self, written):
        return f"%_{written}"

    def points(self, written):
        return f"pp_{written}"

    def more_than(self, written):
        return f">{written}"

    def share_over(self, written):
        return f">{self.percent(written)}"

    def hedge(self, side, tenth):
        return f"{side}-{tenth}"

    def split(self, first, second):
        return f"{first}:{second}"

    def cardinal(self, number):
        return WORDS[number]

    def ordinal(self, number):
        return f"{WORDS[number]}esmo"

    def part_number(self, ordinal):
        return self.cardinal(ordinal)

    def plural(self, count):
        return 2 if count > 4 else 0


LANGUAGE = Quenchish
'''


@pytest.fixture
def made_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Language]:
    """Add a language as anybody would: by its file among the files of languages."""
    (tmp_path / "qx.py").write_text(MADE_UP, encoding="utf-8")
    monkeypatch.setattr(door, "__path__", [*door.__path__, str(tmp_path)])
    yield language("qx")
    language.cache_clear()
    sys.modules.pop(f"{door.__name__}.qx", None)


@pytest.mark.parametrize(
    ("value", "kind", "spec", "expected"),
    [
        (Decimal("1234567"), "number", "int", "1.234.567"),
        (Decimal("-1234.56"), "number", "num.1", "−1.234,6"),
        (Decimal("69999"), "number", "wan.1", "70_kilo"),
        (Decimal("321400000"), "number", "yi.2", "321.000_kilo"),
        (Decimal("285400"), "number", "compact", "285_kilo"),
        (Decimal("1342"), "number", "int.over", ">1.300"),
        (Decimal("0.2125"), "ratio", "pct.1", "%_21,3"),
        (Decimal("0.955"), "ratio", "pct.over", ">%_95"),
        (Decimal("0.787"), "ratio", "hedge", "below-8"),
        (Decimal("0.4"), "ratio", "share", "4:6"),
        (Decimal("0.033"), "points", "pp.1", "pp_3,3"),
        (Decimal(3), "number", "words", "tri"),
        (Decimal(2), "number", "ordinal", "duesmo"),
        ("2013-2023", "text", "years", "2013–2023"),
        ("2024-07", "text", "month", "moon7 2024"),
        ("2024-07-05", "text", "date", "5\u00a0moon7 2024"),
    ],
)
def test_new_language_has_every_format(
    made_up: Language, value: FactValue, kind: str, spec: str, expected: str
) -> None:
    assert format_fact(fact("a", value, kind), spec, made_up) == expected


def test_new_language_has_axes_and_lists(made_up: Language) -> None:
    assert (made_up.tick(15000.0), made_up.tick(500.0)) == ("15_k", "500")
    names = [("a",), ("a", "b"), ("a", "b", "c")]
    assert [made_up.listed(n) for n in names] == ["a", "a et b", "a + b et c"]


def test_new_language_without_english_scales_says_so(made_up: Language) -> None:
    with pytest.raises(FormatFault, match="Quenchish has no scale million"):
        format_fact(fact("a", Decimal(10**6), "number"), "million", made_up)


def test_new_language_chooses_the_plural_form_of_labels(made_up: Language) -> None:
    labels = Labels(made_up.name, {"{count} page": ("{count} leaf", "-", "{count} leaves")})
    assert [labels.plural("{count} page", n) for n in (1, 5)] == ["1 leaf", "5 leaves"]


@pytest.mark.usefixtures("made_up")
def test_new_language_makes_an_edition() -> None:
    """The whole way: the report's file names it, its numbers and figures are written and numbered in it."""
    assert languages() == ("en", "qx", "zh")
    text = 'kind = "report"\n' + REPORT.replace("[editions.en]", "[editions.qx]").replace(
        '"en_GB"', '"qx"'
    ).replace('"en-GB"', '"qx"')
    report = load_report(world(report=text))
    assert report.diagnostics == ()
    labels = replace(
        load_labels("en"), language="qx", texts={**load_labels("en").texts, "Quenchish": ("Quench",)}
    )
    lists = {name: replace(codes, codes=dict(codes.codes)) for name, codes in CODE_LISTS.items()}
    edition = report.value.editions["qx"]
    result = compose(
        report.value, edition, parsed(), replace(package(), code_lists=lists), book(), english_catalog().value,
        labels, language(edition.locale, edition.lang),
    )  # fmt: skip
    assert result.diagnostics == ()
    part = next(section for section in result.value.sections if section.kind == "part")
    figure = next(block for block in part.blocks if isinstance(block, doc.Figure))
    assert (part.number, figure.number) == ("Part\u00a0un", "Figure\u00a01-1")
    assert words(figure.caption) == "Applications, 2022–2023"
    assert part.key_numbers is not None
    assert [n.value + n.unit for n in part.key_numbers.numbers] == ["70.000", "%_78,7"]
    assert result.value.cover.date == "moon7 2024"


@pytest.mark.parametrize("tag", ["fr", "fr_FR", "", "_", "language", "../zh"])
def test_language_that_is_not_there_is_refused(tag: str) -> None:
    with pytest.raises(UnknownLocale, match=r"an edition is in en or zh"):
        language(tag)


def test_every_language_has_every_format_that_another_has() -> None:
    """Every format prints its kinds in each language, but for the scales that only some languages have."""
    scales = {"thousand", "million", "billion"}
    values: dict[str, FactValue] = {
        "number": Decimal(12), "ratio": Decimal("0.787"), "points": Decimal("0.03"), "year": Decimal(2023),
        "code": "out", "codes": ("out", "in"), "text": "2024-07-05", "period": "2024-07-05",
    }  # fmt: skip
    for name, form in FORMATS.items():
        for kind in form.kinds:
            value = ("2013", "2023") if name == "years" else values[kind]
            spec = "num.1" if name == "num" else name
            made = replace(fact("a", value, "codes" if name == "years" else kind), code_list="ways")
            for spoken in map(language, languages()):
                if name in scales and not spoken.english_scales:
                    continue
                if (name, kind) in (("date", "code"), ("month", "code")):
                    made = replace(made, value="2024-07-05")
                assert format_fact(made, spec, spoken, CODE_LISTS)


# The rule of the house ------------------------------------------------------------------------------------------

_NAMED = re.compile(r"(?:zh|en)(?:[_-]\w+)*\Z")
_ASKS = re.compile(r"is_chinese|is_english|\bif chinese\b")


def _texts(source: str) -> Iterator[tuple[int, str]]:
    """Yield the line and value of each text in a module that is not a docstring."""
    module = ast.parse(source)
    plain = {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in plain:
            yield node.lineno, node.value


def test_only_the_files_of_languages_name_a_language() -> None:
    """Code elsewhere asks the language itself, a property of the style, or how a language is written."""
    found = []
    for path in sorted(SOURCE.rglob("*.py")):
        if path.parent == Path(door.__file__).parent:
            continue
        source = path.read_text(encoding="utf-8")
        found += [
            f"{path.relative_to(SOURCE)}:{line}: {text}"
            for line, text in _texts(source)
            if _NAMED.match(text)
        ]
        found += [f"{path.relative_to(SOURCE)}: {asked}" for asked in _ASKS.findall(source)]
    assert found == []


def test_each_language_is_complete() -> None:
    for spoken in map(language, languages()):
        assert spoken.name in languages()
        assert load_labels(spoken.name)(spoken.english_name)
        assert all(power > 0 and word for power, word in (*spoken.scales, *spoken.axis_scales))
        assert list(spoken.scales) == sorted(spoken.scales, reverse=True)
        assert set(spoken.myriad_scales) == {4, 8}
