"""Slack as a `Channel` of the outbox: post a message, look for one, take one back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.slack.cards.blocks import Card, context
from bot.slack.cards.fields import View
from bot.slack.failures import LOOKED_FOR, failure
from bot.slack.markup import escaped
from scheduler.outbox import Outgoing, Posted

EVENT_TYPE = "brobygger"

_PERSON = re.compile(r"[UW][A-Z0-9]+")
_PAGE = 200
_PAGES = 5
_GONE = frozenset({"message_not_found", "channel_not_found"})


class SlackChannel:
    """Posts with the app's bot token. Every failure leaves as PostFailed, with what to do next.

    `client` must not retry by itself (`retry_handlers=[]`): the SDK's retry posts twice when the
    answer to the first try is lost. `bot_user` is the bot's own user id: only its messages count
    when we look for one that may have arrived.
    """

    def __init__(self, client: WebClient, bot_user: str = "") -> None:
        self._client = client
        self._bot_user = bot_user

    def post(self, outgoing: Outgoing) -> Posted:
        """Post it once; raises PostFailed. The key travels along, so that `find` can see it."""
        blocks = json.loads(outgoing.blocks)
        if outgoing.late and outgoing.late_note and blocks:
            blocks.append(context(escaped(outgoing.late_note), "late"))
        try:
            answer = self._client.chat_postMessage(
                channel=outgoing.to,
                text=outgoing.text,
                blocks=blocks or None,
                thread_ts=outgoing.thread,
                metadata={"event_type": EVENT_TYPE, "event_payload": {"key": outgoing.key}},
                unfurl_links=False,
                unfurl_media=False,
                link_names=False,
            )
            return _posted(answer)
        except LOOKED_FOR as error:
            raise failure(error, outgoing.to) from None

    def find(self, outgoing: Outgoing, besides: Posted | None = None) -> Posted | None:
        """The message, other than `besides`, that carries this key, or None; raises PostFailed.

        Looks through the newest thousand: an unsure post is minutes old when we look for it.
        """
        try:
            channel = self._conversation(outgoing.to)
            for message in self._messages(channel, outgoing.thread):
                other = besides is None or message["ts"] != besides.ts
                if other and self._is(message, outgoing.key):
                    return Posted(channel, str(message["ts"]))
        except (*LOOKED_FOR, LookupError, TypeError) as error:
            raise failure(error, outgoing.to) from None
        return None

    def remove(self, posted: Posted) -> None:
        """Take the message back; one that is gone already counts as taken back."""
        try:
            self._client.chat_delete(channel=posted.channel, ts=posted.ts)
        except LOOKED_FOR as error:
            if isinstance(error, SlackApiError) and error.response.get("error") in _GONE:
                return
            raise failure(error, posted.channel) from None

    def update(self, posted: Posted, card: Card) -> None:
        """Put `card` in the place of a message of ours; harmless to repeat. Raises PostFailed."""
        try:
            self._client.chat_update(
                channel=posted.channel, ts=posted.ts, text=card.text, blocks=card.blocks
            )
        except LOOKED_FOR as error:
            raise failure(error, posted.channel) from None

    def whisper(self, channel: str, user: str, card: Card, thread: str | None = None) -> None:
        """Show `card` to `user` alone. Raises PostFailed."""
        try:
            self._client.chat_postEphemeral(
                channel=channel, user=user, text=card.text, blocks=card.blocks, thread_ts=thread
            )
        except LOOKED_FOR as error:
            raise failure(error, channel) from None

    def tell(self, user: str, card: Card) -> None:
        """Put `card` into the direct messages of `user`. Raises PostFailed."""
        try:
            self._client.chat_postMessage(
                channel=user,
                text=card.text,
                blocks=card.blocks,
                unfurl_links=False,
                unfurl_media=False,
                link_names=False,
            )
        except LOOKED_FOR as error:
            raise failure(error, user) from None

    def publish(self, user: str, view: View) -> None:
        """Put `view` on the App Home of `user`. Raises PostFailed."""
        try:
            self._client.views_publish(user_id=user, view=view)
        except LOOKED_FOR as error:
            raise failure(error, user) from None

    def open(self, trigger: str, view: View) -> None:
        """Open a form over what the presser sees, within three seconds. Raises PostFailed."""
        try:
            self._client.views_open(trigger_id=trigger, view=view)
        except LOOKED_FOR as error:
            raise failure(error, "views.open") from None

    def change(self, view_id: str, hash_: str, view: View) -> None:
        """Change an open form; `hash_` keeps an older change from winning. Raises PostFailed."""
        try:
            self._client.views_update(view_id=view_id, hash=hash_, view=view)
        except LOOKED_FOR as error:
            raise failure(error, "views.update") from None

    def prompt(self, channel: str, title: str, prompts: Sequence[tuple[str, str]]) -> None:
        """Suggest questions at the top of somebody's direct messages. Raises PostFailed.

        Without a thread: with one, Slack drops the call in the agent view and says nothing.
        """
        listed = [{"title": said, "message": question} for said, question in prompts]
        try:
            self._client.assistant_threads_setSuggestedPrompts(
                channel_id=channel, title=title, prompts=listed
            )
        except LOOKED_FOR as error:
            raise failure(error, channel) from None

    def working(self, channel: str, thread: str, status: str) -> None:
        """Show that an answer is on its way; the answer takes the sign away. Raises PostFailed."""
        try:
            self._client.assistant_threads_setStatus(
                channel_id=channel, thread_ts=thread, status=status
            )
        except LOOKED_FOR as error:
            raise failure(error, channel) from None

    def _conversation(self, to: str) -> str:
        """The conversation id: a person's direct messages have one of their own."""
        if not _PERSON.fullmatch(to):
            return to
        return str(self._client.conversations_open(users=to)["channel"]["id"])

    def _messages(self, channel: str, thread: str | None) -> Iterator[dict[str, object]]:
        cursor: str | None = None
        for _ in range(_PAGES):
            answer = self._page(channel, thread, cursor)
            yield from answer["messages"]
            cursor = (answer.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return

    def _page(self, channel: str, thread: str | None, cursor: str | None) -> SlackResponse:
        if thread:
            return self._client.conversations_replies(
                channel=channel, ts=thread, limit=_PAGE, cursor=cursor, include_all_metadata=True
            )
        return self._client.conversations_history(
            channel=channel, limit=_PAGE, cursor=cursor, include_all_metadata=True
        )

    def _is(self, message: dict[str, object], key: str) -> bool:
        metadata = message.get("metadata")
        if not isinstance(metadata, dict) or metadata.get("event_type") != EVENT_TYPE:
            return False
        if self._bot_user and message.get("user") not in (None, self._bot_user):
            return False
        payload = metadata.get("event_payload")
        return isinstance(payload, dict) and payload.get("key") == key


def _posted(answer: SlackResponse) -> Posted:
    """Where it landed; raises ValueError when Slack does not say."""
    channel, ts = answer["channel"], answer["ts"]
    if not (isinstance(channel, str) and isinstance(ts, str)):
        raise ValueError("no channel and ts")  # noqa: TRY004 - a broken answer, not a broken call
    return Posted(channel, ts)
