"""A pytest plug-in that holds a report to its facts and claims: ``docs/testing.md``.

It does nothing unless it is told which folder is the report: ``--reportgen-project FOLDER``, or ``reportgen_project``
in pytest's configuration. Then each claim of ``data/facts.toml`` is a test, ``data/report.toml`` is one for all that
``reportgen check`` finds, and the fixture ``report`` is the opened project.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reportgen.base.diagnostics import Refused, has_errors
from reportgen.facts.book import Claim
from reportgen.project.project import REPORT, Project, open_project

FACTS = "data/facts.toml"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option and the setting that name the report."""
    help = "the folder of a reportgen project whose claims are to be tests"
    parser.getgroup("reportgen").addoption("--reportgen-project", metavar="FOLDER", help=help)
    parser.addini("reportgen_project", help)


def _folder(config: pytest.Config) -> Path | None:
    """Return the report's folder: the option's from where pytest was called, the setting's from pytest's root."""
    if option := config.getoption("--reportgen-project"):
        return Path(config.invocation_params.dir, option).resolve()
    setting = str(config.getini("reportgen_project"))
    return Path(config.rootpath, setting).resolve() if setting else None


def pytest_configure(config: pytest.Config) -> None:
    """Let the report's files be among those that are collected where none are named."""
    folder = _folder(config)
    if folder and not (folder / REPORT).is_file():
        raise pytest.UsageError(f"{folder} is no reportgen project: it holds no {REPORT}")
    if folder and config.args_source is not pytest.Config.ArgsSource.ARGS:
        config.args += [str(folder / path) for path in (REPORT, FACTS) if (folder / path).is_file()]


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.File | None:
    """Collect the report's tests from the two files that they are about."""
    folder = _folder(parent.config)
    for path, kind in ((REPORT, _Report), (FACTS, _Claims)):
        if folder and file_path == folder / path:
            return kind.from_parent(parent, path=file_path)
    return None


@pytest.fixture(scope="session")
def report(request: pytest.FixtureRequest) -> Project:
    """Return the opened project."""
    return open_project(_folder(request.config) or request.config.rootpath)


class _Claims(pytest.File):
    """A test for each claim."""

    def collect(self) -> Iterator[pytest.Item]:
        project = open_project(self.path.parents[1])
        for id, claim in project.claims.items():
            yield _Claim.from_parent(self, name=f"claim[{id}]", claim=claim)


class _Report(pytest.File):
    """One test for all that a check finds."""

    def collect(self) -> Iterator[pytest.Item]:
        yield _Check.from_parent(self, name="check")


class _Item(pytest.Item):
    """A test that is refused, with diagnostics, where it fails."""

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> str:
        """Return the diagnostics; the traceback of anything else."""
        if isinstance(excinfo.value, Refused | AssertionError):
            return str(excinfo.value)
        return str(super().repr_failure(excinfo, style))

    def reportinfo(self) -> tuple[Path, int | None, str]:
        return self.path, None, self.name


class _Claim(_Item):
    def __init__(self, *, claim: Claim, **more: Any) -> None:
        super().__init__(**more)
        self._claim = claim

    def runtest(self) -> None:
        claim = self._claim
        told = f"{claim.span}: {claim.id} does not hold: {claim.source}\n  with values {claim.evidence}"
        assert claim.holds, told


class _Check(_Item):
    def runtest(self) -> None:
        found = open_project(self.path.parents[1]).check()
        if has_errors(found):
            raise Refused(found)
