"""`brobygger desk`: the web page for caseworkers, alone."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from bot.errors import BotError
from messages.tables import N_

if TYPE_CHECKING:
    from bot.cli.main import Shell

port_option = click.option(
    "--port", type=click.IntRange(0, 65_535), help=N_("Porten, f.eks. 8765; ellers en, der er fri.")
)


@click.command("desk", help=N_("Vis skrivebordet i en browser: ark, svar og opfølgning."))
@click.option("--host", help=N_("Adressen, der lyttes på; ellers host under [desk]."))
@click.option(
    "--port", type=click.IntRange(0, 65_535), help=N_("Porten; ellers port under [desk].")
)
@click.option("--demo", is_flag=True, help=N_("Med opdigtede sager, kun på denne maskine."))
@click.pass_obj
def desk(shell: Shell, host: str | None, port: int | None, *, demo: bool) -> None:
    settings = shell.app.config.desk
    host = (host or ("127.0.0.1" if demo else settings.host)).strip("[]")
    if not demo:
        _serve(shell, host, settings.port if port is None else port)
        return
    if host not in {"127.0.0.1", "::1", "localhost"}:
        raise BotError(
            "--demo viser kun siden på denne maskine, ikke på {host}. Skriv --host 127.0.0.1.",
            host=host,
        )
    serve_demo(shell, host, port)


def serve_demo(shell: Shell, host: str, port: int | None) -> None:
    """The desk with imagined cases in a temporary store, until it is stopped. No `port`: the
    usual one, or another where somebody has that."""
    from bot.demo import imagined, imagined_caseworker
    from bot.desk.app import build_desk
    from bot.desk.entrance import OpenDoor
    from bot.desk.settings import LOOPBACK
    from bot.desk.visit import Desk
    from bot.web import address_of, configured, listen, listen_somewhere, serve

    language = shell.app.config.language
    listening = listen_somewhere(host) if port is None else listen(host, port)
    with listening, TemporaryDirectory(prefix="brobygger-") as folder:
        app = imagined(Path(folder), language, shell.now)
        site = build_desk(Desk(app, OpenDoor(imagined_caseworker(language)), demo=True), LOOPBACK)
        _ = app.answers.size  # read the handbook now, so that the first question is quick
        click.echo(
            shell.words(
                N_("Åbn {address} i en browser. Sagerne er opdigtede. Stop med Ctrl+C."),
                address=address_of(listening),
            )
        )
        try:
            serve(configured(site), listening)
        finally:
            app.database.close()


def _serve(shell: Shell, host: str, port: int) -> None:
    """The desk for real work, behind its sign-in."""
    from bot.arrivals.retention import clearing
    from bot.desk.opening import open_desk
    from bot.desk.settings import SECRET
    from bot.process import guidelines_watched
    from bot.web import configured, listen, serve

    settings = shell.app.config.desk
    try:
        site = open_desk(shell.app, settings, os.environ, host)
        os.environ.pop(SECRET, None)  # no process that we start inherits it
        config = configured(site, settings.certificate, settings.key)
        with (
            listen(host, port) as listening,
            guidelines_watched(shell.app),
            clearing(shell.app),
        ):
            said = N_("Åbn {address} i en browser. Stop med Ctrl+C.")
            click.echo(shell.words(said, address=settings.address))
            serve(config, listening)
    finally:
        if "database" in vars(shell.app):
            shell.app.database.close()
