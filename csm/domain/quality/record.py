"""The fields of figures of service quality, declared once."""

from typing import Final

from csm.domain.kinds import Field

# fmt: off
FIGURE: Final = (
    Field("section", "section", given=False, shown=1),
    Field("figure", "figure", given=False, shown=1),
    Field("value", "value", "quantity", given=False, shown=1),
    Field("n", "n", "integer", given=False, shown=1),
    Field("before", "before", "quantity", given=False, shown=1),
)

# For people: cells that are texts already, aligned at their ends like the numbers they begin with.
SHOWN_FIGURE: Final = (
    Field("figure", "figure", given=False, shown=1),
    Field("value", "value", "integer", given=False, shown=1),
    Field("n", "n", "integer", given=False, shown=1),
    Field("before", "before", "integer", given=False, shown=1),
    Field("change", "change", "integer", given=False, shown=1),
)

PARETO: Final = (
    Field("name", "what", given=False, shown=1),
    Field("n", "n", "integer", given=False, shown=1),
    Field("share", "share", "share", given=False, shown=1),
    Field("cumulated", "cumulated", "share", given=False, shown=1),
)

UNMET: Final = (
    Field("item", "item", "choice", "check_item", given=False, shown=1),
    Field("not_met", "not met", "integer", given=False, shown=1),
    Field("ticked", "ticked", "integer", given=False, shown=1),
    Field("share", "share", "share", given=False, shown=1),
)

DEFINITION: Final = (
    Field("section", "section", "choice", "quality_section", given=False, shown=1),
    Field("figure", "figure", given=False, shown=1),
    Field("definition", "definition", given=False, shown=1),
    Field("source", "source", given=False, shown=1),
)
# fmt: on
