"""What we send, taken by a stand-in that others wrote: posts, files, and the scopes we ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.errors import BotError, Refused
from bot.people import Actor, People
from bot.slack.cards.blocks import Card, section
from bot.slack.cards.fields import View
from bot.slack.channel import SlackChannel
from bot.slack.connection import Access, build_client, introduce
from bot.slack.declared import SCOPES
from bot.slack.downloads import download
from bot.slack.uploads import Upload, Uploads
from bot.slack.visitors import Visitors
from bot.stores.schema import BOT
from scheduler.database import open_database
from scheduler.dialect import Database
from scheduler.errors import PostFailed
from scheduler.outbox import Outgoing, Posted
from tests.bot.slack.conftest import Clock
from tests.bot.slack.emulated import Emulated, asked, emulating, missing

pytestmark = pytest.mark.emulate

CARD = Card("Hej", (section("Hej", "a"),))


@pytest.fixture(scope="module")
def emulated() -> Iterator[Emulated]:
    reason = missing()
    if reason:
        pytest.skip(reason)
    with emulating(SCOPES, "ane") as running:
        yield running


@pytest.fixture(scope="module")
def people(emulated: Emulated) -> dict[str, str]:
    """Ids by name."""
    members = asked(emulated, "users.list")["members"]
    assert isinstance(members, list)
    return {one["name"]: one["id"] for one in members}


@pytest.fixture(scope="module")
def room(emulated: Emulated) -> str:
    """The channel's id."""
    channels = asked(emulated, "conversations.list")["channels"]
    assert isinstance(channels, list)
    return str(next(one["id"] for one in channels if one["name"] == "praktik"))


def over(emulated: Emulated, *, without: str = "") -> SlackChannel:
    client = build_client(Access(emulated.token(without), address=emulated.address))
    return SlackChannel(client, introduce(client).bot_user)


@pytest.fixture
def channel(emulated: Emulated) -> SlackChannel:
    return over(emulated)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = open_database(tmp_path / "store.db", (BOT,))
    yield database
    database.close()


def test_the_token_says_who_we_are(emulated: Emulated) -> None:
    ourselves = introduce(build_client(Access(emulated.token(), address=emulated.address)))
    assert (ourselves.name, ourselves.team) == ("brobygger", "Kommunen")
    assert ourselves.bot_user.startswith("U")


def test_a_post_carries_its_key_and_is_found_changed_and_taken_back(
    channel: SlackChannel, room: str, emulated: Emulated
) -> None:
    out = Outgoing("answer:Ev1", "answer", room, "Hej", CARD.json)
    posted = channel.post(out)
    assert channel.find(out) == posted
    channel.update(posted, Card("Udført", (section("Udført", "a"),)))
    messages = asked(emulated, "conversations.history", channel=room)["messages"]
    assert isinstance(messages, list)
    assert [one["text"] for one in messages if one["ts"] == posted.ts] == ["Udført"]
    channel.remove(posted)
    assert channel.find(out) is None
    channel.remove(posted)


def test_a_second_copy_in_a_thread_is_found_besides_the_first(
    channel: SlackChannel, room: str
) -> None:
    root = channel.post(Outgoing("root", "answer", room, "Spørgsmål"))
    out = Outgoing("answer:Ev2", "answer", room, "Svar", CARD.json, thread=root.ts)
    first, second = channel.post(out), channel.post(out)
    assert channel.find(out, besides=first) == second


def test_a_follow_up_reaches_the_direct_messages_and_is_found_there(
    channel: SlackChannel, people: dict[str, str]
) -> None:
    out = Outgoing("nudge:1:0", "nudge", people["ane"], "Ring til virksomheden", CARD.json)
    posted = channel.post(out)
    assert posted.channel.startswith("D")
    assert channel.find(out) == posted


def test_a_private_word_and_the_home_page_are_taken(
    channel: SlackChannel, room: str, people: dict[str, str]
) -> None:
    channel.whisper(room, people["ane"], CARD)
    channel.tell(people["ane"], CARD)
    channel.publish(people["ane"], {"type": "home", "blocks": list(CARD.blocks)})


def test_a_form_opens_over_a_trigger_once(
    channel: SlackChannel, emulated: Emulated, people: dict[str, str]
) -> None:
    given = asked(emulated, "views.generateTriggerId", user_id=people["ane"])
    title = {"type": "plain_text", "text": "Lav et ark"}
    view: View = {"type": "modal", "title": title, "blocks": list(CARD.blocks), "callback_id": "x"}
    channel.open(str(given["trigger_id"]), view)
    with pytest.raises(PostFailed) as raised:
        channel.open("1.2.expired", view)
    assert not raised.value.retry_after


def test_sheets_arrive_privately_and_leave_again(
    emulated: Emulated, people: dict[str, str], database: Database, clock: Clock
) -> None:
    client = build_client(Access(emulated.token(), address=emulated.address))
    uploads = Uploads(client, database, 24)
    sheets = [
        Upload("ark.png", "Lønseddel", "Et ark om lønsedlen på arabisk", b"\x89PNG\r\n\x1a\n"),
        Upload("ark.pdf", "Lønseddel", "", b"%PDF-1.7"),
    ]
    uploads.send(people["ane"], sheets, "Her er arket", clock.now)

    def standing() -> list[str]:
        files = asked(emulated, "files.list")["files"]
        assert isinstance(files, list)
        return sorted(one["name"] for one in files)

    assert standing() == ["ark.pdf", "ark.png"]
    assert uploads.take_back(clock.now) == 0
    clock.forward(hours=25)
    assert uploads.take_back(clock.now) == 2
    assert standing() == []


def test_a_file_that_somebody_removed_is_forgotten(
    emulated: Emulated, people: dict[str, str], database: Database, clock: Clock
) -> None:
    client = build_client(Access(emulated.token(), address=emulated.address))
    uploads = Uploads(client, database, 1)
    uploads.send(people["ane"], [Upload("ark.pdf", "Ark", "", b"%PDF")], "Her", clock.now)
    files = asked(emulated, "files.list")["files"]
    assert isinstance(files, list)
    client.files_delete(file=files[0]["id"])
    clock.forward(hours=2)
    assert uploads.take_back(clock.now) == 1


Use = Callable[[SlackChannel, str, str], object]
NEEDED: dict[str, Use] = {
    "chat:write": lambda channel, room, _: channel.post(Outgoing("k", "answer", room, "Hej")),
    "channels:history": lambda channel, room, _: channel.find(Outgoing("k", "answer", room, "x")),
    "im:history": lambda channel, _, ane: channel.find(Outgoing("k", "nudge", ane, "x")),
    "im:write": lambda channel, _, ane: channel.find(Outgoing("k", "nudge", ane, "x")),
}


@pytest.mark.parametrize("scope", sorted(NEEDED))
def test_each_scope_that_is_missing_stops_everything_and_names_the_remedy(
    emulated: Emulated, room: str, people: dict[str, str], scope: str
) -> None:
    NEEDED[scope](over(emulated), room, people["ane"])
    with pytest.raises(PostFailed, match="missing_scope") as raised:
        NEEDED[scope](over(emulated, without=scope), room, people["ane"])
    assert raised.value.stops_all


def test_a_file_is_fetched_only_for_its_owner_and_with_its_scope(
    emulated: Emulated, people: dict[str, str], database: Database, clock: Clock
) -> None:
    client = build_client(Access(emulated.token(), address=emulated.address))
    guide = Upload("vejledning.md", "Vejledning", "", b"# Praktik")
    Uploads(client, database, 1).send(people["ane"], [guide], "Her", clock.now)
    files = asked(emulated, "files.list")["files"]
    assert isinstance(files, list)
    [file] = [one["id"] for one in files if one["name"] == guide.name]
    assert download(client, file, people["brobygger"]).content == guide.content
    with pytest.raises(BotError, match="user"):
        download(client, file, people["ane"])
    without = build_client(Access(emulated.token("files:read"), address=emulated.address))
    with pytest.raises(BotError, match="missing_scope"):
        download(without, file, people["brobygger"])
    client.files_delete(file=file)


def test_files_need_their_scope(
    emulated: Emulated, people: dict[str, str], database: Database, clock: Clock
) -> None:
    client = build_client(Access(emulated.token("files:write"), address=emulated.address))
    with pytest.raises(PostFailed, match="missing_scope"):
        Uploads(client, database, 1).send(
            people["ane"], [Upload("a.pdf", "A", "", b"x")], "Her", clock.now
        )


def test_who_a_stranger_is_needs_its_scope(
    emulated: Emulated, people: dict[str, str], clock: Clock
) -> None:
    def met(without: str) -> Actor:
        client = build_client(Access(emulated.token(without), address=emulated.address))
        team = introduce(client).team_id
        return Visitors(People({}), client, team, clock).actor(people["ane"], "da")

    assert met("").slack == people["ane"]
    with pytest.raises(BotError, match="missing_scope"):
        met("users:read")


def test_another_bot_is_not_let_in(
    emulated: Emulated, people: dict[str, str], clock: Clock
) -> None:
    client = build_client(Access(emulated.token(), address=emulated.address))
    visitors = Visitors(People({}), client, introduce(client).team_id, clock)
    with pytest.raises(Refused):
        visitors.actor(people["brobygger"], "da")


def test_a_channel_that_is_not_there_is_permanent(channel: SlackChannel) -> None:
    with pytest.raises(PostFailed) as raised:
        channel.post(Outgoing("k", "answer", "C0NOWHERE", "Hej"))
    assert raised.value.permanent
    channel.remove(Posted("C0NOWHERE", "1.1"))
