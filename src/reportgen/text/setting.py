"""What an edition's text is set with, from its style."""

from __future__ import annotations

from reportgen.base.style import Style
from reportgen.text.faces import FontBook
from reportgen.text.token_table import TextSetting


def text_setting(style: Style, fonts: FontBook) -> TextSetting:
    """Return the setting that an edition's paragraphs and labels share."""
    return TextSetting(fonts, style.families, style.main_script, style.hyphenation)
