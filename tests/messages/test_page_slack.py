"""A sheet as Slack blocks: whole, within limits, and nothing in it can call anybody."""

from __future__ import annotations

import json
from datetime import date

import pytest
from slack_sdk.models.blocks import Block

from messages.compose import compose
from messages.formats import render
from messages.library import Library
from messages.page_slack import slack_blocks

ON = date(2026, 11, 22)


@pytest.mark.parametrize("language", ["da", "ar", "ti"])
def test_every_topic_is_within_slacks_limits(library: Library, language: str) -> None:
    for topic in library.topics.values():
        facts = {fact.key: fact.example for fact in topic.facts if fact.required}
        blocks = slack_blocks(compose(topic.id, language, facts, library, ON, large=True))
        assert 3 <= len(blocks) <= 50
        assert sum(len(block["text"]["text"]) for block in blocks) < 12_000
        for block in blocks:
            parsed = Block.parse(dict(block))
            assert parsed is not None
            parsed.to_dict()


def test_each_step_stands_with_its_number_and_the_danish_under_it(library: Library) -> None:
    sheet = compose("loenseddel", "ar", {"gross": "24500"}, library, ON)
    texts = [block["text"]["text"] for block in slack_blocks(sheet)]
    steps = [text for text in texts if text[:2] == "2."]
    assert len(steps) == 1
    assert "Du tjener" in steps[0]
    assert "\u206624.500\u00a0kr.\u2069" in steps[0]


def test_what_was_typed_cannot_call_anybody(library: Library) -> None:
    facts = {"rule": "<!channel> *se* <@U1>"}
    sheet = compose("sygemelding", "da", facts, library, ON)
    blocks = slack_blocks(sheet)
    assert {block["text"]["type"] for block in blocks} == {"plain_text"}
    assert any("<!channel>" in block["text"]["text"] for block in blocks)


def test_the_file_is_json_that_block_kit_builder_takes(library: Library) -> None:
    sheet = compose("atp", "da", {"hours": "160,33"}, library, ON)
    assert set(json.loads(render(sheet, library, ".slack.json"))) == {"blocks"}
