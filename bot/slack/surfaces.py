"""The forms that Slack can show, each a file of its own; adding one is adding a line here."""

from __future__ import annotations

from bot.slack.cases import ChangeForm, StartForm
from bot.slack.experts import AnswerForm
from bot.slack.forms import Form
from bot.slack.guidelines import GuidelineForm
from bot.slack.handing import HandForm
from bot.slack.handouts import HandoutForm
from bot.slack.openings import OpeningForm
from bot.slack.opinions import ReasonForm
from bot.slack.problems import ProblemForm
from bot.slack.settings import SettingsForm
from bot.slack.snooze import SnoozeForm
from bot.slack.steps import Steps
from bot.slack.stopping import StopForm


def forms_over(steps: Steps) -> dict[str, Form]:
    """Every form by its name."""
    made: tuple[Form, ...] = (
        HandoutForm(),
        StartForm(),
        ChangeForm(),
        SnoozeForm(steps),
        ProblemForm(),
        HandForm(steps),
        StopForm(steps),
        OpeningForm(),
        SettingsForm(),
        AnswerForm(),
        ReasonForm(),
        GuidelineForm(),
    )
    return {form.name: form for form in made}
