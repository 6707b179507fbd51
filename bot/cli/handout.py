"""`brobygger handout`: one sheet into one file, its format chosen by the file's suffix."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.actions.handouts import HandoutRequest, make_handout, rendered
from bot.desk.tongues import name_of
from bot.errors import BotError
from bot.people import at_the_terminal
from bot.whole_file import write_whole
from messages.dates import parse_date
from messages.document import Document
from messages.formats import suffix_of
from messages.tables import N_

if TYPE_CHECKING:
    from bot.cli.main import Shell


@click.command(help=N_("Lav et ark til en borger: emne, sprog og egne tal."))
@click.argument("topic")
@click.option(
    "--lang", default="da", help=N_("Sproget, f.eks. ar. “brobygger languages” viser alle.")
)
@click.option("--bilingual", is_flag=True, help=N_("Dansk ved siden af borgerens sprog."))
@click.option("--script", is_flag=True, help=N_("Til samtalen: med et spørgsmål til hvert trin."))
@click.option(
    "--set", "settings", multiple=True, help=N_("Et tal til arket, f.eks. --set gross=24500.")
)
@click.option("--year", type=int, help=N_("Årets satser, f.eks. 2026."))
@click.option("--date", "on", help=N_("Dagen arket gælder for, f.eks. 2026-03-02."))
@click.option("--large", is_flag=True, help=N_("Større skrift."))
@click.option("--allow-draft", is_flag=True, help=N_("Også når ingen har tjekket oversættelsen."))
@click.option(
    "-o",
    "output",
    required=True,
    type=click.Path(path_type=Path),
    help=N_("Filen: .pdf .png .phone.png .html .txt .sms.txt eller .json."),
)
@click.pass_obj
def handout(
    shell: Shell,
    /,
    *,
    topic: str,
    lang: str,
    settings: tuple[str, ...],
    on: str | None,
    output: Path,
    **options: bool | int | None,
) -> None:
    suffix = suffix_of(output.name)
    request = HandoutRequest(
        topic,
        lang,
        facts_of(settings),
        **options,  # type: ignore[arg-type]  # click hands each option by its name and type
    )
    library = shell.app.library
    document = make_handout(
        at_the_terminal(),
        request,
        library,
        day_of(on) or shell.today,
        reviewed_only=shell.app.config.reviewed_only,
        site=shell.app.config.site,
        contacts=shell.app.config.contacts.values(),
    )
    write_whole(output, rendered(document, library, output.name))
    click.echo(str(output))
    _remark(shell, document, suffix)


def facts_of(settings: tuple[str, ...]) -> dict[str, str]:
    """`("gross=24500",)` as facts; raises BotError for one without a name or said twice."""
    facts: dict[str, str] = {}
    for setting in settings:
        key, equals, value = setting.partition("=")
        if not equals or not key.strip() or not value.strip():
            raise BotError(
                "“{setting}” er ikke NAVN=VÆRDI. Skriv f.eks. --set gross=24500.",
                setting=setting[:40],
            )
        if key.strip() in facts:
            raise BotError("{key} er skrevet to gange. Skriv kun ét tal.", key=key.strip()[:40])
        facts[key.strip()] = value.strip()
    return facts


def day_of(text: str | None) -> date | None:
    """The date that was typed, or None when none was; raises BotError when it is none."""
    if text is None:
        return None
    try:
        return parse_date(text)
    except ValueError:
        raise BotError(
            "“{text}” er ikke en dato. Skriv f.eks. --date 2026-03-02.", text=text[:40]
        ) from None


def _remark(shell: Shell, document: Document, suffix: str) -> None:
    """Tell the caseworker what the sheet owns up to, on standard error."""
    language = name_of(document.language, shell.words.language)
    if document.marks.draft:
        said = N_("Ingen har tjekket oversættelsen til {language} endnu. Det står på arket.")
        click.echo(shell.words(said, language=language), err=True)
    if document.marks.untranslated:
        said = N_("{count} sætninger er ikke oversat til {language} og står på dansk.")
        words = shell.words(said, count=document.marks.untranslated, language=language)
        click.echo(words, err=True)
    if suffix == ".sms.txt":
        from messages.page_text import sms

        message = sms(document)
        said = N_("{parts} sms'er med op til {length} tegn i hver.")
        click.echo(shell.words(said, parts=message.parts, length=message.part_length), err=True)
