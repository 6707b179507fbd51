"""The rules of the translations applied to a whole catalog, and how much of it is missing."""

from __future__ import annotations

from collections.abc import Iterator

from messages import catalog_rules, language_rules
from messages.checks.finding import Finding, Level, warning
from messages.language_rules import Rules
from messages.po_file import read_entries
from messages.tables import N_

_SHOWN = 40  # letters of a sentence that say which one it is


def catalog_findings(file: str, po: bytes, rules: Rules) -> Iterator[Finding]:
    """What is wrong with the sentences of a .po file; raises MessagesError when it is none.

    A sentence that is missing or fuzzy shows in Danish: one warning counts them.
    """
    waiting, first, every = 0, 0, 0
    for entry in read_entries(po, file):
        every += 1
        if entry.fuzzy or not entry.words:
            waiting, first = waiting + 1, first or entry.line
            continue
        where = f"{entry.line} “{entry.source[:_SHOWN]}”"
        wrong = [rule(entry) for rule in catalog_rules.ERRORS]
        wrong += [rule(entry, rules) for rule in language_rules.ERRORS]
        yield from (Finding(Level.ERROR, file, where, what) for what in wrong if what)
        doubtful = [rule(entry) for rule in catalog_rules.REMARKS]
        yield from (Finding(Level.WARNING, file, where, what) for what in doubtful if what)
    if waiting:
        said = N_("{waiting} af {all} sætninger mangler ord eller er usikre (fuzzy); oversæt dem")
        yield warning(file, str(first), said, waiting=waiting, all=every)
