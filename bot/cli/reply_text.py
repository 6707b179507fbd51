"""A reply as lines for a terminal: state first, then the passages with their places."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.answers.reply import Citation, Reply, State
from bot.answers.wording import KINDS, STATES
from bot.config import Contact
from bot.words import Words
from messages.tables import N_

SHOWN = 3
PHRASED = N_("Formuleret af en sprogmodel ud fra citaterne herunder; det er citaterne, der gælder:")


def reply_text(reply: Reply, words: Words, contacts: Sequence[Contact] = ()) -> str:
    """The reply in the words of its reader; quotes stay in Danish, as they stand."""
    lines: list[str] = []
    if STATES[reply.state]:
        lines.append(words(STATES[reply.state]).upper())
    if reply.say:
        lines.append(words.problem(reply.say))
    if reply.phrased:
        lines += ["", words(PHRASED)]
        lines += [f"  {one.text} [{one.passage + 1}]" for one in reply.phrased]
    shown = 0 if reply.state is State.UNKNOWN else SHOWN
    for passage, citation in list(zip(reply.passages, reply.citations, strict=True))[:shown]:
        lines += ["", marked(passage, citation), f"— {place(citation, words)}"]
    if reply.suggestions and shown:
        lines += ["", words(N_("Spørg også om:"))]
        lines += [f"• {heading}" for heading in reply.suggestions]
    if reply.state in {State.UNKNOWN, State.CLOSEST} and contacts:
        lines += ["", words(N_("Spørg:"))]
        lines += [f"• {contact_line(contact)}" for contact in contacts]
    return "\n".join(lines)


def marked(passage: str, citation: Citation) -> str:
    """The passage with the sentence that answers between »« marks, indented."""
    end = citation.quote_at + len(citation.quote)
    quoted = f"»{citation.quote}«" if citation.quote else ""
    text = passage[: citation.quote_at] + quoted + passage[end:]
    return "\n".join(f"  {line}" for line in text.splitlines())


def place(citation: Citation, words: Words) -> str:
    """Document, section, page, kind and years: where a passage stands and what it weighs."""
    parts = [citation.document]
    if citation.section:
        parts.append(citation.section)
    if citation.page is not None:
        parts.append(words(N_("side {page}"), page=citation.page))
    if KINDS[citation.kind]:
        parts.append(words(KINDS[citation.kind]))
    if citation.years:
        parts.append(words(N_("tal fra {years}"), years=citation.years))
    if citation.scanned:
        parts.append(words(N_("fra scannet dokument")))
    if citation.expired:
        parts.append(words(N_("udløb {date}"), date=day(citation.expired, words.language)))
    return " · ".join(parts)


def day(when: date, language: str) -> str:
    """A date in words, `1 marts 2026`, in the reader's language."""
    from babel.dates import format_date

    return str(format_date(when, "d MMMM y", locale=language))


def contact_line(contact: Contact) -> str:
    """A contact as one line: name, subjects, and how to reach them."""
    reach = [part for part in (contact.phone, contact.mail) if part]
    subjects = f" ({', '.join(contact.subjects)})" if contact.subjects else ""
    return ", ".join([contact.name + subjects, *reach])
