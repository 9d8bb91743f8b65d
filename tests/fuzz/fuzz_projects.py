"""The projects that are mutated: the tutorial's, ``reportgen new``'s, one that uses everything, the shipped one."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

import openpyxl

ROOT = Path(__file__).parents[2]
_BLOCK = re.compile(r"^`([\w./-]+)`:\n\n```\w+\n(.*?)^```", re.DOTALL | re.MULTILINE)
_ENGLISH = re.compile(r"^Add to `data/report.toml`:\n\n```\w+\n(.*?)^```", re.DOTALL | re.MULTILINE)

Files = dict[str, bytes]


@lru_cache(maxsize=1)
def _page() -> str:
    return (ROOT / "docs/tutorial.md").read_text(encoding="utf-8")


def tutorial() -> Files:
    """Return the tutorial's report in one language, with its corrections."""
    return {path: text.encode() for path, text in _BLOCK.findall(_page())}


def tutorial_in_two_languages() -> Files:
    """Return the tutorial's report in Chinese and English, translated as the page says."""
    files = tutorial()
    english = _ENGLISH.search(_page())
    assert english is not None
    files["data/report.toml"] += english[1].encode()
    shown = re.search(r"^```po\n(.*?)^```", _page(), re.DOTALL | re.MULTILINE)
    assert shown is not None
    words = dict(re.findall(r'msgctxt "(.*?)"\nmsgstr "(.*?)"\n', shown[1]))
    files["locales/en/LC_MESSAGES/report.po"] = _catalog(files, words)
    return files


def _catalog(files: Files, words: Mapping[str, str]) -> bytes:
    """Return a catalog of the manuscript's passages with their translations."""
    from reportgen.base.world import World
    from reportgen.manuscript.parse import parse_manuscript
    from reportgen.manuscript.render import render

    entries = ['msgid ""\nmsgstr ""\n"Language: en\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n']
    for passage in parse_manuscript(World.of_files(files)).value.passages():
        source = render(passage.content)
        text = words.get(passage.id, _quoted(source))
        entries.append(f'msgctxt "{passage.id}"\nmsgid "{_quoted(source)}"\nmsgstr "{text}"\n')
    return "\n".join(entries).encode()


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def workbook() -> Files:
    """Return the tutorial's report with its table in a workbook."""
    files = tutorial()
    book = openpyxl.Workbook()
    sheet = book.active
    for line in files.pop("data/loans.csv").decode().splitlines():
        sheet.append([int(cell) if cell.isdigit() else cell for cell in line.split(",")])
    held = io.BytesIO()
    book.save(held)
    files["data/loans.xlsx"] = held.getvalue()
    files["data/datapackage.json"] = files["data/datapackage.json"].replace(b"loans.csv", b"loans.xlsx")
    files.pop("data/corrections.csv", None)
    return files


def everything() -> Files:
    """Return a report with each kind of block, chart, measure and setting, a font and a profile of its own."""
    files = tutorial()
    for path in (ROOT / "tests/fuzz/everything").rglob("*"):
        if path.is_file():
            name = path.relative_to(ROOT / "tests/fuzz/everything").as_posix()
            added = path.read_bytes()
            files[name] = files[name] + added if name in ("data/report.toml", "data/facts.toml") else added
    files["fonts/own.ttf"] = (ROOT / "fonts/SourceSerif4-Italic.ttf").read_bytes()
    files["locales/en/LC_MESSAGES/report.po"] = _catalog(files, {})
    files["press.icc"] = (ROOT / "src/reportgen/pdf/profiles/FOGRA39L_coated.icc").read_bytes()
    return files


def one_figure() -> Files:
    """Return the tutorial's report as a bulletin: a page with a figure."""
    files = tutorial()
    files["data/report.toml"] = b'kind = "bulletin"\n' + files["data/report.toml"]
    return files


def new(kind: str) -> Files:
    """Return the report that ``reportgen new`` makes, in both languages."""
    from reportgen.project.new_project import project_files

    return {path: text.encode() for path, text in project_files("new", kind, ("zh", "en")).items()}


def shipped() -> Files:
    """Return the shipped report."""
    found: Files = {}
    for folder in ("data", "locales"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and path.suffix not in (".py", ".mo", ".pyc"):
                found[path.relative_to(ROOT).as_posix()] = path.read_bytes()
    return found


def energy() -> Files:
    """Return the example: months, quarters, shares, stocks and an index."""
    folder = ROOT / "examples/energy"
    files = sorted(
        path for part in ("data", "locales") for path in (folder / part).rglob("*") if path.is_file()
    )
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


PROJECTS: Mapping[str, Callable[[], Files]] = {
    "one-figure": lru_cache(maxsize=1)(one_figure),
    "tutorial": lru_cache(maxsize=1)(tutorial),
    "two-languages": lru_cache(maxsize=1)(tutorial_in_two_languages),
    "workbook": lru_cache(maxsize=1)(workbook),
    "bulletin": lru_cache(maxsize=1)(lambda: new("bulletin")),
    "chapter": lru_cache(maxsize=1)(lambda: new("chapter")),
    "everything": lru_cache(maxsize=1)(everything),
    "shipped": lru_cache(maxsize=1)(shipped),
    "energy": lru_cache(maxsize=1)(energy),
}
SHARES: Mapping[str, int] = {
    "one-figure": 20, "tutorial": 20, "two-languages": 13, "workbook": 10, "bulletin": 13, "chapter": 10,
    "everything": 13, "energy": 2, "shipped": 1,
}  # fmt: skip
"""How often each is taken: the shipped one takes as long as twenty others."""
