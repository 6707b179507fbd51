"""The App Home and the suggested questions: what one person meets when they open the app."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.actions.dead_letters import list_undelivered
from bot.actions.health import health
from bot.actions.nudges import list_nudges
from bot.actions.overview import overview
from bot.actions.problems import list_problems
from bot.actions.questions import list_open
from bot.arrivals.undelivered import whom
from bot.clock import COPENHAGEN
from bot.errors import Refused
from bot.people import Actor, Role
from bot.slack.cards.days import on_day
from bot.slack.cards.home import HomePage, Row, Unanswered, home_view
from bot.slack.cards.notices import home_refusal
from bot.slack.front import Front
from bot.stores.inbox import Incoming
from bot.words import Words
from messages.tables import N_
from scheduler.errors import PostFailed
from scheduler.nudges import Nudge, NudgeState
from scheduler.outbox import Outgoing

logger = logging.getLogger(__name__)

_NEAR = frozenset({NudgeState.PLANNED, NudgeState.QUEUED, NudgeState.SENT, NudgeState.UNDELIVERED})
_TITLE = N_("Hvad vil du vide?")
_PROMPTS = {
    Role.CASEWORKER: (
        (N_("Hvordan følger vi op?"), N_("Hvor ofte skal vi følge op under praktikken?")),
        (
            N_("Den første lønseddel"),
            N_("Hvordan forbereder vi borgeren på den første lønseddel?"),
        ),
    ),
    Role.LEADER: (
        (N_("Mål for indsatsen"), N_("Hvordan sætter vi mål for, at flere kommer i job?")),
    ),
    Role.GUIDELINE_OWNER: (
        (N_("Hvor er tallene fra?"), N_("Hvilke kommuner bygger erfaringerne på?")),
    ),
}
_ALWAYS = (
    (N_("Hvor længe varer en praktik?"), N_("Hvor lang tid varer et praktikforløb i gennemsnit?")),
    (N_("Det første møde"), N_("Hvad skal vi sige på det første møde?")),
)


@dataclass(frozen=True)
class Home:
    """Builds what is shown by the reader's role; asks the actions for what it shows."""

    front: Front

    def home(self, incoming: Incoming) -> tuple[Outgoing, ...]:
        words = self.front.words_to(incoming.sender)
        try:
            view = home_view(self._page(self.front.actor(incoming.sender), words), words)
        except Refused as refused:
            view = home_refusal(refused, words)
        self.front.channel.publish(incoming.sender, view)
        return ()

    def prompts(self, incoming: Incoming) -> tuple[Outgoing, ...]:
        """Suggested questions by role; Slack shows the manifest's where this fails."""
        words = self.front.words_to(incoming.sender)
        try:
            actor = self.front.actor(incoming.sender)
            own = [one for role in _PROMPTS if role in actor.roles for one in _PROMPTS[role]]
            shown = [(words(said), words(asked)) for said, asked in (*own, *_ALWAYS)[:4]]
            self.front.channel.prompt(incoming.channel, words(_TITLE), shown)
        except Refused:
            return ()
        except PostFailed as failed:
            logger.info("no prompts shown: %s", failed)
        return ()

    def _page(self, actor: Actor, words: Words) -> HomePage:
        app, now = self.front.app, self.front.now()
        page = HomePage(
            staff=actor.may(Role.CASEWORKER, Role.LEADER),
            known=actor.id in app.config.people,
            keeps=actor.may(Role.GUIDELINE_OWNER),
            questions=self._questions(actor),
        )
        if actor.may(Role.LEADER):
            seen, troubles = overview(actor, app, now), list_problems(actor, app)
            page = replace(page, overview=seen, troubles=troubles)
        if actor.may(Role.ADMINISTRATOR):
            letters = [
                (one, whom(one.to, app.config.people)) for one in list_undelivered(actor, app)
            ]
            page = replace(page, health=health(actor, app, now), letters=letters)
        return self._with_steps(page, actor, words) if page.staff else page

    def _with_steps(self, page: HomePage, actor: Actor, words: Words) -> HomePage:
        tomorrow = self.front.today + timedelta(days=1)
        soon = self.front.today + timedelta(days=8)
        mine = [
            (one, one.due.astimezone(COPENHAGEN).date())
            for one in list_nudges(actor, self.front.app)
            if one.owner == actor.id and one.state in _NEAR and one.due
        ]
        return replace(
            page,
            today=[self._row(one, words) for one, day in mine if day < tomorrow],
            week=[self._row(one, words) for one, day in mine if tomorrow <= day < soon],
        )

    def _row(self, nudge: Nudge, words: Words) -> Row:
        late = bool(nudge.due and nudge.due.astimezone(COPENHAGEN).date() < self.front.today)
        day = on_day(nudge.due, words) if nudge.due else ""
        return Row(nudge.id, nudge.case, words(nudge.title), day, late)

    def _questions(self, actor: Actor) -> list[Unanswered]:
        """The open questions, for those who answer for the guidelines."""
        try:
            found = list_open(actor, self.front.app, self.front.now())
        except Refused:
            return []
        return [Unanswered(one.id, one.question, one.times) for one in found]
