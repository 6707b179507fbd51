"""A case in other hands: the colleague who gets it is told, and the one who had it. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from bot.slack.cards.blocks import Block, Card, context, section
from bot.slack.cards.days import on_day
from bot.slack.markup import escaped
from bot.words import Words
from messages.tables import N_
from scheduler.nudges import Nudge, NudgeState

KIND = "handed over"
_SOMEBODY = N_("En administrator")
_AHEAD = frozenset({NudgeState.PLANNED, NudgeState.QUEUED, NudgeState.SENT})


@dataclass(frozen=True)
class Handed:
    """Names and the case: `by` who did it, empty at the terminal; `former` who had it, `to` whose
    it is now."""

    reference: str
    by: str
    former: str
    to: str
    steps: tuple[Nudge, ...]


def received_card(handed: Handed, words: Words) -> Card:
    """For the colleague whose it is now, with what comes next."""
    said = N_("{by} har givet dig sagen {case}. Før havde {former} den.")
    if handed.by == handed.former:
        said = N_("{by} har givet dig sagen {case}.")
    title = words(
        said,
        by=escaped(handed.by or words(_SOMEBODY)),
        case=escaped(handed.reference),
        former=escaped(handed.former),
    )
    blocks: list[Block] = [section(f":handshake: *{title}*", "received")]
    ahead = sorted(
        (one for one in handed.steps if one.due and one.state in _AHEAD),
        key=lambda one: str(one.due),
    )
    if ahead:
        lines = [
            words(N_("• {day}: {title}"), day=on_day(one.due, words), title=words(one.title))
            for one in ahead[:3]
            if one.due
        ]
        said = words(N_("Det næste i sagen:"))
        blocks.append(section(escaped("\n".join([said, *lines])), "next"))
    hint = N_("Det, der ikke er markeret som udført, kommer til dig. Dine sager står under *Hjem*.")
    blocks.append(context(words(hint), "hint"))
    return Card(title, tuple(blocks))


def given_card(handed: Handed, words: Words) -> Card:
    """For the one who had it, where somebody else gave it away."""
    title = words(
        N_("{by} har givet sagen {case} videre til {to}. Du får ikke flere opfølgninger på den."),
        by=escaped(handed.by or words(_SOMEBODY)),
        case=escaped(handed.reference),
        to=escaped(handed.to),
    )
    return Card(title, (section(f":handshake: {title}", "given"),))
