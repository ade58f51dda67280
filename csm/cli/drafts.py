"""From the typed options of a record's fields to what a service is given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from csm.cli.session import Session
from csm.domain.errors import UsageFault
from csm.domain.kinds import Field, named
from csm.domain.values.phone import check_phone
from csm.services import values
from csm.services.customer.writing import ContactDraft


def stored(session: Session, fields: tuple[Field, ...], typed: Mapping[str, Sequence[str]]) -> dict[str, object]:
    """Return column and stored value of every field typed, the last of several; tags are rows, left to callers."""
    made: dict[str, object] = {}
    for name, given in typed.items():
        field = named(fields, name)
        if field.kind != "tags":
            made |= values.columns(field, values.read(field, given[-1], session))
    return made


def cleared(fields: tuple[Field, ...], names: Iterable[str]) -> list[Field]:
    """Return the fields that --clear names; raise unknown-field."""
    known = {field.name: field for field in fields if field.given and field.name not in ("name", "kind", "status")}
    found = []
    for word in names:
        name = word.strip().removeprefix("--").replace("-", "_")
        field = known.get(name) or known.get(f"{name}_on")
        if field is None:
            raise UsageFault("unknown-field", field=word, choices=list(known))
        found.append(field)
    return found


def split_tags(typed: Iterable[str]) -> list[str]:
    """Return the tags of all words given, apart by ; or , or their full-width forms."""
    return list(dict.fromkeys(tag.strip() for word in typed for tag in re.split("[;,；，]", word) if tag.strip()))


def pairs(option: str, typed: Iterable[str]) -> dict[str, str]:
    """Return the keys and values of KEY=VALUE words; raise unreadable-pair."""
    found = {}
    for word in typed:
        key, equals, value = word.partition("=")
        if not equals or not key.strip():
            raise UsageFault("unreadable-pair", field=option, value=word)
        found[key.strip()] = value.strip()
    return found


def contact(typed: str) -> ContactDraft:
    """Return the contact that NAME;ROLE;PHONE says; role and phone may be left out. Raise unreadable-contact."""
    name, *rest = (part.strip() for part in re.split("[;；]", typed))
    if not name:
        raise UsageFault("unreadable-contact", value=typed)
    role, *phones = rest or [""]
    made: dict[str, object] = {"name": name}
    if role:
        made["role"] = role
    return ContactDraft(made, [check_phone(number) for number in phones if number])
