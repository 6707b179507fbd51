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


def m003_question_log(tx: Tx) -> None:
    tx.run(
        "CREATE TABLE replies (id TEXT PRIMARY KEY, at BIGINT NOT NULL, state TEXT NOT NULL,"
        " document TEXT NOT NULL, section TEXT NOT NULL)"
    )
    tx.run("CREATE INDEX replies_at ON replies (at)")
    tx.run(
        "CREATE TABLE questions (id TEXT PRIMARY KEY, at BIGINT NOT NULL, question TEXT NOT NULL,"
        " same TEXT NOT NULL, language TEXT NOT NULL, state TEXT NOT NULL, words TEXT NOT NULL,"
        " document TEXT NOT NULL, section TEXT NOT NULL, passage TEXT NOT NULL,"
        " asker TEXT NOT NULL, taken_by TEXT, answered BIGINT, answered_by TEXT)"
    )
    tx.run("CREATE INDEX questions_at ON questions (at)")
    tx.run("CREATE INDEX questions_same ON questions (same) WHERE answered IS NULL")
    tx.run(
        "CREATE TABLE feedback (reply TEXT NOT NULL, actor TEXT NOT NULL, at BIGINT NOT NULL,"
        " helpful INTEGER NOT NULL, reason TEXT NOT NULL, document TEXT NOT NULL,"
        " PRIMARY KEY (reply, actor))"
    )
    tx.run("CREATE INDEX feedback_at ON feedback (at)")


def m004_expert_questions(tx: Tx) -> None:
    tx.run("CREATE TABLE expert_questions (id TEXT PRIMARY KEY, ready BIGINT)")
    tx.run("CREATE INDEX expert_ready ON expert_questions (ready) WHERE ready IS NOT NULL")


BOT = MigrationSet("bot", (m001_inbox, m002_slack_files, m003_question_log, m004_expert_questions))
