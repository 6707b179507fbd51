"""Answers: a question in, a reply out, with its passages word for word."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.answers.answer_types import asks_what_is_allowed
from bot.answers.confidence import Weights, score, signals
from bot.answers.corpus import Corpus
from bot.answers.documents import Facts
from bot.answers.gate import LONGEST_QUESTION, cleaned, meet
from bot.answers.language import language_of
from bot.answers.query import Query, read_question
from bot.answers.reply import Citation, Kind, Phrased, Reply, State
from bot.answers.scoring import Ranked, rank
from bot.answers.suggestions import suggest
from bot.answers.thesaurus import Thesaurus
from messages.errors import Problem
from messages.personal_data import MASK
from messages.tables import N_

SHOWN = 5
READ_BY_MODEL = 3
_ONLY_EXPERIENCE = N_(
    "Det her er erfaringer, ikke en regel: de siger ikke, hvad man må eller skal. "
    "Spørg den, der kender reglerne."
)
_CLOSEST = N_("Det tætteste, jeg fandt, men ikke et sikkert svar.")
_UNKNOWN = N_("Det står ikke i retningslinjerne.")
_VETOED = N_(
    "Det tætteste, jeg fandt. En sprogmodel har læst det og mener ikke, at det besvarer "
    "spørgsmålet."
)
_SHORTENED = N_("Spørgsmålet er langt; jeg har kun læst de første {count} tegn.")


Phrase = Callable[[str, str, Sequence[str]], tuple[Phrased, ...] | None]
"""(question, language, passages) to sentences; empty: no answer in them; None: nothing to use."""


@dataclass(frozen=True)
class Card:
    """What a reply says of a document: its name, title, facts, and its raw text where scanned."""

    name: str
    facts: Facts
    scanned: bool = False
    raw: str = ""

    @property
    def title(self) -> str:
        return self.facts.title or self.name


def met_at_once(question: str) -> Reply | None:
    """The reply to small talk and to what is not searched for (nothing, orders, CPR numbers), for
    which no index need be open; None for a question."""
    met = meet(question)
    if met is None:
        return None
    shown = cleaned(question)
    return Reply(shown, language_of(shown), met[0], say=met[1])


class Answers:
    """An opened index, ready to be asked from any thread."""

    def __init__(
        self,
        cards: Mapping[int, Card],
        corpus: Corpus,
        thesaurus: Thesaurus,
        weights: Weights,
    ) -> None:
        self.cards = cards
        self._corpus = corpus
        self._thesaurus = thesaurus
        self._weights = weights
        self.phrase: Phrase | None = None

    @property
    def size(self) -> int:
        """How many passages there are."""
        return self._corpus.size

    def ask(self, question: str, today: date | None = None) -> Reply:
        """The reply to a question; `today` tells which guidelines have run out."""
        met = met_at_once(question)
        if met:
            return met
        shown = cleaned(question)
        language = language_of(shown)
        query, ranked = self.look_up(shown.replace(MASK, " "))
        sure = score(signals(query, ranked), self._weights)
        state, say = self._state(query, ranked, sure)
        if len(question) > LONGEST_QUESTION:
            say = Problem(
                "{first} {second}",
                first=Problem(_SHORTENED, count=LONGEST_QUESTION),
                second=say or Problem(""),
            )
        reply = Reply(
            shown,
            language,
            state,
            round(sure, 4),
            tuple(one.entry.passage.text for one in ranked),
            tuple(self._cite(one, today) for one in ranked),
            say,
            suggest(ranked, self._corpus),
            tuple(concept.text for concept in query.concepts if not concept.known),
        )
        return self._phrased(reply)

    def look_up(self, question: str) -> tuple[Query, list[Ranked]]:
        """The question as it was understood, and its ranking: what the confidence is fitted on."""
        query = read_question(question, self._corpus, self._thesaurus)
        return query, rank(query, self._corpus, SHOWN)

    def _phrased(self, reply: Reply) -> Reply:
        """The reply with a language model's wording, or doubted by it; as it is without one."""
        if self.phrase is None or reply.state is not State.ANSWER:
            return reply
        said = self.phrase(reply.question, reply.language, reply.passages[:READ_BY_MODEL])
        if said is None:
            return reply
        if not said:
            return replace(reply, state=State.CLOSEST, say=Problem(_VETOED))
        return replace(reply, phrased=said)

    def _state(
        self, query: Query, ranked: Sequence[Ranked], sure: float
    ) -> tuple[State, Problem | None]:
        if not ranked or sure < self._weights.closest_from:
            return State.UNKNOWN, Problem(_UNKNOWN)
        if sure < self._weights.answer_from:
            return State.CLOSEST, Problem(_CLOSEST)
        kind = self.cards[ranked[0].entry.passage.document].facts.kind
        if kind is Kind.EXPERIENCE and asks_what_is_allowed(query.question):
            return State.CLOSEST, Problem(_ONLY_EXPERIENCE)
        return State.ANSWER, None

    def _cite(self, one: Ranked, today: date | None) -> Citation:
        passage = one.entry.passage
        card = self.cards[passage.document]
        ends = card.facts.valid_to
        return Citation(
            document=card.title,
            section=" › ".join(passage.path) or None,
            page=passage.page,
            quote=passage.text[one.quote.start : one.quote.end],
            quote_at=one.quote.start,
            kind=card.facts.kind,
            years=card.facts.data_years,
            scanned=card.scanned,
            source=card.facts.source,
            raw=card.raw[passage.raw_start : passage.raw_end] if card.scanned else "",
            raw_start=passage.raw_start,
            raw_end=passage.raw_end,
            expired=ends if ends and today and ends < today else None,
            since=card.facts.valid_from,
        )
