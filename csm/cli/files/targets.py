"""The files that a command writes, checked before it does anything; only loaded where one was named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csm.cli.grammar import Given, Verb, typed_name
from csm.cli.session import Session
from csm.domain.errors import UsageFault
from csm.domain.formats import IMPORTED, by_name
from csm.transfer import targets

if TYPE_CHECKING:
    from typer._click.core import Context


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
                raise UsageFault("output-twice", field=option, path=path, other=other)
        checked.append((option, found))
        return found

    if given.output is not None:
        ctx.meta["given"] = given._replace(output=check("--output", given.output))
    for name in verb.writes:
        if (path := ctx.params.get(name)) is not None:
            option = typed_name(next(param for param in ctx.command.params if param.name == name))
            ctx.params[name] = check(option, path)
            if given.form == "table" or option.startswith("--"):
                by_name(option, path, IMPORTED)
