"""Slips at the keyboard, worded: what was typed wrongly, and one right example."""

from __future__ import annotations

import re
from difflib import get_close_matches

import click

from bot.cli.examples import example, nearest
from bot.words import Words
from messages.errors import Problem
from messages.tables import N_, did_you_mean


class WrongUse(click.UsageError):
    """A slip that a command itself finds; the message is one of our own sentences."""


def word_usage(error: click.UsageError, words: Words) -> str:
    """What was typed wrongly, and a right example to copy; never click's own English."""
    path = _path(error)
    if isinstance(error, click.exceptions.NoSuchCommand):
        hint, right = nearest(error.command_name, _commands(error), path)
        problem = Problem(
            N_("Kommandoen {name} kendes ikke{hint}"), name=error.command_name[:40], hint=hint
        )
    else:
        problem = _problem(error)
        right = example(path, _option(error, problem))
    said = words(N_("{said} Skriv f.eks. {example}"), said=problem, example=right)
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return f"{error.ctx.get_help()}\n\n{said}"
    return said


def _path(error: click.UsageError) -> str:
    """`followups done`, or nothing for the whole."""
    names = []
    context = error.ctx
    while context and context.parent:
        names.append(context.info_name or "")
        context = context.parent
    return " ".join(reversed(names))


def _option(error: click.UsageError, problem: Problem) -> str:
    """The option that the example should hold: the one that was meant, or typed wrongly."""
    if isinstance(error, click.NoSuchOption):
        hint = problem.values.get("hint")
        return str(hint.values.get("word", "")) if isinstance(hint, Problem) else ""
    if isinstance(error, click.BadOptionUsage):
        return error.option_name
    return _name(error) if isinstance(error, click.BadParameter) else ""


def _commands(error: click.UsageError) -> list[str]:
    group = error.ctx.command if error.ctx else None
    return group.list_commands(error.ctx) if error.ctx and isinstance(group, click.Group) else []


def _problem(error: click.UsageError) -> Problem:
    match error:
        case WrongUse():
            problem = Problem(error.message)
        case click.exceptions.NoArgsIsHelpError():
            problem = Problem(N_("Der mangler en kommando."))
        case click.NoSuchOption():
            problem = _unknown_option(error)
        case click.MissingParameter():
            problem = Problem(N_("{name} mangler."), name=_name(error))
        case click.BadOptionUsage():
            problem = _bad_option(error)
        case click.BadParameter():
            problem = _bad_value(error)
        case _:
            problem = _left_over(error)
    return problem


def _unknown_option(error: click.NoSuchOption) -> Problem:
    typed, params = error.option_name, error.ctx.command.params if error.ctx else []
    known = [name for one in params if isinstance(one, click.Option) for name in one.opts]
    if not _path(error) and not get_close_matches(typed, known, 1, 0.8):
        said = N_("Valget {option} kendes ikke, før kommandoen er skrevet.")
        return Problem(said, option=typed[:40])
    hint = did_you_mean(typed, known) if known else "."
    return Problem(N_("Valget {option} kendes ikke{hint}"), option=typed[:40], hint=hint)


def _name(error: click.BadParameter) -> str:
    """The option as it is typed, or the word that stands for an argument in the help."""
    if isinstance(error.param, click.Option):
        return max(error.param.opts, key=len)
    return error.param.human_readable_name.rstrip(".") if error.param else "?"


def _bad_value(error: click.BadParameter) -> Problem:
    name, kind = _name(error), error.param.type if error.param else None
    text = error.message.partition(" is not ")[0].strip("'\"")[:40]  # click tells it nowhere else
    match kind:
        case click.Choice():
            said = N_("“{text}” kan {name} ikke være; vælg blandt {known}.")
            known = ", ".join(str(one) for one in kind.choices)
            return Problem(said, text=text, name=name, known=known)
        case click.IntRange():
            said = N_("“{text}” er ikke et helt tal fra {least} til {most}, som {name} skal være.")
            return Problem(said, text=text, name=name, least=kind.min, most=kind.max)
        case click.types.IntParamType():
            said = N_("“{text}” er ikke et helt tal, som {name} skal være.")
            return Problem(said, text=text, name=name)
        case click.Path():
            return Problem(N_("{name} skal være en fil, som kan læses og skrives."), name=name)
        case _:
            return Problem(N_("{name} har en værdi, som den ikke kan have."), name=name)


def _bad_option(error: click.BadOptionUsage) -> Problem:
    """An option without its value, with too few of them, or with one where it takes none."""
    name = error.option_name
    params = error.ctx.command.params if error.ctx else []
    option = next((one for one in params if name in (*one.opts, *one.secondary_opts)), None)
    if isinstance(option, click.Option) and option.is_flag:
        return Problem(N_("{option} skal stå alene, uden en værdi."), option=name)
    if option and option.nargs > 1:
        said = N_("{option} skal have {count} værdier efter sig.")
        return Problem(said, option=name, count=option.nargs)
    return Problem(N_("Der mangler en værdi efter {option}."), option=name)


def _left_over(error: click.UsageError) -> Problem:
    """Words that no argument takes; click tells them only inside its sentence."""
    rest = re.search(r"\((.+)\)", error.message, re.DOTALL)
    if not rest:
        return Problem(N_("Kommandoen er ikke skrevet rigtigt."))
    said = N_("“{rest}” er for meget; sæt tekst med mellemrum i anførselstegn.")
    return Problem(said, rest=rest[1][:60])
