"""Writing: what a finished file holds for what a publication says."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pikepdf import Name
from sample import (
    BLUE,
    BOLD,
    CSV,
    HEIGHT,
    METADATA,
    SERIF,
    WIDTH,
    box,
    fonts,
    one_page,
    run,
    sample,
)
from writing import DOCUMENT, first_content, messages, opened, write

from reportgen.base.color import BLACK, WHITE, Color
from reportgen.base.diagnostics import Severity
from reportgen.base.frame import (
    Anchor,
    Attachment,
    Element,
    Frame,
    GlyphRun,
    Group,
    Link,
    OutlineEntry,
    Placed,
    Publication,
    Shape,
    Stroke,
)
from reportgen.pdf.profile import SCREEN, PressOptions, Profile, SpotInk, press
from reportgen.pdf.read.aloud import read_aloud
from reportgen.pdf.read.painted import box_of
from reportgen.pdf.read.scan import scan
from reportgen.pdf.write.file import write_pdf

# ---- faults ----------------------------------------------------------------------------------------------------


def test_a_publication_without_pages_is_an_error() -> None:
    result = write_pdf(Publication(METADATA, 0, (), Element("Document")), SCREEN, fonts())
    assert messages(result) == ["the report has no pages"]
    assert not result.ok


def test_a_link_without_its_anchor_is_an_error_with_a_place() -> None:
    span = sample().structure.span
    items = (Placed(60, 100, run("词"), 0), Placed(60, 90, Link(20, 20, "#nowhere", "去"), 0, span))
    result = write_pdf(one_page(*items, structure=DOCUMENT), SCREEN, fonts())
    assert messages(result) == ["a link leads to #nowhere, which no page has"]


def test_a_link_that_belongs_to_nothing_is_an_error() -> None:
    items = (Placed(60, 100, run("词"), 0), Placed(60, 90, Link(20, 20, "https://example.org", "去")))
    result = write_pdf(one_page(*items, structure=DOCUMENT), SCREEN, fonts())
    assert messages(result) == ["the link to https://example.org belongs to no content"]


def test_a_bookmark_without_its_anchor_is_an_error() -> None:
    publication = replace(
        one_page(Placed(60, 100, run("词"), 0), structure=DOCUMENT), outline=(OutlineEntry("首", "x"),)
    )
    assert messages(write_pdf(publication, SCREEN, fonts())) == [
        "the bookmark '首' leads to 'x', which no page has"
    ]


def test_content_that_no_element_lists_is_an_error() -> None:
    result = write_pdf(one_page(Placed(60, 100, run("词"), 7)), SCREEN, fonts())
    assert messages(result) == ["content 7 is drawn but no element lists it"]


def test_content_that_two_elements_list_is_an_error() -> None:
    twice = Element("Document", (Element("P", (0,)), Element("H1", (0,))), lang="zh-CN")
    result = write_pdf(one_page(Placed(60, 100, run("词"), 0), structure=twice), SCREEN, fonts())
    assert "content 0 is listed twice: in P and H1" in messages(result)


def test_content_that_is_never_drawn_is_a_warning() -> None:
    result = write_pdf(one_page(structure=DOCUMENT), SCREEN, fonts())
    assert [d.severity for d in result.diagnostics] == [Severity.WARNING]


def test_an_unknown_face_and_a_missing_glyph_are_both_reported() -> None:
    unknown = replace(run("词"), face="Nothing")
    blank = replace(run("词"), glyphs=(0,))
    result = write_pdf(
        one_page(Placed(60, 100, unknown, 0), Placed(60, 120, blank, 0), structure=DOCUMENT), SCREEN, fonts()
    )
    assert "the font book has no face 'Nothing'" in messages(result)
    assert f"{SERIF} has no glyph for '词'" in messages(result)


def test_a_file_that_an_element_names_must_be_carried() -> None:
    root = Element("Document", (Element("P", (0,), files=("lost.csv",)),), lang="zh-CN")
    result = write_pdf(one_page(Placed(60, 100, run("词"), 0), structure=root), SCREEN, fonts())
    assert messages(result) == ["P names the file 'lost.csv', which the report does not carry"]


def test_a_date_that_is_not_one_is_an_error() -> None:
    publication = replace(sample(), metadata=replace(METADATA, date="yesterday"))
    assert not write_pdf(publication, SCREEN, fonts()).ok


# ---- the same bytes ---------------------------------------------------------------------------------------------

_DIGESTS = """
import hashlib
from sample import fonts, sample
from reportgen.pdf.profile import SCREEN, press
from reportgen.pdf.write.file import write_pdf
for profile in (SCREEN, press()):
    print(hashlib.sha256(write_pdf(sample(), profile, fonts()).value).hexdigest())
"""


def _digests_in_another_process(seed: str, zone: str) -> str:
    paths = [str(Path(__file__).parent), *sys.path]
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": os.pathsep.join(paths)}
    done = subprocess.run(
        [sys.executable, "-c", _DIGESTS], env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_the_same_publication_gives_the_same_bytes_in_every_process() -> None:
    first = _digests_in_another_process("1", "Asia/Shanghai")
    assert len(first.split()) == 2
    assert _digests_in_another_process("2", "America/New_York") == first


# ---- marks -----------------------------------------------------------------------------------------------------


def test_y_grows_downwards_in_groups_too() -> None:
    inner = Frame(100, 100, (Placed(10, 20, Shape(box(5, 5), fill=BLACK)),))
    group = Group(inner, (2.0, 0.0, 0.0, 2.0, 1.0, 3.0))
    (mark,) = scan(write(one_page(Placed(50, 60, group)))).pages[0].marks
    assert mark.box == pytest.approx((71, HEIGHT - 113, 81, HEIGHT - 103), abs=0.01)


def test_a_turned_group_turns_the_way_its_matrix_says() -> None:
    quarter = Group(
        Frame(100, 100, (Placed(10, 0, Shape(box(10, 2), fill=BLACK)),)), (0.0, 1.0, -1.0, 0.0, 0.0, 0.0)
    )
    (mark,) = scan(write(one_page(Placed(300, 300, quarter)))).pages[0].marks
    # (10, 0) goes to (0, 10): downwards, as y grows downwards in a frame
    assert mark.box == pytest.approx((298, HEIGHT - 320, 300, HEIGHT - 310), abs=0.01)


def test_links_and_anchors_inside_a_group_stand_where_it_puts_them() -> None:
    inner = Frame(50, 50, (Placed(5, 5, Anchor("here")), Placed(0, 0, Link(10, 10, "#here", "去"), 0)))
    group = Group(inner, (2.0, 0.0, 0.0, 2.0, 0.0, 0.0))
    pdf = opened(one_page(Placed(60, 100, run("词"), 0), Placed(100, 200, group), structure=DOCUMENT))
    note = pdf.pages[0].Annots[0]
    assert [float(v) for v in note.Rect] == pytest.approx([100, HEIGHT - 220, 120, HEIGHT - 200], abs=0.01)
    target = pdf.Root.Names.Dests.Names[1].D
    assert (float(target[2]), float(target[3])) == pytest.approx((110, HEIGHT - 210), abs=0.01)


def see_through(*contents: int | None) -> Group:
    squares = tuple(Placed(3 * i, 0, Shape(box(5, 5), fill=BLACK), c) for i, c in enumerate(contents))
    return Group(Frame(9, 9, squares), alpha=0.5)


def test_the_opacity_of_a_group_multiplies_that_of_its_only_mark() -> None:
    group = Group(Frame(9, 9, (Placed(0, 0, Shape(box(5, 5), fill=BLACK.with_alpha(0.5))),)), alpha=0.5)
    for profile in (SCREEN, press()):
        scanned = scan(write(one_page(Placed(50, 60, group)), profile))
        assert scanned.pages[0].marks[0].alpha == pytest.approx(0.25)
        space = Name.DeviceCMYK if profile.is_press else Name.DeviceRGB
        assert space == scanned.pages[0].obj.Group.CS


@pytest.mark.parametrize("profile", [SCREEN, press()], ids=lambda p: p.name)
def test_a_see_through_group_is_blended_as_a_whole(profile: Profile) -> None:
    """Its marks do not show through each other: where two overlap, the colour is that of one."""
    publication = one_page(Placed(50, 60, see_through(None, None), 0), structure=DOCUMENT)
    scanned = scan(write(publication, profile))
    inner = [m for m in scanned.pages[0].marks if m.ink.space != "All" and m.kind == "fill"][:2]
    assert [m.alpha for m in inner] == [0.5, 0.5]
    form = scanned.pages[0].obj.Resources.XObject.X0
    assert (Name.DeviceCMYK if profile.is_press else Name.DeviceRGB) == form.Group.CS
    if not profile.is_press:
        assert [m.mcid for m in inner] == [0, 0]


def test_overlapping_marks_of_a_see_through_group_look_like_one() -> None:
    with pypdfium2.PdfDocument(write(one_page(Placed(50, 60, see_through(None, None))))) as document:
        pixels = document[0].render(scale=4).to_numpy()
    alone, both = pixels[4 * 62, 4 * 51], pixels[4 * 62, 4 * 54]
    assert tuple(alone[:3]) == tuple(both[:3])
    assert 100 < alone[0] < 160


def test_a_see_through_group_of_several_contents_keeps_them_apart() -> None:
    two = Element("Document", (Element("P", (0,)), Element("P", (1,))), lang="zh-CN")
    marks = scan(write(one_page(Placed(50, 60, see_through(0, 1)), structure=two))).pages[0].marks
    assert [(m.mcid, m.alpha) for m in marks] == [(0, 0.5), (1, 0.5)]


def test_text_in_a_see_through_group_keeps_its_place_and_words() -> None:
    inner = Frame(100, 100, (Placed(10, 20, run("透明")), Placed(10, 40, run("文字"))))
    group = Group(inner, (2.0, 0.0, 0.0, 2.0, 0.0, 0.0), alpha=0.4)
    marks = scan(write(one_page(Placed(50, 60, group, 0), structure=DOCUMENT))).pages[0].marks
    assert [(m.text, m.mcid) for m in marks] == [("透明", 0), ("文字", 0)]
    assert marks[0].box[0] == pytest.approx(70)


def test_what_has_no_content_is_an_artifact_of_its_kind() -> None:
    head = Placed(60, 40, run("书眉"), artifact="Pagination")
    ground = Placed(0, 0, Shape(box(WIDTH, HEIGHT), fill=BLUE), artifact="Background")
    content = first_content(one_page(ground, head))
    assert "/Artifact <</Type /Background/BBox" in content
    assert "/Artifact <</Type /Pagination/Subtype /Header /Attached [/Top]>> BDC" in content


# ---- screen ----------------------------------------------------------------------------------------------------


def test_pages_are_labelled_as_their_folios() -> None:
    with pypdfium2.PdfDocument(write(sample())) as document:
        assert [document.get_page_label(i) for i in range(4)] == ["", "ii", "1", "2"]


def test_labels_that_skip_a_page_or_change_their_style_begin_anew() -> None:
    labels = ["ii", "iii", "1", "2", "7", "8", "9", "8"]
    pages = [
        replace(sample().pages[2], label=label, label_style="decimal" if label.isdecimal() else "roman")
        for label in labels
    ]
    bare = [replace(page, frame=replace(page.frame, items=())) for page in pages]
    publication = replace(one_page(), pages=tuple(bare))
    with pypdfium2.PdfDocument(write(publication)) as document:
        assert [document.get_page_label(i) for i in range(len(labels))] == labels


@pytest.mark.parametrize(("is_open", "counts"), [(True, (3, 2)), (False, (1, -2))])
def test_a_bookmark_shows_what_is_below_it_only_if_it_is_open(is_open: bool, counts: tuple[int, int]) -> None:
    """A negative count says that the entries are hidden (ISO 32000-1, table 153)."""
    below = (OutlineEntry("甲", "a"), OutlineEntry("乙", "a"))
    items = (Placed(60, 100, run("词"), 0), Placed(60, 100, Anchor("a")))
    publication = replace(
        one_page(*items, structure=DOCUMENT), outline=(OutlineEntry("首", "a", below, is_open),)
    )
    pdf = opened(publication)
    assert (int(pdf.Root.Outlines.Count), int(pdf.Root.Outlines.First.Count)) == counts


def test_bookmarks_nest_and_lead_to_their_pages() -> None:
    with pypdfium2.PdfDocument(write(sample())) as document:
        found = [(b.level, b.get_title(), b.get_dest().get_index()) for b in document.get_toc()]
    assert found == [(0, "封面", 0), (0, "一、创新", 2), (1, "表 1", 3)]


def test_links_say_what_they_are_and_stand_in_link_elements() -> None:
    pdf = opened(sample())
    notes = [note for page in pdf.pages for note in page.get("/Annots", ())]
    assert [str(n.Contents) for n in notes] == ["到一、创新", "到表 1 申请量", "示例网站"]
    assert str(notes[2].A.URI) == "https://www.example.org/"
    assert all(int(n.StructParent) >= len(pdf.pages) for n in notes)


def test_a_link_in_plain_text_gets_a_link_element_of_its_own() -> None:
    items = (Placed(60, 100, run("词"), 0), Placed(60, 90, Link(20, 20, "https://example.org", "去"), 0))
    pdf = opened(one_page(*items, structure=DOCUMENT))
    paragraph = pdf.Root.StructTreeRoot.K[0].K
    assert (Name.P, Name.Link) == (paragraph.S, paragraph.K.S)


def test_a_figure_carries_its_data_and_the_document_the_rest() -> None:
    pdf = opened(sample())
    assert [str(f.UF) for f in pdf.Root.AF] == ["data.zip"]
    files = dict(pdf.attachments.items())
    assert sorted(files) == ["data.zip", "figure-1-1.csv"]
    assert files["figure-1-1.csv"].get_file().read_bytes() == CSV


def test_each_file_says_what_it_is_to_the_document() -> None:
    for relationship in ("Source", "Data", "Alternative", "Supplement"):
        file = Attachment("a.csv", CSV, "text/csv", "数据", relationship)  # type: ignore[arg-type]
        publication = replace(
            one_page(Placed(60, 100, run("词"), 0), structure=DOCUMENT), attachments=(file,)
        )
        pdf = opened(publication)
        assert [str(f.AFRelationship) for f in pdf.Root.AF] == [f"/{relationship}"]


def test_the_pieces_of_a_content_are_read_in_the_order_in_which_they_are_drawn() -> None:
    items = (Placed(60, 100, run("前"), 0), Placed(60, 120, run("书眉")), Placed(60, 140, run("后"), 0))
    assert "前后" in read_aloud(write(one_page(*items, structure=DOCUMENT)))


def test_two_elements_with_one_id_are_an_error() -> None:
    root = Element("Document", (Element("P", (0,), id="a"), Element("P", (1,), id="a")), lang="zh-CN")
    items = (Placed(60, 100, run("词"), 0), Placed(60, 120, run("句"), 1))
    assert messages(write_pdf(one_page(*items, structure=root), SCREEN, fonts())) == [
        "two elements have the id 'a'"
    ]


def test_table_cells_keep_their_scopes_spans_and_headers() -> None:
    pdf = opened(sample())
    found = []
    todo = [pdf.Root.StructTreeRoot.K[0]]
    while todo:
        node = todo.pop()
        if isinstance(node, pikepdf.Dictionary) and "/S" in node:
            if node.S in (Name.TH, Name.TD) and "/A" in node:
                found.append(node.A)
            kids = node.get("/K", pikepdf.Array())
            todo += list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    assert any(a.get("/ColSpan") == 2 and a.get("/Scope") == Name.Column for a in found)
    assert any(a.get("/Scope") == Name.Row for a in found)
    assert any([str(h) for h in a.get("/Headers", ())] == ["th-count", "th-app", "th-row-0"] for a in found)


# ---- press -----------------------------------------------------------------------------------------------------


def test_the_press_page_is_trim_within_bleed_within_media() -> None:
    pdf = opened(sample(), press())
    page = pdf.pages[0].obj
    media, bleed, trim = (box_of(page, name) for name in ("MediaBox", "BleedBox", "TrimBox"))
    assert trim[2] - trim[0] == pytest.approx(WIDTH, abs=0.01)
    assert trim[0] - bleed[0] == pytest.approx(sample().bleed, abs=0.01)
    assert bleed[0] - media[0] > 20


def test_without_marks_the_paper_ends_at_the_bleed() -> None:
    plain = press(PressOptions(crop_marks=False, registration_marks=False, color_bar=False, slug=False))
    pdf = opened(sample(), plain)
    page = pdf.pages[0].obj
    assert box_of(page, "MediaBox") == box_of(page, "BleedBox")
    scanned = scan(write(sample(), plain))
    assert {m.ink.space for _, m in scanned.marks() if m.kind != "image"} == {"DeviceCMYK"}


def test_only_black_text_overprints() -> None:
    for page in scan(write(sample(), press())).pages:
        for mark in page.marks:
            black_text = mark.kind == "text" and mark.ink.values == (0, 0, 0, 1)
            assert mark.overprint == black_text, mark


@pytest.mark.parametrize(
    ("cmyk", "overprints"),
    [
        ((0.0, 0.0, 0.0, 1.0), True), ((0.0, 0.0, 0.0, 0.8), True), ((0.0, 0.0, 0.0, 0.75), False),
        ((0.0, 0.0, 0.0, 0.0), False), ((0.4, 0.0, 0.0, 1.0), False), ((0.0, 0.1, 0.0, 0.9), False),
        ((0.0, 0.0, 0.1, 0.9), False),
    ],
)  # fmt: skip
def test_text_overprints_in_black_ink_alone(
    cmyk: tuple[float, float, float, float], overprints: bool
) -> None:
    """Any other ink on top of a ground would mix with it, and white would vanish."""
    publication = one_page(
        Placed(60, 100, run("字", color=Color(cmyk, (0.2, 0.2, 0.2))), 0), structure=DOCUMENT
    )
    (mark,) = (m for _, m in scan(write(publication, press())).marks() if m.text == "字")
    assert mark.overprint == overprints


def test_white_text_after_black_text_knocks_out() -> None:
    items = (
        Placed(60, 100, run("黑"), 0),
        Placed(60, 120, run("白", color=WHITE), 0),
        Placed(60, 140, run("黑"), 0),
    )
    marks = scan(write(one_page(*items, structure=DOCUMENT), press())).pages[0].marks
    assert [m.overprint for m in marks if m.ink.space == "DeviceCMYK" and m.kind == "text"] == [
        True,
        False,
        True,
    ]


def test_a_spot_ink_has_a_plate_only_if_the_printer_has_it() -> None:
    gold = Color((0.0, 0.2, 0.6, 0.2), (0.8, 0.7, 0.3), spot="PANTONE 871 C")
    publication = one_page(Placed(60, 100, Shape(box(50, 50), fill=gold.tint(0.5))))
    with_plate = press(
        PressOptions(spots=(SpotInk("PANTONE 871 C", gold.cmyk),), slug=False, color_bar=False)
    )
    (mark,) = [m for _, m in scan(write(publication, with_plate)).marks() if m.ink.space != "All"]
    assert (mark.ink.space, mark.ink.values) == ("PANTONE 871 C", pytest.approx((0.5,)))
    without = press(PressOptions(slug=False, color_bar=False))
    (mark,) = [m for _, m in scan(write(publication, without)).marks() if m.ink.space != "All"]
    assert mark.ink.values == pytest.approx((0, 0.1, 0.3, 0.1))


def test_pages_fill_signatures_with_blanks_before_a_last_page_without_folio() -> None:
    back = replace(sample().pages[3], label="", label_style="none")
    publication = replace(sample(), pages=(*sample().pages[:3], back))
    scanned = scan(write(publication, press(PressOptions(signature=8))))
    inked = [any(m.ink.space == "DeviceCMYK" and m.kind == "text" for m in p.marks) for p in scanned.pages]
    assert inked == [True, True, True, False, False, False, False, True]


def test_folds_are_marked_outside_the_bleed_at_head_and_foot() -> None:
    page = replace(sample().pages[0], folds=(100.0, 140.0))
    scanned = scan(write(replace(sample(), pages=(page,)), press()))
    trim, bleed = (box_of(scanned.pages[0].obj, name) for name in ("TrimBox", "BleedBox"))
    for fold in page.folds:
        x = pytest.approx(trim[0] + fold, abs=0.01)
        marks = [m for _, m in scanned.marks() if m.kind == "stroke" and m.box[0] == x and m.box[2] == x]
        assert len(marks) == 2
        assert all(m.box[1] > bleed[3] or m.box[3] < bleed[1] for m in marks)


def test_the_press_file_has_no_annotations_and_no_structure() -> None:
    pdf = opened(sample(), press())
    assert "/StructTreeRoot" not in pdf.Root
    assert all("/Annots" not in page for page in pdf.pages)


def test_a_thin_line_keeps_its_width_inside_an_enlarged_group() -> None:
    rule = Placed(0, 0, Shape((("m", 0, 0), ("l", 9, 0)), stroke=Stroke(BLACK, 0.25)))
    group = Group(Frame(9, 9, (rule,)), (2.0, 0.0, 0.0, 2.0, 0.0, 0.0))
    (mark,) = scan(write(one_page(Placed(50, 60, group)))).pages[0].marks
    assert mark.size == pytest.approx(0.5)


def test_runs_of_many_faces_share_one_subset_each() -> None:
    lines = [
        Placed(60, 100 + 20 * i, run("统计年报", face), 0)
        for i, face in enumerate((SERIF, BOLD, SERIF, BOLD))
    ]
    pdf = opened(one_page(*lines, structure=DOCUMENT))
    assert len(pdf.pages[0].Resources.Font.keys()) == 2


def test_an_empty_run_draws_nothing() -> None:
    empty = GlyphRun(SERIF, 10, (), (), (), BLACK, "zh-CN")
    assert scan(write(one_page(Placed(60, 100, empty)))).pages[0].marks == []
