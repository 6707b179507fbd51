"""Two colleagues who may sign in at the desk, and its settings read from a line or two."""

from __future__ import annotations

from pathlib import Path

from bot.desk.settings import DeskSettings, read_desk
from bot.people import People, Person, Role
from messages.tables import Table

OPENID = """
sign_in = "openid"
address = "https://a.example"
issuer = "https://i.example"
client_id = "x"
"""
SECRET = {"BROBYGGER_DESK_SECRET": "hemmelig"}
PEOPLE = People(
    {
        "ane": Person("ane", "Ane", frozenset({Role.CASEWORKER}), login="ane@kommune.example"),
        "bo": Person("bo", "Bo", frozenset(), login="bo@kommune.example"),
    }
)


def settings_of(text: str, folder: Path = Path()) -> DeskSettings:
    table, mistakes = Table.parse(text, "config.toml")
    settings = read_desk(table, folder)
    mistakes.settle()
    return settings
