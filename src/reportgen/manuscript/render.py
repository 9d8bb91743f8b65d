"""Inline nodes back to Markdown: the canonical form in which a passage stands in the catalogs.

Braces are left to placeholders alone, so that gettext's ``python-brace-format`` check understands a message:
claims, languages and literals take their bracket or backtick forms, a literal brace is doubled.
"""

from __future__ import annotations

import re

from reportgen.manuscript import tree

_ESCAPED = re.compile(r"[\\`*_<&\[\]]")


def render(content: tree.Inlines) -> str:
    """Return the Markdown that parses to ``content``."""
    return "".join(_render(node) for node in content)


def _render(node: tree.Inline) -> str:
    match node:
        case tree.Words():
            return _ESCAPED.sub(r"\\\g<0>", node.text).replace("{", "{{").replace("}", "}}")
        case tree.Verbatim():
            return f"``{node.text}``" if "`" in node.text else f"`{node.text}`"
        case tree.Placeholder():
            return f"{{{node.fact}:{node.format}}}"
        case tree.Styled():
            fence = "**" if node.mark == "strong" else "*"
            return f"{fence}{render(node.content)}{fence}"
        case tree.Claimed():
            return f"[{render(node.content)}](claim:{node.claim})"
        case tree.Foreign():
            return f"[{render(node.content)}](lang:{node.lang})"
        case tree.Reference():
            return f"[](#{node.anchor})"
        case tree.NoteMark():
            return f"[^{node.note}]"
        case tree.Link():
            return f"[{render(node.content)}]({node.uri})"
        case tree.Break():
            return "\\\n"
