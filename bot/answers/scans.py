"""Danish that a scanner damaged: noticed by its missing æ, ø and å, and repaired word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files

from bot.answers.documents import Block
from bot.answers.terms import STOP_WORDS, known, parts, unfolded

_LEAST_SHARE = 0.005
_LEAST_LETTERS = 300
_MOST_CHANGES = 3
_DEAREST = 3.2
_WORD = re.compile(
    r"[^\W\d_](?:[^\W_]|@(?=[^\W_]))*|[^\W\d_]*(?:@|3)[^\W\d_]+"
    r"|(?<=\s)\|(?=\s)|p3\b|@[^\W\d_]+"
)

# What a scanner reads for what was printed, and how far-fetched that is.
_CONFUSED: tuple[tuple[str, str, float], ...] = (
    ("ae", "æ", 0.3), ("aeae", "æ", 0.4), ("veae", "væ", 0.4), ("aea", "æ", 0.5), ("eae", "æ", 0.5),
    ("ee", "æ", 0.5), ("ze", "æ", 0.5), ("ée", "ø", 0.4), ("é", "ø", 0.4), ("z", "æ", 0.6),
    ("a", "æ", 0.9), ("zae", "æ", 0.5), ("e", "æ", 0.9), ("se", "æ", 0.8), ("@", "ø", 0.1),
    ("g", "ø", 0.4), ("o", "ø", 0.8), ("s", "ø", 1.1), ("a", "ø", 1.3), ("a", "å", 0.6),
    ("3", "å", 0.2), ("d", "å", 1.2), ("ad", "å", 1.0),
)  # fmt: skip


@dataclass(frozen=True)
class Repaired:
    """The blocks after the repair, and the share of their words that it changed (0 to 1)."""

    blocks: tuple[Block, ...]
    restored: float


def is_damaged(text: str) -> bool:
    """Whether a text is Danish by its small words and has almost no æ, ø and å."""
    letters = [letter for letter in text.lower() if letter.isalpha()]
    if len(letters) < _LEAST_LETTERS:
        return False
    danish = sum(letter in "æøå" for letter in letters)
    small = re.findall(r"[^\W\d_]+", text.lower())
    telling = {"og", "at", "det", "til", "er", "af", "ikke", "som", "med", "har", "den", "der"}
    share = sum(word in telling for word in small) / len(small)
    return danish / len(letters) < _LEAST_SHARE and share > 0.08


def repair(blocks: Iterable[Block]) -> Repaired:
    """The blocks with each damaged word put right where the dictionary knows how."""
    repaired = []
    changed = total = 0
    for block in blocks:
        text = _repaired_text(block.text)
        before, after = block.text.split(), text.split()
        total += len(before)
        changed += sum(old != new for old, new in zip(before, after, strict=False))
        repaired.append(replace(block, text=text))
    return Repaired(tuple(repaired), changed / total if total else 0.0)


def _repaired_text(text: str) -> str:
    return _WORD.sub(lambda match: _repaired_word(match[0]), text)


@lru_cache(maxsize=32768)
def _repaired_word(word: str) -> str:
    if word == "|":
        return "I"
    if word.isupper() and len(word) > 1 and "@" in word:
        return word.replace("@", "Ø")
    initial = word[0] == "I" and len(word) > 2 and word[1:].islower() and word[1] not in "nd"
    lower = ("l" + word[1:] if initial else word).lower()
    best = _best(lower, damaged=initial and not known(word.lower()))
    if best is None or (best == lower and not initial):
        return word
    if initial:
        return best if best != lower or not known(word.lower()) else word
    return best.capitalize() if word[0].isupper() and not word.isupper() else best


def _best(word: str, *, damaged: bool) -> str | None:
    """The likeliest reading of a lower-case word, or None where nothing is likelier than itself."""
    candidates = sorted(dict(_readings(word)).items(), key=lambda c: c[1])
    near = 0.65 if known(word) else 1.5
    common = [text for text, cost in candidates if text in _COMMON and text != word and cost < near]
    if common:
        return common[0]
    if word in STOP_WORDS["da"] or (known(word) and not damaged):
        plain = [text for text, cost in candidates if cost <= 0.4 and text != word and known(text)]
        return plain[0] if plain and ("ae" in word or "@" in word) else word
    dictionary = [text for text, _ in candidates if known(text)]
    if dictionary:
        return dictionary[0]
    compounds = [text for text, _ in candidates[:80] if parts(text) and unfolded(text) == text]
    return compounds[0] if compounds else None


def _readings(word: str) -> Iterator[tuple[str, float]]:
    """Every text that `word` may have been, cheapest seen last only by chance: sort by cost."""
    best: dict[str, float] = {}

    def extend(at: int, text: str, cost: float, changes: int) -> None:
        if at == len(word):
            if cost < best.get(text, _DEAREST):
                best[text] = cost
            return
        extend(at + 1, text + word[at], cost, changes)
        if changes == _MOST_CHANGES:
            return
        for read, printed, price in _CONFUSED:
            if word.startswith(read, at) and cost + price < _DEAREST:
                extend(at + len(read), text + printed, cost + price, changes + 1)

    if len(word) <= 40:
        extend(0, "", 0.0, 0)
    yield from best.items()


def _read_common() -> frozenset[str]:
    text = files("bot.answers").joinpath("scan_words.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return frozenset(" ".join(lines).split())


_COMMON = _read_common()
