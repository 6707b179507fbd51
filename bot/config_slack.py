"""The `[slack]` table of config.toml: where the bot answers, and how Slack's events reach it."""

from __future__ import annotations

import re

from bot.config import Slack
from messages.tables import Table

_CHANNEL = re.compile(r"[CG][A-Z0-9]{2,20}")


def read_slack(table: Table) -> Slack:
    """The table's values; every mistake is told through it."""
    slack = Slack(
        channels=table.texts("channels", ()),
        experts=table.text("experts", ""),
        expert_hours=table.whole("expert_hours", Slack.expert_hours, low=1, high=200),
        mode=table.choice("mode", ("socket", "http"), Slack.mode),
        host=table.text("host", Slack.host),
        port=table.whole("port", Slack.port, low=0, high=65_535),
        file_hours=table.whole("file_hours", Slack.file_hours, low=1, high=720),
    )
    for key, names in (("channels", slack.channels), ("experts", (slack.experts,))):
        for name in names:
            if name and not _CHANNEL.fullmatch(name):
                table.wrong(
                    key,
                    "“{name}” er ikke en kanals id; det står nederst i kanalens oplysninger, "
                    "f.eks. C012ABCDEF",
                    name=name[:40],
                )
    if slack.mode == "http" and not slack.port:
        table.wrong("port", "mangler; med mode = “http” lytter Brobygger på en port, f.eks. 3000")
    table.close()
    return slack
