"""An edition's passes: compose its words, draw its charts, lay it out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reportgen.base.diagnostics import Diagnostic, Faults, Result
from reportgen.base.frame import Drawing, Publication
from reportgen.base.house import load_style
from reportgen.build.drawings import draw_all
from reportgen.build.request import Stage
from reportgen.build.sources import Sources
from reportgen.build.store import Store
from reportgen.build.typefaces import check_families
from reportgen.edition.attach import describe_figure
from reportgen.edition.compose import compose
from reportgen.edition.generated import FaceNotice
from reportgen.edition.labels import Labels, load_labels
from reportgen.edition.languages import language
from reportgen.edition.parity import check_parity
from reportgen.edition.report import cover_series
from reportgen.edition.translation import load_catalog
from reportgen.layout.publish import lay_out
from reportgen.text.setting import text_setting

if TYPE_CHECKING:
    from reportgen.base.style import Style
    from reportgen.edition.document import ComposedDocument
    from reportgen.edition.report import Edition
    from reportgen.text.faces import Face, FontBook


@dataclass(frozen=True, slots=True)
class Finished:
    """An edition on its pages."""

    document: ComposedDocument
    drawings: Mapping[str, Drawing]
    style: Style
    publication: Publication


def compose_editions(
    sources: Sources, editions: Iterable[Edition], stage: Stage
) -> Result[tuple[ComposedDocument, ...]]:
    """Compose each edition and check that all of them say the same."""
    composed: list[ComposedDocument] = []
    faults = Faults()
    for edition in editions:
        with stage(f"words ({edition.name})"):
            own = edition.name == sources.report.source_language
            catalog = None if own else faults.take(load_catalog(sources.world, edition.name))
            composing = compose(
                sources.report,
                edition,
                sources.manuscript,
                sources.package,
                sources.book,
                catalog,
                load_labels(edition.name),
                language(edition.locale, edition.lang),
                face_notices(sources.fonts),
            )
        document, date = faults.take(composing), sources.world.source_date
        composed.append(replace(document, date=date.isoformat()) if date else document)
    if not faults.refused:
        faults.add(*check_parity(composed))
    return faults.result(tuple(composed))


def face_notices(fonts: FontBook) -> tuple[FaceNotice, ...]:
    """Return what the colophon says of the fonts, family by family."""
    families: dict[str, list[Face]] = {}
    for face in fonts.faces.values():
        families.setdefault(face.family, []).append(face)
    return tuple(
        FaceNotice(family, tuple(face.key for face in faces), faces[0].licence)
        for family, faces in families.items()
    )


def finish_edition(
    sources: Sources, composed: ComposedDocument, store: Store, stage: Stage
) -> Result[Finished]:
    """Draw an edition's charts and lay it out."""
    name, faults = composed.edition, Faults()
    style = faults.take(load_style(composed.lang, sources.report.style))
    setting = text_setting(style, sources.fonts)
    faults.add(*check_families(style, sources.fonts, sources.report))
    with stage(f"figures ({name})"):
        drawings = faults.take(draw_all(sources, composed, style, setting, store))
    document = _described(composed, drawings, load_labels(name))
    with stage(f"pages ({name})"):
        series = faults.take(cover_series(sources.report, sources.package))
        publication = faults.take(lay_out(document, drawings, style, setting, series))
    edition = sources.report.editions[name]
    found = faults.result(Finished(document, drawings, style, publication))
    return replace(found, diagnostics=tuple(_placed(d, edition) for d in found.diagnostics))


def _placed(diagnostic: Diagnostic, edition: Edition) -> Diagnostic:
    """Return a diagnostic with a place: words that stand in no file of their own are the edition's."""
    return diagnostic if diagnostic.place is not None else replace(diagnostic, place=edition.span)


def _described(
    document: ComposedDocument, drawings: Mapping[str, Drawing], labels: Labels
) -> ComposedDocument:
    """Return the document with each figure's description among its files."""
    described = tuple(
        describe_figure(figure, drawings[figure.name].description, labels)
        for figure in document.figures()
        if figure.name in drawings and drawings[figure.name].description
    )
    return replace(document, attachments=(*document.attachments, *described))
