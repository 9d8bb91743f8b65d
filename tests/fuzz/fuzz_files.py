"""Edits of bytes, of workbooks, and of the files of a folder."""

from __future__ import annotations

import io
import os
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

_CELL = re.compile(r'<c r="([A-Z]+)(\d+)"([^>]*)>(.*?)</c>', re.DOTALL)
_VALUES = (
    "<v>9e999</v>",
    "<v>151000.00000001</v>",
    "<v>#REF!</v>",
    "<v></v>",
    "",
    "<f>1+1</f>",
    "<v>99999999</v>",
    "<v>-1</v>",
    "<is><t>x</t></is>",
    "<v>44927.5</v>",
    "<v>" + "9" * 400 + "</v>",
    "<f>A1</f><v>7</v>",
)


@dataclass(frozen=True)
class Odd:
    """What stands where a file was: ``link`` and ``target``, ``fifo``, ``folder``, ``closed`` or ``large``."""

    kind: str
    target: str = ""
    data: bytes = b""


Folder = dict[str, "bytes | Odd"]


def bytes_edit(data: bytes, random: Random) -> bytes:
    """Flip bits, cut, repeat or overwrite a stretch of bytes."""
    if not data:
        return random.randbytes(40)
    at = random.randrange(len(data))
    length = random.choice((1, 4, 100, 5_000))
    match random.randrange(6):
        case 0 | 1:
            changed = bytearray(data)
            for _ in range(random.choice((1, 3, 30))):
                changed[random.randrange(len(data))] ^= 1 << random.randrange(8)
            return bytes(changed)
        case 2:
            return data[:at]
        case 3:
            return data[:at] + data[at + length :]
        case 4:
            return (
                data[:at]
                + random.choice((b"\0", b"\xff", b"\x80", b"\xed\xa0\x80")) * length
                + data[at + length :]
            )
    return data[:at] + data[max(0, at - length) : at] * random.choice((1, 50)) + data[at:]


def font_edit(data: bytes, random: Random) -> bytes:
    """Change one of an OpenType font's tables, or the entry that names it."""
    count = int.from_bytes(data[4:6], "big")
    if not 0 < count < 60:
        return bytes_edit(data, random)
    entry = 12 + 16 * random.randrange(count)
    start, length = (int.from_bytes(data[entry + k : entry + k + 4], "big") for k in (8, 12))
    in_table = start + random.randrange(max(1, min(length, 200)))
    at = entry + random.randrange(16) if random.random() < 0.25 else in_table
    changed = bytearray(data)
    for k in range(random.choice((1, 2, 4))):
        if at + k < len(changed):
            changed[at + k] = random.choice((0, 255, 127, 128, random.randrange(256)))
    return bytes(changed)


def workbook_edit(data: bytes, random: Random) -> bytes:
    """Change a cell of the first sheet, or the members of the archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, ValueError):
        return bytes_edit(data, random)
    name = random.choice(list(members) or ["x"])
    sheet = "xl/worksheets/sheet1.xml"
    match random.choices(("cell", "delete", "bytes", "large", "text", "whole"), (60, 6, 8, 1, 15, 6))[0]:
        case "cell" if sheet in members:
            members[sheet] = _cell_edit(members[sheet].decode("utf-8", "replace"), random).encode()
        case "delete":
            members.pop(name, None)
        case "bytes":
            members[name] = bytes_edit(members.get(name, b""), random)
        case "large":
            members[name] = b" " * 300_000_000
        case "text" if sheet in members:
            old, new = random.choice(
                (
                    (b"<row ", b"<row hidden='1' "),
                    (b'r="1"', b'r="0"'),
                    (b"</sheetData>", b""),
                    (b"<v>", b"<v>1"),
                    (b"</sheetData>", b"</sheetData><mergeCells><mergeCell ref='A2:B3'/></mergeCells>"),
                    (b't="s"', b't="x"'),
                    (b"<dimension ref=", b"<dimension x="),
                    (b"<sheetData>", b"<!DOCTYPE x [<!ENTITY a 'b'>]><sheetData>"),
                )
            )
            members[sheet] = members[sheet].replace(old, new, random.choice((1, 99)))
        case _:
            return bytes_edit(data, random)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return held.getvalue()


def _cell_edit(text: str, random: Random) -> str:
    found = list(_CELL.finditer(text))
    if not found:
        return text
    cell = random.choice(found)
    column, row, rest, content = cell.groups()
    match random.randrange(4):
        case 0:
            column, row = random.choice(
                (("XFD", "1048576"), ("ZZZ", "9"), ("A", "0"), ("C", "900000"), ("Z", row))
            )
        case 1:
            rest = random.choice((' t="s"', ' t="b"', ' t="e"', ' t="str"', ' t="d"', ' s="99"', ""))
        case _:
            content = random.choice(_VALUES)
    return f'{text[: cell.start()]}<c r="{column}{row}"{rest}>{content}</c>{text[cell.end() :]}'


def folder_edit(files: Folder, path: str, random: Random) -> None:
    """Put something else where a file was."""
    data = files[path]
    assert isinstance(data, bytes)
    other = random.choice(list(files))
    match random.choice(
        (
            "remove",
            "empty",
            "rename",
            "folder",
            "link",
            "outside",
            "loop",
            "fifo",
            "closed",
            "large",
            "other",
            "beside",
        )
    ):
        case "remove":
            del files[path]
        case "empty":
            files[path] = b""
        case "rename":
            files[path.upper() if random.random() < 0.5 else path + "~"] = files.pop(path)
        case "folder":
            files[path] = Odd("folder")
        case "link":
            files[path] = Odd("link", other)
        case "outside":
            files[path] = Odd(
                "link",
                random.choice(("/etc/passwd", "/dev/zero", "/dev/full", "/proc/self/mem", "/", "/nowhere")),
            )
        case "loop":
            files[path] = Odd("link", path)
        case "fifo":
            files[path] = Odd("fifo")
        case "closed":
            files[path] = Odd("closed", data=data)
        case "large":
            files[path] = Odd("large", data=data)
        case "other":
            files[path] = files[other]
        case _:
            names = (
                "data/manuscript/\udcff.md",
                "data/manuscript/05-x.md",
                "data/manuscript/.md",
                "out",
                ".cache",
                "data/x y\n.csv",
            )
            files[random.choice(names)] = data


def put(folder: Path, files: Folder) -> None:
    """Write a project's files, and what is none."""
    for name, content in files.items():
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _put(folder, path, content)
        except OSError:  # two files want one place: the first keeps it
            continue


def _put(folder: Path, path: Path, content: bytes | Odd) -> None:
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif content.kind == "folder":
        path.mkdir()
    elif content.kind == "link":
        path.symlink_to(content.target if content.target.startswith("/") else folder / content.target)
    elif content.kind == "fifo":
        os.mkfifo(path)
    else:
        path.write_bytes(content.data)
        if content.kind == "large":
            os.truncate(path, 3_000_000_000)
        else:
            path.chmod(0)


BYTE_EDITS: dict[str, Callable[[bytes, Random], bytes]] = {
    "bytes": bytes_edit,
    "font": font_edit,
    "workbook": workbook_edit,
}
