"""What was typed for a customer or a contact, in the forms in which it is looked for."""

from __future__ import annotations

from collections.abc import Sequence

from csm.domain.value import Value
from csm.domain.values.folding import FEWEST_DIGITS, FEWEST_LAST_DIGITS, forms
from csm.domain.values.phone import as_typed, can_be_phone, digits
from csm.services.short_references import number

# What a phone begins with: reading one takes longer to load than a name to find.
PHONE_STARTS = frozenset("+(0123456789")


class Typed(Value):
    """A reference as typed, in the forms in which it is looked for.

    id: the number it says. codes: ways to write it, as typed first. phone: its digits, where it can be a whole phone.
    last_digits: where it can be the end of one. email: where it can be one. names: compared forms.
    """

    id: int | None
    codes: Sequence[str]
    phone: str | None
    last_digits: str | None
    email: str | None
    names: Sequence[str]


def read(text: str, kind: str) -> Typed:
    """Return what was typed for a record of `kind` in the forms in which it is looked for."""
    plain = text
    if not text.isascii():
        from unicodedata import normalize

        plain = normalize("NFKC", text).strip()
    codes = list(dict.fromkeys([text, plain, plain.upper(), plain.lower()]))
    phone = last_digits = None
    if plain[:1] in PHONE_STARTS and sum(map(str.isdigit, plain)) >= FEWEST_DIGITS:
        phone, last_digits = _phone(plain)
    return Typed(number(kind, plain), codes, phone, last_digits, plain if "@" in plain else None, forms(text))


def _phone(plain: str) -> tuple[str | None, str | None]:
    if plain.isascii() and plain.isdecimal() and plain[0] not in "08":
        return plain, plain if len(plain) >= FEWEST_LAST_DIGITS else None

    last = as_typed(plain)
    return (
        digits(plain) if can_be_phone(plain) else None,
        last if last.isdigit() and len(last) >= FEWEST_LAST_DIGITS else None,
    )
