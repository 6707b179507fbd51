"""When there is trouble: the kinds there are, what may be offered, and the follow-up it plans.

A kind from a list, never free text: what is told on a case could hint at health or family.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from messages.tables import N_
from scheduler.plans import Anchor, Step, Unit


class Category(StrEnum):
    """What the trouble is about. The words are those of `KINDS`."""

    ATTENDANCE = "fremmoede"
    LANGUAGE = "sprog"
    TASKS = "opgaver"
    COOPERATION = "samarbejde"
    COMPANY = "virksomheden"
    PAY = "loen"
    BENEFIT = "ydelse"
    CHILDCARE = "boernepasning"
    TRANSPORT = "transport"
    OTHER = "andet"


class Offer(StrEnum):
    """What the municipality can offer at once."""

    LANGUAGE_MENTOR = "sprogmentor"
    THREE_PARTY_TALK = "trepartssamtale"
    ADJUSTED_AGREEMENT = "justeret-aftale"


OFFERS: Mapping[Offer, str] = {
    Offer.LANGUAGE_MENTOR: N_("en sprogmentor på arbejdspladsen"),
    Offer.THREE_PARTY_TALK: N_("en samtale mellem borger, virksomhed og kommune"),
    Offer.ADJUSTED_AGREEMENT: N_("en justeret aftale om timer, opgaver eller mål"),
}


@dataclass(frozen=True)
class Kind:
    """title and text are msgids of the staff catalog. subjects: the words that lead to a contact
    in config.toml, the first that one has. offers: what fits, best first."""

    title: str
    text: str
    subjects: tuple[str, ...]
    offers: tuple[Offer, ...]


_TALK, _MENTOR, _ADJUST = Offer.THREE_PARTY_TALK, Offer.LANGUAGE_MENTOR, Offer.ADJUSTED_AGREEMENT
KINDS: Mapping[Category, Kind] = {
    Category.ATTENDANCE: Kind(
        N_("Fremmøde"),
        N_("Er aftalen om fremmøde på plads igen? Tal med borger og virksomhed hver for sig."),
        ("fremmøde", "praktik", "opfølgning"),
        (_TALK, _MENTOR, _ADJUST),
    ),
    Category.LANGUAGE: Kind(
        N_("Sprog og misforståelser"),
        N_("Forstår de hinanden nu? Er sprogmentor eller tolk kommet på?"),
        ("sprog", "praktik", "opfølgning"),
        (_MENTOR, _TALK),
    ),
    Category.TASKS: Kind(
        N_("Opgaver og tempo"),
        N_("Passer opgaverne nu til det, borgeren kan? Er målene i aftalen stadig de rigtige?"),
        ("opgaver", "praktik", "opfølgning"),
        (_ADJUST, _TALK, _MENTOR),
    ),
    Category.COOPERATION: Kind(
        N_("Samarbejde på arbejdspladsen"),
        N_("Har begge parter fortalt, hvordan de ser det? Holder det, I aftalte?"),
        ("samarbejde", "praktik", "opfølgning"),
        (_TALK, _MENTOR),
    ),
    Category.COMPANY: Kind(
        N_("Virksomheden vil stoppe"),
        N_("Er virksomheden blevet hørt? Kan aftalen reddes, eller skal der findes en ny plads?"),
        ("virksomhed", "praktik", "job", "opfølgning"),
        (_TALK, _ADJUST),
    ),
    Category.PAY: Kind(
        N_("Løn eller lønseddel"),
        N_("Er pengene kommet, og er lønsedlen gennemgået sammen med borgeren?"),
        ("løn", "ydelse", "job"),
        (_MENTOR, _TALK),
    ),
    Category.BENEFIT: Kind(
        N_("Ydelse"),
        N_("Har ydelsesafdelingen svaret, og ved borgeren, hvad der kommer hvornår?"),
        ("ydelse", "løn"),
        (_MENTOR,),
    ),
    Category.CHILDCARE: Kind(
        N_("Børnepasning"),
        N_("Er pasningen på plads, så arbejdsdagen kan hænge sammen?"),
        ("børnepasning", "dagtilbud", "opfølgning"),
        (_ADJUST, _TALK),
    ),
    Category.TRANSPORT: Kind(
        N_("Transport"),
        N_("Kan borgeren nå frem til mødetid hver dag?"),
        ("transport", "praktik", "opfølgning"),
        (_ADJUST, _TALK),
    ),
    Category.OTHER: Kind(
        N_("Noget andet"),
        N_("Er det løst? Skriv ikke her, hvad det er; det hører til i sagssystemet."),
        ("opfølgning", "praktik"),
        (_TALK, _MENTOR, _ADJUST),
    ),
}


class TroubleState(StrEnum):
    """open: nobody has taken it. taken: somebody works on it. closed: solved, or the case ended."""

    OPEN = "open"
    TAKEN = "taken"
    CLOSED = "closed"


@dataclass(frozen=True)
class Trouble:
    """One report of trouble in one run of a case. People are ids; moments are aware UTC.

    nudge: the id of the follow-up that it planned.
    """

    id: str
    case_id: str
    case: str
    owner: str
    category: Category
    nudge: str
    reported_by: str
    reported: datetime
    state: TroubleState = TroubleState.OPEN
    taken_by: str | None = None
    taken: datetime | None = None
    closed: datetime | None = None


_PREFIX = "problem-"


def follow_up_id(category: Category, number: int) -> str:
    """The step's id: the number makes the second report of a kind in a case another step."""
    return f"{_PREFIX}{category}-{number}"


def follow_up_step(step_id: str) -> Step | None:
    """The step of that id when it is one that trouble planned, else None."""
    category = step_id.removeprefix(_PREFIX).rsplit("-", 1)[0]
    if not step_id.startswith(_PREFIX) or category not in set(Category):
        return None
    return Step(
        id=step_id,
        title=N_("Er problemet løst?"),
        text=KINDS[Category(category)].text,
        anchor=Anchor.START,
        offset=0,
        unit=Unit.DAYS,
        guideline="11-opfoelgning-under-praktikken",
        needs_answer=True,
        escalate_after=1,
        alone=True,
    )
