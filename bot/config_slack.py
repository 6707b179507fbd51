"""The `[slack]` table of config.toml: where the bot answers, and how Slack's events reach it."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

from bot.config import Slack
from messages.tables import Table

_CHANNEL = re.compile(r"[CG][A-Z0-9]{2,20}")


def is_proxy(address: str) -> bool:
    """Whether `address` can be a proxy's: http, a name and a port, and nothing after them."""
    try:
        parts = urlsplit(address)
        named = bool(parts.hostname and parts.port)
    except ValueError:
        return False
    return named and parts.scheme == "http" and not (parts.path.strip("/") or parts.query)


def read_slack(table: Table, folder: Path) -> Slack:
    """The table's values, paths relative to `folder`; every mistake is told through it."""
    ca_file = table.text("ca_file", "")
    slack = Slack(
        channels=table.texts("channels", ()),
        experts=table.text("experts", ""),
        expert_hours=table.whole("expert_hours", Slack.expert_hours, low=1, high=200),
        mode=table.choice("mode", ("socket", "http"), Slack.mode),
        host=table.text("host", Slack.host),
        port=table.whole("port", Slack.port, low=0, high=65_535),
        file_hours=table.whole("file_hours", Slack.file_hours, low=1, high=720),
        proxy=table.text("proxy", Slack.proxy),
        ca_file=folder / ca_file if ca_file else None,
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
    _check_proxy(table, slack.proxy)
    table.close()
    return slack


def _check_proxy(table: Table, proxy: str) -> None:
    if "@" in proxy:
        table.wrong(
            "proxy", "rummer et login; læg hele adressen i miljøet som HTTPS_PROXY i stedet"
        )
    elif proxy and not is_proxy(proxy):
        table.wrong(
            "proxy", "er ikke en adresse på en proxy, f.eks. http://proxy.kommune.example:3128"
        )
