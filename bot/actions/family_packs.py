"""A family pack: several topics and languages with one adult's numbers. Nothing is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

from bot.actions.handouts import HandoutRequest, make_handout
from bot.config import Contact
from bot.errors import Refused
from bot.people import Actor
from messages.document import Document
from messages.family_pack import MOST_SHEETS, Asked, asked_once, facts_for, sheets_of
from messages.language_codes import known_code
from messages.library import Library
from messages.topics import Topic, unknown_topic


@dataclass(frozen=True)
class PackRequest:
    """What the caseworker chose; `facts` are as typed, by the names of `asked_once`."""

    topics: tuple[str, ...]
    languages: tuple[str, ...]
    facts: Mapping[str, str] = field(default_factory=dict)
    bilingual: bool = False
    large: bool = False
    script: bool = False


def make_pack(
    actor: Actor,
    request: PackRequest,
    library: Library,
    today: date,
    *,
    reviewed_only: bool = False,
    site: str = "",
    contacts: Iterable[Contact] = (),
) -> tuple[Document, ...]:
    """The sheets of the pack, language by language; nothing is written and nothing kept.

    Each sheet is made as if alone: the rule for drafts holds for each. Raises Refused without a
    topic or a language and for too many sheets, else as `make_handout`.
    """
    topics = pack_topics(request.topics, library)
    languages = [known_code(code, library.languages) for code in dict.fromkeys(request.languages)]
    sheets = tuple(sheets_of(topics, languages))
    check_size(len(topics), len(languages), len(sheets))
    asked = asked_once(topics)
    _refuse_strays(request.facts, asked)
    each = HandoutRequest(
        "", "", bilingual=request.bilingual, large=request.large, script=request.script
    )
    alone = partial(make_handout, reviewed_only=reviewed_only, site=site, contacts=tuple(contacts))
    return tuple(
        alone(
            actor,
            replace(
                each,
                topic=topic.id,
                language=code,
                facts=facts_for(topic, asked, request.facts),
            ),
            library,
            today,
        )
        for topic, code in sheets
    )


def _refuse_strays(facts: Mapping[str, str], asked: Iterable[Asked]) -> None:
    known = {one.name for one in asked}
    if stray := [name for name in facts if name not in known]:
        raise Refused("Ingen af emnerne spørger om “{name}”.", name=stray[0][:40])


def pack_topics(names: Iterable[str], library: Library) -> tuple[Topic, ...]:
    """The topics by their ids, each once; raises MessagesError for one that is none."""
    found = []
    for name in dict.fromkeys(names):
        topic = library.topics.get(name)
        if topic is None:
            raise unknown_topic(name, list(library.topics))
        found.append(topic)
    return tuple(found)


def check_size(topics: int, languages: int, sheets: int) -> None:
    """Raise Refused where a pack is empty or larger than anybody prints."""
    if not topics:
        raise Refused("Vælg mindst ét emne, f.eks. lønsedlen.")
    if not languages:
        raise Refused("Vælg mindst ét sprog, f.eks. dansk.")
    if sheets > MOST_SHEETS:
        raise Refused(
            "Det bliver {count} ark, og en pakke har højst {most}. Vælg færre emner eller sprog.",
            count=sheets,
            most=MOST_SHEETS,
        )
