"""The forms of a case: begin a plan, set its dates, tell how it ended, put a step off. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bot.slack.cards.blocks import Block, context, section
from bot.slack.cards.fields import View, choice, day, form, line, radios, switches
from bot.slack.markup import clipped, escaped
from bot.words import Words
from messages.tables import N_
from scheduler.cases import ANCHOR_NAMES
from scheduler.plans import Anchor, Outcome, Plan

START, CHANGE, SNOOZE, PROBLEM = "case_start", "case_change", "nudge_later", "problem"
HAND, STOP = "case_hand", "case_stop"
GOES_ON = "goes_on"
ASKED = (Anchor.START, Anchor.END, Anchor.FIRST_PAYDAY)

_OUTCOMES = (
    (GOES_ON, N_("Forløbet fortsætter")),
    (Outcome.JOB, N_("Job")),
    (Outcome.EXTENDED, N_("Forlænget")),
    (Outcome.STOPPED, N_("Stoppet")),
)
_UNKNOWN_YET = N_("Lad den stå tom, til den kendes: trinene venter på den.")
_REFERENCE = N_("Sagens nummer. Aldrig navn eller CPR-nummer.")
_UNCHANGED = N_("Tom: ændres ikke.")


def dates_of(plan: Plan) -> tuple[Anchor, ...]:
    """The dates that a plan is counted from, in the order in which they are asked for."""
    used = plan.anchors | ({Anchor.START, Anchor.END} if Anchor.MIDDLE in plan.anchors else set())
    return tuple(anchor for anchor in ASKED if anchor in used)


def start_form(
    plans: Sequence[Plan],
    people: Sequence[tuple[str, str]],
    words: Words,
    *,
    plan: Plan | None,
    owner: str,
    reference: str,
    example: str,
) -> View:
    """Begin a plan for a case; its dates and optional steps follow from the plan."""
    blocks: list[Block] = [
        line(
            "reference",
            words(N_("Sag")),
            example=example,
            hint=words(_REFERENCE),
            text=reference,
            longest=40,
        ),
        _which_plan(plans, plan, words),
    ]
    if plan:
        blocks += _plans_own(plan, words)
    if people:
        blocks.append(
            choice(
                "owner",
                words(N_("Hvem har sagen")),
                people,
                placeholder=words(N_("Vælg en kollega")),
                chosen=owner,
            )
        )
    title = words(N_("Begynd en plan"))
    return form(START, title, blocks, words, submit=words(N_("Begynd")))


def _which_plan(plans: Sequence[Plan], plan: Plan | None, words: Words) -> Block:
    return choice(
        "plan",
        words(N_("Plan")),
        [(one.id, words(one.title)) for one in plans],
        placeholder=words(N_("Vælg en plan")),
        chosen=plan.id if plan else "",
        at_once=True,
    )


def _plans_own(plan: Plan, words: Words) -> Iterator[Block]:
    """The dates that the plan is counted from, and the steps that may be left out."""
    for anchor in dates_of(plan):
        name = words(ANCHOR_NAMES[anchor])
        yield day(anchor.value, name, hint=words(_UNKNOWN_YET), optional=True)
    steps = [(step.id, words(step.title)) for step in plan.steps if step.optional]
    if steps:
        yield switches("include", words(N_("Valgfrie trin, der skal med")), steps)


def change_form(
    reference: str, plans: Sequence[Plan], words: Words, *, plan: Plan, about: Mapping[str, str]
) -> View:
    """Set the dates of a run, or tell how it ended."""
    blocks: list[Block] = []
    if len(plans) > 1:
        blocks.append(_which_plan(plans, plan, words))
    else:
        blocks.append(context(escaped(words(plan.title)), "title"))
    for anchor in dates_of(plan):
        name = words(ANCHOR_NAMES[anchor])
        blocks.append(day(anchor.value, name, hint=words(_UNCHANGED), optional=True))
    outcomes = [(str(value), words(said)) for value, said in _OUTCOMES]
    blocks.append(radios("outcome", words(N_("Hvordan går det?")), outcomes, chosen=GOES_ON))
    return form(
        CHANGE,
        words(N_("Sag {case}"), case=reference),
        blocks,
        words,
        submit=words(N_("Gem")),
        about=about,
    )


def snooze_form(words: Words, title: str, case: str, about: Mapping[str, str]) -> View:
    """Put a step off to a day of one's own choice."""
    blocks = [
        section(escaped(words(N_("{title} · sag {case}"), title=title, case=case)), "step"),
        day("until", words(N_("Udsæt til"))),
    ]
    return form(SNOOZE, words(N_("Udsæt")), blocks, words, submit=words(N_("Udsæt")), about=about)


def problem_form(
    case: str, kinds: Sequence[tuple[str, str]], words: Words, about: Mapping[str, str]
) -> View:
    """Which kind of trouble there is in a case."""
    chosen = choice(
        "category",
        words(N_("Hvad handler det om?")),
        kinds,
        placeholder=words(N_("Vælg det, der passer bedst")),
        hint=words(N_("Fritekst gemmes ikke. Skriv resten i sagssystemet.")),
    )
    title = words(N_("Problem i {case}"), case=case)
    return form(PROBLEM, title, [chosen], words, submit=words(N_("Meld det")), about=about)


def hand_form(
    case: str, people: Sequence[tuple[str, str]], words: Words, about: Mapping[str, str]
) -> View:
    """Who is to have the case: `people` are id and name of those who may."""
    chosen = choice(
        "to",
        words(N_("Hvem skal have sagen?")),
        people,
        placeholder=words(N_("Vælg en kollega")),
        hint=words(N_("Kollegaen får besked, og det, der ikke er udført, kommer til kollegaen.")),
    )
    blocks = [section(escaped(words(N_("Sag {case}"), case=case)), "case"), chosen]
    title = words(N_("Giv sagen videre"))
    return form(HAND, title, blocks, words, submit=words(N_("Giv videre")), about=about)


def stop_form(case: str, plan: str, words: Words, about: Mapping[str, str]) -> View:
    """Whether it was meant: nobody is reminded any more."""
    said = words(
        N_("Stop {plan} i sag {case}? De trin, der mangler, kommer ikke. Det, der er gjort, står."),
        plan=plan,
        case=case,
    )
    hint = N_("Er sagen endt med job eller forlænget, så skriv /praktik {case} i stedet.")
    blocks = [
        section(escaped(said), "sure"),
        context(escaped(words(hint, case=case)), "instead"),
    ]
    title, submit = words(N_("Stop opfølgningen")), words(N_("Stop nu"))
    return form(STOP, title, blocks, words, submit=submit, about=about)


def run_page(name: str, title: str, said: str, rows: Sequence[str], words: Words) -> View:
    """What a case looks like after the change: a sentence, and its steps with their days."""
    blocks = [section(escaped(said), "told")]
    if rows:
        listed = "\n".join(f"• {escaped(row)}" for row in rows[:40])
        blocks.append(section(clipped(listed, 2_900), "steps"))
    return form(name, title, blocks, words)
