"""Mutate whole projects and see that reportgen builds or refuses each: ``make fuzz COUNT=… SEED=…``.

Of each project it prints nothing; of each new kind of fault a line and a file below ``--keep`` that is replayed with
``--replay FILE``. Exit code 1 where there was any fault.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from fuzz_cases import Case, edited, make_case, without
from fuzz_files import put
from fuzz_projects import PROJECTS
from fuzz_runs import Ran, Verdict, fresh, judge, reportgen, run


@dataclass
class Tally:
    """What was counted: verdicts in all and by project, kinds of fault, the longest and the largest."""

    verdicts: Counter[str] = field(default_factory=Counter)
    by_project: Counter[tuple[str, str]] = field(default_factory=Counter)
    kinds: Counter[tuple[str, str]] = field(default_factory=Counter)
    seconds: float = 0.0
    megabytes: int = 0

    def add(self, case: Case, verdict: Verdict, ran: Ran) -> bool:
        """Count the run of a case; say whether its fault is new."""
        return self.add_run(case.project, verdict, ran)

    def add_run(self, project: str, verdict: Verdict, ran: Ran) -> bool:
        """Count a run; say whether its fault is new."""
        self.verdicts[verdict.kind] += 1
        self.by_project[project, verdict.kind] += 1
        self.seconds, self.megabytes = max(self.seconds, ran.seconds), max(self.megabytes, ran.megabytes)
        if not verdict.is_fault:
            return False
        self.kinds[verdict.kind, verdict.detail] += 1
        return self.kinds[verdict.kind, verdict.detail] == 1

    @property
    def faults(self) -> int:
        return sum(self.kinds.values())

    def lines(self) -> Iterator[str]:
        total = sum(self.verdicts.values())
        for verdict, count in self.verdicts.most_common():
            yield f"{count:7,}  {count / total:6.1%}  {verdict}"
        for project in dict.fromkeys(name for name, _ in self.by_project):
            counts = {verdict: n for (name, verdict), n in self.by_project.items() if name == project}
            if counts:
                yield f"  {project}: {', '.join(f'{n:,} {verdict}' for verdict, n in sorted(counts.items()))}"
        yield f"the longest took {self.seconds:.1f} s, the largest {self.megabytes:,} MB"
        for (kind, detail), count in self.kinds.most_common():
            yield f"{count:7,}  {kind}: {ascii(detail)[1:-1]}"


def try_case(case: Case, beside: Path) -> tuple[Verdict, Ran]:
    """Write a case's project, run its command, judge it."""
    folder = fresh(beside / "project")
    put(folder, edited(case))
    before = {p.relative_to(folder).as_posix() for p in folder.rglob("*")}
    ran = run(reportgen(case.command, folder, as_json=case.as_json), beside)
    builds = case.command[0] == "build"
    return judge(ran, folder, before, as_json=case.as_json, builds=builds), ran


def smallest(case: Case, verdict: Verdict, beside: Path) -> Case:
    """Return a case without the edits that its fault does not need."""
    for index in reversed(range(len(case.edits))):
        fewer = without(case, index)
        if len(case.edits) > 1 and try_case(fewer, beside)[0] == verdict:
            case = fewer
    return case


def warm(beside: Path) -> None:
    """Build a project once in this process, so that the forked ones have everything loaded."""
    folder = fresh(beside / "project")
    put(folder, dict(PROJECTS["everything"]()))
    held = os.dup(1), os.dup(2)
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.dup2(null, 2)
    try:
        for command in (
            ("build", "--no-cache", "--timings"),
            ("figures", "--width", "200"),
            ("catalog", "update"),
        ):
            if reportgen(command, folder, as_json=True)() != 0:
                raise SystemExit("the project is not right before it is mutated: run reportgen check on it")
    finally:
        sys.stdout.flush()
        for stream, old in zip((1, 2), held, strict=True):
            os.dup2(old, stream)


def fuzz(cases: Iterable[Case], beside: Path, keep: Path | None = None, *, say: bool = True) -> Tally:
    """Try cases; tell and keep each new kind of fault."""
    tally, began = Tally(), time.monotonic()
    for number, case in enumerate(cases, 1):
        verdict, ran = try_case(case, beside)
        if tally.add(case, verdict, ran):
            if keep is not None:
                small = smallest(case, verdict, beside)
                keep.mkdir(parents=True, exist_ok=True)
                file = keep / f"{verdict.kind}-{tally.faults}.json"
                small.write(file, verdict=verdict.kind, detail=verdict.detail)
            if say:
                print(f"{number}: {verdict.kind}: {verdict.detail!a}", flush=True)
        if say and number % 500 == 0:
            print(f"{number:,} in {time.monotonic() - began:,.0f} s, {tally.faults} faults", flush=True)
    return tally


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2_000, help="how many projects (default: 2000)")
    parser.add_argument("--seed", default="1", help="the same seed makes the same projects (default: 1)")
    parser.add_argument("--first", type=int, default=0, help="the number of the first project")
    parser.add_argument("--minutes", type=float, default=1e6, help="stop after so long")
    parser.add_argument("--keep", type=Path, default=Path(".cache/fuzz"), help="where failures are kept")
    parser.add_argument("--replay", type=Path, nargs="+", metavar="FILE", help="try kept failures again")
    parser.add_argument("--show", action="store_true", help="with --replay: print what reportgen prints")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fuzz-") as held:
        beside = Path(held)
        warm(beside)
        gc.collect()
        gc.freeze()  # a forked process does not copy the pages of what it never looks at
        if options.replay:
            return replay(options.replay, beside, show=options.show)
        cases = (make_case(options.seed, options.first + n) for n in range(options.count))
        until = time.monotonic() + 60 * options.minutes
        tally = fuzz(takewhile(lambda _: time.monotonic() < until, cases), beside, options.keep)
        print("\n".join(tally.lines()))
        return int(tally.faults > 0)


def replay(files: Iterable[Path], beside: Path, *, show: bool) -> int:
    """Try kept cases again and say what becomes of each."""
    faults = 0
    for file in files:
        verdict, ran = try_case(Case.read(file), beside)
        faults += verdict.is_fault
        print(f"{file}: {verdict.kind}: {verdict.detail!a} ({ran.seconds:.1f} s, {ran.megabytes} MB)")
        if show:
            print(ran.out, ran.err, sep="\n")
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main())
