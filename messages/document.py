"""The page before it is a page: what stands on a sheet, in no format yet.

`compose` makes a Document; each `page_*` turns it into bytes. Nothing in it is markup: a `Run`
says what its text is, and each page isolates and escapes it in its own way.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from messages.languages import Direction, Language


class Kind(StrEnum):
    """What a run of text is: words of the sentence, an inserted value, or a kept Danish term."""

    WORDS = "words"
    VALUE = "value"
    TERM = "term"


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a sentence with one meaning, one language (an html tag) and one direction."""

    kind: Kind
    text: str
    lang: str
    direction: Direction


Text = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence in the reader's language, and the Danish one where the sheet is bilingual."""

    text: Text
    beside: Text | None = None


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture, its alternative text in the reader's language, and that text's html tag."""

    id: str
    svg: str
    alt: str
    lang: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it stands on the Danish payslip: `key` ties it to its part of the money bar,
    `also` holds other names for it or the details that stand with it."""

    key: str
    term: str
    also: tuple[str, ...]
    amount: Text


@dataclass(frozen=True, slots=True)
class Step:
    """One idea and one picture; `check` asks the reader to say it back, for the script."""

    number: int
    id: str
    said: Said
    picture: Drawing | None
    lines: tuple[Line, ...]
    check: Said | None
    short: bool


@dataclass(frozen=True, slots=True)
class Term:
    """A Danish word the reader will meet, and what it means."""

    word: str
    meaning: Said


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the money bar: kroner, its share of the whole (0 to 1), and the step it is in."""

    key: str
    amount: Decimal
    share: Decimal
    step: int | None
    label: Text


@dataclass(frozen=True, slots=True)
class Bar:
    """A whole divided into parts that fill it; `kept` says what is left for the reader."""

    whole: Said
    kept: Said
    parts: tuple[Part, ...]
    alt: str
    lang: str


@dataclass(frozen=True, slots=True)
class Field:
    """A place to write by hand; `lines` is how many lines of paper it takes, none where `filled`
    holds all that belongs there."""

    label: Said
    lines: int
    filled: Text = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Where a claim comes from: the page's own Danish title and its address."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the calendar: its name and year in the reader's words, and its drawing."""

    name: Text
    svg: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """The months in which work starts and money comes; `alt` says the marked days."""

    months: tuple[Month, ...]
    alt: str
    lang: str


@dataclass(frozen=True, slots=True)
class Code:
    """A square code for a phone's camera: the address in it, how it stands in print, its SVG."""

    url: str
    shown: str
    svg: str


@dataclass(frozen=True, slots=True)
class Marks:
    """What the sheet must own up to: invented numbers, words nobody has checked, sentences left
    in Danish because the language has none yet."""

    example: bool
    draft: bool
    untranslated: int


@dataclass(frozen=True, slots=True)
class Document:
    """A whole sheet. `language` is the reader's; `beside` is Danish where it stands beside hers;
    `goal` is what a talk over the sheet should reach, in Danish, for the script."""

    topic: str
    language: Language
    beside: Language | None
    marks: Marks
    year: int
    large: bool
    script: bool
    title: Said
    lead: Said | None
    bar: Bar | None
    calendar: Calendar | None
    steps: tuple[Step, ...]
    terms: tuple[Term, ...]
    fields: tuple[Field, ...]
    do: Said | None
    ask: Said
    goal: str
    ask_picture: Drawing | None
    notices: tuple[Said, ...]
    sources: tuple[Source, ...]
    code: Code | None
    furniture: tuple[tuple[str, Said], ...]

    def words(self, name: str) -> Said:
        """A heading or label that every sheet has, by name."""
        return next(said for key, said in self.furniture if key == name)


def plain(text: Text) -> str:
    """The bare characters of a text, without isolates: for counting and comparing, not to show."""
    return "".join(run.text for run in text)
