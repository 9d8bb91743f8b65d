"""An edition's charts, each drawn only when something that it depends on has changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from reportgen.base.diagnostics import Diagnostic, Faults, Refused, Result, error
from reportgen.base.frame import Drawing, Frame
from reportgen.base.functions import Function
from reportgen.base.suggest import did_you_mean
from reportgen.base.tomlfile import load_toml
from reportgen.build.sources import Sources
from reportgen.build.store import Store, digest_of
from reportgen.charts.specification import PATH as CHARTS
from reportgen.data.callfunction import in_a_process
from reportgen.edition.labels import load_labels
from reportgen.edition.languages import language

if TYPE_CHECKING:
    from reportgen.base.style import Style
    from reportgen.charts.specification import ChartSpec
    from reportgen.edition.document import ComposedDocument, Figure
    from reportgen.text.itemize import TextSetting

_PLACEHOLDER = re.compile(r"\{([\w.-]+):")


def draw_all(
    sources: Sources, document: ComposedDocument, style: Style, setting: TextSetting, store: Store
) -> Result[Mapping[str, Drawing]]:
    """Return the drawing of every figure in a document by the figure's name."""
    drawings: dict[str, Drawing] = {}
    faults = Faults()
    for figure in document.figures():
        spec = sources.charts.get(figure.name)
        if spec is None or _is_faulty(sources, spec):
            faults.add(*_undeclared(sources, figure))
            drawings[figure.name] = Drawing(Frame(style.page.measure, 8 * style.page.leading), "", "")
            continue
        drawings[figure.name] = faults.take(_draw(sources, document, spec, style, setting, store))
    return faults.result(drawings)


def _is_faulty(sources: Sources, spec: ChartSpec) -> bool:
    """Say whether cells of a chart's table could not be read; that is reported; a chart of the rest is wrong."""
    table = sources.package.tables.get(spec.table)
    return table is not None and any(row.faulty for row in table.rows)


def _undeclared(sources: Sources, figure: Figure) -> Iterator[Diagnostic]:
    """Yield the fault of a figure without a chart; a chart that is declared but faulty is already reported."""
    file = load_toml(sources.world, CHARTS)
    if not file.ok or figure.name in file.value.tables:
        return
    hints = did_you_mean(figure.name, sources.charts) or (f"write [{figure.name}] in {CHARTS}",)
    yield error("unknown-chart", f"there is no chart {figure.name}", figure.span, *hints)


def facts_of(spec: ChartSpec) -> tuple[str, ...]:
    """Return the words of a specification that may be ids of facts, sorted: any of a form's keys may name one."""
    texts = set(_texts(spec.setting.plain()))
    return tuple(sorted(texts.union(*(_PLACEHOLDER.findall(text) for text in texts))))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (Mapping, list)):
        for member in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(member)


def _draw(
    sources: Sources,
    document: ComposedDocument,
    spec: ChartSpec,
    style: Style,
    setting: TextSetting,
    store: Store,
) -> Result[Drawing]:
    def make() -> Result[Drawing]:
        # drawing imports matplotlib, which takes longer than everything else: only when a chart has changed
        from reportgen.charts.draw import draw_chart

        spoken = language(document.locale, document.lang)
        labels = load_labels(document.edition)
        return draw_chart(
            spec, sources.package, sources.book, spoken, labels, style, setting, style.page.measure
        )

    if spec.form.own is not None:
        return _in_a_process(spec.form.own, make)
    return store.get_or_make(_depends_on(sources, document, spec, style), make, _is_drawn)


def _is_drawn(found: object) -> bool:
    """Say whether an entry of the cache is what :func:`_draw` keeps."""
    return isinstance(found, Result) and isinstance(found.value, Drawing)


def _in_a_process(own: Function, make: Callable[[], Result[Drawing]]) -> Result[Drawing]:
    """Return what a function of the project's own draws; it is not kept, since it may read what it likes."""
    try:
        return in_a_process(own, make)
    except Refused as refused:
        return Result(Drawing(Frame(0.0, 0.0), "", ""), refused.diagnostics)


def _depends_on(
    sources: Sources, document: ComposedDocument, spec: ChartSpec, style: Style
) -> Iterator[bytes]:
    """Yield all that a drawing depends on beside the product itself."""
    table = sources.package.tables.get(spec.table)
    facts = {id: sources.book.facts.get(id) for id in facts_of(spec)}
    package = sources.package
    parts = (document.edition, document.locale, spec, table, facts, package.code_lists, package.units, style)
    yield from (repr(part).encode() for part in parts)
    for key, face in sorted(sources.fonts.faces.items()):
        yield f"{key} {face.sha256 or digest_of([face.data])}".encode()
