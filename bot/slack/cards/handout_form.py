"""The form of a handout: topic, language, and the topic's own fields. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.slack.cards.blocks import Block, context
from bot.slack.cards.fields import View, choice, day, form, line, switches
from bot.slack.markup import escaped
from bot.words import Words
from messages.formatting import ValueKind
from messages.tables import N_
from messages.topics import Fact, Topic

NAME = "handout"
BILINGUAL, LARGE, SCRIPT = "bilingual", "large", "script"

_SWITCHES = (
    (BILINGUAL, N_("Dansk ved siden af borgerens sprog")),
    (LARGE, N_("Stor skrift")),
    (SCRIPT, N_("Tolkeark: et spørgsmål til hvert trin")),
)
_DRAFT = N_(
    ":warning: Oversættelsen er et udkast: ingen, der taler sproget, har godkendt den endnu. Arket "
    "bliver tosproget og siger det selv. Læs det igennem sammen med en tolk."
)
_FIELDS = N_(
    "Borgerens egne tal. Lad alle felter stå tomme for at få et eksempel. Det, du skriver, bliver "
    "ikke gemt."
)
_EXAMPLE = N_("f.eks. {example}")


def handout_form(
    topics: Sequence[tuple[str, str]],
    languages: Sequence[tuple[str, str]],
    words: Words,
    *,
    topic: Topic | None = None,
    language: str = "",
    draft: bool = False,
) -> View:
    """The form as it stands once `topic` and `language` are chosen, or before they are.

    The language is asked for each time and never guessed. `draft`: nobody has approved the words.
    """
    blocks: list[Block] = [
        choice(
            "topic",
            words(N_("Emne")),
            topics,
            placeholder=words(N_("Vælg et emne")),
            chosen=topic.id if topic else "",
            at_once=True,
        ),
        choice(
            "language",
            words(N_("Sprog")),
            languages,
            placeholder=words(N_("Vælg borgerens sprog")),
            chosen=language,
            at_once=True,
        ),
    ]
    if draft:
        blocks.append(context(words(_DRAFT), "draft"))
    named = [(value, words(said)) for value, said in _SWITCHES]
    blocks.append(switches("switches", words(N_("Sådan skal arket være")), named))
    if topic and topic.facts:
        blocks.append(context(words(_FIELDS), "fields"))
        blocks += [_field(fact, words) for fact in topic.facts]
    return form(NAME, words(N_("Lav et ark")), blocks, words, submit=words(N_("Lav arket")))


def sent_comment(
    title: str, language: str, hours: int, words: Words, *, draft: bool, example: bool
) -> str:
    """What is said beside the files, escaped."""
    said = [
        words(
            N_("{title} på {language}. Filerne forsvinder fra Slack efter {hours} timer."),
            title=title,
            language=language,
            hours=hours,
        )
    ]
    if example:
        said.append(words(N_("Tallene er et eksempel.")))
    if draft:
        said.append(words(_DRAFT))
    return escaped(" ".join(said))


def _field(fact: Fact, words: Words) -> Block:
    name, label = f"f.{fact.key}", words(fact.label)
    if fact.kind is ValueKind.DATE:
        return day(name, label, optional=True)
    example = words(_EXAMPLE, example=fact.example)
    if fact.kind is ValueKind.LINES:
        return line(name, label, example=example, optional=True, longest=2000, lines=True)
    return line(name, label, example=example, optional=True)


def errors_of(faults: Mapping[str, str]) -> dict[str, str]:
    """The faults by the name of their field."""
    return {f"f.{key}": said for key, said in faults.items()}
