"""The App Home: what stands before one person, and what they can begin. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.actions.dead_letters import Undelivered
from bot.actions.health import Health
from bot.actions.overview import Overview
from bot.slack.cards.blocks import Block, button, buttons, context, divider, header, section
from bot.slack.cards.duty import health_blocks, letter_blocks
from bot.slack.cards.expert import REPLY
from bot.slack.cards.fields import View
from bot.slack.cards.nudge import DONE
from bot.slack.cards.overview import overview_blocks, trouble_blocks
from bot.slack.markup import clipped, escaped
from bot.words import Words
from messages.tables import N_
from scheduler.problems import Trouble

MAKE_SHEET, START_CASE, CHANGE_CASE, CHOOSE, ADD_GUIDELINE = (
    "home_sheet",
    "home_start",
    "home_change",
    "home_choose",
    "home_guideline",
)
MOST_ROWS = 20
_EMPTY = N_("Du har ingen opfølgninger den næste uge.")
_WELCOME = N_(
    "Skriv dit spørgsmål under *Beskeder*, eller skriv /spoerg i en kanal: så ser kun du svaret. "
    "Skriv aldrig CPR-numre eller borgeres navne."
)
_STRANGER = N_(
    "Du kan spørge om vejledningerne. Skal du have opfølgninger, så bed din administrator om at "
    "tilføje dig under [people] i config.toml."
)


@dataclass(frozen=True)
class Row:
    """One step that is near: `id` is the nudge's, `day` and `title` are worded."""

    id: str
    case: str
    title: str
    day: str
    late: bool


@dataclass(frozen=True)
class Unanswered:
    """A question without an answer, for those who may answer it: its id and its words."""

    id: str
    question: str
    times: int


@dataclass(frozen=True)
class HomePage:
    """What the page shows; `staff`: whether the reader works with cases; `known`: whether she
    stands in config.toml; `keeps`: whether she keeps the guidelines. What is not for her role is
    None or empty. letters: what could not be delivered, with the name of whom it was for."""

    staff: bool
    known: bool = True
    keeps: bool = False
    today: Sequence[Row] = ()
    week: Sequence[Row] = ()
    overview: Overview | None = None
    troubles: Sequence[Trouble] = ()
    questions: Sequence[Unanswered] = ()
    health: Health | None = None
    letters: Sequence[tuple[Undelivered, str]] = ()


def home_view(page: HomePage, words: Words) -> View:
    """The page as Slack takes it, at most a hundred blocks."""
    blocks = [section(words(_WELCOME), "welcome"), *_begin(page, words)]
    if page.staff:
        blocks += _steps(page, words)
    elif not page.known:
        blocks.append(section(escaped(words(_STRANGER)), "stranger"))
    if page.overview:
        blocks += overview_blocks(page.overview, words)
    blocks += trouble_blocks(page.troubles, words)
    blocks += _questions(page, words)
    if page.health:
        blocks += health_blocks(page.health, words)
    blocks += letter_blocks(page.letters, words)
    return {"type": "home", "blocks": blocks[:100]}


def _begin(page: HomePage, words: Words) -> Iterator[Block]:
    made = [button(words(N_("Lav et ark til en borger")), MAKE_SHEET, "ny", style="primary")]
    if page.staff:
        made.append(button(words(N_("Begynd en plan")), START_CASE, "ny"))
    if page.keeps:
        made.append(button(words(N_("Tilføj en vejledning")), ADD_GUIDELINE, "ny"))
    if page.known:
        made.append(button(words(N_("Mine indstillinger")), CHOOSE, "mine"))
    yield buttons(*made, block_id="begin")


def _steps(page: HomePage, words: Words) -> Iterator[Block]:
    yield divider()
    shown = 0
    for name, title, rows in (
        ("today", N_("I dag"), page.today),
        ("week", N_("De næste syv dage"), page.week),
    ):
        if not rows:
            continue
        yield header(words(title))
        for row in rows[: MOST_ROWS - shown]:
            yield _row(row, words)
        left = len(rows) - len(rows[: MOST_ROWS - shown])
        shown += len(rows) - left
        if left:
            yield context(words(N_("… og {count} mere"), count=left), f"{name}_left")
    if not shown:
        yield section(words(_EMPTY), "empty")


def _questions(page: HomePage, words: Words) -> Iterator[Block]:
    if not page.questions:
        return
    yield divider()
    yield header(words(N_("Spørgsmål uden svar")))
    for one in page.questions[:MOST_ROWS]:
        text = clipped(escaped(" ".join(one.question.split())), 400)
        said = words(N_("{question} ({count} gange)"), question=text, count=one.times)
        reply = button(words(N_("Svar")), f"{REPLY}:{one.id}"[:255], one.id, about=one.question)
        yield section(said if one.times > 1 else text, f"open_{one.id}") | {"accessory": reply}
    left = len(page.questions) - MOST_ROWS
    if left > 0:
        yield context(words(N_("… og {count} mere"), count=left), "questions_left")


def _row(row: Row, words: Words) -> Block:
    said = words(
        N_("*{title}*\nSag {case} · {day}"),
        title=escaped(row.title),
        case=escaped(row.case),
        day=escaped(row.day),
    )
    if row.late:
        said = f":warning: {said}"
    about = f"{row.title}, {row.case}"
    done = button(words(N_("Udført")), f"{DONE}:{row.id}"[:255], row.id, about=about)
    return section(said, f"row_{row.id}") | {"accessory": done}
