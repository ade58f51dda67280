"""The root command: global options, the nouns, and the one place where a command ends, well or badly."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Final

import typer

from csm import __version__, i18n
from csm.cli.grammar import Given, Option, Root, Verb, hoist, make_root
from csm.cli.session import Session, language
from csm.domain.errors import UsageFault

if TYPE_CHECKING:
    from typer._click.core import Context

# The command named first, the folder of its verbs under csm.cli, and its line in `csm --help`.
INDEX: Final = {
    "today": ("day", "The page for the morning: late, today, the next days."),
    "due": ("day", "What has to happen by today, late first."),
    "done": ("day", "Note a due item as done, by its short reference."),
    "customer": ("customer", "Customer cards."),
    "sale": ("sale", "Sales: what was bought, delivered, paid, and is under guarantee."),
    "service": ("service", "Services rendered: what was done for customers, at what cost."),
    "callback": ("callback", "Callbacks: planned, done, logged."),
    "complaint": ("complaint", "Complaints: opened, handled in eight steps, escalated, closed."),
    "promise": ("promise", "Promises: ours and theirs, with their due times."),
    "pledge": ("pledge", "Pledges: what the house promises everybody."),
    "survey": ("survey", "Surveys: what customers expect and how they find it."),
    "quality": ("quality", "Service quality: scores, complaints, promises, and the weakest point."),
    "staff": ("staff", "Our own people and their level of authority."),
    "import": (
        "import",
        "Load customers, contacts, sales, services, callbacks, complaints, promises or surveys.",
    ),
    "export": (
        "export",
        "Write customers, contacts, sales, services, callbacks, complaints, promises or surveys.",
    ),
    "config": ("config", "Settings of the file, and its holidays."),
    "rules": ("house", "The handbook: the rules of the work, by number or word."),
    "demo": ("house", "Make a made-up shop district to look around in."),
}

INTERRUPTED: Final = 130

GLOBALS: Final = (
    Option("db", ("--db",), "The database file. [CSM_DB]", "FILE"),
    Option("lang", ("--lang",), "Language of the output. [CSM_LANG]", "en|zh"),
    Option("user", ("--user",), "Who you are, written on every change. [CSM_USER]", "NAME"),
    Option("as_of", ("--as-of",), "The time to take as now. [CSM_NOW]", "WHEN"),
    Option("no_color", ("--no-color",), "No colours. [NO_COLOR]", flag=True),
    Option("quiet", ("--quiet",), "No words on success but the data asked for.", flag=True),
    Option("version", ("--version",), "Print the version.", flag=True),
)
FLAGS: Final = frozenset({"--no-color", "--quiet"})
VALUED: Final = frozenset({"--db", "--lang", "--user", "--as-of"})


def begin(
    ctx: typer.Context,
    db: str | None = None,
    lang: str | None = None,
    user: str | None = None,
    as_of: str | None = None,
    no_color: bool = False,
    quiet: bool = False,
    version: bool = False,
) -> None:
    """Customer service management: cards, callbacks and the day's list in one SQLite file.

    \b
    Example:
      csm demo demo.db && csm --db demo.db today
    """
    session: Session = ctx.obj
    if lang is not None and lang not in i18n.LANGUAGES:
        raise UsageFault("unknown-value", field="--lang", value=lang, choices=list(i18n.LANGUAGES))
    if lang is not None:
        i18n.use(lang)
    session.path, session.user_given, session.as_of = db, user, as_of
    session.no_color, session.quiet = no_color, quiet
    if version:
        typer.echo(f"csm {__version__}")
        raise typer.Exit


def check(ctx: Context, verb: Verb) -> None:
    """Raise what is wrong with the format or with a file that a verb is to write, before it does anything."""
    if verb.form == "bare":
        return
    from csm.cli.output import check_format

    given: Given = ctx.meta["given"]
    check_format(given)
    if verb.writes or given.output is not None:
        from csm.cli.files.targets import check_targets

        check_targets(ctx, verb)


def run(argv: list[str]) -> int:
    """Run one command, close everything, return its exit code."""
    session = Session(argv)
    i18n.use(language(None))
    _mend_streams()
    try:
        code = _run(argv, session)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read us has read enough: `csm due | head`.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except KeyboardInterrupt:
        code = INTERRUPTED
    except OSError as error:
        code = _explain(error, session)
    finally:
        session.close()
    with suppress(OSError):
        sys.stderr.flush()
    return code


def _mend_streams() -> None:
    """Give closed streams a place to write to, and let no character end the program."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


@cache
def _root() -> Root:
    """Return the root command, the same one for every command that this process runs."""
    return make_root("csm", begin, GLOBALS, INDEX, check)


def _run(argv: list[str], session: Session) -> int:
    command = _root()
    arguments: list[str] | None = None
    while True:
        try:
            if arguments is None:
                session.argv = [_text(word) for word in argv]
                arguments = hoist(session.argv, FLAGS, VALUED)
            result = _invoke(command, arguments, session)
            _print_remarks(session)
            return result if isinstance(result, int) else 0
        except (BrokenPipeError, KeyboardInterrupt):
            raise
        except BaseException as error:  # noqa: BLE001 -- the one boundary; what it doesn't know it raises again
            again = _asked(error, arguments)
            if again is None:
                return _explain(error, session)
            arguments = again


def _print_remarks(session: Session) -> None:
    if session.strangers or session.passed_on or session.unexplained:
        from csm.cli.remarks import print_remarks

        print_remarks(session)


def _explain(error: BaseException, session: Session) -> int:
    """Write what went wrong, and return the exit code."""
    from csm.cli import errors

    return errors.explain(error, session)


def _asked(error: BaseException, arguments: list[str] | None) -> list[str] | None:
    """Return the arguments to try again with, where somebody at the terminal has said which or what; else None."""
    from csm.cli.errors import ask_for_missing, ask_which

    if arguments is None:
        return None
    chosen = ask_which(error, arguments)
    if chosen is not None:
        return chosen
    answer = ask_for_missing(error)
    return None if answer is None else [*arguments, *answer]


def _invoke(command: Root, arguments: list[str], session: Session) -> object:
    """Run a command as Typer's own `main` does, which ends a pipe that nobody reads any more with 1."""
    try:
        with command.make_context("csm", list(arguments), obj=session) as context:
            return command.invoke(context)
    except typer.Exit as ended:
        return ended.exit_code
    except EOFError as error:
        raise typer.Abort from error


def _text(word: str) -> str:
    """Return a word of the command line as text, whatever the locale says; raise unreadable-text."""
    if word.isascii():
        return word
    try:
        return os.fsencode(word).decode("utf-8")
    except UnicodeError as error:
        raise UsageFault("unreadable-text", value=word.encode("utf-8", "backslashreplace").decode("utf-8")) from error
