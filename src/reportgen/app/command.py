"""The ``reportgen`` command: its arguments, and which module answers them."""

from __future__ import annotations

import argparse
import importlib
import sys

from reportgen.base.version import __version__

TYPE_CHECKING = False  # as type checkers read it: the help is shown before typing could be imported
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, NoReturn, TypeAlias

    Argument: TypeAlias = tuple[tuple[str, ...], dict[str, Any]]

DESCRIPTION = """\
Set a statistical report, written once in Chinese around its data, as Chinese and
English editions for the press (PDF/X-4) and the screen (PDF/UA-1 and PDF/A-3a).

A project is a folder that holds data/report.toml. Without PROJECT it is this folder."""

EPILOG = """\
exit codes:
  0  done
  1  refused: errors in the project's files, each printed with its place and remedy;
     what stood in out/ is left as it was
  2  the command line itself is wrong
  3  a fault of reportgen itself, with what its makers need to know

examples:
  reportgen new my-report                  begin one of your own, from an example
  reportgen build                          both editions, both profiles, into out/
  reportgen build --edition zh --profile screen
  reportgen watch --open                   show it, and build again at every change
  reportgen check                          look for every fault, write nothing
  reportgen facts p1.applications.cagr     how a number is made and where it is printed
  reportgen catalog update                 bring the translators' files up to date"""


WRITING = ("new", "build", "figures", "import_")
"""The commands whose answer is the files that they have written."""


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=28, width=96)


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints show what was typed without obeying it."""

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        if message:
            from reportgen.app.terminal import shown

            message = shown(message, getattr(sys.stderr, "encoding", None))
        super().exit(status, message)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    try:
        options = parser().parse_args(arguments)
    except SystemExit as end:
        raise SystemExit(_flush(end.code)) from None
    try:
        return _answer(options)
    except KeyboardInterrupt:
        print("stopped; no file is half written", file=sys.stderr)
        return 130
    except Exception as problem:  # whatever slipped through every check is ours to mend, not the user's
        return _fail(problem, options)


def _answer(options: argparse.Namespace) -> int:
    from reportgen.app.answer import Answer, give
    from reportgen.app.terminal import Terminal
    from reportgen.base.diagnostics import Refused

    terminal = Terminal(show_all=options.all)
    module, function = options.answered_by
    try:
        answer = getattr(importlib.import_module(module), function)(options, terminal)
    except Refused as refused:
        torn = any(d.rule == "torn-files" for d in refused.diagnostics)
        closing = () if torn else _said_of_nothing(function)
        answer = Answer(refused.diagnostics, data=_nothing_made(function), closing=closing)
    code = give(answer, terminal, as_json=options.json)
    if getattr(options, "timings", False):
        terminal.show_timings()
    return code


def _nothing_made(function: str) -> dict[str, object]:
    """Return the data of a command that writes files and has written none."""
    return {"files": []} if function in WRITING else {}


def _said_of_nothing(function: str) -> tuple[str, ...]:
    return ("nothing was written",) if function in WRITING else ()


def _fail(problem: Exception, options: argparse.Namespace) -> int:
    """Say what had been found, and then what the makers of reportgen need to know; return the exit code."""
    import traceback

    from reportgen.app.answer import Answer, give
    from reportgen.app.pending import pending
    from reportgen.app.terminal import Terminal

    terminal = Terminal(show_all=options.all)
    found = pending(problem)
    if found or options.json:
        give(Answer(found, data=_nothing_made(options.answered_by[1])), terminal, as_json=options.json)
    terminal.say("".join(traceback.format_exception(problem)).rstrip())
    terminal.say("this is a fault of reportgen, not of your files; no file is half written")
    return 3


def _flush(code: Any) -> Any:
    """Print what is left of a help that was asked for; return the exit code, 1 where there is no room for it."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:  # nobody reads it to its end
        _silence()
    except OSError:
        _silence()
        return 1
    return code


def _silence() -> None:
    from reportgen.app.answer import silence

    silence()


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    top = _Parser(prog="reportgen", description=DESCRIPTION, epilog=EPILOG, formatter_class=_Formatter)
    top.add_argument("--version", action="version", version=f"reportgen {__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for module, name, summary, description, arguments in COMMANDS:
        command = commands.add_parser(name, help=summary, description=description, formatter_class=_Formatter)
        function = f"{name}_" if name == "import" else name  # a word of Python's own
        command.set_defaults(answered_by=(f"reportgen.app.{module}", function))
        permission = (ALLOW,) if PROJECT in arguments or PROJECT_OPTION in arguments else ()
        for flags, settings in (*permission, *arguments, *FOR_ALL):
            command.add_argument(*flags, **settings)
    return top


def _pixels(text: str) -> int:
    if not text.isdecimal() or not 100 <= int(text) <= 10_000:
        raise argparse.ArgumentTypeError(f"{text!r} is not a width from 100 to 10000")
    return int(text)


def _positive(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 10_000:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 on")
    return int(text)


def _argument(*flags: str, **settings: Any) -> Argument:
    """Return what :meth:`argparse.ArgumentParser.add_argument` is given."""
    return flags, settings


def _command(
    module: str, name: str, summary: str, description: str, *arguments: Argument
) -> tuple[str, str, str, str, tuple[Argument, ...]]:
    """Return a command that the function of its name in a module of this package answers."""
    return module, name, summary, description, arguments


_WHERE = {"default": ".", "metavar": "PROJECT", "help": "the project's folder (default: this one)"}
PROJECT = _argument("project", nargs="?", **_WHERE)
PROJECT_OPTION = _argument("-C", "--project", **_WHERE)
ALLOW = _argument(
    "--allow-functions",
    action="store_true",
    help="let the project's own Python functions run this once (default: those allowed by reportgen trust)",
)
FILES = _argument("files", nargs="+", metavar="FILE", help="a finished PDF")
EDITION = _argument(
    "--edition",
    action="append",
    metavar="LANG",
    help="an edition of the report, such as zh or en; may be repeated (default: all it has)",
)
PROFILE = _argument(
    "--profile",
    action="append",
    choices=("screen", "press"),
    help="what the PDF must satisfy; may be repeated (default: both)",
)
OUT = _argument("--out", metavar="FOLDER", help="where to write (default: PROJECT/out)")
OPEN = _argument(
    "--open",
    action="store_true",
    help="show the screen file of the first edition with the system's viewer",
)
DRAFT = _argument(
    "--draft",
    action="store_true",
    help="leave out the proof: finished files are not read back and checked",
)
FOR_ALL = (
    _argument("--all", action="store_true", help="show every fault, not the first of each kind"),
    _argument("--json", action="store_true", help="print the answer and all faults as JSON"),
)

COMMANDS = (
    _command(
        "starting",
        "new",
        "begin a report of your own",
        "Make a folder with an example report (invented data, facts, a figure, Chinese words, their translation)\n"
        "that builds at once. Nothing is overwritten; the folder's name becomes the report's.",
        _argument("name", metavar="NAME", help="the new folder; . for this one, if it is empty"),
        _argument(
            "--kind",
            choices=("bulletin", "chapter", "report"),
            default="chapter",
            help="a page or two, some six pages, or a book with all its parts (default: chapter)",
        ),
        _argument("--languages", metavar="LANGS", help="zh,en or zh (default: zh,en)"),
        _argument(
            "--paper",
            metavar="NAME",
            help="size of paper: A4, A5, B5, Letter, 16开, 大16开, 32开 … (default: 大16开)",
        ),
    ),
    _command(
        "making",
        "build",
        "write the PDFs",
        "Build the report. Every fault of the data, the facts, the manuscript and the catalogs is reported;\n"
        "if there is any error nothing is written and out/ keeps the last good files.",
        PROJECT,
        EDITION,
        PROFILE,
        OUT,
        OPEN,
        _argument("--no-cache", action="store_true", help="draw every chart anew"),
        DRAFT,
        _argument(
            "--timings",
            action="store_true",
            help="make one edition after the other, and say what each stage took, in milliseconds",
        ),
    ),
    _command(
        "making",
        "watch",
        "build again at every change",
        "Build now and whenever a file in data/, locales/ or fonts/ changes, until Ctrl+C. Each build says what is\n"
        "wrong and how long it took; while there are errors out/ keeps the last good files.",
        PROJECT,
        EDITION,
        PROFILE,
        OUT,
        OPEN,
        DRAFT,
    ),
    _command(
        "making",
        "check",
        "look for every fault, write nothing",
        "Do everything a build does except writing: load, compute, compose, draw and lay out all editions.",
        PROJECT,
        EDITION,
    ),
    _command(
        "explaining",
        "facts",
        "list the facts, or explain one",
        "List all facts and claims with their values; or, given an ID, show the formula, the cells it was\n"
        "computed from, the corrections laid over them and every place that prints it.",
        _argument("id", nargs="?", metavar="ID", help="a fact or a claim, such as p1.applications.cagr"),
        PROJECT_OPTION,
    ),
    _command(
        "importing",
        "import",
        "bring an office's sheet into the data package",
        "Read a sheet as offices keep it (titles, units, heads of several levels, flags, notes) and write it as a\n"
        "tidy table with its code lists and its entry in the descriptor. What the sheet does not say is asked for.\n"
        "Every decision is shown, and kept in data/imports/NAME.toml: next year's file is read by it.",
        _argument("file", metavar="FILE", help="an Excel, OpenDocument, CSV or TSV file"),
        PROJECT_OPTION,
        _argument(
            "--as", dest="name", metavar="NAME", help="the table's name (default: one made of the file's)"
        ),
        _argument("--sheet", metavar="NAME", help="the sheet of a workbook (default: the first)"),
        _argument(
            "--range", metavar="CELLS", help="the cells that hold the table, such as A3:H20 (default: all)"
        ),
        _argument(
            "--head", type=_positive, metavar="ROWS", help="how many rows are the head (default: found)"
        ),
        _argument(
            "--stub", type=_positive, metavar="COLUMNS", help="how many columns hold labels (default: found)"
        ),
        _argument(
            "--year", type=_positive, metavar="YEAR", help="the year of a sheet that names only parts of one"
        ),
        _argument(
            "--periods",
            choices=("year", "half", "quarter", "month", "date", "fiscal-year", "years", "months"),
            help="the length of the periods to import, where a sheet has several (default: asked for)",
        ),
        _argument(
            "--unit", metavar="UNIT", help="the unit of the numbers: a code of the list units, or its name"
        ),
        _argument("--encoding", metavar="NAME", help="the encoding of a text file (default: found)"),
        _argument(
            "--answers",
            metavar="FILE",
            help="answers to questions; made with the open ones if it is not there",
        ),
        _argument(
            "--yes",
            action="store_true",
            help="ask nothing; names in other languages are left to be filled in",
        ),
        _argument(
            "--replace", action="store_true", help="replace what the package has by what the sheet says"
        ),
        _argument("--dry-run", action="store_true", help="show what would be done, write nothing"),
    ),
    _command(
        "translating",
        "catalog",
        "extract messages and update translations",
        "extract: write the template locales/report.pot from the manuscript.\n"
        "update:  extract, then merge it into every locales/LANG/LC_MESSAGES/report.po.\n"
        "check:   list missing, fuzzy and unequal messages.",
        _argument("action", choices=("extract", "update", "check")),
        PROJECT_OPTION,
    ),
    _command(
        "fetching",
        "fetch",
        "ask databases, and keep their answers",
        "Ask the queries that tables of the data package come from, and keep each answer as CSV beside a record of\n"
        "the query, the date and the digest. A build reads these files and opens no database.",
        _argument(
            "names", nargs="*", metavar="TABLE", help="a table that has a query (default: all of them)"
        ),
        _argument(
            "--date", metavar="DATE", help="the date of the answers, as 2024-07-01 (default: the report's)"
        ),
        PROJECT_OPTION,
    ),
    _command(
        "making",
        "figures",
        "write each figure for use elsewhere",
        "Write each figure as SVG (text as text) and PNG, and the data behind all of them as one Excel\n"
        "workbook: a sheet a figure, names in every language, units, status, notes.",
        PROJECT,
        EDITION,
        _argument(
            "--width",
            type=_pixels,
            default=1600,
            metavar="PIXELS",
            help="width of the PNG files (default: 1600)",
        ),
        _argument("--out", metavar="FOLDER", help="where to write (default: PROJECT/out/figures)"),
    ),
    _command(
        "fonts",
        "fonts",
        "list the fonts, and what they cannot set",
        "List the faces a report can use, with their licence; --text says which face sets each character.",
        _argument("--text", metavar="TEXT", help="characters to look up"),
        PROJECT_OPTION,
    ),
    _command(
        "trust",
        "trust",
        "allow a project's Python files to run",
        "Allow Python files, as they now are, to run whenever this person builds. They run with all rights of the\n"
        "person who builds: read them first. A file that changes must be allowed anew.",
        _argument("files", nargs="+", metavar="FILE", help="a Python file, such as data/charts.py"),
    ),
    _command(
        "finished",
        "lines",
        "audit the lines of finished PDFs",
        "Read the glyphs' positions back from finished screen files and report forbidden line starts and ends,\n"
        "divided numbers, lone last characters, rivers, lines off the grid and how far lines are stretched.",
        FILES,
    ),
    _command(
        "finished",
        "read",
        "print what a screen reader would read",
        "Print the structure of finished screen files in reading order, with languages and alternatives.",
        FILES,
    ),
    _command(
        "finished",
        "preflight",
        "check finished PDFs against their profile",
        "Check finished files from their bytes alone: for the press boxes, inks, overprint, fonts and more, for the\n"
        "screen structure, languages, alternatives. The profile is told by the file.",
        _argument(
            "--ink",
            metavar="FOLDER",
            help="also print how much of each ink the press pages take; those over the limit are pictured in FOLDER",
        ),
        FILES,
    ),
    _command(
        "doctor",
        "doctor",
        "say what is installed, and what is missing",
        "Say which libraries are installed in which version, which are missing, what each is for and how to get it;\n"
        "of a project, whether its fonts can be used and files can be written.",
        PROJECT,
    ),
)

if __name__ == "__main__":
    sys.exit(main())
