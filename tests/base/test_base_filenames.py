"""Names that some system cannot give a file are refused where they are written."""

from __future__ import annotations

import ntpath
import sys
from pathlib import PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.base.filenames import unfit_for_file

DEVICES = [
    "con",
    "PRN",
    "Aux",
    "nul",
    "COM1",
    "lpt9",
    "com¹",
    "CONIN$",
    "conout$",
    "con.txt",
    "nul .a",
    "AUX.tar.gz",
]


@pytest.mark.parametrize("name", DEVICES)
def test_names_of_devices_are_unfit(name: str) -> None:
    assert "device" in unfit_for_file(name)


@pytest.mark.parametrize("name", [*'<>:"/\\|?*', "a:b", "a\0", "a\n", "a\x7f", "\t"])
def test_characters_that_windows_forbids_are_unfit(name: str) -> None:
    assert "character" in unfit_for_file(name)


@pytest.mark.parametrize(
    "name", ["", ".", "..", "a.", "a ", " a", ".a", "\ud800", "a\udfffb", "a" * 201, "报" * 67]
)
def test_other_names_that_cannot_be_held_are_unfit(name: str) -> None:
    assert unfit_for_file(name)


@pytest.mark.parametrize(
    "name", ["console", "com10", "com", "auxiliary", "nulls.a", "报告", "a.b-c_d", "a b", "报" * 66]
)
def test_other_names_are_fit(name: str) -> None:
    assert unfit_for_file(name) == ""


def is_reserved(name: str) -> bool:
    """Ask Python, which says it elsewhere since 3.13."""
    return ntpath.isreserved(name) if sys.version_info >= (3, 13) else PureWindowsPath(name).is_reserved()


@given(st.text(max_size=300))
def test_a_fit_name_is_one_on_windows_and_can_be_encoded(name: str) -> None:
    if not unfit_for_file(name):
        assert PureWindowsPath(name).name == name
        assert not is_reserved(name)
        assert len(f"{name}.zh-Hans.screen.pdf".encode()) <= 255
