"""The form of a colleague's own choices. Pure."""

from __future__ import annotations

from bot.slack.cards.blocks import Block
from bot.slack.cards.fields import View, clock, day, form, radios
from bot.stores.preferences import Preferences
from bot.words import Words
from messages.tables import N_

SETTINGS = "settings"
USUAL = "usual"

_LANGUAGES = ((USUAL, N_("Kommunens")), ("da", "Dansk"), ("en", "English"))
_GATHERED = (
    (USUAL, N_("Som kommunen har valgt")),
    ("yes", N_("Samlet i én besked om morgenen")),
    ("no", N_("Hver for sig")),
)


def settings_form(chosen: Preferences, words: Words) -> View:
    """What is chosen now; an empty field is the municipality's choice."""
    quiet, away = chosen.quiet, chosen.away
    gathered = {None: USUAL, True: "yes", False: "no"}[chosen.gathered]
    languages = [(code, words(name)) for code, name in _LANGUAGES]
    ways = [(value, words(said)) for value, said in _GATHERED]
    blocks: list[Block] = [
        radios("language", words(N_("Sprog")), languages, chosen=chosen.language or USUAL),
        radios("gathered", words(N_("Opfølgninger")), ways, chosen=gathered),
        clock("quiet_from", words(N_("Ingen beskeder fra kl.")), at=quiet[0] if quiet else None),
        clock("quiet_to", words(N_("Ingen beskeder til kl.")), at=quiet[1] if quiet else None),
        day(
            "away_from",
            words(N_("Fravær fra")),
            hint=words(N_("Din stedfortræder får dine opfølgninger imens.")),
            optional=True,
            on=away[0].isoformat() if away else "",
        ),
        day(
            "away_to",
            words(N_("Fravær til og med")),
            optional=True,
            on=away[1].isoformat() if away else "",
        ),
    ]
    title = words(N_("Indstillinger"))
    return form(SETTINGS, title, blocks, words, submit=words(N_("Gem")))
