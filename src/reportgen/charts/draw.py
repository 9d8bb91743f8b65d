"""Drawing a chart: specification, data and facts in; a laid-out drawing with its alternative texts out."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module

from reportgen.base.diagnostics import Diagnostic, Result, error, has_errors
from reportgen.base.frame import Drawing, Frame
from reportgen.base.style import Style
from reportgen.base.suggest import did_you_mean
from reportgen.base.units import Pt
from reportgen.charts.alt import describe
from reportgen.charts.inks import Inks
from reportgen.charts.observations import gather
from reportgen.charts.renderer import record_figure
from reportgen.charts.scripts import call_script
from reportgen.charts.specification import ChartSpec
from reportgen.charts.stage import ChartFault, NoRoom, Stage
from reportgen.charts.theme import Theme, load_theme
from reportgen.charts.words import Words
from reportgen.data.package import DataPackage
from reportgen.edition.labels import Labels
from reportgen.edition.locale import EditionLocale
from reportgen.facts.book import FactBook
from reportgen.text.itemize import TextSetting

REMARKS: Pt = 38.0
"""Room above a plot for remarks of three lines."""

NOTHING = Drawing(Frame(0.0, 0.0), "", "")
"""The drawing of a chart with errors: nothing is ever written from it."""


def draw_chart(
    spec: ChartSpec,
    package: DataPackage,
    book: FactBook,
    locale: EditionLocale,
    labels: Labels,
    style: Style,
    setting: TextSetting,
    width: Pt,
) -> Result[Drawing]:
    """Return a chart as a drawing of the given width in an edition's language, style and numbers.

    Diagnostics: data that the form cannot honestly show, with the cell or the line of the specification; an unknown
    ink or fact; a height that is too small; a character that no face has; what a project's own function raised.
    """
    gathered = gather(spec, package)
    theme = load_theme(style)
    themed = theme.value.with_accent(spec.accent, spec.place("accent"))
    faults = (*gathered.diagnostics, *themed.diagnostics, *_ink_faults(spec, style, themed.value))
    if has_errors(faults):
        return Result(NOTHING, faults)
    words = Words(themed.value, locale, labels, setting, package, spec.table, spec.names == "short")
    stage = Stage(spec, gathered.value, words, themed.value, book, style, setting, width)
    frame = _drawn(stage)
    found = tuple(dict.fromkeys((*faults, *stage.faults, *frame.diagnostics)))
    if frame.value is None or has_errors(found):
        return Result(NOTHING, found)
    alt, description = describe(stage)
    return Result(Drawing(frame.value, alt, description), found)


def _ink_faults(spec: ChartSpec, style: Style, theme: Theme) -> tuple[Diagnostic, ...]:
    known = {**theme.parts, **Inks.of(style).colors}
    return tuple(
        error(
            "chart-no-ink",
            f"chart {spec.name}: there is no ink {ink}",
            spec.place("inks"),
            *did_you_mean(ink, known),
        )
        for ink in spec.inks
        if ink not in known
    )


def _drawn(stage: Stage) -> Result[Frame | None]:
    with stage.theme.context():
        faults = _perform(stage)
        if faults or stage.sheet is None:
            return Result(None, faults)
        recorded = record_figure(stage.sheet.figure, stage.style, stage.setting, stage.words.locale.lang)
    return Result(recorded.value, tuple(_placed(d, stage.spec) for d in recorded.diagnostics))


def _perform(stage: Stage) -> tuple[Diagnostic, ...]:
    spec = stage.spec
    if spec.script is not None:
        raised = call_script(spec.script, stage)
        if not raised and stage.sheet is None:
            return (
                error(
                    "chart-opened-no-sheet",
                    f"chart {spec.name}: {spec.script.name} opened no sheet",
                    spec.place("form"),
                    "call stage.open(height)",
                ),
            )
        return raised
    form = import_module(f"reportgen.charts.forms.{spec.kind.module}")
    try:
        try:
            form.draw(stage)
        except NoRoom:
            stage.strip = REMARKS
            form.draw(stage)
    except ChartFault as fault:
        return (
            error(
                "chart-cannot-be-drawn", f"chart {spec.name}: {fault}", spec.place(fault.key), *fault.hints
            ),
        )
    return ()


def _placed(found: Diagnostic, spec: ChartSpec) -> Diagnostic:
    message = f"chart {spec.name}: {found.message}"
    return replace(found, message=message, place=found.place or spec.span)
