"""Every card and every form that Slack can be sent, by name: for the limits, and for pictures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from bot.actions.dead_letters import Undelivered
from bot.actions.guidelines import Added
from bot.actions.health import Health
from bot.actions.overview import Figures, Overview
from bot.actions.question_report import REASONS
from bot.answers.reply import Citation, Kind, Reply, State
from bot.app import App
from bot.arrivals.answered import answered_card
from bot.arrivals.digest import digest_card
from bot.arrivals.handed_over import Handed, given_card, received_card
from bot.arrivals.posts import (
    dead_letters_card,
    morning_card,
    openings_card,
    trouble_card,
    untaken_card,
)
from bot.config import Contact, Targets
from bot.slack.cards import case_forms, expert, notices
from bot.slack.cards.answer import answer_card
from bot.slack.cards.blocks import Card
from bot.slack.cards.fields import View
from bot.slack.cards.guideline import added_card, guideline_form
from bot.slack.cards.handout_form import handout_form
from bot.slack.cards.home import HomePage, Row, Unanswered, home_view
from bot.slack.cards.nudge import nudge_card
from bot.slack.cards.opening_form import opening_form
from bot.slack.cards.settings_form import settings_form
from bot.stores.preferences import Preferences
from bot.stores.question_log import OpenQuestion
from bot.words import Words
from messages.errors import Problem
from messages.tables import N_
from scheduler.nudges import Nudge, NudgeState
from scheduler.openings import Opening
from scheduler.plans import Outcome, Who
from scheduler.problems import Category, Trouble
from scheduler.store_outbox import DeadLetter

AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
CITED = Citation(
    "Opfølgning under praktikken",
    "Hvor tit vi følger op",
    3,
    "Der følges op hver anden uge, og oftere i begyndelsen.",
    kind=Kind.EXPERIENCE,
    years="2009–2012",
)
PASSAGE = (
    "Aftal fra begyndelsen, hvor tit I ses. "
    "Der følges op hver anden uge, og oftere i begyndelsen. "
    "Virksomheden skal vide, hvem den kan ringe til."
)
CONTACTS = (Contact("a", "Faglig koordinator", ("praktik", "job"), "12 34 56 78"),)
QUESTION = OpenQuestion(
    "a1b2c3", "Hvad koster en elbil i leasing?", "x", "da", "unknown", AT,
    document="Opfølgning under praktikken", section="Frister", passage=PASSAGE, asker="U1",
)  # fmt: skip
TROUBLE = Trouble("t1", "c1", "INT-1042", "ane", Category.PAY, "n1", "ane", AT)

TOTAL = Figures(4, 7, 2, 5, 18, 3, 1, {Outcome.JOB: 2, Outcome.STOPPED: 1})
SEEN = Overview(
    date(2026, 11, 16),
    date(2026, 11, 23),
    TOTAL,
    {"praktik": TOTAL, "": Figures(1, 0, 0, 1)},
    Targets(90, 50),
    3,
    (2027,),
    24,
)
CODES = ("user_not_found", "is_archived", "not_in_channel", "msg_too_long")
UNDELIVERED = (
    ("nudge", "U000000ANE", "Ane", "user_not_found"),
    ("nudge", "U0000000BO", "Bo", "user_disabled"),
    ("openings", "C0AABNING", "C0AABNING", "is_archived"),
)


def nudge(state: NudgeState = NudgeState.SENT, number: int = 1, **more: Any) -> Nudge:
    usual: dict[str, Any] = {
        "text": "Ring til virksomheden, og spørg, hvordan det går.",
        "due": AT,
        "done_by": "ane",
        "done_at": AT,
        "handouts": ("loenseddel",),
    }
    return Nudge(
        f"n{number}", "c1", f"INT-{1041 + number}", "praktik", "Virksomhedspraktik", "uge",
        "Følg op på den første uge", who=Who.OWNER, owner="ane", state=state, **usual | more,
    )  # fmt: skip


def cards(words: Words) -> Iterator[tuple[str, Card]]:
    """The messages."""
    named = {"reply_id": "a1b2c3", "experts": True, "contacts": CONTACTS}
    near = ("Frister", "Den første uge")
    for state in (State.ANSWER, State.CLOSEST, State.UNKNOWN):
        say = None if state is State.ANSWER else Problem(N_("Det står ikke i retningslinjerne."))
        reply = Reply(
            "Hvor tit følger vi op?", "da", state, 0.8, (PASSAGE,) * 3, (CITED,) * 3, say, near
        )
        yield f"answer {state}", answer_card(reply, words, **named)  # type: ignore[arg-type]
        yield (
            f"answer {state}, alone",
            answer_card(reply, words, asked_by="Ane", shareable=True, **named),  # type: ignore[arg-type]
        )
    sheets = (("loenseddel", "Din lønseddel"),)
    yield "nudge", nudge_card(nudge(), words, handouts=sheets)
    yield "nudge done", nudge_card(nudge(NudgeState.DONE), words, done_by="Ane")
    yield "nudge put off", nudge_card(nudge(NudgeState.PLANNED), words, put_off_by="Ane")
    yield "nudge stopped", nudge_card(nudge(NudgeState.STOPPED), words)
    yield "nudge handed over", nudge_card(nudge(NudgeState.PLANNED), words, handed_to="Bo")
    states = (NudgeState.SENT, NudgeState.DONE, NudgeState.SENT)
    three = [nudge(state, number) for number, state in enumerate(states, start=1)]
    yield "morning", morning_card(three, words, str.title)
    many = [nudge(number=number) for number in range(1, 41)]
    yield "morning of forty", morning_card(many, words, str.title)
    yield "morning of twenty", morning_card(many[:20], words, str.title)
    yield "trouble", trouble_card(TROUBLE, words, str.title)
    yield "expert", expert.expert_card(QUESTION, words)
    yield "expert, taken", expert.expert_card(QUESTION, words, taken_by="Eva")
    yield "expert, answered", expert.expert_card(QUESTION, words, answered_by="Eva")
    yield "expert, raised", expert.raised_card(QUESTION, words, 8)
    yield (
        "expert, answer received",
        answered_card(QUESTION.question, "Spørg økonomi; de har aftalen.", "Eva", words, kept=True),
    )
    yield from _others(words)
    yield "not here", notices.not_here(("C0PRAKTIK", "C0JOB"), words)
    values = {"who": "Ane", "bot": "Brobygger", "why": "…", "channels": ""}
    for name, said in sorted(vars(notices).items()):
        if name.isupper() and isinstance(said, str):
            yield f"notice {name}", notices.notice(said, words, **values)


def _others(words: Words) -> Iterator[tuple[str, Card]]:
    """What comes by itself, besides follow-ups."""
    steps = tuple(nudge(NudgeState.PLANNED, number) for number in (1, 2))
    handed = Handed("INT-1042", "Lis", "Ane", "Bo", steps)
    yield "handed over, to the new owner", received_card(handed, words)
    yield "handed over, to the former one", given_card(handed, words)
    yield "trouble, taken", trouble_card(replace(TROUBLE, taken_by="bo"), words, str.title)
    yield "trouble, untaken", untaken_card(TROUBLE, words, str.title)
    opening = Opening("A1", "Café Nord", "Vejle", "køkken", 3, date(2027, 2, 1), "ane", 1)
    yield "openings of the week", openings_card([opening] * 3, words, str.title)
    yield "digest", digest_card(SEEN, words)
    letters = [DeadLetter("k", "U1", f"Nej ({code}).", "nudge") for code in CODES]
    yield "dead letters", dead_letters_card(letters, words, lambda _: "Ane")
    whole = Added("sygdom.pdf", "Sygdom", 12, replaced=False, scanned=False, restored=0.0,
                  resembles=())  # fmt: skip
    yield "guideline added", added_card(whole, words)
    scan = replace(whole, replaced=True, scanned=True, restored=0.31, resembles=("sygdom-2.md",))
    yield "guideline added, a scan", added_card(scan, words)


def views(words: Words, app: App) -> Iterator[tuple[str, View]]:
    """The forms and the App Home."""
    library, plans = app.library, list(app.plans.values())
    topics = [(one.id, words(one.title)) for one in library.topics.values()]
    languages = [(code, one.name_da) for code, one in library.languages.items()]
    yield "handout", handout_form(topics, languages, words)
    for topic in library.topics.values():
        yield (
            f"handout {topic.id}",
            handout_form(topics, languages, words, topic=topic, language="ar", draft=True),
        )
    people = [("ane", "Ane"), ("bo", "Bo")]
    for plan in plans:
        yield (
            f"start {plan.id}",
            case_forms.start_form(
                plans, people, words, plan=plan, owner="ane", reference="", example="INT-1042"
            ),
        )
        yield (
            f"change {plan.id}",
            case_forms.change_form("INT-1042", plans, words, plan=plan, about={"reference": "x"}),
        )
    yield "snooze", case_forms.snooze_form(words, "Følg op", "INT-1042", {"nudge": "n1"})
    kinds = [(str(one), str(one)) for one in Category]
    yield "problem", case_forms.problem_form("INT-1042", kinds, words, {"case": "INT-1042"})
    rows = [f"man. {number}. nov.: Følg op" for number in range(1, 30)]
    yield "run", case_forms.run_page("x", words(N_("Gemt")), "INT-1042", rows, words)
    people = [("bo", "Bo"), ("lis", "Lis")]
    yield "hand over", case_forms.hand_form("INT-1042", people, words, {"nudge": "n1"})
    yield "stop", case_forms.stop_form("INT-1042", "Virksomhedspraktik", words, {"nudge": "n1"})
    yield "guideline", guideline_form(words)
    yield "opening", opening_form([], words)
    yield "openings", opening_form(["Café Nord, Vejle: køkken"] * 40, words)
    yield "settings", settings_form(Preferences("ane"), words)
    chosen = Preferences("ane", "en", (time(12), time(13)), (date(2027, 7, 5), date(2027, 7, 23)))
    yield "settings, chosen", settings_form(chosen, words)
    yield "expert answer", expert.answer_form(QUESTION, words, {"question": "x"}, keep=True)
    reasons = [(str(reason), words(said)) for reason, said in REASONS.items()]
    yield "reason", expert.reason_form(reasons, words, {"reply": "x"})
    whole = home()
    yield "home of all roles", home_view(whole, words)
    bare = HomePage(staff=True, today=whole.today, week=whole.week)
    yield "home of a caseworker", home_view(bare, words)
    leader = replace(bare, overview=SEEN, troubles=whole.troubles, questions=whole.questions[:2])
    yield "home of a leader", home_view(leader, words)
    keeper = HomePage(staff=False, keeps=True, questions=whole.questions[:3])
    yield "home of a guideline owner", home_view(keeper, words)
    admin = replace(bare, health=whole.health, letters=whole.letters[:3])
    yield "home of an administrator", home_view(admin, words)
    well = replace(bare, health=Health(0, 0, 288, (), ()))
    yield "home of an administrator on a good day", home_view(well, words)
    yield "home of a stranger", home_view(HomePage(staff=False, known=False), words)
    yield "home, empty", home_view(HomePage(staff=True), words)
    yield "home, refused", notices.home_refusal(Problem(N_("Nej")), words)
    broken = notices.notice(notices.BROKEN, words)
    yield "notice in a form", notices.page_with(broken, words)


def home() -> HomePage:
    """Somebody who holds every role: more cannot stand on the page."""
    near = [
        Row(
            f"n{number}", f"INT-{1040 + number}", "Følg op på den første uge", "man. 23. nov.", late
        )
        for number, late in ((1, True), (2, False), (3, False))
    ]
    waiting = [Unanswered(f"q{number}", QUESTION.question, number) for number in range(1, 25)]
    letters = [
        (Undelivered(f"{number:08x}", kind, to, f"Nej ({code}).", AT, number == 2), whom)
        for number, (kind, to, whom, code) in enumerate(UNDELIVERED * 4, start=1)
    ]
    return HomePage(
        staff=True,
        keeps=True,
        today=near[:1],
        week=near[1:],
        overview=SEEN,
        troubles=[TROUBLE, replace(TROUBLE, taken_by="bo")] * 6,
        questions=waiting,
        health=Health(2, 1, 288, (2027,), ("Bo",)),
        letters=letters,
    )
