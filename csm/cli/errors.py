"""The one error boundary: what went wrong becomes one sentence, a hint where there is one, and an exit code.

No other module knows an exit code or writes an error. An exception this table doesn't know is a bug and goes on as it
is.
"""

from __future__ import annotations

import sqlite3
import sys
from contextlib import suppress
from typing import Any, Final

from typer.exceptions import Abort, TyperException

from csm.cli.session import Session
from csm.domain import errors as e
from csm.i18n import label, marked, say, say_n
from csm.render.text import visible

EXIT_CODES: Final = {e.UsageFault: 2, e.NotFound: 3, e.Refused: 4, e.Unusable: 5}

# class: (what is wrong, the command or the form to try)
WORDS: Final[dict[type[e.CsmError], tuple[str, str]]] = {
    e.UnknownCommand: (marked("there is no command '{before} {name}'"), marked("{before} --help lists the commands")),
    e.UnexpectedArgument: (
        marked("'{value}' is one word too many for '{command}'"),
        marked("put a text of several words in quotes; {command} --help shows the form"),
    ),
    e.UnknownOption: (marked("'{command}' has no option {option}"), marked("{command} --help lists the options")),
    e.UnreadableDate: (
        marked("'{value}' is no date or time that can be read"),
        marked("write it like 2026-11-21, 2026-11-21 15:30, tomorrow, +3d, fri, 3月5日 or 下周三"),
    ),
    e.DoubtfulDate: (
        marked("'{value}' can be read as {first} and as {second}"),
        marked("write the year first: {first}"),
    ),
    e.DateInFuture: (marked("'{value}' lies in the future, but this has happened already"), ""),
    e.UnreadableAmount: (marked("'{value}' is no amount of money"), marked("write it like 1200 or 1,200.50")),
    e.UnreadablePhone: (
        marked("'{value}' can't be a phone number"),
        marked("write it like 138 0013 8000, 010-8888 6666 or +86 138 0013 8000"),
    ),
    e.LostPhone: (
        marked("'{value}' was a phone number once; a spreadsheet has rounded it and its digits are gone"),
        marked("format the column as text in the spreadsheet, enter the number again, and save"),
    ),
    e.UnreadableEmail: (marked("'{value}' can't be an email address"), marked("write it like name@example.com")),
    e.UnreadableNumber: (marked("'{value}' is no whole number from {low} to {high}"), ""),
    e.UnreadableInterval: (marked("'{value}' is no interval"), marked("write it like 30d, 2w, 1m or 1y")),
    e.UnreadableBirthday: (
        marked("'{value}' is no birthday"),
        marked("write it like 1985-03-12, or 03-12 without the year"),
    ),
    e.UnreadableFlag: (marked("'{value}' is neither yes nor no"), marked("write yes or no")),
    e.UnreadablePair: (marked("{option} '{value}' has no key and value"), marked("write it like {option} Key=Value")),
    e.UnreadableContact: (
        marked("'{value}' is no contact"),
        marked('write it like --contact "Li Na;buyer;138 0013 8000"; role and phone may be empty'),
    ),
    e.UnreadableSpans: (
        marked("'{value}' is no week of working time"),
        marked("write it like 'mon-fri 09:00-12:00 13:00-18:00; sat 10:00-14:00', or 24/7"),
    ),
    e.UnknownValue: (marked("{field} can't be '{value}'"), marked("it is one of: {choices}")),
    e.UnknownColumn: (marked("there is no column '{column}'"), marked("the columns are: {choices}")),
    e.UnknownField: (marked("there is no field '{field}'"), marked("the fields are: {choices}")),
    e.UnknownSetting: (marked("there is no setting '{key}'"), marked("csm config list shows them all")),
    e.UnknownTimeZone: (marked("'{value}' is no time zone"), marked("write it like Asia/Shanghai or Europe/London")),
    e.UnknownEncoding: (marked("there is no encoding '{value}'"), marked("try utf-8 or gb18030")),
    e.EmptyValue: (marked("{field} can't be empty"), ""),
    e.NothingGiven: (marked("nothing to change was given"), marked("name a field, as in --phone '138 0013 8000'")),
    e.MissingOption: (marked("{option} is missing"), marked("{command} --help shows the form")),
    e.OptionsExclude: (marked("{first} and {second} can't be used together"), ""),
    e.BadRow: (marked("line {line}, column {column}, value '{value}': {reason}"), ""),
    e.RowDiffers: (
        marked("the file says something else than {ref}, which has '{known}'"),
        marked("--update takes over what the file says"),
    ),
    e.TooManyCells: (marked("the row has {count} cells, the heading {expected}"), ""),
    e.UnknownHeading: (marked("the file has no column '{column}'"), marked("its columns are: {choices}")),
    e.NoHeading: (
        marked("no column of {path} says what '{missing}' is"),
        marked('name it, as in --map "Customer name={missing}"; the columns are: {choices}'),
    ),
    e.EndBeforeStart: (marked("the end, {end}, lies before the start, {start}"), ""),
    e.NoSuchRecord: (marked("no {kind} answers to '{ref}'"), ""),
    e.NotUnique: (marked("more than one {kind} answers to '{ref}'"), marked("name one of them by its id")),
    e.DuplicateCustomer: (
        marked("'{name}' looks like a customer that is here already"),
        marked("--force makes a second card all the same"),
    ),
    e.SameNameTwice: (marked("there is a {kind} called '{name}' already"), ""),
    e.DoNotContact: (
        marked("{customer} doesn't want to be contacted"),
        marked("csm customer edit {customer_id} --do-not-contact no, if that has changed"),
    ),
    e.CustomerArchived: (marked("the card of {customer} is archived"), marked("csm customer restore {customer_id}")),
    e.NothingPlanned: (
        marked("nothing is planned with {customer}"),
        marked("csm callback log {customer_id} TEXT notes a contact that wasn't planned"),
    ),
    e.NotOpen: (marked("{ref} isn't open any more: {status}"), ""),
    e.StillInUse: (
        marked("{name} still looks after {count} customers"),
        marked("hand them over first: csm customer handover '{name}' COLLEAGUE"),
    ),
    e.DatabaseMissing: (
        marked("there is no csm file at {path} yet"),
        marked("csm customer add NAME makes it; csm demo makes one to look around in"),
    ),
    e.NotACsmFile: (marked("{path} is not a csm file"), marked("name another with --db or CSM_DB")),
    e.NewerSchema: (
        marked("{path} was written by a newer csm (schema {found}, this one knows {known})"),
        marked("update csm: pip install --upgrade csm"),
    ),
    e.DatabaseLocked: (marked("another program is writing to {path}"), marked("try again when it has finished")),
    e.DatabaseDamaged: (marked("{path} is damaged: {detail}"), marked("go back to a backup of it")),
    e.DatabaseReadOnly: (marked("{path} can't be written"), marked("look at the rights of the file and its folder")),
    e.DiskFull: (marked("no room left on the disk for {path}; nothing was changed"), marked("make room and try again")),
    e.CannotOpen: (marked("{path} can't be used: {detail}"), ""),
    e.BackupFailed: (
        marked("the backup of {path} isn't sound, so it was left as it is"),
        marked("make room and try again"),
    ),
    e.FileExists: (marked("{path} is there already"), marked("name another file, or move that one away")),
    e.DemoInTheWay: (marked("{path} is there already, and a demo needs a new file"), marked("csm demo {other}")),
    e.WrongEncoding: (
        marked("{path} can't be read as {encoding} (line {line})"),
        marked("say how it was saved, as in --encoding gbk"),
    ),
    e.UnreadableFile: (marked("{path} is no well-formed {form} file: line {line}, {detail}"), ""),
}

# What to try where the value stands in a row of a file.
IN_A_FILE: Final[dict[type[e.CsmError], str]] = {
    e.DoubtfulDate: marked("say in which order its dates are written, as in --date-order dmy"),
    e.NoSuchRecord: "",
    e.NotUnique: "",
}

KINDS: Final = {
    "customer": marked("customer"),
    "contact": marked("contact"),
    "callback": marked("callback"),
    "note": marked("note"),
    "staff": marked("member of staff"),
    "due item": marked("due item"),
    "owner": marked("owner"),
}

SQLITE: Final = {
    "SQLITE_BUSY": e.DatabaseLocked,
    "SQLITE_LOCKED": e.DatabaseLocked,
    "SQLITE_FULL": e.DiskFull,
    "SQLITE_READONLY": e.DatabaseReadOnly,
    "SQLITE_CORRUPT": e.DatabaseDamaged,
    "SQLITE_NOTADB": e.NotACsmFile,
    "SQLITE_CANTOPEN": e.CannotOpen,
    "SQLITE_IOERR": e.CannotOpen,
    "SQLITE_PERM": e.CannotOpen,
    "SQLITE_AUTH": e.CannotOpen,
    "SQLITE_PROTOCOL": e.DatabaseLocked,
}


def explain(error: BaseException, session: Session) -> int:
    """Write what went wrong to stderr and return the exit code; raise what isn't for the user to mend."""
    known = _as_csm_error(error, session)
    if known is None:
        raise error
    _write(known)
    return exit_code(known)


def exit_code(error: e.CsmError) -> int:
    """Return the exit code of an error, that of its family."""
    return next(code for family, code in EXIT_CODES.items() if isinstance(error, family))


def _as_csm_error(error: BaseException, session: Session) -> e.CsmError | None:
    if isinstance(error, e.CsmError):
        return error
    if isinstance(error, sqlite3.Error):
        name = "_".join(getattr(error, "sqlite_errorname", "").split("_")[:2])
        family = SQLITE.get(name)
        return None if family is None else family(path=session.database.path, detail=str(error))
    if isinstance(error, TyperException):
        return _from_typer(error)
    if isinstance(error, Abort):
        return e.MissingOption(option="input", command="csm")
    if isinstance(error, OSError):
        full = error.errno in (28, 122)
        return (e.DiskFull if full else e.CannotOpen)(path=error.filename or "-", detail=error.strerror or str(error))
    return None


def _from_typer(error: TyperException) -> e.CsmError:
    """Say Typer's own errors in our words, by class."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "csm"
    kind = type(error).__name__
    if kind == "NoSuchOption":
        from csm.cli.grammar import nearest

        option = str(getattr(error, "option_name", ""))
        options = getattr(context.command, "all_options", None) if context is not None else None
        known = options(context) if options else []
        return e.UnknownOption(option=option, command=command, near=nearest(option, known))
    param: Any = getattr(error, "param", None)
    name = _param_name(param)
    if kind == "MissingParameter":
        return e.MissingOption(option=name, command=command)
    if kind == "BadOptionUsage":
        return e.MissingOption(
            option=say("the value of {option}", option=getattr(error, "option_name", "")), command=command
        )
    if kind == "BadParameter" and param is not None:
        return BadParameter(detail=error.message, field=name, command=command)
    if kind == "UsageError" and error.message.startswith("Missing command"):
        return e.MissingOption(option=say("the verb of '{command}'", command=command), command=command)
    return BadParameter(detail=error.message, field=command, command=command)


class BadParameter(e.UsageFault):
    """Typer can't take what was typed for `field`; `detail` is its own word."""


WORDS[BadParameter] = (marked("{field}: {detail}"), marked("{command} --help shows the form"))


def _param_name(param: Any) -> str:
    if param is None:
        return ""
    options = [name for name in param.opts if name.startswith("-")]
    return options[-1] if options else str(param.name).upper()


def sentence(error: e.CsmError) -> str:
    """Return what is wrong, in the language in use, safe to show."""
    return _filled(error, 0)


def reason(error: e.CsmError) -> str:
    """Return what is wrong with a row of a file: the sentence, and behind it the records that are meant."""
    found = ("  ".join(visible(str(part)) for part in known if part) for known in error.values.get("candidates", ()))
    return ": ".join(part for part in (sentence(error), "; ".join(found)) if part)


def _filled(error: e.CsmError, which: int) -> str:
    message = WORDS[type(error)][which]
    return say(message, **{name: _value(name, value) for name, value in error.values.items()}) if message else ""


def _value(name: str, value: object) -> str:
    if isinstance(value, e.CsmError):
        return reason(value)
    if isinstance(value, (list, tuple)):
        return ", ".join(visible(str(item)) for item in value)
    if name == "kind":
        return say(KINDS.get(str(value), str(value)))
    if name == "status":
        return visible(label("callback_status", str(value)))
    return visible(str(value))


def _write(error: e.CsmError) -> None:
    lines = [f"csm: {_filled(error, 0)}"]
    for found in error.values.get("candidates", ()):
        lines.append("  " + "  ".join(visible(str(part)) for part in found if part not in (None, "")))
    near = error.values.get("near") or []
    if near and isinstance(error, e.NoSuchRecord):
        lines += ["  " + "  ".join(visible(str(part)) for part in found if part not in (None, "")) for found in near]
    elif near:
        hint = say("did you mean {near}?", near=", ".join(visible(str(word)) for word in near))
        lines.append(say("hint: {hint}", hint=hint))
    lines += ["  " + sentence(other) for other in error.values.get("others", ())]
    mended = error.values["reason"] if isinstance(error, e.BadRow) else error
    if (not near or isinstance(error, e.NoSuchRecord)) and (hint := _hint(mended, in_file=mended is not error)):
        lines.append(say("hint: {hint}", hint=hint))
    if (skipped := error.values.get("more", 0)) > 0:
        lines.append(say_n("{n} more row can't be imported", "{n} more rows can't be imported", skipped))
    with suppress(OSError):
        sys.stderr.write("\n".join(lines) + "\n")


def _hint(error: e.CsmError, *, in_file: bool) -> str:
    return say(IN_A_FILE[type(error)]) if in_file and type(error) in IN_A_FILE else _filled(error, 1)


def ask_for_missing(error: BaseException) -> list[str] | None:
    """On a terminal, ask for the value that is missing and return the arguments that give it; else None."""
    if not isinstance(error, TyperException) or type(error).__name__ != "MissingParameter":
        return None
    param: Any = getattr(error, "param", None)
    if param is None or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    name = _param_name(param)
    sys.stderr.write(say("{name}: ", name=name.removeprefix("--")))
    sys.stderr.flush()
    value = sys.stdin.readline()
    if not value.strip():
        return None
    value = value.strip()
    if name.startswith("-"):
        return [f"{name}={value}"]
    return ["--", value] if value.startswith("-") else [value]
