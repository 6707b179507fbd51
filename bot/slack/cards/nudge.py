"""The nudge card: one follow-up, its case, what it takes, and the button that says it is done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.clock import COPENHAGEN
from bot.slack.cards.blocks import Block, Card, button, buttons, context, section
from bot.slack.markup import clipped, escaped
from bot.words import Words
from messages.tables import N_
from scheduler.nudges import Nudge, NudgeState

DONE = "nudge_done"


def nudge_card(
    nudge: Nudge,
    words: Words,
    *,
    handouts: tuple[str, ...] = (),
    link: str = "",
    done_by: str = "",
) -> Card:
    """The follow-up as a message. handouts: the titles of the sheets that help; link: where the
    case opens in the case system, or empty; done_by: the name of who did it, once it is done.
    """
    title = escaped(words(nudge.title))
    case = escaped(nudge.case)
    heading = words(N_("*{title}*\nSag {case}"), title=title, case=_linked(case, link))
    blocks = [
        section(heading, "nudge"),
        *([section(clipped(escaped(words(nudge.text)), 2_000), "text")] if nudge.text else []),
        *_notes(nudge, words, handouts),
        _ending(nudge, words, done_by),
    ]
    text = words(N_("Opfølgning: {title} (sag {case})"), title=title, case=case)
    if nudge.state is NudgeState.DONE:
        text = words(N_("Udført: {title} (sag {case})"), title=title, case=case)
    return Card(text, tuple(blocks))


def _notes(nudge: Nudge, words: Words, handouts: tuple[str, ...]) -> Iterator[Block]:
    if handouts:
        sheets = escaped(", ".join(handouts))
        yield context(words(N_("Ark til samtalen: {sheets}"), sheets=sheets), "sheets")
    plan = escaped(words(nudge.plan_title))
    if nudge.due:
        yield context(f"{plan} · {_day(nudge.due)}", "plan")
    else:
        yield context(plan, "plan")


def _ending(nudge: Nudge, words: Words, done_by: str) -> Block:
    if nudge.state is NudgeState.STOPPED:
        return context(words(N_("Forløbet er stoppet.")), "ending")
    if nudge.state is not NudgeState.DONE:
        label = words(N_("Udført"))
        return buttons(button(label, DONE, nudge.id, style="primary"), block_id="ending")
    who = escaped(done_by or nudge.done_by or "?")
    if nudge.done_at is None:
        return context(words(N_(":white_check_mark: Udført af {who}"), who=who), "ending")
    at = nudge.done_at.astimezone(COPENHAGEN)
    return context(
        words(
            N_(":white_check_mark: Udført af {who} den {day} kl. {time}"),
            who=who,
            day=_day(at),
            time=f"{at:%H.%M}",
        ),
        "ending",
    )


def _linked(case: str, link: str) -> str:
    """The reference, opening the case system; a `link` with Slack's own signs in it is not used."""
    if not link.startswith(("https://", "http://")) or any(sign in link for sign in "<>|"):
        return case
    return f"<{escaped(link)}|{case}>"


def _day(at: datetime) -> str:
    day = at.astimezone(COPENHAGEN)
    return f"{day.day}.{day.month}.{day.year}"
