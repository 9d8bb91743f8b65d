"""The gallery of the documentation shows every figure, in both editions, on screen and on the press."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from made_report import composed
from PIL import Image

from reportgen.build.annex_workbook import short_number

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "gallery.md").read_text(encoding="utf-8")
FIGURES = [short_number(figure) for figure in composed()[0].figures()]


@pytest.mark.parametrize("edition", ["zh", "en"])
@pytest.mark.parametrize("number", FIGURES)
def test_screen_and_press_stand_beside_each_other(number: str, edition: str) -> None:
    pictures = [f"images/gallery-{number}.{edition}.{profile}.png" for profile in ("screen", "press")]
    row = next(line for line in PAGE.splitlines() if pictures[0] in line)
    assert re.findall(r"\]\(([^)]+)\)", row) == pictures
    sizes = []
    for path in pictures:
        with Image.open(DOCS / path) as picture:
            sizes.append(picture.size)
    assert sizes[0][0] > 600
    assert max(abs(a - b) for a, b in zip(*sizes, strict=True)) <= 1


def test_every_picture_has_an_alternative_text() -> None:
    shown = re.findall(r"!\[([^\]]*)\]\(images/gallery-", PAGE)
    assert len(shown) == 4 * len(FIGURES)
    assert all(len(text) > 20 for text in shown)


def test_both_alternative_texts_stand_below_the_figure() -> None:
    for edition in ("zh", "en"):
        assert PAGE.count(f"**Alternative text ({edition}).**") == len(FIGURES)
        assert PAGE.count(f"Long description ({edition})") == len(FIGURES)


def test_the_pictures_are_small() -> None:
    assert sum(path.stat().st_size for path in (DOCS / "images").glob("gallery-*.png")) < 2_500_000
