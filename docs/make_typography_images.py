"""Make the two crops of ``docs/typography.md``: what squeezing changes, and what total fit changes.

    .venv/bin/python docs/make_typography_images.py

Each shows the same paragraph twice, before on the left and after on the right, with the measure's edges as fine lines.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import pypdfium2

from reportgen.base.color import Color
from reportgen.base.diagnostics import unwrap
from reportgen.base.frame import Element, Frame, Metadata, Page, Placed, Publication, Shape
from reportgen.base.house import load_style
from reportgen.base.style import ParagraphStyle
from reportgen.base.world import World
from reportgen.pdf.profile import SCREEN
from reportgen.pdf.write.file import write_pdf
from reportgen.text.faces import load_fonts
from reportgen.text.itemize import TextSpan, itemize
from reportgen.text.paragraph import Line, LineSetter, set_paragraph
from reportgen.text.ragged import Fit
from reportgen.text.setting import text_setting

IMAGES = Path(__file__).parent / "images"
FONTS = unwrap(load_fonts(World()))
STYLES = {lang: unwrap(load_style(lang)) for lang in ("zh-CN", "en-GB")}
MARGIN, GUTTER = 14.0, 26.0

CHINESE = (
    "“一带一路”国家（含港、澳、台）的《专利合作条约》（PCT）申请“量增、面扩”，较上年增长18.1%；其中，"
    "数字通信（“数字丝路”）、半导体等领域，增长最快，企业“走出去”的步伐（见图1-1）不断加快。"
)
ENGLISH = (
    "In the period the number of Chinese companies with patent activity in partner countries rose more than five "
    "times, and so did that of the applications that they filed there; digital communication and the internet came "
    "first, yet semiconductors grew fastest of all fields, at thirty per cent a year on average."
)


def greedy(text: str, lang: str, style: ParagraphStyle, measure: float) -> Sequence[Line]:
    """Return the lines of first fit, justified: how most programs break."""
    setting = text_setting(STYLES[lang], FONTS)
    spans = (TextSpan(text, style.text, lang),)
    items = itemize(spans, style, setting).value
    ends = Fit(items, 0, len(items.boxes), 0.0, 0.0).lines(measure)
    return LineSetter(items, spans, style, measure, setting).lines(ends)


def ours(text: str, lang: str, style: ParagraphStyle, measure: float) -> Sequence[Line]:
    """Return the lines of total fit."""
    spans = (TextSpan(text, style.text, lang),)
    return set_paragraph(spans, style, measure, text_setting(STYLES[lang], FONTS)).value


def page_of(columns: Sequence[Sequence[Line]], measure: float, leading: float) -> Frame:
    """Return the columns side by side between lines that show the measure."""
    rows = max(len(lines) for lines in columns)
    height = rows * leading + 2 * MARGIN
    placed: list[Placed] = []
    for number, lines in enumerate(columns):
        left = MARGIN + number * (measure + GUTTER)
        placed += _edges(left, measure, height)
        for row, line in enumerate(lines, 1):
            base = MARGIN - 4 + row * leading
            placed += [Placed(left + line.x + run.x, base, run.run, artifact="Page") for run in line.runs]
    return Frame(2 * (MARGIN + measure) + GUTTER, height, tuple(placed))


def _edges(left: float, measure: float, height: float) -> Iterable[Placed]:
    red = Color((0.0, 0.6, 0.6, 0.0), (0.9, 0.5, 0.45))
    for x in (left, left + measure):
        yield Placed(0, 0, Shape((("m", x - 0.15, 4), ("l", x + 0.15, 4), ("l", x + 0.15, height - 4),
                                  ("l", x - 0.15, height - 4), ("h",)), fill=red))  # fmt: skip


def save(frame: Frame, name: str) -> None:
    """Write a frame as a picture at glyph scale."""
    meta = Metadata("", "", "", "", (), "zh-CN", "2024-07-01T00:00:00+08:00", "")
    publication = Publication(meta, 0.0, (Page(frame, "", "none", "recto"),), Element("Document"))
    data = write_pdf(publication, SCREEN, FONTS).value
    with pypdfium2.PdfDocument(data) as document:
        picture = document[0].render(scale=2.2).to_pil()
    IMAGES.mkdir(exist_ok=True)
    picture.quantize(64).save(IMAGES / name, optimize=True)
    print(f"docs/images/{name}  {picture.width} × {picture.height}")


def main() -> int:
    """Make both crops."""
    body = replace(STYLES["zh-CN"].paragraphs["body"], first_indent=0.0)
    plain = replace(body, punctuation="plain")
    measure = 21 * body.text.size
    columns = [ours(CHINESE, "zh-CN", style, measure) for style in (plain, body)]
    save(page_of(columns, measure, body.leading), "squeezing.png")
    body = replace(STYLES["en-GB"].paragraphs["body"], first_indent=0.0)
    columns = [way(ENGLISH, "en-GB", body, 232.0) for way in (greedy, ours)]
    save(page_of(columns, 232.0, body.leading), "total-fit.png")
    return 0


if __name__ == "__main__":
    sys.exit(main())
