"""No sentence of a sheet waits for a figure that may be missing, whatever facts are typed."""

from __future__ import annotations

from datetime import date

import pytest

from messages.compose import compose
from messages.document import plain
from messages.errors import MessagesError
from messages.facts import read_facts
from messages.library import load_library
from messages.rates import rates_for
from messages.reckoning import SUMS, reckon
from messages.topics import Topic, packaged_topics
from messages.wording import placeholders

ON = date(2026, 11, 22)
LIBRARY = load_library()
TOPICS = {topic.id: topic for topic in packaged_topics()}
# Typed together: the lines of a real payslip; what a place costs before and after a second job.
TYPED_LINES = {"am_bidrag", "a_tax", "net", "lines", "price", "income_one", "income_both"}
TOGETHER = {"share_both": {"share_one"}}

AS_PAID = {"lines": "Løn 20000; AM-bidrag 1600; A-skat 5000; Kantine -100; Udbetalt 13300"}
PLACE = {"price": "3.900", "income_one": "21.500", "income_both": "42.000"}

each_topic = pytest.mark.parametrize("topic", TOPICS.values(), ids=TOPICS.keys())


def required(topic: Topic) -> dict[str, str]:
    return {fact.key: fact.example for fact in topic.facts if fact.required}


def optional(topic: Topic) -> dict[str, str]:
    return {fact.key: fact.example for fact in topic.facts if not fact.required}


ALONE = [
    (topic.id, key)
    for topic in TOPICS.values()
    for key in optional(topic)
    if key not in TYPED_LINES
]


def figures(topic: Topic, given: dict[str, str]) -> set[str]:
    facts = read_facts(topic, given)
    return set(reckon(topic.sum, facts.values, rates_for(LIBRARY.rates, ON)).values)


@each_topic
def test_a_topic_names_a_sum_that_exists(topic: Topic) -> None:
    assert topic.sum in {"", *SUMS}


@each_topic
def test_a_sentence_uses_what_is_always_there_or_what_it_was_written_for(topic: Topic) -> None:
    always = figures(topic, required(topic))
    for step in topic.steps:
        for given, text in (("", step.text), *step.variants):
            assert placeholders(text) <= always | {given, step.needs} | TOGETHER.get(
                given, set()
            ), text
        assert not placeholders(step.check), step.check
    assert not placeholders(topic.title + topic.lead + topic.do)


@each_topic
def test_a_variant_shows_the_fact_it_was_written_for(topic: Topic) -> None:
    assert [
        text
        for step in topic.steps
        for given, text in step.variants
        if given not in placeholders(text)
    ] == []


@each_topic
def test_every_figure_a_step_waits_for_can_come(topic: Topic) -> None:
    known = {fact.key for fact in topic.facts}
    possible = known | figures(topic, required(topic))
    typed = {key: text for key, text in optional(topic).items() if key not in TYPED_LINES}
    typed.pop("pension", None)  # in kroner or in percent, never both
    possible |= figures(topic, required(topic) | typed)
    possible |= figures(topic, AS_PAID) | {"other"} if topic.id == "loenseddel" else set()
    possible |= figures(topic, required(topic) | PLACE) if topic.id == "to-indkomster" else set()
    waited = {step.needs for step in topic.steps if step.needs}
    waited |= {given for step in topic.steps for given, _ in step.variants}
    waited |= {line.figure for step in topic.steps for line in step.lines}
    assert waited <= possible


@pytest.mark.parametrize(("topic_id", "key"), ALONE)
def test_a_sheet_can_be_made_with_any_one_optional_fact(topic_id: str, key: str) -> None:
    topic = TOPICS[topic_id]
    given = required(topic) | {key: optional(topic)[key]}
    sheet = compose(topic_id, "da", given, LIBRARY, ON)
    assert len(sheet.steps) >= 3
    assert not [step.id for step in sheet.steps if "{" in plain(step.said.text)]


@each_topic
def test_a_sheet_without_typed_facts_has_at_least_three_steps(topic: Topic) -> None:
    sheet = compose(topic.id, "da", {}, LIBRARY, ON)
    assert 3 <= len(sheet.steps) <= 7
    assert sheet.marks.example == bool(required(topic))


def test_a_typed_phone_number_stands_on_the_sick_sheet() -> None:
    sheet = compose("sygemelding", "da", {"phone": "12 34 56 78"}, LIBRARY, ON)
    assert "12\u00a034\u00a056\u00a078" in plain(sheet.steps[0].said.text)


def test_no_phone_number_is_ever_invented_for_the_reader() -> None:
    invented = [
        (topic.id, fact.key)
        for topic in TOPICS.values()
        for fact in topic.facts
        if fact.kind == "phone" and (fact.required or fact.stand_in) and not topic.danish_only
    ]
    assert invented == []


def test_a_family_over_the_limit_sees_no_subsidy_step() -> None:
    facts = {"price": "3.900", "income": "80.000"}
    steps = [step.id for step in compose("boernepasning", "da", facts, LIBRARY, ON).steps]
    assert "subsidy" not in steps
    assert "price" in steps


def test_three_dates_give_the_days_between_benefit_and_pay() -> None:
    dates = {"last_benefit": "2026-11-30", "first_workday": "2026-12-01", "payday": "2026-12-31"}
    sheet = compose("fra-ydelse-til-loen", "da", dates, LIBRARY, ON)
    gap = next(step for step in sheet.steps if step.id == "gap")
    assert plain(gap.said.text).endswith("Antal dage fra ydelse til løn: 31.")


def test_a_childcare_price_with_one_and_two_jobs_needs_all_three_numbers() -> None:
    pay = {"first_pay": "17.500", "second_pay": "15.900"}
    step = compose("to-indkomster", "da", pay | PLACE | {"children": "2"}, LIBRARY, ON).steps[4]
    said = plain(step.said.text).replace("\u00a0", " ")
    # 258.000 kr. a year is 6 whole steps of 4.836 over 225.100: 5 + 6 = 11 % of 3.900;
    # 504.000 is 57 steps: 62 % (dagtilbudsbekendtgørelsen § 27, two children, 2026)
    assert said == (
        "Med fripladstilskud koster pladsen ca. 429 kr. med ét job. "
        "Med to job koster den ca. 2.418 kr."
    )
    for key in PLACE:
        fewer = pay | {one: text for one, text in PLACE.items() if one != key}
        with pytest.raises(MessagesError, match=f"{key} mangler"):
            compose("to-indkomster", "da", fewer, LIBRARY, ON)


def test_two_jobs_without_a_childcare_price_say_nothing_of_kroner_for_it() -> None:
    pay = {"first_pay": "17.500", "second_pay": "15.900"}
    step = compose("to-indkomster", "da", pay, LIBRARY, ON).steps[4]
    assert plain(step.said.text).startswith("Får I mere i løn, kan pladsen koste mere.")
