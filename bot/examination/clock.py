"""Our clock beside somebody else's: leases, tokens and Slack's signatures are dated."""

from __future__ import annotations

from datetime import datetime
from email.utils import parsedate_to_datetime

from bot.examination.finding import Finding
from messages.errors import Problem
from messages.tables import N_

MOST_SKEW = 60


def compared(date: str, now: datetime) -> Finding:
    """`now` beside the Date header of an answer."""
    try:
        then = parsedate_to_datetime(date)
        return skewed(round(abs((now - then).total_seconds())))
    except (TypeError, ValueError):
        return Finding(True, Problem(N_("Den anden side sagde ikke, hvad klokken er.")))


def skewed(seconds: int) -> Finding:
    """Our clock differs by so many seconds."""
    if seconds <= MOST_SKEW:
        said = N_("Uret går rigtigt (forskel {seconds} s).")
        return Finding(True, Problem(said, seconds=seconds))
    return Finding(
        False,
        Problem(N_("Uret går {seconds} sekunder forkert."), seconds=seconds),
        Problem(N_("Slå tidssynkronisering til på serveren, f.eks. med timedatectl.")),
    )
