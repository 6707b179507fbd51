"""Appointments as an iCalendar file (RFC 5545), which every calendar program opens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

_LONGEST = 75  # octets of a line, RFC 5545 section 3.1


@dataclass(frozen=True)
class Appointment:
    """uid: the same in each export, so that a second import changes and never doubles. begins:
    aware."""

    uid: str
    title: str
    begins: datetime
    minutes: int = 15
    done: bool = False


def calendar_file(appointments: Iterable[Appointment], made: datetime) -> bytes:
    """The file; `made` (aware) stamps it."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Brobygger//followups//DA"]
    for one in appointments:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{_text(one.uid)}@brobygger",
            f"DTSTAMP:{_moment(made)}",
            f"DTSTART:{_moment(one.begins)}",
            f"DURATION:PT{one.minutes}M",
            f"SUMMARY:{_text(one.title)}",
            "TRANSP:TRANSPARENT",
            f"STATUS:{'CANCELLED' if one.done else 'CONFIRMED'}",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return b"".join(part + b"\r\n" for line in lines for part in _folded(line))


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    """A text value: backslash, semicolon, comma and line ends escaped (section 3.3.11)."""
    for sign in "\\;,":
        text = text.replace(sign, f"\\{sign}")
    return " ".join(text.split())


def _folded(line: str) -> Iterator[bytes]:
    """Lines of at most 75 octets, broken between whole characters (section 3.1)."""
    part = b""
    for letter in line:
        octets = letter.encode()
        if len(part) + len(octets) > _LONGEST:
            yield part
            part = b" "
        part += octets
    yield part
