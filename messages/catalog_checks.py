"""Every catalog checked, row by row: pure functions for `translations check`, `check` and tests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from messages import catalog_rules, language_rules
from messages.errors import Problem
from messages.language_rules import Rules
from messages.library import Library, Overlay
from messages.po_file import Entry
from messages.tables import N_
from messages.translations import Work, domains_of, translated_languages, work_on


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: where, in which sentence ("" for the file), what and the remedy.

    `severe`: the sheet would be wrong; else it is worth a look.
    """

    file: str
    sentence: str
    what: Problem
    severe: bool = True

    @property
    def said(self) -> Problem:
        """The fault as a line for a person."""
        if not self.sentence:
            return Problem(N_("{file}: {what}."), file=self.file, what=self.what)
        return Problem(
            N_("{file}: “{sentence}” {what}."),
            file=self.file,
            sentence=self.sentence,
            what=self.what,
        )


def check_catalogs(
    library: Library, overlay: Overlay, codes: Iterable[str] = ()
) -> Iterator[Fault]:
    """The faults of every catalog of `codes`, or of all languages; raises as `work_on`."""
    for code in codes or translated_languages(library):
        for domain in domains_of(code):
            yield from check_work(work_on(code, domain, library, overlay))


def check_work(work: Work) -> Iterator[Fault]:
    """The faults of one catalog: its header, then each sentence that has words."""
    for problem in header_faults(work):
        yield Fault(work.file, "", problem)
    for entry in work.entries:
        if entry.words and not entry.fuzzy:
            yield from faults_of(entry, work.rules, work.file)


def faults_of(entry: Entry, rules: Rules, file: str) -> Iterator[Fault]:
    """What is wrong with one translation, the severe faults first."""
    found = [rule(entry) for rule in catalog_rules.ERRORS]
    found += [rule(entry, rules) for rule in language_rules.ERRORS]
    for problem in found:
        if problem:
            yield Fault(file, entry.source, problem)
    for remark in catalog_rules.REMARKS:
        if problem := remark(entry):
            yield Fault(file, entry.source, problem, severe=False)


def header_faults(work: Work) -> Iterator[Problem]:
    """A header that names another language, or counts its plurals otherwise than the table."""
    language = work.language
    if not work.header:
        return
    named = work.header.get("Language", "")
    if named != language.code:
        yield Problem(
            N_("Language er “{named}”; skriv Language: {code}"), named=named, code=language.code
        )
    if squeezed(work.header.get("Plural-Forms", "")) != squeezed(language.plural):
        yield Problem(
            N_("Plural-Forms passer ikke til {language}; skriv Plural-Forms: {rule}"),
            language=language.name_da,
            rule=language.plural,
        )


def squeezed(rule: str) -> str:
    """A plural rule without the spaces and the last semicolon that editors differ in."""
    return "".join(rule.split()).rstrip(";")
