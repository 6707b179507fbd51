"""What a colleague chose for herself: quiet hours, time off, language, messages gathered or not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from scheduler.dialect import Row, Tx
from scheduler.migrations import MigrationSet


@dataclass(frozen=True)
class Preferences:
    """person is an id of config.toml. quiet: local times from and to, past midnight when they
    stand the other way round. away: the first and last day off. language: da or en. gathered:
    None for the municipality's choice."""

    person: str
    language: str | None = None
    quiet: tuple[time, time] | None = None
    away: tuple[date, date] | None = None
    gathered: bool | None = None

    def is_away(self, day: date) -> bool:
        return self.away is not None and self.away[0] <= day <= self.away[1]


def read(tx: Tx, person: str) -> Preferences:
    """The person's choices; the defaults when nothing was chosen."""
    row = tx.one("SELECT * FROM preferences WHERE person = ?", person)
    return _preferences(row) if row else Preferences(person)


def read_all(tx: Tx) -> dict[str, Preferences]:
    """The choices of everybody who made any, by person."""
    return {row["person"]: _preferences(row) for row in tx.rows("SELECT * FROM preferences")}


def save(tx: Tx, chosen: Preferences) -> None:
    """Keep them instead of what was chosen before."""
    tx.run("DELETE FROM preferences WHERE person = ?", chosen.person)
    quiet, away = chosen.quiet or (None, None), chosen.away or (None, None)
    tx.run(
        "INSERT INTO preferences (person, language, quiet_from, quiet_to, away_from, away_to,"
        " gathered) VALUES (?, ?, ?, ?, ?, ?, ?)",
        chosen.person,
        chosen.language,
        *(f"{at:%H:%M}" if at else None for at in quiet),
        *(day.isoformat() if day else None for day in away),
        None if chosen.gathered is None else int(chosen.gathered),
    )


def _preferences(row: Row) -> Preferences:
    quiet, away = (row["quiet_from"], row["quiet_to"]), (row["away_from"], row["away_to"])
    return Preferences(
        person=row["person"],
        language=row["language"],
        quiet=(time.fromisoformat(quiet[0]), time.fromisoformat(quiet[1])) if quiet[0] else None,
        away=(date.fromisoformat(away[0]), date.fromisoformat(away[1])) if away[0] else None,
        gathered=None if row["gathered"] is None else bool(row["gathered"]),
    )


def m001_preferences(tx: Tx) -> None:
    tx.run(
        "CREATE TABLE preferences (person TEXT PRIMARY KEY, language TEXT, quiet_from TEXT,"
        " quiet_to TEXT, away_from TEXT, away_to TEXT, gathered INTEGER)"
    )


PREFERENCES = MigrationSet("preferences", (m001_preferences,))
