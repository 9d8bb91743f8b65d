"""Fuzz the commands that read files from elsewhere: ``preflight`` on damaged PDFs, ``import`` on random sheets.

``python tests/fuzz/fuzz_commands.py --count N --seed S``: of each N are tried. Exit code 1 where there was any fault.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parent))

import openpyxl
from fuzz_files import bytes_edit, put, workbook_edit
from fuzz_projects import PROJECTS
from fuzz_runs import Ran, Verdict, fresh, judge_command, reportgen, run
from fuzz_texts import csv_edit
from fuzz_words import CELLS

from fuzz import Tally, warm

HEADS = (
    "年份",
    "2021年",
    "2022年",
    "2023",
    "合计",
    "其中：",
    "单位：万册",
    "",
    "地区",
    "1季度",
    "Q2",
    "同比增长（%）",
    "注：",
)
LABELS = ("北京", "  上海", "合计", "其中：图书", "注：数字为估计。", "", "一、借阅", "2021", "…")
FORMATS = ("csv", "tsv", "xlsx")


def sheet(random: Random) -> list[list[object]]:
    """Return a sheet as an office might have it, or not: a title, a head, labels, numbers and odd cells."""
    if random.random() < 0.6:
        return _ordered(random)
    width, height = random.randint(0, 8), random.randint(0, 12)
    rows: list[list[object]] = [["表1 借阅"]] if random.random() < 0.5 else []
    rows += [[random.choice(HEADS) for _ in range(width)] for _ in range(random.randint(0, 3))]
    for _ in range(height):
        cells = (
            random.randint(0, 9_999) if random.random() < 0.85 else random.choice(CELLS) for _ in range(width)
        )
        rows.append([random.choice(LABELS), *cells])
    return rows


def _ordered(random: Random) -> list[list[object]]:
    """Return a sheet that can be read, now and then with one odd cell."""
    years = [f"{2015 + n}年" for n in range(random.randint(2, 6))]
    labels = ["北京", "上海", "天津", "重庆"][: random.randint(2, 4)]
    rows: list[list[object]] = [["单位：册"], ["地区", *years]]
    rows += [[label, *(random.randint(1, 9_999) for _ in years)] for label in labels]
    if random.random() < 0.5:
        row = random.choice(rows)
        row[random.randrange(len(row))] = random.choice(CELLS)
    return rows


def sheet_file(random: Random) -> tuple[str, bytes]:
    """Return the name and the bytes of a sheet, half of them damaged."""
    form = random.choice(FORMATS)
    rows = sheet(random)
    if form == "xlsx":
        book = openpyxl.Workbook()
        page = book.active
        for row in rows:
            page.append([cell if isinstance(cell, int) else _clean(str(cell)) for cell in row])
        held = io.BytesIO()
        book.save(held)
        data, edit = held.getvalue(), workbook_edit
    else:
        text = io.StringIO()
        csv.writer(text, delimiter="," if form == "csv" else "\t").writerows(rows)
        encoding = random.choice(("utf-8", "utf-8-sig", "gb18030", "utf-16"))
        data, edit = text.getvalue().encode(encoding, "replace"), csv_edit
    match random.randrange(6):
        case 0 | 1:
            try:
                data = edit(data, random)
            except (ValueError, LookupError, csv.Error):
                data = bytes_edit(data, random)
        case 2:
            data = bytes_edit(data, random)
        case 3 if random.random() < 0.3:
            data = random.randbytes(random.choice((0, 1, 50, 5_000)))
    return f"sheet.{form}", data


def _clean(text: str) -> str:
    """Return a cell that openpyxl takes."""
    return "".join(char for char in text if char >= " " and not "\ud800" <= char <= "\udfff")[:32_000]


def finished(beside: Path, names: tuple[str, ...]) -> Mapping[str, bytes]:
    """Return the finished PDFs of projects, to be damaged."""
    found: dict[str, bytes] = {}
    for name in names:
        folder = fresh(beside / "project")
        put(folder, dict(PROJECTS[name]()))
        if run(reportgen(("build", "--no-cache", "--draft"), folder, as_json=True), beside).code:
            raise SystemExit(f"the project {name} does not build")
        found |= {f"{name}/{p.name}": p.read_bytes() for p in sorted((folder / "out").glob("*.pdf"))}
    return found


def try_preflight(files: Mapping[str, bytes], random: Random, beside: Path) -> tuple[Verdict, Ran]:
    name = random.choice(sorted(files))
    folder = fresh(beside / "damaged")
    data = bytearray(files[name])
    for _ in range(random.choice((1, 1, 3, 30))):
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)
    damaged = bytes(data) if random.random() < 0.9 else bytes_edit(bytes(data), random)
    (folder / "a.pdf").write_bytes(damaged)
    return _tried(("preflight", str(folder / "a.pdf")), beside)


def try_import(random: Random, beside: Path) -> tuple[Verdict, Ran]:
    folder = fresh(beside / "project")
    files = dict(PROJECTS["one-figure"]())
    put(folder, files)
    name, data = sheet_file(random)
    (folder / name).write_bytes(data)
    asked = ("--yes",) if random.random() < 0.8 else ()
    return _tried(("import", str(folder / name), "-C", str(folder), "--as", "more", *asked), beside)


def _tried(command: tuple[str, ...], beside: Path) -> tuple[Verdict, Ran]:
    def work() -> int:
        from reportgen.app.command import main

        return main([*command, "--json"])

    ran = run(work, beside)
    return judge_command(ran), ran


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--keep", type=Path, default=Path(".cache/fuzz"))
    parser.add_argument("--only", choices=("preflight", "import"))
    parser.add_argument("--of", nargs="+", default=["two-languages"], help="projects whose PDFs are damaged")
    options = parser.parse_args()
    faults = 0
    with tempfile.TemporaryDirectory(prefix="fuzz-") as held:
        beside = Path(held)
        warm(beside)
        files = finished(beside, tuple(options.of)) if options.only != "import" else {}
        tries: dict[str, Callable[[Random], tuple[Verdict, Ran]]] = {
            "preflight": lambda random: try_preflight(files, random, beside),
            "import": lambda random: try_import(random, beside),
        }
        for name in (options.only,) if options.only else tuple(tries):
            tally = Tally()
            for number in range(options.count):
                verdict, ran = tries[name](Random(f"{options.seed}/{name}/{number}"))
                if tally.add_run(name, verdict, ran):
                    print(f"{name} {number}: {verdict.kind}: {verdict.detail!a}", flush=True)
                    _keep(options.keep, name, number, options.seed, ran)
            print(name, *tally.lines(), sep="\n", flush=True)
            faults += tally.faults
    return int(faults > 0)


def _keep(folder: Path, name: str, number: int, seed: str, ran: Ran) -> None:
    """Keep what a new kind of fault printed; its seed and number make it again."""
    folder.mkdir(parents=True, exist_ok=True)
    content = {"seed": seed, "number": number, "out": ran.out, "err": ran.err}
    (folder / f"{name}-{number}.json").write_text(json.dumps(content, indent=1))


if __name__ == "__main__":
    sys.exit(main())
