"""Out through a proxy, and trusting the municipality's own certificate authority: for real."""

from __future__ import annotations

import logging
import os
import shutil
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import pytest
import slack_bolt

from bot.config import Slack
from bot.config_slack import is_proxy
from bot.errors import BotError
from bot.slack.connection import Access, build_client, introduce, read_access
from bot.slack.network import read_network
from bot.slack.socket_mode import connect
from bot.slack.uploads import Upload, Uploads
from bot.stores.schema import BOT
from scheduler.database import open_database
from scheduler.errors import PostFailed
from tests.bot.slack.conftest import Clock
from tests.bot.slack.far_network import Proxy, authority, proxying
from tests.bot.slack.payloads import ANE, mention
from tests.bot.slack.recorder import Recorder, recording
from tests.bot.slack.serving import serving
from tests.bot.slack.socket_server import SocketServer, socket_serving

API, LINE = "slack.test", "wss-primary.slack.test"
TOKENS = {
    "SLACK_BOT_TOKEN": "xoxb-" + "1",
    "SLACK_APP_TOKEN": "xapp-" + "1",
    "SLACK_API_URL": f"https://{API}/api/",
}
SECONDS = 20


@dataclass
class Far:
    """Slack behind the proxy: no name of it is known outside."""

    slack: Recorder
    line: SocketServer
    proxy: Proxy
    root: Path


@pytest.fixture
def far(tmp_path: Path) -> Iterator[Far]:
    root, tls = authority(tmp_path, API, LINE)
    with (
        proxying() as proxy,
        recording(address=TOKENS["SLACK_API_URL"], tls=tls) as slack,
        socket_serving(tls=tls) as line,
    ):
        slack.socket_url = f"wss://{LINE}/"
        proxy.leads = {f"{API}:443": slack.port, f"{LINE}:443": line.port}
        yield Far(slack, line, proxy, root)


@pytest.fixture
def index(tmp_path: Path, handbook_index: Path, handbook_answers: object) -> Path:
    """The handbook's index, built already, beside the certificates."""
    return Path(shutil.copy(handbook_index, tmp_path / "index.db"))


def served(
    index: Path, chosen: str, **environment: str
) -> AbstractContextManager[subprocess.Popen[str]]:
    config = index.parent / "config.toml"
    person = f'[people.ane]\nname = "Ane"\nslack = "{ANE}"\n'
    config.write_text(f'{person}[store]\nindex = "{index}"\n[slack]\n{chosen}', encoding="utf-8")
    around = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    return serving(config, around | TOKENS | environment)


def test_serve_goes_through_the_proxy_and_trusts_the_own_authority(far: Far, index: Path) -> None:
    chosen = f'proxy = "{far.proxy.address}"\nca_file = "{far.root.name}"\n'
    with served(index, chosen):
        assert far.line.connected.acquire(timeout=SECONDS)
        far.line.deliver("e1", mention("Hvor længe varer en praktik?"))
        assert far.line.answers.get(timeout=SECONDS) == {"envelope_id": "e1"}
        assert far.slack.heard("chat.postMessage", SECONDS)
    assert set(far.proxy.asked) == {f"{API}:443", f"{LINE}:443"}


def test_serve_that_does_not_get_out_says_so_in_one_line(far: Far, index: Path) -> None:
    with served(index, f'proxy = "{far.proxy.address}"\n') as process:
        out, err = process.communicate(timeout=SECONDS)
    assert process.returncode == 1
    assert "[slack] ca_file" in err
    assert "Traceback" not in err
    assert "kører" not in out
    assert far.slack.calls == []


def bolt_of(access: Access) -> slack_bolt.App:
    """What serve does first: ask who we are; then Bolt, which listens to nothing here."""
    client = build_client(access)
    introduce(client)
    return slack_bolt.App(client=client, signing_secret="x", logger=logging.getLogger("far"))


def test_the_environment_names_proxy_login_and_authority_too(
    far: Far, monkeypatch: pytest.MonkeyPatch
) -> None:
    far.proxy.login = "brobygger:hemmelig"
    monkeypatch.setenv("SSL_CERT_FILE", str(far.root))
    login = far.proxy.address.replace("//", f"//{far.proxy.login}@")
    access = read_access(TOKENS | {"HTTPS_PROXY": login})
    with connect(bolt_of(access), access) as stands:
        assert far.line.connected.acquire(timeout=SECONDS)
        assert stands()
    assert set(far.proxy.asked) == {f"{API}:443", f"{LINE}:443"}


@pytest.mark.parametrize(
    ("proxied", "trusted", "proxy_is", "told"),
    [
        (True, False, {}, r"\[slack\] ca_file"),
        (False, True, {}, r"\[slack\] proxy"),
        (True, True, {"shut": API}, "HTTP 403"),
        (True, True, {"shut": LINE}, "HTTP 403"),
        (True, True, {"login": "a:b"}, "HTTP 407.*HTTPS_PROXY"),
    ],
)
def test_a_network_that_is_shut_is_told_with_the_remedy(
    far: Far, proxied: bool, trusted: bool, proxy_is: dict[str, str], told: str
) -> None:
    far.proxy.leads.pop(f"{proxy_is.get('shut')}:443", None)
    far.proxy.login = proxy_is.get("login", "")
    chosen = Slack(
        proxy=far.proxy.address if proxied else "", ca_file=far.root if trusted else None
    )
    access = read_access(TOKENS, chosen)
    with pytest.raises(PostFailed, match=told), connect(bolt_of(access), access):
        pytest.fail("the line stood")


def test_a_line_that_another_authority_signed_is_not_trusted(far: Far, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    _, tls = authority(other, LINE)
    access = read_access(TOKENS, Slack(proxy=far.proxy.address, ca_file=far.root))
    bolt = bolt_of(access)
    with socket_serving(tls=tls) as line:
        far.proxy.leads[f"{LINE}:443"] = line.port
        with pytest.raises(PostFailed, match="ca_file"), connect(bolt, access):
            pytest.fail("the line stood")
        assert not line.connected.acquire(blocking=False)


def test_a_file_reaches_slack_through_the_proxy_too(far: Far, tmp_path: Path, clock: Clock) -> None:
    access = read_access(TOKENS, Slack(proxy=far.proxy.address, ca_file=far.root))
    database = open_database(tmp_path / "store.db", (BOT,))
    sheet = Upload("ark.pdf", "Ark", "Et ark", b"%PDF-1.7")
    Uploads(build_client(access), database, 24).send(ANE, [sheet], "Her", clock.now)
    database.close()
    assert any(b"%PDF-1.7" in content for content in far.slack.files.values())
    assert set(far.proxy.asked) == {f"{API}:443"}


@pytest.mark.parametrize(
    ("address", "counts"),
    [
        ("http://proxy.kommune.example:3128", True),
        ("http://proxy.kommune.example:3128/", True),
        ("http://10.0.0.1:80", True),
        ("http://a:b@proxy:3128", True),
        ("https://proxy:3128", False),
        ("socks5://proxy:1080", False),
        ("proxy:3128", False),
        ("http://proxy", False),
        ("http://:3128", False),
        ("http://proxy:999999", False),
        ("http://proxy:3128/pac", False),
        ("http://proxy:3128?x", False),
        ("http://[::1", False),
    ],
)
def test_only_an_address_that_can_be_a_proxy_counts_as_one(address: str, counts: bool) -> None:
    assert is_proxy(address) is counts


def test_the_proxy_of_the_configuration_goes_before_that_of_the_environment() -> None:
    around = {"HTTPS_PROXY": "http://a:b@two:2", "http_proxy": "http://three:3"}
    assert read_network("http://one:1", None, around).proxy == "http://one:1"
    network = read_network("", None, around)
    assert network.line["http_proxy_auth"] == ("a", "b")
    assert "a:b" not in repr(network)
    assert read_network("", None, {}).proxy == ""


def test_a_wrong_proxy_in_the_environment_is_refused_without_its_password() -> None:
    with pytest.raises(BotError, match="HTTPS_PROXY") as raised:
        read_network("", None, {"HTTPS_PROXY": "hemmelig@proxy"})
    assert "hemmelig" not in str(raised.value)


@pytest.mark.parametrize("content", [b"", b"ikke et certifikat", b"\xff" * 50])
def test_a_file_that_holds_no_certificate_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "root.pem"
    file.write_bytes(content)
    with pytest.raises(BotError, match=r"root\.pem.*PEM"):
        read_network("", file, {})


def test_the_machines_own_authorities_count_beside_the_file(far: Far) -> None:
    trust = read_network("", far.root, {}).trust
    assert trust is not None
    assert len(trust.get_ca_certs()) > 0
    assert trust.verify_mode is ssl.CERT_REQUIRED
    assert trust.check_hostname
