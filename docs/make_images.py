"""Make the pictures of pages in the documentation: ``.venv/bin/python docs/make_images.py``.

The report is built into ``out/`` first. Pages are found by the words that they hold, so
that the pictures follow the report. Press files are shown through their output profile.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pymupdf
from PIL import Image, ImageDraw, ImageFilter

import reportgen

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs/images"
DPI, GAP, COLORS = 72, 30, 256
TABLE, SHADOW = "#e8eaed", "#9aa0a8"
OPENERS = {"zh": ("第四部分", "第三部分"), "en": ("Part 4", "Part 3")}
FIGURE = {"zh": "图4-3", "en": "Figure 4-3"}


def find(document: pymupdf.Document, words: str) -> int:
    """Return the page of a part's opener or of a figure: the first after the lists that begins a line with the words.

    Raises:
        LookupError: if there is none.
    """
    sought = words.replace(" ", "")
    for number in range(6, document.page_count):
        lines = "".join(document[number].get_text().split(" ")).replace("\u00a0", "").splitlines()
        if any(line.startswith(sought) for line in lines):
            return number
    raise LookupError(f"no page has {words!r}")


def picture(document: pymupdf.Document, number: int, dpi: int = DPI) -> Image.Image:
    """Return a page with all that lies outside its trim."""
    pixels = document[number].get_pixmap(dpi=dpi, colorspace=pymupdf.csRGB)
    return Image.frombytes("RGB", (pixels.width, pixels.height), pixels.samples)


def on_a_table(pictures: list[Image.Image]) -> Image.Image:
    """Return pictures in a row, as sheets that lie on a table and throw a shadow."""
    width = sum(p.width for p in pictures) + GAP * (len(pictures) + 1)
    height = max(p.height for p in pictures) + 2 * GAP
    places = [(GAP * (k + 1) + sum(p.width for p in pictures[:k]), GAP) for k in range(len(pictures))]
    table = Image.new("RGB", (width, height), TABLE)
    shade = ImageDraw.Draw(table)
    for (x, y), sheet in zip(places, pictures, strict=True):
        y += (height - 2 * GAP - sheet.height) // 2
        shade.rectangle((x + 2, y + 5, x + sheet.width + 1, y + sheet.height + 6), fill=SHADOW)
    table = table.filter(ImageFilter.GaussianBlur(6))
    for (x, y), sheet in zip(places, pictures, strict=True):
        table.paste(sheet, (x, y + (height - 2 * GAP - sheet.height) // 2))
    return table


def save(drawn: Image.Image, name: str) -> None:
    """Write a picture small: a palette is enough for print on white."""
    IMAGES.mkdir(exist_ok=True)
    path = IMAGES / name
    drawn.quantize(COLORS, kmeans=2, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"docs/images/{name}  {drawn.width} × {drawn.height}, {path.stat().st_size / 1000:.0f} KB")


def main() -> int:
    """Make every picture of pages in the documentation."""
    built = reportgen.open(ROOT).build()
    for edition, openers in OPENERS.items():
        with pymupdf.open(built.file(edition, "screen")) as document:
            numbers = (0, find(document, openers[0]), find(document, FIGURE[edition]))
            save(on_a_table([picture(document, number) for number in numbers]), f"{edition}.png")
    with pymupdf.open(built.file("zh", "screen")) as screen, pymupdf.open(built.file("zh", "press")) as press:
        number = find(screen, OPENERS["zh"][1])
        save(on_a_table([picture(screen, number), picture(press, number)]), "screen-and-press.png")
    return 0


if __name__ == "__main__":
    sys.exit(main())
