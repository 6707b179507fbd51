"""Translations: how far each language is, what is wrong, a new language, and approval."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bot.catalog_home import catalog_home
from bot.errors import BotError, Refused
from bot.people import Actor, Role
from messages.catalog_checks import Fault, check_catalogs, check_work
from messages.compose import sheet_sentences
from messages.language_codes import known_code as code_of
from messages.language_codes import normal_code
from messages.languages import DANISH, Language
from messages.new_language import row_for, row_toml
from messages.personal_data import find_cpr
from messages.po_file import Entry
from messages.po_writing import written
from messages.sign_offs import SignOff, sign_offs_toml, with_sign_off
from messages.tables import did_you_mean
from messages.template import topics_of
from messages.translation_import import row_base
from messages.translations import State, Work, domains_of, translated_languages, work_on

if TYPE_CHECKING:
    from bot.app import App

EVERY_SHEET = "messages/furniture.py"


@dataclass(frozen=True)
class Status:
    """How many sentences of one catalog are in each state."""

    language: Language
    domain: str
    counts: dict[State, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def status(app: App) -> Iterator[Status]:
    """Every catalog against the Danish of today, languages in the table's order."""
    for code in translated_languages(app.library):
        for domain in domains_of(code):
            work = work_on(code, domain, app.library, app.overlay)
            yield Status(work.language, domain, work.counts())


def check(app: App, codes: Iterable[str]) -> list[Fault]:
    """The faults of the catalogs of `codes`, or of all."""
    return list(check_catalogs(app.library, app.overlay, [known_code(app, code) for code in codes]))


def known_code(app: App, typed: str) -> str:
    """The code of a translated language, typed as code or name; raises a Problem for another."""
    code = code_of(typed, app.library.languages)
    if code == DANISH:
        raise BotError("Dansk er kilden og oversættes ikke. Skriv et andet sprog, f.eks. ar.")
    return code


def known_topic(app: App, topic: str) -> None:
    """Raises BotError for what is no topic, with the nearest that is."""
    if topic not in app.library.topics:
        hint = did_you_mean(topic[:40], app.library.topics)
        raise BotError("Emnet “{topic}” kendes ikke{hint}", topic=topic[:40], hint=hint)


def add_language(actor: Actor, app: App, typed: str) -> Language:
    """A new row of the table and an empty catalog; its sheets stand in Danish until it is filled.

    Raises a Problem for a language that is there already, is not known, or has no font.
    """
    must_keep_words(actor)
    code = normal_code(typed)
    if code in app.library.languages:
        raise Refused("{code} findes allerede. Skriv brobygger translations status.", code=code)
    language = row_for(code)
    home = catalog_home(app.config)
    template = [*work_on("en", "handout", app.library, app.overlay).entries]
    empty = [_without_words(entry) for entry in template]
    catalog = written("handout", empty, language)
    with home.alone():
        rows = home.text("languages.toml")
        contents = {"languages.toml": (rows + row_toml(language)).lstrip("\n").encode()}
        if not home.text(f"{code}/LC_MESSAGES/handout.po"):
            contents[f"{code}/LC_MESSAGES/handout.po"] = catalog
        home.write_all(contents)
    return language


@dataclass(frozen=True)
class Approved:
    """How many sentences bear a name now, and how many could not: not translated, or outdated."""

    signed: int
    left: int
    file: Path


def sign_off(
    actor: Actor, app: App, typed: str, by: str, today: date, *, topic: str | None = None
) -> Approved:
    """Someone who speaks the language has read every translated sentence, or those of one sheet.

    Raises Refused while a check finds a severe fault in one of them, or without a name.
    """
    must_keep_words(actor)
    name = reader_name(by)
    code = known_code(app, typed)
    if topic is not None:
        known_topic(app, topic)
    home = catalog_home(app.config)
    with home.alone():
        vars(app).pop("overlay", None)  # another process may have written since
        works = [work_on(code, domain, app.library, app.overlay) for domain in domains_of(code)]
        read = [
            (work, entry) for work in works for entry in work.entries if on_sheet(entry, topic, app)
        ]
        done = {State.DRAFT, State.REVIEWED}
        seals = [row_base(entry) for work, entry in read if work.state(entry) in done]
        _refuse_faults(works, {entry.source for _, entry in read}, code)
        standing = (entry for work in works for entry in work.entries if entry.words)
        valid = frozenset(row_base(entry) for entry in standing)
        rows = with_sign_off(works[0].sign_offs, SignOff(name, today, tuple(seals)), valid)
        file = home.write(f"{code}/reviewed.toml", sign_offs_toml(rows))
    return Approved(len(seals), len(read) - len(seals), file)


def reader_name(by: str) -> str:
    """The name that stands under an approval. Raises Refused where it is none."""
    name = " ".join(by.split())
    if not 2 <= len(name) <= 80 or not name.isprintable() or find_cpr(name):
        raise Refused(
            "Skriv, hvem der har læst oversættelsen, f.eks. Amal Yusuf.",
            terminal="--by “Amal Yusuf”",
        )
    return name


def _refuse_faults(works: list[Work], sources: set[str], code: str) -> None:
    faults = [
        fault.said
        for work in works
        for fault in check_work(work)
        if fault.severe and (fault.sentence in sources or not fault.sentence)
    ]
    if faults:
        raise Refused(
            "{count} sætninger på {code} har fejl og kan ikke godkendes:\n{faults}\n"
            "Ret dem, og kør brobygger translations check {code}.",
            count=len(faults),
            code=code,
            faults=tuple(faults[:5]),
        )


def on_sheet(entry: Entry, topic: str | None, app: App) -> bool:
    """Whether the sentence stands on the topic's sheet; what every sheet has stands on each, and
    the words beside its sums belong to it."""
    if topic is None or topic in topics_of(entry) or EVERY_SHEET in entry.places:
        return True
    return entry.source in sheet_sentences(app.library.topics[topic])


def work_for(app: App, typed: str, domain: str) -> Work:
    code = known_code(app, typed)
    if domain not in domains_of(code):
        raise BotError(
            "{code} har ikke kataloget “{domain}”. Skriv f.eks. --domain handout.",
            code=code,
            domain=domain[:40],
        )
    return work_on(code, domain, app.library, app.overlay)


def _without_words(entry: Entry) -> Entry:
    return replace(entry, words="", fuzzy=False, previous="", remarks=[])


def must_keep_words(actor: Actor) -> None:
    if not actor.may(Role.LEADER, Role.GUIDELINE_OWNER):
        raise Refused("Kun ledere og dem, der holder vejledningen ved lige, retter oversættelser.")
