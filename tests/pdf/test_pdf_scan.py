"""What is read of a content stream: every form that the standard allows, and silence on nothing."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutants import original
from pikepdf import Array, Dictionary, Name

from reportgen.pdf.profile import press
from reportgen.pdf.read.operator_table import OPERATORS
from reportgen.pdf.read.painted import Mark, Scan
from reportgen.pdf.read.preflight import preflight
from reportgen.pdf.read.scan import scan
from reportgen.pdf.read.tokens import tokens_of
from reportgen.pdf.read.xmp import property_of, read_xmp

ANNEX_A = """b B b* B* BDC BMC BT BX c cm CS cs d Do DP EMC ET EX f F f* G g gs h i j J K k l m M MP n q Q re RG rg
ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' \""""
"""ISO 32000-1, annex A, but pictures in the stream (BI, ID, EI) and the operators of Type 3 glyphs (d0, d1)."""


def changed(change: Callable[[pikepdf.Pdf], None], profile: str = "press") -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(original(profile))) as pdf:
        change(pdf)
        pdf.save(out, force_version="1.6" if profile == "press" else "1.7", deterministic_id=True)
    return out.getvalue()


def painted(operators: str) -> Scan:
    """Return what a page of the sample paints with these operators alone."""

    def change(pdf: pikepdf.Pdf) -> None:
        sheet = pdf.pages[3].obj
        name = next(iter(sheet.Resources.Font.keys()))
        sheet.Contents = pdf.make_stream(operators.replace("FONT", f"{name} 10 Tf").encode("latin-1"))

    return scan(changed(change), glyphs=True)


def texts(operators: str) -> list[Mark]:
    scanned = painted(operators)
    assert list(scanned.pages[3].faults) == []
    return scanned.pages[3].marks


def test_every_operator_of_the_standard_is_known() -> None:
    assert {key.decode() for key in OPERATORS} == set(ANNEX_A.split())


HEXADECIMAL = "BT FONT 1 0 0 1 50 60 Tm [<00010002> -120 <0003>] TJ ET"


@pytest.mark.parametrize(
    "array",
    [
        r"[(\000\001\000\002) -120 (\000\003)]",
        r"[(\0\1\0\2)-120(\000\003)]",
        "[<0001 0002>-120 <00 03>]",
        "[<0001> <0002> -120.0 <0003>]",
        "[<00010002> -60 -60 <0003>]",
        "[<00010002> % a comment with ) and ]\n -120 <0003>]",
        "[(\\000\\001\\000\\\n\\002) -120 <0003>]",
    ],
)
def test_a_string_is_the_same_in_every_form(array: str) -> None:
    (one,), (other,) = texts(HEXADECIMAL), texts(f"BT FONT 1 0 0 1 50 60 Tm {array} TJ ET")
    assert one == other


def test_brackets_inside_strings_hold_and_escape() -> None:
    marks = texts(r"BT FONT 50 60 Td (a(b(c)d)e\)\(\\fo) Tj ET")
    assert len(marks[0].glyphs) == 7
    assert tokens_of(rb"(a(b)\)) Tj") == [rb"(a(b)\))", b"Tj"]


@pytest.mark.parametrize(
    "operators",
    [
        "BT FONT 50 60 Td <0001> Tj 0 -12 Td <0002> Tj ET",
        "BT FONT 50 72 TD 0 -12 TD <0001> Tj T* <0002> Tj ET",
        "BT FONT 12 TL 1 0 0 1 50 72 Tm <0001> ' <0002> ' ET",
        'BT FONT 12 TL 50 72 Td 0 0 <0001> " 0 0 <0002> " ET',
        "BT FONT 25 30 Td 25 30 Td <0001> Tj 0 -12 Td <0002> Tj ET",
    ],
)
def test_lines_stand_where_the_line_operators_put_them(operators: str) -> None:
    wanted = texts("BT FONT 1 0 0 1 50 60 Tm <0001> Tj 1 0 0 1 50 48 Tm <0002> Tj ET")
    assert [mark.origin for mark in texts(operators)] == [mark.origin for mark in wanted]


def test_white_space_of_any_kind_parts_tokens() -> None:
    marks = texts("1 0 0 0 k\r10\t10\f9 9 re%fill\rf 0 0 0 1 k 30 10 9 9 re f")
    assert [mark.ink.values for mark in marks] == [(1, 0, 0, 0), (0, 0, 0, 1)]


def test_a_new_colour_space_begins_with_its_first_colour() -> None:
    marks = texts(
        "/DeviceCMYK cs 0 0 9 9 re f 1 0 0 0 sc 0 0 9 9 re f /DeviceGray cs 0 0 9 9 re f /S0 cs 0 0 9 9 re f"
    )
    assert [tuple(mark.ink) for mark in marks] == [
        ("DeviceCMYK", (0, 0, 0, 1)),
        ("DeviceCMYK", (1, 0, 0, 0)),
        ("DeviceGray", (0,)),
        ("All", (1,)),
    ]


def test_a_sequence_may_name_its_properties() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        sheet = pdf.pages[2].obj
        sheet.Resources.Properties = Dictionary(P0=Dictionary(MCID=0))
        data = sheet.Contents.read_bytes().replace(b"<</MCID 0>>", b"/P0")
        sheet.Contents = pdf.make_stream(data)

    assert [*scan(changed(change, "screen")).pages[2].sections] == [
        *scan(original("screen")).pages[2].sections
    ]


def test_a_page_may_inherit_its_boxes_and_resources() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            if page.index == 0:
                pdf.Root.Pages.MediaBox, pdf.Root.Pages.Resources = page.MediaBox, page.Resources
        for key in ("/MediaBox", "/Resources"):
            del pdf.pages[0].obj[key]

    assert preflight(changed(change), press()).diagnostics == ()


SIMPLE = re.compile(r"<((?:pdf|pdfxid|xmp|xmpMM|pdfaid|pdfuaid|dc):\w+)>([^<>]*)</\1>")


@pytest.mark.parametrize("profile", ["press", "screen"])
def test_metadata_may_stand_as_attributes(profile: str) -> None:
    """ISO 16684-1, 7.9.2.2: simple properties may be attributes of rdf:Description."""

    def change(pdf: pikepdf.Pdf) -> None:
        packet = pdf.Root.Metadata.read_bytes().decode()
        attributes = " ".join(f'{name}="{value}"' for name, value in SIMPLE.findall(packet))
        packet = SIMPLE.sub("", packet).replace('rdf:about=""', f'rdf:about="" {attributes}')
        pdf.Root.Metadata.write(packet.encode())

    from mutants import PROFILES

    assert preflight(changed(change, profile), PROFILES[profile]).diagnostics == ()


def test_metadata_that_cannot_be_read_hold_nothing() -> None:
    pdf = pikepdf.new()
    assert property_of(read_xmp(pdf), "dc:title") == ""
    for packet in (Dictionary(), pdf.make_stream(b""), pdf.make_stream(b"<a"), pdf.make_stream(b"\xff\xfe")):
        pdf.Root.Metadata = packet
        assert property_of(read_xmp(pdf), "dc:title") == ""


def test_a_fault_is_named_once_a_page_in_plain_words() -> None:
    scanned = painted("1 0 0 k 1 0 0 k 9 draw /Lab0 cs Q")
    assert list(scanned.pages[3].faults) == [
        "k: 3 operands, not 4",
        "draw is no operator that is read",
        "cs: there is no /Lab0 in ColorSpace of the resources",
        "Q: nothing was saved",
    ]


PARTS = (
    "BI", "ID", "EI", "q", "Q", "(", ")", "<", "[", "]", "<<", ">>", "1", "/A", "k", "Tj", "BDC", "EMC", "Do", "%",
    "'", "\n",
)  # fmt: skip


@given(st.binary(max_size=60) | st.lists(st.sampled_from(PARTS)).map(lambda parts: " ".join(parts).encode()))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_read_or_a_fault(data: bytes) -> None:
    """No stream stops the reading, and nothing but white space and comments goes without a word."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.pages[0].obj.Contents = pdf.make_stream(data)
    pdf.pages[0].obj.Resources = Dictionary(Font=Dictionary(), XObject=Dictionary(A=Array()))
    out = io.BytesIO()
    pdf.save(out)
    (page,) = scan(out.getvalue()).pages
    words = re.sub(rb"%[^\r\n]*", b"", data).split()
    assert page.faults or page.marks or page.sections or all(word in OPERATORS for word in words)


def test_a_form_that_is_no_form_is_a_fault() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[3].Resources.XObject = Dictionary(X=pdf.make_stream(b"", Subtype=Name.Unknown))
        pdf.pages[3].obj.Contents = pdf.make_stream(b"/X Do")

    assert list(scan(changed(change)).pages[3].faults) == ["Do: X of the type /Unknown is not read"]
