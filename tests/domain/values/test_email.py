"""What can be an email address."""

from __future__ import annotations

import pytest

from csm.domain.values.email import check_email
from tests.refusals import refused_as


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("wang@example.com", "wang@example.com"), (" Wang.Li+shop@Mail.Example.com ", "Wang.Li+shop@Mail.Example.com"),
        ("root@localhost", "root@localhost"), ("王@例子.中国", "王@例子.中国"),
        ("o'brien@example.ie", "o'brien@example.ie"),
    ],
)  # fmt: skip
def test_address_is_kept_as_typed(text: str, kept: str) -> None:
    assert check_email(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "", "@", "wang", "wang@", "@example.com", "wang@example", "wang@@example.com", "a@b@c.com",
        "wang li@example.com",
        "wang@exam ple.com", "wang@.com", "wang@example.", "wang@a..b", "<wang@example.com>", "a@b.com;", "a\tb@c.com",
        "a@b.com\u202e", "x" * 250 + "@b.com",
    ],
)  # fmt: skip
def test_other_texts_are_refused(text: str) -> None:
    with refused_as("unreadable-email") as refusal:
        check_email(text)
    assert refusal.value.values == {"value": text}
