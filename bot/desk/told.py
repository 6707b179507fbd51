"""What the page after a change says: the address carries a sentence's name, never its words."""

from __future__ import annotations

from collections.abc import Mapping

from bot.words import Words
from messages.tables import N_

TOLD = {
    "udfoert": N_("Trinnet er markeret som udført."),
    "var-udfoert": N_("Trinnet var allerede udført. Intet er ændret."),
    "udsat": N_("Trinnet er udsat."),
    "udsat-time": N_("Trinnet kommer igen om en time, eller når kontoret åbner."),
    "givet-videre": N_("Sagen er givet videre."),
    "begyndt": N_("Opfølgningen er begyndt."),
    "datoer": N_("Datoerne er gemt, og trinene er flyttet med."),
    "afsluttet": N_("Opfølgningen er afsluttet."),
    "nyt-forloeb": N_("Opfølgningen er afsluttet, og den næste plan er begyndt."),
    "problem": N_("Problemet er meldt, og dem, der kan handle, har fået besked."),
    "var-meldt": N_("Problemet var allerede meldt. Intet er ændret."),
    "sendt-videre": N_("Spørgsmålet er sendt til dem, der ejer vejledningen."),
    "besvaret": N_("Svaret er gemt som en vejledning og bruges fra nu af."),
    "lagt-vaek": N_("Spørgsmålet er lagt væk."),
    "vejledning-fjernet": N_("Vejledningen er fjernet og bruges ikke mere."),
    "laest": N_("Gennemsynet er gemt."),
    "laest-aendret": N_(
        "Gennemsynet er gemt, men noget af teksten er ændret, siden du læste den. Læs den igen."
    ),
    "plads": N_("Listen er opdateret."),
}


def told_by(query: Mapping[str, str], words: Words) -> str:
    """The sentence that the address asks for, or nothing."""
    sentence = TOLD.get(query.get("nyt", ""), "")
    return words(sentence) if sentence else ""
