"""Raster images: samples in the profile's colours, with or without a soft mask."""

from __future__ import annotations

import hashlib
from typing import Any

import pikepdf
from pikepdf import Name

from reportgen.base.frame import Image
from reportgen.pdf.profile import OutputCondition, Profile, fogra39, srgb
from reportgen.pdf.write.embedding import compressed

_SPACES = {"L": Name.DeviceGray, "RGB": Name.DeviceRGB, "CMYK": Name.DeviceCMYK}


COMPONENTS = {"L": 1, "RGB": 3, "CMYK": 4}


class Images:
    """The pictures of a file, each stored once."""

    def __init__(self, pdf: pikepdf.Pdf, profile: Profile) -> None:
        self._pdf = pdf
        self._profile = profile
        self.objects: dict[str, pikepdf.Object] = {}
        self._names: dict[bytes, str] = {}

    def name_of(self, image: Image) -> str:
        """Return the resource name of a picture."""
        digest = hashlib.sha256(
            repr((image.pixels, image.mode)).encode() + image.samples + (image.alpha or b"")
        ).digest()
        name = self._names.get(digest)
        if name is None:
            name = self._names[digest] = f"I{len(self._names)}"
            self.objects[name] = self._embed(image)
        return name

    def _embed(self, image: Image) -> pikepdf.Object:
        mode, samples = in_profile(image, self._profile)
        entries: dict[str, Any] = {}
        if image.alpha is not None and not self._profile.is_press:
            entries["SMask"] = self._pdf.make_indirect(self._stream(image, "L", image.alpha))
        return self._pdf.make_indirect(self._stream(image, mode, samples, **entries))

    def _stream(self, image: Image, mode: str, samples: bytes, **entries: Any) -> pikepdf.Stream:
        columns, rows = image.pixels
        return compressed(
            self._pdf, samples, Type=Name.XObject, Subtype=Name.Image, Width=columns, Height=rows,
            ColorSpace=_SPACES[mode], BitsPerComponent=8, **entries,
        )  # fmt: skip


def in_profile(image: Image, profile: Profile) -> tuple[str, bytes]:
    """Return (mode, samples) of an image as a profile paints it.

    On the press, grey becomes black ink alone (never the four inks of a profile's grey), colours go through the
    ICC profiles, and what is see-through is laid on white paper.

    Raises:
        ValueError: if a profile cannot be used, or there are too few samples.
    """
    expected = image.pixels[0] * image.pixels[1]
    if len(image.samples) != expected * COMPONENTS[image.mode] or (
        image.alpha is not None and len(image.alpha) != expected
    ):
        raise ValueError(
            f"a picture of {image.pixels[0]} × {image.pixels[1]} has {len(image.samples)} samples"
        )
    if not profile.is_press:
        if image.mode != "CMYK":
            return image.mode, image.samples
        return "RGB", _convert(image, "CMYK", fogra39(), "RGB", srgb())
    if image.mode == "L":
        inks = bytearray(4 * len(image.samples))
        inks[3::4] = _on_white(image, 1).translate(bytes(range(255, -1, -1)))
        return "CMYK", bytes(inks)
    if image.mode == "RGB":
        flat = Image(image.width, image.height, image.pixels, _on_white(image, 3))
        return "CMYK", _convert(flat, "RGB", srgb(), "CMYK", profile.condition)
    return "CMYK", _on_white(image, 4)


def _on_white(image: Image, components: int) -> bytes:
    """Return samples laid on white; white is 255 in light and 0 in ink."""
    if image.alpha is None:
        return image.samples
    import numpy as np

    white = 0 if image.mode == "CMYK" else 255
    samples = np.frombuffer(image.samples, np.uint8).reshape(-1, components).astype(np.uint32)
    alpha = np.frombuffer(image.alpha, np.uint8).reshape(-1, 1).astype(np.uint32)
    laid: bytes = ((samples * alpha + white * (255 - alpha) + 127) // 255).astype(np.uint8).tobytes()
    return laid


def _convert(
    image: Image, mode: str, source: OutputCondition, target_mode: str, target: OutputCondition
) -> bytes:
    import io

    from PIL import Image as Raster
    from PIL import ImageCms

    try:
        profiles = [ImageCms.ImageCmsProfile(io.BytesIO(c.icc)) for c in (source, target)]
        transform = ImageCms.buildTransform(
            profiles[0], profiles[1], mode, target_mode, ImageCms.Intent.RELATIVE_COLORIMETRIC
        )
    except (OSError, ImageCms.PyCMSError) as problem:
        raise ValueError(
            f"the profile of {target.identifier} cannot convert pictures: {problem}"
        ) from problem
    raster = Raster.frombytes(mode, image.pixels, image.samples)
    converted = ImageCms.applyTransform(raster, transform)
    return bytes(converted.tobytes()) if converted is not None else image.samples
