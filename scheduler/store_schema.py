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


def m004_problems(tx: Tx) -> None:
    tx.run(
        "CREATE TABLE problems (id TEXT PRIMARY KEY,"
        " case_id TEXT NOT NULL REFERENCES cases (id) ON DELETE CASCADE, category TEXT NOT NULL,"
        " nudge TEXT NOT NULL, state TEXT NOT NULL, reported_by TEXT NOT NULL,"
        " reported BIGINT NOT NULL, taken_by TEXT, taken BIGINT, closed BIGINT, ready BIGINT)"
    )
    tx.run("CREATE INDEX problems_case ON problems (case_id)")
    tx.run("CREATE INDEX problems_ready ON problems (ready) WHERE ready IS NOT NULL")


def m005_openings(tx: Tx) -> None:
    tx.run(
        "CREATE TABLE openings (id TEXT PRIMARY KEY, company TEXT NOT NULL, place TEXT NOT NULL,"
        " trade TEXT NOT NULL, places INTEGER NOT NULL, reserved INTEGER NOT NULL,"
        " filled INTEGER NOT NULL, until TEXT NOT NULL, who TEXT NOT NULL, added BIGINT NOT NULL,"
        " closed BIGINT)"
    )


def m006_detours_and_dead_letters(tx: Tx) -> None:
    # detour: the owner could not be reached, so the backup gets it.
    tx.run("ALTER TABLE nudges ADD COLUMN detour INTEGER NOT NULL DEFAULT 0")
    # told: an administrator has heard of this dead letter.
    tx.run("ALTER TABLE outbox ADD COLUMN told INTEGER NOT NULL DEFAULT 0")
    tx.run("CREATE INDEX outbox_dead ON outbox (seq) WHERE state = 'dead'")
    tx.run("CREATE INDEX nudges_ts ON nudges (ts) WHERE ts IS NOT NULL")


def m007_forgotten(tx: Tx) -> None:
    # Only ids that mean nothing outside this store, so that a restore can erase again.
    tx.run("CREATE TABLE forgotten (case_id TEXT PRIMARY KEY, at BIGINT NOT NULL)")
    tx.run("CREATE TABLE restores (at BIGINT PRIMARY KEY)")
    tx.run("CREATE TABLE removals (channel TEXT, ts TEXT, PRIMARY KEY (channel, ts))")
    tx.run("CREATE INDEX cases_reference ON cases (reference)")


def m008_buried(tx: Tx) -> None:
    # When a post became a dead letter: an administrator asks, and retention counts from it.
    tx.run("ALTER TABLE outbox ADD COLUMN buried BIGINT")


def m009_removals_that_fail(tx: Tx) -> None:
    # tried: when it was last asked for; problem: why Slack refuses, until somebody removes it.
    tx.run("ALTER TABLE removals ADD COLUMN tried BIGINT NOT NULL DEFAULT 0")
    tx.run("ALTER TABLE removals ADD COLUMN problem TEXT")


def m010_gathered(tx: Tx) -> None:
    # Which cases a morning message shows: a step that was put off no longer names its post.
    tx.run(
        "CREATE TABLE gathered (post TEXT NOT NULL, case_id TEXT NOT NULL,"
        " PRIMARY KEY (post, case_id))"
    )
    tx.run("CREATE INDEX gathered_case ON gathered (case_id)")
    tx.run(
        "INSERT INTO gathered (post, case_id) SELECT DISTINCT o.key, n.case_id"
        " FROM outbox o JOIN nudges n ON n.post = o.key WHERE o.kind = 'morning'"
    )
    tx.run(
        "INSERT INTO gathered (post, case_id) SELECT DISTINCT o.key, n.case_id"
        " FROM outbox o JOIN nudges n ON n.ts = o.ts AND n.channel = o.channel"
        " WHERE o.kind = 'morning' ON CONFLICT DO NOTHING"
    )


SCHEDULER = MigrationSet(
    "scheduler",
    (
        m001_cases_and_nudges,
        m002_outbox,
        m003_audit,
        m004_problems,
        m005_openings,
        m006_detours_and_dead_letters,
        m007_forgotten,
        m008_buried,
        m009_removals_that_fail,
        m010_gathered,
    ),
)
