"""The pytest plug-in: an office holds its report to its facts and claims; the example is the one in docs/testing.md."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

PAGE = Path(__file__).parents[2] / "docs/testing.md"
CLAIM = "data/facts.toml::claim[p4.accelerates]"
LOADED = ("-p", "reportgen.testing", "-p", "no:cacheprovider")


@pytest.fixture
def office(pytester: pytest.Pytester, folder: Path) -> pytest.Pytester:
    """Return a folder with a report in it, and pytest told of it as docs/testing.md says."""
    shutil.copytree(folder, pytester.path, dirs_exist_ok=True)
    for name, text in re.findall(
        r"^`([\w./]+)`:\n\n```\w+\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.S | re.M
    ):
        path = pytester.path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return pytester


def run(office: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    # the plug-in may be installed, and is then loaded by its entry point
    return office.runpytest_subprocess("-p", "no:reportgen", *LOADED, *arguments)


def test_each_claim_and_the_check_are_tests_beside_the_offices_own(office: pytest.Pytester) -> None:
    result = run(office, "-v")
    passed = [line.split(" ")[0] for line in result.outlines if " PASSED" in line]
    assert {CLAIM, "data/report.toml::check"} < set(passed)
    assert sum(line.startswith("tests/test_report.py::") for line in passed) == 2
    result.assert_outcomes(passed=24 + 1 + 2)


def test_a_claim_can_be_chosen_by_its_name(office: pytest.Pytester) -> None:
    run(office, CLAIM).assert_outcomes(passed=1)


def test_what_is_untrue_fails_with_the_values_and_no_traceback(office: pytest.Pytester) -> None:
    path = office.path / "data/facts.toml"
    text = path.read_text(encoding="utf-8")
    assert "p1.invention.share > 95%" in text
    path.write_text(text.replace("p1.invention.share > 95%", "p1.invention.share > 99%"), encoding="utf-8")
    result = run(office, "data")
    result.assert_outcomes(passed=23, failed=2)
    result.stdout.fnmatch_lines(["*p1.invention_majority does not hold*", "*with values*"])
    result.stdout.no_fnmatch_line("*Traceback*")
    result.stdout.no_fnmatch_line("*raise Refused*")


def test_without_a_project_the_plug_in_does_nothing(pytester: pytest.Pytester, folder: Path) -> None:
    shutil.copytree(folder, pytester.path, dirs_exist_ok=True)
    run(pytester).assert_outcomes()


def test_the_option_names_a_report_elsewhere(pytester: pytest.Pytester, folder: Path) -> None:
    pytester.makepyfile("def test_it(report): assert report.claims['p4.accelerates'].holds")
    run(pytester, "--reportgen-project", str(folder), "-k", "test_it or accelerates").assert_outcomes(
        passed=2, deselected=24
    )


def test_a_folder_that_is_no_project_is_an_error(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_it(): pass")
    result = run(pytester, "--reportgen-project", str(pytester.path))
    assert result.ret is pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*is no reportgen project: it holds no data/report.toml"])
