"""The press files of the report print in process inks alone, and never more of them than the paper takes.

Content is read here with pikepdf only, so that the test shares no fault with the writer or with ``reportgen.pdf``'s own
checks.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import lru_cache

import pikepdf
import pytest
from made_report import made, press_files, printer
from pikepdf import Name

from reportgen.base.frame import Element
from reportgen.pdf.read.coverage import coverage

EDITIONS = ("zh", "en")
PROCESS = {"k": 4, "K": 4, "g": 1, "G": 1}
FORBIDDEN = {"rg", "RG"}
SPACES = {"cs", "CS"}


@lru_cache(maxsize=2)
def paints(edition: str) -> tuple[tuple[int, str, tuple[object, ...]], ...]:
    """Return (page, operator, operands) of everything that sets a colour, in pages and in the forms they draw."""
    found = []
    with pikepdf.open(_file(edition)) as pdf:
        for number, page in enumerate(pdf.pages):
            for stream, resources in streams(page.obj):
                for instruction in pikepdf.parse_content_stream(stream):
                    operator = str(instruction.operator)
                    if operator in PROCESS or operator in FORBIDDEN:
                        found.append((number, operator, tuple(float(v) for v in instruction.operands)))
                    if operator in SPACES:
                        name = instruction.operands[0]
                        found.append((number, operator, (family(resources, name),)))
                    if operator == "INLINE IMAGE":
                        found.append((number, operator, ()))
    return tuple(found)


def _file(edition: str) -> io.BytesIO:
    return io.BytesIO(press_files()[edition])


def streams(owner: pikepdf.Object) -> Iterator[tuple[pikepdf.Object, pikepdf.Object]]:
    """Yield the content of a page or form, and of every form below it, with its resources."""
    resources = owner.get("/Resources", pikepdf.Dictionary())
    yield (pikepdf.Page(owner) if owner.get("/Type") == Name.Page else owner), resources
    for thing in resources.get("/XObject", pikepdf.Dictionary()).values():
        if thing.Subtype == Name.Form:
            yield from streams(thing)


def family(resources: pikepdf.Object, name: pikepdf.Object) -> str:
    """Return a colour space as words: its family and what stands for it on other devices."""
    space = resources.get("/ColorSpace", pikepdf.Dictionary()).get(str(name), name)
    if not isinstance(space, pikepdf.Array):
        return str(space)
    return " ".join(str(part) for part in (space[0], space[2] if space[0] == Name.Separation else space[1]))


def test_every_figure_is_in_the_files() -> None:
    for finished in made().editions:
        assert len(list(figures(finished.publication.structure))) == len(finished.drawings) == 12


def figures(node: Element) -> Iterator[Element]:
    if node.role == "Figure" and node.bounds:
        yield node
    for child in node.children:
        if isinstance(child, Element):
            yield from figures(child)


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_page_or_form_sets_a_colour_of_light(edition: str) -> None:
    assert len(paints(edition)) > 500
    assert not [paint for paint in paints(edition) if paint[1] in FORBIDDEN]


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_colour_space_named_is_an_ink(edition: str) -> None:
    allowed = {"/DeviceCMYK", "/DeviceGray", "/Separation /DeviceCMYK"}
    assert {operands[0] for _, operator, operands in paints(edition) if operator in SPACES} <= allowed


@pytest.mark.parametrize("edition", EDITIONS)
def test_images_shadings_and_groups_are_in_process_inks(edition: str) -> None:
    with pikepdf.open(_file(edition)) as pdf:
        for page in pdf.pages:
            for owner in owners(page.obj):
                group = owner.get("/Group", pikepdf.Dictionary())
                assert group.get("/CS", Name.DeviceCMYK) == Name.DeviceCMYK
                resources = owner.get("/Resources", pikepdf.Dictionary())
                for thing in resources.get("/XObject", pikepdf.Dictionary()).values():
                    if thing.Subtype == Name.Image and not thing.get("/ImageMask", False):
                        assert thing.ColorSpace in (Name.DeviceCMYK, Name.DeviceGray)
                for shading in resources.get("/Shading", pikepdf.Dictionary()).values():
                    assert shading.ColorSpace in (Name.DeviceCMYK, Name.DeviceGray)
    assert not [paint for paint in paints(edition) if paint[1] == "INLINE IMAGE"]


def owners(owner: pikepdf.Object) -> Iterator[pikepdf.Object]:
    yield owner
    for thing in owner.get("/Resources", pikepdf.Dictionary()).get("/XObject", pikepdf.Dictionary()).values():
        if thing.Subtype == Name.Form:
            yield from owners(thing)


def test_the_limit_is_within_what_the_output_condition_takes() -> None:
    assert printer().condition.identifier == "FOGRA39"
    assert printer().options.ink_limit <= 3.17


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_paint_takes_more_ink_than_the_limit(edition: str) -> None:
    totals = [sum(operands) for _, operator, operands in paints(edition) if operator in ("k", "K")]  # type: ignore[arg-type]
    assert max(totals) <= printer().options.ink_limit
    assert all(
        0 <= v <= 1 for _, operator, operands in paints(edition) if operator in PROCESS for v in operands
    )  # type: ignore[operator]


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_place_takes_more_ink_than_the_limit_with_what_overprints_it(edition: str) -> None:
    measured = coverage(press_files()[edition], printer())
    assert measured.ok
    assert max(page.greatest for page in measured.value) <= printer().options.ink_limit
    assert not any(page.over_limit for page in measured.value)
    places = {figure.bounds[0] for f in made().editions if f.document.edition == edition
              for figure in figures(f.publication.structure) if figure.bounds}  # fmt: skip
    assert all(sum(measured.value[place].shares.values()) > 0 for place in places)
