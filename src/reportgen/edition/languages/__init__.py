"""The languages that editions are written in, a file each.

To add a language, add its file, named for its tag (``fr.py``), with a subclass of
:class:`reportgen.edition.language.Language` as ``LANGUAGE``, and its catalog of labels in ``reportgen/locales``.
Data that a language needs stand beside its file.
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


def unit_words() -> dict[str, str]:
    """Return what all languages call the dimensions of units (:attr:`Language.unit_words`)."""
    found = (import_module(f"{__name__}.{name}").LANGUAGE for name in languages())
    return {word: dimension for one in found for word, dimension in one.unit_words.items()}


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
    found = cast(type[Language], import_module(f"{__name__}.{name}").LANGUAGE)
    return found.load(found.usual_locale if tag == name else tag, lang, group)
