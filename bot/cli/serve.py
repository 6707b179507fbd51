"""`brobygger serve`: Slack, the follow-ups and the desk together, until it is told to stop."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import click

from bot.cli.main import Shell
from bot.errors import BotError
from bot.systemd import ALIVE, READY, STOPPING, notify
from messages.tables import N_

WATCH_SECONDS = 1.0


@click.command("serve", help=N_("Kør botten i Slack, opfølgningen og skrivebordet."))
@click.pass_obj
def serve(shell: Shell) -> None:
    from bot.process import running

    if shell.app.config.file is None:
        raise BotError(
            "serve skal have kommunens konfiguration. Skriv f.eks. "
            "brobygger --config config.toml serve."
        )
    with _told_to_stop() as stop, running(shell.app, os.environ) as parts:
        for said in parts.said:
            click.echo(shell.words.problem(said))
        click.echo(shell.words(N_("Brobygger kører. Stop: Ctrl+C.")))
        notify(READY, os.environ)
        try:
            while not stop.wait(WATCH_SECONDS):
                parts.check()
                notify(ALIVE, os.environ)
        finally:
            notify(STOPPING, os.environ)
    click.echo(shell.words(N_("Brobygger er stoppet.")))


@contextmanager
def _told_to_stop() -> Iterator[threading.Event]:
    """Set by SIGTERM, Ctrl+C and a terminal that closes, also while things are still opened."""
    stop = threading.Event()
    # Under nohup a terminal's end is to be outlived.
    hangs_up = () if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN else (signal.SIGHUP,)
    before = {
        number: signal.signal(number, lambda *_: stop.set())
        for number in (signal.SIGTERM, signal.SIGINT, *hangs_up)
    }
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
