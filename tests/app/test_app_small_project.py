"""The tutorial's report, taken from docs/tutorial.md as a newcomer types it, and what goes wrong in such reports."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pikepdf
import pytest

from reportgen.app.command import main

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/tutorial.md").read_text(encoding="utf-8")
BLOCK = r":\n\n```\w+\n(.*?)^```"
CORRECTIONS = "data/corrections.csv"
MANUSCRIPT = "data/manuscript/10-loans.md"
CATALOG = "locales/en/LC_MESSAGES/report.po"
ENGLISH = re.search(rf"^Add to `data/report.toml`{BLOCK}", PAGE, re.DOTALL | re.MULTILINE)
FACES = '[faces."Own"]\nfile = "own.ttf"\n'


def files() -> Mapping[str, str]:
    """Return the files that the page shows, by path."""
    return dict(re.findall(rf"^`([\w./-]+)`{BLOCK}", PAGE, re.DOTALL | re.MULTILINE))


def translations() -> Mapping[str, str]:
    """Return the translations that the page shows, by the passage's id."""
    shown = re.search(r"^```po\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
    assert shown is not None
    return dict(re.findall(r'msgctxt "(.*?)"\nmsgstr "(.*?)"\n', shown[1]))


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Return the report as it stands before its second language; the folder's name has spaces and Chinese in it."""
    folder = tmp_path / "a 图书馆 report"
    for path, text in files().items():
        if path != CORRECTIONS:
            write(folder, path, text)
    return folder


def write(folder: Path, path: str, text: str | bytes) -> None:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode() if isinstance(text, str) else text)


def add(folder: Path, path: str, text: str) -> None:
    write(folder, path, (folder / path).read_text(encoding="utf-8") + text)


def replace(folder: Path, path: str, old: str, new: str) -> None:
    text = (folder / path).read_text(encoding="utf-8")
    assert old in text
    write(folder, path, text.replace(old, new))


def add_english(folder: Path) -> None:
    """Do what the page says: name the edition, make the translator's file, translate it."""
    assert ENGLISH is not None
    add(folder, "data/report.toml", ENGLISH[1])
    assert main(["catalog", "update", "-C", str(folder)]) == 0
    for context, words in translations().items():
        text = (folder / CATALOG).read_text(encoding="utf-8")
        message = re.compile(rf'(msgctxt "{re.escape(context)}"\nmsgid (?:".*"\n)+)msgstr ""\n')
        translated, count = message.subn(lambda found, words=words: f'{found[1]}msgstr "{words}"\n', text)
        assert count == 1, context
        write(folder, CATALOG, translated)


def text_of(file: Path) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(file)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def test_the_tutorials_report_is_built_in_one_language(small: Path) -> None:
    assert main(["build", str(small)]) == 0
    assert sorted(file.name for file in (small / "out").iterdir()) == [
        "library-2024.zh.press.pdf",
        "library-2024.zh.screen.pdf",
        "manifest.json",
    ]
    assert "16.1" in text_of(small / "out/library-2024.zh.screen.pdf")


def test_the_tutorials_report_is_built_in_two_languages_and_corrected(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add_english(small)
    assert main(["catalog", "check", "-C", str(small)]) == 0
    assert main(["build", str(small)]) == 0
    assert "160,500" in text_of(small / "out/library-2024.en.screen.pdf")
    write(small, CORRECTIONS, files()[CORRECTIONS])
    assert main(["build", str(small)]) == 0
    assert "160,600" in text_of(small / "out/library-2024.en.screen.pdf")
    capsys.readouterr()
    assert main(["facts", "loans.total", "-C", str(small)]) == 0
    assert "9500 → 9600" in capsys.readouterr().out


def test_what_the_tutorial_says_of_facts_is_what_they_are(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["facts", "-C", str(small)]) == 0
    listed = capsys.readouterr().out
    assert f"$ reportgen facts\n{listed}$" in PAGE


def test_a_report_with_nothing_to_explain_has_no_empty_readers_guide(small: Path) -> None:
    replace(small, "data/datapackage.json", '"obs_status",\n      "path"', '"statuses",\n      "path"')
    replace(small, "data/datapackage.json", '{"code_list": "obs_status"}', '{"code_list": "statuses"}')
    replace(small, MANUSCRIPT, ":unit: item\n", "")
    replace(small, "data/datapackage.json", ', "reportgen": {"unit": "item"}', "")
    replace(small, "data/report.toml", "file_stem", 'kind = "report"\nfile_stem')
    assert main(["build", str(small), "--profile", "screen"]) == 0
    assert "阅读说明" not in text_of(small / "out/library-2024.zh.screen.pdf")


def test_a_unit_that_only_the_data_know_is_something_to_explain(small: Path) -> None:
    replace(small, "data/datapackage.json", '"obs_status",\n      "path"', '"statuses",\n      "path"')
    replace(small, "data/datapackage.json", '{"code_list": "obs_status"}', '{"code_list": "statuses"}')
    replace(small, MANUSCRIPT, ":unit: item\n", "")
    replace(small, "data/report.toml", "file_stem", 'kind = "report"\nfile_stem')
    assert main(["build", str(small), "--profile", "screen"]) == 0
    assert "阅读说明" in text_of(small / "out/library-2024.zh.screen.pdf")


@pytest.mark.parametrize(
    "manuscript",
    [
        "# 借阅情况 {#loans}\n\n很多。\n",
        "# 借阅情况 {#loans}\n",
        "# 执行概要 {#summary kind=summary}\n\n很多。\n",
        "".join(f"# 第{n} {{#p{i}}}\n\n很多。\n\n" for i, n in enumerate("一二三四五六")),
    ],
    ids=["without a figure", "a heading alone", "without a part", "more parts than accents"],
)
def test_a_report_need_not_have_every_kind_of_section(small: Path, manuscript: str) -> None:
    write(small, MANUSCRIPT, manuscript)
    assert main(["build", str(small)]) == 0


def test_english_can_be_the_language_of_the_manuscript(small: Path) -> None:
    english = {
        "zh_Hans_CN": "en_GB", "zh-CN": "en-GB", "editions.zh": "editions.en",
        "市图书馆服务年报": "Annual Report", "市图书馆": "City Library",
    }  # fmt: skip
    for old, new in english.items():
        replace(small, "data/report.toml", old, new)
    write(small, MANUSCRIPT, "# Loans {#loans}\n\nThere were {loans.total:int} loans.\n")
    assert main(["build", str(small)]) == 0
    assert "160,500 loans" in text_of(small / "out/library-2024.en.screen.pdf").replace("\xa0", " ")


PRESS = "\n[press]\n"
STYLE = "\n[style.page]\n"


@pytest.mark.parametrize(
    ("path", "added", "message"),
    [
        ("data/report.toml", STYLE + 'leading = "0pt"\n', "style.page.leading is '0pt', not a length"),
        ("data/report.toml", STYLE + 'trim = ["9000mm", "9000mm"]\n', "style.page.trim.0 is '9000mm', not a length"),
        ("data/report.toml", STYLE + 'trim = ["60mm", "80mm"]\nmeasure = "30mm"\nlines = 5\n', "loans"),
        ("data/report.toml", STYLE + "lines = 3\n", "taller than the page"),
        ("data/report.toml", '\n[style.paragraphs.body]\nsize = "0pt"\n', "body.size is '0pt', not a length"),
        ("data/report.toml", '\n[style.families.sans.han]\nregular = "Own"\n', "the face Own"),
        ("data/report.toml", '\n[style.families.sans]\nfallback = ["Own"]\n', "names the face Own"),
        ("data/report.toml", '\n[style.families.sans]\nfallback = "Own"\n', "sans.fallback is 'Own', not a list"),
        ("data/report.toml", '\n[style.families.sans]\nlatin_scale = "x"\n', "latin_scale is 'x'"),
        ("data/report.toml", PRESS + 'bleed = "-3mm"\n', "press.bleed is '-3mm', not a length"),
        ("data/report.toml", PRESS + 'bleed = "3"\n', "press.bleed is '3', not a length"),
        ("data/report.toml", PRESS + 'output_profile = "data/loans.csv"\n', "is not an ICC profile"),
        ("data/report.toml", PRESS + 'output_profile = "press.icc"\n', "cannot be read"),
        ("data/report.toml", '\n[[cover.series]]\ntable = "loans"\nvalue = "basis"\n', "holds no numbers"),
        ("data/report.toml", '\n[editions.fr]\nlocale = "fr_FR"\n', "no labels for the edition fr"),
        ("data/loans.csv", "2024,book,1e400,A,x\n", "data/loans.csv, row 8, column value: error:"),
        ("data/loans.csv", "2024,book,１２,A,x\n", "write 12"),
        ("data/loans.csv", "2023,book,1,A,x\n", "stands here again"),
        ("data/charts.toml", 'x = "kind"\n', "data/charts.toml"),
        ("data/loans.csv", "200,book,1,A,x\n", "write it with four digits"),
        ("data/lists/kinds.csv", "map,地\u202e图,Maps\n", "the invisible character U+202E"),
    ],
)  # fmt: skip
def test_what_a_file_may_not_say_is_refused(
    path: str, added: str, message: str, small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(small, path, added)
    refused(small, message, capsys)


@pytest.mark.parametrize(
    ("path", "old", "new", "message"),
    [
        ("data/report.toml", "zh_Hans_CN", "zh_Hans_XX", "the locale zh_Hans_XX cannot be used"),
        ("data/report.toml", '"library-2024"\n\n', '"../library"\n\n', "file_stem is '../library'"),
        ("data/datapackage.json", '"loans.csv"', '"../../loans.csv"', "not a path inside the project"),
        ("data/datapackage.json", '"loans.csv"', '"https://example.org/loans.csv"', "not a path inside the project"),
        ("data/datapackage.json", '"loans.csv"', '"loans.parquet"', "data/loans.parquet: error: the file is missing"),
        ("data/datapackage.json", '"loans.csv"', '"lists"', "data/datapackage.json:"),
        ("data/datapackage.json", '"year", "type": "year"', '"year"', 'declare its type as "year"'),
        ("data/datapackage.json", '"reportgen": {"role": "code-list"},', "", "which is no code list"),
        ("data/lists/kinds.csv", "name_zh", "name_zz", "the column name_zz"),
        ("data/loans.csv", "9500,A", ",O", "the value is missing in data/loans.csv, row 7"),
        ("data/loans.csv", "118000", "0", "data/facts.toml:"),
        (MANUSCRIPT, ":table: loans", ":table: loan", "there is no table loan"),
    ],
)  # fmt: skip
def test_what_a_file_should_say_otherwise_is_refused(
    path: str, old: str, new: str, message: str, small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replace(small, path, old, new)
    if message == "data/facts.toml:":
        replace(small, path, "9100", "0")
    refused(small, message, capsys)


@pytest.mark.parametrize(
    ("index", "font", "message"),
    [
        (FACES, None, "fonts/fonts.toml:2:1: error: faces.Own names the file 'own.ttf', which is not there"),
        (FACES, b"not a font", "of faces.Own is no font"),
        (FACES, b"OTTO", "PostScript outlines"),
        (FACES, 40_000, "of faces.Own is not whole"),
        (FACES + 'sha256 = "0"\n', 0, "is not the one that sha256 names"),
        (FACES + "weight = 'bold'\n", 0, "faces.Own.weight is 'bold', not a whole number"),
        (FACES + "famly = 'Own'\n", 0, "did you mean family?"),
        ("faces = 3\n", None, "faces is 3, not a table"),
        ("[faces]\nOwn = 3\n", None, "faces.Own is 3, not a table"),
        ("[faces\n", None, "fonts/fonts.toml:1:7: error: the file is not TOML"),
    ],
)
def test_a_font_of_the_project_that_cannot_be_used_is_refused(
    index: str, font: bytes | int | None, message: str, small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(small, "fonts/fonts.toml", index)
    if font is not None:
        whole = (ROOT / "fonts/SourceSerif4-Bold.ttf").read_bytes()
        write(small, "fonts/own.ttf", font if isinstance(font, bytes) else whole[: font or None])
    refused(small, message, capsys)


def test_a_font_of_the_project_is_asked_for_what_the_others_lack(small: Path) -> None:
    write(small, "fonts/own.ttf", (ROOT / "fonts/SourceSerif4-Bold.ttf").read_bytes())
    write(small, "fonts/fonts.toml", FACES)
    add(small, "data/report.toml", '\n[style.families.sans.latin]\nbold = "Own"\n')
    assert main(["build", str(small), "--profile", "screen"]) == 0
    with pikepdf.open(small / "out/library-2024.zh.screen.pdf") as pdf:
        fonts = {str(o.get("/BaseFont")) for o in pdf.objects if isinstance(o, pikepdf.Dictionary)}
    assert any("Own" in name or "SourceSerif4-Bold" in name for name in fonts)


def test_an_icc_profile_that_was_cut_short_is_refused(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = (ROOT / "src/reportgen/pdf/profiles/FOGRA39L_coated.icc").read_bytes()
    add(small, "data/report.toml", PRESS + 'output_profile = "press.icc"\n')
    write(small, "press.icc", whole[:3000])
    refused(small, "is not whole", capsys)
    write(small, "press.icc", whole)
    assert main(["check", str(small)]) == 0


def test_one_cause_makes_one_fault(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Not: a figure without a chart, a chart without a table, a glyph that no font has."""
    (small / "data/loans.csv").unlink()
    refused(small, "data/loans.csv: error: the file is missing", capsys, count=1)


def test_a_year_that_a_series_passes_over_is_pointed_out(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replace(small, "data/loans.csv", "2022,film,8000,A,annual count\n", "")
    assert main(["check", str(small)]) == 0
    printed = capsys.readouterr().err
    assert "data/loans.csv, row 6, column year: warning: 2021 is followed by 2023 for film" in printed


def test_an_edition_without_a_catalog_says_how_to_make_one(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ENGLISH is not None
    add(small, "data/report.toml", ENGLISH[1])
    refused(
        small, f"{CATALOG}: error: the file is missing\n  hint: run reportgen catalog update", capsys, count=1
    )


def refused(folder: Path, message: str, capsys: pytest.CaptureFixture[str], count: int | None = None) -> None:
    """Check that the project is refused: every error with a place and a hint, one of them saying ``message``."""
    capsys.readouterr()
    assert main(["check", str(folder)]) == 1
    printed = capsys.readouterr().err
    lines = printed.splitlines()
    errors = [i for i, line in enumerate(lines) if " error: " in line or line.startswith("error: ")]
    assert errors
    assert message in printed
    assert "Traceback" not in printed
    for i in errors:
        assert not lines[i].startswith("error: "), lines[i]
        assert lines[i + 1].startswith("  hint: "), lines[i]
    assert count is None or len(errors) == count, printed
