"""What can be refused: the four families of errors, one exit code each, and the errors that code tells apart.

An error is a code and values, never a sentence: sentence, hint and family of every code stand in one table,
`csm.cli.messages`. Values name fields of records (`FieldName`), never options of commands. This module is imported
everywhere, so it imports nothing that costs.
"""

from __future__ import annotations

from typing import Any


class CsmError(Exception):
    """Something csm can explain; `values` fill the placeholders of the sentence of `code`."""

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
    """What was typed or imported can't be read."""


class NotFound(CsmError):
    """No record, or more than one, answers to a reference."""


class Refused(CsmError):
    """A rule of the work forbids it."""


class Unusable(CsmError):
    """The database or another file can't be used."""


# --- errors that some code catches and handles ------------------------------------------------------------------


class UnreadableDate(UsageFault):
    """`value` is no date or time of the grammar."""

    code = "unreadable-date"


class UnreadableBirthday(UsageFault):
    """`value` is neither a date nor a month and a day."""

    code = "unreadable-birthday"


class UnreadablePhone(UsageFault):
    """`value` can't be a phone number."""

    code = "unreadable-phone"


class WrongCount(UsageFault):
    """`field` has `count` values apart by commas and takes `wanted`."""

    code = "wrong-count"


class BadRow(UsageFault):
    """A row of a file can't be imported: `line`, `column`, `value`, `reason` (a CsmError).

    With the code bad-line it is the row as a whole; `column` and `value` are empty.
    """

    code = "bad-row"


class FileExists(Unusable):
    """`path` exists already and isn't overwritten."""

    code = "file-exists"


class StoredNonsense(Unusable):
    """In the file at `path`, `column` of the `row` of `table` holds `value`, which csm never writes."""

    code = "stored-nonsense"
