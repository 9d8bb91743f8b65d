"""Set the same paragraphs with this product, ReportLab, Typst and WeasyPrint, and count what CLREQ forbids.

    python tests/comparison/compare_breaks.py [--weasyprint PYTHON]

All are given the same two faces, size, measures and first-line indent, and justify; ReportLab is told the Western face
by markup and wraps with ``wordWrap="CJK"``. What is counted is read from the positions of characters: those of our
lines, and those of the PDF that each other makes. WeasyPrint is not among the locked dependencies: give the
interpreter of an environment that has it. Prints the table of ``docs/typography.md``.
"""

from __future__ import annotations

import argparse
import html
import io
import random
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeAlias

ROOT = Path(__file__).parents[2]
SIZE = 10.5
LEADING = 17.5
MARGIN = 40.0
MEASURES = [SIZE * ems for ems in range(24, 48, 2)]
PARAGRAPHS = 60
SEED = 2024

NO_START = set("，、；：。．！？”’）〕］｝〉》」』】〗·～–／")
NO_END = set("“‘（〔［｛〈《「『【〖／")
NUMBER = re.compile(
    r"[−+]?\d[\d,.]*(?:[-–]\d[\d,.]*)*%?(?:[余多]?[万亿]?(?:个百分点|个国家|件|年|家|个|项)?)?|[图表]\d+-\d+"
)
WESTERN = re.compile("[A-Za-z0-9,.%-]+(?: [A-Za-z0-9,.%-]+)*")

_HAN = "中国企业在共建国家专利申请授权数字通信技术领域增长保持较高水平规模持续扩大布局延伸参与主体绿色开放创新合作"
_WORDS = ("PCT", "digital communication", "Huawei", "WIPO", "semiconductors", "5G")


def paragraph(random_: random.Random) -> str:
    parts = []
    for _ in range(random_.randint(6, 16)):
        parts.append("".join(random_.choices(_HAN, k=random_.randint(4, 14))))
        parts.append(_interlude(random_))
        parts.append(random_.choice("，，，，、；：。。"))
    return "".join(parts[:-1]) + "。"


def _interlude(random_: random.Random) -> str:
    """Return what stands between a phrase and its stop: often nothing, else a number, a word, a quotation…"""
    han = "".join(random_.choices(_HAN, k=random_.randint(2, 5)))
    kind = random_.randrange(12)
    choices = {
        0: f"{random_.randint(100, 99_999):,}件",
        1: f"{random_.random() * 100:.1f}%",
        2: f"2013-{random_.randint(2014, 2023)}年{han}",
        3: random_.choice(_WORDS),
        4: f"“{han}”",
        5: f"（见图{random_.randint(1, 4)}-{random_.randint(1, 6)}）",
        6: f"——{han}",
        7: f"《{han}·{han}》",
        8: f"（{random_.choice(_WORDS)}）{han}",
    }
    return choices.get(kind, "")


@dataclass
class Tally:
    """What was counted over all measures."""

    lines: int = 0
    starts: int = 0
    ends: int = 0
    numbers: int = 0
    beyond: int = 0
    unfilled: int = 0
    extra: list[float] = field(default_factory=list)
    worst: list[float] = field(default_factory=list)

    def row(self, name: str) -> str:
        counts = self.lines, self.starts, self.ends, self.numbers, self.beyond, self.unfilled
        worst = statistics.quantiles(self.worst, n=100)[98]
        figures = [*(f"{n:,}" for n in counts), f"{statistics.pstdev(self.extra):.3f}", f"{worst:.2f}"]
        return f"| {name} | {' | '.join(figures)} |"


Char = tuple[str, float, float]
"""A character with its pen position and the right edge of its glyph."""
Lines: TypeAlias = list[list[Char]]
Engine: TypeAlias = Callable[[list[str], float], Lines]


def lines_of(data: bytes) -> Lines:
    """Return the characters of each line of a PDF, by their positions."""
    import pymupdf

    rows: dict[tuple[int, int], list[Char]] = {}
    with pymupdf.open(stream=data) as document:
        for number, page in enumerate(document):
            for block in page.get_text("rawdict", flags=pymupdf.TEXT_PRESERVE_WHITESPACE)["blocks"]:
                for char in (c for line in block["lines"] for span in line["spans"] for c in span["chars"]):
                    key = number, round(char["origin"][1] / LEADING * 2)
                    rows.setdefault(key, []).append((char["c"], char["origin"][0], char["bbox"][2]))
    return [rows[key] for key in sorted(rows)]


def count(texts: list[str], found: Lines, measure: float, tally: Tally) -> None:
    """Add up one document's faults; its lines must hold the texts' characters in order."""
    rest = [re.sub(r"\s", "", text) for text in texts]
    current, cuts = 0, set()
    at = 0
    lines = [[c for c in line if not c[0].isspace() and c[0] != "\u00ad"] for line in found]
    for line in filter(None, lines):
        words = "".join(c[0] for c in line)
        expected = rest[current][at : at + len(words)]
        if words != expected:
            raise SystemExit(f"the PDF reads {words!r}, not {expected!r}")
        tally.lines += 1
        tally.starts += at > 0 and words[0] in NO_START
        at += len(words)
        last = at == len(rest[current])
        tally.ends += not last and words[-1] in NO_END
        ink = line[-1][1] + (SIZE / 2 if words[-1] in NO_START else line[-1][2] - line[-1][1])
        # A two-em dash is one glyph for two characters, whose shares of it a reader of the PDF guesses.
        tally.beyond += words[-1] != "—" and ink > MARGIN + measure + 1.0
        if not last:
            cuts.add(at)
            tally.unfilled += ink < MARGIN + measure - 1.0
            _measure(line, tally)
        else:
            numbers = NUMBER.finditer(rest[current])
            tally.numbers += sum(bool(cuts & set(range(m.start() + 1, m.end()))) for m in numbers)
            current, at, cuts = current + 1, 0, set()
    if current != len(rest):
        raise SystemExit("the PDF ends too early")


def _measure(line: list[Char], tally: Tally) -> None:
    gaps = [
        (b[1] - a[1]) / SIZE - 1 for a, b in pairwise(line) if "一" <= a[0] <= "鿿" and "一" <= b[0] <= "鿿"
    ]
    tally.extra += gaps
    if gaps:
        tally.worst.append(max(gaps))


# ---- the four ---------------------------------------------------------------------------------------------------


def ours(texts: list[str], measure: float) -> Lines:
    """Set with this product."""
    from reportgen.base.style import CharStyle, Faces, Family, ParagraphStyle
    from reportgen.base.world import World
    from reportgen.text.faces import load_fonts
    from reportgen.text.itemize import TextSetting, TextSpan
    from reportgen.text.paragraph import set_paragraph

    family = Family(Faces("NotoSerifSC-Regular"), Faces("SourceSerif4-Regular"))
    setting = TextSetting(load_fonts(World()).value, {"serif": family}, "han")
    look = CharStyle("serif", SIZE)
    style = ParagraphStyle("body", look, LEADING, first_indent=2 * SIZE)
    spans = [(TextSpan(text, look, "zh-CN"),) for text in texts]
    return [
        [char for part in line.runs for char in _chars(part.run, MARGIN + line.x + part.x)]
        for made in spans
        for line in set_paragraph(made, style, measure, setting).value
    ]


def _chars(run: Any, x: float) -> Iterator[Char]:
    """Yield a run's characters; those of one glyph share its width."""
    for text, advance in zip(run.texts, run.advances, strict=True):
        step = advance * run.size / 1000 / max(1, len(text))
        for char in text:
            yield char, x, x + step
            x += step


def reportlab(texts: list[str], measure: float) -> Lines:
    from reportlab.lib.enums import TA_JUSTIFY
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import Paragraph

    for name, file in (("Han", "NotoSerifSC-Regular"), ("Western", "SourceSerif4-Regular")):
        pdfmetrics.registerFont(TTFont(name, str(ROOT / "fonts" / f"{file}.ttf")))
    style = ParagraphStyle(
        "body", fontName="Han", fontSize=SIZE, leading=LEADING, wordWrap="CJK", alignment=TA_JUSTIFY,
        firstLineIndent=2 * SIZE,
    )  # fmt: skip
    marked = [WESTERN.sub(r'<font face="Western">\g<0></font>', html.escape(text)) for text in texts]
    flow = [Paragraph(text, style) for text in marked]
    heights = [p.wrap(measure, 1e6)[1] for p in flow]
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(measure + 2 * MARGIN, sum(heights) + 2 * MARGIN))
    y = sum(heights) + MARGIN
    for p, height in zip(flow, heights, strict=True):
        y -= height
        p.drawOn(canvas, MARGIN, y)
    canvas.save()
    return lines_of(target.getvalue())


def typst(texts: list[str], measure: float) -> Lines:
    import typst as engine

    between = LEADING - 13
    source = f"""
#set page(width: {measure + 2 * MARGIN}pt, height: auto, margin: {MARGIN}pt)
#set text(font: ("Source Serif 4", "Noto Serif SC"), size: {SIZE}pt, lang: "zh", region: "cn")
#set text(top-edge: 13pt, bottom-edge: 0pt)
#show regex("[“”‘’—…·]"): set text(font: "Noto Serif SC")
#set par(justify: true, leading: {between}pt, spacing: {between}pt, first-line-indent: (amount: 2em, all: true))
"""
    source += "\n\n".join(re.sub(r"([#$*_@<>\\\[\]~`])", r"\\\1", text) for text in texts)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "text.typ"
        path.write_text(source, encoding="utf-8")
        return lines_of(engine.compile(str(path), font_paths=[str(ROOT / "fonts")], ignore_system_fonts=True))


def weasyprint(python: str) -> Engine:
    def run(texts: list[str], measure: float) -> Lines:
        faces = "".join(
            f"@font-face {{ font-family: {name}; src: url(file://{ROOT}/fonts/{file}.ttf); }}"
            for name, file in (("Han", "NotoSerifSC-Regular"), ("Western", "SourceSerif4-Regular"))
        )
        style = (
            f"{faces} @page {{ size: {measure + 2 * MARGIN}pt 14000pt; margin: {MARGIN}pt }} body {{ margin: 0 }}"
            f"p {{ font: {SIZE}pt/{LEADING}pt Han; text-align: justify; text-indent: 2em; margin: 0;"
            " line-break: strict } span { font-family: Western }"
        )
        marked = [WESTERN.sub(r"<span>\g<0></span>", html.escape(text)) for text in texts]
        body = "".join(f"<p>{text}</p>" for text in marked)
        page = f'<html lang="zh-CN"><style>{style}</style><body>{body}</body></html>'
        code = (
            "import sys; from weasyprint import HTML; "
            "sys.stdout.buffer.write(HTML(string=sys.stdin.read()).write_pdf())"
        )
        made = subprocess.run([python, "-c", code], input=page.encode(), capture_output=True, check=True)
        return lines_of(made.stdout)

    return run


def engines(python: str | None) -> Iterator[tuple[str, Engine]]:
    yield "reportgen", ours
    yield 'ReportLab `wordWrap="CJK"`', reportlab
    yield "Typst", typst
    if python:
        yield "WeasyPrint", weasyprint(python)


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--weasyprint", metavar="PYTHON")
    given = parser.parse_args(arguments)
    random_ = random.Random(SEED)
    texts = [paragraph(random_) for _ in range(PARAGRAPHS)]
    print(f"{sum(map(len, texts)):,} characters in {PARAGRAPHS} paragraphs at {len(MEASURES)} measures\n")
    titles = (
        "lines",
        "forbidden starts",
        "forbidden ends",
        "split numbers",
        "beyond the measure",
        "not filled",
        "spread",
        "worst",
    )
    print(f"| set by | {' | '.join(titles)} |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name, engine in engines(given.weasyprint):
        tally = Tally()
        for measure in MEASURES:
            count(texts, engine(texts, measure), measure, tally)
        print(tally.row(name))


if __name__ == "__main__":
    main(sys.argv[1:])
