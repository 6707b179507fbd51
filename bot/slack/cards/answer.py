"""The answer card: what the guidelines say, word for word, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from bot.answers.reply import Citation, Kind, Reply, State
from bot.answers.wording import KINDS, STATES
from bot.config import Contact
from bot.slack.cards.blocks import Block, Card, button, buttons, context, feedback, section
from bot.slack.cards.days import plain_date
from bot.slack.markup import clipped, escaped, quoted
from bot.words import Words
from messages.formatting import danish_number
from messages.tables import N_

_PASSAGE = 1_500
_PLACE = 700
_SHORT = 300
_RULES = frozenset({Kind.LAW, Kind.LOCAL_RULE})
_SIGNS = {State.CLOSEST: ":grey_question:", State.UNKNOWN: ":mag:"}
SHARE, AGAIN, EXPERT = "answer_share", "answer_again", "answer_expert"
OPINION, HELPFUL, NOT_HELPFUL = "answer_opinion", "yes", "no"
GLUE = "|"
_LONGEST_VALUE = 2_000
EMPTY = N_("Stil mig et spørgsmål om vejledningerne, f.eks. “Hvor længe varer en praktik?”")
CUT_NOTE = N_(
    "Spørgsmålet var langt: jeg læste kun de første {count} tegn. Stil det gerne kortere."
)


def answer_card(
    reply: Reply,
    words: Words,
    *,
    contacts: tuple[Contact, ...] = (),
    read: int | None = None,
    asked_by: str = "",
    shareable: bool = False,
    reply_id: str = "",
    experts: bool = False,
) -> Card:
    """The reply as a message. `contacts` are whom to ask where the answer is not sure; `read` is
    the number of characters that were read of a question too long, None when all of it was.
    `asked_by`: whose question it was, where the question itself does not stand above;
    `shareable`: only one person sees it, who may put it into the channel. `reply_id`: under which
    the reply is logged, so that it can be judged, and with `experts` sent to those who know.
    """
    blocks = [*_asked(reply, asked_by, words), *_label(reply, words)]
    if reply.state is State.ANSWER:
        blocks += [*_sources(reply, words), *_said(reply, words)]
    else:
        blocks += [*_said(reply, words), *_sources(reply, words)]
    if reply.state in (State.CLOSEST, State.UNKNOWN):
        blocks += _whom_to_ask(contacts, words)
    blocks += [
        *_next(reply, words),
        *_actions(reply, words, reply_id if experts else "", shareable=shareable),
        *_opinion(reply, words, reply_id),
    ]
    if read is not None:
        blocks.append(
            context(escaped(words(CUT_NOTE, count=danish_number(Decimal(read), 0))), "cut")
        )
    if not blocks:
        blocks = [section(escaped(words(EMPTY)), "say")]
    return Card(_fallback(reply, words), tuple(blocks))


def _label(reply: Reply, words: Words) -> Iterator[Block]:
    if reply.state in _SIGNS:
        yield section(f"{_SIGNS[reply.state]} *{words(STATES[reply.state])}*", "state")


def _said(reply: Reply, words: Words) -> Iterator[Block]:
    """The bot's own sentence: why it is not sure, small talk, a refusal, a caution."""
    said = words.problem(reply.say).strip() if reply.say else ""
    if said:
        yield section(escaped(said), "say")


def _sources(reply: Reply, words: Words) -> Iterator[Block]:
    """How much is shown of each passage says how sure the reply is: a sure one is quoted in full
    and the next is only named; of what is no answer there are a few grey lines.
    """
    pairs = list(zip(reply.passages, reply.citations, strict=False))
    if reply.state is State.ANSWER:
        for passage, citation in pairs[:1]:
            yield from _quotation(1, passage, citation, words, answers=True)
        for _, citation in pairs[1:2]:
            place = _source(2, replace(citation, since=None), words)
            yield context(words(N_("Se også {place}"), place=place), "source_2")
    elif reply.state is State.CLOSEST:
        for number, (passage, citation) in enumerate(pairs[:3], start=1):
            yield from _quotation(number, passage, citation, words, answers=False)
    elif reply.state is State.UNKNOWN and pairs:
        yield context(words(N_("Det nærmeste, men næppe et svar:")), "nearest")
        for number, (passage, citation) in enumerate(pairs[:2], start=1):
            text = clipped(escaped(" ".join((citation.quote or passage).split())), _SHORT)
            yield context(f"“{text}” {_source(number, citation, words)}", f"source_{number}")


def _quotation(
    number: int, passage: str, citation: Citation, words: Words, *, answers: bool
) -> Iterator[Block]:
    """The passage and where it stands; `answers` puts the sentence that answers before it."""
    quote = citation.quote.strip()
    if answers and quote:
        yield section(clipped(escaped(quote), _PASSAGE), "answer")
    text = passage if answers else quote or passage
    if not answers or text.strip() != quote:
        yield section(quoted(clipped(escaped(text), _PASSAGE)), f"passage_{number}")
    yield context(_source(number, citation, words), f"source_{number}")


def _source(number: int, citation: Citation, words: Words) -> str:
    """`[1] *document* › section, side 3 · erfaringer · 2009–2012`, in Slack's markdown."""
    place = f"[{number}] *{escaped(citation.document).replace('*', '')}*"
    heading = (citation.section or "").removeprefix(f"{citation.document} › ")
    if heading and heading != citation.document:
        place += f" › {escaped(heading)}"
    if citation.page is not None:
        place = words(N_("{place}, side {page}"), place=place, page=citation.page)
    notes = [place, words(KINDS[citation.kind]) if KINDS[citation.kind] else ""]
    notes.append(escaped(citation.years))
    if citation.since and not citation.expired:
        since = N_("gælder fra {day}") if citation.kind in _RULES else N_("udgave fra {day}")
        notes.append(words(since, day=plain_date(citation.since)))
    if citation.scanned:
        notes.append(words(N_("læst fra et scannet dokument, kan have læsefejl")))
    if citation.expired:
        notes.append(words(N_(":warning: udløb {day}"), day=plain_date(citation.expired)))
    return clipped(" · ".join(note for note in notes if note), _PLACE)


def _whom_to_ask(contacts: tuple[Contact, ...], words: Words) -> Iterator[Block]:
    if not contacts:
        return
    lines = [words(N_("Spørg:"))]
    for contact in contacts[:5]:
        subjects = f" ({', '.join(contact.subjects)})" if contact.subjects else ""
        reached = [way for way in (contact.phone, contact.mail) if way]
        name = escaped(contact.name + subjects)
        # A person is named, not mentioned: nobody is to be called at every question.
        if contact.slack.startswith("C") and contact.slack.isalnum():
            name += f" <#{contact.slack}>"
        lines.append("• " + ": ".join(part for part in (name, escaped(", ".join(reached))) if part))
    yield section("\n".join(lines), "contacts")


def _asked(reply: Reply, asked_by: str, words: Words) -> Iterator[Block]:
    if asked_by:
        question = clipped(escaped(" ".join(reply.question.split())), _SHORT)
        said = words(N_("{who} spurgte: {question}"), who=escaped(asked_by), question=question)
        yield context(said, "asked")


def _next(reply: Reply, words: Words) -> Iterator[Block]:
    """What stands nearby, each a question that is asked by pressing it."""
    near = reply.suggestions[:3]
    if near:
        yield context(words(N_("Står i nærheden:")), "near")
        yield buttons(
            *(
                button(heading, f"{AGAIN}:{number}", heading[:_LONGEST_VALUE])
                for number, heading in enumerate(near, start=1)
            ),
            block_id="again",
        )


def _actions(reply: Reply, words: Words, expert_id: str, *, shareable: bool) -> Iterator[Block]:
    made: list[Block] = []
    if shareable and reply.passages:
        question = reply.question[:_LONGEST_VALUE]
        made.append(button(words(N_("Del i kanalen")), SHARE, question))
    if expert_id and reply.state in (State.CLOSEST, State.UNKNOWN):
        made.append(button(words(N_("Spørg en fagperson")), EXPERT, expert_id))
    if made:
        yield buttons(*made, block_id="actions")


def _opinion(reply: Reply, words: Words, reply_id: str) -> Iterator[Block]:
    """Slack's own thumbs; what one person thinks is shown to nobody else."""
    if reply_id and reply.passages:
        yield feedback(
            OPINION,
            (words(N_("Hjælpsomt")), f"{HELPFUL}{GLUE}{reply_id}"),
            (words(N_("Ikke hjælpsomt")), f"{NOT_HELPFUL}{GLUE}{reply_id}"),
            block_id="opinion",
        )


def _fallback(reply: Reply, words: Words) -> str:
    """What a notification shows: the answer itself where there is one."""
    if reply.state is State.ANSWER and reply.citations:
        return clipped(escaped(reply.citations[0].quote or reply.passages[0]), _SHORT)
    if reply.say:
        return clipped(escaped(words.problem(reply.say)), _SHORT)
    return escaped(words(EMPTY))
