"""Drawing a chart: specification, data and facts in; a laid-out drawing with its alternative texts out."""

from __future__ import annotations

from dataclasses import replace

from reportgen.base.diagnostics import Faults, Result
from reportgen.base.frame import Drawing, Frame
from reportgen.base.settings import name_of
from reportgen.base.style import Style
from reportgen.base.units import Pt
from reportgen.charts.describe import describe
from reportgen.charts.form import ChartFault, NoRoom
from reportgen.charts.observations import gather
from reportgen.charts.renderer import record_figure
from reportgen.charts.specification import ChartSpec
from reportgen.charts.stage import Stage
from reportgen.charts.theme import load_theme
from reportgen.charts.words import Words
from reportgen.data.package import DataPackage
from reportgen.edition.labels import Labels
from reportgen.edition.language import Language
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
    language: Language,
    labels: Labels,
    style: Style,
    setting: TextSetting,
    width: Pt,
) -> Result[Drawing]:
    """Return a chart as a drawing of the given width in an edition's language, style and numbers.

    Diagnostics: data that the form cannot honestly show, with the cell or the line of the specification; an unknown
    ink or fact; a height that is too small; a character that no face has; what a project's own function raised.
    """
    faults = Faults()
    grid = faults.take(gather(spec, package))
    house = faults.take(load_theme(style, style.charts))
    theme = faults.take(house.with_accent(spec.accent, spec.setting.at("accent")))
    for ink in spec.setting.at("inks").value or ():
        name_of("ink", theme.parts)(ink, faults)
    if faults.refused:
        return faults.result(NOTHING)
    words = Words(theme, language, labels, setting, package, spec.table, spec.names == "short", grid.quantity)
    stage = Stage(spec, grid, words, theme, book, style, setting, width, faults)
    drawing = _drawn(stage)
    return faults.result(NOTHING if faults.refused else drawing)


def _drawn(stage: Stage) -> Drawing:
    with stage.theme.context():
        texts = _perform(stage)
        if stage.sheet is None or stage.faults.refused:
            return NOTHING
        lang = stage.words.language.lang
        recorded = stage.recorded or record_figure(stage.sheet.figure, stage.style, stage.setting, lang)
    for found in recorded.diagnostics:
        message = f"chart {stage.spec.name}: {found.message}"
        stage.faults.add(replace(found, message=message, place=found.place or stage.spec.span))
    return Drawing(recorded.value, *texts, _unit(stage))


def _unit(stage: Stage) -> str:
    """Return the unit of shares that the form has worked out; "" where its numbers are the table's."""
    form, labels = stage.spec.form, stage.words.labels
    if form.shares is None or not form.shares(stage.spec.options):
        return ""
    return labels("Unit: {unit}", unit=labels("%"))


def _perform(stage: Stage) -> tuple[str, str]:
    """Draw on the stage; return the alternative texts."""
    spec, form = stage.spec, stage.spec.form
    try:
        try:
            form.draw(stage)
        except NoRoom:
            stage.strip = REMARKS
            form.draw(stage)
        if stage.faults.refused:
            return "", ""
        if stage.sheet is None:
            hint = "call stage.open(height)"
            stage.refuse("no-sheet", f"{form.name} opened no sheet", spec.place("form"), hint)
        return (form.describe or describe)(stage)
    except ChartFault as fault:
        stage.refuse("undrawn-chart", str(fault), spec.place(fault.key), *fault.hints)
        return "", ""
