"""Make the font files that stand beside this script, or check them.

    python fonts/make_fonts.py                    fetch the npm packages, make the files and the index
    python fonts/make_fonts.py --packages DIR     the same from packages unpacked as DIR/@scope/name
    python fonts/make_fonts.py --check            compare the committed files with fonts.toml

The Noto faces are subset because four whole ones weigh 51 MB; Source Serif 4 is copied as it is because its licence
reserves the name "Source" for unmodified files. A subset is written only when it has been seen to shape and draw
exactly like the font it was made from: a subsetter that drops a feature in silence would move every Chinese comma.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uharfbuzz as hb

HERE = Path(__file__).resolve().parent
INDEX = "fonts.toml"
README = "README.md"
CHARSET = HERE / "charset" / "tgh-8105.txt"

NOTO_SERIF = "@expo-google-fonts/noto-serif-sc"
NOTO_SANS = "@expo-google-fonts/noto-sans-sc"
SOURCE_SERIF = "@expo-google-fonts/source-serif-4"
VERSIONS = {NOTO_SERIF: "0.4.3", NOTO_SANS: "0.4.3", SOURCE_SERIF: "0.4.1"}

# CJK ideographs by block. The other blocks are small and hold what reports are punctuated and numbered with, so every
# character outside these is kept: radicals, kana, bopomofo, enclosed and compatibility forms among them.
HAN_BLOCKS = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))

SAMPLES = 6000  # random strings a face is compared on
MAX_FAULTS = 5  # the first few say what is wrong; thousands would hide it


class FontError(Exception):
    """The fonts cannot be made; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one face is made: which file of which package, and what the index says of it."""

    key: str
    package: str
    source: str
    family: str
    weight: int
    licence: str
    style: str = "normal"
    subset: bool = False

    @property
    def file(self) -> str:
        """The name of the file that is made."""
        return f"{self.key}.ttf"


def _noto(key: str, package: str, source: str, family: str, weight: int) -> Recipe:
    return Recipe(key, package, source, family, weight, "OFL-NotoSC.txt", subset=True)


def _source(key: str, source: str, weight: int, style: str = "normal") -> Recipe:
    return Recipe(key, SOURCE_SERIF, source, "Source Serif 4", weight, "OFL-SourceSerif4.txt", style)


RECIPES = (
    _noto("NotoSerifSC-Regular", NOTO_SERIF, "400Regular/NotoSerifSC_400Regular.ttf", "Noto Serif SC", 400),
    _noto("NotoSerifSC-Bold", NOTO_SERIF, "700Bold/NotoSerifSC_700Bold.ttf", "Noto Serif SC", 700),
    _noto("NotoSansSC-Regular", NOTO_SANS, "400Regular/NotoSansSC_400Regular.ttf", "Noto Sans SC", 400),
    _noto("NotoSansSC-Bold", NOTO_SANS, "700Bold/NotoSansSC_700Bold.ttf", "Noto Sans SC", 700),
    _source("SourceSerif4-Regular", "400Regular/SourceSerif4_400Regular.ttf", 400),
    _source("SourceSerif4-Italic", "400Regular_Italic/SourceSerif4_400Regular_Italic.ttf", 400, "italic"),
    _source("SourceSerif4-Semibold", "600SemiBold/SourceSerif4_600SemiBold.ttf", 600),
    _source("SourceSerif4-Bold", "700Bold/SourceSerif4_700Bold.ttf", 700),
)


# Packages: each is read through a function from a path inside it to the bytes there.

Reader = Callable[[str], bytes]


def open_folder(folder: Path) -> Reader:
    """Return the reader of an unpacked package."""

    def read(path: str) -> bytes:
        try:
            return (folder / path).read_bytes()
        except OSError as problem:
            raise FontError(f"cannot read {path} of the package in {folder}: {problem.strerror}") from problem

    return read


def open_tarball(tarball: Path) -> Reader:
    """Return the reader of a package as npm packs it, without unpacking the weights that are not wanted."""

    def read(path: str) -> bytes:
        with tarfile.open(tarball) as archive:
            try:
                member = archive.extractfile(f"package/{path}")
            except KeyError:
                member = None
            if member is None:
                raise FontError(f"{tarball.name} has no file {path}")
            return member.read()

    return read


def fetch(package: str, scratch: Path) -> Reader:
    """Fetch the pinned version of a package with npm."""
    folder = Path(tempfile.mkdtemp(dir=scratch))
    wanted = f"{package}@{VERSIONS[package]}"
    try:
        subprocess.run(
            ["npm", "pack", "--silent", wanted], cwd=folder, check=True, capture_output=True, text=True
        )
    except FileNotFoundError as problem:
        raise FontError("npm was not found: install it, or give --packages DIR") from problem
    except subprocess.CalledProcessError as problem:
        raise FontError(f"npm pack {wanted} failed:\n{problem.stderr or problem.stdout}") from problem
    return open_tarball(next(folder.glob("*.tgz")))


def require_version(package: str, read: Reader) -> None:
    """Refuse another version than the pinned one: its fonts may differ, and README.md would be wrong."""
    found = json.loads(read("package.json")).get("version")
    if found != VERSIONS[package]:
        raise FontError(f"{package} is version {found}, but {VERSIONS[package]} is wanted")


# Characters


def standard_characters() -> set[int]:
    """Return 通用规范汉字表, the state's list of 2013."""
    lines = CHARSET.read_text(encoding="utf-8").splitlines()
    return {int(line.removeprefix("U+"), 16) for line in lines if line.startswith("U+")}


def gb2312_characters() -> set[int]:
    """Return GB 2312 of 1980, which has the symbols that Chinese fonts are expected to have."""
    found: set[int] = set()
    for row in range(0xA1, 0xFF):
        for cell in range(0xA1, 0xFF):
            found.update(map(ord, bytes((row, cell)).decode("gb2312", errors="ignore")))
    return found


def is_han(code: int) -> bool:
    """Tell whether a code point lies in a block of CJK ideographs."""
    return any(first <= code <= last for first, last in HAN_BLOCKS)


def characters_to_keep(face: Any) -> set[int]:
    """Return what a subset holds: the two lists, and everything in the font that is not an ideograph.

    Raises:
        FontError: if the font lacks a character of the lists.
    """
    has = set(face.unicodes)
    listed = standard_characters() | gb2312_characters()
    if missing := sorted(listed - has):
        raise FontError(f"the font lacks {len(missing)} wanted characters, {_code(missing[0])} the first")
    return listed | {code for code in has if not is_han(code)}


def _code(code: int) -> str:
    return f"U+{code:04X}"


# Subsets


@dataclass(frozen=True, slots=True)
class Subset:
    """A font made smaller, and the new number of each glyph of the old one that it kept."""

    data: bytes
    glyphs: Mapping[int, int]


def make_subset(face: Any, characters: set[int]) -> Subset:
    """Subset a face with every layout feature and every name kept and its hints dropped.

    HarfBuzz keeps only a list of usual features unless told otherwise, and that list lacks halt, chws and palt. Its
    sets start from that list, so a set is cleared before it is inverted: an inverted list would drop what it named.
    """
    options = hb.SubsetInput()
    options.unicode_set.set(characters)
    for everything in (options.layout_feature_tag_set, options.name_id_set):
        everything.clear()
        everything.invert()
    options.flags = hb.SubsetFlags.NO_HINTING
    plan = hb.SubsetPlan(face, options)
    return Subset(plan.execute().blob.data, dict(plan.old_to_new_glyph_mapping.items()))


# Comparison of a subset with its font


@dataclass(frozen=True, slots=True)
class Setting:
    """A way of shaping; a feature that is False is switched off."""

    language: str = "zh-Hans"
    script: str = "Hani"
    direction: str = "ltr"
    features: Mapping[str, bool] = field(default_factory=dict)


SETTINGS = (
    Setting(),
    *(
        Setting(features={tag: True})
        for tag in ("halt", "palt", "chws", "fwid", "hwid", "pwid", "dlig", "ruby")
    ),
    Setting(features={"palt": True, "kern": True}),
    Setting(features={"kern": False, "liga": False}),
    Setting(direction="ttb"),
    *(Setting(direction="ttb", features={tag: True}) for tag in ("vrt2", "vhal", "vchw")),
    Setting(direction="ttb", features={"vpal": True, "vkrn": True}),
    *(Setting(language=language) for language in ("zh-Hant", "zh-HK", "ja", "ko")),
    Setting(language="ja", script="Kana"),
    Setting(language="en", script="Latn"),
    Setting(language="en", script="Latn", features={"kern": False}),
)


def random_strings(characters: set[int], count: int) -> Iterator[str]:
    """Yield strings rich in what shaping changes (marks, Latin letters, digits), the same in every run."""
    draw = random.Random(20130605)  # any fixed number; this is the day 通用规范汉字表 was issued
    marks = [
        chr(c) for c in characters if 0x2000 <= c < 0x2070 or 0x3000 <= c < 0x3040 or 0xFF00 <= c < 0xFFF0
    ]
    plain = [chr(c) for c in characters if 0x21 <= c < 0x250]
    pools = (sorted(map(chr, characters)), sorted(marks), sorted(plain))
    for _ in range(count):
        chosen = draw.choices(pools, weights=(4, 4, 3), k=draw.randint(1, 12))
        yield "".join(draw.choice(pool) for pool in chosen)


Placed = tuple[int, int, int, int, int, int]


def shape(font: Any, text: str, setting: Setting) -> list[Placed]:
    """Return the glyph, cluster, advances and offsets of each glyph that a string is shaped to."""
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.direction = setting.direction
    buffer.script = setting.script
    buffer.language = setting.language
    hb.shape(font, buffer, dict(setting.features))
    placed = zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    return [(i.codepoint, i.cluster, p.x_advance, p.y_advance, p.x_offset, p.y_offset) for i, p in placed]


class Outline:
    """A pen that keeps what it is told to draw."""

    def __init__(self) -> None:
        self.steps: list[tuple[object, ...]] = []

    def moveTo(self, *points: object) -> None:
        self.steps.append(("move", *points))

    def lineTo(self, *points: object) -> None:
        self.steps.append(("line", *points))

    def qCurveTo(self, *points: object) -> None:
        self.steps.append(("quadratic", *points))

    def curveTo(self, *points: object) -> None:
        self.steps.append(("cubic", *points))

    def closePath(self) -> None:
        self.steps.append(("close",))


def outline(font: Any, glyph: int) -> list[tuple[object, ...]]:
    """Return what a glyph is drawn with."""
    pen = Outline()
    font.draw_glyph_with_pen(glyph, pen)
    return pen.steps


def differences(face: Any, subset: Subset, characters: set[int], samples: int = SAMPLES) -> Iterator[str]:
    """Yield each way in which a subset does not behave like the face it was made from."""
    full, small = hb.Font(face), hb.Font(hb.Face(subset.data))
    yield from _differing_characters(full, small, subset.glyphs, characters)
    yield from _differing_outlines(full, small, subset.glyphs)
    for number, text in enumerate(random_strings(characters, samples)):
        setting = SETTINGS[number % len(SETTINGS)]
        wanted = [(subset.glyphs.get(glyph), *rest) for glyph, *rest in shape(full, text, setting)]
        if wanted != [(glyph, *rest) for glyph, *rest in shape(small, text, setting)]:
            yield f"{text!r} is shaped otherwise under {setting}"


def _differing_characters(
    full: Any, small: Any, glyphs: Mapping[int, int], characters: set[int]
) -> Iterator[str]:
    for code in sorted(characters):
        glyph = small.get_nominal_glyph(code)
        if glyph is None or glyph != glyphs.get(full.get_nominal_glyph(code)):
            yield f"{_code(code)} has glyph {glyph}, which is not the one of the whole font"


def _differing_outlines(full: Any, small: Any, glyphs: Mapping[int, int]) -> Iterator[str]:
    for old, new in glyphs.items():
        # Glyph 0 stands for what is missing. Subsetting blanks it, and a report never sets it.
        if new and outline(full, old) != outline(small, new):
            yield f"glyph {new} is not drawn like glyph {old} of the whole font"


# Making


def make_face(recipe: Recipe, data: bytes) -> bytes:
    """Return the bytes of one committed file.

    Raises:
        FontError: if the subset is unlike its font, or the licence file leaves out the font's copyright notice.
    """
    face = hb.Face(data)
    notice = face.get_name(hb.OTNameIdPredefined.COPYRIGHT)
    if notice not in (HERE / recipe.licence).read_text(encoding="utf-8"):
        raise FontError(f"{recipe.licence} does not give the copyright notice of {recipe.key}: {notice}")
    if not recipe.subset:
        return data
    characters = characters_to_keep(face)
    subset = make_subset(face, characters)
    faults = [
        fault for _, fault in zip(range(MAX_FAULTS), differences(face, subset, characters), strict=False)
    ]
    if faults:
        raise FontError("\n  ".join([f"{recipe.key}: the subset is unlike the whole font:", *faults]))
    return subset.data


def make_files(open_package: Callable[[str], Reader]) -> dict[str, bytes]:
    """Return every font file by the key of its face."""
    made = {}
    for package in VERSIONS:
        read = open_package(package)
        require_version(package, read)
        for recipe in RECIPES:
            if recipe.package == package:
                made[recipe.key] = make_face(recipe, read(recipe.source))
                print(f"{recipe.file}: {len(made[recipe.key]):,} bytes, sha256 {digest(made[recipe.key])}")
    return made


def digest(data: bytes) -> str:
    """Return the SHA-256 that the index gives."""
    return hashlib.sha256(data).hexdigest()


def index_of(made: Mapping[str, bytes]) -> str:
    """Return the index: what the product needs to choose a face and to check its file."""
    return "\n".join(_entry(recipe, made[recipe.key]) for recipe in RECIPES)


def _entry(recipe: Recipe, data: bytes) -> str:
    return "\n".join(
        [
            f'[faces."{recipe.key}"]',
            f'file = "{recipe.file}"',
            f'family = "{recipe.family}"',
            f"weight = {recipe.weight}",
            f'style = "{recipe.style}"',
            f'sha256 = "{digest(data)}"',
            f'licence = "{recipe.licence}"',
            f'embedding = "{embedding(data)}"',
            "",
        ]
    )


def embedding(data: bytes) -> str:
    """Return what the font itself lets documents do, from the fsType field of its OS/2 table (OpenType 1.9).

    Raises:
        FontError: if the font may not be embedded in part; the product embeds nothing but subsets.
    """
    allowed = int.from_bytes(hb.Face(data).reference_table("OS/2").data[8:10], "big")
    names = {0: "installable", 8: "editable", 4: "preview-and-print"}
    if allowed not in names:
        raise FontError(f"fsType {allowed:#06x} forbids embedding a subset of the font")
    return names[allowed]


def write(made: Mapping[str, bytes]) -> None:
    """Write the font files and their index."""
    for recipe in RECIPES:
        (HERE / recipe.file).write_bytes(made[recipe.key])
    (HERE / INDEX).write_text(index_of(made), encoding="utf-8")


def make(packages: Path | None) -> int:
    """Make everything before anything is written, so that a failure leaves the folder as it was."""
    with tempfile.TemporaryDirectory() as scratch:
        if packages is None:
            made = make_files(lambda package: fetch(package, Path(scratch)))
        else:
            made = make_files(lambda package: open_folder(packages / package))
    write(made)
    return check(HERE)


# Checking


def faults_in(folder: Path) -> Iterator[str]:
    """Yield what does not agree between the font files of a folder, its index and its README."""
    faces = tomllib.loads((folder / INDEX).read_text(encoding="utf-8"))["faces"]
    readme = (folder / README).read_text(encoding="utf-8")
    for key, entry in faces.items():
        path = folder / entry["file"]
        if not path.is_file():
            yield f"{key}: {path.name} is missing"
        elif (found := digest(path.read_bytes())) != entry["sha256"]:
            yield f"{key}: {path.name} has SHA-256 {found}, but {INDEX} says {entry['sha256']}"
        if not (folder / entry["licence"]).is_file():
            yield f"{key}: its licence {entry['licence']} is missing"
        if entry["sha256"] not in readme:
            yield f"{key}: {README} does not give the SHA-256 {entry['sha256']}"
    listed = {entry["file"] for entry in faces.values()}
    for path in sorted(folder.glob("*.[ot]tf")):
        if path.name not in listed:
            yield f"{path.name} is not in {INDEX}"


def check(folder: Path) -> int:
    """Print the faults of a folder; return the exit status."""
    faults = list(faults_in(folder))
    for fault in faults:
        print(fault, file=sys.stderr)
    if not faults:
        print(f"every font file is as {INDEX} says")
    return 1 if faults else 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(
        description="Make the committed fonts from their npm packages, or check them."
    )
    action = parser.add_mutually_exclusive_group()
    action.add_argument(
        "--packages", type=Path, metavar="DIR", help="take packages unpacked as DIR/@scope/name"
    )
    action.add_argument("--check", action="store_true", help="only compare the files with the index")
    options = parser.parse_args(arguments)
    try:
        return check(HERE) if options.check else make(options.packages)
    except FontError as problem:
        print(problem, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
