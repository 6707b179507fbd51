"""Every card, in Danish and English, within Slack's limits; and the check itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.answers.reply import Citation, Kind, Reply, State
from bot.app import App
from bot.config import Config, Contact
from bot.slack.cards import notices
from bot.slack.cards.answer import answer_card
from bot.slack.cards.blocks import Card
from bot.slack.cards.limits import check_message
from bot.slack.cards.notices import notice, refusal
from bot.slack.cards.nudge import nudge_card
from bot.words import Words
from messages.errors import Problem
from scheduler.nudges import Nudge, NudgeState
from scheduler.plans import Who

APP = App(Config())
WORDS = [APP.words("da"), APP.words("en")]

CITED = Citation(
    "Opfølgning i praktikken",
    "4.5 Opfølgning › Hyppighed",
    3,
    "Der følges op hver anden uge.",
    kind=Kind.EXPERIENCE,
    years="2015–2017",
    scanned=True,
    expired=date(2026, 1, 31),
)
EVIL = Citation("<!channel> *doc*", "<@U1>", None, "<http://evil|x> & <!here>")
CONTACTS = (
    Contact("a", "Faglig koordinator", ("praktik",), "12 34 56 78", "a@b.dk", "C0123"),
    Contact("b", "Ydelse <!channel>", slack="U0123"),
)
LONG = "Et langt ord efter et andet & <tegn>. " * 200


def reply(state: State, *citations: Citation, passage: str = "", **more: Any) -> Reply:
    passages = tuple(passage or f"Før. {one.quote} Efter." for one in citations)
    return Reply("?", "da", state, 0.8, passages, citations, **more)


def nudge(state: NudgeState = NudgeState.SENT, **more: Any) -> Nudge:
    at = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    usual: dict[str, Any] = {"text": "Ring til <!channel> virksomheden.", "due": at}
    usual |= {"done_by": "ane", "done_at": at}
    return Nudge(
        "n1", "c1", "INT-1042", "praktik", "Virksomhedspraktik", "uge", "Følg op", who=Who.OWNER,
        owner="ane", state=state, **usual | more,
    )  # fmt: skip


def cards(words: Words) -> Iterator[tuple[str, Card]]:
    for state in State:
        yield f"{state}", answer_card(reply(state, CITED, EVIL, CITED), words, contacts=CONTACTS)
        yield f"{state}, nothing found", answer_card(reply(state), words)
        say = Problem("{first} {second}", first=Problem("Hej <!here>."), second=Problem(""))
        yield (
            f"{state}, own words",
            answer_card(reply(state, say=say, suggestions=("a", "b <@U1>")), words, read=2_000),
        )
    whole = Citation("Dok", None, None, LONG)
    yield "long", answer_card(reply(State.CLOSEST, whole, whole, whole, passage=LONG), words)
    yield "long answer", answer_card(reply(State.ANSWER, whole, passage=LONG * 2), words)
    for step in NudgeState:
        yield (
            f"nudge {step}",
            nudge_card(nudge(step), words, done_by="Ane", handouts=(("loenseddel", "Løn"),)),
        )
    yield "bare nudge", nudge_card(nudge(text="", due=None, done_at=None), words)
    yield "nudge, long", nudge_card(nudge(text=LONG), words, link="https://sag.example/INT-1042")
    for message in (notices.PERSONAL, notices.STRANGER, notices.UNKNOWN_BUTTON, notices.BROKEN):
        yield message[:20], notice(message, words)
    yield "already", notice(notices.ALREADY, words, who="<@U1>")
    yield "refusal", refusal(Problem("Nej <!channel>: {why}", why=LONG), words)


def marked_up(value: object) -> Iterator[str]:
    """The texts in which Slack acts on its signs; in plain text they are only shown."""
    if isinstance(value, dict):
        if value.get("type") == "mrkdwn":
            yield value["text"]
        for inner in value.values():
            yield from marked_up(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from marked_up(inner)


@pytest.mark.parametrize("words", WORDS, ids=lambda words: str(words.language))
def test_every_card_keeps_slacks_limits_and_calls_nobody(words: Words) -> None:
    for name, card in cards(words):
        assert check_message(card.text, card.blocks) == (), name
        for sign in ("<!", "<@", "<http://"):
            assert sign not in " ".join([card.text, *marked_up(card.blocks)]), f"{name}: {sign}"


@pytest.mark.parametrize("words", WORDS, ids=lambda words: str(words.language))
def test_an_answer_shows_the_quote_its_passage_and_where_it_stands(words: Words) -> None:
    card = answer_card(reply(State.ANSWER, CITED), words)
    for part in (CITED.quote, "Før. ", "Opfølgning i praktikken", "4.5", "2015–2017", "31.1.2026"):
        assert part in card.json
    assert card.text == CITED.quote


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (Kind.LAW, "gælder fra 1.2.2026"),
        (Kind.LOCAL_RULE, "gælder fra 1.2.2026"),
        (Kind.EXPERIENCE, "udgave fra 1.2.2026"),
    ],
)
def test_the_source_says_from_when_it_is(kind: Kind, said: str) -> None:
    dated = replace(CITED, kind=kind, since=date(2026, 2, 1), expired=None)
    shown = answer_card(reply(State.ANSWER, dated, dated), Words()).json
    assert shown.count(said) == 1
    gone = replace(dated, expired=date(2026, 3, 1))
    assert said not in answer_card(reply(State.ANSWER, gone), Words()).json


def test_the_states_look_different() -> None:
    found = (State.ANSWER, State.CLOSEST, State.UNKNOWN)
    assert len({answer_card(reply(state, CITED), Words()).json for state in found}) == len(found)


def test_only_what_is_not_sure_names_whom_to_ask() -> None:
    for state in State:
        shown = "12 34 56 78" in answer_card(reply(state, CITED), Words(), contacts=CONTACTS).json
        assert shown == (state in (State.CLOSEST, State.UNKNOWN))


@pytest.mark.parametrize("link", ["javascript:x", "https://a.dk/|x", "https://a.dk/>", "sagen.dk"])
def test_a_case_link_that_is_no_address_is_left_out(link: str) -> None:
    assert link not in nudge_card(nudge(), Words(), link=link).json


def test_a_done_card_says_who_and_when_in_danish_time() -> None:
    card = nudge_card(nudge(NudgeState.DONE), Words(), done_by="Ane")
    assert "Udført af Ane den 23.11.2026 kl. 09.00" in card.json
    assert "button" not in card.json


SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "Hej"}}


@pytest.mark.parametrize(
    ("text", "blocks", "fault"),
    [
        ("", [SECTION], "fallback text is empty"),
        ("x", [], "0 blocks"),
        ("x", [SECTION] * 51, "51 blocks"),
        ("x", [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}], "3000"),
        ("x", [{"type": "section", "text": {"type": "mrkdwn", "text": " "}}], "empty text"),
        ("x", [{"type": "markdown", "text": "x" * 11_999}], "12000"),
        ("x", [SECTION | {"block_id": "a"}] * 2, "block_id 'a' stands 2 times"),
        ("x", [{"type": "no_such_block"}], "does not know"),
        ("x", [{"type": "image", "image_url": "https://a.dk/x.png", "alt_text": ""}], "alt_text"),
        (
            "x",
            [{"type": "actions", "elements": [
                {"type": "button", "text": {"type": "plain_text", "text": "a"}, "action_id": "b"}
            ] * 2}],
            "action_id 'b' stands 2 times",
        ),
        (
            "x",
            [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}],
            "150",
        ),
    ],
)  # fmt: skip
def test_a_message_that_slack_would_refuse_is_found_out(
    text: str, blocks: list[dict[str, Any]], fault: str
) -> None:
    assert any(fault in found for found in check_message(text, blocks))
