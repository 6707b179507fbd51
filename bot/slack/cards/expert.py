"""An open question before those who know: the card of their channel, and its form. Pure."""

from __future__ import annotations

from bot.slack.cards.blocks import Block, Card, button, buttons, context, section
from bot.slack.cards.fields import View, form, line, radios, switches
from bot.slack.markup import clipped, escaped, quoted
from bot.stores.question_log import OpenQuestion
from bot.words import Words
from messages.tables import N_

CLAIM, REPLY = "expert_claim", "expert_reply"
ANSWER, REASON, KEEP = "expert_answer", "feedback_reason", "keep"


def expert_card(
    question: OpenQuestion, words: Words, *, taken_by: str = "", answered_by: str = ""
) -> Card:
    """The question with the nearest passage. Who asked is not told: the answer finds its way."""
    asked = clipped(escaped(" ".join(question.question.split())), 1_000)
    title = words(N_("Et spørgsmål, som vejledningerne ikke svarer på"))
    blocks: list[Block] = [section(f":raising_hand: *{title}*", "title"), section(asked, "asked")]
    if question.passage:
        near = " › ".join(part for part in (question.document, question.section) if part)
        blocks.append(context(words(N_("Det nærmeste: {place}"), place=escaped(near)), "near"))
        blocks.append(section(quoted(clipped(escaped(question.passage), 700)), "passage"))
    if answered_by:
        said = words(N_(":white_check_mark: Besvaret af {who}"), who=escaped(answered_by))
        blocks.append(context(said, "ending"))
        return Card(title, tuple(blocks))
    if taken_by:
        said = words(N_(":raising_hand: Taget af {who}"), who=escaped(taken_by))
        blocks.append(context(said, "taken"))
    made = [button(words(N_("Svar")), REPLY, question.id, style="primary")]
    if not taken_by:
        made.append(button(words(N_("Jeg tager den")), CLAIM, question.id))
    blocks.append(buttons(*made, block_id="ending"))
    return Card(title, tuple(blocks))


def raised_card(question: OpenQuestion, words: Words, hours: int, *, taken_by: str = "") -> Card:
    """What the leader or the guideline's owner is told when nobody answered; `taken_by` is the
    name of who said that they would."""
    title = words(N_("Et spørgsmål har ventet {hours} arbejdstimer på et svar"), hours=hours)
    card = expert_card(question, words, taken_by=taken_by)
    return Card(title, (section(f":alarm_clock: *{title}*", "raised"), *card.blocks[1:]))


def answer_form(question: OpenQuestion, words: Words, about: dict[str, str], *, keep: bool) -> View:
    """Answer it; the one who asked is told, and with `keep` ticked it becomes a guideline."""
    blocks: list[Block] = [
        section(quoted(clipped(escaped(question.question), 1_000)), "asked"),
        line(
            "answer",
            words(N_("Dit svar")),
            hint=words(N_("Aldrig navne eller CPR-numre.")),
            longest=3_000,
            lines=True,
        ),
    ]
    if keep:
        kept = [(KEEP, words(N_("Gem svaret som en retningslinje, så alle får det næste gang")))]
        blocks.append(switches("keep", words(N_("Bagefter")), kept))
    title = words(N_("Svar på spørgsmål"))
    return form(ANSWER, title, blocks, words, submit=words(N_("Send svaret")), about=about)


def reason_form(reasons: list[tuple[str, str]], words: Words, about: dict[str, str]) -> View:
    """Why an answer did not help; a list, for free text would hold what must not be kept."""
    asked = radios("reason", words(N_("Hvad var der galt?")), reasons)
    title = words(N_("Ikke hjælpsomt"))
    return form(REASON, title, [asked], words, submit=words(N_("Send")), about=about)
