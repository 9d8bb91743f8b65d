"""The languages that editions are written in, a file each.

A language is added by adding its file, named for its tag (``fr.py``): a class ``Spoken``, made from
:class:`reportgen.edition.language.Language`, and whatever data it needs beside it; and its catalog of labels.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules
from typing import cast

from reportgen.edition.language import Language, UnknownLocale


def languages() -> tuple[str, ...]:
    """Return the names of all languages, sorted."""
    return tuple(sorted(module.name for module in iter_modules(__path__)))


@lru_cache(maxsize=16)
def language(tag: str, lang: str | None = None, group: str | None = None) -> Language:
    """Return the language of a tag.

    Args:
        tag: a language's name, or a locale of it as Babel writes them (``en_GB``).
        lang: the BCP 47 tag of the edition; by default that of the locale.
        group: the thousands separator; by default that of the locale.

    Raises:
        UnknownLocale: if there is no such language or locale.
    """
    name = tag.partition("_")[0]
    if name not in languages():
        raise UnknownLocale(f"there are no formats for {tag}: an edition is in {' or '.join(languages())}")
    spoken = cast(type[Language], import_module(f"{__name__}.{name}").Spoken)
    return spoken.load(spoken.usual_locale if tag == name else tag, lang, group)
