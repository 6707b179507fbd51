"""How easy a Danish text is to read: LIX, raw and adjusted, and the words that weigh it down.

LIX is words a sentence plus the percent of words with seven letters or more (Björnsson 1968; the
Danish scale: up to 24 very easy, 25 to 34 easy). Measured on running text: one line is one
sentence at least, so headings and empty lines change nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

LONG = 7  # letters
MOST_TERMS = 3  # a sheet may explain three Danish terms without counting as harder
VERY_EASY = 24

# Abbreviations that a sentence goes on after, whatever follows. The others (kr., mv., osv.) end
# one where a capital, a figure or a term follows.
_GOES_ON = frozenset(
    {"bl.a", "ca", "dvs", "ekskl", "evt", "f.eks", "hhv", "ifm", "inkl", "jf", "kl", "nr", "pga"}
    | {"pkt", "stk", "tlf"}
)
_SLOT = re.compile(r"\{[a-z][a-z0-9_]*\}")
_TERM = re.compile(r"\[\[([^\[\]]+)\]\]")
_WORD = re.compile(r"[^\W_]+(?:[-.,:'’/][^\W_]+)*")
_STOP = re.compile(r"[.!?…]+[)”’»\"]*(?=\s|$)")
_ENDINGS = ("", "n", "en", "t", "et", "r", "er", "e", "ne", "ene", "erne", "s", "ens", "ets")


@dataclass(frozen=True, slots=True)
class Readability:
    """Counts of a text; `long_words` holds each of them, `excused` those that belong to a term."""

    words: int
    sentences: int
    long_words: tuple[str, ...]
    excused: tuple[str, ...]
    terms: tuple[str, ...]

    @property
    def raw(self) -> float:
        """LIX with every long word counted; 0 for a text without words."""
        return self._lix(len(self.long_words))

    @property
    def adjusted(self) -> float:
        """LIX with the explained terms counted as short words."""
        return self._lix(len(self.long_words) - len(self.excused))

    @property
    def offending(self) -> tuple[str, ...]:
        """The long words that are no explained term, the most frequent first, each once."""
        left = Counter(word.lower() for word in self.long_words)
        left.subtract(word.lower() for word in self.excused)
        return tuple(word for word, count in left.most_common() if count > 0)

    def _lix(self, long_words: int) -> float:
        if not self.words:
            return 0.0
        return self.words / self.sentences + 100 * long_words / self.words


def lix(texts: Iterable[str], explained: Iterable[str] = ()) -> Readability:
    """The measure of `texts`, where `[[terms]]` and `explained` are what the sheet explains.

    At most three terms are excused, those that weigh most. A `{slot}` is one short word.
    """
    lines = list(texts)
    found = [sentence for line in lines for sentence in sentences(line)]
    every = [word for sentence in found for word in words(sentence)]
    long_words = tuple(word for word in every if _letters(word) >= LONG)
    known = dict.fromkeys([*(term for line in lines for term in _TERM.findall(line)), *explained])
    weight = {term: sum(1 for word in long_words if _is_form(word, term)) for term in known}
    heaviest = sorted((term for term in known if weight[term]), key=lambda term: -weight[term])
    terms = tuple(heaviest[:MOST_TERMS])
    excused = tuple(word for word in long_words if any(_is_form(word, term) for term in terms))
    return Readability(len(every), len(found), long_words, excused, terms)


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text, a line being one at least; a `{slot}` reads as the figure 0.

    A full stop in a number, after an ordinal before a small letter, or after an abbreviation ends
    nothing; “mv. En” does, for a capital follows.
    """
    plain = _TERM.sub(r"\1", _SLOT.sub("0", text))
    return tuple(
        sentence for line in plain.splitlines() for sentence in _split(line) if words(sentence)
    )


def words(sentence: str) -> tuple[str, ...]:
    """The words of a sentence; a figure, a compound with a hyphen and an address are one each."""
    return tuple(_WORD.findall(_TERM.sub(r"\1", _SLOT.sub("0", sentence))))


def _split(line: str) -> list[str]:
    found, start = [], 0
    for stop in _STOP.finditer(line):
        if _ends(line[start : stop.start()], stop.group(), line[stop.end() :].lstrip()):
            found.append(line[start : stop.end()].strip())
            start = stop.end()
    return [*found, line[start:].strip()]


def _ends(before: str, stop: str, after: str) -> bool:
    if not after or "!" in stop or "?" in stop:
        return True
    last = before.rsplit(maxsplit=1)[-1].lower() if before.strip() else ""
    if last.strip("(“”»«'\"") in _GOES_ON:
        return False
    return not after.lstrip("(“”»«'\"")[:1].islower()


def _letters(word: str) -> int:
    return sum(character.isalpha() for character in word)


def _is_form(word: str, term: str) -> bool:
    """Whether the word is a word of the term, or that word with a Danish ending."""
    return any(word.lower() == part.lower() + ending for part in words(term) for ending in _ENDINGS)
