"""Make ``docs/gallery.md``: every figure of the report in both editions, as it stands on screen and on the press.

Run in the project's folder: ``.venv/bin/python docs/make_gallery.py [DPI [FOLDER]]``. The figures are cut from the
pages of the finished PDFs; the press file's inks are shown through its output profile. With a FOLDER only the pictures
are written, there: for looking at the figures larger than the page needs them.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pymupdf
from PIL import Image

from reportgen.app.project import open_project
from reportgen.base.diagnostics import unwrap
from reportgen.base.frame import Element
from reportgen.build.drawings import figures_of
from reportgen.build.editions import Composed, Finished
from reportgen.build.pipeline import Made, make
from reportgen.build.press import press_profile
from reportgen.build.request import Request
from reportgen.build.workbook import short_number
from reportgen.edition.document import Figure, Text
from reportgen.pdf.profile import SCREEN
from reportgen.pdf.write.file import write_pdf

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


def elements(node: Element) -> Iterator[Element]:
    """Yield the figures of a structure tree that have a place on a page, in order."""
    if node.role == "Figure" and node.bounds:
        yield node
    for child in node.children:
        if isinstance(child, Element):
            yield from elements(child)


def files(made: Made, finished: Finished) -> dict[str, bytes]:
    """Return the PDFs of an edition by profile."""
    press = unwrap(press_profile(made.sources.world, made.sources.report))
    publication, fonts = finished.publication, made.sources.fonts
    return {profile.name: unwrap(write_pdf(publication, profile, fonts)) for profile in (SCREEN, press)}


def cut(
    document: pymupdf.Document, bounds: tuple[int, float, float, float, float], dpi: float
) -> Image.Image:
    """Return a figure's picture; bounds count from the trim's top left corner."""
    number, x, y, width, height = bounds
    page = document[number]
    trim = page.trimbox
    left, top = trim.x0 + x - MARGIN, page.rect.height - trim.y1 + y - MARGIN
    area = pymupdf.Rect(left, top, left + width + 2 * MARGIN, top + height + 2 * MARGIN)
    pixels = page.get_pixmap(clip=area, dpi=round(dpi), colorspace=pymupdf.csRGB)
    return Image.frombytes("RGB", (pixels.width, pixels.height), pixels.samples)


def pictures(
    made: Made, finished: Finished, dpi: float
) -> Iterator[tuple[Figure, Element, str, Image.Image]]:
    """Yield every figure of an edition in every profile."""
    figures = list(figures_of(Composed(finished.edition, finished.document)))
    places = list(elements(finished.publication.structure))
    for profile, data in files(made, finished).items():
        with pymupdf.open(stream=data, filetype="pdf") as document:
            for figure, place in zip(figures, places, strict=True):
                assert place.bounds is not None
                yield figure, place, profile, cut(document, place.bounds, dpi)


@dataclass
class Entry:
    """A figure in one edition: its words and the names of its pictures by profile."""

    figure: Figure
    alt: str
    description: str
    images: dict[str, str] = field(default_factory=dict)


def make_entries(made: Made, folder: Path, dpi: float) -> dict[str, dict[str, Entry]]:
    """Write every picture into a folder; return the entries by figure and edition."""
    entries: dict[str, dict[str, Entry]] = {}
    for finished in made.editions:
        for figure, place, profile, picture in pictures(made, finished, dpi):
            drawing = finished.drawings[figure.name]
            editions = entries.setdefault(short_number(figure), {})
            entry = editions.setdefault(
                finished.edition.name, Entry(figure, place.alt or drawing.alt, drawing.description)
            )
            name = f"gallery-{short_number(figure)}.{finished.edition.name}.{profile}.png"
            picture.quantize(COLORS, dither=Image.Dither.NONE).save(folder / name, optimize=True)
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
        cells = (f"![{cell(entry.alt)}](images/{entry.images[profile]})" for profile in PROFILES)
        yield f"| {' | '.join(cells)} |"
    for name, entry in editions.items():
        yield f"\n**Alternative text ({name}).** {entry.alt}\n"
        yield f"<details><summary>Long description ({name})</summary>\n\n{entry.description}\n\n</details>"
    yield ""


def words(figure: Figure) -> str:
    """Return a figure's caption and unit as plain text."""
    caption = "".join(run.text for run in figure.caption if isinstance(run, Text))
    return plain(f"{figure.number} {caption}  {figure.unit}".strip())


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
    world = unwrap(open_project(str(ROOT)))
    made = unwrap(make(world, Request(cache=ROOT / ".cache"), lambda _: contextlib.nullcontext()))
    entries = make_entries(made, folder, dpi)
    if folder == IMAGES:
        (ROOT / "docs/gallery.md").write_text(page(entries), encoding="utf-8")
    print(
        f"{sum(p.stat().st_size for p in folder.glob('gallery-*.png')) / 1e6:.2f} MB of pictures in {folder}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
