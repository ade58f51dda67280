"""What the verbs of `quality` share: their options, the figures for programs, and their tables for people.

Rows of csv and objects of json are those of the contract, section 3.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from csm.cli.complaint.options import choice
from csm.cli.grammar import Given
from csm.cli.output import tell_where, write_one, write_rows
from csm.cli.quality.periods import From, Month, Quarter, To, Year, read_period, tell_not_over
from csm.cli.session import Session
from csm.domain.errors import UsageFault
from csm.domain.formats import OBJECTS, READ_BY_PEOPLE
from csm.domain.kinds import Field
from csm.domain.quality.figures import NOTHING, SUMMARY, Figure, Group, Measured, of, rounded
from csm.domain.quality.record import FIGURE
from csm.domain.survey.scores import DIMENSIONS
from csm.i18n import label, say
from csm.render.listing import Listing, Row
from csm.services.quality.complaints import pareto_records, pareto_rows
from csm.services.quality.measuring import Part, Wanted, active_customers, measure_parts
from csm.services.quality.surveys import details

if TYPE_CHECKING:
    from csm.domain.time.period import Compared, Period

_OF_DIMENSION: Final = ("expectation", "perception", "gap", "weight")
# What the counts of a section are counted among: where that is 0 they say nothing (source: the contract, section 3).
_AMONG: Final = {"complaints": "n", "callbacks": "due", "promises": "n", "retention": "start"}
# Counts beside, of what isn't among that.
_BESIDE: Final = frozenset(("grievances", "unplanned"))


def csv_rows(section: str, now: Group, before: Group | None, *, summary: bool = False) -> list[Row]:
    """Return section, figure, value, n and the value before, a row a figure."""
    then = before or {}
    return [
        (section, figure.name, _told(figure, now), now.get(figure.name, NOTHING).n, _told(figure, then))
        for figure in of(section, summary=summary)
    ]


def _told(figure: Figure, group: Group) -> float | None:
    """Return the value of a figure; None for a count among nothing."""
    among = _AMONG.get(figure.section)
    if among and figure.kind == "count" and figure.name != among and figure.name not in _BESIDE:
        return group.get(figure.name, NOTHING).value if group.get(among, NOTHING).value else None
    return group.get(figure.name, NOTHING).value


def json_group(
    section: str, group: Group, extras: Mapping[str, Any] | None = None, *, summary: bool = False
) -> dict[str, Any]:
    """Return a section's figures by name, then under "counted" of how many those were made that aren't counts."""
    figures = of(section, summary=summary)
    dimensions = tuple(f"{dimension}_" for dimension in DIMENSIONS) if section == "servqual" else ()
    plain = [figure for figure in figures if not figure.name.startswith(dimensions)] if dimensions else figures
    made: dict[str, Any] = {figure.name: rounded(_told(figure, group)) for figure in plain}
    if dimensions:
        made["dimensions"] = [_dimension(name, group) for name in DIMENSIONS]
    counted = {figure.name: group.get(figure.name, NOTHING).n for figure in plain if figure.kind != "count"}
    return {**made, "counted": counted, **(extras or {})}


def json_part(part: Part, section: str, extras: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return a section of a period: its days, its figures, the same of the days before, and `extras`."""
    group = json_group(section, part.now[section])
    before = {**_days(part.days.before), **json_group(section, part.before[section])}
    return {**_days(part.days.now), **group, "before": before, **(extras or {})}


def json_summary(part: Part, customers: int) -> dict[str, Any]:
    """Return the summary of a period in the order of the contract; customers: how many are active at its start."""
    groups = {section: json_group(section, part.now[section], summary=True) for section in SUMMARY}
    return {**_days(part.days.now), "customers": customers, **groups}


def shortened(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record with its scores rounded."""
    return {key: rounded(value) if isinstance(value, float) else value for key, value in record.items()}


def array(objects: Iterable[Mapping[str, Any]]) -> tuple[list[str], list[Row]]:
    """Return the keys of objects that have the same, and their values, those of several values as texts of json."""
    # Only figures by groups come here; the package would be a tenth of a summary's time.
    import json

    rows: list[Row] = []
    keys: list[str] = []
    for each in objects:
        keys = list(each)
        rows.append([json.dumps(v, ensure_ascii=False) if isinstance(v, dict | list) else v for v in each.values()])
    return keys, rows


def _days(days: Any) -> dict[str, str]:
    return {"from": days.first.isoformat(), "to": days.last.isoformat()}


def _dimension(name: str, group: Group) -> dict[str, Any]:
    def told(figure: str) -> Measured:
        return group.get(f"{name}_{figure}", NOTHING)

    scores = {figure: rounded(told(figure).value) for figure in _OF_DIMENSION}
    alpha = told("alpha")
    return {"dimension": name, **scores, "n": told("gap").n, "alpha": rounded(alpha.value), "alpha_n": alpha.n}


# What was typed for --from, --to, --month, --quarter and --year.
Typed = tuple[str | None, str | None, str | None, str | None, str | None]


def show(
    ctx: typer.Context, section: str, typed: Typed, by: str | None, *, explain: bool = False, model: bool = False
) -> None:
    """Write a section of the figures of a period, or with `explain` what they are.

    Raises what `read_period` does, unknown-value for --by, values-exclude for a model by groups.
    """
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    if explain:
        from csm.cli.quality.tables import write_definitions

        write_definitions(session, given, [section])
        return
    compared, grouped = read_period(session, *typed), _grouping(by)
    if model and grouped:
        raise UsageFault("values-exclude", first="--model", second="--by")
    tell_not_over(session, compared, typed, by=grouped is not None)
    if given.form not in READ_BY_PEOPLE:
        _write_data(session, given, [section], compared, grouped, model=model)
    elif grouped:
        _write_groups(session, given, section, compared, grouped)
    else:
        from csm.cli.quality import tables as quality_tables

        if section == "servqual":
            quality_tables.write_servqual(session, given, compared)
        elif section == "gaps":
            quality_tables.write_gaps(session, given, compared)
        else:
            quality_tables.write_section(session, given, section, compared, model=model)


def summarise(ctx: typer.Context, typed: Typed, by: str | None, *, explain: bool = False) -> None:
    """Write the summary of a period, or with `explain` what its figures are; raise what `show` does."""
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    if explain:
        from csm.cli.quality.tables import write_definitions

        write_definitions(session, given, SUMMARY)
        return
    compared, grouped = read_period(session, *typed), _grouping(by)
    tell_not_over(session, compared, typed, by=grouped is not None)
    if given.form not in READ_BY_PEOPLE:
        _write_data(session, given, SUMMARY, compared, grouped)
        return
    from csm.cli.quality import summary_page

    summary_page.write(session, given, compared, grouped)


def _grouping(by: str | None) -> str | None:
    if by is None:
        return None
    return choice("quality_by", "--by", by)


# --- for programs ---------------------------------------------------------------------------------------------


def _write_data(
    session: Session,
    given: Given,
    sections: Sequence[str],
    compared: Compared,
    by: str | None,
    *,
    model: bool = False,
) -> None:
    whole = len(sections) == 1
    wanted = {name: None if whole else [figure.name for figure in of(name, summary=True)] for name in sections}
    json = given.form in OBJECTS
    # The summary as json has no figures of the period before, which take as long as its own.
    parts = measure_parts(session, wanted, compared, by, before=whole or not json)
    tell_where(session)
    if json:
        objects = _sections(session, sections[0], parts, by, model=model) if whole else _summaries(session, parts, by)
        _write_json(
            session, given, [{by: part.key, **one} if by else one for part, one in zip(parts, objects, strict=True)], by
        )
    else:
        _write_csv(session, given, wanted, parts, by)


def _sections(
    session: Session, section: str, parts: Sequence[Part], by: str | None, *, model: bool
) -> list[dict[str, Any]]:
    if by is not None:
        return [json_part(part, section) for part in parts]
    return [json_part(part, section, _extras(session, section, part.days.now, model=model)) for part in parts]


def _summaries(session: Session, parts: Sequence[Part], by: str | None) -> list[dict[str, Any]]:
    """Return the summary of each part, with its active customers."""
    on_cards = by if by != "month" else None
    counted = {part.days.now.first: active_customers(session, part.days.now, on_cards) for part in parts}
    return [json_summary(part, counted[part.days.now.first].get(part.key if on_cards else None, 0)) for part in parts]


def _extras(session: Session, section: str, days: Period, *, model: bool) -> Mapping[str, Any]:
    """Return what a section has in json beyond its figures."""
    if section == "servqual":
        return details(session, days)
    if section == "gaps":
        from csm.services.quality.gaps import details as gap_details

        scale, dimensions = gap_details(session, days)
        return {"scale": scale, "dimensions": [shortened(one._asdict()) for one in dimensions]}
    if section == "complaints":
        return pareto_records(session, days)
    if model:
        from csm.services.quality.customers import links

        return {
            "model": [
                {"cause": one.cause, "effect": one.effect, "r": rounded(one.r), "n": one.n, "verdict": one.verdict}
                for one in links(session, days)
            ]
        }
    return {}


def _write_json(session: Session, given: Given, objects: Sequence[dict[str, Any]], by: str | None) -> None:
    if by is None:
        write_one(session, given, (), objects[0])
        return
    keys, rows = array(objects)
    kinds = ["json" if any(isinstance(each[key], dict | list) for each in objects) else "text" for key in keys]
    fields = [Field(key, key, kind) for key, kind in zip(keys, kinds, strict=True)]  # type: ignore[arg-type]
    write_rows(session, given, Listing(fields, rows))


def _write_csv(session: Session, given: Given, wanted: Wanted, parts: Sequence[Part], by: str | None) -> None:
    rows: list[Row] = []
    for part in parts:
        for section, only in wanted.items():
            made = csv_rows(section, part.now[section], part.before[section], summary=only is not None)
            rows += [(part.key, *row) for row in made] if by else made
    if by is None and list(wanted) == ["complaints"]:
        rows += pareto_rows(session, parts[0].days.now)
    fields = (Field(by, by), *FIGURE) if by else FIGURE
    write_rows(session, given, Listing(fields, rows))


# --- for people -----------------------------------------------------------------------------------------------


def _write_groups(session: Session, given: Given, section: str, compared: Compared, by: str) -> None:
    """Write the main figures of a section as a table with a row a group."""
    from csm.render.quality.tables import groups_listing, thin_notes

    figures = [figure for figure in of(section) if figure.main]
    parts = measure_parts(session, {section: [figure.name for figure in figures]}, compared, by, before=False)
    tell_where(session)
    thin = session.policy.number("quality.thin")
    groups = [(part.key, part.now[section]) for part in parts]
    notes = thin_notes(figures, groups, thin)
    if section == "servqual" and by != "month":
        notes += _other_scale(session, compared.now)
    write_rows(session, given, groups_listing(figures, by, groups, thin, _titled(section, compared.now), notes))


def _titled(section: str, days: Period) -> str:
    """Return the heading of a section by groups: its name and its period."""
    return say(
        "{section}: {first} to {last}", section=label("quality_section", section), first=days.first, last=days.last
    )


def _other_scale(session: Session, days: Period) -> list[str]:
    """Return the note that groups have no surveys on the scale that fewer used; a month goes by its own scale."""
    other = details(session, days)["other_scale"]
    if other is None or not other["n"]:
        return []
    return [
        say(
            "surveys with scores from 1 to {scale} aren't counted here; csm quality servqual shows them apart",
            scale=other["scale"],
        )
    ]


By = Annotated[str | None, typer.Option("--by", metavar="WHAT", help="A group for each month, owner, region or grade.")]
Explain = Annotated[bool, typer.Option("--explain", help="Say what each figure is, instead of the figures.")]


def section(name: str, about: str, *examples: str) -> Callable[..., None]:
    """Return the function of a verb that shows a section; `about` and `examples` are its help."""

    def shown(
        ctx: typer.Context,
        from_: From = None,
        to: To = None,
        month: Month = None,
        quarter: Quarter = None,
        year: Year = None,
        by: By = None,
        explain: Explain = False,
    ) -> None:
        show(ctx, name, (from_, to, month, quarter, year), by, explain=explain)

    shown.__doc__ = "\n  ".join((f"{about}\n\n\b\nExample:", *examples))
    return shown
