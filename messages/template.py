"""The template of a catalog: each sentence once, with what a translator must know of its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files

from messages import furniture
from messages.extraction import handout_sentences
from messages.pictures import Picture
from messages.po_file import Entry, read_entries
from messages.topics import Topic

# Two parts of an SMS in letters outside Latin; Slack cuts a button's label at 75 (its plain_text).
SMS_LIMIT, BUTTON_LIMIT = 134, 75
_LIMIT = re.compile(r"max-length:(\d+)")
_STEP = re.compile(r"step-(\d+)/(?:picture-)?(.+)")
_PLACES = {
    "title": "the title",
    "lead": "the line below the title",
    "label-of-a-line-to-write-on": "the label of a line to write on by hand",
    "what-to-do": "the box with what to do",
}


def entries_of(sentences: Iterable[tuple[str, str]]) -> list[Entry]:
    """(sentence, place) pairs as entries, each sentence once, in order of its first place."""
    found: dict[str, Entry] = {}
    for sentence, place in sentences:
        entry = found.setdefault(sentence, Entry(source=sentence))
        one_word = place.replace(" ", "_")
        if one_word not in entry.places:
            entry.places.append(one_word)
    return list(found.values())


def handout_template(
    topics: Mapping[str, Topic],
    pictures: Mapping[str, Picture],
    sentences: Iterable[tuple[str, str]],
) -> list[Entry]:
    """The sentences that readers meet, explained: sheet, step, picture, how long they may be."""
    short = set(_short(topics.values()))
    entries = entries_of(sentences)
    for entry in entries:
        entry.notes = [_explained(place, topics, pictures) for place in entry.places]
        if entry.source in short:
            entry.flags = [f"max-length:{SMS_LIMIT}"]
    return entries


def packaged_template(domain: str) -> list[Entry]:
    """The template that ships, as `make translations` wrote it."""
    file = files("locales") / f"{domain}.pot"
    return list(read_entries(file.read_bytes(), f"locales/{domain}.pot"))


def with_own_topics(
    template: list[Entry], topics: Mapping[str, Topic], pictures: Mapping[str, Picture]
) -> list[Entry]:
    """The template that ships, and the sentences of a municipality's own topics after it."""
    known = {entry.source for entry in template}
    own = [
        (sentence, f"{topic.id}/{place}")
        for topic in topics.values()
        for sentence, place in topic.sentences()
        if sentence not in known
    ]
    return [*template, *handout_template(topics, pictures, own)]


def packaged_handout(topics: Mapping[str, Topic], pictures: Mapping[str, Picture]) -> list[Entry]:
    """The handout template of the sources that ship; only `make translations` needs it."""
    return handout_template(topics, pictures, handout_sentences())


def limit_of(entry: Entry) -> int | None:
    """How many letters the translation may have, where it must fit an SMS or a button."""
    return next((int(known[1]) for flag in entry.flags if (known := _LIMIT.match(flag))), None)


def picture_of(entry: Entry) -> str:
    """The id of the picture that the sentence stands beside, or ""."""
    for place in entry.places:
        if place.startswith("pictures/"):
            return place.split("/")[1]
        if "/picture-" in place and not place.endswith("/picture-none"):
            return place.rpartition("/picture-")[2]
    return ""


def topics_of(entry: Entry) -> frozenset[str]:
    """The first part of each place: the topics that hold the sentence, `messages` or `pictures`."""
    return frozenset(place.split("/")[0] for place in entry.places)


def _short(topics: Iterable[Topic]) -> Iterator[str]:
    yield from (furniture.ASK, furniture.ASK_CONTACT)
    for topic in topics:
        yield topic.title
        for step in topic.steps:
            if step.short:
                yield from (step.text, *(text for _, text in step.variants))


def _explained(place: str, topics: Mapping[str, Topic], pictures: Mapping[str, Picture]) -> str:
    where, _, rest = place.partition("/")
    if where == "pictures":
        name, _, kind = rest.partition("/")
        said = "read aloud to who cannot see it" if "cannot-see" in kind else "what it shows"
        return f"Picture {name}: {said}"
    if where in topics:
        return f"Sheet “{topics[where].title}” ({where}): {_in_topic(rest, pictures)}"
    if rest == "furniture.py":
        return "Every sheet: a heading, a mark or a notice"
    return f"Beside the sums of a sheet ({place})"


def _in_topic(rest: str, pictures: Mapping[str, Picture]) -> str:
    if rest.startswith("term-"):
        return f"what the Danish word “{rest.removeprefix('term-').replace('_', ' ')}” means"
    step = _STEP.fullmatch(rest)
    if not step:
        return _PLACES.get(rest, rest)
    number, beside = step.groups()
    if beside == "check":
        return f"step {number}, asked aloud by the caseworker to see that it was understood"
    if beside not in pictures:
        return f"step {number}"
    return f"step {number}, beside the picture {beside} ({pictures[beside].idea})"
