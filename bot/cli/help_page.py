"""The help of a command as a page in the reader's language, narrow terminals included."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import TracebackType

import click

from bot.cli.examples import example_line
from bot.words import Words
from messages.tables import N_

# What click prints of itself, and what stands for a value that is typed.
_HEADINGS = {"Options": N_("Valg"), "Commands": N_("Kommandoer")}
_HELP, _VERSION = N_("Vis denne hjælp."), N_("Vis, hvilken udgave det er.")
_VALUES = {click.Path: N_("FIL"), click.types.IntParamType: N_("TAL")}
_ARGUMENTS = {
    "category": N_("ORD"),
    "code": N_("SPROG"),
    "codes": N_("[SPROG]..."),
    "file": N_("FIL"),
    "files": N_("FIL..."),
    "first": N_("FØRSTE-ÅR"),
    "number": N_("NR"),
    "outcome": N_("UDFALD"),
    "question": N_("SPØRGSMÅL"),
    "question_id": N_("ID"),
    "reference": N_("SAG"),
    "second": N_("ANDET-ÅR"),
    "step": N_("TRIN"),
    "text": N_("SVAR"),
    "topic": N_("EMNE"),
    "topics": N_("EMNE..."),
}
_METAVARS = (N_("DATO"), N_("TIMER"), N_("FRA TIL"), N_("FRA-TIL"), N_("VALG"))
HELP_NAMES = ["-h", "--help"]
_NARROWEST, _WIDEST = 30, 80


def worded(command: click.Command, words: Words, path: str = "") -> click.Command:
    """A copy of the command whose help is in the reader's language; the command stays as it was."""
    done = copy.copy(command)
    done.params = [_param(param, words) for param in command.params]
    done.help = words(command.help) if command.help else None
    done.short_help = done.help
    done.epilog = f"\b\n{example_line(path, words)}"
    done.options_metavar = words(N_("[VALG]"))
    done.context_class = _context(words)
    if isinstance(done, click.Group):
        done.subcommand_metavar = words(N_("KOMMANDO"))
        done.commands = {
            name: worded(one, words, f"{path} {name}".strip())
            for name, one in done.commands.items()
        }
    vars(done)["_help_option"] = None  # click keeps the one it made first, also in a copy
    option = done.get_help_option(click.Context(done, help_option_names=HELP_NAMES))
    if option:
        option.help = words(_HELP)
    return done


def _param(param: click.Parameter, words: Words) -> click.Parameter:
    done = copy.copy(param)
    if isinstance(done, click.Option):
        done.help = words(done.help if done.name != "version" else _VERSION) if done.help else None
        if done.metavar:
            done.metavar = words(done.metavar)
        elif not done.is_flag and not isinstance(done.type, click.Choice):
            kinds = (word for kind, word in _VALUES.items() if isinstance(done.type, kind))
            done.metavar = words(next(kinds, N_("VÆRDI")))
    elif done.name:
        named = words(_ARGUMENTS[done.name]) if done.name in _ARGUMENTS else done.metavar
        bare = not done.required and named and not named.startswith("[")
        done.metavar = f"[{named}]" if bare else named
    return done


def _context(words: Words) -> type[click.Context]:
    class WordedContext(click.Context):
        def make_formatter(self) -> click.HelpFormatter:
            return _Page(words)

        def __exit__(
            self,
            exc_type: type[BaseException] | None,
            exc_value: BaseException | None,
            tb: TracebackType | None,
        ) -> bool | None:
            # Click's parser raises some slips without saying at which command.
            if isinstance(exc_value, click.UsageError) and exc_value.ctx is None:
                exc_value.ctx = self
            return super().__exit__(exc_type, exc_value, tb)

    return WordedContext


class _Page(click.HelpFormatter):
    """Click's page in the reader's words, and as narrow as the terminal is."""

    def __init__(self, words: Words) -> None:
        columns = shutil.get_terminal_size().columns
        super().__init__(width=max(min(columns, _WIDEST) - 2, _NARROWEST))
        self._words = words

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or f"{self._words(N_('Sådan:'))} ")

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        with super().section(self._words(_HEADINGS.get(name, name))):
            yield

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        must = self._words(N_("[skal skrives]"))
        said = [(first, second.replace("[required]", must)) for first, second in rows]
        super().write_dl(said, min(col_max, self.width // 2), col_spacing)
