"""A question made into concepts: each word with everything that it may be called in a guideline."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.answers.corpus import Corpus, rarity
from bot.answers.language import language_of
from bot.answers.phrases import Match, small_words
from bot.answers.spelling import add_alike, corrected_head
from bot.answers.terms import (
    fold,
    is_everyday,
    is_stop_word,
    key,
    known,
    lemma,
    parts,
    words,
)
from bot.answers.thesaurus import Thesaurus

MEANING = 0.8
MEANING_ENGLISH = 0.95
PART = 0.5
PART_MEANING = 0.4
MOST_WORDS = 60
STRONG = 0.8
EVERYDAY = 0.5
LONGER = 0.2
LONGEST = 3


@dataclass(frozen=True)
class Concept:
    """One thing that a question asks about: keys that may stand for it, each with its weight.

    `rarity` is how much it tells; `own` are the keys of the words as typed; `firm` are the keys
    that mean it, not those that are only spelt like it; `lost` are parts of a compound that
    nobody knows, left out of it: `parkering` of `parkeringstilladelse`. `settled`: it is a part
    of a compound that dictionaries have, such as `hjemmehjælp`, which may mean more than its parts.
    """

    text: str
    keys: dict[str, float]
    own: frozenset[str]
    rarity: float
    known: bool
    firm: frozenset[str] = frozenset()
    lost: tuple[str, ...] = ()
    settled: bool = False


@dataclass(frozen=True)
class Query:
    """A question ready to be scored."""

    question: str
    language: str
    concepts: tuple[Concept, ...]


def read_question(question: str, corpus: Corpus, thesaurus: Thesaurus) -> Query:
    """The concepts of a question; only its first sixty content words count."""
    language = language_of(question)
    said = list(words(question))[: MOST_WORDS * 3]
    corrected = [corrected_head(word, corpus, thesaurus, language) for word in said]
    matches = {match.places[0]: match for match in thesaurus.find(corrected, language)}
    taken = {place for match in matches.values() for place in match.places}
    concepts: list[Concept] = []
    for at, word in enumerate(corrected):
        if len(concepts) == MOST_WORDS:
            break
        if at in matches:
            concepts += _phrase_concepts(matches[at], corrected, corpus, thesaurus, language)
        elif at not in taken and not is_stop_word(word, language):
            concepts += _word_concepts(word, corpus, thesaurus, language)
    return Query(question, language, tuple(_distinct(concepts)))


def _phrase_concepts(
    match: Match, said: Sequence[str], corpus: Corpus, thesaurus: Thesaurus, language: str
) -> list[Concept]:
    """One concept for a head that was found, or none where too little of it was said.

    A head of small words says something only with two of them besides persons: `kan hun` is
    chance, `sige op` is not. The more words it has, the less it is chance and the more it tells.
    """
    there = [said[place] for place in match.places]
    content = [word for word in there if not is_stop_word(word, language)]
    people = small_words(language).people
    size = sum(word not in people for word in there)
    if not content and size < 2:
        return []
    found = _concept(content, match.meanings, corpus, thesaurus, language)
    longer = min(LONGEST, max(0, size - 1))
    return [replace(found, rarity=found.rarity * (1 + LONGER * longer))]


def _word_concepts(word: str, corpus: Corpus, thesaurus: Thesaurus, language: str) -> list[Concept]:
    """One concept, or one for each part of a compound that no guideline uses whole."""
    split = parts(word) if language == "da" and not corpus.holders(key(word)) else ()
    if not split:
        return [_concept([word], {}, corpus, thesaurus, language)]
    found: list[Concept] = []
    for part in split:
        meanings = thesaurus.danish.get((key(part),), {})
        if meanings or corpus.holders(key(part)):
            found.append(_concept([part], meanings, corpus, thesaurus, language))
        else:
            found += _word_concepts(part, corpus, thesaurus, language)
    known_parts = [concept for concept in found if concept.known]
    whole = _concept([word], {}, corpus, thesaurus, language)
    if not known_parts or _spelled_alike(whole):
        return [whole]
    lost = tuple(concept.text for concept in found if not concept.known)
    settled = known(fold(word)) or known(word) or known(lemma(word))
    known_parts = [replace(concept, settled=settled) for concept in known_parts]
    return [replace(known_parts[0], lost=lost), *known_parts[1:]]


def _spelled_alike(concept: Concept) -> bool:
    """Whether a guideline has a word spelt almost like it: then it is that word, not its parts."""
    return max(concept.keys.values(), default=0.0) > 0.75 and concept.known


def _concept(
    content: Sequence[str],
    meanings: Mapping[str, float],
    corpus: Corpus,
    thesaurus: Thesaurus,
    language: str,
) -> Concept:
    keys: dict[str, float] = {}
    own = frozenset(key(word) for word in content)

    def add(word: str, weight: float) -> None:
        keys[word] = max(weight, keys.get(word, 0.0))

    for word in content:
        add(key(word), 1.0 if len(content) == 1 or not meanings else 0.7)
        if language == "da" or not meanings:
            _add_parts(word, thesaurus, add)
    firm = set(keys)
    for word in content if language == "da" or not meanings else ():
        firm |= add_alike(word, corpus, add)
    firm.update(meanings)
    for meaning, weight in meanings.items():
        add(meaning, weight * (MEANING_ENGLISH if language == "en" else MEANING))
    held = {word: weight for word, weight in keys.items() if corpus.holders(word)}
    text = " ".join(content)
    tells = _tells(own, held, corpus)
    if content and not meanings and all(is_everyday(word, language) for word in content):
        tells *= EVERYDAY
    return Concept(text, held or keys, own, tells, bool(held), frozenset(firm & set(held)))


def _tells(own: frozenset[str], held: dict[str, float], corpus: Corpus) -> float:
    """How rare a concept is: as its own word where guidelines use it, else as its usual meaning.

    The usual meaning is the commonest of its strong words: a rare synonym makes no concept rare.
    """
    if not held:
        return rarity(0, corpus.size)
    there = [rarity(corpus.holders(word), corpus.size) for word in own if word in held]
    if there:
        return max(there)
    strong = STRONG * max(held.values())
    return min(rarity(corpus.holders(k), corpus.size) for k, w in held.items() if w >= strong)


def _add_parts(word: str, thesaurus: Thesaurus, add: Callable[[str, float], None]) -> None:
    for part in parts(word):
        add(key(part), PART)
        for meaning, weight in thesaurus.danish.get((key(part),), {}).items():
            add(meaning, weight * PART_MEANING)


def _distinct(concepts: Sequence[Concept]) -> list[Concept]:
    seen: set[str] = set()
    kept = []
    for concept in concepts:
        if concept.text and concept.text in seen:
            continue
        seen.add(concept.text)
        kept.append(concept)
    return kept
