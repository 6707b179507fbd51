from __future__ import annotations

from dataclasses import replace

import pytest

from messages.po_file import Entry
from messages.po_merge import merged
from messages.template import packaged_template
from messages.translations import State, Work

OLD = Entry("Du får løn hver måned.", "You are paid every month.", places=["a/step-1"])
NEW = Entry("Du får løn den sidste dag i hver måned.", places=["a/step-1"])
OTHER = Entry("Spørg din leder.", "Ask your manager.", places=["a/step-2"])


def test_a_sentence_that_changed_keeps_its_words_and_what_they_were_made_for() -> None:
    changed, other = merged([NEW, replace(OTHER, words="")], [OLD, OTHER])
    assert (changed.words, changed.fuzzy, changed.previous) == (OLD.words, True, OLD.source)
    assert (other.words, other.fuzzy) == (OTHER.words, False)


def test_a_sentence_that_changed_twice_still_names_the_first() -> None:
    once = merged([NEW], [OLD])
    (twice,) = merged([Entry("Du får løn den sidste dag i måneden.", places=["a/step-1"])], once)
    assert (twice.fuzzy, twice.previous) == (True, OLD.source)


def test_a_sentence_that_changed_back_has_its_words_again() -> None:
    (back,) = merged([replace(OLD, words="")], merged([NEW], [OLD]))
    assert (back.words, back.fuzzy, back.previous) == (OLD.words, False, "")


def test_a_new_sentence_borrows_no_words_from_one_that_still_stands() -> None:
    near = Entry("Spørg din leder nu.", places=["a/step-2"])
    kept, new = merged([OTHER, near], [OTHER])
    assert kept.words == OTHER.words
    assert (new.words, new.fuzzy) == ("", False)


def test_words_for_a_sentence_that_is_gone_are_dropped() -> None:
    assert [entry.source for entry in merged([OTHER], [OLD, OTHER])] == [OTHER.source]


def test_gone_words_move_to_one_sentence_at_most() -> None:
    first = Entry("Du får løn hver uge.", places=["b/step-1"])
    second = Entry("Du får løn hver måned!", places=["b/step-2"])
    entries = merged([first, second], [OLD])
    assert [entry.fuzzy for entry in entries] == [False, True]


def test_a_translators_own_remark_stays() -> None:
    (entry,) = merged([replace(OTHER, words="")], [replace(OTHER, remarks=["asked Amal"])])
    assert entry.remarks == ["asked Amal"]


def test_bringing_up_to_date_twice_changes_nothing_more() -> None:
    template = packaged_template("handout")
    once = merged(template, [replace(entry, words=f"<{entry.source}>") for entry in template[:99]])
    assert merged(template, once) == once


@pytest.mark.parametrize("at", [0, 20, 300])
def test_one_changed_danish_sentence_is_outdated_in_each_language_and_nothing_else_is(
    at: int, shipped: dict[str, Work]
) -> None:
    template = packaged_template("handout")
    before = template[at].source
    end = before[-1] if before[-1] in ".?" else ""
    template[at] = replace(template[at], source=f"{before.removesuffix(end)} i dag{end}")
    for work in shipped.values():
        told = [replace(e, words=e.words or "words", fuzzy=False) for e in work.entries]
        now = replace(work, entries=merged(template, told))
        outdated = [e for e in now.entries if now.state(e) is State.OUTDATED]
        assert [(e.source, e.previous) for e in outdated] == [(template[at].source, before)]
        assert now.counts()[State.MISSING] == 0
