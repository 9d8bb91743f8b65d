"""Names of files that every system can hold: reports are sent to people whose system is not the builder's."""

from __future__ import annotations

import re

from reportgen.base import settings as s
from reportgen.base.diagnostics import Faults

LONGEST = 200
"""Bytes of a name in UTF-8: a file's name has 255 at most (NAME_MAX), and edition, profile and ending are added."""

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_RESERVED = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])[ ]*(?:\..*)?", re.IGNORECASE
)
"""Source: Microsoft, *Naming Files, Paths, and Namespaces*."""


def unfit_for_file(name: str) -> str:
    """Say why a file cannot have a name, or one that begins with it, on every system; "" where it can."""
    found = _FORBIDDEN.search(name)
    if found:
        return f"has the character {ascii(found[0])[1:-1]}"
    if any("\ud800" <= char <= "\udfff" for char in name):
        return "holds half a character"
    if _RESERVED.fullmatch(name):
        return "is a device's name on Windows"
    if name != name.strip(" ") or name.strip(".") != name or name == "":
        return "begins or ends with a space or a dot"
    if len(name.encode()) > LONGEST:
        return f"has more than {LONGEST} bytes"
    return ""


def naming_files(reader: s.Reader[str]) -> s.Reader[str]:
    """Return a reader of names that files are named by; one that a system cannot hold is noted, and read all the same.

    What else uses the name is not at fault, too.
    """

    def read(setting: s.Setting, faults: Faults) -> str | None:
        name = reader(setting, faults)
        if name and (fault := unfit_for_file(name)):
            message = f"{setting.title} names files, and {_shown(name)} {fault}"
            faults.error("unfit-name", message, setting.place, HINT)
        return name

    return read


HINT = "write a name of letters, digits, - and _"


def _shown(name: str) -> str:
    """Return a name as it can be printed anywhere, and no longer than can be read."""
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in name[:60])
