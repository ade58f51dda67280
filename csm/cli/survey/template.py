"""The blank form of a survey, for a spreadsheet or to print."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.complaint.options import choice, whole
from csm.cli.grammar import Given
from csm.cli.output import tell, write_rows
from csm.cli.session import Session
from csm.domain.kinds import Field
from csm.domain.survey.form import blank
from csm.i18n import say
from csm.render.listing import Listing
from csm.render.text import visible

MOST_RESPONDENTS = 200


def run(
    ctx: typer.Context,
    respondents: Annotated[
        str | None, typer.Option("--respondents", metavar="N", help="Columns for so many respondents; 1 unless told.")
    ] = None,
    scale: Annotated[
        str | None, typer.Option("--scale", metavar="7|5", help="How far the scores of the 22 items go; 7 unless told.")
    ] = None,
) -> None:
    """Write a blank form with the 22 items in English and Chinese, as csv unless told otherwise.

    Filled in, csm import surveys takes it back; what nobody answers stays empty.

    \b
    Example:
      csm survey template -o form.csv
      csm survey template -o week.csv --respondents 12 --scale 5
    """
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    count = 1 if respondents is None else whole("--respondents", respondents, 1, MOST_RESPONDENTS)
    highest = 7 if scale is None else int(choice("scale", "--scale", scale))
    headings, rows = blank(highest, count)
    form = "csv" if given.form == "table" else given.form
    write_rows(session, given._replace(form=form), Listing([Field(name, name, shown=1) for name in headings], rows))
    if given.output not in (None, "-"):
        path = visible(str(given.output))
        # A command that is said must work as it stands.
        typed = f'"{path}"' if " " in path else path
        tell(
            session,
            say("wrote a blank form to {path}; csm import surveys {typed} takes it back", path=path, typed=typed),
        )
