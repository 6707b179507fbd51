"""All packaged data, read once into one frozen Library; a municipality's own laid over it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import PurePath
from types import MappingProxyType

from messages.catalogs import Catalog, Catalogs, read_catalog, read_reviewed
from messages.languages import DANISH, Language, read_languages
from messages.pictures import Picture, packaged_pictures
from messages.rates import Rates, read_rates
from messages.templating import Templates
from messages.topics import Topic, read_topic


@dataclass(frozen=True)
class Overlay:
    """Texts of a municipality's own files by their path in the overlay folder, read by `bot`.

    `catalogs` holds `<language>/LC_MESSAGES/<domain>.po`, whose sentences win over ours, and beside
    them `<language>/reviewed.toml` and `languages.toml` with the rows of languages of its own.
    """

    topics: Mapping[str, str] = field(default_factory=dict)
    rates: Mapping[str, str] = field(default_factory=dict)
    catalogs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Library:
    """All that a sheet is made of but the person's own facts."""

    languages: Mapping[str, Language]
    handout: Mapping[str, Catalog]
    staff: Mapping[str, Catalog]
    topics: Mapping[str, Topic]
    pictures: Mapping[str, Picture]
    rates: Mapping[int, Rates]
    templates: Templates = field(default_factory=Templates)


def load_library(overlay: Overlay = Overlay()) -> Library:
    """The packaged data with `overlay` over it; raises MessagesError naming a file's mistakes."""
    locales = files("locales")
    messages = files("messages")
    languages = read_languages(_text(locales / "languages.toml"), "locales/languages.toml")
    own_languages = overlay.catalogs.get("languages.toml")
    if own_languages is not None:
        languages |= read_languages(own_languages, "languages.toml", whole=False)
    topics = {**_tomls(messages / "topics"), **overlay.topics}
    rates = {**_tomls(messages / "rates"), **overlay.rates}
    return Library(
        languages=languages,
        handout=_catalogs(locales, "handout", languages, overlay.catalogs),
        staff=_catalogs(locales, "staff", languages, overlay.catalogs),
        topics=MappingProxyType(
            {topic.id: topic for topic in (read_topic(text, file) for file, text in topics.items())}
        ),
        pictures=packaged_pictures(),
        rates=MappingProxyType(
            {year.year: year for year in (read_rates(text, file) for file, text in rates.items())}
        ),
    )


def _text(file: Traversable) -> str:
    return file.read_text(encoding="utf-8")


def _tomls(folder: Traversable) -> dict[str, str]:
    found = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=_name)
    return {f"{folder.name}/{file.name}": _text(file) for file in found}


def _name(file: Traversable) -> str:
    return file.name


def _catalogs(
    locales: Traversable,
    domain: str,
    languages: Mapping[str, Language],
    overlay: Mapping[str, str],
) -> Catalogs:
    """A reader for each language that has a catalog, packaged or the municipality's own."""
    own = {
        PurePath(path).parts[0]: text
        for path, text in overlay.items()
        if PurePath(path).name == f"{domain}.po"
    }
    readers = {
        code: partial(_catalog, locales, code, domain, own.get(code), overlay)
        for code in languages
        if code == DANISH or code in own or _po(locales, code, domain).is_file()
    }
    return Catalogs(readers)


def _po(locales: Traversable, code: str, domain: str) -> Traversable:
    return locales / code / "LC_MESSAGES" / f"{domain}.po"


def _catalog(
    locales: Traversable, code: str, domain: str, own: str | None, overlay: Mapping[str, str]
) -> Catalog:
    if code == DANISH:
        return Catalog(DANISH, domain)
    packaged = _po(locales, code, domain)
    signed = locales / code / "reviewed.toml"
    reviewed = read_reviewed(overlay.get(f"{code}/reviewed.toml", ""), f"{code}/reviewed.toml")
    if signed.is_file():
        reviewed |= read_reviewed(_text(signed), f"locales/{code}/reviewed.toml")
    catalog = Catalog(code, domain, reviewed=reviewed)
    if packaged.is_file():
        catalog = read_catalog(packaged.read_bytes(), str(packaged), code, domain, reviewed)
    if own is None:
        return catalog
    laid_over = read_catalog(own.encode(), f"{code}/LC_MESSAGES/{domain}.po", code, domain)
    sentences = {**catalog.sentences, **laid_over.sentences}
    return replace(
        catalog,
        sentences=MappingProxyType(sentences),
        missing=frozenset(catalog.missing - sentences.keys()),
    )
