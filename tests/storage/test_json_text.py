"""The json of events is what the json package reads and writes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csm.storage import json_text

PLAIN = st.none() | st.booleans() | st.integers() | st.text()
VALUES = st.recursive(PLAIN, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8)


@given(st.dictionaries(st.text(), VALUES))
def test_it_agrees_with_the_json_package(value: dict[str, Any]) -> None:
    text = json_text.written(value)
    assert text == json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    assert json_text.read(text) == value == json_text.read(json.dumps(value, indent=2))


@pytest.mark.parametrize("text", ["", "[]", "1", "{", "x"])
def test_what_isnt_an_object_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        json_text.read(text)
