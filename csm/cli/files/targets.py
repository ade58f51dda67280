"""The files that a command writes, checked before it does anything; only loaded where one was named."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from csm.cli.session import Session
from csm.domain.errors import UsageFault
from csm.transfer import targets

if TYPE_CHECKING:
    from typer._click.core import Context

    from csm.cli.grammar import Given, Verb

# Formats that have an ending of their own and aren't written or read yet.
NOT_BUILT: Final = frozenset({"xlsx", "xls", "ics", "vcf"})
# What can be imported again.
DATA: Final = ("csv", "tsv", "json", "jsonl")
SAME: Final = {"htm": "html"}


def form_of_name(option: str, path: str, endings: Sequence[str]) -> str | None:
    """Return the format that the ending of a file's name tells, None for a name without one.

    Raises unknown-ending, ending-unsupported.
    """
    name = path.replace("\\", "/").rpartition("/")[2]
    before, _, ending = name.rpartition(".")
    told = SAME.get(ending.lower(), ending.lower())
    if told in endings and "." in name:
        return told
    if not before or not ending:
        return None
    if told in NOT_BUILT:
        raise UsageFault("ending-unsupported", option=option, path=path, ending=ending, choices=list(endings))
    raise UsageFault("unknown-ending", option=option, path=path, ending=ending, choices=list(endings))


def check_targets(ctx: Context, verb: Verb) -> None:
    """Check every file that a command is to write; raise what is wrong with one of them.

    Standard output under the name of a device becomes `-`. A command that makes its own file has that file checked
    too, as it is named.
    """
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    sources = ["-"]
    if verb.reads is not None and ctx.params.get(verb.reads):
        sources.append(ctx.params[verb.reads])
    checked: list[tuple[str, str]] = []

    def check(option: str, path: str) -> str:
        found = targets.checked(option, path, database=session.database_path, sources=sources)
        for other, there in checked:
            if found != "-" and found != "/dev/null" and targets.same_file(found, there):
                raise UsageFault("output-twice", option=option, path=path, other=other)
        checked.append((option, found))
        return found

    if given.output is not None:
        ctx.meta["given"] = given._replace(output=check("--output", given.output))
    for name in verb.writes:
        if (path := ctx.params.get(name)) is not None:
            option = _typed(ctx, name)
            ctx.params[name] = check(option, path)
            if given.form == "table" or option.startswith("--"):
                form_of_name(option, path, DATA)


def _typed(ctx: Context, name: str) -> str:
    """Return how a parameter is typed: --rejects, or FILE."""
    param = next(param for param in ctx.command.params if param.name == name)
    options = [word for word in param.opts if word.startswith("--")]
    return options[0] if options else name.upper()
