"""What a browser sends, read with a limit: small forms, no more fields than a page has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.types import Message

from bot.errors import BotError

LARGEST = 64_000
MOST_FIELDS = 200
LARGEST_FILE = 20_000_000


class TooLarge(BotError):
    """More was sent than any page of the desk sends."""


class Form:
    """The fields of a form, in order; of a field sent twice, the last counts."""

    def __init__(self, fields: Iterable[tuple[str, str]] = ()) -> None:
        self._fields = tuple(fields)

    def get(self, name: str) -> str:
        """The field's text without blanks around it, empty when it was not sent."""
        return next((value.strip() for key, value in reversed(self._fields) if key == name), "")

    def all(self, name: str) -> tuple[str, ...]:
        return tuple(value.strip() for key, value in self._fields if key == name)

    def under(self, prefix: str) -> dict[str, str]:
        """The filled fields whose name begins with `prefix`, by the rest of their name."""
        return {
            key.removeprefix(prefix): value.strip()
            for key, value in self._fields
            if key.startswith(prefix) and value.strip()
        }

    def __contains__(self, name: str) -> bool:
        return any(key == name for key, _ in self._fields)


@dataclass(frozen=True)
class Upload:
    """A file as it was sent: the name that the browser gave it, and its bytes."""

    name: str
    content: bytes


async def read_upload(request: Request) -> tuple[Form, Upload | None]:
    """The fields of a form with a file in it, and the file; None when none was chosen.

    Raises TooLarge as soon as more than 20 MB have come.
    """
    left = LARGEST_FILE + LARGEST

    async def counted() -> Message:
        nonlocal left
        message = await request.receive()
        left -= len(message.get("body", b""))
        if left < 0:
            raise _too_large_a_file()
        return message

    try:
        async with Request(request.scope, counted).form(
            max_files=1, max_fields=20, max_part_size=LARGEST
        ) as sent:
            file = sent.get("file")
            fields = [(key, value) for key, value in sent.multi_items() if isinstance(value, str)]
            if not isinstance(file, UploadFile):
                return Form(fields), None
            return Form(fields), Upload(file.filename or "", await file.read())
    except MultiPartException:
        raise TooLarge("Filen kom ikke helt frem. Vælg den igen, f.eks. vejledning.pdf.") from None


def _too_large_a_file() -> TooLarge:
    return TooLarge("Filen er større end 20 MB. Del den i mindre filer, f.eks. en for hvert emne.")


async def read_form(request: Request) -> Form:
    """The urlencoded form of a request. Raises TooLarge before it is held in memory."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LARGEST:
            raise TooLarge("Der er sendt for meget på én gang. Skriv kortere, f.eks. ét spørgsmål.")
    try:
        fields = parse_qsl(
            body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS
        )
    except ValueError:
        raise TooLarge(
            "Der er sendt flere felter, end siden har. Gå tilbage til siden, og prøv igen."
        ) from None
    return Form(fields)
