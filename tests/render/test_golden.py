"""Every format in every language, whole, with the hard row in it.

Written anew by `CSM_WRITE_GOLDEN=1 pytest tests/render/test_golden.py`, and then read by a person.
"""

from __future__ import annotations

import io

import pytest

from csm.domain.time.instant import Zone
from csm.i18n import use
from csm.render.formats import FORMATS, Style, write_list, write_record
from tests.render.goldens import LANGUAGES, matches
from tests.render.hard import FIELDS, listing, record

ZONE = Zone("Asia/Shanghai")

LOOKS = {
    **{form: (form, Style(ZONE)) for form in FORMATS},
    "csv-raw-file": ("csv", Style(ZONE, raw=True, crlf=True)),
    "csv-terminal": ("csv", Style(ZONE, terminal=True, width=80)),
    "json-ascii": ("json", Style(ZONE, ascii_only=True)),
    "html-ascii": ("html", Style(ZONE, ascii_only=True)),
    "table-80": ("table", Style(ZONE, terminal=True, width=80)),
    "table-160": ("table", Style(ZONE, terminal=True, width=160)),
    "table-80-colour": ("table", Style(ZONE, terminal=True, width=80, colour=True)),
    "table-ascii": ("table", Style(ZONE, ascii_only=True)),
}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("spoken", LANGUAGES)
def test_list(look: str, spoken: str) -> None:
    form, style = LOOKS[look]
    use(spoken)
    stream = io.StringIO(newline="")
    assert write_list(form, listing(), style, stream) == 2
    matches(f"list.{look}.{spoken}.{form.replace('table', 'txt')}", stream.getvalue())


@pytest.mark.parametrize("look", [*FORMATS, "table-80"])
@pytest.mark.parametrize("spoken", LANGUAGES)
def test_record(look: str, spoken: str) -> None:
    form, style = LOOKS[look]
    use(spoken)
    stream = io.StringIO(newline="")
    write_record(form, FIELDS, record(), style, stream, title="Card of =SUM(A1)")
    matches(f"record.{look}.{spoken}.{form.replace('table', 'txt')}", stream.getvalue())
