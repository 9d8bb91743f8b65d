"""The house's forms of charts: one form a file, which declares it as ``FORM``. A new file here is a new form."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules

from reportgen.charts.form import Form


@lru_cache(maxsize=1)
def house_forms() -> Mapping[str, Form]:
    """Return every form by the name that a specification calls it."""
    modules = (import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__))
    return {module.FORM.name: module.FORM for module in modules}
