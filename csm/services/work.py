"""What a service is given by whoever calls it: the file, the clock, the policy, and who acts."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from csm.domain.settings import Policy
    from csm.domain.time.calendar import Calendar
    from csm.domain.time.instant import Zone
    from csm.storage.file.database import Command, Database


class Work(Protocol):
    """The surroundings of one intention."""

    @property
    def database(self) -> Database:
        """Return the file."""

    @property
    def command(self) -> Command:
        """Return who does what, when."""

    @property
    def user(self) -> str:
        """Return the person who acts."""

    # --- what is to be told in addition to the result, by whoever prints it ---

    @property
    def strangers(self) -> dict[str, list[str]]:
        """Return the names that work was given to and that are on no staff list, each with those that are."""

    @property
    def passed_on(self) -> dict[str, str]:
        """Return who has left, each with who gets the work instead."""

    @property
    def unexplained(self) -> dict[int, str]:
        """Return the customers of whom nobody said how and why they were lost, their names by id."""

    @property
    def now(self) -> datetime:
        """Return the local time taken as now."""

    @property
    def now_text(self) -> str:
        """Return that time as it is stored."""

    @property
    def today(self) -> date:
        """Return the local day taken as today."""

    @property
    def zone(self) -> Zone:
        """Return the time zone of the file."""

    @property
    def policy(self) -> Policy:
        """Return the settings in force."""

    @property
    def calendar(self) -> Calendar:
        """Return the working calendar."""
