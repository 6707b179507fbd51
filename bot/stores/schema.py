"""The tables of the outer shell, in the same store and with the same rules as the scheduler's."""

from __future__ import annotations

from scheduler.dialect import Tx
from scheduler.migrations import MigrationSet


def m001_inbox(tx: Tx) -> None:
    tx.run(
        "CREATE TABLE inbox (id TEXT PRIMARY KEY, message TEXT UNIQUE, conversation TEXT,"
        " kind TEXT NOT NULL, channel TEXT NOT NULL, sender TEXT NOT NULL, thread TEXT,"
        " ts TEXT NOT NULL, text TEXT NOT NULL, value TEXT NOT NULL, received BIGINT NOT NULL,"
        " ready BIGINT, attempt INTEGER NOT NULL DEFAULT 0)"
    )
    # `ready` is null once a row is handled: claiming never walks over the finished ones.
    tx.run("CREATE INDEX inbox_ready ON inbox (ready, received) WHERE ready IS NOT NULL")
    tx.run("CREATE INDEX inbox_conversation ON inbox (conversation)")
    tx.run("CREATE INDEX inbox_received ON inbox (received)")


def m002_slack_files(tx: Tx) -> None:
    tx.run("CREATE TABLE slack_files (id TEXT PRIMARY KEY, until BIGINT NOT NULL)")
    tx.run("CREATE INDEX slack_files_until ON slack_files (until)")


BOT = MigrationSet("bot", (m001_inbox, m002_slack_files))
