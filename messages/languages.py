"""The table of languages: what a page must know of a language besides its words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, cast

from messages.errors import MessagesError
from messages.tables import Table, did_you_mean

Direction = Literal["ltr", "rtl"]
DANISH = "da"


@dataclass(frozen=True)
class Language:
    """One row of locales/languages.toml; `fonts` is the stack a page sets its words in."""

    code: str
    name_da: str
    name_own: str
    babel: str
    html: str
    direction: Direction
    fonts: tuple[str, ...]
    plural: str


def read_languages(text: str, file: str, *, whole: bool = True) -> dict[str, Language]:
    """The rows of languages.toml by code; raises MessagesError with every mistake in it.

    Not `whole`: a municipality's own rows, which Danish need not be among.
    """
    table, mistakes = Table.parse(text, file)
    rows: dict[str, Language] = {}
    for code, row in table.named():
        rows[code] = Language(
            code=code,
            name_da=row.text("name"),
            name_own=row.text("own"),
            babel=row.text("babel"),
            html=row.text("html"),
            direction=cast("Direction", row.choice("direction", ("ltr", "rtl"))),
            fonts=row.texts("fonts"),
            plural=row.text("plural"),
        )
        row.close()
    if whole and DANISH not in rows:
        table.wrong(DANISH, "mangler; dansk er kilden til alle andre sprog")
    mistakes.settle()
    return rows


def unknown_language(code: str, known: Iterable[str]) -> MessagesError:
    """The refusal of a code that is no row of the table, with the nearest that is."""
    return MessagesError(
        "Sproget “{code}” kendes ikke{hint} Skriv f.eks. ar.",
        terminal="brobygger languages",
        code=code[:40],
        hint=did_you_mean(code[:40], known),
    )
