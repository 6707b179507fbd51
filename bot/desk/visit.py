"""One visit to the desk: who asks, in which words, what was typed; and the desk that answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from sqlite3 import OperationalError
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlencode

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot import clock
from bot.desk.addresses import page_of
from bot.desk.days import spelled
from bot.desk.forms import Form, Upload
from bot.desk.pages import page
from bot.desk.tongues import name_of
from bot.errors import BotError
from bot.people import Actor, Role
from bot.words import Words
from messages.personal_data import mask_cpr

if TYPE_CHECKING:
    from bot.answers.index import IndexFile
    from bot.app import App
    from messages.errors import Problem
    from messages.languages import Language
    from messages.topics import Topic

LANGUAGES = {"da": "Dansk", "en": "English"}
LANGUAGE_COOKIE = "brobygger-sprog"


@dataclass(frozen=True)
class Visitor:
    """Who is let in. `token` must come back in every form that changes something; `leaves`: they
    signed in here, and can sign out."""

    actor: Actor
    token: str
    leaves: bool = False


class Entrance(Protocol):
    """Who may enter, and how they are known again. `sign_in`: where a stranger is sent, or ""."""

    @property
    def sign_in(self) -> str: ...

    def visitor(self, request: Request) -> Visitor | None:
        """The person behind a request, or None for somebody who must sign in first."""
        ...


@dataclass(frozen=True)
class Desk:
    """The desk over one municipality's product. `demo`: everything shown is imagined."""

    app: App
    entrance: Entrance
    demo: bool = False
    now: Callable[[], datetime] = clock.now

    @cached_property
    def index(self) -> IndexFile:
        """The index of guidelines. Raises BotError when its file cannot be written."""
        from bot.answers.opening import open_index

        try:
            return open_index(self.app.config)
        except OperationalError as error:
            raise BotError(
                "Søgeindekset {file} kan ikke skrives: {reason}. Peg på en fil, der kan skrives, "
                "under [store] index.",
                file=self.app.config.store.index,
                reason=str(error),
            ) from None

    @property
    def languages(self) -> dict[str, str]:
        """The languages that the desk can be read in, by their own names."""
        return {code: name for code, name in LANGUAGES.items() if code in self.app.library.staff}

    def words(self, request: Request) -> Words:
        """The visitor's language: their own choice, else the municipality's."""
        chosen = request.cookies.get(LANGUAGE_COOKIE, "")
        return self.app.words(chosen if chosen in LANGUAGES else self.app.config.language)


@dataclass(frozen=True)
class Visit:
    """What a view is handed. Views are plain functions from a visit to a response."""

    desk: Desk
    actor: Actor
    words: Words
    token: str
    form: Form
    query: QueryParams
    path: Mapping[str, str]
    here: str
    upload: Upload | None = None
    leaves: bool = False

    @classmethod
    def of_nobody(cls, desk: Desk, request: Request, form: Form) -> Visit:
        """A visit to what anybody may see."""
        nobody = Actor("", "", frozenset())
        words, path = desk.words(request), request.path_params
        return cls(desk, nobody, words, "", form, request.query_params, path, request.url.path)

    @property
    def app(self) -> App:
        return self.desk.app

    @property
    def now(self) -> datetime:
        return self.desk.now()

    @property
    def today(self) -> date:
        return self.now.astimezone(clock.COPENHAGEN).date()

    def title(self, topic: Topic) -> str:
        """What the topic is called in the visitor's language: a sentence of the sheets' catalog."""
        catalog = self.app.library.handout.get(self.words.language)
        return catalog.text(topic.title) if catalog else topic.title

    def refused(self, problem: Problem) -> str:
        """What a refusal says, with its days in words and nothing personal."""
        return mask_cpr(spelled(self.words.problem(problem), self.words.language))

    def called(self, language: Language) -> str:
        """What a language is called in the visitor's own."""
        return name_of(language, self.words.language)

    @property
    def again(self) -> str:
        """Where the visitor stands, to be sent to again: the page, when a form was sent."""
        asked = [
            (mask_cpr(key), mask_cpr(value))
            for key, value in self.query.multi_items()
            if key != "nyt"
        ]
        return page_of(self.here) + (f"?{urlencode(asked)}" if asked else "")

    def page(self, template: str, status: int = 200, **context: object) -> Response:
        """The page of a template, in the visitor's words."""
        return HTMLResponse(
            page(
                template,
                self.words,
                demo=self.desk.demo,
                actor=self.actor,
                token=self.token,
                leaves=self.leaves,
                leads=self.actor.may(Role.LEADER),
                owns=self.actor.may(Role.LEADER, Role.GUIDELINE_OWNER),
                here=self.here,
                again=self.again,
                called=self.called,
                languages=self.desk.languages,
                municipality=self.app.config.municipality,
                **context,
            ),
            status,
        )


View = Callable[[Visit], Response]


def to(address: str, told: str = "") -> Response:
    """Send the browser on after a change, so that going back or reloading repeats nothing.

    `told` is the name of the sentence that the next page shows (bot.desk.told).
    """
    glue = "&" if "?" in address else "?"
    return RedirectResponse(f"{address}{glue}nyt={told}" if told else address, 303)
