"""Who may enter the real desk: through an issuer, through the own proxy, or not at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from joserfc.jwk import RSAKey
from starlette.testclient import TestClient

from bot.app import App
from bot.desk.opening import open_desk
from bot.desk.sessions import IDLE, LONGEST, Attempts, Sessions
from tests.bot.desk.issuer import CLIENT, Issuer, running
from tests.bot.desk.staff import OPENID, SECRET, settings_of

NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
DESK = "http://127.0.0.1:8765"


class Watch:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    with running(Issuer()) as issuer:
        yield issuer


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def visitor(staffed: App, issuer: Issuer, watch: Watch) -> TestClient:
    """A browser that has not signed in, at a desk that knows the issuer."""
    settings = settings_of(
        f'sign_in = "openid"\naddress = "{DESK}"\nissuer = "{issuer.address}"\n'
        f'client_id = "{CLIENT}"'
    )
    site = open_desk(staffed, settings, SECRET, "127.0.0.1", watch)
    return TestClient(site, base_url=DESK, follow_redirects=False)


def sign_in(visitor: TestClient, issuer: Issuer, back: str = "/opfoelgning") -> str:
    """Go through the issuer as a browser does; gives the address it comes back to."""
    leaving = visitor.get(f"/log-ind/videre?tilbage={back}")
    assert leaving.status_code == 302, leaving.text
    assert leaving.headers["location"].startswith(f"{issuer.address}/authorize?")
    with TestClient(issuer.app(), base_url=issuer.address, follow_redirects=False) as there:
        coming = there.get(leaving.headers["location"])
    return coming.headers["location"].removeprefix(DESK)


def token_of(visitor: TestClient) -> str:
    found = re.search(r'name="token" value="([^"]+)"', visitor.get("/opfoelgning/ny").text)
    assert found
    return found[1]


@pytest.mark.parametrize("path", ["/", "/opfoelgning", "/ark", "/sag/INT-1042", "/vejledninger"])
def test_a_stranger_is_sent_to_sign_in_and_sees_nothing(visitor: TestClient, path: str) -> None:
    answer = visitor.get(path)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/log-ind?tilbage=/")
    assert answer.content == b""


def test_a_stranger_changes_nothing(visitor: TestClient) -> None:
    assert visitor.post("/opfoelgning/ny", data={"sag": "INT-5000"}).status_code == 303


def test_a_colleague_signs_in_works_and_signs_out(visitor: TestClient, issuer: Issuer) -> None:
    came = visitor.get(sign_in(visitor, issuer))
    assert (came.status_code, came.headers["location"]) == (303, "/opfoelgning")
    cookie = came.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert issuer.asked["code_challenge_method"] == "S256"
    assert issuer.traded["code_verifier"]
    assert "Ane" in visitor.get("/opfoelgning").text
    assert visitor.post("/log-ud").status_code == 303
    assert visitor.get("/opfoelgning").status_code == 303


def test_a_cookie_from_before_signing_out_opens_nothing(
    visitor: TestClient, issuer: Issuer
) -> None:
    visitor.get(sign_in(visitor, issuer))
    kept = dict(visitor.cookies)
    visitor.post("/log-ud")
    visitor.cookies.update(kept)
    assert visitor.get("/opfoelgning").status_code == 303


def test_roles_are_those_of_the_configuration(visitor: TestClient, issuer: Issuer) -> None:
    issuer.email = "bo@kommune.example"
    visitor.get(sign_in(visitor, issuer))
    assert visitor.get("/opfoelgning").status_code == 422
    assert visitor.get("/ark").status_code == 200


@pytest.mark.parametrize(
    "lies",
    [
        {"aud": "another-client"},
        {"aud": None},
        {"iss": "https://evil.example"},
        {"iss": None},
        {"nonce": "gættet"},
        {"nonce": None},
        {"exp": 1},
        {"exp": None},
        {"email": "fremmed@kommune.example"},
        {"email": ""},
        {"email": None},
        {"email_verified": False},
    ],
)
def test_a_token_that_is_forged_expired_or_anothers_opens_nothing(
    visitor: TestClient, issuer: Issuer, lies: dict[str, object]
) -> None:
    issuer.lies = lies
    assert visitor.get(sign_in(visitor, issuer)).status_code == 403
    assert visitor.get("/opfoelgning").status_code == 303


def test_a_token_signed_by_somebody_else_opens_nothing(visitor: TestClient, issuer: Issuer) -> None:
    issuer.shown = RSAKey.generate_key(2048, private=True)
    assert visitor.get(sign_in(visitor, issuer)).status_code == 403


def test_an_answer_without_a_token_opens_nothing(visitor: TestClient, issuer: Issuer) -> None:
    issuer.without_token = True
    assert visitor.get(sign_in(visitor, issuer)).status_code == 403


def test_an_issuer_that_calls_itself_something_else_is_not_believed(
    visitor: TestClient, issuer: Issuer
) -> None:
    issuer.metadata = {"issuer": "https://evil.example"}
    assert visitor.get("/log-ind/videre").status_code == 502


def test_an_answer_counts_once(visitor: TestClient, issuer: Issuer) -> None:
    came = sign_in(visitor, issuer)
    kept = dict(visitor.cookies)
    assert visitor.get(came).status_code == 303
    visitor.cookies.clear()
    visitor.cookies.update(kept)
    assert visitor.get(came).status_code == 403


def test_an_answer_to_another_browser_opens_nothing(visitor: TestClient, issuer: Issuer) -> None:
    came = sign_in(visitor, issuer)
    visitor.cookies.clear()
    assert visitor.get(came).status_code == 403


@pytest.mark.parametrize("answer", ["", "?error=access_denied", "?code=x", "?code=x&state=y"])
def test_an_answer_nobody_asked_for_opens_nothing(visitor: TestClient, answer: str) -> None:
    visitor.get("/log-ind/videre")
    assert visitor.get(f"/log-ind/svar{answer}").status_code == 403


@pytest.mark.parametrize("back", ["https://evil.example", "//evil.example", "/\\evil.example"])
def test_signing_in_never_leads_off_the_desk(
    visitor: TestClient, issuer: Issuer, back: str
) -> None:
    assert visitor.get(sign_in(visitor, issuer, back)).headers["location"] == "/"
    assert "evil" not in visitor.get(f"/log-ind?tilbage={back}").text


def test_a_session_ends_when_it_is_not_used(
    visitor: TestClient, issuer: Issuer, watch: Watch
) -> None:
    visitor.get(sign_in(visitor, issuer))
    watch.now += IDLE - timedelta(minutes=1)
    assert visitor.get("/opfoelgning").status_code == 200
    watch.now += IDLE + timedelta(minutes=1)
    assert visitor.get("/opfoelgning").status_code == 303


def test_a_session_ends_at_the_end_of_the_day_however_much_it_is_used(fresh_app: App) -> None:
    sessions = Sessions(fresh_app.database)
    secret = sessions.begin("ane", NOW)
    at = NOW
    while at - NOW < LONGEST - IDLE:
        at += timedelta(minutes=30)
        assert sessions.find(secret, at)
    assert sessions.find(secret, NOW + LONGEST + timedelta(seconds=1)) is None


def another_process(app: App, issuer: Issuer, watch: Watch) -> TestClient:
    """A browser at a second desk over the same store."""
    own = App(app.config)
    vars(own).update(library=app.library, database=app.database)
    settings = settings_of(
        f'sign_in = "openid"\naddress = "{DESK}"\nissuer = "{issuer.address}"\n'
        f'client_id = "{CLIENT}"'
    )
    site = open_desk(own, settings, SECRET, "127.0.0.1", watch)
    return TestClient(site, base_url=DESK, follow_redirects=False)


def test_a_restart_signs_nobody_out_and_a_half_filled_form_still_counts(
    visitor: TestClient, issuer: Issuer, staffed: App, watch: Watch
) -> None:
    visitor.get(sign_in(visitor, issuer))
    token = token_of(visitor)
    later = another_process(staffed, issuer, watch)
    later.cookies.update(dict(visitor.cookies))
    assert "Ane" in later.get("/opfoelgning").text
    typed = {"plan": "virksomhedspraktik", "sag": "INT-5001", "start": "2027-01-11", "token": token}
    assert later.post("/opfoelgning/ny", data=typed).status_code == 303


def test_who_leaves_from_one_process_may_come_back_to_another_and_signs_out_of_both(
    visitor: TestClient, issuer: Issuer, staffed: App, watch: Watch
) -> None:
    came = sign_in(visitor, issuer)
    other = another_process(staffed, issuer, watch)
    other.cookies.update(dict(visitor.cookies))
    assert other.get(came).status_code == 303
    visitor.cookies.clear()
    visitor.cookies.update(dict(other.cookies))
    assert visitor.get("/opfoelgning").status_code == 200
    other.post("/log-ud")
    assert visitor.get("/opfoelgning").status_code == 303


def test_the_store_holds_nothing_that_opens_the_desk(
    visitor: TestClient, issuer: Issuer, staffed: App
) -> None:
    came = sign_in(visitor, issuer)
    on_the_way = [cookie.value for cookie in visitor.cookies.jar]
    visitor.get(came)
    token = token_of(visitor)
    cookies = [cookie.value for cookie in visitor.cookies.jar]
    assert token not in cookies  # a page never shows what the browser must keep to itself
    held = [*on_the_way, *cookies, token]
    assert len(held) >= 3
    stored = Path(staffed.config.store.url).read_bytes()
    assert [value for value in held if value and value.encode() in stored] == []


def test_a_sign_in_that_took_too_long_is_begun_again(
    visitor: TestClient, issuer: Issuer, watch: Watch
) -> None:
    came = sign_in(visitor, issuer)
    watch.now += timedelta(minutes=11)
    assert visitor.get(came).status_code == 403


def test_old_sessions_are_dropped_and_the_newest_stay(fresh_app: App) -> None:
    sessions = Sessions(fresh_app.database)
    old = sessions.begin("ane", NOW - LONGEST - timedelta(minutes=1))
    new = sessions.begin("ane", NOW)
    with fresh_app.database.read() as tx:
        assert len(tx.rows("SELECT name FROM sessions")) == 1
    assert sessions.find(old, NOW) is None
    assert sessions.find(new, NOW)
    assert sessions.find("", NOW) is None


def test_a_store_that_is_gone_is_a_kind_page_and_not_a_crash(
    visitor: TestClient, issuer: Issuer, staffed: App
) -> None:
    visitor.get(sign_in(visitor, issuer))
    Path(staffed.config.store.url).unlink()
    answer = visitor.get("/opfoelgning")
    assert answer.status_code == 503
    assert "Prøv igen" in answer.text


def test_the_token_of_one_session_is_no_good_in_another(
    visitor: TestClient, issuer: Issuer, first_step: Callable[[str], str]
) -> None:
    visitor.get(sign_in(visitor, issuer))
    old = token_of(visitor)
    visitor.get(sign_in(visitor, issuer))
    typed = {"plan": "virksomhedspraktik", "sag": "INT-5001", "start": "2027-01-11"}
    assert visitor.post("/opfoelgning/ny", data={**typed, "token": old}).status_code == 403
    fresh = {**typed, "token": token_of(visitor)}
    assert visitor.post("/opfoelgning/ny", data=fresh).status_code == 303


def test_too_many_tries_are_stopped_for_a_while(visitor: TestClient, watch: Watch) -> None:
    statuses = [visitor.get("/log-ind/svar").status_code for _ in range(22)]
    assert statuses[0] == 403
    assert statuses[-1] == 429
    watch.now += timedelta(minutes=6)
    assert visitor.get("/log-ind/svar").status_code == 403


def test_a_whole_office_behind_one_address_signs_in_at_eight(
    visitor: TestClient, issuer: Issuer
) -> None:
    for _ in range(12):
        visitor.cookies.clear()
        assert visitor.get(sign_in(visitor, issuer)).status_code == 303


@pytest.mark.parametrize(
    ("sender", "status"), [("10.0.0.5", 403), ("10.0.0.6", 429), ("testclient", 429)]
)
def test_behind_the_own_proxy_tries_count_for_whoever_sent_them(
    staffed: App, sender: str, status: int
) -> None:
    settings = settings_of(OPENID + 'proxies = ["10.0.0.5"]')
    site = open_desk(staffed, settings, SECRET, "127.0.0.1")
    browser = TestClient(site, base_url="https://a.example", client=(sender, 1))
    for number in range(21):
        came = {"x-forwarded-for": f"198.51.100.9, 192.0.2.{number}"}
        last = browser.get("/log-ind/svar", headers=came)
    assert last.status_code == status


def test_tries_from_one_address_do_not_stop_another() -> None:
    attempts = Attempts(most=1)
    assert attempts.allow("10.0.0.1", NOW)
    assert not attempts.allow("10.0.0.1", NOW)
    assert attempts.allow("10.0.0.2", NOW)


def test_an_issuer_that_does_not_answer_is_told_kindly(staffed: App) -> None:
    settings = settings_of(
        f'sign_in = "openid"\naddress = "{DESK}"\nissuer = "http://127.0.0.1:9"\nclient_id = "x"'
    )
    site = open_desk(staffed, settings, SECRET, "127.0.0.1")
    answer = TestClient(site, base_url=DESK).get("/log-ind/videre", follow_redirects=False)
    assert answer.status_code == 502
    assert "svarer ikke" in answer.text
