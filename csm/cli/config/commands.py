"""Settings of the file, and its holidays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

import typer

from csm.cli.grammar import Given, Verb
from csm.cli.session import Session
from csm.domain.records import HOLIDAY, SETTING

if TYPE_CHECKING:
    from csm.domain.settings import Setting
    from csm.services.complaint.recomputing import Moved

MOVES_SHOWN: Final = 5
Key = Annotated[str, typer.Argument(metavar="KEY", help="The setting; csm config list shows them all.")]


def list_(ctx: typer.Context) -> None:
    """List every setting with its value, default and meaning.

    \b
    Example:
      csm config list
    """
    from csm.cli import columns
    from csm.cli.output import READ_BY_PEOPLE, tell_where, write_rows
    from csm.domain.settings import SETTINGS, find
    from csm.i18n import say
    from csm.render.listing import Listing

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    fields = columns.columns_of(SETTING, given)
    policy = session.policy
    shown = say if given.form in READ_BY_PEOPLE else str
    entries = [*SETTINGS, *(find(key) for key, _ in policy.family(""))]
    rows = [
        (entry.key, policy.text(entry.key), entry.default, shown(entry.unit), shown(entry.about)) for entry in entries
    ]
    chosen = columns.chosen_rows(rows, SETTING, fields, given, columns.limit_of(given))
    tell_where(session)
    write_rows(session, given, Listing(fields, chosen, chosen=given.columns is not None))


def get(ctx: typer.Context, key: Key) -> None:
    """Print the value of one setting.

    \b
    Example:
      csm config get work.spans
    """
    from csm.cli.output import opened, write_one
    from csm.domain.settings import find
    from csm.render.text import visible

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    entry = find(key)
    value = session.policy.text(entry.key)
    if given.form == "table":
        with opened(given) as stream:
            stream.write(visible(value) + "\n")
    else:
        write_one(session, given, SETTING, _record(entry, value))


def set_(
    ctx: typer.Context, key: Key, value: Annotated[str, typer.Argument(metavar="VALUE", help="The new value.")]
) -> None:
    """Change one setting.

    \b
    Example:
      csm config set work.spans "mon-fri 09:00-12:00 13:00-18:00; sat 10:00-14:00"
    """
    from csm.i18n import say
    from csm.render.text import visible
    from csm.services.house import policy

    session: Session = ctx.obj
    session.mends = key
    done = policy.change(session, key, value)
    _changed(ctx, say("{key} is now {value}", key=visible(key), value=visible(done.value)), key, done.value)
    _tell_moved(session, done.moved)


def unset(ctx: typer.Context, key: Key) -> None:
    """Take one setting back to its default.

    \b
    Example:
      csm config unset work.spans
    """
    from csm.i18n import say
    from csm.render.text import visible
    from csm.services.house import policy

    session: Session = ctx.obj
    session.mends = key
    done = policy.reset(session, key)
    sentence = say("{key} is back at its default, {value}", key=visible(key), value=visible(done.value))
    _changed(ctx, sentence, key, done.value)
    _tell_moved(session, done.moved)


def _changed(ctx: typer.Context, sentence: str, key: str, value: str) -> None:
    from csm.cli.output import changed
    from csm.domain.settings import find

    changed(ctx.obj, ctx.meta["given"], sentence, SETTING, _record(find(key), value))


def _record(entry: Setting, value: str) -> dict[str, str]:
    return {"key": entry.key, "value": value, "default": entry.default, "unit": entry.unit, "about": entry.about}


def _tell_moved(session: Session, moved: Moved | None) -> None:
    """Say what a new calendar moved, with the first few deadlines; nothing where nothing moved."""
    from csm.cli.output import tell
    from csm.i18n import label, say_n

    if moved is None or not moved.deadlines:
        return
    cases = say_n("{n} case", "{n} cases", moved.cases)
    tell(
        session, say_n("{n} deadline of {cases} moved", "{n} deadlines of {cases} moved", moved.deadlines, cases=cases)
    )
    for complaint_id, clock, *dues in moved.examples[:MOVES_SHOWN]:
        old, new = (f"{moved.zone.local(due):%Y-%m-%d %H:%M}" for due in dues)
        tell(session, f"cp{complaint_id} {label('clock', clock)}: {old} -> {new}")


def preset(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="default, five-day, fca or cfpb.")],
) -> None:
    """Take over targets for complaints by name; cases already recorded keep theirs.

    \b
    default   general: first response 8 working hours, proposal 3 and
              resolution 7 working days; serious and malicious faster.
              Source: csm's own targets, in working hours and days.
    five-day  Reply within 5 working days, the department answers within 3.
              Source: The answer within five working days customary at
              Chinese service hotlines (12345).
    fca       Closed by the end of the third working day after receipt counts
              as settled early; final answer within 8 weeks.
              Source: FCA Handbook, DISP 1.5 and DISP 1.6.2.
    cfpb      First response within 15 calendar days, final within 60.
              Source: CFPB company portal: 15 calendar days, 60 if in progress.

    \b
    Example:
      csm config preset five-day
    """
    from csm.cli.output import tell, tell_where, write_rows
    from csm.domain.settings import find
    from csm.i18n import say
    from csm.render.listing import Listing
    from csm.services.house import policy

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    changes = policy.take_over(session, name)
    tell_where(session)
    if given.form != "table" or given.output is not None:
        records = [_record(find(key), value) for key, _, value in changes]
        write_rows(session, given, Listing(SETTING, [tuple(record.values()) for record in records]))
    if not changes:
        tell(session, say("{name} is in force already", name=name))
        return
    told = ", ".join(f"{key} {old} -> {new}" for key, old, new in changes)
    tell(
        session, say("took over {name}: {changes}; cases already recorded keep their targets", name=name, changes=told)
    )


def holidays(
    ctx: typer.Context,
    action: Annotated[str, typer.Argument(metavar="import|list", help="What to do.")],
    file: Annotated[
        str | None, typer.Argument(metavar="FILE", help="csv with date, kind, name; kind is holiday or workday.")
    ] = None,
    encoding: Annotated[
        str | None, typer.Option("--encoding", help="How the file was saved, if csm can't tell.")
    ] = None,
) -> None:
    """Load dated holidays and extra working days from a file, or list them.

    \b
    Example:
      csm config holidays import holidays-2027.csv
    """
    from csm.cli import columns
    from csm.cli.output import tell_where, write_rows
    from csm.domain.errors import MissingOption, OptionsExclude, UnknownCommand
    from csm.i18n import say
    from csm.render.listing import Listing
    from csm.services.house import holidays as holiday_files
    from csm.services.house import policy
    from csm.storage.house import settings

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    if action == "import":
        if file is None:
            raise MissingOption(option="FILE", command="csm config holidays import")
        done = policy.import_holidays(session, holiday_files.read(file, encoding, session))
        sentence = say("read {read} days, {changed} of them new or different", read=done.read, changed=done.changed)
        _tell_holidays(session, sentence)
        _tell_moved(session, done.moved)
    elif action != "list":
        raise UnknownCommand(name=action, before="csm config holidays", near=["import", "list"])
    elif file is not None or encoding is not None:
        raise OptionsExclude(first="list", second="FILE" if file is not None else "--encoding")
    if action == "list" or columns.asks_for_rows(given):
        rows = settings.holidays(session.database.connection)
        fields = columns.columns_of(HOLIDAY, given)
        chosen = columns.chosen_rows(rows, HOLIDAY, fields, given, columns.limit_of(given))
        tell_where(session)
        write_rows(session, given, Listing(fields, chosen, "", say("no holidays"), (), given.columns is not None))


def _tell_holidays(session: Session, sentence: str) -> None:
    from csm.cli.output import tell, tell_where

    tell_where(session)
    tell(session, sentence)


VERBS: Final = {
    "list": Verb(list_, "list", private=False),
    "get": Verb(get, private=False),
    "set": Verb(set_, "write", private=False),
    "unset": Verb(unset, "write", private=False),
    "preset": Verb(preset, "write", private=False),
    "holidays": Verb(holidays, "list", reads="file", private=False),
}
