"""Labels of heads and stubs: two scripts in one cell, units in brackets, marks, “其中：”."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reportgen.data.importing import words
from reportgen.data.importing.grid import Cell, split_marks

HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_SMALL = re.compile(r"[a-z]")
_BRACKETS = re.compile(r"\s*[(（\[【]\s*([^()（）\[\]【】]{1,40})\s*[)）\]】]\s*\Z")
_LIST_MARK = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．](?!\d))\s*"
)


@dataclass(frozen=True, slots=True)
class Label:
    """A label in up to two scripts.

    Attributes:
        han: what is written in Chinese characters; ``latin`` in small Latin letters; a text in neither, such as
            15–64 or GDP, is both.
        unit: what stands in brackets behind the name, where that is a unit.
        marks: marks of footnotes.
        of_which: whether “其中：” or the like stands before it.
    """

    han: str = ""
    latin: str = ""
    unit: str = ""
    marks: tuple[str, ...] = ()
    of_which: bool = False

    @property
    def text(self) -> str:
        """What the label is known by."""
        return self.han or self.latin

    @property
    def is_total(self) -> bool:
        return any(words.means("total", part) for part in (self.han, self.latin) if part)

    def inside(self, other: Label) -> Label:
        """Return the label with the name of the group that it belongs to before its own."""
        pairs = ((other.han, self.han), (other.latin, self.latin))
        han, latin = (" · ".join(pair) if all(pair) else "" for pair in pairs)
        return Label(han, latin, self.unit or other.unit, self.marks)


def label_of(cell: Cell | str, known_units: frozenset[str] = frozenset()) -> Label:
    """Return the label in a cell."""
    raw = cell if isinstance(cell, str) else str(cell.raw or "")
    marks = () if isinstance(cell, str) else cell.marks
    text, more = split_marks(raw)
    text, of_which = words.without_of_which(Cell(text).text)
    text = _LIST_MARK.sub("", text)
    if "\n" not in text:
        text, unit = split_unit(text, known_units)
        han, latin = split_scripts(text)
    else:  # each line may have its own
        han, latin = split_scripts(text)
        han, unit = split_unit(han, known_units)
        latin, other = split_unit(latin, known_units)
        unit = "\n".join(dict.fromkeys(each for each in (unit, other) if each))
    return Label(han, latin, unit, (*marks, *more), of_which)


def split_unit(text: str, known: frozenset[str] = frozenset()) -> tuple[str, str]:
    """Return a name and the unit in brackets behind it, "" where there is none."""
    found = _BRACKETS.search(text)
    if found is not None and found.start() and words.is_unit(found[1].strip(), known):
        return text[: found.start()].strip(), found[1].strip()
    comma = re.fullmatch(r"(.+?)\s*[,，]\s*(%|per cent|percent)", text, re.IGNORECASE)
    return (comma[1], comma[2]) if comma else (text, "")


def split_scripts(text: str) -> tuple[str, str]:
    """Return what a text says in Chinese characters and what in Latin letters.

    Lines are told apart by their script, a line by its end: “年份 Year”, “总计 / Total”. A text that has neither
    Chinese characters nor small letters is the same in both.
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    han = [line for line in lines if HAN.search(line)]
    latin = [line for line in lines if not HAN.search(line)]
    if len(han) == 1 and not latin:
        found = re.fullmatch(
            r"(.*[\u3400-\u9fff][^A-Za-z]*?)\s*[/／\s]\s*([A-Za-z][^\u3400-\u9fff]{2,})", han[0]
        )
        if found and len(_SMALL.findall(found[2])) > 1:
            return found[1].strip(" /／"), found[2].strip()
    if han and latin:
        return _joined(han), " ".join(latin)
    if han:
        return _joined(han), ""
    whole = " ".join(latin)
    return ("" if _SMALL.search(whole) else whole), whole


def _joined(lines: list[str]) -> str:
    """Return lines of Chinese in one, without the spaces that only fill a cell: 合 计."""
    whole = "".join(lines)
    return re.sub(r"(?<=[\u3400-\u9fff（）])\s+(?=[\u3400-\u9fff（）])", "", whole)


def slug(text: str, longest: int = 40) -> str:
    """Return a name of small letters, digits and low lines for a text in Latin letters; "" where it has none."""
    import unicodedata

    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]+", "_", ascii_only.casefold()).strip("_")
    if len(name) > longest:
        name = name[:longest].rpartition("_")[0] or name[:longest]
    return name
