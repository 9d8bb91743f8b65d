"""reportgen sets one Chinese manuscript and its data as Chinese and English reports, for press and for screen.

This is its door for programs and notebooks; ``docs/python.md`` describes it::

    import reportgen

    project = reportgen.open("my-report")
    project.facts["p1.applications.cagr"].value
    project.build(editions=["en"]).files

Everything is imported when it is first asked for: ``import reportgen`` itself costs nothing.
"""

from __future__ import annotations

from reportgen.base.version import __version__

TYPE_CHECKING = False  # as type checkers read it; importing typing takes as long as starting Python
if TYPE_CHECKING:
    from reportgen.base.diagnostics import CellRef, Diagnostic, PageRef, Refused, Severity, Span
    from reportgen.facts.book import Claim
    from reportgen.project.built import Built, Page, Written
    from reportgen.project.fact import Fact, Facts
    from reportgen.project.figure import Figure
    from reportgen.project.importing import Imported
    from reportgen.project.names import UnknownName
    from reportgen.project.new_project import new_project as new
    from reportgen.project.project import Project
    from reportgen.project.project import open_project as open
    from reportgen.project.table import Table
    from reportgen.project.watching import Rebuilt

__all__ = [
    "Built", "CellRef", "Claim", "Diagnostic", "Fact", "Facts", "Figure", "Imported", "Page", "PageRef", "Project",
    "Rebuilt", "Refused", "Severity", "Span", "Table", "UnknownName", "Written", "__version__", "new", "open",
]  # fmt: skip

_HOMES = {
    "base.diagnostics": ("CellRef", "Diagnostic", "PageRef", "Refused", "Severity", "Span"),
    "facts.book": ("Claim",),
    "project.built": ("Built", "Page", "Written"),
    "project.fact": ("Fact", "Facts"),
    "project.figure": ("Figure",),
    "project.importing": ("Imported",),
    "project.names": ("UnknownName",),
    "project.new_project": ("new",),
    "project.project": ("Project", "open"),
    "project.table": ("Table",),
    "project.watching": ("Rebuilt",),
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for."""
    from importlib import import_module

    for home, names in _HOMES.items():
        if name in names:
            module = import_module(f"reportgen.{home}")
            return getattr(module, f"{name}_project" if name in ("new", "open") else name)
    raise AttributeError(f"reportgen has no {name}")


def __dir__() -> list[str]:
    return __all__
