"""`brobygger questions list / answer ID / dismiss ID / report`: what was asked and not answered."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.actions import question_report
from bot.actions import questions as actions
from bot.actions.question_dismissal import dismiss_question
from bot.answers.reply import Kind
from bot.cli.question_rows import question_line, question_record, report_lines, report_record
from bot.cli.usage import WrongUse
from bot.errors import BotError
from bot.people import Actor, People, at_the_terminal
from messages.tables import N_

if TYPE_CHECKING:
    from bot.cli.main import Shell

_KINDS = [Kind.LAW.value, Kind.LOCAL_RULE.value, Kind.EXPERIENCE.value]
_json = click.option("--json", "as_json", is_flag=True, help=N_("Som JSON."))


@click.group(help=N_("Spørgsmål uden svar: vis dem, besvar dem, se hvad der mangler."))
def questions() -> None:
    pass


@questions.command("list", help=N_("De spørgsmål, som retningslinjerne ikke besvarede."))
@_json
@click.pass_obj
def list_all(shell: Shell, *, as_json: bool) -> None:
    found = actions.list_open(at_the_terminal(), shell.app, shell.now)
    if as_json:
        click.echo(
            json.dumps([question_record(one) for one in found], ensure_ascii=False, indent=1)
        )
        return
    for one in found:
        click.echo(question_line(one, shell.words))
    if not found:
        click.echo(shell.words(N_("Der er ingen åbne spørgsmål.")))


@questions.command(
    help=N_("Besvar et spørgsmål: svaret bliver en retningslinje, og spørgeren får det.")
)
@click.argument("question_id", metavar="ID")
@click.argument("text", required=False)
@click.option("--file", type=click.Path(path_type=Path), help=N_("Svaret som en tekstfil."))
@click.option("--title", default="", help=N_("Retningslinjens titel; ellers spørgsmålet selv."))
@click.option("--kind", type=click.Choice(_KINDS), default="local rule", help=N_("Hvad svaret er."))
@click.option("--by", default="", help=N_("Hvem der svarer: et navn eller et id under [people]."))
@click.option("--reply-only", is_flag=True, help=N_("Svar spørgeren, men gem ingen retningslinje."))
@_json
@click.pass_obj
def answer(
    shell: Shell,
    *,
    question_id: str,
    text: str | None,
    file: Path | None,
    title: str,
    kind: str,
    by: str,
    reply_only: bool,
    as_json: bool,
) -> None:
    if (text is None) == (file is None):
        raise WrongUse(N_("Der skal stå et svar, eller en fil efter --file."))
    done = actions.answer_question(
        _author(by, shell.app.config.people),
        question_id,
        text if text is not None else _text_of(file),
        shell.app,
        shell.now,
        title=title,
        kind=Kind(kind),
        keep=not reply_only,
    )
    if as_json:
        saved = str(done.file) if done.file else None
        click.echo(json.dumps({"id": done.question.id, "file": saved, "told": done.told}))
        return
    if done.file:
        click.echo(shell.words(N_("Svaret er gemt som {file}."), file=done.file))
    click.echo(shell.words(N_("Så mange får besked i Slack: {count}."), count=done.told))


@questions.command(help=N_("Læg et spørgsmål væk uden svar: ingen får besked."))
@click.argument("question_id", metavar="ID")
@click.pass_obj
def dismiss(shell: Shell, *, question_id: str) -> None:
    gone = dismiss_question(at_the_terminal(), question_id, shell.app, shell.now)
    click.echo(shell.words(N_("Lagt væk: {question}"), question=gone.question))


@questions.command(help=N_("Hvad der spørges om, hvilke ord der mangler, og hvad der ikke hjalp."))
@_json
@click.pass_obj
def report(shell: Shell, *, as_json: bool) -> None:
    found = question_report.report(at_the_terminal(), shell.app, shell.now)
    if as_json:
        click.echo(json.dumps(report_record(found), ensure_ascii=False, indent=1))
        return
    click.echo("\n".join(report_lines(found, shell.words)))


def _author(by: str, people: People) -> Actor:
    """Who answers: whoever runs the terminal, in the name that is given."""
    person = people.get(by)
    actor = at_the_terminal()
    if person:
        return replace(actor, id=person.id, name=person.name)
    return replace(actor, name=" ".join(by.split()) or actor.name)


def _text_of(file: Path | None) -> str:
    assert file is not None  # noqa: S101 - one of the two is given
    try:
        return file.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise BotError("{file} er ikke gemt som UTF-8. Gem den som UTF-8.", file=file) from None
