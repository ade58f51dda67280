"""The rules of spreadsheets, both ways: what would run as a formula, what would lose digits, how rows are quoted.

Source: the command-line contract and RFC 4180. Imported by every `-f csv`, so nothing heavy is loaded here. It opens
no file and knows no record.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TextIO

if TYPE_CHECKING:
    from _csv import Writer as RowWriter
    from collections.abc import Iterable, Sequence

_RISKY: Final = frozenset("=+-@\t\r＝＋－＠")
_SUSPECT: Final = _RISKY | {"'"}
_SUSPECT_LINE: Final = "\n[" + "".join("\\" + sign for sign in sorted(_SUSPECT)) + "]"
_EXACT_DIGITS: Final = 15  # digits of a number that Excel keeps
_MONTHS: Final = frozenset(
    {
        *("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"),
        *("january", "february", "march", "april", "june", "july", "august"),
        *("september", "october", "november", "december"),
    }
)
_TRUTHS: Final = frozenset({"true", "false"})
_DAYS: Final = 31  # the highest number of a day or month
_LONGEST_DATE: Final = len("21-11-2026")
_YEARS: Final = range(1900, 10000)  # years that Excel knows


def guard(text: str) -> str:
    """Return `text` with a leading `'` where a spreadsheet would run it as a formula, so that `unguard` restores it."""
    return "'" + text if text[:1] in _SUSPECT and text.lstrip("'")[:1] in _RISKY else text


def suspect(texts: Iterable[str | None]) -> bool:
    """Return whether `guard` may change one of `texts`: never False where it would, quick where it wouldn't."""
    return re.search(_SUSPECT_LINE, "\n" + "\n".join(filter(None, texts))) is not None


def unguard(text: str) -> str:
    """Return `text` without the `'` of `guard`; every other apostrophe stays."""
    return text[1:] if text[:1] == "'" and text.lstrip("'")[:1] in _RISKY else text


def guard_phone(text: str) -> str:
    """Return the phone `text` with a leading `'` where a spreadsheet would read a number, a date or a formula."""
    if text[:1] == "'":
        return "'" + text if _starts_as_phone(text.lstrip("'")) else text
    return "'" + text if text.isdecimal() or _misread(text) else text


def unguard_phone(text: str) -> str:
    """Return the phone `text` without the `'` of `guard_phone`, or of another program, before the number."""
    return text[1:] if text[:1] == "'" and _starts_as_phone(text.lstrip("'")) else text


def guard_key(text: str) -> str:
    """Return the code, bill or serial `text` with a leading `'` where a spreadsheet would save another text."""
    if text[:1] == "'":
        return "'" + text if _starts_as_key(text.lstrip("'")) else text
    return "'" + text if text[:1] in _RISKY or _comes_back_otherwise(text) else text


def unguard_key(text: str) -> str:
    """Return the code `text` without the `'` of `guard_key`, or of another program, before it."""
    return text[1:] if text[:1] == "'" and _starts_as_key(text.lstrip("'")) else text


def csv_writer(stream: TextIO, *, delimiter: str = ",", crlf: bool) -> RowWriter:
    """Return a writer of rows on `stream` (opened with newline=""), quoted where they must be (RFC 4180)."""
    # The C writer that the csv module hands on: the module around it is a tenth of a short list's time.
    from _csv import writer

    if crlf:
        return writer(stream, delimiter=delimiter, lineterminator="\r\n")
    # set to end lines with LF alone, csv would leave a cell with a CR unquoted
    return writer(_LineFeeds(stream), delimiter=delimiter, lineterminator="\r\n")


class _LineFeeds:
    """Hands rows that end with CR LF on with LF alone."""

    def __init__(self, stream: TextIO) -> None:
        self._write = stream.write

    def write(self, row: str) -> int:
        return self._write(row[:-2] + "\n")


def csv_text(columns: Sequence[Sequence[object]], *, delimiter: str = ",", crlf: bool) -> str:
    """Return the rows of `columns`, all of the same length, as `csv_writer` writes them; None is an empty cell.

    A column is looked at as a whole, which takes a third of the time of looking at every character of every row.
    """
    ends = "\r\n" if crlf else "\n"
    cells = [_quoted(column, delimiter) for column in columns]
    if len(cells) == 1:
        # A row of one empty cell would be an empty line, which isn't a row.
        cells[0] = [text or '""' for text in cells[0]]
    lines = list(map(delimiter.join, zip(*cells, strict=True)))
    return ends.join([*lines, ""])


def _quoted(column: Sequence[object], delimiter: str) -> list[str]:
    texts = ["" if value is None else value if isinstance(value, str) else str(value) for value in column]
    if not _needs_quotes("".join(texts), delimiter):
        return texts
    return ['"' + text.replace('"', '""') + '"' if _needs_quotes(text, delimiter) else text for text in texts]


def _needs_quotes(text: str, delimiter: str) -> bool:
    return delimiter in text or '"' in text or "\n" in text or "\r" in text


def _starts_as_key(text: str) -> bool:
    return text[:1].isdecimal() or text[:1] in _RISKY or _comes_back_otherwise(text)


def _comes_back_otherwise(text: str) -> bool:
    """Return whether a spreadsheet that opens and saves `text` changes it: 007, 20 digits, 3-4, 1E5, MAR-1."""
    bare = text.strip()
    if bare.isascii() and bare.isdigit():
        return bare != text or len(bare) > _EXACT_DIGITS or (len(bare) > 1 and bare[0] == "0")
    if _is_word_of_sheets(bare.casefold()):
        return True
    return not bare[:1].isalpha() and (_misread(text) or bare[-1:] == "%" or bare[:1] == ".")


def _is_word_of_sheets(folded: str) -> bool:
    """Return whether a spreadsheet takes a word for a truth value, or with a number for a date."""
    month = folded.strip("0123456789 -/.,")
    return folded in _TRUTHS or (folded != month and month in _MONTHS)


def _starts_as_phone(text: str) -> bool:
    first = text[:1]
    return first.isdecimal() or first in _RISKY or first in {"(", "（"} or _misread(text)


def _misread(text: str) -> bool:
    """Return whether a spreadsheet would take the phone for something else than text."""
    first = text[:1]
    if first in _RISKY:
        return True
    bare = text.strip().rstrip(".,")
    if not bare[-1:].isdecimal():
        return bare[:1] == "(" and bare[-1:] == ")" and bare[1:-1].isdecimal()  # (123) is -123
    number = bare.replace(",", "").replace(".", "")
    if number.isdecimal():
        return True
    mantissa, exponent, power = number.casefold().partition("e")
    if exponent:
        return mantissa.isdecimal() and power.lstrip("+-").isdecimal()
    return _is_thousands(bare) or _is_date(bare)


def _is_thousands(text: str) -> bool:
    """Return whether blanks part the digits as some countries part thousands; `138 0013 8000` isn't such a number."""
    first, *rest = text.split()
    return len(first) <= 3 and first.isdecimal() and all(len(part) == 3 and part.isdecimal() for part in rest)


def _is_date(text: str) -> bool:
    """Return whether the digits can be a day, a month, a time or a fraction; `010-66554433` can't."""
    if len(text) > _LONGEST_DATE:
        return False
    parts = text.split(":") if ":" in text else text.replace("/", "-").split("-")
    if not all(map(str.isdecimal, parts)):
        return False
    return ":" in text or (2 <= len(parts) <= 3 and max(map(len, parts)) <= 4 and _are_of_date(list(map(int, parts))))


def _are_of_date(numbers: Sequence[int]) -> bool:
    small = sum(number <= _DAYS for number in numbers)
    if len(numbers) == 2:
        return small == 2 or (small == 1 and max(numbers) in _YEARS)
    return small >= 2
