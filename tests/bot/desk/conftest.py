"""The demo's desk on a fixed Monday morning, reached as a browser on this machine reaches it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot.app import App
from bot.config import Folders, Store
from bot.demo import imagined, imagined_caseworker
from bot.desk.app import build_desk
from bot.desk.entrance import OpenDoor
from bot.desk.settings import LOOPBACK
from bot.desk.visit import Desk
from tests.bot.desk.staff import PEOPLE

MONDAY = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
ADDRESS = "http://127.0.0.1:8765"


@pytest.fixture(scope="session")
def imagined_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """One product for the tests that change nothing in it."""
    app = imagined(tmp_path_factory.mktemp("desk"), "da", MONDAY)
    yield app
    app.database.close()


@pytest.fixture
def fresh_app(tmp_path: Path, imagined_app: App) -> Iterator[App]:
    """A copy of its own for a test that changes cases; what is only read is shared."""
    _ = imagined_app.answers  # its index is written, so that the copy need not be built anew
    store = imagined_app.config.store
    for file in (Path(store.url), store.index):
        shutil.copy(file, tmp_path / file.name)
    own = Store(str(tmp_path / Path(store.url).name), tmp_path / store.index.name)
    folders = Folders(guidelines=(tmp_path / "guidelines",), catalogs=tmp_path / "catalogs")
    for folder in (tmp_path / "guidelines", tmp_path / "catalogs"):
        folder.mkdir()
    app = App(replace(imagined_app.config, store=own, folders=folders))
    vars(app)["library"] = imagined_app.library
    yield app
    app.database.close()


@pytest.fixture(scope="session")
def open_desk() -> Callable[[App], TestClient]:
    """A browser at the desk over a product."""

    def opened(app: App) -> TestClient:
        door = OpenDoor(imagined_caseworker("da"))
        site = build_desk(Desk(app, door, demo=True, now=lambda: MONDAY), LOOPBACK)
        return TestClient(site, base_url=ADDRESS)

    return opened


@pytest.fixture
def browser(open_desk: Callable[[App], TestClient], imagined_app: App) -> TestClient:
    return open_desk(imagined_app)


@pytest.fixture
def token(browser: TestClient) -> str:
    """What the desk's own pages carry in every form that changes something."""
    found = re.search(r'name="token" value="([^"]+)"', browser.get("/opfoelgning/ny").text)
    assert found
    return found[1]


@pytest.fixture
def first_step(browser: TestClient) -> Callable[[str], str]:
    """The id of the first open step of a case."""

    def find(reference: str) -> str:
        found = re.search(r'action="/trin/([^/]+)/udfoert"', browser.get(f"/sag/{reference}").text)
        assert found
        return found[1]

    return find


@pytest.fixture
def staffed(fresh_app: App) -> App:
    """The desk's product with two colleagues who may sign in."""
    app = App(replace(fresh_app.config, people=PEOPLE))
    vars(app).update(library=fresh_app.library, database=fresh_app.database)
    return app
