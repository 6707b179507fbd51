"""The tables of config.toml about follow-ups: hours, frequency, targets, digest, openings, …"""

from __future__ import annotations

import re
from datetime import time
from pathlib import Path

from bot.config import CaseImport, Followups, Hours, Retention, Targets, Weekly
from messages.tables import Table
from scheduler.frequency import Frequency

_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
COLUMNS = ("case", "plan", "start", "end", "first_payday", "owner", "outcome")
"""What a row of an imported CSV may tell, by our name."""


def read_hours(table: Table) -> Hours:
    """`[hours]`; every mistake is told through the table."""
    closed = table.texts("closed_days", Hours.closed_days)
    for day in closed:
        if not re.fullmatch(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", day):
            table.wrong("closed_days", "“{day}” er ikke måned-dag; skriv den som 12-24", day=day)
    hours = Hours(
        morning=_clock(table, "morning", Hours.morning),
        closed_days=closed,
        tick_seconds=table.whole("tick_seconds", 15, low=1, high=600),
        opens=_clock(table, "opens", Hours.opens),
        closes=_clock(table, "closes", Hours.closes),
        gathered=table.truth("gathered", default=True),
    )
    if not hours.opens <= hours.morning < hours.closes:
        table.wrong("morning", "skal ligge mellem opens og closes, f.eks. 09:00")
    table.close()
    return hours


def read_followups(top: Table, folder: Path) -> Followups:
    """All that `[frequency]`, `[targets]`, `[digest]`, `[openings]`, `[problems]`, `[alarm]`,
    `[retention]` and `[import]` say."""
    openings, problems = top.table("openings"), top.table("problems")
    alarm, retention = top.table("alarm"), top.table("retention")
    ping_url = alarm.text("ping_url", "")
    if ping_url and not re.fullmatch(r"https?://[^\s@]+", ping_url):
        alarm.wrong("ping_url", "skal være en adresse som https://vagt.example/ping/1")
    followups = Followups(
        frequency={plan: _frequency(row) for plan, row in top.table("frequency").named()},
        targets=_targets(top.table("targets")),
        digest=_weekly(digest := top.table("digest")),
        openings=_weekly(openings),
        openings_channel=openings.text("channel", ""),
        problem_hours=problems.whole("hours", Followups.problem_hours, low=1, high=72),
        ping_url=ping_url,
        retention=_retention(retention),
        imports=_import(top.table("import")),
        erasures=folder / retention.text("erasures", str(Followups.erasures)),
    )
    for table in (openings, problems, alarm, retention, digest):
        table.close()
    return followups


def _clock(table: Table, name: str, default: time) -> time:
    text = table.text(name, f"{default:%H:%M}")
    if _CLOCK.fullmatch(text):
        return time.fromisoformat(text)
    table.wrong(name, "“{text}” er ikke et klokkeslæt; skriv det som 09:00", text=text)
    return default


def _weekly(table: Table) -> Weekly:
    day = table.choice("weekday", WEEKDAYS, "monday")
    return Weekly(WEEKDAYS.index(day) if day in WEEKDAYS else 0, _clock(table, "time", Weekly.at))


def _frequency(row: Table) -> Frequency:
    frequency = Frequency(
        weeks=_counts(row, "weeks", 104),
        months=_counts(row, "months", 24),
        skip=row.texts("skip", ()),
        include=row.texts("include", ()),
        escalate_after=row.whole("escalate_after", 0, high=60) if "escalate_after" in row else None,
    )
    row.close()
    return frequency


def _counts(row: Table, name: str, highest: int) -> tuple[int, ...] | None:
    value = row.raw(name)
    if value is None:
        return None
    if isinstance(value, list):
        counts = tuple(one for one in value if type(one) is int and 1 <= one <= highest)
        if len(counts) == len(value):
            return counts
    row.wrong(
        name, "skal være en liste af hele tal fra 1 til {high}, f.eks. [1, 2, 4]", high=highest
    )
    return None


def _targets(table: Table) -> Targets:
    def percent(name: str) -> int | None:
        return table.whole(name, 0, high=100) if name in table else None

    targets = Targets(on_time=percent("on_time"), job=percent("job"))
    table.close()
    return targets


def _retention(table: Table) -> Retention:
    months = Retention.ended_cases_months
    return Retention(
        ended_cases_months=table.whole("ended_cases_months", months, low=1, high=120),
        posts_days=table.whole("posts_days", Retention.posts_days, low=14, high=3650),
        audit_months=table.whole("audit_months", Retention.audit_months, low=1, high=120),
        backups_days=table.whole("backups_days", Retention.backups_days, low=0, high=3650),
        questions_days=table.whole("questions_days", Retention.questions_days, low=1, high=3650),
        openings_days=table.whole("openings_days", Retention.openings_days, low=1, high=3650),
        leavers_days=table.whole("leavers_days", Retention.leavers_days, low=1, high=3650),
    )


def _import(table: Table) -> CaseImport:
    named = table.table("columns")
    columns = {name: named.text(name) for name in COLUMNS if name in named}
    named.close()
    read = CaseImport(table.text("plan", ""), table.text("owner", ""), columns)
    table.close()
    return read
