"""Open questions and their report, as lines on a screen and as JSON for other programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.actions.question_report import REASONS, Reason, Report
from bot.answers.reply import State
from bot.answers.wording import STATES
from bot.clock import COPENHAGEN
from bot.stores.question_log import OpenQuestion
from bot.words import Words
from messages.tables import N_


def question_line(one: OpenQuestion, words: Words) -> str:
    """Number, day, the question and how often, then what came closest."""
    day = f"{one.asked.astimezone(COPENHAGEN):%d.%m.%Y}"
    times = f" (×{one.times})" if one.times > 1 else ""
    place = " › ".join(part for part in (one.document, one.section) if part)
    near = words(N_("nærmest: {place}"), place=place) if place else ""
    return f"{one.id}  {day}  {one.question}{times}" + (f"\n{'':24}{near}" if near else "")


def question_record(one: OpenQuestion) -> dict[str, object]:
    return {
        "id": one.id,
        "question": one.question,
        "asked": one.asked.astimezone(COPENHAGEN).isoformat(timespec="seconds"),
        "state": one.state,
        "language": one.language,
        "times": one.times,
        "unknown_words": list(one.words),
        "document": one.document,
        "section": one.section,
        "taken_by": one.taken_by or None,
    }


def report_record(found: Report) -> dict[str, object]:
    return {
        "days": found.days,
        "states": found.states,
        "missing_words": [{"word": word, "times": times} for word, times in found.missing_words],
        "most_asked": [
            {"document": document, "section": section, "times": times}
            for (document, section), times in found.sections
        ],
        "open": [question_record(one) for one in found.open],
        "not_helpful": [{"reason": reason, "times": times} for reason, times in found.reasons],
        "not_helpful_documents": [
            {"document": document, "times": times} for document, times in found.blamed
        ],
        "helpful": found.helpful,
    }


def report_lines(found: Report, words: Words) -> Iterator[str]:
    """The report in five parts; a part with nothing in it is left out."""
    yield words(N_("Spørgsmål de sidste {days} dage: {count}"), days=found.days, count=_all(found))
    for state in State:
        if STATES[state] and found.states.get(state):
            yield _row(words(STATES[state]), found.states[state])
    yield from _part(
        words(N_("Ord, som hverken retningslinjer eller ordbog kender:")), found.missing_words
    )
    yield from _part(
        words(N_("Det, der oftest svarer:")),
        [(" › ".join(part for part in place if part), times) for place, times in found.sections],
    )
    if found.open:
        yield from ("", words(N_("Åbne spørgsmål:")))
        yield from (question_line(one, words) for one in found.open)
    yield from _part(
        words(N_("Derfor hjalp svaret ikke:")),
        [(_reason(reason, words), times) for reason, times in found.reasons],
    )
    yield from _part(words(N_("Retningslinjer, hvis svar ikke hjalp:")), found.blamed)
    if found.helpful:
        yield from ("", words(N_("Svar, der hjalp: {count}"), count=found.helpful))


def _part(title: str, rows: Sequence[tuple[str, int]]) -> Iterator[str]:
    if rows:
        yield from ("", title)
        yield from (_row(what, times) for what, times in rows)


def _row(what: str, times: int) -> str:
    return f"{times:5}  {what}"


def _reason(reason: str, words: Words) -> str:
    return words(REASONS[Reason(reason)]) if reason in set(Reason) else words(N_("uden grund"))


def _all(found: Report) -> int:
    return sum(found.states.values())
