"""Objects of a finished file as the standard nests them: what may be absent, one or many, or a tree of entries."""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf


def inside(holder: pikepdf.Object, *keys: str) -> pikepdf.Object:
    """Return the dictionary at the end of a way of keys, an empty one where a step is absent."""
    for key in keys:
        holder = holder.get("/" + key, pikepdf.Dictionary())
    return holder


def each(holder: pikepdf.Object, key: str) -> list[pikepdf.Object]:
    """Return what an entry holds that may be absent, one object or an array of them."""
    found = holder.get("/" + key)
    if found is None:
        return []
    return list(found) if isinstance(found, pikepdf.Array) else [found]


def entries_of(tree: pikepdf.Object, leaf: str) -> Iterator[tuple[pikepdf.Object, pikepdf.Object]]:
    """Yield the pairs of a name tree (leaf ``Names``) or a number tree (``Nums``; ISO 32000-1, 7.9.6 and 7.9.7).

    Raises:
        ValueError: if a node stands below itself.
    """
    waiting, seen = [tree], set()
    while waiting:
        node = waiting.pop()
        if node.is_indirect and node.objgen in seen:
            raise ValueError("a tree of names or numbers leads back to itself")
        seen.add(node.objgen)
        pairs = each(node, leaf)
        yield from zip(pairs[::2], pairs[1::2], strict=False)
        waiting += reversed(each(node, "Kids"))
