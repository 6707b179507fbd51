"""`brobygger pack`: several topics and languages with one adult's numbers, in one PDF."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.actions.family_packs import PackRequest, make_pack, pack_topics
from bot.cli.handout import day_of, facts_of
from bot.errors import BotError
from bot.people import at_the_terminal
from bot.whole_file import write_whole
from messages.family_pack import asked_once, family_pack
from messages.tables import N_

if TYPE_CHECKING:
    from bot.cli.main import Shell
    from messages.topics import Topic


@click.command(help=N_("Lav en familiepakke: flere ark i én PDF, med én voksens tal."))
@click.argument("topics", nargs=-1, required=True, metavar="TOPIC…")
@click.option("--lang", "languages", multiple=True, help=N_("Et sprog; skriv --lang flere gange."))
@click.option("--bilingual", is_flag=True, help=N_("Dansk ved siden af borgerens sprog."))
@click.option("--script", is_flag=True, help=N_("Til samtalen: med et spørgsmål til hvert trin."))
@click.option("--large", is_flag=True, help=N_("Større skrift."))
@click.option(
    "--set", "settings", multiple=True, help=N_("Et tal til arkene, f.eks. --set gross=24500.")
)
@click.option("--date", "on", help=N_("Dagen arket gælder for, f.eks. 2026-03-02."))
@click.option(
    "-o", "output", required=True, type=click.Path(path_type=Path), help=N_("Filen, en .pdf.")
)
@click.pass_obj
def pack(
    shell: Shell,
    /,
    *,
    topics: tuple[str, ...],
    languages: tuple[str, ...],
    settings: tuple[str, ...],
    on: str | None,
    output: Path,
    **options: bool,
) -> None:
    if output.suffix.lower() != ".pdf":
        raise BotError("En familiepakke er en PDF. Skriv f.eks. -o familiepakke.pdf.")
    config, library = shell.app.config, shell.app.library
    facts = _spread(facts_of(settings), pack_topics(topics, library))
    sheets = make_pack(
        at_the_terminal(),
        PackRequest(topics, languages or ("da",), facts, **options),
        library,
        day_of(on) or shell.today,
        reviewed_only=config.reviewed_only,
        site=config.site,
        contacts=config.contacts.values(),
    )
    title = shell.words(N_("Familiepakke"))
    write_whole(output, family_pack(sheets, library, title, shell.words.language))
    said = N_("{count} ark i {file}.")
    click.echo(shell.words(said, count=len(sheets), file=output))


def _spread(facts: dict[str, str], topics: tuple[Topic, ...]) -> dict[str, str]:
    """A key is said once: it holds for every topic that asks for it, in whatever words, unless
    TOPIC.KEY says otherwise."""
    asked = asked_once(topics)
    return facts | {
        one.name: facts[one.fact.key]
        for one in asked
        if one.fact.key in facts and one.name not in facts
    }
