"""The shared list of openings: which company, where, what work, how many places, until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from scheduler.dialect import Row, Tx


@dataclass(frozen=True)
class Opening:
    """A company's places. `who` is the person to ask; `until` the last day that it stands."""

    id: str
    company: str
    place: str
    trade: str
    places: int
    until: date
    who: str
    reserved: int = 0
    filled: int = 0

    @property
    def left(self) -> int:
        """The places that nobody has and nobody has spoken for."""
        return self.places - self.reserved - self.filled


def add(tx: Tx, opening: Opening, now_ms: int) -> None:
    """Put it on the list."""
    tx.run(
        "INSERT INTO openings (id, company, place, trade, places, reserved, filled, until, who,"
        " added) VALUES (?, ?, ?, ?, ?, 0, 0, ?, ?, ?)",
        opening.id,
        opening.company,
        opening.place,
        opening.trade,
        opening.places,
        opening.until.isoformat(),
        opening.who,
        now_ms,
    )


def standing(tx: Tx, today: date) -> tuple[Opening, ...]:
    """What is on the list today: not closed, not expired, not full; by trade and company."""
    rows = tx.rows(
        "SELECT * FROM openings WHERE closed IS NULL AND until >= ? AND filled < places"
        " ORDER BY trade, company, id",
        today.isoformat(),
    )
    return tuple(_opening(row) for row in rows)


def one(tx: Tx, opening_id: str) -> Opening | None:
    row = tx.one("SELECT * FROM openings WHERE id = ?", opening_id)
    return _opening(row) if row else None


def known(tx: Tx) -> tuple[str, ...]:
    """The ids on the list, for a near miss."""
    return tuple(
        row["id"] for row in tx.rows("SELECT id FROM openings WHERE closed IS NULL ORDER BY id")
    )


def reserve(tx: Tx, opening_id: str, count: int) -> bool:
    """Speak for `count` places, or give back below zero; False when there are not so many."""
    return (
        tx.run(
            "UPDATE openings SET reserved = reserved + ? WHERE id = ? AND closed IS NULL"
            " AND reserved + ? >= 0 AND reserved + ? + filled <= places",
            count,
            opening_id,
            count,
            count,
        )
        == 1
    )


def fill(tx: Tx, opening_id: str, count: int, *, reserved: bool) -> bool:
    """Give `count` places away, reserved ones or free ones; False when there are not so many."""
    taken = count if reserved else 0
    return (
        tx.run(
            "UPDATE openings SET filled = filled + ?, reserved = reserved - ? WHERE id = ?"
            " AND closed IS NULL AND reserved >= ? AND filled + ? + reserved - ? <= places",
            count,
            taken,
            opening_id,
            taken,
            count,
            taken,
        )
        == 1
    )


def close(tx: Tx, opening_id: str, now_ms: int) -> bool:
    """Take it off the list; False when it was off already."""
    return (
        tx.run("UPDATE openings SET closed = ? WHERE id = ? AND closed IS NULL", now_ms, opening_id)
        == 1
    )


def _opening(row: Row) -> Opening:
    return Opening(
        id=row["id"],
        company=row["company"],
        place=row["place"],
        trade=row["trade"],
        places=row["places"],
        until=date.fromisoformat(row["until"]),
        who=row["who"],
        reserved=row["reserved"],
        filled=row["filled"],
    )
