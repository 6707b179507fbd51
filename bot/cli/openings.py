"""`brobygger openings`: the shared list of internship and job openings."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import click

from bot.actions import openings as actions
from bot.actions.openings import NewOpening
from bot.people import Actor, at_the_terminal
from messages.errors import Problem
from messages.tables import N_
from scheduler.cases import read_date
from scheduler.openings import Opening

if TYPE_CHECKING:
    from bot.cli.main import Shell

_count = click.option("--count", default=1, help=N_("Hvor mange pladser."))


@click.group(help=N_("Ledige praktik- og jobpladser: en fælles liste."))
def openings() -> None:
    pass


@openings.command("add", help=N_("Sæt en åbning på listen."))
@click.option("--company", required=True, help=N_("Virksomheden."))
@click.option("--place", required=True, help=N_("Hvor det er."))
@click.option("--trade", required=True, help=N_("Hvilket arbejde."))
@click.option("--places", default=1, help=N_("Hvor mange pladser."))
@click.option("--until", required=True, metavar="DATO", help=N_("Sidste dag på listen."))
@click.option("--who", default="", help=N_("Hvem man spørger, et id under [people]."))
@click.pass_obj
def add(
    shell: Shell, *, company: str, place: str, trade: str, places: int, until: str, who: str
) -> None:
    request = NewOpening(company, place, trade, places, _day(until), who)
    _show(shell, actions.add_opening(_actor(shell), request, shell.app, shell.now))


@openings.command("list", help=N_("Vis listen, som den er i dag."))
@click.option("--json", "as_json", is_flag=True, help=N_("Som JSON."))
@click.pass_obj
def list_all(shell: Shell, *, as_json: bool) -> None:
    found = actions.list_openings(_actor(shell), shell.app, shell.today)
    if as_json:
        click.echo(json.dumps([_json(one) for one in found], ensure_ascii=False, indent=1))
        return
    for one in found:
        _show(shell, one)
    if not found:
        click.echo(shell.words(N_("Ingen åbninger. Sæt en på med brobygger openings add --help.")))


@openings.command("reserve", help=N_("Reservér pladser; et tal under nul giver dem tilbage."))
@click.argument("number", metavar="NR")
@_count
@click.pass_obj
def reserve(shell: Shell, number: str, *, count: int) -> None:
    actor = _actor(shell)
    _show(shell, actions.reserve_opening(actor, number, shell.app, shell.now, count=count))


@openings.command("fill", help=N_("Besæt pladser."))
@click.argument("number", metavar="NR")
@_count
@click.option("--reserved", is_flag=True, help=N_("Det er reserverede pladser, der besættes."))
@click.pass_obj
def fill(shell: Shell, number: str, *, count: int, reserved: bool) -> None:
    filled = actions.fill_opening(
        _actor(shell), number, shell.app, shell.now, count=count, reserved=reserved
    )
    _show(shell, filled)


@openings.command("close", help=N_("Tag en åbning af listen."))
@click.argument("number", metavar="NR")
@click.pass_obj
def close(shell: Shell, number: str) -> None:
    closed = actions.close_opening(_actor(shell), number, shell.app, shell.now)
    click.echo(shell.words(N_("{company} er taget af listen."), company=closed.company))


def _show(shell: Shell, one: Opening) -> None:
    said = N_(
        "{id}  {company}, {place}: {trade}. Ledige {left} af {places}, reserveret {reserved}, "
        "besat {filled}. Til {until}. Spørg {who}."
    )
    who = shell.app.config.people.name_of(one.who)
    values = {**_json(one), "who": who, "until": f"{one.until:%d.%m.%Y}"}
    click.echo(shell.words(said, **values))


def _json(one: Opening) -> dict[str, object]:
    return {
        "id": one.id,
        "company": one.company,
        "place": one.place,
        "trade": one.trade,
        "places": one.places,
        "reserved": one.reserved,
        "filled": one.filled,
        "left": one.left,
        "until": one.until.isoformat(),
        "who": one.who,
    }


def _day(text: str) -> date:
    return read_date(text, Problem(N_("Slutdagen")))


def _actor(shell: Shell) -> Actor:
    return at_the_terminal(shell.app.config.language)
