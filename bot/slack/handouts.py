"""Handouts from Slack: a form, a sheet made in memory, files that only the caseworker gets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial

from bot.actions.handouts import HandoutRequest, make_handout, rendered
from bot.actions.nudges import nudge_of
from bot.fact_faults import faults
from bot.slack.cards.fields import View
from bot.slack.cards.handout_form import (
    BILINGUAL,
    LARGE,
    NAME,
    SCRIPT,
    errors_of,
    handout_form,
    sent_comment,
)
from bot.slack.forms import Next, Typed, Visit, Wrong, told
from bot.slack.unfinished import SHEET
from bot.slack.uploads import Upload
from messages.document import Document
from messages.errors import Problem
from messages.tables import N_
from messages.topics import Topic

_UNDERWAY = N_("Arket laves nu og kommer i dine direkte beskeder om et øjeblik.")


class HandoutForm:
    """Topic, language and own numbers, until they are a sheet. Nothing of it is stored."""

    name = NAME

    def open(self, visit: Visit, about: Mapping[str, str]) -> View:
        """The topic may be named, or be that of a follow-up. Raises Refused when that is gone."""
        asked = about.get("topic", "")
        if about.get("nudge"):
            handouts = nudge_of(visit.actor, about["nudge"], visit.front.app).handouts
            asked = handouts[0] if handouts else ""
        return self._shown(visit, self._topic(visit, asked), "")

    def change(self, visit: Visit, typed: Typed) -> View | None:
        """The fields of the topic that was chosen now, and whether its words are a draft."""
        topic = visit.front.app.library.topics.get(typed.get("topic"))
        return self._shown(visit, topic, typed.get("language"))

    def submit(self, visit: Visit, typed: Typed) -> Wrong | Next:
        app, words = visit.front.app, visit.words
        topic = app.library.topics.get(typed.get("topic"))
        if topic is None:
            return Wrong({"topic": words(N_("Vælg et emne."))})
        facts = {key: text for key, text in typed.under("f.").items() if _asked(topic, key)}
        wrong = errors_of(faults(topic, facts, words))
        if wrong:
            return Wrong(wrong)
        try:
            document = self._made(visit, topic, typed, facts)
        except Problem as problem:
            place = f"f.{topic.facts[0].key}" if topic.facts and facts else "language"
            return Wrong({place: words.problem(problem)})
        return Next(
            told(NAME, words(N_("Lav et ark")), words(_UNDERWAY), words),
            partial(self._send, visit, document),
            SHEET,
        )

    def _made(self, visit: Visit, topic: Topic, typed: Typed, facts: Mapping[str, str]) -> Document:
        ticked = typed.all("switches")
        request = HandoutRequest(
            topic.id,
            typed.get("language"),
            facts,
            bilingual=BILINGUAL in ticked,
            large=LARGE in ticked,
            script=SCRIPT in ticked,
        )
        config = visit.front.app.config
        return make_handout(
            visit.actor,
            request,
            visit.front.app.library,
            visit.front.today,
            reviewed_only=config.reviewed_only,
            site=config.site,
            contacts=config.contacts.values(),
        )

    def _send(self, visit: Visit, document: Document) -> None:
        front, words = visit.front, visit.words
        topic = front.app.library.topics[document.topic]
        title, language = words(topic.title), document.language.name_da
        name = f"{document.topic}-{document.language.code}"
        alt = words(N_("Billede af arket {title} på {language}"), title=title, language=language)
        files = [
            Upload(f"{name}{suffix}", f"{title} ({language})", alt,
                   rendered(document, front.app.library, f"{name}{suffix}"))
            for suffix in (".png", ".pdf")
        ]  # fmt: skip
        comment = sent_comment(
            title,
            language,
            front.app.config.slack.file_hours,
            words,
            draft=document.marks.draft,
            example=document.marks.example,
        )
        front.uploads.send(visit.actor.slack, files, comment, front.now())

    def _shown(self, visit: Visit, topic: Topic | None, language: str) -> View:
        library, words = visit.front.app.library, visit.words
        topics = sorted(
            ((one.id, words(one.title)) for one in library.topics.values()), key=lambda one: one[1]
        )
        languages = [
            (code, f"{one.name_da} · {one.name_own}")
            for code, one in library.languages.items()
            if code in library.handout
        ]
        draft = bool(topic and language in library.handout and self._draft(visit, topic, language))
        return handout_form(topics, languages, words, topic=topic, language=language, draft=draft)

    def _draft(self, visit: Visit, topic: Topic, language: str) -> bool:
        """Whether the sheet would be a draft, tried on the topic's example."""
        try:
            request = HandoutRequest(topic.id, language)
            library = visit.front.app.library
            return make_handout(visit.actor, request, library, visit.front.today).marks.draft
        except Problem:
            return False

    def _topic(self, visit: Visit, asked: str) -> Topic | None:
        """The topic that was typed after the command: by id or title, else by a part of one."""
        topics = list(visit.front.app.library.topics.values())
        wanted = _bare(asked)
        names = [{_bare(one.id), _bare(one.title), _bare(visit.words(one.title))} for one in topics]
        whole = [topic for topic, known in zip(topics, names, strict=True) if wanted in known]
        part = [
            topic
            for topic, known in zip(topics, names, strict=True)
            if len(wanted) > 2 and any(wanted in name for name in known)
        ]
        found = whole or part
        return found[0] if wanted and len(found) == 1 else None


def _bare(name: str) -> str:
    """Letters and figures alone, so that a blank or a hyphen makes no difference."""
    plain = name.casefold().replace("ø", "oe").replace("æ", "ae").replace("å", "aa")
    return re.sub(r"\W+", "", plain)


def _asked(topic: Topic, key: str) -> bool:
    """Whether the topic asks for it: fields of another topic may still stand in the form."""
    return any(fact.key == key for fact in topic.facts)
