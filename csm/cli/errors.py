"""The one error boundary: what went wrong becomes one sentence, a hint where there is one, and an exit code.

No other module knows an exit code or writes an error. An exception this table doesn't know is a bug and goes on as it
is.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any, Final

from typer.exceptions import Abort, TyperException

from csm.cli.grammar import nearest
from csm.cli.messages import CONTENT_KINDS, FILE_KINDS, KINDS, MESSAGES, TERMS_OF
from csm.cli.session import Session
from csm.domain.errors import BadRow, CsmError, NotFound, Refused, Unusable, UsageFault
from csm.i18n import label, say, say_n
from csm.render.text import visible

EXIT_CODES: Final = {UsageFault: 2, NotFound: 3, Refused: 4, Unusable: 5}

MOST_VALUES: Final = 12  # values of a closed list that one hint settles
LONGEST: Final = 400  # characters of a value that a sentence shows
ROOM: Final = 65536  # bytes without which SQLite can't even make its log

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


def explain(error: BaseException, session: Session) -> int:
    """Write what went wrong to stderr and return the exit code; raise what isn't for the user to mend."""
    known = _as_csm_error(error, session)
    if known is None:
        raise error
    _write(known)
    return exit_code(known)


def exit_code(error: CsmError) -> int:
    """Return the exit code of an error, that of its family."""
    return next(code for family, code in EXIT_CODES.items() if isinstance(error, family))


def _as_csm_error(error: BaseException, session: Session) -> CsmError | None:
    if isinstance(error, UsageFault) and session.holds_setting(error.values.get("value")):
        from csm.storage.file import repair

        return repair.nonsense(session.database.path) or error
    if isinstance(error, CsmError):
        return error
    if isinstance(error, sqlite3.Error):
        name = "_".join(getattr(error, "sqlite_errorname", "").split("_")[:2])
        if name == "SQLITE_ERROR":
            return _mended(error, session.database.path)
        code = SQLITE.get(name)
        if code == "cannot-open" and (obstacle := _obstacle(session.database.path)) is not None:
            return obstacle
        if name == "SQLITE_IOERR" and _is_full(session.database.path):
            code = "database-full"
        return None if code is None else Unusable(code, path=session.database.path, detail=str(error))
    if isinstance(error, TyperException):
        return _from_typer(error)
    if isinstance(error, Abort):
        return UsageFault("missing-option", option=say("an answer"), command="csm")
    if isinstance(error, OSError):
        return Unusable(
            "disk-full" if error.errno in (28, 122) else "cannot-open",
            path=error.filename or say("standard output"),
            detail=error.strerror or str(error),
        )
    if isinstance(error, Exception) and session.opened:
        from csm.storage.file import repair

        return repair.nonsense(session.database.path)
    return None


def _mended(error: sqlite3.Error, path: str) -> CsmError | None:
    """Look for what another program has taken from the file, and make again what can be made."""
    from csm.storage.file import repair

    try:
        names = repair.repair(path)
    except CsmError as found:
        return found
    except sqlite3.Error:
        # It can't be written: what SQLite misses is all that is known.
        _, missing, name = str(error).partition("no such ")
        return Unusable("schema-damaged", path=path, name=name.partition(": ")[2]) if missing else None
    return Unusable("schema-mended", path=path, names=names) if names else repair.nonsense(path)


def _obstacle(path: str) -> CsmError | None:
    from csm.storage.file.obstacles import unreadable

    return unreadable(path)


def _is_full(path: str) -> bool:
    """Tell whether the disk of `path` has no room left: SQLite's own word for that is an I/O error."""
    try:
        return shutil.disk_usage(os.path.dirname(os.path.abspath(path))).free < ROOM
    except OSError:
        return False


def _from_typer(error: TyperException) -> CsmError:
    """Say Typer's own errors in our words, by class."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "csm"
    kind = type(error).__name__
    if kind == "NoSuchOption":
        option = str(getattr(error, "option_name", ""))
        options = getattr(context.command, "all_options", None) if context is not None else None
        known = options(context) if options else []
        return UsageFault("unknown-option", option=option, command=command, near=nearest(option, known))
    param: Any = getattr(error, "param", None)
    name = _param_name(param)
    if kind == "MissingParameter":
        return UsageFault("missing-option", option=name, command=command)
    if kind == "BadOptionUsage":
        return UsageFault(
            "missing-option",
            option=say("the value of {option}", option=getattr(error, "option_name", "")),
            command=command,
        )
    if kind == "BadParameter" and param is not None:
        return UsageFault("bad-parameter", detail=error.message, field=name, command=command)
    if kind == "UsageError" and error.message.startswith("Missing command"):
        return UsageFault("missing-verb", command=command)
    return UsageFault("bad-parameter", detail=error.message, field=command, command=command)


def _param_name(param: Any) -> str:
    if param is None:
        return ""
    options: list[str] = [name for name in param.opts if name.startswith("-")]
    return options[-1] if options else str(param.metavar or param.name).strip("[]").upper()


def sentence(error: CsmError) -> str:
    """Return what is wrong, in the language in use, safe to show."""
    again = error.values.get("again", 0)
    more = say_n(" (and {n} more row)", " (and {n} more rows)", again) if again else ""
    return _filled(MESSAGES[error.code].sentence, error) + more


def reason(error: CsmError) -> str:
    """Return what is wrong with a row of a file: the sentence, and behind it the records that are meant."""
    found = ("  ".join(visible(str(part)) for part in known if part) for known in error.values.get("candidates", ()))
    return ": ".join(part for part in (sentence(error), "; ".join(found)) if part)


def hint(error: CsmError) -> str:
    """Return the line that says what to try about a row of a file, empty where nothing is known."""
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
    """Return values of a closed list in the language in use, the English ones beside them."""
    words = []
    for value in values:
        shown = label(terms, value)
        words.append(value if shown == value else say("{label} ({value})", label=shown, value=value))
    return ", ".join(words)


def _value(name: str, value: object) -> str:
    if isinstance(value, CsmError):
        return reason(value)
    if name == "items" and isinstance(value, list):
        return ", ".join(visible(label("check_item", item)) for item in value)
    if isinstance(value, (list, tuple)):
        return ", ".join(visible(str(item)) for item in value)
    if name == "file_kind":
        return say(FILE_KINDS[str(value)])
    if name == "content_kind":
        return say(CONTENT_KINDS[str(value)][0])
    if name in ("kind", "other_kind"):
        return say(KINDS.get(str(value), str(value)))
    if name in TERMS_OF:
        word = label(TERMS_OF[name], str(value))
        return visible(word.replace("-", " ") if name == "promise_ending" else word)
    return visible(str(value)) if name == "path" else _cut(visible(str(value)))


def _cut(text: str) -> str:
    """Return a text with its middle left out where nobody would read it: fifty thousand characters on one line."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST // 2]} … {text[-LONGEST // 8 :]}"


def _write(error: CsmError) -> None:
    lines = [f"csm: {sentence(error)}"]
    for found in error.values.get("candidates", ()):
        lines.append("  " + "  ".join(visible(str(part)) for part in found if part not in (None, "")))
    near = error.values.get("near") or []
    if near and error.code == "no-such-record":
        lines += ["  " + "  ".join(visible(str(part)) for part in found if part not in (None, "")) for found in near]
    elif near:
        hint = say("did you mean {near}?", near=", ".join(visible(str(word)) for word in near))
        lines.append(say("hint: {hint}", hint=hint))
    lines += ["  " + sentence(other) for other in error.values.get("others", ())]
    mended = error.values["reason"] if isinstance(error, BadRow) else error
    values = value_hints(error.values.get("rows", ()))
    lines += values
    told = bool(values) and mended.code == "unknown-value"
    hinted = not told and (not near or error.code == "no-such-record")
    if hinted and (hint := _hint(mended, in_file=mended is not error)):
        lines.append(say("hint: {hint}", hint=hint))
    if (skipped := error.values.get("more", 0)) > 0:
        lines.append(say_n("{n} more row can't be imported", "{n} more rows can't be imported", skipped))
    with suppress(OSError):
        sys.stderr.write("\n".join(lines) + "\n")


def value_hints(rows: Sequence[BadRow]) -> list[str]:
    """Return the lines that say how `--value` settles the values of closed lists that rows of a file have otherwise."""
    found: dict[str, tuple[list[str], Sequence[str]]] = {}
    for row in rows:
        reason, text = row.values["reason"], str(row.values["value"]).strip()
        if reason.code == "unknown-value" and text:
            texts, _ = found.setdefault(str(reason.values["field"]), ([], reason.values["choices"]))
            if text not in texts:
                texts.append(text)
    lines = []
    for field, (texts, choices) in found.items():
        shown = [*texts[:MOST_VALUES], *["*"] * (len(texts) > MOST_VALUES)]
        hint = say(
            "say what they mean, such as {options}; {field} is one of: {choices}",
            options=" ".join(f'--value "{field}:{visible(text)}={choices[-1]}"' for text in shown),
            field=field,
            choices=_value("choices", choices),
        )
        lines.append(say("hint: {hint}", hint=hint))
    return lines


def _hint(error: CsmError, *, in_file: bool) -> str:
    message = MESSAGES[error.code]
    if error.code == "not-text":
        return say(CONTENT_KINDS[str(error.values["content_kind"])][1])
    if fits := error.values.get("fits"):
        hint = say("say how it was saved; it reads well with --encoding {fits}", fits=say(" or ").join(fits))
        if error.code != "doubtful-encoding":
            return hint
        return say("{first}; {second}", first=hint, second=_filled(message.hint, error))
    if in_file and message.in_file is not None:
        return _filled(message.in_file, error)
    return _filled(message.hint, error)


def ask_which(error: BaseException, arguments: Sequence[str]) -> list[str] | None:
    """On a terminal, let one of the records that may be meant be chosen by number.

    Return the arguments with its short reference in place of what was typed; None where nothing was chosen.
    """
    if not isinstance(error, CsmError) or error.code != "not-unique":
        return None
    from csm.cli.asking import somebody_is_there, typed
    from csm.domain.kinds import PREFIXES

    ref = str(error.values["ref"])
    places = [place for place, word in enumerate(arguments) if word == ref or word.partition("=")[2] == ref]
    candidates = list(error.values["candidates"])
    if len(places) != 1 or error.values["kind"] not in PREFIXES or not somebody_is_there():
        return None
    lines = [f"csm: {sentence(error)}"]
    for number, found in enumerate(candidates, 1):
        shown = "  ".join(visible(str(part)) for part in found[1:] if part not in (None, ""))
        lines.append(f"  {number}) {shown}")
    sys.stderr.write("\n".join(lines) + "\n")
    answer = typed(say("number of the one that is meant"))
    if not answer or not answer.isascii() or not answer.isdecimal() or not 1 <= int(answer) <= len(candidates):
        return None
    chosen = str(candidates[int(answer) - 1][0])
    prefix = PREFIXES[error.values["kind"]]
    short = chosen if chosen.startswith(prefix) else f"{prefix}{chosen}"
    (place,) = places
    word = arguments[place]
    settled = short if word == ref else f"{word.partition('=')[0]}={short}"
    return [*arguments[:place], settled, *arguments[place + 1 :]]


def ask_for_missing(error: BaseException) -> list[str] | None:
    """On a terminal, ask for the value that is missing and return the arguments that give it; else None."""
    if isinstance(error, CsmError) and error.code == "missing-option":
        name = str(error.values["option"])
    elif isinstance(error, TyperException) and type(error).__name__ == "MissingParameter":
        name = _param_name(getattr(error, "param", None))
    else:
        return None
    if not (name.startswith("--") or name.isupper()):
        return None
    from csm.cli.asking import somebody_is_there, typed

    value = typed(name.removeprefix("--")) if somebody_is_there() else None
    if not value:
        return None
    if name.startswith("--"):
        return [f"{name}={value}"]
    return ["--", value] if value.startswith("-") else [value]
