"""What sort of answer a question wants (a fee, an address, a deadline), and whether one is there."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class AnswerType:
    """A sort of answer: how questions ask for it, and what a passage must hold to give it."""

    name: str
    asked: re.Pattern[str]
    given: re.Pattern[str]


def _type(name: str, asked: str, given: str) -> AnswerType:
    return AnswerType(name, re.compile(asked, re.IGNORECASE), re.compile(given, re.IGNORECASE))


_MONEY = r"\d[\d.,]*\s*(?:kr\b|kroner|dkk|,-)|\bkr\.?\s*\d|\d\s*(?:%|procent|øre)"
_NUMBER = (
    r"\d|\b(?:én|to|tre|fire|fem|seks|syv|otte|ni|ti|elleve|tolv|tyve|tredive|halvdelen|dobbelt\w*|"
    r"en gang|hver uge|hver måned|ugentligt?|månedligt?|dagligt?|årligt?|løbende)\b"
)
_TIME = rf"(?:{_NUMBER})[^.]{{0,25}}(?:dag|uge|måned|år|time|kvartal|døgn|hverdag|minut)"

TYPES = (
    _type(
        "amount",
        r"\bhvad (?:tjener|koster|får .{0,40}i løn)\b|\bhvor mange (?:kroner|penge)\b|\b(?:indkomst|indtægts|beløbs)?grænsen? for\b|"
        r"\b(?:income|amount|earnings) limit\b|\bwhat does .{0,40}\b(?:earn|cost)\b|\bhvor meget\b.*\b(?:koster|koste|tjene\w*|betale\w*|udbetal\w*|kroner|løn\w*|stige\w*|ydelse\w*|"
        r"tilskud\w*|penge|udgør|trækkes|skat\w*|atp|får|bøde\w*|budget\w*|dækker)\b|\bhvad koster\b|"
        r"\b(?:sats|satsen|satser|satserne|beløb|beløbet|gebyr\w*|takst\w*|timeløn\w*|mindsteløn\w*|pris|prisen|"
        r"beløbsgrænse\w*|bundfradrag\w*|budget\w*|bøden?|honorar\w*|egenbetaling\w*)\b|\bhvor (?:stor|høj|højt|stort) "
        r"(?:er|en|et)\b.*\b(?:ydelse\w*|løn\w*|tilskud\w*|skat\w*|fradrag\w*|beløb\w*|støtte\w*|bonus\w*|budget\w*)\b|"
        r"\bhow much\b.*\b(?:cost\w*|pay\w*|earn\w*|paid|money|salary|wage\w*|benefit\w*|tax\w*|receive|get|rise|increase)\b|"
        r"\b(?:hourly|minimum) (?:wage|rate|pay)\b|\b(?:fee|price|rate|cost|amount|budget|fine)s? (?:of|for|is|per)\b|"
        r"\bwhat is the (?:\w+ )?(?:fee|price|rate|cost|amount|budget|fine|salary|wage|pay)\b",
        _MONEY,
    ),
    _type(
        "phone",
        r"\btelefon(?:nummer|nr|tid)?\w*\b|\btlf\b|\bphone number\b|\bnummer\w* (?:til|på)\b|\bhotline(?:n|ns)?\b.*\bnummer",
        r"\b(?:\d{2} ?){4}\b|\btlf\b|telefonnummer",
    ),
    _type("mail", r"\be-?mail(?:adresse)?\b|\bmail(?:adresse)?\b|\bhjemmeside\b|\bwebsite\b|\blink\b|\burl\b", r"@|www\.|https?:"),
    _type(
        "address",
        r"\b(?!mail)adresse\w*\b|\bhvor ligger\b|\bhvor holder .{0,30}\btil\b|\baddress\b|\bwhere (?:is|are) .{0,40}\b(?:located|office|centre|center)\b",
        r"\b\d{4} [A-ZÆØÅ]|(?:vej|gade|allé|stræde|plads|torv)\w* \d|\bligger\b|\badresse",
    ),
    _type(
        "hours",
        r"\båbningstid\w*\b|\btelefontid\w*\b|\bhvornår (?:åbner|lukker|er .{0,30}\båb|har .{0,30}\båb)|\bopening hours\b|"
        r"\b(?:when|what time) .{0,40}\b(?:open|close)\b|\bhvad tid\b|\bklokken\b|\bhvilke tider\b",
        r"\b\d{1,2}[.:]\d{2}\b|\bkl\b|\b\d{1,2}\s?[–-]\s?\d{1,2}\b|\bklokken\b",
    ),
    _type(
        "deadline",
        r"\bfrist\w*\b|\bdeadline\w*\b|\bsenest\b|\binden hvor (?:lang|mange)\b|\bhvor hurtigt skal\b|\bklagefrist\w*|\bnotice period\b|\bvarsel\w*\b|\bhvor lang tid (?:har|går der)\b",
        rf"\bfrist|\bsenest\b|\binden for\b|{_TIME}|straks|samme dag|hurtig",
    ),
    _type(
        "named",
        r"\bhvad hedder\b|\bhvem er (?:leder|chef|borgmester|direktør|formand|minister|kontaktperson|afdelingsleder|ansvarlig)\w*\b|"
        r"\bhvem er .{0,30}(?:leder|chef|borgmester|direktør|formand|minister)\w*\b(?! af)|\bname of\b|\bwhat is .{0,30}\bcalled\b|"
        r"\bwho is the (?:\w+ ){0,2}(?:mayor|head|director|manager|minister|leader|chair)\w*\b|\bnavnet på\b",
        r"\b[A-ZÆØÅ](?-i:[a-zæøå]+) (?-i:[A-ZÆØÅ][a-zæøå]+sen|[A-ZÆØÅ][a-zæøå]+ [A-ZÆØÅ][a-zæøå]+)\b|\bhedder\b|\bkaldes\b",
    ),
    _type("distance", r"\bhvor langt\b|\bkilometer\b|\bkm\b|\bhow far\b|\bafstand\w*\b", r"\bkm\b|kilometer|\bmeter\b|\bmil\b|afstand"),
    _type(
        "law",
        r"\bifølge loven\b|\bparagraf\w*\b|§|\bhvilken lov\b|\bhvilke(?:t)? regler\b|\bregler(?:ne)? (?:for|om)\b|\bbekendtgørelse\w*\b|"
        r"\blovkrav\w*\b|\blovgivning\w*\b|\blegal(?:ly)?\b|\b(?:the|what|which) law\b|\bwhat (?:are )?the rules\b|\brules (?:for|about|on)\b|\blovhjem\w*|\bultimatum\b",
        r"§|\blov(?:en|givning\w*|krav\w*)?\b|bekendtgørelse|\bregl|\bret til\b|\bskal\b.*\bsenest\b|lovpligtig",
    ),
    _type(
        "age",
        r"\bhvor (?:gammel|gamle|ung|unge)\b|\baldersgrænse\w*\b|\w*alder(?:en)?\b|\bhow old\b|\bage\b",
        r"\d+\s*(?:-årig|år)|\båringer|\balder|’erne",
    ),
    _type(
        "length",
        r"\bhvor (?:længe|lang tid|lang er|langt er|lange er|mange (?:dage|uger|måneder|timer|år|minutter|feriedage|sygedage|gange))\b|"
        r"\bhow (?:long|many (?:days|weeks|months|hours|years|times))\b|\bvarighed\w*\b",
        rf"{_TIME}|fuldtid|ikke være for lange|så længe|varighed",
    ),
    _type("percent", r"\bhvor mange procent\b|\bhvor stor en (?:andel|del)\b|\bwhat (?:percentage|share|proportion)\b|\bprocentdel\w*\b|\bhow many percent\b", r"%|procent"),
    _type("count", r"\bhvor mange\b|\bhow many\b|\bantal(?:let)?\b|\bhvor stor en (?:andel|del)\b|\bhvor høj en andel\b", _NUMBER + r"|\bantal|hvor mange|\bmange\b|\bflere\b"),
    _type(
        "procedure",
        r"\bhvordan (?:søger|ansøger|bestiller|tilmelder|klager|melder|opretter|booker|indberetter|skifter|får man|får jeg)\b|"
        r"\bhvor (?:søger|ansøger|klager|melder|bestiller|henvender|tilmelder|booker)\b|"
        r"\bhow (?:do|can) (?:i|we|you|they|one) (?:apply|register|book|order|complain|appeal|sign up|get a|renew|report)\b|\bblanket\w*\b|\bformular\w*\b|\bskema(?:et)? skal\b",
        r"ansøg|\bsøge\w*\b.*\b(?:hos|via|på)\b|bestil|tilmeld|\bklag|blanket|skema|selvbetjening|formular|\bbook|henvend|indberet",
    ),
    _type("calendar", r"\bhvilke[nt] (?:dato|år|dag|måned)\b|\bwhat (?:date|year|day|month)\b|\bwhich (?:date|year|day|month)\b", r"\b(?:19|20)\d{2}\b|januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december|mandag|tirsdag|onsdag|torsdag|fredag"),
)  # fmt: skip

_ALLOWANCE = re.compile(
    r"^\s*(?:må|skal|kan man kræve|er det (?:tilladt|lovligt|et krav)|har .{1,40}\b(?:ret|pligt) til|"
    r"may|must|is it (?:allowed|legal|required|mandatory)|are .{1,40}\b(?:allowed|required|obliged) to|"
    r"do(?:es)? .{1,40}\bhave to)\b|"
    r"\b(?:hvor (?:længe|mange|meget|tit|ofte)) må\b|\bhøjst\b|\bmaksim\w+\b|\bmaks\b|\bmindst\b.*\bskal\b|"
    r"\b(?:maximum|at most|how (?:long|many|much) may)\b",
    re.IGNORECASE,
)


def asked_types(question: str) -> tuple[AnswerType, ...]:
    """The sorts of answer that a question asks for; most ask for none."""
    return tuple(kind for kind in TYPES if kind.asked.search(question))


def lacks(question: str, passage: str) -> bool:
    """Whether a question asks for a sort of answer of which the passage holds none."""
    return any(not kind.given.search(passage) for kind in asked_types(question))


def asks_what_is_allowed(question: str) -> bool:
    """Whether a question is about what one may or must: experience alone cannot settle that."""
    return bool(_ALLOWANCE.search(question))
