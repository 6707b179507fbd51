"""A guideline from a file: the form that takes it, and what became of it. Pure."""

from __future__ import annotations

from bot.actions.guidelines import Added
from bot.answers.reply import Kind
from bot.slack.cards.blocks import Block, Card, context, section
from bot.slack.cards.fields import View, day, file, form, line, radios
from bot.slack.markup import clipped, escaped
from bot.words import Words
from messages.tables import N_

GUIDELINE = "guideline"
ENDINGS = ("pdf", "docx", "md", "txt")

_KINDS = (
    (Kind.LOCAL_RULE, N_("Kommunens egen regel")),
    (Kind.LAW, N_("Lov eller bekendtgørelse")),
    (Kind.EXPERIENCE, N_("Erfaring")),
)
_NO_NAMES = N_(
    "Alle medarbejdere kan få stykker af teksten som svar. Den må ikke nævne borgere; en fil med "
    "et CPR-nummer i bliver afvist."
)


def guideline_form(words: Words) -> View:
    """A file and the few facts that an answer shows beside its text."""
    kinds = [(str(kind), words(said)) for kind, said in _KINDS]
    blocks: list[Block] = [
        context(words(_NO_NAMES), "no_names"),
        file("file", words(N_("Fil")), ENDINGS, hint=words(N_("PDF, Word, Markdown eller tekst."))),
        line(
            "title",
            words(N_("Titel")),
            hint=words(N_("Tom: den titel, der står i filen.")),
            longest=120,
            optional=True,
        ),
        radios("kind", words(N_("Hvad er det?")), kinds, chosen=Kind.LOCAL_RULE),
        line(
            "years",
            words(N_("De år, tallene er fra")),
            example="2024–2026",
            longest=20,
            optional=True,
        ),
        day("review_by", words(N_("Skal ses igennem senest")), optional=True),
    ]
    title = words(N_("Tilføj en vejledning"))
    return form(GUIDELINE, title, blocks, words, submit=words(N_("Tilføj")))


def added_card(added: Added, words: Words) -> Card:
    """What was read, what was repaired in it, and what it resembles."""
    said = N_("{name} er opdateret: {count} afsnit.")
    if not added.replaced:
        said = N_("{name} er tilføjet: {count} afsnit.")
    text = words(said, name=escaped(added.name), count=added.passages)
    blocks = [section(f":white_check_mark: {text}", "added")]
    if added.scanned:
        repaired = words(
            N_(
                "Teksten er en scanning med fejl i æ, ø og å. {share} ud af 100 ord er rettet, "
                "og svar derfra bliver mærket “fra scannet dokument”."
            ),
            share=round(added.restored * 100),
        )
        blocks.append(section(f":warning: {escaped(repaired)}", "repaired"))
    if added.resembles:
        alike = [
            words(N_("Den ligner {other} meget. Behold kun den ene."), other=other)
            for other in added.resembles[:5]
        ]
        blocks.append(section(clipped(escaped("\n".join(alike)), 2_000), "resembles"))
    hint = N_("Prøv den: stil mig et spørgsmål, som den svarer på.")
    blocks.append(context(words(hint), "try"))
    return Card(text, tuple(blocks))
