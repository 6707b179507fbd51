"""`brobygger`: the table of commands, and how a refusal or a slip at the keyboard is told."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from datetime import date, datetime
from importlib import import_module, metadata
from pathlib import Path

import click

from bot import clock
from bot.app import App
from bot.cli.usage import word_usage
from bot.config_file import load_config
from bot.words import Words
from messages.errors import Problem
from messages.tables import N_

COMMANDS = {
    "ask": "bot.cli.ask:ask",
    "backup": "bot.cli.backup:backup",
    "check": "bot.cli.check:check",
    "childcare": "bot.cli.childcare:childcare",
    "demo": "bot.cli.demo:demo",
    "desk": "bot.cli.desk:desk",
    "doctor": "bot.cli.doctor:doctor",
    "followups": "bot.cli.followups:followups",
    "guidelines": "bot.cli.guidelines:guidelines",
    "handout": "bot.cli.handout:handout",
    "handouts": "bot.cli.handouts:handouts",
    "languages": "bot.cli.catalogue:languages",
    "openings": "bot.cli.openings:openings",
    "pack": "bot.cli.pack:pack",
    "payslip": "bot.cli.payslip:payslip",
    "pictures": "bot.cli.pictures:pictures",
    "questions": "bot.cli.questions:questions",
    "rates": "bot.cli.rates:rates",
    "restore": "bot.cli.backup:restore",
    "serve": "bot.cli.serve:serve",
    "settings": "bot.cli.settings:settings",
    "site": "bot.cli.site:site",
    "tax": "bot.cli.tax:tax",
    "topics": "bot.cli.catalogue:topics",
    "translations": "bot.cli.translations:translations",
}
UNFORESEEN = N_(
    "Der skete en fejl i programmet ({kind}). Prøv igen; kør med BROBYGGER_LOG=INFO for at se mere."
)


class Shell:
    """What a command is handed: the app, the words of its reader, and the time."""

    def __init__(self, app: App) -> None:
        self.app = app

    @property
    def words(self) -> Words:
        return self.app.words(self.app.config.language)

    @property
    def today(self) -> date:
        return clock.today()

    @property
    def now(self) -> datetime:
        return clock.now()


class _Commands(click.Group):
    """The commands by name, each imported when it is called, its help in the reader's language."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return _in_the_words_of(command, ctx.obj)


def _in_the_words_of(command: click.Command, shell: object) -> click.Command:
    """The command with its help, and that of its options, in the reader's language."""
    if isinstance(shell, Shell) and shell.app.config.language != "da":
        command.help = command.help and shell.words(command.help)
        for param in command.params:
            if isinstance(param, click.Option) and param.help:
                param.help = shell.words(param.help)
    return command


@click.group(
    cls=_Commands, help=N_("Svar, opfølgning og billedark til kommunens integrationsteam.")
)
@click.option("--config", type=click.Path(path_type=Path), help=N_("Kommunens config.toml."))
@click.version_option(metadata.version("brobygger"), message="brobygger %(version)s")
@click.pass_context
def main(ctx: click.Context, config: Path | None) -> None:
    if ctx.obj is None:
        ctx.obj = Shell(App(load_config(config, Path.cwd())))


def run(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with 0 done, 1 wrong input or data, 2 wrong usage."""
    logging.basicConfig(level=os.environ.get("BROBYGGER_LOG", "WARNING").upper())
    sys.exit(answer(list(sys.argv[1:] if arguments is None else arguments)))


def answer(arguments: list[str]) -> int:
    """The exit status of one command line; a failure is one clear message on standard error."""
    try:
        left = main.main(config_first(arguments), prog_name="brobygger", standalone_mode=False)
        # Click hands back the status of ctx.exit(); a command that simply ends gives None.
        return left if isinstance(left, int) else 0
    except (click.Abort, KeyboardInterrupt):
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (Problem, OSError, click.UsageError) as error:
        said, status = told(error)
        click.echo(said, err=True)
        return status
    except Exception as error:
        logging.getLogger(__name__).info("unforeseen", exc_info=error)
        click.echo(told(Problem(UNFORESEEN, kind=type(error).__name__))[0], err=True)
        return 1
    return 0


def told(error: Problem | OSError | click.UsageError) -> tuple[str, int]:
    """What to say of an error, in the reader's words, and the exit status that goes with it."""
    context = click.get_current_context(silent=True)
    words = context.obj.words if context and isinstance(context.obj, Shell) else Words()
    if isinstance(error, click.UsageError):
        return word_usage(error, words), 2
    if isinstance(error, OSError):
        error = Problem(
            N_("{file} kan ikke læses eller skrives: {reason}."),
            file=error.filename or "?",
            reason=error.strerror or type(error).__name__,
        )
    return words.at_terminal(error), 1


def config_first(arguments: list[str]) -> list[str]:
    """The arguments with `--config FILE` in front, wherever it was typed before a bare `--`."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    for place, word in enumerate(arguments[:end]):
        if word == "--config" and place + 1 < end:
            return [*arguments[place : place + 2], *arguments[:place], *arguments[place + 2 :]]
        if word.startswith("--config="):
            return [word, *arguments[:place], *arguments[place + 1 :]]
    return arguments
