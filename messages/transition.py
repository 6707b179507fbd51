"""From benefit to pay: the weeks between the last benefit and pay in arrears, and whom to tell.

Amounts of benefits are never assumed: what is not typed is shown as a date without an amount, and
what the calendar does not count is said.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from messages.amounts import LARGEST
from messages.atp import Period
from messages.errors import MessagesError
from messages.formatting import danish_number
from messages.tables import H_

IsWorkday = Callable[[date], bool]

WEEK = timedelta(days=7)
MOST_WEEKS = 26
BENEFIT = "benefit"
PAY = "pay"
OTHER = "other"

TELL = (
    (
        H_("Kommunen"),
        H_("Sig, hvilken dag arbejdet starter, og vis kontrakten. Så stopper ydelsen rigtigt."),
    ),
    (
        H_("Skattestyrelsen"),
        H_("Ret forskudsopgørelsen på skat.dk, så skattekortet passer til lønnen."),
    ),
    (
        H_("Pladsanvisningen"),
        H_("Sig, at indkomsten ændrer sig, hvis du har friplads til et barn."),
    ),
    (
        H_("Udbetaling Danmark"),
        H_("Sig, at indkomsten ændrer sig, hvis du får boligstøtte eller børnetilskud."),
    ),
    (
        H_("Banken"),
        H_("Spørg, om din NemKonto er rigtig. Lønnen kommer ind på den."),
    ),
)

NOT_COUNTED = (
    H_("Ydelser, som du ikke har skrevet et beløb for."),
    H_("Skat, der skal betales eller gives tilbage, når året er slut."),
    H_("Feriepenge, som du har tjent i det nye job."),
    H_("Støtte, der kan falde, når indkomsten stiger, hvis den ikke er skrevet."),
)


def _weekday(day: date) -> bool:
    return day.weekday() < calendar.SATURDAY


@dataclass(frozen=True)
class Incoming:
    """Money that comes on a day: `kind` is benefit, pay or other; no amount where none was typed.

    `what` is the sentence or the words typed for it.
    """

    day: date
    kind: str
    what: str
    amount: Decimal | None = None


@dataclass(frozen=True)
class Change:
    """What is known of the change: when the last benefit comes, when work starts, first payday.

    Amounts are net kroner, None where nobody typed one. `others` are further payments by date.
    """

    last_benefit: date
    first_workday: date
    first_payday: date
    period: Period = Period.MONTH
    last_benefit_amount: Decimal | None = None
    pay_amount: Decimal | None = None
    others: tuple[Incoming, ...] = ()


@dataclass(frozen=True)
class Week:
    """A week from its Monday, by its ISO number, with what comes in; `in_gap` while nothing paid.

    A week is in the gap when it lies between the last benefit and the first pay and has neither.
    """

    monday: date
    number: int
    incoming: tuple[Incoming, ...]
    in_gap: bool


@dataclass(frozen=True)
class Calendar:
    """The weeks from the last benefit to the second payday, and the length of the gap in days."""

    weeks: tuple[Week, ...]
    gap_days: int
    weeks_without: int
    paydays: tuple[date, ...]
    tell: tuple[tuple[str, str], ...] = TELL
    not_counted: tuple[str, ...] = NOT_COUNTED


def lay_out_gap(change: Change, is_workday: IsWorkday = _weekday) -> Calendar:
    """The calendar of the gap between benefit and pay.

    Both are paid in arrears, so a whole pay period or more lies between them. `is_workday` moves
    paydays off days on which banks are closed. Raises MessagesError for dates in the wrong order.
    """
    _check(change)
    days = paydays(change.first_payday, change.period, 2, is_workday)
    incoming = sorted(
        (
            Incoming(change.last_benefit, BENEFIT, H_("Sidste ydelse"), change.last_benefit_amount),
            *(Incoming(day, PAY, H_("Løn"), change.pay_amount) for day in days),
            *change.others,
        ),
        key=lambda money: money.day,
    )
    weeks = tuple(
        _week(monday, change, incoming) for monday in _mondays(change.last_benefit, days[-1])
    )
    return Calendar(
        weeks=weeks,
        gap_days=(days[0] - change.last_benefit).days,
        weeks_without=sum(1 for week in weeks if week.in_gap and not week.incoming),
        paydays=days,
    )


def paydays(
    first: date, period: Period, count: int, is_workday: IsWorkday = _weekday
) -> tuple[date, ...]:
    """`count` paydays from `first`: each month on that day, or each 14 or 7 days.

    A first payday on the last workday of its month means the last workday of every month. One that
    falls on a day when banks are closed comes the workday before.
    """
    if period is not Period.MONTH:
        step = 2 * WEEK if period is Period.FORTNIGHT else WEEK
        return tuple(_back(first + step * number, is_workday) for number in range(count))
    at_the_end = first == _back(_month_end(first.year, first.month), is_workday)
    found = []
    for number in range(count):
        year, month = divmod(first.year * 12 + first.month - 1 + number, 12)
        end = _month_end(year, month + 1)
        day = end if at_the_end else end.replace(day=min(first.day, end.day))
        found.append(_back(day, is_workday))
    return tuple(found)


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _back(day: date, is_workday: IsWorkday) -> date:
    while not is_workday(day):
        day -= timedelta(days=1)
    return day


def _mondays(first: date, last: date) -> list[date]:
    monday = first - timedelta(days=first.weekday())
    found = []
    while monday <= last:
        found.append(monday)
        monday += WEEK
    return found


def _week(monday: date, change: Change, incoming: list[Incoming]) -> Week:
    within = tuple(money for money in incoming if monday <= money.day < monday + WEEK)
    main = any(money.kind in {BENEFIT, PAY} for money in within)
    between = change.last_benefit < monday + WEEK and monday <= change.first_payday
    return Week(monday, monday.isocalendar().week, within, between and not main)


def _check(change: Change) -> None:
    if change.first_payday <= change.first_workday:
        raise MessagesError(
            "Løn kommer bagud: første lønudbetaling ({payday}) skal ligge efter første arbejdsdag "
            "({start}). Skriv f.eks. 2026-03-31.",
            payday=change.first_payday,
            start=change.first_workday,
        )
    if not timedelta() < change.first_payday - change.last_benefit <= MOST_WEEKS * WEEK:
        raise MessagesError(
            "Første lønudbetaling ({payday}) skal ligge efter sidste ydelse ({benefit}) og højst "
            "{weeks} uger senere. Skriv f.eks. 2026-03-31.",
            payday=change.first_payday,
            benefit=change.last_benefit,
            weeks=MOST_WEEKS,
        )
    for amount in (change.last_benefit_amount, change.pay_amount):
        if amount is not None and not (amount.is_finite() and 0 <= amount <= LARGEST):
            raise MessagesError(
                "Et beløb skal være fra 0 til {most}. Skriv f.eks. 12000.",
                most=danish_number(LARGEST, 2),
            )
