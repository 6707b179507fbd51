"""Everything that must arrive once: a row here, written in the transaction that caused it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from scheduler.dialect import AT_A_TIME, Row, Tx, Value, as_json, chunks


class PostState(StrEnum):
    """Where a post stands. withdrawn: what it was about ended before it went out."""

    PENDING = "pending"
    CLAIMED = "claimed"
    SENT = "sent"
    DEAD = "dead"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Outgoing:
    """One post, built and not yet sent. `key` names it for ever: the same key is posted once.

    to: a Slack channel or user id. blocks: JSON. thread: the timestamp answered under, or None.
    about: the id of what it concerns (a case), so that it can be found and erased.
    due_ms: when it should arrive (UTC ms), or None; `late_note` is the sentence, worded for the
    reader, that a channel adds when `late` is true (dispatch sets it, after an outage).
    """

    key: str
    kind: str
    to: str
    text: str
    blocks: str = "[]"
    thread: str | None = None
    about: str = ""
    due_ms: int | None = None
    late_note: str = ""
    late: bool = False


@dataclass(frozen=True)
class Posted:
    """Where a post landed: the channel's id and Slack's timestamp."""

    channel: str
    ts: str


class Channel(Protocol):
    """The other side, as the dispatch needs it. Never tries twice by itself."""

    def post(self, outgoing: Outgoing) -> Posted:
        """Post it once, with its key in the metadata. Raises PostFailed with the policy."""
        ...

    def find(self, outgoing: Outgoing, besides: Posted | None = None) -> Posted | None:
        """A post of ours with this key in the other side's history, or None.

        With `besides`, another one than that: a copy that should not be there.
        Raises PostFailed when the history cannot be read now.
        """
        ...

    def remove(self, posted: Posted) -> None:
        """Take our own post away; one that is gone already is no error. Raises PostFailed."""
        ...


class Outbox:
    """The way in: `outbox.put(tx, outgoing)` beside whatever caused it."""

    def put(
        self, tx: Tx, outgoing: Outgoing, not_before_ms: int | None = None, *, look: bool = False
    ) -> bool:
        """Add the post, to go out from `not_before_ms` (at once when None); False when its key
        is there already, sent or not. look: it may stand there from before a restore."""
        return self.put_all(tx, [outgoing], not_before_ms, look=look) == 1

    def put_all(
        self,
        tx: Tx,
        posts: Sequence[Outgoing],
        not_before_ms: int | None = None,
        *,
        look: bool = False,
    ) -> int:
        """The same for several, in their order; how many were not there yet."""
        added = 0
        for chunk in chunks(posts, AT_A_TIME):
            rows = [
                (*_values(one), not_before_ms or 0, int(look), number)
                for number, one in enumerate(chunk, start=1)
            ]
            added += tx.run(_PUT, as_json(rows))
        tx.posts = tx.posts or added > 0
        return added


_PUT = (
    "INSERT INTO outbox (key, kind, recipient, thread, text, blocks, about, due, late_note,"
    " state, ready, unsure, seq)"
    " SELECT {0}, {1}, {2}, {3}, {4}, {5}, {6}, CAST({7} AS BIGINT), {8}, {9},"
    " CAST({10} AS BIGINT), CAST({11} AS INTEGER),"
    " (SELECT coalesce(max(seq), 0) FROM outbox) + CAST({12} AS BIGINT)"
    " FROM {each} WHERE true ON CONFLICT (key) DO NOTHING"
)


def _values(outgoing: Outgoing) -> tuple[Value, ...]:
    return (
        outgoing.key,
        outgoing.kind,
        outgoing.to,
        outgoing.thread,
        outgoing.text,
        outgoing.blocks,
        outgoing.about,
        outgoing.due_ms,
        outgoing.late_note,
        PostState.PENDING,
    )


def read_outgoing(row: Row) -> Outgoing:
    """The post that a row of the outbox holds."""
    return Outgoing(
        key=row["key"],
        kind=row["kind"],
        to=row["recipient"],
        text=row["text"],
        blocks=row["blocks"],
        thread=row["thread"],
        about=row["about"],
        due_ms=row["due"],
        late_note=row["late_note"],
    )
