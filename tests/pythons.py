"""Build the report and run the tests with other Pythons, and compare the files with those of ``make report``.

    python tests/pythons.py [--files-only] [VERSION …]

Each version gets an environment of its own, ``.venv-VERSION``, with the locked libraries. A version that this machine
does not have is named and passed over; what differs or fails ends the run with exit code 1.
"""

from __future__ import annotations

import argparse
import filecmp
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

VERSIONS = ("3.12", "3.13", "3.14")
ROOT = Path(__file__).resolve().parent.parent


def candidates(version: str) -> Iterator[str]:
    """Yield where a Python of a version may stand: on the path, among pyenv's, among uv's."""
    on_path = shutil.which(f"python{version}")
    if on_path is not None:
        yield on_path
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    yield from sorted(map(str, pyenv.glob(f"versions/{version}.*/bin/python")), reverse=True)
    uv = shutil.which("uv", path=f"{ROOT / '.venv' / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}")
    if uv is not None:
        command = [uv, "python", "find", "--no-python-downloads", version]
        yield subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


def is_version(python: str, version: str) -> bool:
    """Say whether a command is a Python of a version; a shim of one that is not there is none."""
    if not python:
        return False
    command = [python, "-c", "import sys, venv, ensurepip; print('%d.%d' % sys.version_info[:2])"]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    return found.returncode == 0 and found.stdout.strip() == version


def environment(python: str, version: str) -> Path:
    """Return the Python of the version's environment, made and filled where it is not there yet."""
    folder = ROOT / f".venv-{version}"
    own = folder / "bin" / "python"
    locks = [ROOT / "requirements" / name for name in ("run.lock", "dev.lock")]
    stamp = folder / "dev.stamp"
    if not stamp.exists() or any(lock.stat().st_mtime > stamp.stat().st_mtime for lock in locks):
        subprocess.run([python, "-m", "venv", "--clear", folder], check=True)
        install = [own, "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
        for lock in locks:
            subprocess.run([*install, "--require-hashes", "-r", lock], check=True)
        subprocess.run([*install, "--no-deps", "--no-build-isolation", "--editable", ROOT], check=True)
        stamp.touch()
    return own


def differing(python: Path) -> list[str]:
    """Return the names of the files that a build with a Python makes otherwise than those in ``out/``."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [python, "-m", "reportgen.app.command", "build", "--no-cache", "--out", folder],
            cwd=ROOT,
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        names = sorted(path.name for path in Path(folder).iterdir() if path.is_file())
        if not names:
            return ["nothing was built"]
        reference = ROOT / "out"
        return [
            name
            for name in names
            if not (reference / name).exists()
            or not filecmp.cmp(Path(folder) / name, reference / name, shallow=False)
        ]


def passes(python: Path) -> bool:
    """Say whether the tests, but the long studies, pass with a Python."""
    command = [python, "-m", "pytest", "-n", "auto", "--ignore=tests/benchmarks", "-m", "not study"]
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0


def main(versions: tuple[str, ...], *, files_only: bool) -> int:
    """Try each version; return the exit code."""
    if not (ROOT / "out" / "manifest.json").exists():
        print("there is nothing to compare with; run make report first")
        return 2
    failed = False
    for version in versions:
        python = next((found for found in candidates(version) if is_version(found, version)), None)
        if python is None:
            print(f"Python {version}: not on this machine", flush=True)
            continue
        own = environment(python, version)
        other = differing(own)
        print(f"Python {version}: {', '.join(other) + ' differ' if other else 'the same bytes'}", flush=True)
        failed |= bool(other)
        if not files_only:
            passed = passes(own)
            print(f"Python {version}: the tests {'pass' if passed else 'fail'}", flush=True)
            failed |= not passed
    return int(failed)


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    asked.add_argument("--files-only", action="store_true", help="compare the files, run no tests")
    asked.add_argument("versions", nargs="*", metavar="VERSION", default=VERSIONS)
    chosen = asked.parse_args()
    sys.exit(main(tuple(chosen.versions), files_only=chosen.files_only))
