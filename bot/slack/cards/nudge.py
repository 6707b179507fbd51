"""The nudge card: one follow-up, its case, what it takes, and what can be done with it."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from bot.slack.cards.blocks import Block, Card, button, buttons, context, menu, overflow, section
from bot.slack.cards.days import plain_day, plain_time
from bot.slack.markup import clipped, escaped
from bot.words import Words
from messages.tables import N_
from scheduler.nudges import Nudge, NudgeState

DONE, LATER, MORE, SHEET = "nudge_done", "nudge_later", "nudge_more", "nudge_sheet"
GLUE = "|"
"""Between what was chosen and the nudge that it is about, in the value of a choice."""


class Later(StrEnum):
    """How far a step is put off; `day` asks for a date."""

    HOUR = "hour"
    TOMORROW = "tomorrow"
    NEXT_WEEK = "next_week"
    DAY = "day"


class More(StrEnum):
    """What stands in the overflow menu."""

    SHEET = "sheet"
    PROBLEM = "problem"
    HAND = "hand"
    STOP = "stop"


_LATER = {
    Later.HOUR: N_("1 time"),
    Later.TOMORROW: N_("I morgen"),
    Later.NEXT_WEEK: N_("Næste uge"),
    Later.DAY: N_("En anden dag …"),
}
_MORE = {
    More.SHEET: N_("Lav et ark til borgeren …"),
    More.PROBLEM: N_("Der er et problem …"),
    More.HAND: N_("Giv sagen videre …"),
    More.STOP: N_("Stop sagens opfølgning …"),
}


def nudge_card(
    nudge: Nudge,
    words: Words,
    *,
    handouts: tuple[tuple[str, str], ...] = (),
    link: str = "",
    done_by: str = "",
    put_off_by: str = "",
    handed_to: str = "",
) -> Card:
    """The follow-up as a message. handouts: id and title of the sheets that help; link: where the
    case opens in the case system, or empty; done_by: the name of who did it, once it is done;
    put_off_by: of who has just put it off; handed_to: of who has just been given the case.
    """
    title = escaped(words(nudge.title))
    case = escaped(nudge.case)
    heading = words(N_("*{title}*\nSag {case}"), title=title, case=_linked(case, link))
    blocks = [
        section(heading, "nudge"),
        *([section(clipped(escaped(words(nudge.text)), 2_000), "text")] if nudge.text else []),
        *_notes(nudge, words, handouts),
        *_ending(nudge, words, handouts, _Ending(done_by, put_off_by, handed_to)),
    ]
    text = words(N_("Opfølgning: {title} (sag {case})"), title=title, case=case)
    if nudge.state is NudgeState.DONE:
        text = words(N_("Udført: {title} (sag {case})"), title=title, case=case)
    return Card(text, tuple(blocks))


def _notes(nudge: Nudge, words: Words, handouts: tuple[tuple[str, str], ...]) -> Iterator[Block]:
    if handouts:
        sheets = escaped(", ".join(title for _, title in handouts))
        yield context(words(N_("Ark til samtalen: {sheets}"), sheets=sheets), "sheets")
    plan = escaped(words(nudge.plan_title))
    if nudge.due:
        yield context(f"{plan} · {plain_day(nudge.due)}", "plan")
    else:
        yield context(plan, "plan")


class _Ending(NamedTuple):
    """Names: who did it, who put it off, who has been given the case."""

    done: str
    put_off: str
    given: str


def _ending(
    nudge: Nudge,
    words: Words,
    handouts: tuple[tuple[str, str], ...],
    who: _Ending,
) -> Iterator[Block]:
    if nudge.state is NudgeState.STOPPED:
        yield context(words(N_("Forløbet er stoppet.")), "ending")
    elif nudge.state is NudgeState.DONE:
        yield context(_done(nudge, words, who.done), "ending")
    elif who.given:
        said = N_(":handshake: Sagen er givet videre til {who}")
        yield context(words(said, who=escaped(who.given)), "ending")
    elif who.put_off and nudge.due:
        said = N_(":hourglass_flowing_sand: Udsat til {day} kl. {time} af {who}")
        when = {"day": plain_day(nudge.due), "time": plain_time(nudge.due)}
        yield context(words(said, **when, who=escaped(who.put_off)), "ending")
    else:
        yield step_choices(nudge, words)
        if handouts:
            yield _sheets(handouts, words)


def step_choices(nudge: Nudge, words: Words, number: int = 0) -> Block:
    """Few buttons, in the order of use; what is rare lies in the menu. `number` tells the steps
    of one message apart, 0 where there is one."""
    tail = f":{number}" if number else ""
    return buttons(
        button(
            words(N_("Udført")),
            DONE + tail,
            nudge.id,
            style="primary",
            about=f"{words(nudge.title)}, {nudge.case}",
        ),
        menu(
            words(N_("Udsæt …")),
            LATER + tail,
            [(f"{how}{GLUE}{nudge.id}", words(said)) for how, said in _LATER.items()],
        ),
        overflow(
            MORE + tail,
            [
                (f"{what}{GLUE}{nudge.id}", words(said))
                for what, said in _MORE.items()
                if what is not More.SHEET or nudge.handouts
            ],
        ),
        block_id=f"choices{number}" if number else "ending",
    )


def _sheets(handouts: tuple[tuple[str, str], ...], words: Words) -> Block:
    """A button for each sheet; the language is asked for in the form, each time."""
    return buttons(
        *(
            button(words(N_("Lav ark: {title}"), title=title), f"{SHEET}:{number}", topic)
            for number, (topic, title) in enumerate(handouts[:3], start=1)
        ),
        block_id="sheets_to_make",
    )


def _done(nudge: Nudge, words: Words, done_by: str) -> str:
    who = escaped(done_by or nudge.done_by or "?")
    if nudge.done_at is None:
        return words(N_(":white_check_mark: Udført af {who}"), who=who)
    return words(
        N_(":white_check_mark: Udført af {who} den {day} kl. {time}"),
        who=who,
        day=plain_day(nudge.done_at),
        time=plain_time(nudge.done_at),
    )


def _linked(case: str, link: str) -> str:
    """The reference, opening the case system; a `link` with Slack's own signs in it is not used."""
    if not link.startswith(("https://", "http://")) or any(sign in link for sign in "<>|"):
        return case
    return f"<{escaped(link)}|{case}>"
