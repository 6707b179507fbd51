"""Slack's markup goes out of questions, and cannot fire in what we send."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.markup import clipped, escaped, plain, quoted


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("<@U0BOT> Hvor længe?", "Hvor længe?"),
        ("Hvor <!channel> længe <!here|here>?", "Hvor længe ?"),
        ("se <#C1|praktik> og <#C2>", "se praktik og"),
        ("<https://vejle.dk|vejle.dk> og <https://a.dk>", "vejle.dk og https://a.dk"),
        ("skriv til <mailto:a@b.dk|a@b.dk>", "skriv til a@b.dk"),
        ("*fed* _kursiv_ ~streget~ `kode`", "fed kursiv streget kode"),
        ("1 &lt; 2 &amp;&amp; 3 &gt; 2", "1 < 2 && 3 > 2"),
        ("&amp;lt;!channel&amp;gt;", "&lt;!channel&gt;"),
        ("linje 1\n\n  linje   2 ", "linje 1\n\nlinje 2"),
        ("<@U0BOT>", ""),
    ],
)
def test_a_question_is_read_without_slacks_markup(typed: str, read: str) -> None:
    assert plain(typed) == read


@pytest.mark.parametrize("evil", ["<!channel>", "<@U1>", "<http://evil|x>", "<!subteam^S1>"])
def test_what_we_send_holds_no_mention_that_can_fire(evil: str) -> None:
    sent = quoted(clipped(escaped(f"tekst {evil} tekst"), 2_000))
    assert "<" not in sent
    assert evil.replace("<", "&lt;").replace(">", "&gt;") in sent


@given(st.text(alphabet="a<&> ;lt", max_size=200), st.integers(min_value=10, max_value=60))
def test_a_clipped_text_keeps_its_limit_and_never_breaks_an_entity(text: str, longest: int) -> None:
    cut = clipped(escaped(text), longest)
    assert len(cut) <= longest
    rest = cut.replace("&lt;", "").replace("&gt;", "").replace("&amp;", "")
    assert "&" not in rest


def test_every_line_of_a_quotation_carries_the_mark() -> None:
    assert quoted("en\n\nto") == "> en\n> to"
