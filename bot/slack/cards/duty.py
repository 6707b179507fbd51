"""An administrator's part of the App Home: how the system does, and what could not be delivered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.actions.dead_letters import Undelivered
from bot.actions.health import Health
from bot.arrivals.undelivered import what, why
from bot.slack.cards.blocks import (
    Block,
    asks_first,
    button,
    buttons,
    context,
    divider,
    header,
    section,
)
from bot.slack.cards.days import on_day, plain_time
from bot.slack.markup import clipped, escaped
from bot.words import Words
from messages.tables import N_

RETRY, PUT_AWAY = "post_retry", "post_put_away"
MOST_LETTERS = 8
_CHANNELS = ("C", "G")


def health_blocks(found: Health, words: Words) -> Iterator[Block]:
    """What waits and what is missing; a good day is one line."""
    yield divider()
    yield header(words(N_("Drift")))
    lines = [
        words(N_("Afsnit at svare ud fra: {count}"), count=found.passages),
        words(N_("venter på svar fra botten: {count}"), count=found.arrived),
        words(N_("venter på at blive sendt: {count}"), count=found.ready),
    ]
    wrong = [words(N_("Satser mangler for {year}"), year=year) for year in found.missing_rates]
    if found.unreachable:
        names = ", ".join(found.unreachable[:20])
        wrong.append(words(N_("Har intet Slack-id i config.toml: {names}"), names=names))
    if not found.passages:
        wrong.append(words(N_("Der er ingen vejledninger at svare ud fra.")))
    sign = ":warning:" if wrong else ":white_check_mark:"
    said = " · ".join(lines)
    listed = "\n".join(f"• {one}" for one in wrong)
    yield section(f"{sign} {clipped(escaped(said), 1_000)}", "health")
    if wrong:
        yield section(clipped(escaped(listed), 1_500), "health_wrong")


def letter_blocks(letters: Sequence[tuple[Undelivered, str]], words: Words) -> Iterator[Block]:
    """Each message that could not be delivered, with the name of whom it was for."""
    if not letters:
        return
    yield divider()
    yield header(words(N_("Beskeder, der ikke kunne leveres")))
    for letter, whom in letters[:MOST_LETTERS]:
        yield from _letter(letter, whom, words)
    left = len(letters) - MOST_LETTERS
    if left > 0:
        yield context(words(N_("… og {count} mere"), count=left), "letters_left")


def _letter(letter: Undelivered, whom: str, words: Words) -> Iterator[Block]:
    to = escaped(whom)
    if whom == letter.to and whom.startswith(_CHANNELS) and whom.isalnum():
        to = f"<#{whom}>"
    said = words(N_("*{what}* til {whom}"), what=escaped(what(letter.kind, words)), whom=to)
    if letter.since:
        day, time = on_day(letter.since, words), plain_time(letter.since)
        said += words(N_(" · {day} kl. {time}"), day=escaped(day), time=time)
    reason = escaped(why(letter.problem, words))
    if letter.overtaken:
        reason += " " + words(N_("Opfølgningen er gået en anden vej i stedet."))
    yield section(f"{said}\n{clipped(reason, 600)}", f"letter_{letter.id}")
    about = f"{what(letter.kind, words)}, {whom}"
    away = button(words(N_("Læg væk")), f"{PUT_AWAY}:{letter.id}", letter.id, about=about)
    made = [
        asks_first(
            away,
            words(N_("Læg beskeden væk?")),
            words(N_("Den bliver aldrig sendt, og det, der stod i den, slettes.")),
            words(N_("Læg væk")),
            words(N_("Fortryd")),
        )
    ]
    if not letter.overtaken:
        made.insert(
            0, button(words(N_("Prøv igen")), f"{RETRY}:{letter.id}", letter.id, about=about)
        )
    yield buttons(*made, block_id=f"letter_do_{letter.id}")
