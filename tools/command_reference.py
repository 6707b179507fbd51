"""Write the reference part of docs/commands.md from the commands themselves: `make commands`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from bot.cli.examples import example
from bot.cli.main import main as brobygger

PAGE = Path(__file__).parents[1] / "docs" / "commands.md"
START = "<!-- the rest is written by `make commands` -->\n"


def commands(group: click.Group, path: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command below `group` with its full name, groups before what they hold."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is None:
            continue
        yield f"{path}{name}", command
        if isinstance(command, click.Group):
            yield from commands(command, f"{path}{name} ")


def reference() -> str:
    """The reference: a heading a command, its Danish help, and a row an option."""
    return "".join(_section(path, command) for path, command in commands(brobygger))


def _section(path: str, command: click.Command) -> str:
    arguments = [param for param in command.params if isinstance(param, click.Argument)]
    options = [param for param in command.params if isinstance(param, click.Option)]
    shape = " ".join(
        ["brobygger", path, *(one.make_metavar(click.Context(command)) for one in arguments)]
    )
    lines = [f"\n### `{shape}`\n\n{' '.join((command.help or '').split())}\n"]
    lines.append(f"\nF.eks. `{example(path)}`\n")
    if options:
        lines.append("\n| option | |\n|---|---|\n")
        lines += [_row(option) for option in options]
    return "".join(lines)


def _row(option: click.Option) -> str:
    names = ", ".join(f"`{name}`" for name in option.opts)
    said = " ".join((option.help or "").split()).replace("|", "\\|")
    return f"| {names} | {said} |\n"


def page(written: str) -> str:
    """The whole page: what people wrote above the mark, and the reference as it is today."""
    return written.partition(START)[0] + START + reference()


def write() -> None:
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    sys.stdout.write(f"{PAGE.name}: {sum(1 for _ in commands(brobygger))} commands\n")


if __name__ == "__main__":
    write()
