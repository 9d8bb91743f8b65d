"""Whether an ICC profile is whole: its header, its tags, its own digest, and the colours that it gives."""

from __future__ import annotations

import hashlib
import io
import struct
from collections.abc import Iterator

HEADER = 128
ENTRY = 12
MOST_TAGS = 200
_NEEDED = (b"A2B0", b"B2A0", b"wtpt")
"""What the profile of a press has beside its texts (ICC.1, 8.5.2)."""
_ZERO_FOR_DIGEST = ((44, 48), (64, 68), (84, 100))
"""The bytes that count as zero in the profile's own digest: flags, intent and the digest itself (ICC.1, 7.2.18)."""
PAPER, BLACK = bytes(4), bytes((0, 0, 0, 255))
_LIGHTEST, _DARKEST = 150, 110
"""Of 255: paper is lighter than the first, black ink darker than the second, also on newsprint."""


def profile_fault(icc: bytes) -> str:
    """Say what keeps a press from using a profile; "" where nothing does.

    Of a profile that names no digest of itself, a changed number within a table cannot be told from a right one.
    """
    if len(icc) < HEADER or icc[36:40] != b"acsp":
        return "is not an ICC profile"
    if int.from_bytes(icc[:4], "big") != len(icc):
        return "is not whole: its size is not the one that it names"
    if icc[12:16] != b"prtr":
        return "is not the profile of an output device"
    if icc[16:20] != b"CMYK":
        return "is not a profile for CMYK"
    return next(_damage(icc), "")


def _damage(icc: bytes) -> Iterator[str]:
    """Yield what is damaged in a profile with a right header."""
    count = int.from_bytes(icc[HEADER : HEADER + 4], "big")
    first = HEADER + 4 + ENTRY * count
    if count > MOST_TAGS or first > len(icc):
        yield "is damaged: its table of tags does not fit into it"
        return
    tags = list(struct.iter_unpack(">4sII", icc[HEADER + 4 : first]))
    if any(start < first or start + size > len(icc) for _, start, size in tags):
        yield "is damaged: a tag lies outside of it"
    missing = [tag for tag in _NEEDED if tag not in {name for name, *_ in tags}]
    if missing:
        yield f"is damaged: it has no tag {missing[0].decode()}"
    if any(icc[84:100]) and icc[84:100] != _digest(icc):
        yield "is damaged: its content does not fit its own digest"
    if not _gives_colors(icc):
        yield "is damaged: no right colours come of it"


def _digest(icc: bytes) -> bytes:
    held = bytearray(icc)
    for start, end in _ZERO_FOR_DIGEST:
        held[start:end] = bytes(end - start)
    return hashlib.md5(held, usedforsecurity=False).digest()


def _gives_colors(icc: bytes) -> bool:
    """Say whether Little CMS can use the profile, and makes paper light and black ink dark."""
    from PIL import Image, ImageCms

    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(icc))
        screen = ImageCms.createProfile("sRGB")
        intent = ImageCms.Intent.RELATIVE_COLORIMETRIC
        transform = ImageCms.buildTransform(profile, screen, "CMYK", "RGB", intent)
        back = ImageCms.buildTransform(screen, profile, "RGB", "CMYK", intent)
        shown = ImageCms.applyTransform(Image.frombytes("CMYK", (2, 1), PAPER + BLACK), transform)
        printed = None if shown is None else ImageCms.applyTransform(shown, back)
    except (OSError, ValueError, TypeError, ImageCms.PyCMSError):
        return False
    if shown is None or printed is None:
        return False
    paper, black = shown.tobytes()[:3], shown.tobytes()[3:]
    inks = printed.tobytes()
    return min(paper) > _LIGHTEST and max(black) < _DARKEST and sum(inks[:4]) < sum(inks[4:])
