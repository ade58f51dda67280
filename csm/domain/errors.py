"""What can be refused: the four families of errors, one exit code each, and the errors that code tells apart.

An error is a code and values, never a sentence: sentence, hint and family of every code stand in one table,
`csm.cli.messages`. Values name fields of records (`FieldName`), never options of commands. This module is imported
everywhere, so it imports nothing that costs.
"""

from __future__ import annotations

from typing import Any


class CsmError(Exception):
    """An error explained to the user: a code of `csm.cli.messages`, and `values` for the places of its sentence."""

    code = ""

    def __init__(self, code: str = "", /, **values: Any) -> None:
        super().__init__(code or self.code, values)
        self.code = code or self.code
        self.values = values


class FieldName(str):
    """The name of a field in the values of an error, which is shown as whoever reads it types it.

    Where only one value of it is meant, that follows behind a space: `respondent manager`.
    """

    __slots__ = ()


# --- the families ---------------------------------------------------------------------------------------------


class UsageFault(CsmError):
    """The command line or a file says something that can't be read; exit code 2."""


class NotFound(CsmError):
    """A reference means no record, or more than one; exit code 3."""


class Refused(CsmError):
    """A rule of the work forbids what was asked for; exit code 4."""


class Unusable(CsmError):
    """The database or another file can't be opened, read or written; exit code 5."""


# --- errors that some code catches and handles ------------------------------------------------------------------


class UnreadableDate(UsageFault):
    """A date or time that the grammar doesn't know: `value`."""

    code = "unreadable-date"


class UnreadableBirthday(UsageFault):
    """A birthday that is neither a date nor a month and a day: `value`."""

    code = "unreadable-birthday"


class UnreadablePhone(UsageFault):
    """A text that can't be a phone number: `value`."""

    code = "unreadable-phone"


class WrongCount(UsageFault):
    """`field` has `count` values apart by commas and takes `wanted`."""

    code = "wrong-count"


class BadRow(UsageFault):
    """A row of a file that can't be imported: `line`, `column`, `value`, `reason` (a CsmError).

    With the code bad-line it is the row as a whole; `column` and `value` are empty.
    """

    code = "bad-row"


class FileExists(Unusable):
    """A file to write that exists already: `path`."""

    code = "file-exists"


class StoredNonsense(Unusable):
    """A stored value that csm never writes: `value` in `column` of the `row` of `table`, in the file at `path`."""

    code = "stored-nonsense"
