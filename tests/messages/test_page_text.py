from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from messages.compose import compose
from messages.errors import MessagesError
from messages.languages import Direction
from messages.library import Library
from messages.page_text import counted, sms, text

OWN = {"gross": "20000", "percent": "38", "deduction": "5000"}
ISOLATED = re.compile("\u2066[^\u2066-\u2069]*\u2069")


def test_the_danish_text_has_every_step_in_order_and_no_invisible_marks(
    library: Library, today: date
) -> None:
    shown = text(compose("loenseddel", "da", OWN, library, today), library)
    numbers = [int(number) for number in re.findall(r"^(\d)\. ", shown, re.MULTILINE)]
    assert numbers == list(range(1, 8))
    assert not re.search("[\u2066-\u2069]", shown)


def test_in_arabic_every_latin_letter_and_amount_is_isolated_or_on_a_danish_line(
    library: Library, today: date
) -> None:
    shown = text(compose("loenseddel", "ar", OWN, library, today, allow_draft=True), library)
    for line in shown.splitlines():
        if re.search("[\u0600-\u06ff]", line):
            bare = re.sub(r"^\s*(\d\.|-) ", "", ISOLATED.sub("", line))
            assert not re.search(r"[A-Za-z0-9]", bare), line


@pytest.mark.parametrize("direction", ["rtl", "ltr"])
def test_every_topic_is_a_text_in_a_made_up_language(
    direction: Direction, pseudo: Callable[[Direction], Library], today: date
) -> None:
    library = pseudo(direction)
    for topic in library.topics.values():
        shown = text(compose(topic.id, "xx", {}, library, today, allow_draft=True), library)
        assert "på dansk" not in shown
        assert "{" not in shown
        assert "[[" not in shown


def test_an_sms_has_each_number_on_a_line_of_its_own(library: Library, today: date) -> None:
    document = compose("loenseddel", "ar", OWN, library, today, allow_draft=True)
    lines = sms(document).text.splitlines()
    with_digits = [line for line in lines if re.search(r"\d", line)]
    assert with_digits == ["20.000 kr.", "13.255 kr."]
    assert not re.search("[\u2066-\u2069]", sms(document).text)


@pytest.mark.parametrize(
    ("topic", "lang", "lines"),
    [
        ("loenseddel", "da", ["Du tjener", "24.500 kr.", "Det er din løn før skat."]),
        ("loenseddel", "ku", ["Hûn ... qezenc dikin:", "24.500 kr."]),
        ("atp", "da", ["Hver måned går ... af din løn til ATP:", "99 kr.",
                       "Det står på din lønseddel."]),
        ("atp", "ti", ["ኣብ ወወርሑ ... ካብ ደሞዝኩም ናብ ATP ይኸይድ፦", "99 kr."]),
        ("skat", "da", ["Af resten går ca. ... til A-skat:", "6.552 kr.",
                        "Din trækprocent viser, hvor stor den del er."]),
    ],
)  # fmt: skip
def test_an_amount_in_an_sms_never_breaks_a_sentence(
    topic: str, lang: str, lines: list[str], library: Library, today: date
) -> None:
    message = sms(compose(topic, lang, {}, library, today, allow_draft=True)).text
    assert "\n".join(lines) in message


def test_two_numbers_in_one_sentence_of_an_sms_follow_it_in_order(
    library: Library, today: date
) -> None:
    topic = library.topics["loenseddel"]
    step = replace(topic.steps[5], text="Af {gross} får du {net}. Det er alt.", variants=())
    other = replace(library, topics={"loenseddel": replace(topic, steps=(step,))})
    message = sms(compose("loenseddel", "da", OWN, other, today)).text
    assert "Af ... får du ca. ...:\n20.000 kr.\n13.255 kr.\nDet er alt." in message


def test_no_line_of_an_sms_holds_an_amount_beside_words(library: Library, today: date) -> None:
    for topic in library.topics:
        for lang in ("da", "ar", "ti", "fa_AF", "so", "ku", "uk", "en"):
            message = sms(compose(topic, lang, {}, library, today, allow_draft=True)).text
            beside = re.search(r"[^\W\d_].*\d[\d.]* ?kr\.|kr\..*[^\W\d_]", message)
            assert not beside, (topic, lang, beside)


def test_an_sms_of_words_that_nobody_checked_is_refused(library: Library, today: date) -> None:
    with pytest.raises(MessagesError, match="PDF"):
        sms(compose("loenseddel", "ar", OWN, library, today))


@pytest.mark.parametrize(
    ("message", "parts", "length"),
    [
        ("a" * 160, 1, 160),
        ("a" * 161, 2, 153),
        ("a" * 306, 2, 153),
        ("a" * 307, 3, 153),
        ("æøå" * 53, 1, 160),
        ("€" * 80, 1, 160),
        ("€" * 81, 2, 153),
        ("ب" * 70, 1, 70),
        ("ب" * 71, 2, 67),
        ("ê" + "a" * 69, 1, 70),
        ("24\u00a0kr.", 1, 160),
    ],
)
def test_the_parts_of_an_sms_are_counted_as_phones_count_them(
    message: str, parts: int, length: int
) -> None:
    found = counted(message)
    assert (found.parts, found.part_length) == (parts, length)


def test_the_script_asks_a_question_at_every_step(library: Library, today: date) -> None:
    shown = text(compose("loenseddel", "da", OWN, library, today, script=True), library)
    assert shown.count("Spørg: ") == 7
