"""What the tests of charts draw with: the house style and the faces that come with the product."""

from __future__ import annotations

from reportgen.base.diagnostics import unwrap
from reportgen.base.house import load_style
from reportgen.base.world import World
from reportgen.text.faces import load_fonts
from reportgen.text.setting import text_setting

LANG = "zh-CN"
STYLE = unwrap(load_style(LANG))
FONTS = unwrap(load_fonts(World()))
SETTING = text_setting(STYLE, FONTS)
