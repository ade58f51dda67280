"""The error boundary: an exception becomes one sentence, a hint where there is one, and an exit code.

No other module knows an exit code or prints an error. An exception that isn't handled here is a bug, and raised again.
"""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import Any, Final

from typer.exceptions import Abort, TyperException

from csm.cli.grammar import nearest, typed_name
from csm.cli.messages import CONTENT_KINDS, FILE_KINDS, KINDS, MESSAGES, TERMS_OF
from csm.cli.session import Session, somebody_is_there, typed
from csm.domain.errors import BadRow, CsmError, FieldName, NotFound, Refused, Unusable, UsageFault
from csm.domain.kinds import PREFIXES
from csm.i18n import label, say, say_n
from csm.render.commands import command_line, option_of
from csm.render.text import visible
from csm.storage.file.obstacles import unreadable

EXIT_CODES: Final = {UsageFault: 2, NotFound: 3, Refused: 4, Unusable: 5}

MOST_VALUES: Final = 12  # texts of a field that one hint about --value names
LONGEST: Final = 400  # characters of a value that a sentence shows
ROOM: Final = 65536  # bytes that SQLite needs to create its log
DISK_FULL: Final = (errno.ENOSPC, errno.EDQUOT)

# The code of each error of SQLite, by the first two words of its name.
SQLITE: Final = {
    "SQLITE_BUSY": "database-locked",
    "SQLITE_LOCKED": "database-locked",
    "SQLITE_FULL": "database-full",
    "SQLITE_READONLY": "database-read-only",
    "SQLITE_CORRUPT": "database-damaged",
    "SQLITE_NOTADB": "not-a-csm-file",
    "SQLITE_CANTOPEN": "cannot-open",
    "SQLITE_IOERR": "cannot-open",
    "SQLITE_PERM": "cannot-open",
    "SQLITE_AUTH": "cannot-open",
    "SQLITE_PROTOCOL": "database-locked",
}

# How values are shown that stand for words of ours, by their name.
IN_WORDS: Final[dict[str, Callable[[str], str]]] = {
    "file_kind": lambda kind: say(FILE_KINDS[kind]),
    "content_kind": lambda kind: say(CONTENT_KINDS[kind][0]),
    "kind": lambda kind: say(KINDS.get(kind, kind)),
    "other_kind": lambda kind: say(KINDS.get(kind, kind)),
}


def explain(error: BaseException, session: Session) -> int:
    """Print an error to stderr and return its exit code; raise it again where it is a bug."""
    known = _as_csm_error(error, session)
    if known is None:
        raise error
    _write(known)
    return exit_code(known)


def exit_code(error: CsmError) -> int:
    """Return the exit code of an error, that of its family."""
    return next(code for family, code in EXIT_CODES.items() if isinstance(error, family))


def _as_csm_error(error: BaseException, session: Session) -> CsmError | None:
    """Return an exception as an error of csm, None for a bug."""
    if isinstance(error, UsageFault) and session.holds_setting(error.values.get("value")):
        return _nonsense(session.database.path) or error
    if isinstance(error, CsmError):
        return error
    if isinstance(error, sqlite3.Error):
        return _from_sqlite(error, session.database.path)
    if isinstance(error, (TyperException, Abort)):
        return _from_typer(error)
    if isinstance(error, OSError):
        return _from_system(error)
    return _nonsense(session.database.path) if isinstance(error, Exception) and session.opened else None


def _from_system(error: OSError) -> CsmError:
    code = "disk-full" if error.errno in DISK_FULL else "cannot-open"
    return Unusable(code, path=error.filename or say("standard output"), detail=error.strerror or str(error))


def _nonsense(path: str) -> CsmError | None:
    """Return the error of a stored value that csm never writes, None where the file has none."""
    from csm.storage.file import repair

    return repair.nonsense(path)


def _from_sqlite(error: sqlite3.Error, path: str) -> CsmError | None:
    name = "_".join(getattr(error, "sqlite_errorname", "").split("_")[:2])
    if name == "SQLITE_ERROR":
        return _mended(error, path)
    code = SQLITE.get(name)
    if code == "cannot-open" and (obstacle := _obstacle(path)) is not None:
        return obstacle
    if name == "SQLITE_IOERR" and _is_full(path):
        code = "database-full"
    return None if code is None else Unusable(code, path=path, detail=str(error))


def _mended(error: sqlite3.Error, path: str) -> CsmError | None:
    """Make again what another program removed from the schema; return the error that reports it, None for none."""
    from csm.storage.file import repair

    try:
        names = repair.repair(path)
    except CsmError as found:
        return found
    except sqlite3.Error:
        # The file can't be written, so only the name in SQLite's own message is known.
        _, missing, name = str(error).partition("no such ")
        return Unusable("schema-damaged", path=path, name=name.partition(": ")[2]) if missing else None
    return Unusable("schema-mended", path=path, names=names) if names else repair.nonsense(path)


def _obstacle(path: str) -> CsmError | None:
    return unreadable(path)


def _is_full(path: str) -> bool:
    """Tell whether the disk of `path` is full, which SQLite reports as an I/O error."""
    try:
        return shutil.disk_usage(os.path.dirname(os.path.abspath(path))).free < ROOM
    except OSError:
        return False


def _from_typer(error: TyperException | Abort) -> CsmError:
    """Return an error of Typer, recognised by its class, as one of ours."""
    if isinstance(error, Abort):
        return UsageFault("missing-value", field=say("an answer"), command="csm")
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "csm"
    kind = type(error).__name__
    name = _name_of(getattr(error, "param", None))
    if kind == "NoSuchOption":
        option = str(getattr(error, "option_name", ""))
        return UsageFault("unknown-option", option=option, command=command, near=nearest(option, _options(context)))
    if kind == "MissingParameter":
        return UsageFault("missing-value", field=name, command=command)
    if kind == "BadOptionUsage":
        field = say("the value of {option}", option=getattr(error, "option_name", ""))
        return UsageFault("missing-value", field=field, command=command)
    if kind == "UsageError" and error.message.startswith("Missing command"):
        return UsageFault("missing-verb", command=command)
    return UsageFault("bad-parameter", detail=error.message, field=name or command, command=command)


def _options(context: Any) -> list[str]:
    """Return the long options of the command of a context; none for that of a noun."""
    return context.command.all_options(context) if hasattr(getattr(context, "command", None), "all_options") else []


def _name_of(param: Any) -> str:
    return "" if param is None else typed_name(param)


def sentence(error: CsmError) -> str:
    """Return the sentence of an error in the language in use, safe to print."""
    again = error.values.get("again", 0)
    more = say_n(" (and {n} more row)", " (and {n} more rows)", again) if again else ""
    return _filled(MESSAGES[error.code].sentence, error) + more


def reason(error: CsmError) -> str:
    """Return why a row of a file is rejected: the sentence, then the records that may be meant."""
    found = "; ".join(map(parts, error.values.get("candidates", ())))
    return ": ".join(filter(None, (sentence(error), found)))


def hint(error: CsmError) -> str:
    """Return the hint about a row of a file, "" where there is none."""
    found = _hint(error, in_file=True)
    return say("hint: {hint}", hint=found) if found else ""


def _filled(message: str, error: CsmError) -> str:
    if not message:
        return ""
    filled = {name: _value(name, value) for name, value in error.values.items()}
    if "terms" in error.values:
        filled["choices"] = _labelled(str(error.values["terms"]), error.values["choices"])
    return say(message, **filled)


def _labelled(terms: str, values: Iterable[str]) -> str:
    """Return values of a closed list in the language in use, each with its English value."""
    words = []
    for value in values:
        shown = label(terms, value)
        words.append(value if shown == value else say("{label} ({value})", label=shown, value=value))
    return ", ".join(words)


def _value(name: str, value: object) -> str:
    """Return a value as a sentence shows it; what it means follows from its type, else from its name."""
    if isinstance(value, CsmError):
        return reason(value)
    if isinstance(value, FieldName):
        return option_of(value)
    if isinstance(value, (list, tuple)):
        words = [label("check_item", item) if name == "items" else str(item) for item in value]
        return ", ".join(map(visible, words))
    text = str(value)
    if name in IN_WORDS:
        return IN_WORDS[name](text)
    if name in TERMS_OF:
        word = label(TERMS_OF[name], text)
        return visible(word.replace("-", " ") if name == "promise_ending" else word)
    return visible(text) if name == "path" else _cut(visible(text))


def _cut(text: str) -> str:
    """Return a text, a very long one without its middle."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST // 2]} … {text[-LONGEST // 8 :]}"


def _write(error: CsmError) -> None:
    """Print the lines of an error to stderr."""
    lines = [f"csm: {sentence(error)}", *map(_listed, error.values.get("candidates", ())), *_nearest(error)]
    lines += ["  " + sentence(other) for other in error.values.get("others", ())]
    lines += _hints(error)
    if (skipped := error.values.get("more", 0)) > 0:
        lines.append(say_n("{n} more row can't be imported", "{n} more rows can't be imported", skipped))
    with suppress(OSError):
        sys.stderr.write("\n".join(lines) + "\n")


def _listed(record: Sequence[object]) -> str:
    """Return the line of a record that may be meant."""
    return "  " + parts(record)


def parts(values: Sequence[object]) -> str:
    """Return what is known of a record that may be meant, on one line and safe to print."""
    return "  ".join(_value("path", value) for value in values if value not in (None, ""))


def _nearest(error: CsmError) -> list[str]:
    """Return the lines of what is spelt nearly like what was typed: records, or words."""
    near = error.values.get("near") or []
    if error.code == "no-such-record":
        return [_listed(record) for record in near]
    found = say("did you mean {near}?", near=", ".join(visible(str(word)) for word in near))
    return [say("hint: {hint}", hint=found)] if near else []


def _hints(error: CsmError) -> list[str]:
    """Return the lines of hints, those about the values of rows of a file first."""
    cause = error.values["reason"] if isinstance(error, BadRow) else error
    lines = value_hints(error.values.get("rows", ()))
    is_answered = bool(lines) and cause.code == "unknown-value"
    has_near = bool(error.values.get("near")) and error.code != "no-such-record"
    if not is_answered and not has_near and (found := _hint(cause, in_file=cause is not error)):
        lines.append(say("hint: {hint}", hint=found))
    return lines


def value_hints(rows: Sequence[BadRow]) -> list[str]:
    """Return a hint for each field with unknown values in rows of a file: the `--value` options that would map them."""
    texts: dict[str, list[str]] = {}
    choices: dict[str, Sequence[str]] = {}
    for row in rows:
        cause, text = row.values["reason"], str(row.values["value"]).strip()
        if cause.code == "unknown-value" and text:
            field = _value("field", cause.values["field"])
            texts.setdefault(field, []).append(text)
            choices.setdefault(field, cause.values["choices"])
    return [_value_hint(field, list(dict.fromkeys(found)), choices[field]) for field, found in texts.items()]


def _value_hint(field: str, texts: Sequence[str], choices: Sequence[str]) -> str:
    shown = [*texts[:MOST_VALUES], *["*"] * (len(texts) > MOST_VALUES)]
    found = say(
        "say what they mean, such as {options}; {field} is one of: {choices}",
        options=" ".join(f'--value "{field}:{visible(text)}={choices[-1]}"' for text in shown),
        field=field,
        choices=_value("choices", choices),
    )
    return say("hint: {hint}", hint=found)


def _hint(error: CsmError, *, in_file: bool) -> str:
    """Return the command or the form to try, "" where there is none; `in_file`: for a value in a file."""
    message = MESSAGES[error.code]
    if action := error.values.get("action"):
        return command_line(action, error.values["case_id"])
    if error.code == "not-text":
        return say(CONTENT_KINDS[str(error.values["content_kind"])][1])
    if fits := error.values.get("fits"):
        found = say("say how it was saved; it reads well with --encoding {fits}", fits=say(" or ").join(fits))
        if error.code != "doubtful-encoding":
            return found
        return say("{first}; {second}", first=found, second=_filled(message.hint, error))
    return _filled(message.in_file if in_file and message.in_file is not None else message.hint, error)


# --- asking on a terminal -------------------------------------------------------------------------------------------


def ask_which(error: BaseException, arguments: Sequence[str]) -> list[str] | None:
    """On a terminal, let one of the records that may be meant be chosen by number.

    Return the arguments with its short reference in place of what was typed; None where nothing was chosen.
    """
    if not isinstance(error, CsmError) or error.code != "not-unique":
        return None
    prefix = PREFIXES.get(error.values["kind"])
    ref = str(error.values["ref"])
    places = [place for place, word in enumerate(arguments) if ref in (word, word.partition("=")[2])]
    if prefix is None or len(places) != 1 or not somebody_is_there():
        return None
    chosen = _chosen(error, list(error.values["candidates"]))
    if chosen is None:
        return None
    short = prefix + chosen.removeprefix(prefix)
    (place,) = places
    word = arguments[place]
    replacement = short if word == ref else f"{word.partition('=')[0]}={short}"
    return [*arguments[:place], replacement, *arguments[place + 1 :]]


def _chosen(error: CsmError, candidates: Sequence[Sequence[object]]) -> str | None:
    """Print the candidates with numbers; return the id of the one whose number is typed, else None."""
    lines = [f"csm: {sentence(error)}"]
    lines += [f"  {number}) {parts(found[1:])}" for number, found in enumerate(candidates, 1)]
    sys.stderr.write("\n".join(lines) + "\n")
    answer = typed(say("number of the one that is meant")) or ""
    number = int(answer) if answer.isascii() and answer.isdecimal() else 0
    return str(candidates[number - 1][0]) if 1 <= number <= len(candidates) else None


def ask_for_missing(error: BaseException) -> list[str] | None:
    """On a terminal, ask for the value that is missing; return the arguments that pass it, else None."""
    name = _missing(error)
    if not (name.startswith("--") or name.isupper()):
        return None

    value = typed(name.removeprefix("--")) if somebody_is_there() else None
    if not value:
        return None
    if name.startswith("--"):
        return [f"{name}={value}"]
    return ["--", value] if value.startswith("-") else [value]


def _missing(error: BaseException) -> str:
    """Return how the value that is missing is typed; "" for any other error."""
    if isinstance(error, CsmError):
        return str(error.values["field"]) if error.code == "missing-value" else ""
    is_missing = isinstance(error, TyperException) and type(error).__name__ == "MissingParameter"
    return _name_of(getattr(error, "param", None)) if is_missing else ""
