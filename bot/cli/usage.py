"""Slips at the keyboard, worded: an unknown command or option, a missing or a wrong value."""

from __future__ import annotations

import click

from bot.words import Words
from messages.errors import Problem
from messages.tables import N_, did_you_mean


def word_usage(error: click.UsageError, words: Words) -> str:
    """One sentence on what was typed wrongly, and how to see the right form."""
    path = error.ctx.command_path if error.ctx else "brobygger"
    return f"{words.problem(_problem(error))} {words(N_('Se {path} --help.'), path=path)}"


def _problem(error: click.UsageError) -> Problem:
    context = error.ctx
    name = (
        error.param.human_readable_name
        if isinstance(error, click.BadParameter) and error.param
        else ""
    )
    match error:
        case click.NoSuchOption():
            known = [
                option
                for param in (context.command.params if context else [])
                for option in param.opts
            ]
            return Problem(
                N_("Valget {option} kendes ikke{hint}"),
                option=error.option_name,
                hint=did_you_mean(error.option_name, known) if known else "",
            )
        case click.exceptions.NoSuchCommand():
            known = (
                context.command.list_commands(context)
                if context and isinstance(context.command, click.Group)
                else []
            )
            return Problem(
                N_("Kommandoen {name} kendes ikke{hint}"),
                name=error.command_name,
                hint=did_you_mean(error.command_name, known),
            )
        case click.MissingParameter():
            return Problem(N_("{name} mangler."), name=name)
        case click.BadParameter():
            return Problem(
                N_("{name} kan ikke være det: {reason}."), name=name, reason=error.message
            )
        case _:
            return Problem(
                N_("Det kan ikke forstås: {reason}."), reason=error.format_message().rstrip(".")
            )
