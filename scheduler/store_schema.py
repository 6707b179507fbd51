"""The scheduler's tables. Text ids, integer UTC milliseconds, JSON as text; the same DDL for both.

Append-only: a shipped step is never changed, a later need is a new step.
"""

from __future__ import annotations

from scheduler.dialect import Tx
from scheduler.migrations import MigrationSet


def m001_cases_and_nudges(tx: Tx) -> None:
    tx.run(
        "CREATE TABLE cases (id TEXT PRIMARY KEY, reference TEXT NOT NULL, plan TEXT NOT NULL,"
        " owner TEXT NOT NULL, state TEXT NOT NULL, outcome TEXT, anchors TEXT NOT NULL,"
        " without TEXT NOT NULL, started BIGINT NOT NULL, ended BIGINT)"
    )
    tx.run("CREATE UNIQUE INDEX one_run ON cases (reference, plan) WHERE state = 'open'")
    tx.run(
        "CREATE TABLE nudges (id TEXT PRIMARY KEY,"
        " case_id TEXT NOT NULL REFERENCES cases (id) ON DELETE CASCADE, step TEXT NOT NULL,"
        " place INTEGER NOT NULL, state TEXT NOT NULL, due BIGINT, ready BIGINT,"
        " round INTEGER NOT NULL DEFAULT 0,"
        " raise_at BIGINT, raised INTEGER NOT NULL DEFAULT 0, post TEXT, channel TEXT, ts TEXT,"
        " done_by TEXT, done_at BIGINT, answer TEXT, UNIQUE (case_id, step))"
    )
    # `ready` is null once a nudge needs nothing more: a tick never walks over finished rows.
    tx.run("CREATE INDEX nudges_ready ON nudges (ready, id) WHERE ready IS NOT NULL")
    tx.run("CREATE INDEX nudges_post ON nudges (post) WHERE post IS NOT NULL")


def m002_outbox(tx: Tx) -> None:
    tx.run(
        "CREATE TABLE outbox (key TEXT PRIMARY KEY, kind TEXT NOT NULL, recipient TEXT NOT NULL,"
        " thread TEXT, text TEXT NOT NULL, blocks TEXT NOT NULL, about TEXT NOT NULL, due BIGINT,"
        " late_note TEXT NOT NULL, state TEXT NOT NULL, ready BIGINT, seq BIGINT NOT NULL,"
        " attempt INTEGER NOT NULL DEFAULT 0, unsure INTEGER NOT NULL DEFAULT 0,"
        " channel TEXT, ts TEXT, sent BIGINT, problem TEXT)"
    )
    tx.run("CREATE INDEX outbox_ready ON outbox (ready, seq) WHERE ready IS NOT NULL")
    tx.run("CREATE INDEX outbox_seq ON outbox (seq)")
    tx.run("CREATE INDEX outbox_about ON outbox (about)")
    tx.run("CREATE TABLE pace (recipient TEXT PRIMARY KEY, free BIGINT NOT NULL)")


def m003_audit(tx: Tx) -> None:
    tx.run(
        "CREATE TABLE audit (id TEXT PRIMARY KEY, at BIGINT NOT NULL, actor TEXT NOT NULL,"
        " did TEXT NOT NULL, about TEXT NOT NULL)"
    )
    tx.run("CREATE INDEX audit_about ON audit (about, at)")


SCHEDULER = MigrationSet("scheduler", (m001_cases_and_nudges, m002_outbox, m003_audit))
