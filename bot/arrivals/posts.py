"""Posts as Slack shows them: the morning message, alarms, the weekly list, dead letters. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from bot.arrivals.undelivered import what, why
from bot.slack.cards.blocks import Block, Card, button, buttons, context, section
from bot.slack.cards.days import plain_day, plain_time
from bot.slack.cards.nudge import DONE, step_choices
from bot.slack.markup import clipped, escaped
from bot.words import Words
from messages.tables import N_
from scheduler.nudges import Nudge, NudgeState
from scheduler.openings import Opening
from scheduler.problems import KINDS, OFFERS, Trouble
from scheduler.store_outbox import DeadLetter

TAKE = "problem_take"
LATE = N_("Denne besked kommer for sent, fordi Brobygger var standset.")
_LISTED = 40
_MOST_WITH_BUTTONS = 20


def morning_card(nudges: Sequence[Nudge], words: Words, name: Callable[[str], str]) -> Card:
    """A person's steps in one message, each with its button or with what became of it."""
    title = words(N_("Dine opfølgninger i dag: {count}"), count=len(nudges))
    blocks: list[Block] = [section(f"*{title}*", "morning")]
    for number, nudge in enumerate(nudges, start=1):
        blocks += _step(nudge, number, words, name, room=len(nudges) <= _MOST_WITH_BUTTONS)
    return Card(title, tuple(blocks))


def trouble_card(trouble: Trouble, words: Words, name: Callable[[str], str]) -> Card:
    """The alarm: which case, what about, what may be offered, and the button to take it."""
    kind = KINDS[trouble.category]
    values = {
        "case": escaped(trouble.case),
        "kind": escaped(words(kind.title)),
        "who": escaped(name(trouble.reported_by)),
    }
    text = words(N_("Der er et problem i sag {case}: {kind}"), **values)
    offers = ", ".join(words(OFFERS[offer]) for offer in kind.offers)
    blocks = [
        section(f":warning: *{text}*", "trouble"),
        section(words(N_("I kan tilbyde: {offers}."), offers=escaped(offers)), "offers"),
        context(words(N_("Meldt af {who}. Der følges op næste arbejdsdag."), **values), "reported"),
    ]
    if trouble.taken_by:
        said = words(N_(":raising_hand: Taget af {who}"), who=escaped(name(trouble.taken_by)))
        blocks.append(context(said, "ending"))
    else:
        taking = button(words(N_("Jeg tager den")), TAKE, trouble.id, style="primary")
        blocks.append(buttons(taking, block_id="ending"))
    return Card(text, tuple(blocks))


def untaken_card(trouble: Trouble, words: Words, name: Callable[[str], str]) -> Card:
    """What a leader is told when nobody took it."""
    card = trouble_card(trouble, words, name)
    text = words(
        N_("Ingen har taget problemet i sag {case} ({kind}). Ansvarlig: {owner}."),
        case=escaped(trouble.case),
        kind=escaped(words(KINDS[trouble.category].title)),
        owner=escaped(name(trouble.owner)),
    )
    return Card(text, (section(f":rotating_light: *{text}*", "untaken"), *card.blocks[1:]))


def openings_card(openings: Sequence[Opening], words: Words, name: Callable[[str], str]) -> Card:
    """The shared list, one line an opening."""
    title = words(N_("Ledige praktik- og jobpladser: {count}"), count=len(openings))
    lines = [_opening_line(opening, words, name) for opening in openings[:_LISTED]]
    blocks: list[Block] = [section(f"*{title}*", "openings")]
    for number, line in enumerate(lines, start=1):
        blocks.append(section(line, f"opening{number}"))
    if len(openings) > _LISTED:
        more = words(N_("… og {count} til"), count=len(openings) - _LISTED)
        blocks.append(context(more, "more"))
    return Card(title, tuple(blocks))


def dead_letters_card(dead: Sequence[DeadLetter], words: Words, whom: Callable[[str], str]) -> Card:
    """What could not be delivered, for an administrator: whom to and why, never what it said."""
    title = words(N_("Beskeder, der ikke kunne leveres: {count}"), count=len(dead))
    lines = [
        words(
            N_("• *{what}* til {whom}: {why}"),
            what=what(one.kind, words),
            whom=escaped(whom(one.to)),
            why=escaped(why(one.problem, words)),
        )
        for one in dead[:20]
    ]
    blocks = [section(f"*{title}*", "dead"), section(clipped("\n".join(lines), 2_500), "letters")]
    hint = N_("Ret det, og åbn så *Hjem* her i Brobygger: der kan de prøves igen eller lægges væk.")
    return Card(title, (*blocks, context(words(hint), "home")))


def _step(
    nudge: Nudge, number: int, words: Words, name: Callable[[str], str], *, room: bool
) -> Iterator[Block]:
    """A step with its line of buttons; where there are too many, each has only the first."""
    block_id = f"step{number}"
    heading = words(
        N_("*{title}*\nSag {case} · {plan}"),
        title=escaped(words(nudge.title)),
        case=escaped(nudge.case),
        plan=escaped(words(nudge.plan_title)),
    )
    said = ""
    if nudge.state is NudgeState.DONE:
        who = escaped(name(nudge.done_by or ""))
        said = words(N_(":white_check_mark: Udført af {who}"), who=who)
    elif nudge.state is NudgeState.STOPPED:
        said = words(N_("Forløbet er stoppet."))
    elif nudge.post is None and nudge.ts and nudge.due:
        said = words(
            N_(":hourglass_flowing_sand: Udsat til {day} kl. {time}"),
            day=plain_day(nudge.due),
            time=plain_time(nudge.due),
        )
    if said:
        yield section(f"{heading}\n{said}", block_id)
    elif room:
        yield section(heading, block_id)
        yield step_choices(nudge, words, number)
    else:
        about = f"{words(nudge.title)}, {nudge.case}"
        done = button(words(N_("Udført")), f"{DONE}:{number}", nudge.id, about=about)
        yield section(heading, block_id) | {"accessory": done}


def _opening_line(opening: Opening, words: Words, name: Callable[[str], str]) -> str:
    line = words(
        N_("*{company}*, {place}: {trade}. Ledige: {left} af {places} (reserveret {reserved}). "
           "Til {until}. Spørg {who}. Nr. {id}"),
        company=escaped(opening.company),
        place=escaped(opening.place),
        trade=escaped(opening.trade),
        left=opening.left,
        places=opening.places,
        reserved=opening.reserved,
        until=_date(opening.until),
        who=escaped(name(opening.who)),
        id=opening.id,
    )  # fmt: skip
    return clipped(line, 1_000)


def _date(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"
