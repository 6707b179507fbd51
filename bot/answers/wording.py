"""What the states of a reply and the weights of a guideline are called, at every door."""

from __future__ import annotations

from bot.answers.reply import Kind, State
from messages.tables import N_

STATES = {
    State.ANSWER: N_("Svar"),
    State.CLOSEST: N_("Tættest på, men ikke et sikkert svar"),
    State.UNKNOWN: N_("Ikke fundet"),
    State.SMALLTALK: "",
    State.REFUSED: "",
}
KINDS = {
    Kind.LAW: N_("lov"),
    Kind.LOCAL_RULE: N_("lokal regel"),
    Kind.EXPERIENCE: N_("erfaring"),
    Kind.UNKNOWN: "",
}
