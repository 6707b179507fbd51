"""One language's words of one domain, set against the Danish of today, sentence by sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from importlib.resources.abc import Traversable

from messages.catalogs import seal
from messages.glossary import Glossary, Terms, read_glossary, read_terms
from messages.language_rules import Rules
from messages.languages import DANISH, Language
from messages.library import Library, Overlay
from messages.po_file import Entry, headers, read_whole
from messages.po_merge import merged
from messages.sign_offs import SignOff, read_sign_offs
from messages.template import packaged_template, with_own_topics

DOMAINS = ("handout", "staff")
STAFF_LANGUAGES = ("en",)


class State(StrEnum):
    """How far a sentence is. Only someone who speaks the language makes it reviewed."""

    MISSING = "missing"
    OUTDATED = "outdated"
    DRAFT = "draft"
    REVIEWED = "reviewed"


@dataclass(frozen=True)
class Work:
    """A catalog brought up to date in memory. `header` is what its file says of itself, empty where
    there is no file; `packaged` are its sentences without the municipality's own."""

    language: Language
    domain: str
    file: str
    header: Mapping[str, str]
    entries: tuple[Entry, ...]
    packaged: Mapping[str, Entry]
    sign_offs: tuple[SignOff, ...]
    rules: Rules

    @property
    def reviewed(self) -> frozenset[str]:
        return frozenset(seal for row in self.sign_offs for seal in row.seals)

    def state(self, entry: Entry) -> State:
        if not entry.words:
            return State.MISSING
        if entry.fuzzy:
            return State.OUTDATED
        signed = seal(entry.source, entry.words) in self.reviewed
        return State.REVIEWED if signed else State.DRAFT

    def counts(self) -> dict[State, int]:
        found = Counter(self.state(entry) for entry in self.entries)
        return {state: found[state] for state in State}


def domains_of(code: str) -> tuple[str, ...]:
    """The catalogs that a language has: what staff read stands in Danish and English alone."""
    return DOMAINS if code in STAFF_LANGUAGES else DOMAINS[:1]


def translated_languages(library: Library) -> tuple[str, ...]:
    return tuple(code for code in library.languages if code != DANISH)


def work_on(code: str, domain: str, library: Library, overlay: Overlay) -> Work:
    """The work on `domain` in the language `code`, the overlay's words over the packaged ones.

    Raises MessagesError when a catalog, a glossary or a reviewed.toml is broken.
    """
    language = library.languages[code]
    path = f"{code}/LC_MESSAGES/{domain}.po"
    header, packaged = _read(_packaged(path), f"locales/{path}")
    own_header, own = _read(overlay.catalogs.get(path), path)
    template = packaged_template(domain)
    if domain == "handout":
        template = with_own_topics(template, library.topics, library.pictures)
    known = packaged | {
        source: entry
        for source, entry in own.items()
        if entry.words and (not entry.fuzzy or not _says(packaged.get(source)))
    }
    terms = packaged_terms()
    return Work(
        language=language,
        domain=domain,
        file=path if own else f"locales/{path}",
        header=own_header or header,
        entries=merged(template, known.values()),
        packaged=packaged,
        sign_offs=_sign_offs(code, overlay),
        rules=Rules(language, domain, terms, glossary_of(code, terms, overlay)),
    )


def packaged_terms() -> Terms:
    text = (files("locales") / "terms.toml").read_text(encoding="utf-8")
    return read_terms(text, "locales/terms.toml")


def glossary_of(code: str, terms: Terms, overlay: Overlay) -> Glossary | None:
    """The language's glossary, the municipality's own where it has one; None where nobody does."""
    path = f"{code}/glossary.toml"
    own = overlay.catalogs.get(path)
    if own is not None:
        return read_glossary(own, path, terms)
    text = _packaged(path)
    return read_glossary(text, f"locales/{path}", terms) if text else None


def _says(entry: Entry | None) -> bool:
    return entry is not None and bool(entry.words) and not entry.fuzzy


def _sign_offs(code: str, overlay: Overlay) -> tuple[SignOff, ...]:
    path = f"{code}/reviewed.toml"
    texts = ((_packaged(path), f"locales/{path}"), (overlay.catalogs.get(path), path))
    return tuple(row for text, file in texts if text for row in read_sign_offs(text, file))


def _packaged(path: str) -> str | None:
    file: Traversable = files("locales")
    for part in path.split("/"):
        file = file / part
    return file.read_text(encoding="utf-8") if file.is_file() else None


def _read(text: str | None, file: str) -> tuple[Mapping[str, str], dict[str, Entry]]:
    if text is None:
        return {}, {}
    entries = list(read_whole(text.encode(), file))
    header = next((headers(entry) for entry in entries if not entry.source), {})
    return header, {entry.source: entry for entry in entries if entry.source}
