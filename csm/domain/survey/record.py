"""The fields of surveys, declared once."""

from typing import Final

from csm.domain.kinds import Field, Kind
from csm.domain.survey.scores import CODES, DIMENSIONS

# fmt: off
SURVEY: Final = (
    Field("id", "id", "integer", given=False, shown=1),
    Field("customer_id", "customer id", "integer", given=False),
    Field("customer", "customer", given=False, shown=1),
    Field("taken_on", "taken", "date", shown=1, about="the day it was taken"),
    Field("subject", "competitor", listed=False, shown=2, about="the competitor it is about; us unless told"),
    Field("respondent", "respondent", "choice", "respondent", shown=2, about="customer, or one of our managers"),
    Field("csat", "CSAT", "integer", shown=1, about="how satisfied altogether, 1 to 5"),
    Field("nps", "NPS", "integer", shown=1, about="how likely to recommend us, 0 to 10"),
    Field("gap", "gap", "score", given=False, listed=False, shown=2, about="mean of perception - expectation over the dimensions that have both"),
    *(Field(f"{dimension}_{side}", f"{dimension}, {word}", "score", about=f"{word} of {dimension}")
      for dimension in DIMENSIONS for side, word in (("e", "expectation"), ("p", "perception"))),
    *(Field(f"{code}_{side}", f"{code}_{side}", "integer") for code in CODES for side in "ep"),
    Field("scale", "scale", "choice", "scale", listed=False, about="7 or 5: how far the scores go"),
    Field("reverse", "negative wording", "flag", listed=False, about="yes: the form had items in the negative, as in 1988"),
    Field("weights", "weights", listed=False, about="the respondent's own weights of the five dimensions"),
    Field("value", "perceived value", "integer", listed=False, about="1 to 7: is it worth what it costs"),
    Field("satisfaction", "satisfaction", "integer", listed=False, about="1 to 7: satisfied altogether"),
    Field("switching", "switching cost", "integer", listed=False, about="1 to 7: how hard it would be to go elsewhere"),
    Field("intention", "would buy again", "integer", listed=False, about="1 to 7: how likely to buy again"),
    Field("complaint_id", "complaint", "integer", given=False, listed=False, shown=2),
    Field("comment", "comment", listed=False, shown=1, about="what was said beside the scores"),
    Field("external_id", "external id", listed=False, about="the key of this survey in another program"),
    Field("created_at", "created", "instant", given=False, listed=False),
    Field("created_by", "made by", given=False, listed=False),
)

SURVEYS: Final = Kind("survey", SURVEY, "-taken_on, -id", open={"archived_on": (None,)})

# As a survey stands among the records of a card or a case: without its 22 items.
SURVEY_IN_SHORT: Final = tuple(
    field for field in SURVEY if field.name.partition("_")[0] not in CODES and (field.listed or field.shown)
)
# fmt: on
