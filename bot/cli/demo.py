"""`brobygger demo`: the whole product in a minute, without Slack."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from bot.cli.desk import port_option, serve_demo
from messages.tables import N_

if TYPE_CHECKING:
    from bot.app import App
    from bot.cli.main import Shell

QUESTION = N_("Hvor længe varer en praktik i gennemsnit?")
PLAN = "virksomhedspraktik"
TOPIC = "loenseddel"
FACTS = {"gross": "24500"}
LANGUAGES = ("da", "ar")
SUFFIXES = (".pdf", ".html")
FOLDER = Path("out")


@click.command("demo", help=N_("Se det hele på denne maskine, uden Slack."))
@click.option("--once", is_flag=True, help=N_("Slut efter eksemplerne; vis ikke siden."))
@port_option
@click.pass_obj
def demo(shell: Shell, port: int | None, *, once: bool) -> None:
    from bot.demo import imagined

    with TemporaryDirectory(prefix="brobygger-") as folder:
        app = imagined(Path(folder), shell.app.config.language, shell.now)
        try:
            _ask(app, shell)
            _plan(app, shell)
            _sheets(app, shell)
        finally:
            app.database.close()
    if not once:
        click.echo()
        serve_demo(shell, "127.0.0.1", port)


def _heading(shell: Shell, text: str) -> None:
    said = shell.words(text)
    click.echo(f"\n{said}\n{'=' * len(said)}")


def _ask(app: App, shell: Shell) -> None:
    from bot.actions.ask import ask
    from bot.cli.reply_text import reply_text
    from bot.demo import imagined_caseworker

    _heading(shell, N_("1. Et spørgsmål"))
    actor = imagined_caseworker(shell.words.language)
    reply = ask(actor, shell.words(QUESTION), app.answers, shell.today)
    click.echo(f"» {reply.question}\n")
    click.echo(reply_text(reply, shell.words, tuple(app.config.contacts.values())))


def _plan(app: App, shell: Shell) -> None:
    from bot.actions.cases import preview
    from bot.cli.followup_rows import planned_row, show
    from bot.demo import imagined_caseworker
    from scheduler.plans import Anchor

    _heading(shell, N_("2. En plan for en opdigtet sag"))
    start = _monday_after(shell.today + timedelta(days=28))
    anchors = {Anchor.START: start, Anchor.END: start + timedelta(days=12 * 7 - 3)}
    click.echo(
        shell.words(
            N_("INT-1042 følger planen {plan} fra {start} til {end}:"),
            plan=PLAN,
            start=f"{anchors[Anchor.START]:%d.%m.%Y}",
            end=f"{anchors[Anchor.END]:%d.%m.%Y}",
        )
    )
    actor = imagined_caseworker(shell.words.language)
    steps = preview(actor, PLAN, anchors, app, shell.today)
    show(shell, [planned_row(PLAN, step) for step in steps], as_json=False)


def _monday_after(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


def _sheets(app: App, shell: Shell) -> None:
    from bot.actions.handouts import HandoutRequest, make_handout, rendered
    from bot.demo import imagined_caseworker
    from bot.whole_file import write_whole

    _heading(shell, N_("3. Et ark om lønsedlen, på dansk og arabisk"))
    FOLDER.mkdir(exist_ok=True)
    actor = imagined_caseworker(shell.words.language)
    for language in LANGUAGES:
        request = HandoutRequest(TOPIC, language, FACTS)
        sheet = make_handout(actor, request, app.library, shell.today)
        for suffix in SUFFIXES:
            file = FOLDER / f"{TOPIC}-{language}{suffix}"
            write_whole(file, rendered(sheet, app.library, file.name))
            click.echo(str(file))
