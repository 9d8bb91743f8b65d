"""The structure tree as it is read back: broken, circular and in parts; boxes."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest
from mutants import original
from pikepdf import Array, Dictionary, Name

from reportgen.base.diagnostics import has_errors
from reportgen.pdf.geometry import Box
from reportgen.pdf.profile import SCREEN
from reportgen.pdf.read.aloud import read_aloud
from reportgen.pdf.read.line_audit import audit
from reportgen.pdf.read.objects import entries_of
from reportgen.pdf.read.preflight import preflight
from reportgen.pdf.read.scan import scan


def changed(change: Callable[[pikepdf.Pdf], None]) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(original("screen"))) as pdf:
        change(pdf)
        pdf.save(out, force_version="1.7")
    return out.getvalue()


def broken(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot.K = Array([pikepdf.String("no element")])


def test_a_broken_tree_is_a_finding_and_no_traceback() -> None:
    data = changed(broken)
    messages = [fault.message for fault in preflight(data, SCREEN, "x.pdf").diagnostics]
    assert any("the structure tree is broken" in message for message in messages)
    (fault,) = audit(data, "x.pdf").diagnostics
    assert (fault.rule, str(fault.place)) == ("no-structure", "x.pdf")
    with pytest.raises(pikepdf.PdfError, match="the structure tree is broken"):
        read_aloud(data)


def test_a_tree_that_runs_in_a_circle_is_walked_once() -> None:
    def bend(pdf: pikepdf.Pdf) -> None:
        document = pdf.Root.StructTreeRoot.K[0]
        document.K = Array([*document.K, document])

    tree = scan(changed(bend)).tree
    assert "Document stands twice in the structure tree" in tree.faults
    assert len(tree.elements) == len(scan(original("screen")).tree.elements)


def test_elements_inherit_the_language_and_know_what_they_stand_in() -> None:
    tree = scan(original("screen")).tree
    row = next(element for element in tree.elements if element.role == "TR")
    assert [node.role for node in row.lineage()] == ["TR", "THead", "Table", "Sect", "Part", "Document"]
    assert row.lang == tree.top[0].lang


def test_names_may_stand_in_the_kids_of_a_tree() -> None:
    def part(pdf: pikepdf.Pdf) -> None:
        tree = pdf.Root.Names.Dests
        names = list(tree.Names)
        halves = (names[:4], names[4:])
        tree.Kids = Array([pdf.make_indirect(Dictionary(Names=Array(half))) for half in halves])
        del tree.Names

    data = changed(part)
    assert not has_errors(preflight(data, SCREEN).diagnostics)
    scanned = scan(data)
    tree = scanned.pdf.Root.Names.Dests
    assert Name.Names not in tree
    assert len(list(entries_of(tree, "Names"))) > 2


def test_a_box_holds_what_lies_in_it_and_meets_what_overlaps_it() -> None:
    box = Box.around([(30, 40), (10, 20)])
    assert box == (10, 20, 30, 40)
    assert (box.width, box.height) == (20, 20)
    assert box.holds(box)
    assert not box.holds(box.grown(1))
    assert box.grown(1).holds(box)
    assert box.meets(Box(29, 39, 50, 50))
    assert not box.meets(Box(30, 20, 50, 40)), "to touch is not enough"
