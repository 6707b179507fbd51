"""What a whole topic must be: few steps, a picture each, easy to read, claims with a source."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from messages.checks.finding import Finding, error, warning
from messages.checks.sentences import sentence_findings
from messages.pictures import Picture
from messages.readability import VERY_EASY, Readability, lix, sentences
from messages.tables import N_, did_you_mean
from messages.topics import Topic
from messages.wording import terms

FEWEST_STEPS, MOST_STEPS = 3, 7
MOST_SENTENCES = 2
_INITIALS = re.compile(r"\b[A-ZÆØÅ]{2,}\b")
_NOT = re.compile(r"\bikke\b", re.IGNORECASE)
_LAW = re.compile(
    r"ophold|statsborger|familiesammenf|visum|asyl|§|\blov(?:en|givning)\b", re.IGNORECASE
)
# Where a law is read: the authorities' own pages, and two that give each section an address.
_LAW_SOURCE = re.compile(
    r"://(?:www\.)?(?:retsinformation|nyidanmark|lovtidende|danskelove|elov)\.dk(?:/|$)"
)


@dataclass(frozen=True)
class Measured:
    """How easy a sheet is to read, at its hardest: with typed facts or without."""

    topic: str
    readability: Readability


def topic_findings(file: str, topic: Topic, pictures: Mapping[str, Picture]) -> Iterator[Finding]:
    """Everything that a reader of the topic's file can put right in it."""
    for where, text in keyed_sentences(topic):
        yield from sentence_findings(file, where, text)
    yield from _steps(file, topic)
    yield from _pictures(file, topic, pictures)
    yield from _words(file, topic)
    yield from _sources(file, topic)
    yield from _twice(file, topic)


def keyed_sentences(topic: Topic) -> Iterator[tuple[str, str]]:
    """Each sentence that a refugee reads, with its key in the topic's file."""
    yield "title", topic.title
    yield "lead", topic.lead
    for number, step in enumerate(topic.steps, start=1):
        yield f"steps[{number}].text", step.text
        for place, (_, text) in enumerate(step.variants, start=1):
            yield f"steps[{number}].variants[{place}].text", text
        yield f"steps[{number}].check", step.check
    for number, (_, meaning) in enumerate(topic.terms, start=1):
        yield f"terms[{number}].meaning", meaning
    for number, place_to_write in enumerate(topic.fields, start=1):
        yield f"fields[{number}].label", place_to_write.label
    yield "do", topic.do


def measure(topic: Topic) -> Measured:
    """LIX of the sheet as running text, the harder reading: without typed facts, or with them."""
    rest = [topic.lead, *(meaning for _, meaning in topic.terms), topic.do]
    plain = [step.text for step in topic.steps]
    with_facts = [[step.text, *(text for _, text in step.variants)][-1] for step in topic.steps]
    explained = [word for word, _ in topic.terms]
    found = (lix([*texts, *rest], explained) for texts in (plain, with_facts))
    return Measured(topic.id, max(found, key=lambda one: one.adjusted))


def readability_findings(file: str, measured: Measured) -> Iterator[Finding]:
    read = measured.readability
    if read.adjusted > VERY_EASY:
        said = N_(
            "LIX er {adjusted} ({raw} med de forklarede ord), men må højst være {most}; skriv "
            "kortere sætninger, eller skift de lange ord: {words}"
        )
        values = {"adjusted": round(read.adjusted, 1), "raw": round(read.raw, 1)}
        hard = ", ".join(read.offending[:8])
        yield error(file, "steps", said, most=VERY_EASY, words=hard, **values)


def _steps(file: str, topic: Topic) -> Iterator[Finding]:
    count = len(topic.steps) - len({step.needs for step in topic.steps} & _left_out(topic))
    if count > MOST_STEPS:
        said = N_("arket har {count} trin, men må højst have {most}; del det i to emner")
        yield error(file, "steps", said, count=count, most=MOST_STEPS)
    elif count < FEWEST_STEPS:
        said = N_("arket har kun {count} trin; de andre har fra {few} til {most}")
        yield warning(file, "steps", said, count=count, few=FEWEST_STEPS, most=MOST_STEPS)
    for number, step in enumerate(topic.steps, start=1):
        for text in (step.text, *(text for _, text in step.variants)):
            if len(sentences(text)) > MOST_SENTENCES:
                said = N_("trinnet har {count} sætninger; højst {most}, én tanke i hvert trin")
                found = len(sentences(text))
                yield error(file, f"steps[{number}].text", said, count=found, most=MOST_SENTENCES)
        if not step.check:
            said = N_("mangler; skriv et spørgsmål, der viser, om trinnet er forstået")
            yield warning(file, f"steps[{number}].check", said)


def _left_out(topic: Topic) -> set[str]:
    """The figures that make a step fall away: a step that needs one of them takes its place."""
    return {step.unless for step in topic.steps if step.unless}


def _pictures(file: str, topic: Topic, pictures: Mapping[str, Picture]) -> Iterator[Finding]:
    for number, step in enumerate(topic.steps, start=1):
        where = f"steps[{number}].picture"
        if not step.picture:
            yield error(file, where, N_("mangler; vælg et billede fra brobygger pictures"))
        elif step.picture not in pictures:
            said = N_("billedet “{name}” findes ikke{hint} Se brobygger pictures.")
            hint = did_you_mean(step.picture, pictures)
            yield error(file, where, said, name=step.picture, hint=hint)
    for picture, times in Counter(step.picture for step in topic.steps).items():
        if picture and times > 1:
            said = N_("billedet “{name}” står ved {times} trin; giv hvert trin sit eget")
            yield warning(file, "steps", said, name=picture, times=times)


def _words(file: str, topic: Topic) -> Iterator[Finding]:
    said_on_sheet = list(keyed_sentences(topic))
    shown = {word for _, text in said_on_sheet for word in terms(text)} | dict(topic.terms).keys()
    explained = {initials for word in shown for initials in _INITIALS.findall(word)}
    for where, text in said_on_sheet:
        for initials in dict.fromkeys(_INITIALS.findall(text)):
            if initials not in explained:
                said = N_(
                    "{word} er ikke forklaret; skriv det som [[{word}]], eller under [[terms]]"
                )
                yield error(file, where, said, word=initials)
    denied = [where for where, text in said_on_sheet if _NOT.search(text)]
    denied = [where for where in denied if not where.endswith(".check")]
    if len(denied) > 1:
        said = N_("{count} sætninger siger “ikke”; sig hellere, hvad læseren skal gøre")
        yield warning(file, ", ".join(denied), said, count=len(denied))


def _sources(file: str, topic: Topic) -> Iterator[Finding]:
    if not topic.sources:
        said = N_('mangler; skriv hvor det står, f.eks. title = "skat.dk: Skattekort" og url')
        yield error(file, "sources", said)
    for number, (title, url) in enumerate(topic.sources, start=1):
        if not re.fullmatch(r"https://[\w.-]+\.[a-z]{2,}\S*", url):
            said = N_("“{url}” er ikke en adresse; skriv f.eks. https://skat.dk")
            yield error(file, f"sources[{number}].url", said, url=url[:60])
        if not title.strip():
            yield error(file, f"sources[{number}].title", N_("er tom; skriv sidens navn"))
    claims = [where for where, text in keyed_sentences(topic) if _LAW.search(text)]
    if claims and not any(_LAW_SOURCE.search(url) for _, url in topic.sources):
        said = N_("taler om lov eller ophold uden en lov som kilde; tilføj den, eller slet det")
        yield warning(file, ", ".join(claims), said)


def _twice(file: str, topic: Topic) -> Iterator[Finding]:
    groups = {
        "steps": [step.id for step in topic.steps],
        "facts": [fact.key for fact in topic.facts],
        "terms": [word for word, _ in topic.terms],
    }
    for group, names in groups.items():
        for name in (name for name, times in Counter(names).items() if times > 1):
            yield error(file, group, N_("“{name}” står to gange; giv dem hver sit navn"), name=name)
