"""`brobygger ask`: a reply for people to read, as JSON, or for a whole file of questions."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.actions.ask import ask as ask_action
from bot.actions.questions import log_reply
from bot.answers.engine import met_at_once
from bot.answers.opening import answers_from
from bot.answers.reply import Citation, Reply, State
from bot.cli.reply_text import reply_text
from bot.cli.usage import WrongUse
from bot.errors import BotError
from bot.people import at_the_terminal
from messages.tables import N_
from scheduler.errors import SchedulerError

if TYPE_CHECKING:
    from bot.answers.engine import Answers
    from bot.cli.main import Shell


@click.command(help=N_("Svar ud fra retningslinjerne, ordret og med kilde."))
@click.argument("question", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help=N_("Svaret som JSON."))
@click.option(
    "--batch",
    type=click.Path(path_type=Path),
    help=N_("En fil med et spørgsmål på hver linje, som JSON."),
)
@click.option(
    "--corpus",
    type=click.Path(path_type=Path),
    multiple=True,
    help=N_("Svar kun ud fra denne fil. Kan gentages."),
)
@click.pass_obj
def ask(
    shell: Shell,
    question: tuple[str, ...],
    as_json: bool,
    batch: Path | None,
    corpus: tuple[Path, ...],
) -> None:
    if bool(question) == (batch is not None):
        raise WrongUse(N_("Der skal stå et spørgsmål, eller en fil efter --batch."))
    if batch is not None:
        for line in _answered(shell, batch, _opened(shell, corpus)):
            click.echo(json.dumps(line, ensure_ascii=False))
        return
    asked = " ".join(question)
    before = time.perf_counter()
    reply = None if corpus else met_at_once(asked)
    ms = (time.perf_counter() - before) * 1000
    if reply is None:
        reply, ms = _timed(shell, asked, _opened(shell, corpus))
    if not corpus:
        _log(shell, reply)
    if as_json:
        click.echo(json.dumps(as_record(reply, ms), ensure_ascii=False, indent=1))
    else:
        contacts = tuple(shell.app.config.contacts.values())
        click.echo(reply_text(reply, shell.app.words(reply.language), contacts))


def _opened(shell: Shell, corpus: tuple[Path, ...]) -> Answers:
    return answers_from(corpus, shell.app.config) if corpus else shell.app.answers


def as_record(reply: Reply, ms: float) -> dict[str, object]:
    """A reply as acceptance and other programs read it."""
    return {
        "state": reply.state.value,
        "answered": reply.state is State.ANSWER,
        "score": reply.score,
        "passages": list(reply.passages),
        "citations": [_citation(one) for one in reply.citations],
        "suggestions": list(reply.suggestions),
        "phrased": [asdict(one) for one in reply.phrased],
        "language": reply.language,
        "ms": round(ms, 3),
    }


def _citation(one: Citation) -> dict[str, object]:
    return {
        "document": one.document,
        "section": one.section,
        "page": one.page,
        "quote": one.quote,
        "kind": one.kind.value,
        "years": one.years,
        "scanned": one.scanned,
        "source": one.source,
        "raw_start": one.raw_start,
        "raw_end": one.raw_end,
        "expired": one.expired.isoformat() if one.expired else None,
    }


def _timed(shell: Shell, question: str, answers: Answers) -> tuple[Reply, float]:
    before = time.perf_counter()
    reply = ask_action(at_the_terminal(), question, answers, shell.today)
    return reply, (time.perf_counter() - before) * 1000


def _log(shell: Shell, reply: Reply) -> None:
    """Keep what was asked for the report; a store that cannot be written spoils no answer."""
    try:
        log_reply(at_the_terminal(), reply, shell.app, shell.now)
    except SchedulerError as problem:
        logging.getLogger(__name__).warning("the question was not kept: %s", problem)


def _answered(shell: Shell, batch: Path, answers: Answers) -> Iterator[dict[str, object]]:
    """One record a line; a line that is no question becomes an error, and the rest go on."""
    try:
        text = batch.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise BotError(
            "{file} er ikke gemt som UTF-8. Gem den som UTF-8, og prøv igen.", file=batch
        ) from None
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            given = _question(line)
        except ValueError:
            problem = BotError(
                "Linje {number} er ikke et spørgsmål. Skriv den som {example}.",
                number=number,
                example='{"id": "1", "question": "Hvad er ATP?"}',
            )
            said = shell.words.problem(problem)
            click.echo(said, err=True)
            yield {"line": number, "error": said}
            continue
        reply, ms = _timed(shell, str(given["question"]), answers)
        yield {"id": given.get("id"), **as_record(reply, ms)}


def _question(line: str) -> dict[str, object]:
    """The id and question of a line; raises ValueError (also for JSON too deep to read)."""
    try:
        given = json.loads(line)
    except RecursionError:
        raise ValueError(line[:40]) from None
    if not isinstance(given, dict) or not isinstance(given.get("question"), str):
        raise ValueError(line[:40])  # noqa: TRY004 - one error for every line that is no question
    return given
