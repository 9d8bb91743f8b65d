"""The engine's own words (Figure, Contents, Note …) in an edition's language: gettext's domain ``reportgen``.

A label's msgid is its English text, so English has a catalog too only where printing differs from the msgid, such as
``Unit: {unit}``, and so that both languages are checked alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from reportgen.base.diagnostics import Refused, error, unwrap
from reportgen.data.statuses import STATUSES, StatusNames
from reportgen.edition.languages import language, languages
from reportgen.edition.po import parse_po

LOCALES = Path(__file__).parent.parent / "locales"
_HOLE = "\x00"


class UnknownLabel(KeyError):
    """A label that the catalog of the language has not: a fault of the program, not of a project."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of one language.

    Attributes:
        texts: translations by msgid, one a plural form (Chinese has one, English two).
    """

    language: str
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __call__(self, msgid: str, **values: object) -> str:
        """Return a label with values for its braces.

        The label ``Figure {number}`` with the number 1-1 is 图1-1.

        Raises:
            UnknownLabel: if there is no such label.
        """
        return self._text(msgid)[0].format(**values)

    def plural(self, msgid: str, count: int, **values: object) -> str:
        """Return a label in the form that goes with a count, which also fills its ``{count}``."""
        texts = self._text(msgid)
        form = language(self.language).plural(count)
        return texts[min(form, len(texts) - 1)].format(**{"count": count, **values})

    def around(self, msgid: str, hole: str, **values: object) -> tuple[str, str]:
        """Return what stands before and after the brace ``hole``, for a value that is more than characters."""
        before, _, after = self(msgid, **{hole: _HOLE, **values}).partition(_HOLE)
        return before, after

    def _text(self, msgid: str) -> tuple[str, ...]:
        texts = self.texts.get(msgid)
        if texts is None:
            raise UnknownLabel(f"the label {msgid!r} is not in the catalog reportgen of {self.language}")
        return texts


@lru_cache(maxsize=8)
def load_labels(name: str) -> Labels:
    """Return the engine's labels in a language.

    Raises:
        Refused: if the engine does not speak it, or its catalog is faulty.
    """
    path = LOCALES / name / "LC_MESSAGES" / "reportgen.po"
    if not path.is_file():
        message = f"there are no labels in {name!r}"
        raise Refused([error("missing-labels", message, None, f"there are {', '.join(languages())}")])
    entries = unwrap(parse_po(path.read_text(encoding="utf-8"), path.name))
    texts = {e.id.text: tuple(string.text for string in e.strings) for e in entries if e.id.text}
    return Labels(name, texts)


def status_names(names: Iterable[str]) -> StatusNames:
    """Return what SDMX's observation statuses are called in some languages; one without labels is left out."""
    spoken = [
        load_labels(name) for name in names if (LOCALES / name / "LC_MESSAGES" / "reportgen.po").is_file()
    ]
    return {code: {labels.language: labels(msgid) for labels in spoken} for code, msgid in STATUSES.items()}
