"""The `[serve]` table of config.toml: which parts one process runs."""

from __future__ import annotations

from bot.config import Serve
from bot.desk.settings import DeskSettings, SignIn
from messages.tables import Table


def read_serve(table: Table, desk: DeskSettings) -> Serve:
    """The table's switches. Unless told, the desk runs where `[desk]` says how people sign in."""
    serve = Serve(
        slack=table.truth("slack", default=Serve.slack),
        tick=table.truth("tick", default=Serve.tick),
        desk=table.truth("desk", default=desk.sign_in is not SignIn.NONE),
    )
    table.close()
    return serve
