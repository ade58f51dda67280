"""What csm says of errors in surveys; part of the table of `csm.cli.words`."""

from __future__ import annotations

from typing import Final

from csm.domain import errors as e
from csm.i18n import marked

# class: (what is wrong, the command or the form to try)
SURVEY_WORDS: Final[dict[type[e.CsmError], tuple[str, str]]] = {
    e.UnreadableScore: (marked("'{value}' is no score from {low} to {high}"), ""),
    e.UnreadableWeight: (marked("'{value}' is no weight of 0 or more"), ""),
    e.NoWeight: (marked("'{value}' are no weights: none may be below 0, and one must be above it"), ""),
    e.WrongCount: (
        marked("the number of values of {option} must be {wanted}, not {count}"),
        marked("they stand apart by commas; what wasn't answered is an empty place, as in 6,,6,6,7"),
    ),
    e.WrongWeights: (
        marked("the number of values of {option} must be {wanted}, not {count}"),
        marked("they stand apart by commas, one for each dimension, as in 11,32,22,19,16"),
    ),
    e.BadAnswer: (marked("{option}: {reason}"), ""),
    e.BadDimension: (marked("{option}, value {number} ({dimension}): {reason}"), ""),
    e.BadItem: (marked("{option}, {code}: {reason}"), ""),
    e.BeyondScale: (
        marked("this survey has a score of {value}, and its scale would end at {scale}"),
        marked("tell the scores on the other scale too, as in --expect 4,5,4,4,5 --perceive 4,4,4,3,5"),
    ),
    e.NoItems: (
        marked("--reverse says how the items of a form were put, and this survey has none"),
        marked("--expect-items and --perceive-items take the scores of the 22 items"),
    ),
    e.ItemsSayOtherwise: (
        marked("its items give {mean}, not {value}"),
        marked("leave the score of the dimension empty; it is worked out of the items"),
    ),
    e.NoItemsBehind: (
        marked("{value} has no items behind it: {first} to {last} are empty, though other items are scored"),
        marked("tell a side either by its items or by its dimensions"),
    ),
    e.NoAnswer: (
        marked("a survey needs an answer"),
        marked("name one, as in --expect 6,7,6,6,7 --perceive 5,6,6,5,7 --csat 4 --nps 8"),
    ),
    e.CaseOfAnother: (marked("{ref} isn't a case of {customer}"), marked("csm complaint show {ref} shows whose it is")),
}
