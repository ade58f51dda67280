"""Checking which error code is raised."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from csm.domain.errors import CsmError


@contextmanager
def refused_as(code: str) -> Iterator[pytest.ExceptionInfo[CsmError]]:
    """Check that what is done inside is refused with `code`; yields the error, for its values."""
    with pytest.raises(CsmError) as caught:
        yield caught
    assert caught.value.code == code


@contextmanager
def or_refused_as(*codes: str) -> Iterator[None]:
    """Check that what is done inside is refused, if at all, with one of `codes`."""
    try:
        yield
    except CsmError as error:
        if error.code not in codes:
            raise
