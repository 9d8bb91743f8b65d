"""Every planted fault still fits the code, so that the list does not rot; ``make mutants`` plants them."""

from __future__ import annotations

from run import ROOT, load_faults, misfit

FAULTS = load_faults()
PACKAGES = {path.parent.name for path in (ROOT / "src/reportgen").glob("*/__init__.py")}


def test_every_fault_fits_the_code_once() -> None:
    assert [f"{fault.name}: {why}" for fault in FAULTS if (why := misfit(fault))] == []


def test_faults_have_names_of_their_own_and_lie_in_every_package() -> None:
    assert len({fault.name for fault in FAULTS}) == len(FAULTS)
    assert {fault.file.partition("/")[0] for fault in FAULTS} >= PACKAGES
