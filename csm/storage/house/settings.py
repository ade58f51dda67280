"""The stored settings, holidays, staff and stand-ins: the SQL of a file's policy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

    from csm.storage.row_types import StaffRow


def load(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the stored settings; those at their default aren't among them."""
    return dict(connection.execute("SELECT key, value FROM setting"))


def store(connection: sqlite3.Connection, key: str, value: str) -> None:
    """Set one setting."""
    connection.execute(
        "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
        " WHERE value IS NOT excluded.value",
        [key, value],
    )


def remove(connection: sqlite3.Connection, key: str) -> None:
    """Take one setting back to its default."""
    connection.execute("DELETE FROM setting WHERE key = ?", [key])


def holidays(connection: sqlite3.Connection) -> list[tuple[str, str, str | None]]:
    """Return (date, kind, name) of every dated exception, the earliest first."""
    return connection.execute("SELECT date, kind, name FROM holiday ORDER BY date").fetchall()


def store_holidays(connection: sqlite3.Connection, rows: Iterable[tuple[str, str, str | None]]) -> None:
    """Add dated exceptions; one that is there already takes the new kind and name."""
    connection.executemany(
        "INSERT INTO holiday (date, kind, name) VALUES (?, ?, ?)"
        " ON CONFLICT (date) DO UPDATE SET kind = excluded.kind, name = excluded.name"
        " WHERE kind IS NOT excluded.kind OR name IS NOT excluded.name",
        rows,
    )


def stand_ins(connection: sqlite3.Connection, day: str) -> dict[str, str]:
    """Return who stands in for whom on `day`, owner to deputy; the latest word wins."""
    said = dict(
        connection.execute(
            "SELECT owner, deputy FROM stand_in WHERE from_on <= :day AND until_on >= :day ORDER BY id", {"day": day}
        )
    )
    return {owner: _last_of(said, owner) for owner in said}


def _last_of(said: dict[str, str], owner: str) -> str:
    """Follow deputies who are away themselves; where that goes round, the first one keeps it."""
    seen = [owner]
    while (deputy := said[seen[-1]]) in said and deputy not in seen:
        seen.append(deputy)
    return deputy if deputy != owner else said[owner]


def store_stand_in(connection: sqlite3.Connection, owner: str, deputy: str, from_on: str, until_on: str) -> int:
    """Let `deputy` stand in for `owner` between two days, both included; return its id."""
    return int(
        connection.execute(
            "INSERT INTO stand_in (owner, deputy, from_on, until_on) VALUES (?, ?, ?, ?)",
            [owner, deputy, from_on, until_on],
        ).lastrowid
        or 0
    )


def end_stand_ins(connection: sqlite3.Connection, owner: str, day_before: str) -> int:
    """End what stands in for `owner` by `day_before`; return how many ended."""
    return connection.execute(
        "UPDATE stand_in SET until_on = :day WHERE owner = :owner AND until_on > :day",
        {"owner": owner, "day": day_before},
    ).rowcount


def _on_staff(connection: sqlite3.Connection, name: str) -> tuple[str, int, str | None] | None:
    """Return name, level and department of somebody in service, however the name is spelt; None for anybody else."""
    from csm.domain.values.folding import folded

    query = "SELECT name, level, department FROM staff WHERE retired_on IS NULL ORDER BY name = ? DESC, id"
    key = folded(name)
    for known, level, department_ in connection.execute(query, [name]):
        if folded(known) == key:
            return str(known), int(level), department_
    return None


def staff(connection: sqlite3.Connection) -> list[StaffRow]:
    """Return everybody on the staff list, who has left last, by name."""
    found = connection.execute("SELECT id, name, retired_on FROM staff ORDER BY retired_on IS NOT NULL, name")
    return [{"id": staff_id, "name": name, "retired_on": retired_on} for staff_id, name, retired_on in found]


def members(connection: sqlite3.Connection) -> list[tuple[str, str | None, str | None]]:
    """Return name, day of leaving and successor of everybody on the staff list, in the order of ids."""
    return connection.execute("SELECT name, retired_on, successor FROM staff ORDER BY id").fetchall()


def succeed(connection: sqlite3.Connection, names: Sequence[str], new: str) -> None:
    """Note on the staff list that the work of somebody, listed under one of these names, was taken over."""
    places = ", ".join("?" * len(names))
    connection.execute(f"UPDATE staff SET successor = NULL WHERE name = ? AND successor IN ({places})", [new, *names])
    connection.execute(
        # what they had taken over themselves goes along
        f"UPDATE staff SET successor = ? WHERE (name IN ({places}) OR successor IN ({places})) AND successor IS NOT ?",
        [new, *names, *names, new],
    )


def with_work_left(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    """Return who has left and still owns open work, by name, and how much it is."""
    return connection.execute(
        "SELECT name, open_work FROM staff_list WHERE retired_on IS NOT NULL AND open_work > 0 ORDER BY name"
    ).fetchall()


def rename_successor(connection: sqlite3.Connection, old: str, new: str) -> None:
    """Let whose work somebody took over go on to the new name."""
    connection.execute("UPDATE staff SET successor = ? WHERE successor = ?", [new, old])


def pass_on_stand_ins(connection: sqlite3.Connection, old: str, new: str | None, today: str, before: str) -> int:
    """Let another deputy, or from today on nobody, stand in where `old` does; return how many stand-ins that were."""
    changed = "deputy = :new" if new is not None else "until_on = :before"
    return connection.execute(
        f"UPDATE stand_in SET {changed} WHERE deputy = :old AND until_on >= :today",
        {"old": old, "new": new, "today": today, "before": before},
    ).rowcount


def staff_level(connection: sqlite3.Connection, name: str) -> int:
    """Return the level of authority of somebody on the staff, 0 for anybody else."""
    found = _on_staff(connection, name)
    return 0 if found is None else found[1]


def deciders(connection: sqlite3.Connection, level: int) -> list[str]:
    """Return the names of the staff of a level or above, the lowest level first."""
    found = connection.execute(
        "SELECT name FROM staff WHERE level >= ? AND retired_on IS NULL ORDER BY level, name", [level]
    )
    return [name for (name,) in found]


def staff_name(connection: sqlite3.Connection, name: str) -> str:
    """Return how somebody is written on the staff list; the name itself where nobody is meant."""
    found = _on_staff(connection, name.strip())
    return name.strip() if found is None else found[0]


def department(connection: sqlite3.Connection, name: str) -> str | None:
    """Return the department of somebody on the staff list."""
    found = _on_staff(connection, name)
    return None if found is None else found[2]
