"""A citizen's rights over what is kept about a case: to see it all, and to have it erased."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bot.actions.lookup import must_be_staff
from bot.clock import COPENHAGEN
from bot.errors import BotError, Refused
from bot.people import Actor, Role
from bot.stores.erasure import erase_mentions
from messages.tables import did_you_mean
from scheduler import store, store_endings, store_problems
from scheduler.audit import Trace, record, traces_of_run
from scheduler.cases import Case
from scheduler.nudges import Nudge
from scheduler.outbox import Posted
from scheduler.problems import Trouble
from scheduler.sqlite import SqliteDatabase
from scheduler.store_endings import Erased, Standing
from scheduler.store_reader import NudgeReader

if TYPE_CHECKING:
    from bot.app import App


@dataclass(frozen=True)
class Kept:
    """All that is kept about one run: its dates, steps, trouble, and who did what."""

    case: Case
    nudges: tuple[Nudge, ...]
    troubles: tuple[Trouble, ...]
    traces: tuple[Trace, ...]


@dataclass(frozen=True)
class InSlack:
    """Our posts about erased cases that still stand there. waiting: how many go at the next ticks;
    refused: those that Slack does not let the bot take away."""

    waiting: int
    refused: tuple[Standing, ...]


@dataclass(frozen=True)
class Forgotten:
    """What was erased. posts: how many of our posts in Slack go at the next tick. copies: files
    beside the database that still hold it; backups_until: when the last backup of today is due to
    be deleted, as `[retention] backups_days` says."""

    erased: Erased
    mentions: int
    posts: int
    copies: tuple[Path, ...]
    backups_until: date


def export_cases(actor: Actor, app: App, reference: str = "") -> tuple[Kept, ...]:
    """What is kept about the runs of a reference, ended ones too; about every run without one.

    Raises Refused for an unknown reference.
    """
    must_be_staff(actor)
    with app.database.read() as tx:
        runs = store.runs_of(tx, reference.strip()) if reference else store.all_cases(tx)
        if reference and not runs:
            raise _unknown(reference, store.known_references(tx))
        reader = NudgeReader(app.plans)
        return tuple(
            Kept(
                run,
                reader.of_case(tx, run.id),
                store_problems.of_case(tx, run.id),
                traces_of_run(tx, run.id),
            )
            for run in runs
        )


def forget(actor: Actor, reference: str, app: App, now: datetime) -> Forgotten:
    """Erase every run of a reference, for good: rows, posts, questions that name it.

    Raises Refused for who is neither leader nor administrator, and for an unknown reference.
    """
    _must_lead(actor)
    now_ms = store.to_ms(now)
    with app.database.write() as tx:
        runs = store.runs_of(tx, reference.strip())
        if not runs:
            raise _unknown(reference, store.known_references(tx))
        _write_down(app, [run.id for run in runs], now)
        total, posts = Erased(), list[Posted]()
        for run in runs:
            one = store_endings.erase_run(tx, run.id, now_ms)
            total = _sum(total, one)
            posts += one.posts
        mentions = erase_mentions(tx, reference.strip())
        record(tx, actor.id, "case.forgotten", "case", now_ms)
    if isinstance(app.database, SqliteDatabase):
        app.database.empty_journal()
    days = app.config.followups.retention.backups_days
    today = now.astimezone(COPENHAGEN).date()
    return Forgotten(total, mentions, len(set(posts)), _copies(app), today + timedelta(days=days))


def still_in_slack(actor: Actor, app: App) -> InSlack:
    """What of erased cases the running bot has not taken away yet. Raises Refused as `forget`."""
    _must_lead(actor)
    with app.database.read() as tx:
        found = store_endings.standing(tx)
    refused = tuple(one for one in found if one.problem is not None)
    return InSlack(len(found) - len(refused), refused)


def erased_ids(app: App) -> tuple[str, ...]:
    """The ids in the file of erasures, which outlives the database."""
    try:
        lines = app.config.followups.erasures.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return ()
    return tuple(line.split()[0] for line in lines if line.strip())


def _must_lead(actor: Actor) -> None:
    if not actor.may(Role.LEADER):
        raise Refused("Kun en leder eller administrator kan slette en sag. Bed din leder om det.")


def _write_down(app: App, case_ids: list[str], now: datetime) -> None:
    """Keep the ids outside the database as well, on disk before anything is erased: a backup that
    comes back must not bring the case back. An id says nothing without the rows."""
    file = app.config.followups.erasures
    try:
        with file.open("a", encoding="utf-8") as log:
            log.writelines(f"{case_id} {now:%Y-%m-%d}\n" for case_id in case_ids)
            log.flush()
            os.fsync(log.fileno())
    except OSError as error:
        raise BotError(
            "{file} kan ikke skrives: {reason}. Intet er slettet. Ret erasures under [retention].",
            file=file,
            reason=error.strerror or type(error).__name__,
        ) from None


def _copies(app: App) -> tuple[Path, ...]:
    """The copies that upgrades left beside a SQLite file."""
    if not isinstance(app.database, SqliteDatabase):
        return ()
    path = app.database.path
    return tuple(sorted(path.parent.glob(f"{path.name}.before-*")))


def _sum(total: Erased, one: Erased) -> Erased:
    names = ("runs", "nudges", "problems", "outbox", "audit")
    return replace(total, **{name: getattr(total, name) + getattr(one, name) for name in names})


def _unknown(reference: str, known: tuple[str, ...]) -> Refused:
    return Refused(
        "Sagen “{reference}” er ikke kendt her{hint}",
        reference=reference.strip()[:40],
        hint=did_you_mean(reference.strip(), known),
    )
