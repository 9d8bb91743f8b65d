"""Plant faults in the product, one at a time, and see whether the tests catch them (``make mutants``).

Each fault of ``faults.toml`` is a wrong constant, a dropped check or a turned comparison that a person could write. It
is planted in a copy of the product, and the tests that should notice it run against that copy. A fault that all of them
let pass survives: it breaks a rule that no test holds.

``python tests/mutation/run.py WORD …`` plants only the faults whose name or file holds one of the words.

Exit code 1 if a fault survives or no longer fits the code.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
FAULTS = Path(__file__).with_name("faults.toml")
LIMIT = 600.0
"""Seconds for the tests of one fault. A fault that makes them run longer is caught: an endless loop is noticed."""
PASSED, FAILED = 0, 1
"""pytest's exit codes. Every other says that no test ran to its end, which proves nothing."""


@dataclass(frozen=True)
class Fault:
    """One planted fault.

    In ``file``, below ``src/reportgen``, the text ``old`` becomes ``new``. ``tests`` are the files or folders that
    should notice it, as pytest takes them.
    """

    name: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]


def load_faults() -> tuple[Fault, ...]:
    """Return the faults in the file's order."""
    tables = tomllib.loads(FAULTS.read_text(encoding="utf-8"))["fault"]
    return tuple(Fault(**{**table, "tests": tuple(table["tests"])}) for table in tables)


def misfit(fault: Fault) -> str:
    """Say why a fault cannot be planted; "" where it can."""
    path = ROOT / "src" / "reportgen" / fault.file
    if not path.is_file():
        return f"there is no file {fault.file}"
    absent = [test for test in fault.tests if not (ROOT / test.partition("::")[0]).exists()]
    if absent or not fault.tests:
        return f"there is no test {', '.join(absent)}"
    if fault.old == fault.new:
        return "it changes nothing"
    count = path.read_text(encoding="utf-8").count(fault.old)
    return "" if count == 1 else f"its text stands {count} times in {fault.file}, not once"


@contextmanager
def planted(fault: Fault) -> Iterator[Path]:
    """Give the folder of a copy of the product that has the fault."""
    with tempfile.TemporaryDirectory(prefix="mutant-") as folder:
        source = Path(folder) / "src"
        shutil.copytree(ROOT / "src", source)
        (Path(folder) / "fonts").symlink_to(ROOT / "fonts")
        path = source / "reportgen" / fault.file
        path.write_text(path.read_text(encoding="utf-8").replace(fault.old, fault.new), encoding="utf-8")
        yield source


def run_tests(tests: Sequence[str], source: Path) -> int:
    """Run tests against the product in ``source`` until one fails; return pytest's exit code.

    Raises subprocess.TimeoutExpired after ``LIMIT`` seconds.
    """
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *tests]
    environment = {**os.environ, "PYTHONPATH": str(source)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, timeout=LIMIT, check=False)
    return done.returncode


def outcome(fault: Fault) -> str:
    """Plant a fault and say what became of it: "caught", "SURVIVED", or "BROKEN" where its tests cannot run."""
    with planted(fault) as source:
        try:
            code = run_tests(fault.tests, source)
        except subprocess.TimeoutExpired:
            return "caught"
    return {PASSED: "SURVIVED", FAILED: "caught"}.get(code, "BROKEN")


def unfit_tests(faults: Sequence[Fault]) -> list[str]:
    """Return the tests that do not pass without any fault, and so prove nothing."""
    tests = sorted({test for fault in faults for test in fault.tests})
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        codes = pool.map(lambda test: run_tests([test], ROOT / "src"), tests)
        return [test for test, code in zip(tests, codes, strict=True) if code != PASSED]


def main(words: Sequence[str]) -> int:
    """Plant the faults that the words name, or all; print what became of each and how many were caught."""
    start = time.monotonic()
    chosen = [f for f in load_faults() if not words or any(word in f"{f.name} {f.file}" for word in words)]
    unfit = {fault.name: why for fault in chosen if (why := misfit(fault))}
    for name, why in unfit.items():
        print(f"UNFIT     {name}: {why}")
    fit = [fault for fault in chosen if fault.name not in unfit]
    if failing := unfit_tests(fit):
        print(f"these tests do not pass without any fault, mend them first: {', '.join(failing)}")
        return 1
    caught = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for fault, became in zip(fit, pool.map(outcome, fit), strict=True):
            caught += became == "caught"
            print(f"{became:<9} {fault.name} ({fault.file})", flush=True)
    minutes = (time.monotonic() - start) / 60
    print(f"{caught} of {len(chosen)} planted faults are caught, in {minutes:.0f} minutes")
    return int(caught < len(chosen))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
