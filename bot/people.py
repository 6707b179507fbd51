"""Who works here: the people of config.toml, their roles, and the actor of one request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person may do; a person holds one role or several."""

    CASEWORKER = "caseworker"
    LEADER = "leader"
    GUIDELINE_OWNER = "guideline_owner"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class Person:
    """A member of staff, as `[people.ID]` in config.toml says."""

    id: str
    name: str
    roles: frozenset[Role]
    slack: str = ""
    login: str = ""
    team: str = ""
    backup: str = ""


@dataclass(frozen=True)
class Actor:
    """Who asks for something, through whichever door: the one whose role an action checks."""

    id: str
    name: str
    roles: frozenset[Role]
    language: str = "da"
    slack: str = ""

    def may(self, *roles: Role) -> bool:
        """Whether the actor holds one of `roles`; an administrator may do everything."""
        return Role.ADMINISTRATOR in self.roles or not self.roles.isdisjoint(roles)


class People:
    """The table of people, looked up by id, by Slack user and by login."""

    def __init__(self, people: Mapping[str, Person]) -> None:
        self._people = dict(people)
        self._by_slack = {person.slack: person for person in people.values() if person.slack}
        self._by_login = {person.login: person for person in people.values() if person.login}

    def __iter__(self) -> Iterator[Person]:
        return iter(self._people.values())

    def __contains__(self, person_id: str) -> bool:
        return person_id in self._people

    def __len__(self) -> int:
        return len(self._people)

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(self._people)

    def get(self, person_id: str) -> Person | None:
        return self._people.get(person_id)

    def name_of(self, person_id: str) -> str:
        """The person's name; the id itself once the person has left config.toml."""
        person = self._people.get(person_id)
        return person.name if person else person_id

    def by_slack(self, user_id: str) -> Person | None:
        """The person behind a Slack user id, or None for a guest or a stranger."""
        return self._by_slack.get(user_id)

    def by_login(self, login: str) -> Person | None:
        return self._by_login.get(login)


def acting(person: Person, language: str = "da") -> Actor:
    """The actor that `person` is when they ask for something themselves."""
    return Actor(person.id, person.name, person.roles, language, person.slack)


def at_the_terminal(language: str = "da") -> Actor:
    """The actor of the command line: whoever can run it on the server may do everything."""
    return Actor("terminal", "terminal", frozenset(Role), language)
