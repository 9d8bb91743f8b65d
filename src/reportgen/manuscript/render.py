"""Inline nodes back to Markdown: the canonical form in which a passage stands in the catalogs.

Braces are left to placeholders alone, so that gettext's ``python-brace-format`` check understands a message:
claims, languages and literals take their bracket or backtick forms, a literal brace is doubled.
"""

from __future__ import annotations

import re

from reportgen.manuscript.tree import (
    Break,
    Claimed,
    Foreign,
    Inline,
    Inlines,
    Link,
    NoteMark,
    Placeholder,
    Reference,
    Styled,
    Verbatim,
    Words,
)

_ESCAPED = re.compile(r"[\\`*_<&\[\]]")


def render(content: Inlines) -> str:
    """Return the Markdown that parses to ``content``."""
    return "".join(_render(node) for node in content)


def _render(node: Inline) -> str:
    match node:
        case Words():
            return _ESCAPED.sub(r"\\\g<0>", node.text).replace("{", "{{").replace("}", "}}")
        case Verbatim():
            return f"``{node.text}``" if "`" in node.text else f"`{node.text}`"
        case Placeholder():
            return f"{{{node.fact}:{node.format}}}"
        case Styled():
            fence = "**" if node.mark == "strong" else "*"
            return f"{fence}{render(node.content)}{fence}"
        case Claimed():
            return f"[{render(node.content)}](claim:{node.claim})"
        case Foreign():
            return f"[{render(node.content)}](lang:{node.lang})"
        case _:
            return _render_mark(node)


def _render_mark(node: Reference | NoteMark | Link | Break) -> str:
    match node:
        case Reference():
            return f"[](#{node.anchor})"
        case NoteMark():
            return f"[^{node.note}]"
        case Link():
            return f"[{render(node.content)}]({node.uri})"
        case Break():
            return "\\\n"
