"""Who approved which words: reviewed.toml, a list of seals for each person and day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from messages.tables import Table


@dataclass(frozen=True)
class SignOff:
    """One reading by one person. A seal binds a sentence and its translation: it holds no longer
    when either changes."""

    by: str
    on: date
    seals: tuple[str, ...]


def read_sign_offs(text: str, file: str) -> tuple[SignOff, ...]:
    """The `[[sign_off]]` rows of a reviewed.toml; raises MessagesError with every mistake."""
    table, mistakes = Table.parse(text, file)
    found = []
    for row in table.tables("sign_off"):
        by, on, seals = row.text("by"), row.day("on"), row.texts("seals")
        row.close()
        if on is not None:
            found.append(SignOff(by, on, seals))
    table.close()
    mistakes.settle()
    return tuple(found)


def with_sign_off(old: Iterable[SignOff], new: SignOff, valid: frozenset[str]) -> list[SignOff]:
    """The rows with `new` among them; seals that no sentence bears any more fall away."""
    kept = []
    taken = set(new.seals)
    for row in old:
        seals = tuple(seal for seal in row.seals if seal in valid and seal not in taken)
        if (row.by, row.on) == (new.by, new.on):
            new = SignOff(new.by, new.on, (*seals, *new.seals))
        elif seals:
            kept.append(SignOff(row.by, row.on, seals))
    return [*kept, new]


def sign_offs_toml(rows: Iterable[SignOff]) -> bytes:
    """The file: written by `brobygger translations sign-off`, never by hand."""
    lines = ["# Who approved which words. Written by `brobygger translations sign-off`."]
    for row in rows:
        name = row.by.replace("\\", "\\\\").replace('"', '\\"')
        lines += ["", "[[sign_off]]", f'by = "{name}"', f"on = {row.on.isoformat()}", "seals = ["]
        lines += [f'  "{seal}",' for seal in row.seals]
        lines += ["]"]
    return ("\n".join(lines) + "\n").encode()
