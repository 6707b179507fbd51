"""A question made into concepts: each word with everything that it may be called in a guideline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.answers.corpus import Corpus, rarity
from bot.answers.language import language_of
from bot.answers.terms import STOP_WORDS, fold, is_everyday, is_stop_word, key, known, lemma, parts, unfolded, words
from bot.answers.thesaurus import Thesaurus, head_key

MEANING = 0.8
MEANING_ENGLISH = 0.95
PART = 0.5
PART_MEANING = 0.4
SPELLED = 0.97
ALIKE = 0.55
LEAST_ALIKE = 0.42
LEAST_SPELLED = 0.72
MOST_WORDS = 60
STRONG = 0.8
AKIN = 3
EVERYDAY = 0.5
LEAST_STOP_WORD = 0.8
SHORT = 6
LONG_STOP_WORDS = sorted(word for word in STOP_WORDS["da"] if len(word) >= 5 and word.isascii())


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
    corrected = [_corrected_head(word, corpus, thesaurus, language) for word in said]
    matches = {match.places[0]: match for match in thesaurus.find(corrected, language)}
    taken = {place for match in matches.values() for place in match.places}
    concepts: list[Concept] = []
    for at, word in enumerate(corrected):
        if len(concepts) == MOST_WORDS:
            break
        if at in matches:
            content = [
                corrected[place]
                for place in matches[at].places
                if not is_stop_word(corrected[place], language)
            ]
            meanings = matches[at].meanings
            if content or len(matches[at].places) > 1:
                concepts.append(_concept(content, meanings, corpus, thesaurus, language))
        elif at not in taken and not is_stop_word(word, language):
            concepts += _word_concepts(word, corpus, thesaurus, language)
    return Query(question, language, tuple(_distinct(concepts)))


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


def _corrected_head(word: str, corpus: Corpus, thesaurus: Thesaurus, language: str) -> str:
    """The word, or the thesaurus head that it misspells: only for words that nobody knows."""
    heads = thesaurus.heads(language)
    if len(word) < 5 or is_stop_word(word, language) or (head_key(word, language),) in heads:
        return word
    plain = fold(word)
    if known(word) or plain in corpus.vocabulary() or corpus.holders(key(word)):
        return word
    small = _nearest(plain, LONG_STOP_WORDS)
    if small and small[1] >= LEAST_STOP_WORD and unfolded(word) == word:
        return small[0]
    surfaces = thesaurus.surfaces.get(language, {})
    near = _nearest(plain, [one for one in surfaces if abs(len(one) - len(plain)) <= 2])
    best_here = _nearest(plain, list(corpus.alike(plain)))
    if near and near[1] >= 0.8 and (best_here is None or near[1] > best_here[1]):
        return surfaces[near[0]]
    return word


def _nearest(word: str, choices: Sequence[str]) -> tuple[str, float] | None:
    found = process.extractOne(word, choices, scorer=OSA.normalized_similarity)
    return (found[0], float(found[1])) if found else None


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
        firm |= _add_alike(word, corpus, add)
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


def _add_parts(word: str, thesaurus: Thesaurus, add: object) -> None:
    for part in parts(word):
        add(key(part), PART)  # type: ignore[operator]
        for meaning, weight in thesaurus.danish.get((key(part),), {}).items():
            add(meaning, weight * PART_MEANING)  # type: ignore[operator]


def _add_alike(word: str, corpus: Corpus, add: object) -> set[str]:
    """Add words of the guidelines spelt like this one; gives those that it misspells."""
    plain = fold(word)
    meant: set[str] = set()
    if len(plain) < 3 or plain.isdigit() or (known(word) and corpus.holders(key(word))):
        return meant
    surfaces = corpus.vocabulary()
    own = len(plain)
    misspelt = plain not in surfaces and not corpus.holders(key(word)) and not known(word)
    alike = dict(corpus.alike(plain))
    if misspelt and len(plain) <= SHORT:
        alike |= {one: 1 for one in _shuffled(plain, surfaces) if one not in alike}
    for surface, shared in alike.items():
        dice = 2 * shared / (own + len(surface))
        if dice >= LEAST_ALIKE and (misspelt or _akin(plain, surface)):
            add(surfaces[surface], ALIKE * dice)  # type: ignore[operator]
        if misspelt and shared >= 1 and abs(len(surface) - len(plain)) <= 3:
            ratio = OSA.normalized_similarity(plain, surface)
            if ratio >= LEAST_SPELLED:
                add(surfaces[surface], SPELLED * ratio)  # type: ignore[operator]
                meant.add(surfaces[surface])
    return meant


def _shuffled(word: str, surfaces: Mapping[str, str]) -> list[str]:
    """The words that a short one is with two letters changed round: too few triples stay whole."""
    turned = (word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1))
    return [one for one in turned if one in surfaces]


def _akin(word: str, surface: str) -> bool:
    """Whether two words that are spelt alike begin alike, or one ends with the other.

    Of a word that a dictionary knows, `morgen`, a likeness such as `borgere` is chance.
    """
    return word[:AKIN] == surface[:AKIN] or word.endswith(surface) or surface.endswith(word)


def _distinct(concepts: Sequence[Concept]) -> list[Concept]:
    seen: set[str] = set()
    kept = []
    for concept in concepts:
        if concept.text and concept.text in seen:
            continue
        seen.add(concept.text)
        kept.append(concept)
    return kept
