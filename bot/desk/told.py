"""What the page after a change says: the address carries a sentence's name, never its words."""

from __future__ import annotations

from messages.tables import N_

TOLD = {
    "udfoert": N_("Trinnet er markeret som udført."),
    "var-udfoert": N_("Trinnet var allerede udført. Intet er ændret."),
    "udsat": N_("Trinnet er udsat."),
    "begyndt": N_("Opfølgningen er begyndt."),
    "datoer": N_("Datoerne er gemt, og trinene er flyttet med."),
    "afsluttet": N_("Opfølgningen er afsluttet."),
    "nyt-forloeb": N_("Opfølgningen er afsluttet, og den næste plan er begyndt."),
}
