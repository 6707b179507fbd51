"""A municipality with two people, a Slack that records, and a clock that we set."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.actions.cases import NewCase, start_case
from bot.answers.engine import Answers
from bot.app import App
from bot.config import Config, Contact, Store
from bot.people import People, Person, Role, acting
from bot.slack.connection import Access, build_client
from bot.slack.service import Service
from scheduler.plans import Anchor
from scheduler.sending import Stopwatch
from tests.bot.slack.payloads import ANE, BO, EVA, SECRET
from tests.bot.slack.recorder import Recorder, recording
from tests.bot.slack.socket_server import SocketServer, socket_serving

TOKEN = "xoxb-" + "a-token-for-tests"

PEOPLE = People(
    {
        "ane": Person("ane", "Ane", frozenset({Role.CASEWORKER}), ANE, team="praktik", backup="bo"),
        "bo": Person("bo", "Bo", frozenset({Role.CASEWORKER}), BO, team="praktik"),
        "eva": Person("eva", "Eva", frozenset({Role.GUIDELINE_OWNER}), EVA),
    }
)


class Clock:
    """The time, which stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def elapsed(self) -> float:
        return self.now.timestamp()

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)

    def pause(self, seconds: float) -> None:
        """Waiting takes no time here: the clock moves instead."""
        self.forward(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def slack() -> Iterator[Recorder]:
    with recording() as recorder:
        yield recorder


@pytest.fixture
def line(slack: Recorder) -> Iterator[SocketServer]:
    """The other end of Socket Mode, which `slack` names to who asks."""
    with socket_serving() as server:
        slack.socket_url = server.url
        yield server


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty store with all its tables, made once: flushing every table to disk takes long."""
    file = tmp_path_factory.mktemp("store") / "brobygger.db"
    App(Config(store=Store(url=str(file)))).database.close()
    return file


@pytest.fixture
def store(tmp_path: Path, migrated: Path) -> Path:
    return Path(shutil.copy(migrated, tmp_path / "brobygger.db"))


@pytest.fixture(scope="session")
def handbook_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of the handbook that ships, built once for all tests."""
    return tmp_path_factory.mktemp("index") / "index.db"


@pytest.fixture(scope="session")
def packaged(handbook_index: Path) -> App:
    """The product as it ships: its texts, plans and answers are read once for all tests."""
    store = Store(str(handbook_index.with_name("x.db")), handbook_index)
    return App(Config(store=store))


@pytest.fixture(scope="session")
def handbook_answers(packaged: App) -> Answers:
    """Answers over the handbook that ships."""
    return packaged.answers


@pytest.fixture
def settings() -> dict[str, Any]:
    """What the municipality has chosen besides its people; a test may change it before `start`."""
    return {}


@pytest.fixture
def start(
    slack: Recorder,
    store: Path,
    clock: Clock,
    packaged: App,
    settings: dict[str, Any],
) -> Iterator[Callable[..., Service]]:
    """Start the product over the one store; called again, it is the process after a restart."""
    apps: list[App] = []

    def started(secret: str | None = SECRET) -> Service:
        contacts = {"faglig": Contact("faglig", "Faglig koordinator", ("praktik",), "12 34 56 78")}
        url = Store(url=str(store))
        usual: dict[str, Any] = {"people": PEOPLE, "contacts": contacts, "store": url}
        app = App(Config(**usual | settings))
        app.answers = packaged.answers
        if not {"folders", "followups"} & set(settings):
            app.library, app.plans = packaged.library, packaged.plans
        apps.append(app)
        client = build_client(Access(TOKEN, "xapp-1", slack.address))
        watch = Stopwatch(elapsed=clock.elapsed, pause=clock.pause)
        return Service(
            app, client, now=clock, watch=watch, signing_secret=secret, later=lambda act: act()
        )

    yield started
    for app in apps:
        app.database.close()


@pytest.fixture
def service(start: Callable[..., Service]) -> Service:
    return start()


@pytest.fixture
def posted(service: Service, slack: Recorder, clock: Clock) -> dict[str, Any]:
    """The first nudge of Ane's case, as it stands in Slack."""
    ane = PEOPLE.get("ane")
    assert ane is not None
    days = {Anchor.START: date(2027, 1, 11), Anchor.END: date(2027, 4, 9)}
    start_case(
        acting(ane), NewCase("virksomhedspraktik", "INT-1042", days), service._app, clock.now
    )
    while not slack.posts:
        clock.forward(days=1)
        service.worker.work_off()
        service.send()
    return slack.posts[0] | {"ts": slack.messages[0]["ts"]}
