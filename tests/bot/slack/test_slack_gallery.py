"""Every card and form of the gallery, in both languages, as Slack takes it."""

from __future__ import annotations

from collections import Counter

import pytest

from bot.app import App
from bot.config import Config
from bot.slack.cards.limits import check_message, check_view
from tests.bot.slack.gallery import cards, views

APP = App(Config())


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_card_keeps_slacks_limits(language: str) -> None:
    found = {name: check_message(*card) for name, card in cards(APP.words(language))}
    assert len(found) > 30
    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_form_and_the_home_keep_slacks_limits(language: str) -> None:
    found = {name: check_view(view) for name, view in views(APP.words(language), APP)}
    assert len(found) > 30
    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize("language", ["da", "en"])
def test_buttons_that_look_alike_say_apart_to_a_screen_reader(language: str) -> None:
    words = APP.words(language)
    found = [(name, card.blocks) for name, card in cards(words)]
    found += [(name, view["blocks"]) for name, view in views(words, APP)]  # type: ignore[misc]
    silent = []
    for name, blocks in found:
        made = [
            element
            for block in blocks
            for element in [*block.get("elements", []), block.get("accessory", {})]  # type: ignore[misc]
            if element.get("type") == "button"
        ]
        labels = Counter(element["text"]["text"] for element in made)
        silent += [
            f"{name}: {element['text']['text']}"
            for element in made
            if labels[element["text"]["text"]] > 1 and "accessibility_label" not in element
        ]
    assert silent == []


@pytest.mark.parametrize(
    ("view", "fault"),
    [
        ({"type": "modal", "blocks": []}, "1 to 100"),
        ({"type": "home", "blocks": [{"type": "divider"}] * 101}, "1 to 100"),
        (
            {
                "type": "modal",
                "title": {"type": "plain_text", "text": "x" * 25},
                "blocks": [{"type": "divider"}],
            },
            "24",
        ),
        (
            {
                "type": "home",
                "blocks": [{"type": "divider"}],
                "private_metadata": "x" * 3_001,
            },
            "3000",
        ),
    ],
)
def test_a_view_that_slack_would_refuse_is_found_out(view: dict[str, object], fault: str) -> None:
    assert any(fault in found for found in check_view(view))
