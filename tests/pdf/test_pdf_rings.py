"""A finished file whose objects lead back to themselves is told to be faulty, and nothing waits for its end."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable

import pikepdf
import pytest
from mutants import original

from reportgen.pdf.profile import SCREEN
from reportgen.pdf.read.aloud import read_aloud
from reportgen.pdf.read.line_audit import audit
from reportgen.pdf.read.preflight import preflight


def _tree_in_itself(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot.K = pdf.Root.StructTreeRoot


def _element_in_itself(pdf: pikepdf.Pdf) -> None:
    kids = pdf.Root.StructTreeRoot.K
    first = kids[0] if isinstance(kids, pikepdf.Array) else kids
    first.K = pikepdf.Array([first])
    first.P = first


def _parent_tree_in_itself(pdf: pikepdf.Pdf) -> None:
    tree = pdf.Root.StructTreeRoot.ParentTree
    tree.Kids = pikepdf.Array([tree])


def _outline_in_itself(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Outlines.First.Next = pdf.Root.Outlines.First


def _no_pages(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[:]


def _metadata_not_xmp(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Metadata = pdf.make_stream(b"<a><b/></a>")


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (_tree_in_itself, "MCID 0 (P) belongs to no element"),
        (_element_in_itself, "MCID 0 (P) belongs to no element"),
        (_parent_tree_in_itself, "a tree of names or numbers leads back to itself"),
        (_outline_in_itself, "stands twice in the outline"),
        (_no_pages, "the file cannot be read: it has no pages"),
        (_metadata_not_xmp, "the metadata does not say pdfuaid:part"),
    ],
)
def test_a_ring_is_told_and_ended(
    damage: Callable[[pikepdf.Pdf], None], said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(original("screen"))) as pdf:
        damage(pdf)
        pdf.save(out)
    found = preflight(out.getvalue(), SCREEN).diagnostics
    assert any(said in d.message for d in found)
    for read in (audit, read_aloud):
        with contextlib.suppress(pikepdf.PdfError):
            read(out.getvalue())
    assert "Traceback" not in capfd.readouterr().err
