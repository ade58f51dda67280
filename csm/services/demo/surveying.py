"""Playing what the tables of the demo tell of surveys, through the service that `csm survey add` calls."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from csm.domain.quality.model import ANSWERS
from csm.domain.survey.scores import CODES, DIMENSIONS, NOT_ANSWERED, Scores
from csm.services.demo.tables import Surveyed
from csm.services.survey import writing as surveys

if TYPE_CHECKING:
    from csm.services.demo.making import Scene


def _surveyed(scene: Scene, owner: str, event: Surveyed) -> None:
    work = scene.then(event.ago, event.by or owner, "csm survey add")
    customer = scene.customers[event.card] if event.card else None
    if customer is not None:
        work = work._replace(command=work.command._replace(title=f"csm survey add cu{customer.id}"))
    taken_on = scene.today - timedelta(days=event.days) if event.days else work.today
    told: dict[str, object] = {
        "taken_on": taken_on.isoformat(),
        "respondent": event.respondent,
        "csat": event.csat,
        "nps": event.nps,
        "subject": event.subject or None,
        "weights": event.weights or None,
        "comment": event.comment or None,
        "complaint_id": scene.cases[event.case] if event.case else None,
        **dict(zip(ANSWERS, event.model, strict=False)),
    }
    surveys.add(work, customer, told, _scores(event.expect, event.perceive))


def _scores(expect: str, perceive: str) -> Scores:
    """Return the scores of a survey told as five values apart by commas, or as a sign for each of the 22 items."""
    dimensions: dict[str, dict[str, float]] = {}
    items: dict[str, dict[str, int]] = {}
    for side, text in (("e", expect), ("p", perceive)):
        if "," in text:
            dimensions[side] = {name: float(word) for name, word in zip(DIMENSIONS, text.split(","), strict=True)}
        elif text:
            signs = zip(CODES, text.replace(" ", ""), strict=True)
            items[side] = {code: int(sign) for code, sign in signs if sign != NOT_ANSWERED}
    return Scores(dimensions, items)


DOING: Final[dict[type, Callable[[Scene, str, Any], None]]] = {Surveyed: _surveyed}
