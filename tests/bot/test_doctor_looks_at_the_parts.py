"""`brobygger doctor` without Slack: the desk, the store, the guidelines, rates and the clock."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest

from bot.actions import copies
from bot.answers.engine import Answers
from bot.answers.freshness import not_in_index
from bot.answers.opening import answers_over, handbook, read_words
from bot.app import App
from bot.cli.main import answer
from bot.config import Config, Folders, Serve, Store
from bot.desk.settings import SECRET, DeskSettings, SignIn
from bot.examination.clock import compared, skewed
from bot.examination.finding import Finding
from bot.examination.whole import examine
from bot.people import People, Person, Role, at_the_terminal
from bot.words import Words
from scheduler.outbox import Outbox, Outgoing
from tests.bot.desk.certificate import a_certificate
from tests.bot.desk.issuer import CLIENT, Issuer, running

NOW = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
"""A day on which every year's rates that should be there are."""

ANE = Person("ane", "Ane", frozenset({Role.CASEWORKER}), login="ane@kommune.example")
BEHIND_A_PROXY = DeskSettings(
    address="https://desk.example",
    sign_in=SignIn.HEADER,
    header="X-User",
    proxies=(ip_network("127.0.0.1"),),
)


class House:
    """A municipality without Slack, all of it well until the test changes something."""

    def __init__(self, folder: Path, answers: Answers) -> None:
        self.folder = folder
        self.answers: Answers | None = answers
        (folder / "egne").mkdir()
        self.config = Config(
            people=People({"ane": ANE}),
            store=Store(str(folder / "x.db"), folder / "index.db"),
            folders=Folders(guidelines=(folder / "egne",)),
            serve=Serve(slack=False, desk=True),
            desk=BEHIND_A_PROXY,
        )

    def app(self) -> App:
        app = App(self.config)
        if self.answers:
            app.answers = self.answers
        return app

    def made(self) -> App:
        """An app whose store was made before."""
        app = self.app()
        app.database.close()
        del app.database
        return app

    def desk(self, **changes: object) -> None:
        self.config = replace(self.config, desk=replace(self.config.desk, **changes))  # type: ignore[arg-type]

    def look(
        self, now: datetime = NOW, environment: Mapping[str, str] | None = None
    ) -> list[Finding]:
        return list(examine(self.app(), environment or {}, now))


@pytest.fixture(scope="module")
def answers() -> Answers:
    """The handbook, read once: only what looks at the index reads it again."""
    return answers_over(handbook(), read_words())


@pytest.fixture
def house(tmp_path: Path, answers: Answers) -> House:
    return House(tmp_path, answers)


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    with running(Issuer()) as one:
        yield one


def said(findings: list[Finding], *, ill: bool) -> str:
    words = Words()
    chosen = [one for one in findings if one.well is not ill]
    return "\n".join(
        words.problem(part) for one in chosen for part in (one.seen, one.remedy) if part
    )


def test_where_slack_is_off_no_key_is_asked_for_and_all_is_well(house: House) -> None:
    house.made().database.close()
    findings = house.look()
    assert said(findings, ill=True) == ""
    told = said(findings, ill=False)
    for part in ("slack = false", "slettes herfra", "port 8765", "127.0.0.1/32", "1 af 1", "skema"):
        assert part in told
    assert "Slack-id" not in told
    assert "xoxb" not in told


@pytest.mark.parametrize(
    ("serve", "told", "ill"),
    [
        (Serve(slack=False, desk=False), "intet at køre", True),
        (Serve(slack=False, tick=False, desk=True), "tick = false", False),
        (Serve(slack=True, desk=True), "SLACK_BOT_TOKEN", True),
        (Serve(slack=False, desk=True), "Uden Slack sendes intet", False),
    ],
)
def test_it_says_which_parts_run(house: House, serve: Serve, told: str, ill: bool) -> None:
    house.config = replace(house.config, serve=serve)
    assert told in said(house.look(), ill=ill)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"sign_in": SignIn.NONE}, "uden login"),
        ({"host": "192.0.2.7"}, "uden TLS"),
        ({"sign_in": SignIn.OPENID, "issuer": "https://login.example"}, SECRET),
    ],
)
def test_a_desk_that_would_not_open_is_ill(
    house: House, changes: dict[str, object], told: str
) -> None:
    house.desk(**changes)
    assert told in said(house.look(), ill=True)


def test_a_desk_that_nobody_can_enter_is_ill(house: House) -> None:
    house.config = replace(house.config, people=People({"bo": replace(ANE, id="bo", login="")}))
    assert "login" in said(house.look(), ill=True)


def test_a_certificate_and_another_ones_key_are_ill(house: House) -> None:
    for name in ("one", "two"):
        (house.folder / name).mkdir()
    certificate, key = a_certificate(house.folder / "one")
    _, other = a_certificate(house.folder / "two")
    house.desk(host="0.0.0.0", certificate=certificate, key=key)  # noqa: S104 - nothing listens
    assert said(house.look(), ill=True) == ""
    house.desk(key=other)
    assert "desk.pem kan ikke bruges" in said(house.look(), ill=True)


def test_an_issuer_that_answers_for_itself_is_well(house: House, issuer: Issuer) -> None:
    house.desk(sign_in=SignIn.OPENID, issuer=issuer.address, client_id=CLIENT)
    findings = house.look(datetime.now(UTC), {SECRET: "x"})
    assert f"{issuer.address} svarer" in said(findings, ill=False)
    assert "forskel" in said(findings, ill=False)


def test_an_issuer_under_another_name_or_with_another_clock_is_ill(
    house: House, issuer: Issuer
) -> None:
    issuer.metadata = {"issuer": "https://somebody.example"}
    house.desk(sign_in=SignIn.OPENID, issuer=issuer.address, client_id=CLIENT)
    told = said(house.look(NOW, {SECRET: "x"}), ill=True)
    assert "somebody.example" in told
    assert "sekunder forkert" in told


def test_an_issuer_that_does_not_answer_is_ill(house: House) -> None:
    house.desk(sign_in=SignIn.OPENID, issuer="http://127.0.0.1:1", client_id=CLIENT)
    told = said(house.look(NOW, {SECRET: "x"}), ill=True)
    assert "ConnectError" in told
    assert "hemmelig" not in told


def test_a_store_that_is_not_there_yet_is_not_made_by_looking(house: House) -> None:
    assert "ved første start" in said(house.look(), ill=False)
    assert not (house.folder / "x.db").exists()


def test_a_store_of_an_older_program_is_told_and_left_as_it_is(house: House) -> None:
    app = house.made()
    with app.database.write() as tx:
        tx.run("DELETE FROM migrations WHERE part = 'departures'")
    app.database.close()
    before = (house.folder / "x.db").read_bytes()
    assert "opgraderer den med 1 trin" in said(house.look(), ill=False)
    assert (house.folder / "x.db").read_bytes() == before


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("INSERT INTO migrations VALUES ('scheduler', 'm999_later')", "m999_later"),
        (
            "INSERT INTO audit VALUES ('a', 1778000000000, 'ane', 'store.backup', 'store')",
            "Sidste brobygger backup er fra 05.05.2026, 26 dage gammel",
        ),
    ],
)
def test_what_is_wrong_in_the_store_is_found(house: House, statement: str, told: str) -> None:
    app = house.made()
    with app.database.write() as tx:
        tx.run(statement)
    app.database.close()
    assert told in said(house.look(), ill=True)


def test_what_could_not_be_delivered_is_found(house: House) -> None:
    app = house.made()
    with app.database.write() as tx:
        Outbox().put(tx, Outgoing("a", "answer", "D1", "Hej"))
        tx.run("UPDATE outbox SET state = 'dead', ready = NULL")
    app.database.close()
    assert "1 beskeder kunne ikke leveres" in said(house.look(), ill=True)


def test_a_backup_of_this_week_is_well(house: House) -> None:
    app = house.made()
    copies.back_up(at_the_terminal(), house.folder / "copy.db", app, NOW - timedelta(days=2))
    app.database.close()
    findings = house.look()
    assert "2 dage gammel" in said(findings, ill=False)
    assert said(findings, ill=True) == ""


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("/nowhere/x.db", "/nowhere/x.db kan ikke ligge der"),
        ("postgresql://127.0.0.1:1/x", "PostgreSQL svarer ikke"),
    ],
)
def test_a_store_that_cannot_be_reached_is_ill(house: House, url: str, told: str) -> None:
    house.config = replace(house.config, store=replace(house.config.store, url=url))
    assert told in said(house.look(), ill=True)


def test_a_file_that_is_no_database_is_ill(house: House) -> None:
    (house.folder / "x.db").write_bytes(b"not a database, though it is long enough " * 40)
    assert "ikke en database" in said(house.look(), ill=True)


def test_a_guideline_that_cannot_be_read_leaves_the_index_behind(house: House) -> None:
    house.answers = None
    (house.folder / "egne" / "ferie.md").write_text("# Ferie\n\nMan har fem uger.\n", "utf-8")
    assert said(house.look(), ill=True) == ""
    (house.folder / "egne" / "loen.pdf").write_bytes(b"no pdf at all")
    told = said(house.look(), ill=True)
    assert "loen.pdf" in told
    assert "ferie.md" not in told


def test_a_guideline_that_changed_or_went_is_behind_until_it_is_read(house: House) -> None:
    house.answers = None
    file = house.folder / "egne" / "ferie.md"
    file.write_text("# Ferie\n\nMan har fem uger.\n", "utf-8")
    assert house.app().answers.size
    assert not_in_index(house.config) == ()
    file.write_text("# Ferie\n\nMan har seks uger.\n", "utf-8")
    assert not_in_index(house.config) == ("ferie.md",)
    file.unlink()
    assert not_in_index(house.config) == ("ferie.md",)


@pytest.mark.parametrize(
    ("day", "missing"),
    [
        (datetime(2031, 10, 31, 12, tzinfo=UTC), "2031."),
        (datetime(2031, 11, 1, tzinfo=UTC), "2032"),
    ],
)
def test_next_years_rates_are_asked_for_from_november(
    house: House, day: datetime, missing: str
) -> None:
    assert missing in said(house.look(day), ill=True)


@pytest.mark.parametrize(
    ("date", "well", "told"),
    [
        ("Mon, 01 Jun 2026 09:00:30 GMT", True, "30"),
        ("Mon, 01 Jun 2026 09:02:00 GMT", False, "120"),
        ("Mon, 01 Jun 2026 08:58:00 GMT", False, "120"),
        ("", True, "sagde ikke"),
        ("yesterday", True, "sagde ikke"),
    ],
)
def test_our_clock_is_held_beside_the_other_sides(date: str, well: bool, told: str) -> None:
    finding = compared(date, NOW)
    assert finding.well is well
    assert told in Words().problem(finding.seen)
    assert skewed(61).well is False


def test_the_command_says_so_in_english_and_ends_with_one(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    file = house.folder / "config.toml"
    file.write_text('[staff]\nlanguage = "en"\n[serve]\nslack = false\n', "utf-8")
    assert answer(["--config", str(file), "doctor"]) == 1
    out, err = capsys.readouterr()
    assert "✗ There is nothing to run" in out
    assert "✓ Slack is switched off" in out
    assert err.strip()
