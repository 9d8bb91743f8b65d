"""Make the pictures of pages in the documentation from the files in ``out/``.

Run after ``make report``: ``.venv/bin/python docs/make_images.py``. Pages are found by the words that they hold, so
that the pictures follow the report.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from PIL import Image

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs/images"
STEM = "patent-insights-2013-2023"
GAP, PAPER = 16, "#8a8f96"


def pages(edition: str, numbers: list[int], profile: str = "screen", dpi: float = 60) -> list[Image.Image]:
    """Return pages of a finished file as pictures; numbers count from 0."""
    with pypdfium2.PdfDocument(ROOT / f"out/{STEM}.{edition}.{profile}.pdf") as document:
        return [document[k].render(scale=dpi / 72).to_pil() for k in numbers]


def find(edition: str, *words: str) -> Iterator[int]:
    """Yield, for each of the words, the first page whose text holds it."""
    with pypdfium2.PdfDocument(ROOT / f"out/{STEM}.{edition}.screen.pdf") as document:
        texts = [page.get_textpage().get_text_bounded() for page in document]
    for word in words:
        yield next(k for k, text in enumerate(texts) if word in text and k > 5)


def side_by_side(pictures: list[Image.Image]) -> Image.Image:
    """Return pictures in a row on a grey table."""
    width = sum(p.width for p in pictures) + GAP * (len(pictures) + 1)
    height = max(p.height for p in pictures) + 2 * GAP
    sheet = Image.new("RGB", (width, height), PAPER)
    x = GAP
    for picture in pictures:
        sheet.paste(picture, (x, GAP))
        x += picture.width + GAP
    return sheet


def save(picture: Image.Image, name: str) -> None:
    """Write a picture small: a palette is enough for print on white."""
    IMAGES.mkdir(exist_ok=True)
    picture.quantize(128).save(IMAGES / name, optimize=True)
    print(f"docs/images/{name}  {picture.width} × {picture.height}")


def main() -> int:
    """Make every picture of the documentation."""
    for edition, opener, figure in (("zh", "第一部分", "图1-1"), ("en", "Part 1", "Figure 1-1")):
        first, second = find(edition, opener, figure)
        save(side_by_side(pages(edition, [0, first, max(second, first + 1)])), f"{edition}.png")
    (summary,) = (k for k in find("zh", "一是"))
    save(side_by_side([*pages("zh", [summary]), *pages("zh", [summary], "press")]), "screen-and-press.png")
    return 0


if __name__ == "__main__":
    sys.exit(main())
