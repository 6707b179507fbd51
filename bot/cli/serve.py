"""`brobygger serve`: Slack and the follow-ups, until it is told to stop."""

from __future__ import annotations

import os
import signal
import threading

import click

from bot.cli.main import Shell
from bot.errors import BotError
from messages.tables import N_


@click.command("serve", help=N_("Kør botten i Slack og send opfølgninger, til den stoppes."))
@click.pass_obj
def serve(shell: Shell) -> None:
    from bot.slack.connection import TOKENS, build_client, read_access
    from bot.slack.running import online
    from bot.slack.service import Service

    config = shell.app.config
    if config.file is None:
        raise BotError(
            "serve skal have kommunens konfiguration. Skriv f.eks. "
            "brobygger --config config.toml serve."
        )
    access = read_access(os.environ, config.slack.mode)
    for name in TOKENS:
        os.environ.pop(name, None)  # no process that we start inherits them
    secret = access.signing_secret if config.slack.mode == "http" else None
    service = Service(shell.app, build_client(access), signing_secret=secret)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    service.start()
    try:
        with online(service, access, config.slack):
            click.echo(
                shell.words(
                    N_("Brobygger kører som @{bot} i {team} med {count} afsnit. Stop: Ctrl+C."),
                    bot=service.ourselves.name,
                    team=service.ourselves.team,
                    count=shell.app.answers.size,
                )
            )
            stop.wait()
    finally:
        service.stop()
        shell.app.database.close()
    click.echo(shell.words(N_("Brobygger er stoppet.")))
