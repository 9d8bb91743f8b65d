"""Coverage: how much of each ink a press page takes, by area, and where it takes too much.

A page is laid down again, mark by mark, on one plane an ink at a low resolution: paint knocks out what is below it
or adds to it where it overprints. Text is counted as an even tint of its box. Shares are of the trimmed area; they
are what a printer estimates ink and drying from, while :mod:`press_ink` judges single places exactly.
"""

from __future__ import annotations

import io
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

import numpy as np
import pikepdf
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageDraw

from reportgen.base.diagnostics import Faults, Result
from reportgen.base.units import Pt
from reportgen.pdf.geometry import Box
from reportgen.pdf.profile import Profile
from reportgen.pdf.read.painted import Ink, Mark, ScannedPage
from reportgen.pdf.read.scan import scan_or_fault

Plane: TypeAlias = NDArray[np.float32]

PROCESS = ("Cyan", "Magenta", "Yellow", "Black")
RESOLUTION = 36
"""Cells an inch."""

TEXT_DENSITY = 0.25
"""The share of a text's box that its strokes fill, about that of Chinese text of regular weight."""


@dataclass(frozen=True, slots=True)
class PageCoverage:
    """A page's inks.

    Attributes:
        shares: the mean strength of each ink over the trimmed area, 0 to 1.
        greatest: the greatest total of inks in one cell, 1 = one full ink.
        over_limit: the share of the area that takes more than the limit.
        hot_spots: the page as PNG where there is such an area: its inks in pale grey, the area in red.
    """

    index: int
    label: str
    shares: Mapping[str, float]
    greatest: float
    over_limit: float
    hot_spots: bytes = field(repr=False)

    def __str__(self) -> str:
        inks = ", ".join(f"{name} {share:.1%}" for name, share in self.shares.items())
        over = f", {self.over_limit:.1%} of the area over the limit" if self.over_limit else ""
        return f"page {self.index + 1} ({self.label}): {inks}; at most {self.greatest:.0%}{over}"


def coverage(data: bytes, profile: Profile, name: str = "report.pdf") -> Result[tuple[PageCoverage, ...]]:
    """Measure every page of a press file of that name."""
    faults = Faults()
    scanned = scan_or_fault(data, name, faults)
    pages = scanned.pages if scanned else ()
    return faults.result(tuple(_measure(page, _planes(page), profile.options.ink_limit) for page in pages))


def _measure(page: ScannedPage, planes: dict[str, Plane], limit: float) -> PageCoverage:
    total: Plane = np.sum(list(planes.values()), axis=0, dtype=np.float32)
    over: NDArray[np.bool_] = total > limit + 0.01
    shares = {name: float(plane.mean()) for name, plane in planes.items()}
    picture = _picture(total, over) if over.any() else b""
    return PageCoverage(page.index, page.label, shares, float(total.max()), float(over.mean()), picture)


def _picture(total: Plane, over: NDArray[np.bool_]) -> bytes:
    grey = (255 - np.clip(total, 0, 4) * 32).astype(np.uint8)
    pixels = np.stack([grey, grey, grey], axis=2)
    pixels[over] = (200, 30, 20)
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG", optimize=False)
    return out.getvalue()


def _planes(page: ScannedPage) -> dict[str, Plane]:
    """Return the strength of each ink in the cells of the trimmed page, from the top."""
    grid = _Grid(page.trim)
    planes: dict[str, Plane] = {name: np.zeros(grid.shape, np.float32) for name in PROCESS}
    for mark in page.marks:
        if mark.ink.space == "All":
            continue
        window = grid.window(mark)
        if window.empty:
            continue
        if mark.kind == "image":
            _lay_picture(planes, mark, window)
        else:
            _lay(planes, mark, window.mask(mark), window)
    return planes


class _Grid:
    """The cells of a trimmed page."""

    def __init__(self, trim: Box) -> None:
        self.trim = trim
        self.scale = RESOLUTION / 72
        self.shape = (
            max(1, round(trim.height * self.scale)),
            max(1, round(trim.width * self.scale)),
        )

    def window(self, mark: Mark) -> _Window:
        """Return the cells that a mark may touch."""
        box = mark.box.grown(mark.size / 2 if mark.kind == "stroke" else 0.0)
        (x0, y0), (x1, y1) = self.cell(box.left, box.top), self.cell(box.right, box.bottom)
        rows, columns = self.shape
        left, top = max(0, math.floor(x0)), max(0, math.floor(y0))
        return _Window(self, left, top, min(columns, math.ceil(x1)), min(rows, math.ceil(y1)))

    def cell(self, x: Pt, y: Pt) -> tuple[float, float]:
        """Return the place of a point in cells from the top left."""
        return (x - self.trim.left) * self.scale, (self.trim.top - y) * self.scale


class _Window(NamedTuple):
    """A rectangle of cells: columns ``left`` to ``right``, rows ``top`` to ``bottom``."""

    grid: _Grid
    left: int
    top: int
    right: int
    bottom: int

    @property
    def empty(self) -> bool:
        return self.left >= self.right or self.top >= self.bottom

    @property
    def cells(self) -> tuple[slice, slice]:
        return slice(self.top, self.bottom), slice(self.left, self.right)

    def mask(self, mark: Mark) -> Plane:
        """Return how much of each cell a mark covers."""
        size = (self.right - self.left, self.bottom - self.top)
        if mark.kind == "text":
            return np.full((size[1], size[0]), TEXT_DENSITY, np.float32)
        if mark.kind == "stroke":
            wide = mark.size * self.grid.scale
            return np.asarray(self._lines(mark, size, max(1, round(wide))), np.float32) * min(1.0, wide)
        return np.asarray(self._areas(mark, size), np.float32)

    def _lines(self, mark: Mark, size: tuple[int, int], width: int) -> Image.Image:
        mask = Image.new("1", size)
        for path in mark.outline:
            ImageDraw.Draw(mask).line(self._points(path), fill=1, width=width)
        return mask

    def _areas(self, mark: Mark, size: tuple[int, int]) -> Image.Image:
        """Return the inside; what two subpaths both hold is a hole, as in the even-odd rule."""
        mask = Image.new("1", size)
        for path in mark.outline:
            if len(path) > 2:
                part = Image.new("1", size)
                ImageDraw.Draw(part).polygon(self._points(path), fill=1)
                mask = ImageChops.logical_xor(mask, part)
        return mask

    def _points(self, path: tuple[tuple[Pt, Pt], ...]) -> list[tuple[float, float]]:
        places = [self.grid.cell(x, y) for x, y in path]
        # Pillow counts from the middle of a cell
        return [(x - self.left - 0.5, y - self.top - 0.5) for x, y in places]


def _lay(planes: dict[str, Plane], mark: Mark, mask: Plane, window: _Window) -> None:
    """Lay a mark's ink down: over what is there, or beside it where it overprints."""
    mask = mask * mark.alpha
    inks = strengths(mark.ink)
    for name in inks:
        if name not in planes:
            planes[name] = np.zeros(window.grid.shape, np.float32)
    for name, plane in planes.items():
        strength = inks.get(name, 0.0)
        if mark.overprint and not strength:
            continue
        part = plane[window.cells]
        part += mask * (strength - (0 if mark.overprint else part))
        np.clip(part, 0, 1, out=part)


def strengths(ink: Ink) -> dict[str, float]:
    """Return a paint's strength on each plate."""
    if ink.space == "DeviceCMYK":
        return dict(zip(PROCESS, ink.values, strict=True))
    if ink.space == "DeviceGray":
        return {"Black": 1 - ink.values[0]}
    return {ink.space: ink.values[0]} if len(ink.values) == 1 else {}


def _lay_picture(planes: dict[str, Plane], mark: Mark, window: _Window) -> None:
    image = mark.picture
    if image is None or image.get("/ColorSpace") != pikepdf.Name.DeviceCMYK:
        return
    pixels = Image.frombytes("CMYK", (int(image.Width), int(image.Height)), image.read_bytes())
    size = (window.right - window.left, window.bottom - window.top)
    laid = np.asarray(pixels.resize(size, Image.Resampling.BOX), np.float32) / 255
    for i, name in enumerate(PROCESS):
        planes[name][window.cells] = laid[:, :, i]
