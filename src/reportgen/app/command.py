"""The ``reportgen`` command: its arguments, and which module answers them."""

from __future__ import annotations

import argparse
import importlib
import sys

from reportgen.base.version import __version__

TYPE_CHECKING = False  # as type checkers read it: the help is shown before typing could be imported
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, TypeAlias

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


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=28, width=96)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    options = parser().parse_args(arguments)
    try:
        return _answer(options)
    except KeyboardInterrupt:
        print("stopped; no file is half written", file=sys.stderr)
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except Exception:  # whatever slipped through every check is ours to mend, not the user's
        import traceback

        traceback.print_exc()
        print("this is a fault of reportgen, not of your files; no file is half written", file=sys.stderr)
        return 3


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
        writes = function in ("new", "build", "figures") and not torn
        closing = ("nothing was written",) if writes else ()
        answer = Answer(refused.diagnostics, closing=closing)
    code = give(answer, terminal, as_json=options.json)
    if getattr(options, "timings", False):
        terminal.show_timings()
    return code


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    top = argparse.ArgumentParser(
        prog="reportgen", description=DESCRIPTION, epilog=EPILOG, formatter_class=_Formatter
    )
    top.add_argument("--version", action="version", version=f"reportgen {__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for module, name, summary, description, arguments in COMMANDS:
        command = commands.add_parser(name, help=summary, description=description, formatter_class=_Formatter)
        command.set_defaults(answered_by=(f"reportgen.app.{module}", name))
        permission = (ALLOW,) if PROJECT in arguments or PROJECT_OPTION in arguments else ()
        for flags, settings in (*permission, *arguments, *FOR_ALL):
            command.add_argument(*flags, **settings)
    return top


def _pixels(text: str) -> int:
    if not text.isdecimal() or not 100 <= int(text) <= 10_000:
        raise argparse.ArgumentTypeError(f"{text!r} is not a width from 100 to 10000")
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
