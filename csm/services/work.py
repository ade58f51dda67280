"""What a service is given by whoever calls it: the file, the clock, the policy, and who acts."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from csm.domain.settings import Policy
    from csm.domain.time.calendar import Calendar
    from csm.domain.time.instant import Zone
    from csm.storage.file.database import Command, Database


class Remarks:
    """What a command has to tell in addition to its result, each thing only one time.

    strangers: names that are on no staff list, each with those that are. passed_on: who has left, each with who gets
    the work instead. lost: customers of whom nobody said how and why they were lost, their names by id.
    """

    def __init__(self) -> None:
        self.strangers: dict[str, list[str]] = {}
        self.passed_on: dict[str, str] = {}
        self.lost: dict[int, str] = {}


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

    @property
    def remarks(self) -> Remarks:
        """Return what is to be told in addition to the result."""

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
