from __future__ import annotations

from collections.abc import Iterator

import pytest

from csm.i18n import use


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    use("en")
