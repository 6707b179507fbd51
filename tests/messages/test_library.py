from __future__ import annotations

import pytest

from messages.compose import compose
from messages.document import plain
from messages.errors import MessagesError
from messages.library import Library, Overlay, load_library

TOPIC = """
id = "egen"
title = "Vores eget emne"
[[steps]]
id = "one"
text = "Kom til mødet."
"""


def test_a_topic_from_the_overlay_folder_is_a_sheet_at_once(today: object) -> None:
    library = load_library(Overlay(topics={"egen.toml": TOPIC}))
    assert "egen" in library.topics
    assert "loenseddel" in library.topics


def test_a_topic_with_the_same_id_takes_the_packaged_ones_place() -> None:
    own = TOPIC.replace('"egen"', '"loenseddel"')
    library = load_library(Overlay(topics={"min.toml": own}))
    assert library.topics["loenseddel"].title == "Vores eget emne"


def test_an_own_translation_wins_and_the_rest_stays(library: Library, today: object) -> None:
    po = 'msgid ""\nmsgstr ""\n\nmsgid "Din lønseddel"\nmsgstr "Your pay slip, dear"\n'
    own = load_library(Overlay(catalogs={"en/LC_MESSAGES/handout.po": po}))
    assert own.handout["en"].text("Din lønseddel") == "Your pay slip, dear"
    other = "Hvad er AM-bidrag?"
    assert own.handout["en"].text(other) == library.handout["en"].text(other) != other


def test_a_language_may_come_from_the_overlay_alone(today: object) -> None:
    po = 'msgid ""\nmsgstr ""\n\nmsgid "Din lønseddel"\nmsgstr "Warqadda mushaharka"\n'
    own = load_library(Overlay(catalogs={"so/LC_MESSAGES/handout.po": po}))
    document = compose("loenseddel", "so", {}, own, today)  # type: ignore[arg-type]
    assert plain(document.title.text) == "Warqadda mushaharka"


@pytest.mark.parametrize(
    ("overlay", "told"),
    [
        (Overlay(topics={"egen.toml": TOPIC + "farve = 1"}), "egen.toml"),
        (Overlay(topics={"egen.toml": "id = "}), "egen.toml"),
        (Overlay(rates={"2027.toml": "year = true"}), "2027.toml"),
    ],
)
def test_a_broken_file_of_their_own_is_named(overlay: Overlay, told: str) -> None:
    with pytest.raises(MessagesError) as refused:
        load_library(overlay)
    assert told in str(refused.value)
