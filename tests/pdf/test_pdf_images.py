"""Pictures: grey is black ink, colours go through the profiles, what is see-through lies on white paper."""

from __future__ import annotations

import pytest
from sample import fonts, one_page

from reportgen.base.frame import Image, Placed
from reportgen.pdf.profile import SCREEN, OutputCondition, PressOptions, Profile, press
from reportgen.pdf.read.scan import scan
from reportgen.pdf.write.file import write_pdf
from reportgen.pdf.write.images import in_profile

PRESS = press()


def image(samples: bytes, mode: str = "RGB", alpha: bytes | None = None) -> Image:
    return Image(10, 10, (1, 1), samples, mode, alpha)  # type: ignore[arg-type]


@pytest.mark.parametrize("light", [0, 90, 255])
def test_grey_becomes_black_ink_alone(light: int) -> None:
    assert in_profile(image(bytes([light]), "L"), PRESS) == ("CMYK", bytes([0, 0, 0, 255 - light]))


def test_many_greys_keep_their_order() -> None:
    picture = Image(10, 10, (3, 1), bytes([0, 128, 255]), "L")
    assert in_profile(picture, PRESS)[1] == bytes([0, 0, 0, 255, 0, 0, 0, 127, 0, 0, 0, 0])


def test_red_becomes_magenta_and_yellow() -> None:
    mode, inks = in_profile(image(b"\xff\0\0"), PRESS)
    cyan, magenta, yellow, black = inks
    assert mode == "CMYK"
    assert cyan < 30
    assert magenta > 200
    assert yellow > 200
    assert black < 30


def test_white_takes_no_ink() -> None:
    assert max(in_profile(image(b"\xff\xff\xff"), PRESS)[1]) <= 2


def test_what_is_half_see_through_is_half_as_strong_on_paper() -> None:
    assert in_profile(image(b"\xc8\0\x64\0", "CMYK", b"\x80"), PRESS)[1] == bytes([100, 0, 50, 0])
    assert in_profile(image(b"\0", "L", b"\0"), PRESS)[1] == bytes(4)


def test_the_screen_keeps_what_is_see_through() -> None:
    picture = image(b"\xff\0\0", alpha=b"\x80")
    scanned = scan(write_pdf(one_page(Placed(10, 10, picture)), SCREEN, fonts()).value)
    page = scanned.pages[0].obj
    assert page.Resources.XObject.I0.SMask.read_bytes() == b"\x80"
    assert "/Group" in page


def test_inks_become_light_on_the_screen() -> None:
    mode, light = in_profile(image(b"\0\0\0\0", "CMYK"), SCREEN)
    assert mode == "RGB"
    assert min(light) > 250


def test_a_picture_drawn_twice_is_stored_once() -> None:
    picture = image(b"\xff\0\0")
    scanned = scan(
        write_pdf(one_page(Placed(10, 10, picture), Placed(50, 50, picture)), SCREEN, fonts()).value
    )
    assert list(scanned.pages[0].obj.Resources.XObject.keys()) == ["/I0"]
    assert [m.kind for m in scanned.pages[0].marks] == ["image", "image"]


def test_a_profile_that_cannot_convert_is_an_error_not_a_traceback() -> None:
    broken = press(PressOptions(condition=OutputCondition("BROKEN", "broken", bytes(200))))
    result = write_pdf(one_page(Placed(10, 10, image(b"\xff\0\0"))), broken, fonts())
    assert not result.ok
    assert "BROKEN" in result.diagnostics[0].message


@pytest.mark.parametrize("profile", [SCREEN, PRESS], ids=lambda p: p.name)
@pytest.mark.parametrize("alpha", [None, b"\xff"])
def test_too_few_samples_are_an_error_not_a_traceback(profile: Profile, alpha: bytes | None) -> None:
    short = Image(10, 10, (9, 9), b"\xff" if alpha is None else bytes(243), "RGB", alpha)
    assert not write_pdf(one_page(Placed(10, 10, short)), profile, fonts()).ok
