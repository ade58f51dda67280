"""The fields of staff, settings and holidays, declared once."""

from typing import Final

from csm.domain.kinds import Field, Kind

# fmt: off
STAFF: Final = (
    Field("id", "id", "integer", given=False, shown=1),
    Field("name", "full name", shown=1, about="the name as written in cases and cards"),
    Field("level", "level", "choice", "level", shown=1, about="level of authority, 0 to 3"),
    Field("department", "department", shown=1, about="department"),
    Field("phone", "phone", "phone", shown=1, about="phone number"),
    Field("email", "email", "email", shown=2, about="email address"),
    Field("retired_on", "retired", "date", given=False, shown=2),
    Field("successor", "successor", given=False, shown=2),
    Field("open_work", "open work", "integer", given=False, shown=2, kept=False),
)

STAFF_MEMBERS: Final = Kind("staff", STAFF, "name, id", open={"retired_on": (None,)})

SETTING: Final = (
    Field("key", "key", given=False, shown=1),
    Field("value", "value", given=False, shown=1),
    Field("default", "default", given=False, shown=2),
    Field("unit", "unit", given=False, shown=1),
    Field("about", "about", given=False, shown=1),
)

# What is set in a file; `csm config list` shows SETTING, every setting with its default.
SETTINGS: Final = Kind("setting", (Field("key", "key"), Field("value", "value")))

HOLIDAY: Final = (
    Field("date", "date", "date", given=False, shown=1),
    Field("kind", "kind", "choice", "holiday_kind", given=False, shown=1),
    Field("name", "name", given=False, shown=1),
)
# fmt: on
