"""Showing a finished file with the viewer of the system."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from reportgen.project.built import Built


def show(path: Path) -> str:
    """Open a file with the system's viewer where there is a display; return what to say of it."""
    if sys.platform == "win32":
        os.startfile(path)
        return f"opened {path}"
    viewer = viewer_of(sys.platform, os.environ)
    if not viewer:
        return f"there is no display to open it on: {path.resolve()}"
    try:
        subprocess.Popen(
            [*viewer, str(path)], start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
    except OSError as problem:
        return f"{viewer[0]} cannot be started ({problem.strerror}): {path.resolve()}"
    return f"opened {path}"


def viewer_of(platform: str, environ: Mapping[str, str]) -> Sequence[str]:
    """Return the command that opens a file; () where there is none, or no display."""
    if platform == "darwin":
        return ("open",)
    if not (environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")):
        return ()
    return ("xdg-open",) if shutil.which("xdg-open") else ()


def file_to_show(built: Built, editions: Sequence[str]) -> Path | None:
    """Return the screen file of the first edition that was built, its press file where there is no other.

    Args:
        editions: in the order in which they are looked for.
    """
    names = {path.name: path for path in built.files}
    ends = [f".{edition}.{profile}.pdf" for profile in ("screen", "press") for edition in editions]
    return next((names[name] for end in ends for name in names if name.endswith(end)), None)
