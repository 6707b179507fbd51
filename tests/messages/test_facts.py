from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from messages.errors import MessagesError
from messages.facts import read_facts
from messages.library import Library


def test_with_nothing_given_the_topics_example_stands_in(library: Library) -> None:
    facts = read_facts(library.topics["loenseddel"], {})
    assert facts.values["gross"].number == Decimal(24500)
    assert facts.examples == {"gross", "percent", "deduction"}


def test_own_pay_without_a_card_takes_only_the_card_from_the_example(library: Library) -> None:
    facts = read_facts(library.topics["loenseddel"], {"gross": "20.000"})
    assert facts.values["gross"].number == Decimal(20000)
    assert facts.examples == {"percent", "deduction"}


@pytest.mark.parametrize(
    "card", [{"percent": "37", "deduction": "4.900"}, {"municipality": "Vejle"}]
)
def test_an_own_card_leaves_no_example(card: dict[str, str], library: Library) -> None:
    facts = read_facts(library.topics["loenseddel"], {"gross": "20000", **card})
    assert not facts.examples


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"gros": "1"}, ["gros", "mente du", "gross"]),
        ({"percent": "38"}, ["mangler gross", "Skriv f.eks. 24.500"]),
        ({"gross": "mange"}, ["mange", "24500"]),
        ({"gross": "1,234.56"}, ["1,234.56"]),
        ({"gross": "-5"}, ["gross"]),
        ({"gross": "0"}, ["gross", "mindst 1"]),
        ({"gross": "24500", "hours": "900"}, ["hours", "fra 0 til 400"]),
        ({"gross": "24500", "percent": "140"}, ["percent", "100"]),
        ({"gross": "24500", "payday": "2026-02-30"}, ["2026-02-30", "2026-12-31"]),
        ({"gross": "24500", "municipality": "x" * 300}, ["municipality", "80"]),
        ({"gross": "24500", "municipality": "Vej\nle"}, ["municipality", "én linje"]),
        ({"gross": "24500", "municipality": "Vejle\u202e"}, ["municipality"]),
        ({"gross": "24500", "municipality": "010190-1234"}, ["CPR"]),
    ],
)
def test_a_wrong_fact_is_told_in_one_line_with_an_example(
    facts: dict[str, str], told: list[str], library: Library
) -> None:
    with pytest.raises(MessagesError) as refused:
        read_facts(library.topics["loenseddel"], facts)
    said = str(refused.value)
    assert "\n" not in said
    for words in told:
        assert words in said


def test_a_topic_that_asks_for_nothing_says_so(library: Library) -> None:
    topic = replace(library.topics["atp"], facts=())
    with pytest.raises(MessagesError, match="spørger ikke om tal"):
        read_facts(topic, {"gross": "1"})


@pytest.mark.parametrize(("typed", "shown"), [("8.05", "08.05"), ("14:30", "14.30")])
def test_a_time_is_read_with_point_or_colon(typed: str, shown: str, library: Library) -> None:
    topic = library.topics["praktik-uge"]
    facts = read_facts(topic, {"start_time": typed})
    assert facts.values["start_time"].words == shown


@pytest.mark.parametrize("typed", ["24.00", "8.60", "otte", "8"])
def test_a_time_that_is_none_is_refused(typed: str, library: Library) -> None:
    with pytest.raises(MessagesError, match="start_time"):
        read_facts(library.topics["praktik-uge"], {"start_time": typed})
