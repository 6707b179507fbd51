"""What every translation must keep: one rule a function, giving the fault with its remedy."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from messages.errors import Problem
from messages.po_file import Entry
from messages.tables import N_
from messages.template import limit_of

PLACE = re.compile(r"\{[a-z_][a-z0-9_]*\}")
TERM = re.compile(r"\[\[[^\[\]]+\]\]")
_DIGITS = re.compile(r"\d+")
_ENDS = {".": ".።۔", "?": "?؟፧", ":": ":፦፡", "!": "!", "…": "…", ",": ",،፣"}
_CLOSING = " \u00a0)]}»”\"'’"

Rule = Callable[[Entry], Problem | None]


def placeholders(entry: Entry) -> Problem | None:
    wanted, found = (sorted(set(PLACE.findall(text))) for text in (entry.source, entry.words))
    if wanted == found:
        return None
    return Problem(
        N_("skal have {wanted}, men har {found}; ret pladsholderne, så de er de samme"),
        wanted=", ".join(wanted) or "–",
        found=", ".join(found) or "–",
    )


def kept_terms(entry: Entry) -> Problem | None:
    """Each [[word]] of the Danish stays; another word of it may be set in brackets as well, since
    that keeps Latin letters in place in a line that runs the other way."""
    wanted, found = (sorted(set(TERM.findall(text))) for text in (entry.source, entry.words))
    added = [term for term in found if term not in wanted and term[2:-2] not in entry.source]
    if set(wanted) <= set(found) and not added:
        return None
    return Problem(
        N_("skal have de danske ord {wanted}, men har {found}; behold dem med [[ og ]]"),
        wanted=", ".join(wanted) or "–",
        found=", ".join(found) or "–",
    )


def markup(entry: Entry) -> Problem | None:
    bare = TERM.sub("", PLACE.sub("", entry.words))
    source = TERM.sub("", PLACE.sub("", entry.source))
    found = sorted({sign for sign in bare if sign in "<>&{}[]%`\\" and sign not in source})
    if not found:
        return None
    return Problem(
        N_("har tegn, som kan blive til kode: {signs}; skriv kun almindelig tekst"),
        signs=" ".join(found),
    )


def digits(entry: Entry) -> Problem | None:
    bare = PLACE.sub("", entry.words)
    known = set(_DIGITS.findall(PLACE.sub("", entry.source)))
    found = [run for run in _DIGITS.findall(bare) if run not in known]
    found += [sign for sign in bare if unicodedata.category(sign) == "No"]
    if not found:
        return None
    return Problem(
        N_("har tallet {digits}; tal kommer fra beregningen, slet det eller brug {{…}}"),
        digits=", ".join(found),
    )


def ending(entry: Entry) -> Problem | None:
    wanted, found = _end(entry.source), _end(entry.words)
    if wanted == found:
        return None
    return Problem(
        N_("slutter med “{found}”, men den danske slutter med “{wanted}”; ret tegnet"),
        wanted=wanted or "–",
        found=found or "–",
    )


def length(entry: Entry) -> Problem | None:
    limit = limit_of(entry)
    if limit is None or len(entry.words) <= limit:
        return None
    return Problem(
        N_("er {length} tegn, og der er plads til {limit} i en sms eller på en knap; kort den af"),
        length=len(entry.words),
        limit=limit,
    )


def composed(entry: Entry) -> Problem | None:
    if unicodedata.is_normalized("NFC", entry.words):
        return None
    return Problem(N_("har bogstaver sat sammen af flere tegn (ikke NFC); skriv den igen"))


def edges(entry: Entry) -> Problem | None:
    if entry.words.strip() == entry.words and "  " not in entry.words:
        return None
    if entry.source.strip() != entry.source or "  " in entry.source:
        return None
    return Problem(N_("har mellemrum i enden eller to i træk; slet dem"))


def stretched(entry: Entry) -> Problem | None:
    share = len(entry.words) / len(entry.source)
    if len(entry.source) < 20 or 0.3 <= share <= 3:
        return None
    return Problem(N_("er meget længere eller kortere end den danske; er alt med, og kun det?"))


def _end(text: str) -> str:
    """What the text ends with: `.` for every full stop, `?` for every question mark, or ""."""
    last = text.rstrip(_CLOSING)[-1:]
    return next((kind for kind, signs in _ENDS.items() if last and last in signs), "")


ERRORS: tuple[Rule, ...] = (
    placeholders,
    kept_terms,
    markup,
    digits,
    ending,
    length,
    composed,
    edges,
)
REMARKS: tuple[Rule, ...] = (stretched,)
