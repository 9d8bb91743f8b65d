"""Structural edits of CSV, Markdown and PO, and of any text by its lines."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from random import Random

from fuzz_words import BLOCKS, CELLS, MARKS

_PO_PART = re.compile(r'^(msgstr(?:\[\d+\])?) "(.*)"$', re.MULTILINE)
_FACT = re.compile(r"\{[^{}]*\}")


def csv_edit(data: bytes, random: Random) -> bytes:
    rows = [row for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))) if row]
    if not rows:
        return data
    y, x = random.randrange(len(rows)), random.randrange(len(rows[0]))
    x = min(x, len(rows[y]) - 1)
    kind = random.choices(
        ("near", "cell", "row-", "row+", "rows", "column-", "column+", "columns", "ragged", "many"),
        (55, 12, 6, 5, 8, 3, 3, 4, 3, 1),
    )[0]
    match kind:
        case "near":
            numbers = [(a, b) for a, row in enumerate(rows) for b, c in enumerate(row) if c.isdigit() and a]
            if numbers:
                y, x = random.choice(numbers)
                rows[y][x] = str(
                    int(int(rows[y][x]) * random.choice((0, 0.5, 0.99, 1.01, 3)) + random.choice((0, 1)))
                )
        case "cell":
            rows[y][x] = random.choice(CELLS)
        case "row-":
            del rows[y]
        case "row+":
            rows.insert(random.randint(0, len(rows)), list(rows[y]))
        case "rows":
            random.shuffle(rows) if random.random() < 0.2 else rows.__setitem__(slice(1, None), rows[:0:-1])
        case "column-":
            rows = [row[:x] + row[x + 1 :] for row in rows]
        case "column+":
            rows = [[*row[:x], random.choice(CELLS[:20]), *row[x:]] for row in rows]
        case "columns":
            rows = [row[::-1] for row in rows]
        case "ragged":
            rows[y] = rows[y][:-1] if random.random() < 0.5 else [*rows[y], ""]
        case _:
            rows += [[cell if cell.isalpha() else f"{n}" for cell in rows[-1]] for n in range(20_000)]
    held = io.StringIO()
    delimiter = random.choices((",", ";", "\t"), (30, 1, 1))[0]
    writer = csv.writer(held, delimiter=delimiter, lineterminator=random.choice(("\n", "\n", "\r\n", "\r")))
    writer.writerows(rows)
    text = held.getvalue()
    if random.random() < 0.05:
        at = random.randint(0, len(text))
        text = text[:at] + random.choice(('"', ",", "\n\n", "\u0000", '""')) + text[at:]
    encoding = random.choices(("utf-8", "utf-8-sig", "gb18030", "utf-16", "latin-1"), (60, 6, 2, 2, 1))[0]
    return text.encode(encoding, "replace")


def markdown_edit(data: bytes, random: Random) -> bytes:
    lines = data.decode("utf-8", "replace").split("\n")
    at = random.randrange(len(lines))
    kind = random.choices(
        ("mark", "block", "delete", "double", "move", "fact", "wrap", "deep", "words"),
        (18, 9, 6, 6, 6, 12, 7, 2, 40),
    )[0]
    match kind:
        case "mark":
            place = random.randint(0, len(lines[at]))
            lines[at] = lines[at][:place] + random.choice(MARKS) + lines[at][place:]
        case "block":
            lines.insert(at, f"\n{random.choice(BLOCKS)}\n")
        case "delete":
            del lines[at]
        case "double":
            lines.insert(at, lines[at])
        case "move":
            lines.insert(random.randrange(len(lines)), lines.pop(at))
        case "fact":
            lines = _other_fact("\n".join(lines), random).split("\n")
        case "wrap":
            left, right = random.choice(
                (("*", "*"), ("**", "**"), ("[", "]{lang=en}"), ("- ", ""), ("> ", ""), ("    ", ""))
            )
            lines[at] = left + lines[at] + right
        case "deep":
            sign = random.choice(("> ", "- ", "1. ", "*", "["))
            lines.insert(at, f"\n{sign * random.choice((30, 300, 1_200))}深\n")
        case _:
            lines[at] = re.sub(
                r"([\u4e00-\u9fff]+)", lambda m: random.choice((m[1], m[1] * 2, m[1][:1] + "新")), lines[at]
            )
    return "\n".join(lines).encode("utf-8", "surrogatepass")


def _other_fact(text: str, random: Random) -> str:
    """Return a text in which one placeholder is another's, or has another format."""
    found = list(_FACT.finditer(text))
    if not found:
        return text
    there, taken = random.choice(found), random.choice(found)[0]
    if random.random() < 0.5:
        name = there[0][1:-1].partition(":")[0]
        taken = f"{{{name}:{random.choice(('int', 'pct', 'wan.1', 'year', 'num.9', 'words', 'hedge', 'x'))}}}"
    return text[: there.start()] + taken + text[there.end() :]


def po_edit(data: bytes, random: Random) -> bytes:
    text = data.decode("utf-8", "replace")
    entries = text.split("\n\n")
    at = random.randrange(len(entries))
    kind = random.choices(
        ("string", "mark", "fact", "delete", "double", "flag", "plural", "head", "line"),
        (14, 14, 14, 6, 6, 6, 4, 4, 8),
    )[0]
    match kind:
        case "string" | "mark":

            def changed(found: re.Match[str]) -> str:
                words, place = found[2], random.randint(0, len(found[2]))
                more = (
                    random.choice(MARKS)
                    if kind == "mark"
                    else random.choice(("", words * 2, "x" * 9_000, "\\q", '"', " of"))
                )
                shown = more.replace("\r", "\\r").replace("\t", "\\t")
                return f'{found[1]} "{words[:place]}{shown}{words[place:]}"'

            entries[at] = _PO_PART.sub(changed, entries[at], count=1)
        case "fact":
            entries[at] = _other_fact(entries[at], random)
        case "delete":
            del entries[at]
        case "double":
            entries.insert(at, entries[at])
        case "flag":
            entries[at] = (
                random.choice(("#, fuzzy\n", "#~ ", "#, no-python-format, ,,\n", "#| msgid \n", "#. x\n"))
                + entries[at]
            )
        case "plural":
            entries[at] = entries[at].replace(
                "msgstr ", f'msgid_plural "x"\nmsgstr[{random.choice((0, 1, 7, 10**12))}] ', 1
            )
        case "head":
            plural = random.choice(
                (
                    "nplurals=99; plural=n;",
                    "nplurals=2; plural=(((((1)))));",
                    f"nplurals=1; plural={'9' * 500};",
                    "x",
                )
            )
            entries[0] += (
                f'\n"Plural-Forms: {plural}\\n"'
                f'\n"Content-Type: text/plain; charset={random.choice(("x", "utf-16", "GB18030"))}\\n"'
            )
        case _:
            return line_edit(data, random)
    return "\n\n".join(entries).encode("utf-8", "surrogatepass")


def line_edit(data: bytes, random: Random) -> bytes:
    """Delete, double, move or cut a line of any text."""
    lines = data.split(b"\n")
    at = random.randrange(len(lines))
    kind = random.randrange(4)
    if kind == 0:
        del lines[at]
    elif kind == 1:
        lines.insert(at, lines[at])
    elif kind == 2:
        lines.insert(random.randrange(len(lines)), lines.pop(at))
    else:
        lines[at] = lines[at][: random.randint(0, len(lines[at]))]
    return b"\n".join(lines)


TEXT_EDITS: dict[str, Callable[[bytes, Random], bytes]] = {
    "csv": csv_edit,
    "markdown": markdown_edit,
    "po": po_edit,
    "line": line_edit,
}
