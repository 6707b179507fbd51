"""What is met before any search: empty questions, CPR numbers, injection attempts, small talk."""

from __future__ import annotations

import re
import unicodedata

from bot.answers.reply import State
from bot.answers.terms import fold, words
from messages.errors import Problem
from messages.personal_data import holds_cpr, mask_cpr
from messages.tables import N_

LONGEST_QUESTION = 2000

_CPR = N_(
    "Jeg har ikke læst spørgsmålet, for der står et CPR-nummer i det. "
    "Slet beskeden, og spørg igen uden nummeret."
)
_EMPTY = N_("Der står ikke noget spørgsmål. Skriv f.eks. Hvornår forlænges en praktik?")
_INJECTION = N_(
    "Jeg svarer kun på spørgsmål ud fra retningslinjerne og følger ikke andre ordrer. "
    "Skriv f.eks. Hvornår forlænges en praktik?"
)
_GREETING = N_("Hej! Spørg mig om retningslinjerne. Skriv f.eks. Hvornår forlænges en praktik?")
_THANKS = N_("Det var så lidt. Skriv bare, når der er et spørgsmål mere.")
_WHO = N_(
    "Jeg finder svar i jeres retningslinjer og viser ordret, hvor de står. "
    "Jeg er et program og finder ikke på svar selv."
)

_GREETS = frozenset(
    "hej hejsa halloej goddag dav davs hey hi hello mojn morgen godmorgen god morning dag aften "
    "afternoon evening good bot brobygger der there du robot alle team hejhej heisa hola yo sup "
    "farvel bye goodbye hav en fortsat dejlig weekend ses vi goodnight day godaften yes haha".split()
)
_THANKING = frozenset(
    "tak mange tusind hjaelpen hjaelp for thanks thank you much very so a lot many help helpful "
    "super fedt perfekt great perfect godt ok okay okey fint cool nice det var dejligt skoent lige "
    "alt the your din svaret svar answer ja nej".split()
)
_ABOUT_BOT = re.compile(
    r"\b(?:hvem|hvad) (?:er|hedder) du\b|\bhvad kan du\b|\bwho (?:are|made) you\b|"
    r"\bwhat (?:are|can) you( do)?\b|\ber du (?:en |et )?(?:bot|robot|menneske|computer|ai)\b|"
    r"\bare you (?:a |an )?(?:bot|robot|human|ai|real)\b|\bwhat is your name\b|\bwhat s your name\b|"
    r"\bhvordan (?:har du det|gaar det|gaar det med dig)\b|\bhow are you\b|\bhvad laver du\b|"
    r"\b(?:fortael|tell)\b.*\b(?:vittighed|joke|historie|story)\b|\b(?:elsker|hader) du\b|"
    r"\bdo you (?:love|like|hate|feel)\b|\bkan du lide\b|\bhvor gammel er du\b|\bhow old are you\b|"
    r"\bskriv et digt\b|\bwrite (?:me )?a poem\b|\bsyng\b|\bvejret\b|\bthe weather\b"
)
_ORDERS = re.compile(
    r"\b(?:ignorer|ignorér|glem|forget|ignore|disregard|override|bypass|tilsidesaet|overtraed|se bort)\b"
    r".{0,60}\b(?:instru\w*|regler\w*|rules?|prompt\w*|ordre\w*|alt|everything|tidligere|previous|"
    r"ovenstaaende|above|retningslinje\w*|guidelines?|begraensning\w*|restrictions?|limits?)\b|"
    r"\b(?:system ?prompt|systembesked\w*|environment variables?|miljoevariab\w*|api ?keys?|api noegle\w*|"
    r"access tokens?|adgangskode\w*|passwords?|kodeord\w*|jailbreak|dan mode|developer mode|"
    r"udviklertilstand|sudo|rm rf|config toml|drop table|source code|kildekode\w*)\b|"
    r"\b(?:you are|du er) (?:now|nu)\b|\b(?:act|opfoer dig|lad) (?:as if|som om)\b|\bpretend\b|"
    r"\b(?:act|agér|ager|opfoer dig) (?:as|som) (?:a|an|en|et|if|om)?\b|"
    r"\b(?:reveal|print|show|vis|udskriv|gentag|repeat)\b.{0,40}\b(?:prompt\w*|instru\w*|token\w*|secret\w*|"
    r"hemmelig\w*|database\w*|variab\w*|konfiguration\w*)\b|"
    r"\b(?:svar|answer|sig|say)\b.{0,25}\b(?:altid|always|kun med|only with)\b|"
    r"\b(?:opdigt|find paa et|make up|invent)\b.{0,40}\b(?:svar|regel|answer|rule|kilde|source)\b"
)


def meet(question: str) -> tuple[State, Problem] | None:
    """The reply of the bot's own to what is no question about guidelines, else None."""
    if holds_cpr(question):
        return State.REFUSED, Problem(_CPR)
    said = [fold(word) for word in words(question[:LONGEST_QUESTION])]
    plain = " ".join(said)
    if not any(any(letter.isalpha() for letter in word) for word in said):
        return State.REFUSED, Problem(_EMPTY)
    if _ORDERS.search(plain):
        return State.REFUSED, Problem(_INJECTION)
    if _ABOUT_BOT.search(plain):
        return State.SMALLTALK, Problem(_WHO)
    if len(said) <= 8 and all(word in _THANKING or word in _GREETS for word in said):
        thanks = any(word.startswith(("tak", "thank")) or word == "tusind" for word in said)
        return State.SMALLTALK, Problem(_THANKS if thanks else _GREETING)
    return None


def cleaned(question: str) -> str:
    """The question as it is searched and shown: NFC, no control or hidden characters, masked."""
    composed = unicodedata.normalize("NFC", question[: LONGEST_QUESTION * 2])
    visible = "".join(
        " " if character.isspace() else character
        for character in composed
        if character.isspace() or unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
    )
    return mask_cpr(" ".join(visible.split()))[:LONGEST_QUESTION]
