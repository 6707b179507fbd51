"""config.toml beyond its form: what it says that cannot be meant, or will be missed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.config import Config
from bot.people import Role
from messages.checks.finding import Finding, error, warning
from messages.tables import N_

_CPR_LIKE = ("0101901234", "010190-1234")
_SITE = re.compile(r"https://[\w.-]+(?::\d+)?(?:/[\w./~-]*)?")


def config_findings(config: Config) -> Iterator[Finding]:
    """What to put right in a configuration that could be read."""
    file = config.file.name if config.file else "config.toml"
    if any(re.fullmatch(config.cases.pattern, number) for number in _CPR_LIKE):
        said = N_("mønstret tillader et CPR-nummer som sagsnummer; kræv bogstaver, f.eks. INT-1042")
        yield error(file, "cases.pattern", said)
    if config.site and not _SITE.fullmatch(config.site):
        said = N_("“{address}” er ikke en sikker adresse; skriv f.eks. https://ark.eksempel.dk")
        yield error(file, "site.address", said, address=config.site[:60])
    if config.file is None:
        return
    if not config.contacts:
        said = N_("mangler; skriv hvem man kan spørge, ellers ender et svar uden en vej videre")
        yield warning(file, "contacts", said)
    roles = {role for person in config.people for role in person.roles}
    for role in (Role.LEADER, Role.CASEWORKER):
        if len(config.people) and role not in roles:
            yield warning(file, "people", N_("ingen har rollen {role}; giv den til en"), role=role)
    for person in config.people:
        if person.backup == person.id:
            said = N_("er personen selv; vælg en anden, der tager over")
            yield error(file, f"people.{person.id}.backup", said)
