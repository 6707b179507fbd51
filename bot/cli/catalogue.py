"""`brobygger topics` and `brobygger languages`: what sheets there are, in which languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bot.desk.tongues import name_of
from messages.compose import sheet_sentences
from messages.tables import N_

if TYPE_CHECKING:
    from bot.cli.main import Shell
    from messages.catalogs import Catalog
    from messages.topics import Topic


@click.command(help=N_("Vis emnerne, hvad hvert spørger om, og sprogene det findes på."))
@click.pass_obj
def topics(shell: Shell) -> None:
    library, words = shell.app.library, shell.words
    titles = library.handout.get(words.language)
    for topic in library.topics.values():
        known = [code for code, catalog in library.handout.items() if _complete(topic, catalog)]
        title = titles.text(topic.title) if titles else topic.title
        click.echo(f"{topic.id:24} {title}  [{' '.join(known)}]")
        for fact in topic.facts:
            mark = "*" if fact.required else " "
            click.echo(f"   {mark} {fact.key:20} {words(fact.label)} ({fact.example})")
    click.echo(words(N_("* skal skrives, når arket skal have egne tal.")))


def _complete(topic: Topic, catalog: Catalog) -> bool:
    return all(catalog.has(sentence) for sentence in sheet_sentences(topic))


@click.command(help=N_("Vis sprogene, og hvor langt hvert er."))
@click.pass_obj
def languages(shell: Shell) -> None:
    library = shell.app.library
    sentences = {
        sentence for topic in library.topics.values() for sentence in sheet_sentences(topic)
    }
    for code, language in library.languages.items():
        catalog = library.handout.get(code)
        words = sum(catalog.has(sentence) for sentence in sentences) if catalog else 0
        reviewed = sum(catalog.is_reviewed(sentence) for sentence in sentences) if catalog else 0
        state = shell.words(
            N_("{words} af {all} sætninger, {reviewed} godkendt"),
            words=words,
            all=len(sentences),
            reviewed=reviewed,
        )
        name = name_of(language, shell.words.language)
        click.echo(f"{code:6} {name:20} {language.name_own:20} {state}")
