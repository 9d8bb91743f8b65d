"""Make ``docs/gallery.md``: every figure of the report in both editions, as it stands on screen and on the press.

Run in the project's folder: ``.venv/bin/python docs/make_gallery.py [DPI [FOLDER]]``. The figures are cut from the
pages of the finished PDFs; the press file's inks are shown through its output profile. With a FOLDER only the pictures
are written, there: for looking at the figures larger than the page needs them.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pymupdf
from PIL import Image

import reportgen

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs/images"
DPI, COLORS, MARGIN = 150.0, 64, 6.0
PROFILES = ("screen", "press")

HEAD = """\
# Gallery

<!-- made by docs/make_gallery.py -->

The twelve figures of the report in both editions, cut from the finished pages at 150 dpi: on the left as the screen
edition shows them (sRGB), on the right as the press edition is printed (CMYK, seen through its output profile). Below
each pair stand the figure's alternative texts, which are made from the data like the figure itself.
`reportgen figures` writes each figure as SVG and PNG and their data as a workbook: [commands](commands.md).
"""


def cut(document: pymupdf.Document, figure: reportgen.Figure, dpi: float) -> Image.Image:
    """Return a figure's picture as a profile's file shows it; its bounds count from the trim's top left corner."""
    x, y, width, height = figure.bounds
    page = document[figure.page]
    trim = page.trimbox
    left, top = trim.x0 + x - MARGIN, page.rect.height - trim.y1 + y - MARGIN
    area = pymupdf.Rect(left, top, left + width + 2 * MARGIN, top + height + 2 * MARGIN)
    pixels = page.get_pixmap(clip=area, dpi=round(dpi), colorspace=pymupdf.csRGB)
    return Image.frombytes("RGB", (pixels.width, pixels.height), pixels.samples)


@dataclass
class Entry:
    """A figure in one edition, and the names of its pictures by profile."""

    figure: reportgen.Figure
    images: dict[str, str] = field(default_factory=dict)


def make_entries(project: reportgen.Project, folder: Path, dpi: float) -> dict[str, dict[str, Entry]]:
    """Write every picture into a folder; return the entries by figure and edition."""
    entries: dict[str, dict[str, Entry]] = {}
    with tempfile.TemporaryDirectory() as out:
        built = project.build(out=out)
        for edition in project.editions:
            for profile in PROFILES:
                with pymupdf.open(built.file(edition, profile)) as document:
                    for figure in project.figures(edition).values():
                        entry = entries.setdefault(figure.short_number, {}).setdefault(edition, Entry(figure))
                        name = f"gallery-{figure.short_number}.{edition}.{profile}.png"
                        picture = cut(document, figure, dpi).quantize(COLORS, dither=Image.Dither.NONE)
                        picture.save(folder / name, optimize=True)
                        entry.images[profile] = name
    return entries


def page(entries: dict[str, dict[str, Entry]]) -> str:
    """Return the gallery as Markdown."""
    return "\n".join([HEAD, *(line for editions in entries.values() for line in section(editions))])


def section(editions: dict[str, Entry]) -> Iterator[str]:
    """Yield the lines of one figure."""
    yield "## " + " · ".join(plain(entry.figure.number) for entry in editions.values()) + "\n"
    yield from (f"- {words(entry.figure)}" for entry in editions.values())
    yield "\n| screen | press |\n| --- | --- |"
    for entry in editions.values():
        cells = (f"![{cell(entry.figure.alt)}](images/{entry.images[profile]})" for profile in PROFILES)
        yield f"| {' | '.join(cells)} |"
    for name, entry in editions.items():
        yield f"\n**Alternative text ({name}).** {entry.figure.alt}\n"
        yield f"<details><summary>Long description ({name})</summary>\n\n{entry.figure.description}\n\n</details>"
    yield ""


def words(figure: reportgen.Figure) -> str:
    """Return a figure's caption and unit as plain text."""
    return plain(f"{figure.number} {figure.caption}  {figure.unit}".strip())


def plain(text: str) -> str:
    """Return text without no-break spaces."""
    return text.replace("\u00a0", " ")


def cell(text: str) -> str:
    """Return text that can stand for a picture in a cell of a Markdown table."""
    return plain(text).replace("|", "\\|").replace("[", "\\[").replace("]", "\\]")


def main(arguments: list[str]) -> int:
    """Make the page and its pictures, or only the pictures in a folder of one's own."""
    dpi = float(arguments[0]) if arguments else DPI
    folder = Path(arguments[1]) if arguments[1:] else IMAGES
    folder.mkdir(parents=True, exist_ok=True)
    entries = make_entries(reportgen.open(ROOT), folder, dpi)
    if folder == IMAGES:
        (ROOT / "docs/gallery.md").write_text(page(entries), encoding="utf-8")
    print(
        f"{sum(p.stat().st_size for p in folder.glob('gallery-*.png')) / 1e6:.2f} MB of pictures in {folder}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
