"""`brobygger settings`: what a colleague chose for herself, seen and changed from the terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, time
from typing import TYPE_CHECKING

import click

from bot.actions.settings import Kind, choose, settings_of
from bot.cli.followup_rows import day_of, name
from bot.errors import Refused
from bot.people import at_the_terminal
from bot.stores.preferences import Preferences
from messages.errors import Problem
from messages.tables import N_, did_you_mean
from scheduler.cases import read_date

if TYPE_CHECKING:
    from bot.cli.main import Shell

_HOURS = re.compile(r"((?:[01]\d|2[0-3]):[0-5]\d)-((?:[01]\d|2[0-3]):[0-5]\d)", re.ASCII)
_YES_NO = {"yes": True, "no": False}
_LANGUAGES = {"da": N_("dansk"), "en": N_("engelsk")}
_person = click.argument("person", required=False, default="")


@click.group(help=N_("En medarbejders egne valg: stilletid, fravær, sprog, morgenbesked."))
def settings() -> None:
    pass


@settings.command("show", help=N_("Vis, hvad en medarbejder har valgt."))
@_person
@click.pass_obj
def show(shell: Shell, person: str) -> None:
    actor = at_the_terminal(shell.app.config.language)
    _tell(shell, settings_of(actor, shell.app, person=_whose(shell, person)))


@settings.command("set", help=N_("Ændr en medarbejders valg. Det, der ikke nævnes, står."))
@_person
@click.option("--quiet", default="", metavar="FRA-TIL", help=N_("Ingen beskeder: 12:00-13:00."))
@click.option(
    "--away", nargs=2, metavar="FRA TIL", help=N_("Fravær: første og sidste dag, to datoer.")
)
@click.option("--language", metavar="SPROG", help=N_("Sproget i bottens beskeder: da eller en."))
@click.option(
    "--gathered",
    metavar="yes|no",
    help=N_("Dagens trin i én morgenbesked, eller hvert for sig."),
)
@click.option(
    "--reset",
    metavar="VALG",
    multiple=True,
    help=N_("Tilbage til kommunens: quiet, away, language, gathered. Må gentages."),
)
@click.pass_obj
def change(
    shell: Shell,
    person: str,
    *,
    quiet: str,
    away: tuple[str, str] | None,
    language: str | None,
    gathered: str | None,
    reset: tuple[str, ...],
) -> None:
    wanted = Preferences(
        _whose(shell, person),
        language=language,
        quiet=_hours(quiet) if quiet else None,
        away=(_day(away[0]), _day(away[1])) if away else None,
        gathered=_YES_NO[_one_of(gathered, _YES_NO)] if gathered else None,
    )
    given = {kind for kind in Kind if getattr(wanted, kind) is not None}
    back = {Kind(_one_of(one, Kind)) for one in reset}
    if not given | back or given & back:
        raise Refused("Skriv mindst ét valg, hvert kun én gang, f.eks. --quiet 12:00-13:00.")
    actor = at_the_terminal(shell.app.config.language)
    _tell(shell, choose(actor, wanted, given | back, shell.app, shell.now))


def _whose(shell: Shell, person: str) -> str:
    """The person meant: the only one there is where none is named."""
    ids = shell.app.config.people.ids
    if not person and len(ids) != 1:
        raise Refused(
            "Skriv, hvis valg det gælder: et id under [people] i config.toml, f.eks. {example}.",
            example=ids[0] if ids else "mette",
        )
    return person or ids[0]


def _one_of(text: str, known: Iterable[str]) -> str:
    """The word that was typed. Raises Refused with the nearest."""
    words = [str(one) for one in known]
    if text not in words:
        hint = did_you_mean(text[:20], words)
        raise Refused("Valget “{text}” kendes ikke{hint}", text=text[:20], hint=hint)
    return text


def _hours(text: str) -> tuple[time, time]:
    found = _HOURS.fullmatch(text.strip())
    if not found:
        raise Refused("Stilletiden “{text}” kan ikke læses. Skriv f.eks. 12:00-13:00.", text=text)
    return time.fromisoformat(found[1]), time.fromisoformat(found[2])


def _day(text: str) -> date:
    return read_date(text, Problem(N_("Fraværsdagen")))


def _instead(shell: Shell, person: str) -> str:
    """Who gets a colleague's messages while she is away."""
    of = shell.app.config.people.get(person)
    return name(shell, of.backup) if of and of.backup else shell.words(N_("en leder"))


def _tell(shell: Shell, chosen: Preferences) -> None:
    """Every choice on its line, and what counts where none was made."""
    words, hours = shell.words, shell.app.config.hours
    usual = words(N_("som kommunen"))
    away = words(N_("ingen"))
    if chosen.away:
        said = N_("fra {first} til og med {last}; {who} får beskederne")
        first, last = (day_of(day) for day in chosen.away)
        away = words(said, first=first, last=last, who=_instead(shell, chosen.person))
    quiet = words(N_("ingen ud over kontortiden"))
    if chosen.quiet:
        quiet = f"{chosen.quiet[0]:%H:%M}-{chosen.quiet[1]:%H:%M}"
    language = chosen.language or shell.app.config.language
    together = hours.gathered if chosen.gathered is None else chosen.gathered
    how = N_("samlet i én morgenbesked") if together else N_("hvert trin for sig")
    lines = (
        (N_("Stilletid"), quiet, True),
        (N_("Fravær"), away, True),
        (N_("Sprog"), words(_LANGUAGES[language]), chosen.language is not None),
        (N_("Dagens trin"), words(how), chosen.gathered is not None),
    )
    click.echo(words(N_("Valg for {who}:"), who=name(shell, chosen.person)))
    for title, said, own in lines:
        click.echo(f"  {words(title)}: {said}" + ("" if own else f" ({usual})"))
