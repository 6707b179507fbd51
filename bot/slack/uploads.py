"""Files on their way to one person's direct messages, and out of Slack again; and from a form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.downloads import Download, download
from bot.slack.failures import LOOKED_FOR, failure
from bot.stores.files import KeptFiles
from scheduler.dialect import Database

_GONE = frozenset({"file_not_found", "file_deleted"})


@dataclass(frozen=True)
class Upload:
    """A file held in memory: its name, its title, what it shows, its bytes."""

    name: str
    title: str
    alt: str
    content: bytes


class Uploads:
    """Sends files privately and takes them back after `hours`; keeps their ids, nothing else."""

    def __init__(self, client: WebClient, database: Database, hours: int) -> None:
        self._client = client
        self._kept = KeptFiles(database)
        self._hours = hours

    def send(self, user: str, files: Sequence[Upload], comment: str, now: datetime) -> None:
        """Put the files into the direct messages of `user`. Raises PostFailed."""
        try:
            channel = self._client.conversations_open(users=user)["channel"]["id"]
            done = self._client.files_upload_v2(
                channel=channel,
                initial_comment=comment,
                file_uploads=[
                    {
                        "filename": one.name,
                        "title": one.title,
                        "alt_txt": one.alt,
                        "content": one.content,
                    }
                    for one in files
                ],
            )
            ids = [str(one["id"]) for one in done["files"]]
        except (*LOOKED_FOR, LookupError, TypeError) as error:
            raise failure(error, user) from None
        self._kept.put(ids, now + timedelta(hours=self._hours))

    def fetch(self, file: str, user: str) -> Download:
        """A file that `user` gave us in a form; kept in memory alone. Raises BotError."""
        return download(self._client, file, user)

    def take_back(self, now: datetime) -> int:
        """Delete from Slack what has stood there long enough; how many files went.

        A file that Slack will not give back now is tried again at the next tick.
        """
        gone = 0
        for file in self._kept.due(now):
            try:
                self._client.files_delete(file=file)
            except LOOKED_FOR as error:
                told = error.response.get("error") if isinstance(error, SlackApiError) else None
                if told not in _GONE:
                    raise failure(error, file) from None
            self._kept.forget(file)
            gone += 1
        return gone
