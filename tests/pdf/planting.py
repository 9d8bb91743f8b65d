"""How faults are planted in finished files: a registry, and tools that change one thing."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name

Plant = Callable[[pikepdf.Pdf], None]


@dataclass(frozen=True)
class Mutant:
    """A fault to plant in the sample's file of a profile."""

    profile: str
    name: str
    plant: Plant


MUTANTS: list[Mutant] = []


def fault(profile: str, name: str) -> Callable[[Plant], Plant]:
    """Register a planted fault."""

    def register(plant: Plant) -> Plant:
        MUTANTS.append(Mutant(profile, name, plant))
        return plant

    return register


def elements(pdf: pikepdf.Pdf, role: str) -> list[pikepdf.Object]:
    """Return the elements of a role in reading order."""
    found: list[pikepdf.Object] = []
    todo = [pdf.Root.StructTreeRoot.K[0]]
    while todo:
        node = todo.pop()
        if not isinstance(node, Dictionary) or "/S" not in node:
            continue
        if Name("/" + role) == node.S:
            found.append(node)
        kids = node.get("/K", Array())
        todo += reversed(list(kids) if isinstance(kids, Array) else [kids])
    return found


def edit(pdf: pikepdf.Pdf, page: int, pattern: str, replacement: str, count: int = 1) -> None:
    """Change a page's content stream; the pattern must be there."""
    sheet = pdf.pages[page].obj
    data = sheet.Contents.read_bytes().decode("latin-1")
    changed, times = re.subn(pattern, replacement, data, count=count, flags=re.DOTALL)
    assert times, pattern
    sheet.Contents = pdf.make_stream(changed.encode("latin-1"))


def add(pdf: pikepdf.Pdf, page: int, operators: str) -> None:
    """Append operators to a page."""
    sheet = pdf.pages[page].obj
    sheet.Contents = pdf.make_stream(sheet.Contents.read_bytes() + b"\n" + operators.encode())


def change_xmp(pdf: pikepdf.Pdf, old: str, new: str) -> None:
    """Change the metadata packet; the old text must be there."""
    data = pdf.Root.Metadata.read_bytes().decode()
    assert old in data
    pdf.Root.Metadata.write(data.replace(old, new).encode())


def font(pdf: pikepdf.Pdf, page: int = 2, which: int = 0) -> pikepdf.Object:
    """Return a font of a page."""
    fonts_there = pdf.pages[page].Resources.Font
    return fonts_there[sorted(fonts_there.keys())[which]]


def parents(pdf: pikepdf.Pdf, page: int) -> pikepdf.Object:
    """Return a page's entry in the parent tree."""
    return pdf.Root.StructTreeRoot.ParentTree.Nums[2 * page + 1]
