"""The root command: global options, the nouns, and the one place where a command ends, well or badly."""

import os
import sys
from contextlib import suppress
from typing import Annotated, Final

import typer

from csm import i18n
from csm.cli.grammar import hoist, make_root
from csm.cli.session import Session, language

# The command named first, its module in csm.cli.commands, and its line in `csm --help`.
INDEX: Final = {
    "today": ("day", "The page for the morning: late, today, the next days."),
    "due": ("day", "What has to happen by today, late first."),
    "done": ("day", "Note a due item as done, by its short reference."),
    "customer": ("customer", "Customer cards."),
    "callback": ("callback", "Callbacks: planned, done, logged."),
    "staff": ("staff", "Our own people and their level of authority."),
    "import": ("transfer", "Load customers, contacts or callbacks from a file."),
    "export": ("transfer", "Write customers, contacts or callbacks to a file."),
    "config": ("config", "Settings of the file, and its holidays."),
    "demo": ("demo", "Make a made-up shop district to look around in."),
}

FLAGS: Final = frozenset({"--no-color", "--quiet"})
VALUED: Final = frozenset({"--db", "--lang", "--user", "--as-of"})


def begin(
    ctx: typer.Context,
    db: Annotated[str | None, typer.Option("--db", metavar="FILE", help="The database file. [CSM_DB]")] = None,
    lang: Annotated[
        str | None, typer.Option("--lang", metavar="en|zh", help="Language of the output. [CSM_LANG]")
    ] = None,
    user: Annotated[
        str | None, typer.Option("--user", metavar="NAME", help="Who you are, written on every change. [CSM_USER]")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="WHEN", help="The time to take as now. [CSM_NOW]")
    ] = None,
    no_color: Annotated[bool, typer.Option("--no-color", help="No colours. [NO_COLOR]")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No words on success but the data asked for.")] = False,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Customer service management: cards, callbacks and the day's list in one SQLite file.

    \b
    Example:
      csm demo && csm today
    """
    session: Session = ctx.obj
    if lang is not None and lang not in i18n.LANGUAGES:
        from csm.domain.errors import UnknownValue

        raise UnknownValue(field="--lang", value=lang, choices=list(i18n.LANGUAGES))
    if lang is not None:
        i18n.use(lang)
    session.path, session.user_given, session.as_of = db, user, as_of
    session.no_color, session.quiet = no_color, quiet
    if version:
        from csm import __version__

        typer.echo(f"csm {__version__}")
        raise typer.Exit


def run(argv: list[str]) -> int:
    """Run one command, close everything, return its exit code."""
    session = Session(argv)
    i18n.use(language(None))
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = _run(argv, session)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read us has read enough: `csm due | head`.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except OSError as error:
        from csm.cli import errors

        code = errors.explain(error, session)
    finally:
        session.close()
    with suppress(OSError):
        sys.stderr.flush()
    return code


def _run(argv: list[str], session: Session) -> int:
    command = make_root("csm", begin, INDEX)
    arguments = hoist(argv, FLAGS, VALUED)
    while True:
        try:
            result = command.main(arguments, prog_name="csm", standalone_mode=False, obj=session)
            return result if isinstance(result, int) else 0
        except BrokenPipeError:
            raise
        except KeyboardInterrupt:
            return 130
        except BaseException as error:  # noqa: BLE001 -- the one boundary; what it doesn't know it raises again
            from csm.cli import errors

            answer = errors.ask_for_missing(error)
            if answer is not None:
                arguments = [*arguments, *answer]
                continue
            return errors.explain(error, session)
