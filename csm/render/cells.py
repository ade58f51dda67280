"""Stored values turned into the cells of each family of formats, by the kind of their field.

Three families: plain (csv, tsv: English, stable), json, and human (table, md, html: translated). Nothing here writes,
aligns, colours or escapes for a format.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from csm.domain.kinds import Field
from csm.domain.values.money import group_cents, show_cents, show_each
from csm.i18n import label, say, say_n
from csm.render.text import unseen, visible

if TYPE_CHECKING:
    from csm.domain.time.instant import Zone

Convert = Callable[[Any], str]
ConvertColumn = Callable[[Sequence[Any]], list[str | None]]

# Kinds whose text somebody typed: only these can hold a formula or a control character. A birthday without its year
# begins with a dash, and a phone has a guard of its own.
_TYPED: Final = ("text", "email", "tags", "birthday", "lunar", "customer")

# Texts that a spreadsheet takes for numbers and dates: codes, and the keys of other programs.
_KEYS: Final = frozenset({"code", "customer_code", "external_id", "bill", "serial"})

# Kinds whose value is a number that may have decimals.
_NUMBERS: Final = ("quantity", "score", "share")
_DECIMALS: Final = 4

# The field whose number people read in words, negative before the day.
DAYS_LATE: Final = "days_late"


# --- csv and tsv ----------------------------------------------------------------------------------------------


def plain(field: Field, zone: Zone, *, raw: bool = False, seen: bool = False) -> Convert | None:
    """Return what turns a stored value of `field` into a cell of csv, or None where the cell is the value itself.

    The result isn't made for None, which is an empty cell. `raw` leaves formulas and phones unguarded; `seen` makes
    control characters visible. Source: the command-line contract.
    """
    convert: Convert | None = None
    if field.kind == "money":
        convert = _remembered(show_cents)
    elif field.kind == "instant":
        convert = _remembered(zone.iso)
    elif field.kind == "flag":
        convert = _yes_no
    elif field.kind in _NUMBERS:
        convert = number
    elif field.kind == "phone" or field.kind in _TYPED:
        if not raw:
            convert = _guard_of(field)
        if seen:
            convert = _seen(convert)
    return convert


def plain_column(field: Field, zone: Zone, *, raw: bool = False, seen: bool = False) -> ConvertColumn | None:
    """Return what turns stored values of `field` into the cells that `plain` makes of them; None stays as it is."""
    if field.kind == "money":
        return show_each
    if field.kind in _NUMBERS:
        return numbers
    convert = plain(field, zone, raw=raw, seen=seen)
    if convert is None:
        return None
    return lambda column: [None if value is None else convert(value) for value in column]


def _guard_of(field: Field) -> Convert:
    from csm.transfer.sheet import guard, guard_key, guard_phone

    guarding = guard_phone if field.kind == "phone" else guard_key if field.name in _KEYS else guard

    def guarded(value: Any) -> str:
        return guarding(value) if isinstance(value, str) else str(value)

    return guarded


def _remembered(convert: Convert) -> Convert:
    """Return `convert` with a memory: rows that came with one import share their instants, many an amount is 0."""
    return lru_cache(maxsize=1024)(convert)


def unguarded(field: Field, column: Sequence[Any]) -> bool:
    """Tell by one look that no value of a column of `field` would be changed by the guard against formulas."""
    if field.kind not in _TYPED or field.name in _KEYS:
        return False
    from csm.transfer.sheet import suspect

    try:
        return not suspect(column)
    except TypeError:  # numbers among the texts
        return False


def _seen(convert: Convert | None) -> Convert:
    guarded = convert or str
    return lambda value: visible(guarded(value), lines=True)


def _yes_no(value: object) -> str:
    return "yes" if value else "no"


# --- json -----------------------------------------------------------------------------------------------------


class _Escapes(dict[int, str]):
    """What json shows of characters that a terminal would obey: an escape that reads back as the same character."""

    def __missing__(self, code: int) -> str:
        if code != 0x7F and not unseen(code):
            shown = chr(code)
        elif code < 0x10000:
            shown = f"\\u{code:04x}"
        else:
            high, low = divmod(code - 0x10000, 0x400)
            shown = f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"
        self[code] = shown
        return shown


_ESCAPES: Final = _Escapes()


def json_string(*, ascii_only: bool = False) -> Callable[[str], str]:
    """Return what turns a text into a json string; without `ascii_only` other scripts are kept as they are."""
    # The C functions that the json package hands on: the package around them is a tenth of a short list's time.
    from _json import encode_basestring, encode_basestring_ascii

    if ascii_only:
        return encode_basestring_ascii

    def quoted(text: str) -> str:
        done = encode_basestring(text)
        return done if done.isprintable() else done.translate(_ESCAPES)

    return quoted


def json_text(field: Field, zone: Zone, *, ascii_only: bool = False) -> Convert:
    """Return what turns a stored value of `field`, or None, into json text.

    Money is a bare number with two decimals, tags are an array, instants ISO 8601 with the zone's offset, flags true
    or false. Source: the command-line contract.
    """
    quoted = json_string(ascii_only=ascii_only)
    if field.kind in ("money", "instant", "flag"):
        return _json_of_kind(field.kind, zone, quoted)
    if field.kind == "tags":
        return lambda value: "[" + ", ".join([quoted(tag) for tag in split_tags(value)]) + "]"

    if field.kind in _NUMBERS:
        return lambda value: "null" if value is None else number(value)

    def scalar(value: Any) -> str:
        if value is None:
            return "null"
        return quoted(value) if isinstance(value, str) else json_number(value)

    return scalar


def _json_of_kind(kind: str, zone: Zone, quoted: Callable[[str], str]) -> Convert:
    if kind == "money":
        return lambda value: "null" if value is None else show_cents(value)
    if kind == "instant":
        iso = _remembered(zone.iso)
        return lambda value: "null" if value is None else quoted(iso(value))
    return lambda value: "null" if value is None else "true" if value else "false"


def json_number(value: float) -> str:
    """Return a number or a truth value as json; what isn't finite is null."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return repr(value) if value - value == 0 else "null"


def number(value: float) -> str:
    """Return a quantity, a score or a share as programs read it: at most four decimals, none where it is whole."""
    rounded = round(value, _DECIMALS)
    return str(int(rounded)) if rounded == int(rounded) else repr(rounded)


def numbers(column: Sequence[float | None]) -> list[str | None]:
    """Return each value as `number` does, and None as it is."""
    return [
        None
        if value is None
        else str(int(rounded))
        if (rounded := round(value, _DECIMALS)) == int(rounded)
        else repr(rounded)
        for value in column
    ]


def split_tags(value: str | None) -> list[str]:
    """Return the tags of a stored `a;b`."""
    return value.split(";") if value else []


# --- table, md and html ---------------------------------------------------------------------------------------


def in_words(field: Field) -> bool:
    """Return whether a number is read as words, and so not aligned at its end."""
    return field.name == DAYS_LATE and field.kind == "integer"


def human(field: Field, zone: Zone, *, lines: bool = False) -> Convert:
    """Return what turns a stored value of `field` into the text people read, in the language in use.

    The result isn't made for None, which is shown as nothing. `lines` keeps line breaks.
    """
    if field.kind == "money":
        return group_cents
    if field.kind == "instant":
        return lambda value: f"{zone.local(value):%Y-%m-%d %H:%M}"
    if field.kind in _HUMAN:
        return _HUMAN[field.kind]
    if in_words(field) or field.kind == "lunar":
        from csm.render.day import due, words

        return due.lunar_name if field.kind == "lunar" else words.lateness
    return _human_text(field, lines)


_HUMAN: Final[dict[str, Convert]] = {
    "quantity": number,
    "score": lambda value: number(round(value, 2)),
    "share": lambda value: f"{100 * value:.1f} %",
    "flag": lambda value: label("yes_no", _yes_no(value)),
    "settlement": lambda value: settlement(str(value)),
}


def settlement(terms: str) -> str:
    """Return settlement terms as people read them: 30 days, 货到付款; what isn't one is printed as it is."""
    name, _, more = terms.partition("+")
    if terms.isascii() and terms.isdecimal():
        return say_n("{n} day", "{n} days", int(terms))
    if name == "monthly" and more.isascii() and more.isdecimal():
        return say_n("monthly plus {n} day", "monthly plus {n} days", int(more))
    return visible(label("settlement", terms))


def _human_text(field: Field, lines: bool) -> Convert:
    if field.kind == "tags":
        return lambda value: visible(say(", ").join(split_tags(value)), lines=lines)
    if field.kind == "birthday":
        return lambda value: visible(str(value).removeprefix("--"), lines=lines)
    if field.terms:
        return lambda value: visible(label(field.terms, str(value)), lines=lines)
    return lambda value: visible(str(value), lines=lines)
