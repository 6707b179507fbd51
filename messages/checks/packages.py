"""Whether another installed package claims our names: its files would lie among ours."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from messages.checks.finding import Finding, error
from messages.tables import N_

OURS = ("bot", "locales", "messages", "scheduler")
_SELF = "brobygger"


def package_findings(owners: Mapping[str, Collection[str]]) -> Iterator[Finding]:
    """`owners` are the distributions by the top-level name they install, as Python knows them."""
    for name in OURS:
        for owner in sorted(set(owners.get(name, ())) - {_SELF}):
            said = N_(
                "pakken {owner} installerer også noget, der hedder {name}; giv Brobygger sit eget "
                "miljø: python -m venv .venv"
            )
            yield error(name, "", said, owner=owner, name=name)
