"""A catalog brought up to date with the template: nothing that still holds is touched.

gettext's own merge, and Babel's, guess a near sentence for every new one from all that the catalog
holds, so a new sentence can borrow the words of one that stands right beside it. Here only words
whose own sentence is gone may move, each at most once (decision 0091).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from messages.po_file import Entry

# Percent of letters shared: one at the same place may have changed more than one that moved.
_SAME_PLACE, _ANYWHERE = 40.0, 70.0


def merged(template: Iterable[Entry], catalog: Iterable[Entry]) -> tuple[Entry, ...]:
    """The template's sentences in its order, with the words that the catalog has for them.

    A sentence that changed keeps its old words, fuzzy, with the Danish they were made for in
    `previous`; changed back, it has them again. Words for a sentence that is gone are dropped.
    """
    wanted = list(template)
    known = {entry.source: entry for entry in catalog if entry.source}
    sources = {entry.source for entry in wanted}
    back = {entry.previous: entry for entry in known.values() if entry.fuzzy and entry.previous}
    gone = [entry for entry in known.values() if entry.source not in sources and entry.words]
    new = [entry for entry in wanted if entry.source not in known and entry.source not in back]
    moved = _moved(new, gone)
    return tuple(_with_words(entry, known, back, moved) for entry in wanted)


def _with_words(
    entry: Entry, known: dict[str, Entry], back: dict[str, Entry], moved: dict[str, Entry]
) -> Entry:
    if (old := known.get(entry.source)) is not None:
        previous = old.previous if old.fuzzy else ""
        fuzzy = old.fuzzy and bool(old.words)
        return replace(entry, words=old.words, fuzzy=fuzzy, previous=previous, remarks=old.remarks)
    if (old := back.get(entry.source)) is not None:
        return replace(entry, words=old.words, fuzzy=False, previous="", remarks=old.remarks)
    if (old := moved.get(entry.source)) is not None:
        made_for = old.previous if old.fuzzy and old.previous else old.source
        return replace(entry, words=old.words, fuzzy=True, previous=made_for, remarks=old.remarks)
    return replace(entry, words="", fuzzy=False, previous="")


def _moved(new: list[Entry], gone: list[Entry]) -> dict[str, Entry]:
    """For each new sentence the gone one it was made of, the nearest pairs first."""
    if not new or not gone:
        return {}
    from rapidfuzz import fuzz

    pairs = []
    for at, entry in enumerate(new):
        for old_at, old in enumerate(gone):
            share = fuzz.ratio(entry.source, old.source)
            same_place = not set(entry.places).isdisjoint(old.places)
            if share >= (_SAME_PLACE if same_place else _ANYWHERE):
                pairs.append((not same_place, -share, at, old_at))
    taken: dict[str, Entry] = {}
    used: set[int] = set()
    for _, _, at, old_at in sorted(pairs):
        if new[at].source not in taken and old_at not in used:
            taken[new[at].source] = gone[old_at]
            used.add(old_at)
    return taken
