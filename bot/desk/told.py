"""What the page after a change says: the address carries a sentence's name, never its words."""

from __future__ import annotations

from collections.abc import Mapping

from bot.words import Words
from messages.tables import N_

TOLD = {
    "udfoert": N_("Trinnet er markeret som udført."),
    "var-udfoert": N_("Trinnet var allerede udført. Intet er ændret."),
    "udsat": N_("Trinnet er udsat."),
    "begyndt": N_("Opfølgningen er begyndt."),
    "datoer": N_("Datoerne er gemt, og trinene er flyttet med."),
    "afsluttet": N_("Opfølgningen er afsluttet."),
    "nyt-forloeb": N_("Opfølgningen er afsluttet, og den næste plan er begyndt."),
    "problem": N_("Problemet er meldt, og dem, der kan handle, har fået besked."),
    "var-meldt": N_("Problemet var allerede meldt. Intet er ændret."),
    "plads": N_("Listen er opdateret."),
}


def told_by(query: Mapping[str, str], words: Words) -> str:
    """The sentence that the address asks for, or nothing."""
    sentence = TOLD.get(query.get("nyt", ""), "")
    return words(sentence) if sentence else ""
