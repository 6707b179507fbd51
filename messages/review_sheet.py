"""The review sheet: every sentence with its picture, in Danish, English and the reader's language.

A page to print, or to tick on screen: a native reader marks what is right and writes what is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from messages.library import Library
from messages.pictures import Picture
from messages.template import picture_of
from messages.translations import State, Work
from messages.wording import pieces

# The sentence with its values and Danish words apart, so that a page can keep them in place.
Pieces = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ReviewRow:
    """One sentence to look at; the picture is drawn at its first sentence."""

    number: int
    place: str
    picture: Picture | None
    danish: Pieces
    before: Pieces
    english: Pieces
    words: Pieces
    state: State


def review_rows(
    work: Work, english: Mapping[str, str], pictures: Mapping[str, Picture]
) -> Iterator[ReviewRow]:
    """The rows in the template's order, which is that of the sheets."""
    drawn: set[str] = set()
    for number, entry in enumerate(work.entries, start=1):
        name = picture_of(entry)
        picture = pictures.get(name) if name not in drawn else None
        drawn.add(name)
        yield ReviewRow(
            number=number,
            place=" · ".join(entry.notes or entry.places),
            picture=picture,
            danish=pieces(entry.source),
            before=pieces(entry.previous) if entry.fuzzy else (),
            english=pieces(english.get(entry.source, "")),
            words=pieces(entry.words),
            state=work.state(entry),
        )


def review_html(work: Work, library: Library, say: Callable[..., str], words_in: str) -> bytes:
    """The page; `say` words its headings in `words_in`, the language of who prints it."""
    english = english_words(work, library)
    page = library.templates.render(
        "review.html.j2",
        language=work.language,
        rows=list(review_rows(work, english, library.pictures)),
        _=say,
        words_in=words_in,
    )
    return page.encode()


def english_words(work: Work, library: Library) -> Mapping[str, str]:
    """The English beside the Danish, for translators who read little Danish; none for English."""
    catalogs = library.handout if work.domain == "handout" else library.staff
    if work.language.code == "en" or "en" not in catalogs:
        return {}
    return catalogs["en"].sentences
