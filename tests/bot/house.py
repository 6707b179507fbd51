"""A municipality with a Slack in memory and a clock that the test sets."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bot.actions import cases
from bot.actions.cases import NewCase
from bot.app import App
from bot.arrivals.heartbeat import Heartbeat
from bot.arrivals.run import Arrivals
from bot.config import Config, Contact, Followups, Store
from bot.people import People, Person, Role, acting
from bot.slack.nudges import card_of
from scheduler.plans import Anchor
from scheduler.sending import Report, Stopwatch
from tests.scheduler.fake_slack import FakeSlack, Message

MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)  # nine in Denmark
CASEWORKER, LEADER = frozenset({Role.CASEWORKER}), frozenset({Role.LEADER})
PEOPLE = (
    Person("mette", "Mette", CASEWORKER, "UMETTE", team="praktik", backup="ane"),
    Person("ane", "Ane", CASEWORKER, "UANE", team="praktik"),
    Person("lene", "Lene", LEADER, "ULENE", team="praktik"),
    Person("adam", "Adam", frozenset({Role.ADMINISTRATOR}), "UADAM"),
)
METTE, ANE, LENE, ADAM = (acting(person) for person in PEOPLE)


class House:
    """A municipality with a Slack in memory and a clock that the test sets."""

    def __init__(self, folder: Path, followups: Followups) -> None:
        config = Config(
            people=People({person.id: person for person in PEOPLE}),
            contacts={
                "loen": Contact("loen", "Lønteamet", ("løn",), slack="CLOEN"),
            },
            store=Store(url=str(folder / "store.db")),
            followups=replace(followups, erasures=folder / "erased.log"),
        )
        self.app = App(config)
        self.slack = FakeSlack()
        watch = Stopwatch(self.slack.time.elapsed, self.slack.time.pause)
        self.beats: list[str] = []
        heartbeat = Heartbeat("https://vagt.example/1", self.beats.append)
        self.arrivals = Arrivals(
            self.app,
            self.slack,
            lambda nudge, language: card_of(self.app, nudge, language),
            watch=watch,
            heartbeat=heartbeat,
        )

    def start(self, reference: str, start: date, **days: date) -> None:
        anchors = {Anchor.START: start} | {Anchor(name): day for name, day in days.items()}
        cases.start_case(METTE, NewCase("virksomhedspraktik", reference, anchors), self.app, MONDAY)

    def tick(self, now: datetime) -> Report:
        self.slack.time.seconds = now.timestamp()
        return self.arrivals.tick(now)

    def to(self, recipient: str) -> list[Message]:
        return [one for one in self.slack.messages if one.outgoing.to == recipient]

    def said_to(self, recipient: str) -> str:
        return "\n".join(one.outgoing.text + one.outgoing.blocks for one in self.to(recipient))


def week_one(house: House, count: int) -> datetime:
    """Cases whose follow-up after week 1 lies on 14 December; that morning, all quiet so far."""
    for number in range(count):
        house.start(f"INT-10{number:02d}", date(2026, 12, 7))
    for day in range(20):
        house.tick(MONDAY + timedelta(days=day))
    house.slack.messages.clear()
    return datetime(2026, 12, 14, 8, tzinfo=UTC)


def mornings(house: House, recipient: str = "UMETTE") -> list[Message]:
    return [one for one in house.to(recipient) if one.key.startswith("morning:")]


def done_buttons(message: Message) -> list[str]:
    """The ids of the nudges that the message lets its reader mark as done."""
    blocks = json.loads(message.outgoing.blocks)
    elements = [element for block in blocks for element in block.get("elements", [])]
    elements += [block["accessory"] for block in blocks if "accessory" in block]
    return [
        str(one["value"])
        for one in elements
        if str(one.get("action_id", "")).startswith("nudge_done")
    ]
