"""What reached us and is not handled yet: written before it is acknowledged, once per event.

A handled row stays without its text, so that a replay of the same event is recognised, until
`forget` takes it.
"""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass, replace
from enum import StrEnum

from scheduler.dialect import Database, Row, Tx

LEASE_MS = 60_000


class Intent(StrEnum):
    """What the sender wants, as far as the door can tell.

    follow up: said by somebody else in a thread where the bot answered, perhaps not to the bot.
    personal: a question that held a CPR number; its text is not kept. foreign: said by somebody of
    another organisation; not kept either. look up: a question whose answer only the asker sees.
    share: an answer seen alone goes into the channel. again: a suggested question was pressed.
    retry, put away: a post that could not be delivered. unfinished: a form whose process ended
    before its result was there. unknown: a button that this version does not have.
    """

    QUESTION = "question"
    FOLLOW_UP = "follow up"
    PERSONAL = "personal"
    FOREIGN = "foreign"
    LOOK_UP = "look up"
    SHARE = "share"
    AGAIN = "again"
    DONE = "done"
    HOUR = "hour"
    TOMORROW = "tomorrow"
    NEXT_WEEK = "next week"
    STOP = "stop"
    TAKE = "take"
    HELPFUL = "helpful"
    EXPERT = "expert"
    CLAIM = "claim"
    RETRY = "retry"
    PUT_AWAY = "put away"
    UNFINISHED = "unfinished"
    HOME = "home"
    PROMPTS = "prompts"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Incoming:
    """One thing that arrived. `message` names the post it is about: two events on the same post
    count once. `conversation` names the thread, where follow-ups need no new mention.

    addressed: whether it was said to the bot; else it counts only in a known conversation.
    """

    id: str
    kind: Intent
    channel: str
    sender: str
    ts: str
    thread: str | None = None
    message: str | None = None
    conversation: str | None = None
    text: str = ""
    value: str = ""
    addressed: bool = True
    attempt: int = 0


@dataclass
class _Arrival:
    """A row on its way to disk, and what became of it."""

    incoming: Incoming
    now_ms: int
    over: bool = False
    new: bool = False
    error: Exception | None = None


class Inbox:
    """The rows of one store; several processes may work on them at once."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._arrived: deque[_Arrival] = deque()
        self._writing = threading.Lock()

    def put(self, incoming: Incoming, now_ms: int) -> bool:
        """Keep it; False when it is there already, or was not said to us. On disk on return.

        Raises StoreFailed: then the sender must not be told that it arrived. What arrives while
        another is written shares the next transaction: one flush of the disk serves them all.
        """
        if not incoming.addressed:
            askers = self._askers(incoming.conversation)
            if not askers:
                return False
            if incoming.kind is Intent.QUESTION and incoming.sender not in askers:
                incoming = replace(incoming, kind=Intent.FOLLOW_UP)
        arrival = _Arrival(incoming, now_ms)
        self._arrived.append(arrival)
        with self._writing:
            if not arrival.over:
                self._write()
        if arrival.error:
            raise arrival.error
        return arrival.new

    def put_aside(self, incoming: Incoming, now_ms: int, after_ms: int) -> None:
        """Keep it for the time when `after_ms` are over, unless it is taken back before."""
        with self._database.write() as tx:
            tx.run(_PUT, *_values(incoming), now_ms)
            ready_ms = tx.clock_ms(now_ms) + after_ms
            tx.run(_RELEASE, ready_ms, incoming.id, incoming.attempt)

    def take_back(self, incoming: Incoming) -> None:
        """What was put aside needs nothing more; nothing happens when its time came first."""
        with self._database.write() as tx:
            self.finish(tx, incoming)

    def _write(self) -> None:
        """Write everything that has arrived, or tell everyone why not."""
        batch = [self._arrived.popleft() for _ in range(len(self._arrived))]
        try:
            with self._database.write() as tx:
                for one in batch:
                    one.new = tx.run(_PUT, *_values(one.incoming), one.now_ms) == 1
        except Exception as error:  # noqa: BLE001 - it is raised to each who waits
            for one in batch:
                one.error = error
        for one in batch:
            one.over = True

    def claim(self, now_ms: int, limit: int = 10) -> tuple[Incoming, ...]:
        """Take up to `limit` rows, oldest first, for a minute; after that they are free again."""
        with self._database.write() as tx:
            now = tx.clock_ms(now_ms)
            rows = tx.rows(_CLAIM, now + LEASE_MS, now, limit)
        return tuple(_incoming(row) for row in sorted(rows, key=lambda row: row["received"]))

    def finish(self, tx: Tx, incoming: Incoming) -> bool:
        """Mark it handled and erase what was said; False when another worker took it over."""
        return tx.run(_FINISH, incoming.id, incoming.attempt) == 1

    def release(self, incoming: Incoming, now_ms: int, after_ms: int) -> None:
        """Let it be tried again `after_ms` from now."""
        with self._database.write() as tx:
            tx.run(_RELEASE, tx.clock_ms(now_ms) + after_ms, incoming.id, incoming.attempt)

    def forget(self, before_ms: int) -> int:
        """Delete the handled rows that arrived before then; how many there were."""
        with self._database.write() as tx:
            return tx.run("DELETE FROM inbox WHERE ready IS NULL AND received < ?", before_ms)

    def waiting(self, by_ms: int | None = None) -> int:
        """How many rows are not handled yet; with `by_ms` only those that nobody works on then."""
        latest = 2**62 if by_ms is None else by_ms
        with self._database.read() as tx:
            rows = tx.rows("SELECT count(*) AS n FROM inbox WHERE ready <= ?", latest)
        return int(rows[0]["n"])

    def _askers(self, conversation: str | None) -> frozenset[str]:
        with self._database.read() as tx:
            return frozenset(row["sender"] for row in tx.rows(_ASKERS, conversation))


_PUT = (
    "INSERT INTO inbox (id, kind, channel, sender, ts, thread, message, conversation, text, value,"
    " received, ready) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0) ON CONFLICT DO NOTHING"
)
_CLAIM = (
    "UPDATE inbox SET ready = ?, attempt = attempt + 1 WHERE id IN"
    " (SELECT id FROM inbox WHERE ready IS NOT NULL AND ready <= ?"
    " ORDER BY ready, received LIMIT ? {skip}) RETURNING *"
)
_FINISH = (
    "UPDATE inbox SET ready = NULL, text = '', value = ''"
    " WHERE id = ? AND attempt = ? AND ready IS NOT NULL"
)
_RELEASE = "UPDATE inbox SET ready = ? WHERE id = ? AND attempt = ? AND ready IS NOT NULL"
_ASKERS = "SELECT DISTINCT sender FROM inbox WHERE conversation = ?"


def _values(incoming: Incoming) -> tuple[str | None, ...]:
    return (
        incoming.id,
        incoming.kind,
        incoming.channel,
        incoming.sender,
        incoming.ts,
        incoming.thread,
        incoming.message,
        incoming.conversation,
        incoming.text,
        incoming.value,
    )


def _incoming(row: Row) -> Incoming:
    return Incoming(
        id=row["id"],
        kind=Intent(row["kind"]),
        channel=row["channel"],
        sender=row["sender"],
        ts=row["ts"],
        thread=row["thread"],
        message=row["message"],
        conversation=row["conversation"],
        text=row["text"],
        value=row["value"],
        attempt=row["attempt"],
    )
