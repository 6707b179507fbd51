"""The janitor: a second copy of a post, made by a process that was frozen, is taken away.

Slack cannot be told to refuse a post whose lease ran out; so every post that took more than one
try is looked at again once every try has ended.
"""

from __future__ import annotations

import logging

from scheduler import store_outbox
from scheduler.dialect import Database
from scheduler.errors import PostFailed
from scheduler.outbox import Channel, Posted
from scheduler.store_outbox import Sent

log = logging.getLogger(__name__)


def remove_copies(
    database: Database,
    channel: Channel,
    now_ms: int,
    *,
    retry_ms: int,
    last_look_ms: int,
    limit: int = 20,
) -> int:
    """Look at each sent post whose time to be looked at has come; how many copies went.

    A process may be frozen past the first look, so there is a last one `last_look_ms` after the
    post was recorded.
    """
    with database.read() as tx:
        sent = store_outbox.to_look_at_again(tx, now_ms, limit)
    removed = 0
    for one in sent:
        soon = now_ms < one.sent_ms + last_look_ms * 3 // 4
        later_ms = one.sent_ms + last_look_ms if soon else None
        removed += _look(
            database,
            channel,
            one,
            now_ms=now_ms,
            retry_at_ms=now_ms + retry_ms,
            later_ms=later_ms,
        )
    return removed


def _look(
    database: Database,
    channel: Channel,
    sent: Sent,
    *,
    now_ms: int,
    retry_at_ms: int,
    later_ms: int | None,
) -> bool:
    key = sent.outgoing.key
    again: int | None
    try:
        copy = channel.find(sent.outgoing, besides=sent.posted)
    except PostFailed as failure:
        copy, again = None, None if failure.permanent else retry_at_ms
    else:
        again = now_ms if copy else later_ms  # where one copy was, another may be
    with database.write() as tx:
        store_outbox.look_again(tx, key, again)
    return copy is not None and remove_copy(database, channel, key, copy, retry_at_ms)


def remove_copy(
    database: Database, channel: Channel, key: str, copy: Posted, retry_at_ms: int
) -> bool:
    """Take one copy away, or see to it that it is looked for again from `retry_at_ms` on."""
    try:
        channel.remove(copy)
    except PostFailed as failure:
        log.warning("a copy of %s could not be removed: %s", key, failure)
        with database.write() as tx:
            store_outbox.look_again(tx, key, retry_at_ms)
        return False
    return True
