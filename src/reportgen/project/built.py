"""What a build has written, and pages as pictures."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportgen.base.diagnostics import Diagnostic
from reportgen.project.names import Names

if TYPE_CHECKING:
    from PIL.Image import Image

    from reportgen.project.fact import Facts
    from reportgen.project.project import Project

_POINTS_PER_INCH = 72.0


@dataclass(frozen=True, slots=True)
class Written:
    """Files that were written, and the warnings that were found on the way."""

    files: tuple[Path, ...]
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Built(Written):
    """A report's finished files."""

    project: Project = field(repr=False)

    @property
    def facts(self) -> Facts:
        """Every fact by its id, with the pages that print it."""
        return self.project.facts

    @property
    def pages(self) -> Mapping[str, tuple[Page, ...]]:
        """The pages of each edition: the screen's, or the press's where no screen file was asked for."""
        found: dict[str, tuple[Page, ...]] = {}
        for path in self.files:
            _, edition, profile = path.name.rsplit(".", 3)[:3] if path.suffix == ".pdf" else ("", "", "")
            if profile == "screen" or (profile == "press" and edition not in found):
                found[edition] = pages_of(edition, path.read_bytes())
        return Names("edition", found)

    def file(self, edition: str, profile: str) -> Path:
        """Return the file of an edition in a profile: ``screen``, ``press``, ``cover``.

        Raises:
            UnknownName: if there is none.
        """
        return Names("file", {".".join(path.name.split(".")[-3:-1]): path for path in self.files})[
            f"{edition}.{profile}"
        ]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a finished file.

    Attributes:
        index: its place in the file, from 0.
        label: the folio as printed: "ii", "12".
    """

    edition: str
    index: int
    label: str
    _file: bytes = field(repr=False)

    @property
    def text(self) -> str:
        """The words on the page, line by line."""
        with _opened(self._file) as document:
            return str(document[self.index].get_textpage().get_text_bounded()).replace("\r\n", "\n")

    def image(self, dpi: float = 96.0) -> Image:
        """Return the page as a picture of so many pixels an inch."""
        with _opened(self._file) as document:
            picture: Image = document[self.index].render(scale=dpi / _POINTS_PER_INCH).to_pil()
        return picture

    def png(self, dpi: float = 96.0) -> bytes:
        """Return the page as a PNG file of so many pixels an inch."""
        out = io.BytesIO()
        self.image(dpi).save(out, "PNG", dpi=(dpi, dpi))
        return out.getvalue()

    def _repr_png_(self) -> bytes:
        return self.png()


def pages_of(edition: str, file: bytes) -> tuple[Page, ...]:
    """Return the pages of a PDF."""
    with _opened(file) as document:
        labels = [document.get_page_label(index) for index in range(len(document))]
    return tuple(Page(edition, index, label, file) for index, label in enumerate(labels))


def _opened(file: bytes) -> Any:
    import pypdfium2

    return pypdfium2.PdfDocument(file)
