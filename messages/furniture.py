"""The sentences that every sheet has: headings, marks and notices, in the handout catalog."""

from __future__ import annotations

from messages.tables import H_

ABOUT = H_("ca. {amount}")
EXAMPLE_SHEET = H_("Tallene er et eksempel. Dine egne tal er anderledes.")
EXAMPLE_CARD = H_("Skattekortet er et eksempel. Med dit eget skattekort bliver tallene anderledes.")
ABOUT_NOTICE = H_("Tallene er cirka. De rigtige tal kan være lidt anderledes.")
YEAR = H_("Tal for {year}.")
MADE = H_("Arket er fra {year}.")
CARRIED = H_("Beløbet for {term} er fra {year}.")
DRAFT = H_("Oversættelsen er ikke tjekket endnu. Spørg, hvis noget er uklart.")
UNTRANSLATED = H_("Nogle sætninger er ikke oversat endnu. De står på dansk.")
UNTRANSLATED_MARK = H_("på dansk")
ASK = H_("Har du spørgsmål? Spørg din sagsbehandler i kommunen.")
ASK_CONTACT = H_("Har du spørgsmål? Spørg {contact}.")
BAR_WHOLE = H_("Din løn før skat: {gross}")
BAR_ALT = H_("En bjælke viser din løn. Den er delt i det, du får, og det, du betaler.")
WEEK_ALT = H_(
    "Kalenderblade for en uge. Dage med arbejdshjelm: {work_days}. Dage med bog: {school_days}."
)
YOU_GET = H_("Du får: {net}")

FURNITURE: dict[str, str] = {
    "example": H_("Eksempel"),
    "terms": H_("Ord, du møder"),
    "check": H_("Spørg"),
    "script": H_("Til samtalen"),
}
SENTENCES = (
    ABOUT,
    EXAMPLE_SHEET,
    EXAMPLE_CARD,
    ABOUT_NOTICE,
    YEAR,
    MADE,
    CARRIED,
    DRAFT,
    UNTRANSLATED,
    UNTRANSLATED_MARK,
    ASK,
    ASK_CONTACT,
    BAR_WHOLE,
    BAR_ALT,
    YOU_GET,
    *FURNITURE.values(),
)
