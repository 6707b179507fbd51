"""What could not be delivered, in words: what it was, whom it was for, and why not. Pure."""

from __future__ import annotations

import re

from bot.people import People
from bot.words import Words
from messages.errors import Problem
from messages.tables import N_

KINDS = {
    "nudge": N_("Opfølgning"),
    "morning": N_("Morgenbesked med opfølgninger"),
    "problem": N_("Alarm om et problem"),
    "question answered": N_("Svar fra en kollega"),
    "answer": N_("Svar på et spørgsmål"),
    "expert": N_("Spørgsmål til fagpersonerne"),
    "digest": N_("Ugens overblik til lederen"),
    "openings": N_("Ugens liste over åbninger"),
    "handed over": N_("Besked om en sag, der er givet videre"),
    "erasure": N_("Besked om en sletning"),
    "unfinished": N_("Besked om noget, der blev afbrudt"),
    "guideline added": N_("Besked om en vejledning, der blev tilføjet"),
    "guidelines": N_("Besked om vejledningerne"),
    "dead letters": N_("Besked om beskeder, der ikke kunne leveres"),
}
_OTHER = N_("Besked")

_NOBODY = N_("Slack kender ikke modtageren. Ret kanalen eller personens Slack-id i config.toml.")
_ARCHIVED = N_("Kanalen er arkiveret. Vælg en anden kanal i config.toml.")
_OUTSIDE = N_("Botten er ikke med i kanalen. Skriv /invite @Brobygger i kanalen.")
_MUTE = N_("Botten må ikke skrive der. Giv den lov i Slack, eller vælg en anden kanal.")
_NO_THREAD = N_("Tråden, der skulle svares i, findes ikke længere.")

REASONS = {
    "channel_not_found": _NOBODY,
    "user_not_found": _NOBODY,
    "user_disabled": _NOBODY,
    "cannot_dm_bot": _NOBODY,
    "invalid_users": _NOBODY,
    "is_archived": _ARCHIVED,
    "not_in_channel": _OUTSIDE,
    "user_not_in_channel": _OUTSIDE,
    "restricted_action": _MUTE,
    "restricted_action_read_only_channel": _MUTE,
    "restricted_action_thread_only_channel": _MUTE,
    "restricted_action_non_threadable_channel": _MUTE,
    "restricted_action_thread_locked": _MUTE,
    "messages_tab_disabled": _MUTE,
    "cannot_reply_to_message": _NO_THREAD,
    "thread_not_found": _NO_THREAD,
    "message_not_found": _NO_THREAD,
}
"""Slack's codes for what no later try can mend (bot/slack/failures.py), and what to do first."""

_UNFIT = N_("Slack afviste beskeden som ugyldig ({error}). Meld fejlen til udvikleren.")
_CODE = re.compile(r"\(([a-z_]{3,60})\)")


def what(kind: str, words: Words) -> str:
    """What the post was, without what it said."""
    return words(KINDS.get(kind, _OTHER))


def whom(to: str, people: People) -> str:
    """The name of the colleague with that Slack id; the id itself of a channel or a stranger."""
    person = people.by_slack(to)
    return person.name if person else to


def why(problem: str, words: Words) -> str:
    """Slack's reason in the reader's words; what was kept where its code is not known."""
    code = _CODE.search(problem)
    if code is None:
        return problem
    if code[1] in REASONS:
        return words(REASONS[code[1]])
    return words.problem(Problem(_UNFIT, error=code[1]))
