"""`brobygger guidelines add / list / remove / check`."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.actions import guidelines as actions
from bot.answers.documents import Facts, read_facts
from bot.answers.opening import open_index
from bot.answers.reply import Kind
from bot.people import at_the_terminal
from messages.tables import N_

if TYPE_CHECKING:
    from bot.cli.main import Shell


@click.group(help=N_("Retningslinjer: tilføj, vis, fjern og tjek."))
def guidelines() -> None:
    pass


@guidelines.command(help=N_("Tilføj filer: tekst, Markdown, PDF eller Word."))
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--title", default="", help=N_("Titlen, som den vises i svar."))
@click.option("--source", default="", help=N_("Hvor teksten kommer fra."))
@click.option("--kind", default="", help=N_("law, local rule eller experience."))
@click.option("--years", "data_years", default="", help=N_("De år, tallene er fra."))
@click.option("--valid-from", default="", help=N_("Gælder fra, f.eks. 2026-03-02."))
@click.option("--valid-to", default="", help=N_("Gælder til og med, f.eks. 2027-03-01."))
@click.option("--owner", default="", help=N_("Hvem der holder teksten ved lige."))
@click.option("--review-by", default="", help=N_("Hvornår den skal ses igennem."))
@click.pass_obj
def add(shell: Shell, /, files: tuple[Path, ...], **given: str) -> None:
    facts = read_facts(given, "guidelines add")
    index = open_index(shell.app.config)
    for one in actions.add(at_the_terminal(), files, facts, index):
        click.echo(_told(shell, one))


@guidelines.command(name="list", help=N_("Alle retningslinjer med nummer, type og ejer."))
@click.option("--json", "as_json", is_flag=True, help=N_("Listen som JSON."))
@click.pass_obj
def listing(shell: Shell, as_json: bool) -> None:
    found = actions.listed(open_index(shell.app.config))
    if as_json:
        click.echo(json.dumps([_record(one) for one in found], ensure_ascii=False, indent=1))
        return
    for one in found:
        kind = "" if one.facts.kind is Kind.UNKNOWN else one.facts.kind.value
        parts = (one.facts.title, kind, one.facts.data_years, one.facts.owner, one.origin)
        click.echo(f"{one.id:4}  {' · '.join(part for part in parts if part)}")


@guidelines.command(help=N_("Fjern den retningslinje, der har dette nummer."))
@click.argument("number", type=int)
@click.pass_obj
def remove(shell: Shell, number: int) -> None:
    name = actions.remove(at_the_terminal(), number, open_index(shell.app.config))
    click.echo(shell.words(N_("{name} er fjernet."), name=name))


@guidelines.command(help=N_("Hvad der mangler en ejer eller en dato, og hvad der er udløbet."))
@click.pass_obj
def check(shell: Shell) -> None:
    findings = actions.check(open_index(shell.app.config), shell.today)
    for finding in findings:
        click.echo(f"{finding.id:4}  {finding.name}: {shell.words.problem(finding.what)}")
    if not findings:
        click.echo(shell.words(N_("Alle retningslinjer har en ejer og en dato for gennemsyn.")))


def _told(shell: Shell, one: actions.Added) -> str:
    words = shell.words
    lines = [
        words(
            N_("{name} er opdateret: {count} afsnit.")
            if one.replaced
            else N_("{name} er tilføjet: {count} afsnit."),
            name=one.name,
            count=one.passages,
        )
    ]
    if one.scanned:
        lines.append(
            words(
                N_(
                    "Teksten er en scanning med fejl i æ, ø og å. {share} ud af 100 ord er rettet, "
                    "og svar derfra bliver mærket “fra scannet dokument”."
                ),
                share=round(one.restored * 100),
            )
        )
    lines += [
        words(N_("Den ligner {other} meget. Behold kun den ene."), other=other)
        for other in one.resembles
    ]
    return "\n".join(lines)


def _record(one: actions.Listed) -> dict[str, object]:
    record: dict[str, object] = {
        "id": one.id,
        "name": one.name,
        "origin": one.origin,
        "scanned": one.scanned,
    }
    for field in fields(Facts):
        value = getattr(one.facts, field.name)
        record[field.name] = str(value) if value else None
    return record
