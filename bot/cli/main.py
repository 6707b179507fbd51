"""`brobygger`: the table of commands, and how a refusal or a slip at the keyboard is told."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from importlib import import_module, metadata
from io import TextIOWrapper
from pathlib import Path

import click

from bot import clock
from bot.app import App
from bot.cli.help_page import worded
from bot.cli.usage import word_usage
from bot.config_file import load_config
from bot.os_reasons import reason
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
        return worded(command, words_of(ctx.find_root().obj), cmd_name)


def words_of(shell: object) -> Words:
    """The reader's words; Danish where the shell is not there, or its own files cannot be read."""
    try:
        return shell.words if isinstance(shell, Shell) else Words()
    except (Problem, OSError):
        return Words()


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
    wanted = os.environ.get("BROBYGGER_LOG", "").upper()
    logging.basicConfig(level=logging.getLevelNamesMapping().get(wanted, logging.WARNING))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            _fit_for_every_letter(stream)
    sys.exit(answer(list(sys.argv[1:] if arguments is None else arguments)))


def _fit_for_every_letter(stream: TextIOWrapper) -> None:
    """Another program gets UTF-8; a terminal of few letters shows a mark for those it lacks."""
    if stream.isatty() or "PYTHONIOENCODING" in os.environ:
        stream.reconfigure(errors="replace")
    else:
        stream.reconfigure(encoding="utf-8", errors="replace")


def answer(arguments: list[str]) -> int:
    """The exit status of one command line; a failure is one clear message on standard error."""
    line = config_first(arguments)
    shell = _shell(line)
    words = words_of(shell)
    try:
        brobygger = worded(main, words)
        left = brobygger.main(line, prog_name="brobygger", standalone_mode=False, obj=shell)
        # Click hands back the status of ctx.exit(); a command that simply ends gives None.
        return left if isinstance(left, int) else 0
    except (click.Abort, KeyboardInterrupt):
        return 130
    except (BrokenPipeError, SystemExit):  # click leaves so when who read the pipe has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (Problem, OSError, click.UsageError) as error:
        said, status = told(error, words)
        click.echo(said, err=True)
        return status
    except Exception as error:
        logging.getLogger(__name__).info("unforeseen", exc_info=error)
        click.echo(words(UNFORESEEN, kind=type(error).__name__), err=True)
        return 1
    return 0


def _shell(line: list[str]) -> Shell | None:
    """The shell over the configuration that the line names; `main` tells what is wrong with it."""
    with suppress(Problem, OSError):
        named = line[1] if line[:1] == ["--config"] and len(line) > 1 else ""
        if line and line[0].startswith("--config="):
            named = line[0].partition("=")[2]
        return Shell(App(load_config(Path(named) if named else None, Path.cwd())))
    return None


def told(error: Problem | OSError | click.UsageError, words: Words) -> tuple[str, int]:
    """What to say of an error, in the reader's words, and the exit status that goes with it."""
    if isinstance(error, click.UsageError):
        return word_usage(error, words), 2
    if isinstance(error, OSError):
        error = _of_the_system(error)
    return words.at_terminal(error), 1


def _of_the_system(error: OSError) -> Problem:
    """What the system refused, with the file where it names one."""
    if not error.filename:
        said = N_(
            "Der kan ikke læses eller skrives: {reason}. Gå til en mappe, du har adgang til, "
            "f.eks. {example}"
        )
        return Problem(said, reason=reason(error), example="cd Dokumenter")
    said = N_(
        "{file} kan ikke læses eller skrives: {reason}. Skriv stien til en fil, du har adgang til, "
        "f.eks. {example}"
    )
    example = "Dokumenter/sager.csv"
    return Problem(said, file=error.filename, reason=reason(error), example=example)


def config_first(arguments: list[str]) -> list[str]:
    """The arguments with `--config FILE` in front, wherever it was typed before a bare `--`."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    for place, word in enumerate(arguments[:end]):
        if word == "--config" and place + 1 < end:
            return [*arguments[place : place + 2], *arguments[:place], *arguments[place + 2 :]]
        if word.startswith("--config="):
            return [word, *arguments[:place], *arguments[place + 1 :]]
    return arguments
