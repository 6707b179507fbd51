"""Files on their way to one person's direct messages, and out of Slack again; and from a form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackRequestError

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
            places = [self._place(one) for one in files]
            # Before they can be seen: a process that dies in between must not leave them there.
            ids = [file for file, _ in places]
            self._kept.put(ids, now + timedelta(hours=self._hours))
            for one, (_, url) in zip(files, places, strict=True):
                self._bring(one, url)
            self._client.files_completeUploadExternal(
                files=[
                    {"id": file, "title": one.title} for one, file in zip(files, ids, strict=True)
                ],
                channel_id=channel,
                initial_comment=comment,
            )
        except (*LOOKED_FOR, LookupError, TypeError) as error:
            raise failure(error, user) from None

    def _place(self, file: Upload) -> tuple[str, str]:
        """The id that Slack gives the file, and where its bytes go."""
        place = self._client.files_getUploadURLExternal(
            filename=file.name, length=len(file.content), alt_txt=file.alt
        )
        return str(place["file_id"]), str(place["upload_url"])

    def _bring(self, file: Upload, url: str) -> None:
        """The second of the three steps, as `files_upload_v2` of the SDK takes it."""
        client = self._client
        done = client._upload_file(  # noqa: SLF001 - the SDK has no public name for it alone
            url=url,
            data=file.content,
            logger=client._logger,  # noqa: SLF001
            timeout=client.timeout,
            proxy=client.proxy,
            ssl=client.ssl,
        )
        if done.status != 200:
            raise SlackRequestError(f"a file was not taken (HTTP {done.status})")

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
