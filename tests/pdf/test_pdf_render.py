"""What finished files look like: the same in two renderers, and the same from press and screen."""

from __future__ import annotations

import numpy as np
import pymupdf
import pypdfium2
import pytest
from mutants import original

RESOLUTION = 72
"""Pixels an inch: a point is a pixel."""

RENDERERS_DIFFER = 0.02
"""The share of full scale by which two renderers may differ on average: they smooth edges differently."""

EDGES_DIFFER = 0.01
"""The share of pixels that may be ink in one file and paper in the other: rounding at edges."""


def _pdfium(data: bytes, page: int) -> np.ndarray:
    with pypdfium2.PdfDocument(data) as document:
        bitmap = document[page].render(scale=RESOLUTION / 72, may_draw_forms=False)
        return bitmap.to_numpy()[:, :, :3][:, :, ::-1].astype(np.int16)


def _mupdf(data: bytes, page: int) -> np.ndarray:
    with pymupdf.open(stream=data, filetype="pdf") as document:
        pixels = document[page].get_pixmap(dpi=RESOLUTION)
        return (
            np.frombuffer(pixels.samples, np.uint8).reshape(pixels.height, pixels.width, 3).astype(np.int16)
        )


def _trimmed(data: bytes, page: int) -> np.ndarray:
    """Return a press page as the screen shows it: without what is cut off."""
    with pypdfium2.PdfDocument(data) as document:
        sheet = document[page]
        left, bottom, right, top = sheet.get_trimbox()
        _, _, width, height = sheet.get_mediabox()
        crop = (left, bottom, width - right, height - top)
        bitmap = sheet.render(scale=RESOLUTION / 72, crop=crop)
        return bitmap.to_numpy()[:, :, :3][:, :, ::-1].astype(np.int16)


def _is_ink(pixels: np.ndarray) -> np.ndarray:
    marked: np.ndarray = pixels.min(axis=2) < 200
    return marked


@pytest.mark.parametrize("page", range(4))
def test_two_renderers_agree_on_a_screen_page(page: int) -> None:
    one, other = _pdfium(original("screen"), page), _mupdf(original("screen"), page)
    height, width = min(one.shape[0], other.shape[0]), min(one.shape[1], other.shape[1])
    difference = np.abs(one[:height, :width] - other[:height, :width]).mean() / 255
    assert difference < RENDERERS_DIFFER
    assert _is_ink(one).any()


@pytest.mark.parametrize("page", range(4))
def test_press_and_screen_put_ink_in_the_same_places(page: int) -> None:
    screen, press = _is_ink(_pdfium(original("screen"), page)), _is_ink(_trimmed(original("press"), page))
    height, width = min(screen.shape[0], press.shape[0]), min(screen.shape[1], press.shape[1])
    assert abs(screen.shape[0] - press.shape[0]) <= 1
    assert (screen[:height, :width] != press[:height, :width]).mean() < EDGES_DIFFER


def test_the_bars_of_the_chart_have_their_colours_on_the_screen() -> None:
    """The chart stands upright, its bars grow upwards: red is drawn above where blue ends."""
    pixels = _pdfium(original("screen"), 2)
    left, top = 60, 270
    blue = pixels[top + int(90 * 1.1), left + int(40 * 1.1)]
    assert tuple(blue) == pytest.approx((18, 59, 112), abs=3)
    above = pixels[top + int(60 * 1.1), left + int(40 * 1.1)]
    assert tuple(above) == (255, 255, 255)
