"""What the tests of the text layer share: one setting, plain styles, and short ways to ask for items and lines."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from reportgen.base.style import CharStyle, Faces, Family, ParagraphStyle
from reportgen.base.world import World
from reportgen.text.costs import FORBIDDEN, FORCED, HELD
from reportgen.text.faces import FontBook, load_fonts
from reportgen.text.itemize import TextSetting, TextSpan, itemize
from reportgen.text.items import Gap, Items
from reportgen.text.paragraph import Line, set_paragraph

EM = 10.0
SERIF = CharStyle("serif", EM)
SANS = CharStyle("sans", EM)
STYLE = ParagraphStyle("test", SERIF, 16.0)
FAMILIES = {
    "serif": Family(
        Faces("NotoSerifSC-Regular", bold="NotoSerifSC-Bold"),
        Faces("SourceSerif4-Regular", bold="SourceSerif4-Bold", italic="SourceSerif4-Italic"),
    ),
    "sans": Family(Faces("NotoSansSC-Regular"), Faces("NotoSansSC-Regular")),
}


@lru_cache(maxsize=1)
def fonts() -> FontBook:
    return load_fonts(World(Path(__file__).parents[2])).value


@lru_cache(maxsize=4)
def setting(main: str = "han", hyphenation: str | None = "en_GB") -> TextSetting:
    return TextSetting(fonts(), FAMILIES, "latin" if main == "latin" else "han", hyphenation)


def styled(**changes: Any) -> ParagraphStyle:
    return replace(STYLE, **changes)


def items(text: str, lang: str = "zh-CN", **changes: Any) -> Items:
    main = "han" if lang.startswith("zh") else "latin"
    return itemize((TextSpan(text, SERIF, lang),), styled(**changes), setting(main)).value


def lines(text: str, measure: float, lang: str = "zh-CN", **changes: Any) -> tuple[Line, ...]:
    main = "han" if lang.startswith("zh") else "latin"
    return set_paragraph((TextSpan(text, SERIF, lang),), styled(**changes), measure, setting(main)).value


def texts(text: str, measure: float, lang: str = "zh-CN", **changes: Any) -> list[str]:
    """Return the words of each line; a hyphen that a break added reads -."""
    return [line.text.strip().replace("\u00ad", "-") for line in lines(text, measure, lang, **changes)]


def gap_after(found: Items, text: str) -> Gap:
    """Return the gap behind the first box of that text."""
    return next(g for b, g in zip(found.boxes, found.gaps, strict=True) if "".join(b.texts) == text)


def breaks(text: str, lang: str = "zh-CN", **changes: Any) -> str:
    """Return the text with | where a line may break; spaces at breaks are left out."""
    found = items(text, lang, **changes)
    pieces = []
    for box, gap in zip(found.boxes, found.gaps, strict=True):
        pieces.append("".join(box.texts))
        if gap.penalty == float("-inf"):
            pieces.append("¶")
        elif gap.penalty < HELD:
            pieces.append("-|" if gap.hyphen else "|")
        else:
            pieces.append(gap.space)
    return "".join(pieces).removesuffix("¶")


def dump_items(items: Items) -> str:
    """Return boxes and gaps as text for goldens.

    ``B‹増›`` is a box, ``G(5.2+0.3-5.2)`` glue, ``P(60)`` a penalty, ``P(60-)`` one that adds a hyphen, ``×`` no break,
    ``=`` no break inside a number, ``|`` an end.
    """
    parts: list[str] = []
    for box, gap in zip(items.boxes, items.gaps, strict=True):
        parts.append(f"B‹{''.join(box.texts)}›")
        if gap.width or gap.stretch or gap.shrink:
            parts.append(f"G({gap.width:.2f}+{gap.stretch:.2f}-{gap.shrink:.2f})")
        if gap.penalty == FORBIDDEN:
            parts.append("×")
        elif gap.penalty == HELD:
            parts.append("=")
        elif gap.penalty == FORCED:
            parts.append("|")
        elif gap.penalty:
            parts.append(f"P({gap.penalty:g}{'-' if gap.hyphen else ''})")
    return " ".join(parts)
