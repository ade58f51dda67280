"""The conditions by which lists find customers: words, tags, phones, own fields."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from csm.domain.values.folding import FEWEST_DIGITS, FEWEST_LAST_DIGITS, folded, forms
from csm.domain.values.phone import as_typed, digits
from csm.storage.listing import Condition, contains, equals, holds


def text_condition(text: str) -> list[Condition]:
    """Return the conditions that every word of `text` is found somewhere on the card, its contacts or its notes."""
    last = as_typed(text)
    if last.lstrip("+").isdigit() and len(last) >= FEWEST_DIGITS:
        return [_word_condition(text, list(dict.fromkeys([last.lstrip("+"), digits(text)])))]
    return [_word_condition(word, []) for word in text.split()]


def _word_condition(word: str, digits: Sequence[str]) -> Condition:
    key = folded(word)
    spelt = folded(word.lower().replace("ü", "v")).replace(" ", "")
    own = [holds(f"v.{column}", word) for column in ("short_name", "code", "address", "industry", "region", "email")]
    hung = (
        ("contact", "customer_id", ("nickname", "role", "wechat", "email")),
        ("former_name", "customer_id", ("name",)),
        ("note", "customer_id", ("text",)),
        ("customer_tag", "customer_id", ("tag",)),
        ("customer_field", "customer_id", ("value",)),
    )
    parts = [
        Condition("v.name_key LIKE ? ESCAPE '\\'", (contains(key),)),
        Condition("v.pinyin LIKE ? ESCAPE '\\'", (contains(spelt),)),
        *([holds("v.name", word)] if len(forms(word)) > 1 else []),
        *own,
        holds("v.external_id", word),
        Condition(
            "v.id IN (SELECT customer_id FROM contact WHERE name_key LIKE ? ESCAPE '\\' OR pinyin LIKE ? ESCAPE '\\')",
            (contains(key), contains(spelt)),
        ),
        Condition("v.id IN (SELECT customer_id FROM former_name WHERE pinyin LIKE ? ESCAPE '\\')", (contains(spelt),)),
    ]
    for table, column, texts in hung:
        found = [holds(text, word) for text in texts]
        sql = " OR ".join(part.sql for part in found)
        parts.append(
            Condition(
                f"v.id IN (SELECT {column} FROM {table} WHERE {sql})", tuple(v for part in found for v in part.given)
            )
        )
    for form in digits:
        parts.append(
            Condition(
                "v.phone_digits LIKE ? ESCAPE '\\' OR v.id IN (SELECT customer_id FROM contact JOIN contact_phone"
                " ON contact_id = contact.id WHERE digits LIKE ? ESCAPE '\\')",
                (contains(form), contains(form)),
            )
        )
    return Condition(" OR ".join(part.sql for part in parts), tuple(value for part in parts for value in part.given))


def tag_condition(tags: Sequence[str | None]) -> Condition:
    """Return the condition that a card has one of `tags`; None among them is a card without any."""
    present = [tag for tag in tags if tag is not None]
    places = ", ".join("?" * len(present))
    found = f"v.id IN (SELECT customer_id FROM customer_tag WHERE tag IN ({places}))"
    if len(present) < len(tags):
        found += " OR v.id NOT IN (SELECT customer_id FROM customer_tag)"
    return Condition(found, tuple(present))


def _ending(column: str, phones: Sequence[str]) -> Condition:
    """Return the condition that a column of compared phones has one of `phones`, or ends in it where it is long enough.

    The leading 00 of an end is no prefix of a country.
    """
    parts, given = [], []
    for typed in phones:
        parts.append(f"{column} = ?")
        given.append(digits(typed))
        last = as_typed(typed)
        if last.isdigit() and len(last) >= FEWEST_LAST_DIGITS:
            parts.append(f"{column} LIKE ?")
            given.append(f"%{last}")
    return Condition(" OR ".join(parts), tuple(given))


def phone_condition(phones: Sequence[str]) -> Condition:
    """Return the condition that a card has one of these phones, compared by digits, or ends in it; "" is none."""
    typed = [phone for phone in phones if phone.strip()]
    parts = [_ending("v.phone_digits", typed)] if typed else []
    parts += [Condition("v.phone_digits IS NULL")] if len(typed) < len(phones) else []
    return Condition(" OR ".join(part.sql for part in parts), tuple(value for part in parts for value in part.given))


def contact_phone_condition(phones: Sequence[str]) -> Condition:
    """Return the condition that a contact has one of these phones, compared by digits, or one that ends in it."""
    ending = _ending("digits", phones)
    return Condition(f"v.id IN (SELECT contact_id FROM contact_phone WHERE {ending.sql})", ending.given)


def shown_phone_condition(connection: sqlite3.Connection, phones: Sequence[str]) -> Condition:
    """Return the condition that the phone that a view shows is one of these, compared by digits; "" is none.

    The view shows whichever number is to be called, whose digits are stored nowhere.
    """
    connection.create_function("digits_of", 1, lambda phone: digits(phone) if phone else None, deterministic=True)
    return equals("digits_of(v.phone)", [digits(phone) or None for phone in phones])


def own_field_condition(key: str, values: Sequence[str]) -> Condition:
    """Return the condition that an own field has one of some values; none of them is "absent"."""
    if not values:
        return Condition("v.id NOT IN (SELECT customer_id FROM customer_field WHERE key = ?)", (key,))
    places = ", ".join("?" * len(values))
    found = f"v.id IN (SELECT customer_id FROM customer_field WHERE key = ? AND value IN ({places}))"
    return Condition(found, (key, *values))
