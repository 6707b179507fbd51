"""Who knocks: a colleague in config.toml, another employee, or somebody who must stay outside."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.errors import BotError, Refused
from bot.people import Actor, People, acting
from bot.slack.failures import LOOKED_FOR
from messages.tables import N_

GUEST = N_(
    "Brobygger er kun for kommunens egne medarbejdere, ikke for gæster. Spørg den kollega, der "
    "har inviteret dig."
)
FOREIGN = N_(
    "Brobygger svarer kun medarbejdere i sin egen kommune. Spørg din kollega i kommunen om hjælp."
)
_UNKNOWN = N_("Slack kunne ikke sige, hvem {user} er ({error}).")
_FRESH = timedelta(hours=1)
_NOBODY = frozenset({"user_not_found", "user_not_visible", "users_not_found"})
_OUTSIDE = ("is_restricted", "is_ultra_restricted", "is_stranger", "is_bot", "deleted")


class Visitors:
    """Looks up who a Slack user is. A person in config.toml is known; of others Slack is asked,
    at most once an hour each."""

    def __init__(
        self, people: People, client: WebClient, team: str, now: Callable[[], datetime]
    ) -> None:
        self._people = people
        self._client = client
        self._team = team
        self._now = now
        self._met: dict[str, tuple[datetime, str | None]] = {}
        self._lock = threading.Lock()

    def actor(self, user: str, language: str) -> Actor:
        """Who acts. An employee outside config.toml may ask, and holds no role.

        Raises Refused for a guest and for somebody of another organisation, BotError when Slack
        does not say who it is.
        """
        person = self._people.by_slack(user)
        if person is not None:
            return acting(person, language)
        refusal = self._refusal(user)
        if refusal:
            raise Refused(refusal)
        return Actor(f"slack:{user}", "", frozenset(), language, user)

    def _refusal(self, user: str) -> str | None:
        with self._lock:
            at, refusal = self._met.get(user, (None, None))
        if at is None or self._now() - at > _FRESH:
            refusal = self._looked_up(user)
            with self._lock:
                self._met[user] = (self._now(), refusal)
        return refusal

    def _looked_up(self, user: str) -> str | None:
        try:
            found = self._client.users_info(user=user)["user"]
        except SlackApiError as error:
            code = str(error.response.get("error") or "?")
            if code in _NOBODY:
                return GUEST
            raise BotError(_UNKNOWN, user=user, error=code) from None
        except (*LOOKED_FOR, LookupError, TypeError) as error:
            raise BotError(_UNKNOWN, user=user, error=type(error).__name__) from None
        return self._judged(found)

    def _judged(self, found: Mapping[str, object]) -> str | None:
        team = found.get("team_id")
        if self._team and team and team != self._team:
            return FOREIGN
        return GUEST if any(found.get(mark) for mark in _OUTSIDE) else None


def from_elsewhere(body: Mapping[str, object]) -> bool:
    """Whether the payload itself says that its sender belongs to another organisation."""
    ours = body.get("team_id") or _id(body.get("team"))
    event = body.get("event")
    user = body.get("user")
    if isinstance(event, Mapping):
        theirs = event.get("user_team") or event.get("source_team") or event.get("team")
    else:
        theirs = user.get("team_id") if isinstance(user, Mapping) else None
    return bool(ours and theirs and ours != theirs)


def _id(team: object) -> object:
    return team.get("id") if isinstance(team, Mapping) else None
