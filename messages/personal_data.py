"""Danish civil registration numbers (CPR-nummer): found in any spelling, so that none is kept.

The form and the rules: cpr.dk, "Personnummeret i CPR-systemet". The first six digits are a date
of birth, the seventh gives the century; the check digit (modulus 11) has not been promised since
1 October 2007, and people registered as born on 1 January are among those without it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

MASK = "[CPR fjernet]"

Certainty = Literal["block", "warn"]
_Judge = Callable[[re.Match[str], str], "Certainty | None"]

_SEPARATORS = "-–—‐‑‒−./ \u00a0\u202f\u2009"
_CANDIDATE = re.compile(
    rf"(?<!\d)(\d{{2}})([{_SEPARATORS}]?)(\d{{2}})\2(\d{{2}})"
    rf"([ \u00a0]{{0,2}}[{_SEPARATORS}]?[ \u00a0]{{0,2}})(\d{{4}})(?!\d)"
)
# Ways round the one above: dealt out over lines or columns, in single digits or pairs, with other
# marks between, with the whole year. Each is rare, and may be something else: `_loosely` judges.
_MARKS = r"(?:[^\w\n]|_){1,3}"
_LOOSE = re.compile(
    r"(?<!\d)(?:"
    r"\d(?:\n?\d){5}\n?[-.]?\n?\d(?:\n?\d){3}"
    r"|\d{6}\s{0,4}[-.]?\s{0,4}\d{4}"
    rf"|\d{{6}}(?:{_MARKS}\d{{4}}|[-.] ?\d\d[ \n.-]\d\d)"
    r"|(?<!\d[^\w\n])\d(?P<one>[^\w\n])(?:\d(?P=one)){4}\d(?:(?P=one)|[^\w\n]{1,3})(?:\d(?P=one)){3}\d"
    r"|(?<!\d[^\w\n])\d\d(?P<two>[^\w\n])(?:\d\d(?P=two)){3}\d\d(?!(?P=two)\d)"
    r"|\d\d(?P<year>[-./ ]?)\d\d(?P=year)(?:18|19|20)\d\d[-–/]\d{4}"
    r")(?!\d)"
)
_WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_NEAR = 25
_HIDDEN = {"Cc", "Cf", "Me", "Mn"}
# One sign for one sign: every end of a line, what is blank to the eye, and what cannot be seen.
_AS_SEEN = (
    dict.fromkeys(map(ord, "\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"), "\n")
    | dict.fromkeys(map(ord, "\u115f\u1160\u2800\u3164\uffa0"), " ")
    | dict.fromkeys((*range(9), *range(0x0E, 0x1C), 0x1F, 0x7F), "\u200b")
)
_SAYS_CPR = re.compile(r"cpr|personn|født|borger|citizen|civil reg|social security", re.IGNORECASE)
# Right before the number, with no other word between: "sagen på 150299-3678" is about a person.
_ANNOUNCED = r"(?:[-.\s]{0,2}n(?:umme)?r)?(?:et)?[\s.:#=]*(?:er|is)?[\s.:]*$"
_SAYS_OTHER = re.compile(
    r"(?:\bp[-\s]?n(?:umme)?r|konto|\breg|\bean|faktura|\bsags?[-\s]?(?:nr|nummer)|\bj\.?\s?nr|"
    rf"\bjournal[-\s]?(?:nr|nummer)|telefon|\btlf){_ANNOUNCED}",
    re.IGNORECASE,
)
_SAYS_P_NUMBER = re.compile(rf"\bp[-\s]?n(?:umme)?r{_ANNOUNCED}", re.IGNORECASE)


@dataclass(frozen=True)
class Found:
    """Where a number stands in the text as given: `text[start:end]`.

    `certainty` is `block` (treat it as a CPR number) or `warn` (a date and four digits, but
    nothing else speaks for it).
    """

    start: int
    end: int
    certainty: Certainty


def find_cpr(text: str) -> tuple[Found, ...]:
    """Every likely CPR number in `text`, in order: any digits, separators and hidden characters.

    Numbers announced as something else (P-nr., account, invoice, case number) are left out; six
    digits, a mark and four are what only CPR numbers look like, and are left out after P-nr. alone.
    Dates of birth count when they exist in a year that the seventh digit allows; replacement
    numbers with 60 added to the day count as well.
    """
    plain, places = _plain(text)
    found = []
    for match, judge in _matches(plain):
        certainty = judge(match, plain)
        if certainty:
            found.append(Found(places[match.start()], places[match.end() - 1] + 1, certainty))
    return tuple(_apart(found))


def _matches(plain: str) -> Iterator[tuple[re.Match[str], _Judge]]:
    for match in _CANDIDATE.finditer(plain):
        yield match, _certainty
    for match in _LOOSE.finditer(plain):
        yield match, _loosely


def _apart(found: Iterable[Found]) -> Iterator[Found]:
    """In order, and of two that overlap the certain one, else the first."""
    last: Found | None = None
    for one in sorted(found, key=lambda one: (one.start, one.certainty)):
        if last is None or one.start >= last.end:
            if last:
                yield last
            last = one
        elif one.certainty < last.certainty:
            last = one
    if last:
        yield last


def mask_cpr(text: str) -> str:
    """`text` with every likely CPR number, certain or not, replaced by `[CPR fjernet]`."""
    for one in reversed(find_cpr(text)):
        text = text[: one.start] + MASK + text[one.end :]
    return text


def holds_cpr(text: str) -> bool:
    """Whether `text` holds a number that must be treated as a CPR number."""
    return any(one.certainty == "block" for one in find_cpr(text))


def _plain(text: str) -> tuple[str, list[int]]:
    """The text in ASCII digits without hidden characters, and each character's place in `text`."""
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text.translate(_AS_SEEN)):
        if not character.isascii():
            if unicodedata.category(character) in _HIDDEN:
                continue
            digit = unicodedata.digit(character, None)
            folded = str(digit) if digit is not None else unicodedata.normalize("NFKC", character)
        else:
            folded = character
        for part in folded:
            characters.append(part)
            places.append(place)
    return "".join(characters), places


def _certainty(match: re.Match[str], plain: str) -> Certainty | None:
    digits = match[1] + match[3] + match[4] + match[6]
    before = plain[max(0, match.start() - _NEAR) : match.start()]
    born = _born(digits)
    cut_in_two = bool(match[5].strip())
    if born is None or (_SAYS_P_NUMBER if cut_in_two else _SAYS_OTHER).search(before):
        return None
    six_and_four = bool(match[5]) and not match[2]
    separated = cut_in_two or six_and_four or bool(match[2].strip())
    first_of_january = digits[:4] in {"0101", "6101"}
    sure = separated or first_of_january or _checks(digits) or bool(_SAYS_CPR.search(before))
    return "block" if sure else "warn"


def _loosely(match: re.Match[str], plain: str) -> Certainty | None:
    """A number in an unusual spelling: held where it checks or is announced, else doubtful."""
    digits = re.sub(r"\D", "", match[0])
    if match["year"] is not None:
        digits = digits[:4] + digits[6:]
    before = plain[max(0, match.start() - _NEAR) : match.start()]
    if _born(digits) is None or _SAYS_OTHER.search(before):
        return None
    return "block" if _checks(digits) or _SAYS_CPR.search(before) else "warn"


def _checks(digits: str) -> bool:
    return sum(int(d) * w for d, w in zip(digits, _WEIGHTS, strict=True)) % 11 == 0


def _born(digits: str) -> date | None:
    """The date of birth, or None: the seventh digit and the year give the century (cpr.dk)."""
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    if 61 <= day <= 91:
        day -= 60
    seventh = int(digits[6])
    if seventh <= 3:
        century = 1900
    elif seventh in {4, 9}:
        century = 2000 if year <= 36 else 1900
    else:
        century = 2000 if year <= 57 else 1800
    try:
        born = date(century + year, month, day)
    except ValueError:
        return None
    return born if born.year >= 1905 else None
