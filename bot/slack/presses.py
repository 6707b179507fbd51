"""What a press means: something for the inbox, or a form to be opened at once. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.arrivals.posts import TAKE
from bot.slack.cards import case_forms, duty, expert, guideline, handout_form, home, settings_form
from bot.slack.cards.answer import AGAIN, EXPERT, HELPFUL, NOT_HELPFUL, OPINION, SHARE
from bot.slack.cards.nudge import DONE, GLUE, LATER, MORE, SHEET, Later, More
from bot.slack.incoming import Body, table, text_of
from bot.stores.inbox import Intent


@dataclass(frozen=True)
class Press:
    """`form` is the form to open with `about`; without one it is `intent` for the inbox, whose
    `value` says about what."""

    intent: Intent = Intent.UNKNOWN
    value: str = ""
    form: str = ""
    about: dict[str, str] = field(default_factory=dict)


PLAIN = {
    DONE: Intent.DONE,
    SHARE: Intent.SHARE,
    AGAIN: Intent.AGAIN,
    TAKE: Intent.TAKE,
    EXPERT: Intent.EXPERT,
    expert.CLAIM: Intent.CLAIM,
    duty.RETRY: Intent.RETRY,
    duty.PUT_AWAY: Intent.PUT_AWAY,
}
"""Buttons whose value is all that is needed."""

OPENING = {
    SHEET: (handout_form.NAME, "topic"),
    home.MAKE_SHEET: (handout_form.NAME, "topic"),
    home.START_CASE: (case_forms.START, "reference"),
    home.CHANGE_CASE: (case_forms.CHANGE, "reference"),
    expert.REPLY: (expert.ANSWER, "question"),
    home.CHOOSE: (settings_form.SETTINGS, "person"),
    home.ADD_GUIDELINE: (guideline.GUIDELINE, "from"),
}
"""Buttons that open a form, and what their value is called there."""

CHOOSING = {LATER, MORE, OPINION}
"""Menus whose options hold what was chosen, and about what."""

_ASKING = {
    Later.DAY.value: (case_forms.SNOOZE, "nudge"),
    More.SHEET.value: (handout_form.NAME, "nudge"),
    More.PROBLEM.value: (case_forms.PROBLEM, "nudge"),
    More.HAND.value: (case_forms.HAND, "nudge"),
    More.STOP.value: (case_forms.STOP, "nudge"),
    NOT_HELPFUL: (expert.REASON, "reply"),
}
_CHOSEN = {
    Later.HOUR.value: Intent.HOUR,
    Later.TOMORROW.value: Intent.TOMORROW,
    Later.NEXT_WEEK.value: Intent.NEXT_WEEK,
    HELPFUL: Intent.HELPFUL,
}


def read_action(action: Body) -> Press:
    """The press in one `actions` entry of Slack's; what we do not have is an unknown button."""
    name = text_of(action, "action_id").partition(":")[0]
    value = text_of(action, "value") or text_of(table(action.get("selected_option")), "value")
    if name in PLAIN:
        return Press(PLAIN[name], value)
    if name in OPENING:
        form, key = OPENING[name]
        return Press(form=form, about={key: value})
    if name in CHOOSING:
        chosen, _, about = value.partition(GLUE)
        if chosen in _ASKING:
            form, key = _ASKING[chosen]
            return Press(form=form, about={key: about})
        return Press(_CHOSEN.get(chosen, Intent.UNKNOWN), about)
    return Press()
