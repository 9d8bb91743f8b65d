"""Running reportgen on a folder in a forked process with limits, and judging what it did."""

from __future__ import annotations

import faulthandler
import hashlib
import json
import os
import re
import resource
import select
import shutil
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pikepdf

SECONDS = 20
"""Seconds of processor time that a project may take."""
IDLE = 4
"""How many looks, two seconds apart, at a process that sleeps and does nothing mean that it hangs."""
BYTES = 1_000_000_000
"""Bytes of memory that a project may take, beside what the server itself has loaded."""
_FRAME = re.compile(r'File "([^"]*reportgen/[^"]*)", line \d+,? in (\w+)')
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x80-\x9f\u202a-\u202e\u2066-\u2069]")
_UNPLACED = re.compile(r"^error: ", re.MULTILINE)


@dataclass(frozen=True)
class Ran:
    """What a process did: its exit code (negative: the signal that ended it), what it printed, what it took."""

    code: int
    out: str
    err: str
    seconds: float
    megabytes: int
    hung: bool = False


@dataclass(frozen=True)
class Verdict:
    """``built``, ``refused``, or the kind of fault; what tells one fault of a kind from another."""

    kind: str
    detail: str = ""

    @property
    def is_fault(self) -> bool:
        return self.kind not in ("built", "refused")


def run(work: Callable[[], int], beside: Path) -> Ran:
    """Do work in a forked process; what it prints goes through files in a folder."""
    sys.stdout.flush()
    sys.stderr.flush()
    out, err = beside / "stdout", beside / "stderr"
    child = os.fork()
    if child == 0:
        try:
            os.setsid()
            for stream, path in ((1, out), (2, err)):
                os.dup2(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC), stream)
            sys.stdout = os.fdopen(1, "w", encoding="utf-8", errors="backslashreplace", closefd=False)
            sys.stderr = os.fdopen(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False)
            _limit()
            code = work()
        except SystemExit as problem:
            code = problem.code if isinstance(problem.code, int) else 2
        except BaseException:
            import traceback

            traceback.print_exc()
            code = 3
        with suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)
    hung = not _ended(child)
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)  # whatever it has left behind, too
    _, status, used = os.wait4(child, 0)
    code = os.waitstatus_to_exitcode(status)
    texts = (path.read_text("utf-8", "replace") if path.exists() else "" for path in (out, err))
    return Ran(code, *texts, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024, hung)


def _limit() -> None:
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + BYTES, used + BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 2))
    resource.setrlimit(resource.RLIMIT_FSIZE, (500_000_000, 500_000_000))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    faulthandler.enable(all_threads=False)
    faulthandler.register(signal.SIGXCPU, all_threads=False, chain=True)


def _ended(child: int) -> bool:
    """Wait until a process ends; say False where it sleeps on, without having done anything for some seconds."""
    descriptor, idle, last = os.pidfd_open(child), 0, ""
    try:
        while not select.select([descriptor], [], [], 2.0)[0]:
            fields = Path(f"/proc/{child}/stat").read_text().rpartition(") ")[2].split()
            state, used = fields[0], " ".join(fields[11:15])
            idle = idle + 1 if state == "S" and used == last else 0
            if idle >= IDLE:
                return False
            last = used
        return True
    finally:
        os.close(descriptor)


def reportgen(command: Sequence[str], folder: Path, *, as_json: bool) -> Callable[[], int]:
    """Return a command of reportgen as work."""

    def work() -> int:
        from reportgen.app.command import main

        where = ["-C", str(folder)] if command[0] in ("facts", "catalog") else [str(folder)]
        return main([*command, *where, *(["--json"] if as_json else [])])

    return work


def judge(ran: Ran, folder: Path, before: set[str], *, as_json: bool, builds: bool) -> Verdict:
    """Return what is to be said of a run."""
    if fault := _process_fault(ran):
        return fault
    strays = {p for p in _files(folder) - before if not p.startswith(("out/", ".cache/", "locales/"))}
    if strays:
        return Verdict("stray-file", " ".join(sorted(strays)))
    if ran.code == 1:
        return _refused(ran, folder, as_json=as_json)
    return _built(folder) if builds else Verdict("built")


def judge_command(ran: Ran) -> Verdict:
    """Return what is to be said of a command with ``--json`` that need not leave files: ``built`` is exit code 0."""
    if fault := _process_fault(ran):
        return fault
    return Verdict("built") if ran.code == 0 else _told(ran)


def _process_fault(ran: Ran) -> Verdict | None:
    """Return what is wrong with a process whatever it was to do."""
    if ran.hung or ran.code in (-signal.SIGXCPU, -signal.SIGKILL):
        return Verdict("timeout", _where(ran.err, innermost=False))
    if ran.megabytes * 1_000_000 > BYTES:
        return Verdict("memory", f"{ran.megabytes} MB {_where(ran.err)}")
    if ran.code < 0:
        return Verdict("killed", f"{signal.Signals(-ran.code).name} {_where(ran.err)}")
    if ran.code not in (0, 1):
        return Verdict("crash", _where(ran.err))
    if "Traceback" in ran.err:
        return Verdict("traceback", _where(ran.err))
    shown = _CONTROL.search(ran.out + ran.err)
    if shown is not None:
        return Verdict("control", f"U+{ord(shown[0]):04X} {_around(ran.out + ran.err, shown.start())}")
    return None


def _refused(ran: Ran, folder: Path, *, as_json: bool) -> Verdict:
    if any((folder / "out").glob("**/*")) and not os.environ.get("REPORTGEN_FUZZ_OUT"):
        return Verdict("half-written", " ".join(p.name for p in (folder / "out").iterdir()))
    if not as_json:
        if "error: " not in ran.err:
            return Verdict("no-diagnostic", ran.err[-200:])
        return Verdict("no-place", _line(ran.err)) if _UNPLACED.search(ran.err) else Verdict("refused")
    return _told(ran)


def _told(ran: Ran) -> Verdict:
    """Judge the diagnostics of a refusal in JSON."""
    try:
        found = json.loads(ran.out)["diagnostics"]
    except (ValueError, KeyError):
        return Verdict("no-json", ran.out[-200:] + ran.err[-200:])
    errors = [each for each in found if each["severity"] == "error"]
    if not errors:
        return Verdict("no-diagnostic", ran.out[-200:])
    unplaced = next((each for each in errors if not each["file"]), None)
    if unplaced is not None:
        return Verdict("no-place", f"{unplaced['rule']}: {unplaced['text'][:100]}")
    bare = next((each for each in errors if not each["hints"]), None)
    return Verdict("no-hint", f"{bare['rule']}: {bare['text'][:100]}") if bare else Verdict("refused")


def _built(folder: Path) -> Verdict:
    """Look at the finished files: the manifest's digests fit, each PDF can be opened and has pages."""
    out = folder / "out"
    try:
        named = json.loads((out / "manifest.json").read_text("utf-8"))["files"]
    except (OSError, ValueError, KeyError) as problem:
        return Verdict("bad-output", f"manifest: {problem}")
    if strays := {path.name for path in out.iterdir()} - set(named) - {"manifest.json"}:
        return Verdict("bad-output", f"strays: {sorted(strays)}")
    for name, digest in named.items():
        data = (out / name).read_bytes()
        if hashlib.sha256(data).hexdigest() != digest:
            return Verdict("bad-output", f"{name}: its digest is another")
        if name.endswith(".pdf"):
            with pikepdf.open(out / name) as pdf:
                if not len(pdf.pages):
                    return Verdict("bad-output", f"{name}: no pages")
    return Verdict("built")


def _files(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if not p.is_dir() or p.is_symlink()}


def _where(text: str, *, innermost: bool = True) -> str:
    """Return the last line of a traceback and the innermost function of ours in it."""
    frames = [f"{Path(file).name}:{name}" for file, name in _FRAME.findall(text)]
    if not innermost:
        return " ".join(frames[:3])
    raised = [
        line
        for line in text.splitlines()
        if re.match(r"\w[\w.]*(?:Error|Exception|Interrupt|Exit|Fault)\b", line)
    ]
    return f"{raised[-1][:120] if raised else ''} at {frames[-1] if frames else '?'}"


def _line(text: str) -> str:
    return next((line[:140] for line in text.splitlines() if line.startswith("error: ")), "")


def _around(text: str, at: int) -> str:
    return ascii(text[max(0, at - 40) : at + 20])


def fresh(folder: Path) -> Path:
    """Return a folder emptied."""
    if folder.exists():
        for path in folder.rglob("*"):
            if path.is_dir() and not path.is_symlink():
                path.chmod(0o700)
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    return folder
