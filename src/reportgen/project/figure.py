"""A figure of the report, for use elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reportgen.base.diagnostics import unwrap
from reportgen.base.frame import Element
from reportgen.project.table import Table, show_table

if TYPE_CHECKING:
    from reportgen.base.frame import Drawing
    from reportgen.base.units import Pt
    from reportgen.build.editions import Finished
    from reportgen.build.sources import Sources
    from reportgen.text.faces import FontBook


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in one edition.

    Attributes:
        number: "图1-1", "Figure 1-1"; ``short_number`` is "1-1".
        unit: the label at its right; "" for none.
        alt: the short alternative text; ``description`` the long one.
        data: the table that it is drawn from.
        page: the index of its page, from 0.
        bounds: where its drawing stands on the page: left, top, width and height from the trim's top left corner,
            in points.
        svg: the drawing as SVG; its text stays text in the report's fonts.
    """

    name: str
    edition: str
    number: str
    short_number: str
    caption: str
    unit: str
    alt: str
    description: str
    data: Table
    page: int
    bounds: tuple[Pt, Pt, Pt, Pt]
    svg: str = field(repr=False)
    _lang: str = field(repr=False)
    _drawing: Drawing = field(repr=False)
    _fonts: FontBook = field(repr=False)

    def png(self, width: int = 1600) -> bytes:
        """Return the drawing as a PNG file ``width`` pixels wide, on white."""
        from reportgen.build.exports import rasterize

        return unwrap(rasterize(self._drawing, self._fonts, self._lang, width))

    def _repr_svg_(self) -> str:
        return self.svg


def figures_of_edition(sources: Sources, finished: Finished) -> Mapping[str, Figure]:
    """Return the figures of an edition by name, in order."""
    from reportgen.build.annex_workbook import short_number
    from reportgen.build.exports import figure_svg
    from reportgen.edition.document import plain

    document = finished.document
    tables = {figure.name: figure.table for figure in sources.manuscript.figures()}
    places = _bounds(finished.publication.structure)
    figures: dict[str, Figure] = {}
    for figure in document.figures():
        page, *bounds = next(places)
        drawing = finished.drawings[figure.name]
        figures[figure.name] = Figure(
            figure.name,
            document.edition,
            figure.number,
            short_number(figure),
            plain(figure.caption),
            figure.unit,
            drawing.alt,
            drawing.description,
            show_table(sources.package.tables[tables[figure.name]], sources.package, document.edition),
            page,
            (bounds[0], bounds[1], bounds[2], bounds[3]),
            figure_svg(figure, finished, sources.fonts).decode(),
            document.lang,
            drawing,
            sources.fonts,
        )
    return figures


def _bounds(node: Element) -> Iterator[tuple[int, Pt, Pt, Pt, Pt]]:
    """Yield the places of the figures of a structure tree, in order."""
    if node.role == "Figure" and node.bounds:
        yield node.bounds
    for child in node.children:
        if isinstance(child, Element):
            yield from _bounds(child)
