"""A topic (emne): what one sheet says, as data. Adding a topic is adding a file in topics/."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

from messages.errors import MessagesError
from messages.formatting import ValueKind
from messages.pay_calendar import Mark
from messages.tables import Table, did_you_mean

KEY = re.compile(r"[a-z][a-z0-9_]{0,30}")


@dataclass(frozen=True)
class Fact:
    """Something the caseworker may type. `stand_in`: its example is used, and marked, where it is
    not given and none of `unless` is. `subjects`: the municipality's own contact for one of them
    gives the number where none is typed."""

    key: str
    label: str
    kind: ValueKind
    required: bool
    example: str
    stand_in: bool
    unless: tuple[str, ...]
    low: str
    high: str
    subjects: tuple[str, ...] = ()


@dataclass(frozen=True)
class PayslipLine:
    """A line as the Danish payslip prints it; `also` are other names that payslips use, `details`
    are Danish words with a figure that stand with it, such as `Fradrag {deduction}`."""

    term: str
    also: tuple[str, ...]
    figure: str
    details: tuple[str, ...]


@dataclass(frozen=True)
class TopicStep:
    """One idea. The first of `variants` whose figure is known takes the place of `text`; the step
    falls away where the figure it `needs` is unknown or nothing, and where `unless` is known."""

    id: str
    text: str
    variants: tuple[tuple[str, str], ...]
    picture: str
    needs: str
    check: str
    short: bool
    lines: tuple[PayslipLine, ...]
    unless: str = ""


@dataclass(frozen=True)
class TopicField:
    """A label with room to write by hand. The facts of `keys` that were typed stand there; when all
    of them do, no empty line is left."""

    label: str
    lines: int
    keys: tuple[str, ...] = ()


@dataclass(frozen=True)
class Topic:
    """One file of topics/: every sentence is a Danish msgid of the handout catalog. `calendar`
    names the date facts that a drawn calendar marks, and how."""

    id: str
    title: str
    lead: str
    sum: str
    facts: tuple[Fact, ...]
    steps: tuple[TopicStep, ...]
    terms: tuple[tuple[str, str], ...]
    fields: tuple[TopicField, ...]
    do: str
    goal: str
    sources: tuple[tuple[str, str], ...]
    danish_only: bool
    calendar: tuple[tuple[str, Mark], ...] = ()

    def sentences(self) -> Iterator[tuple[str, str]]:
        """Each sentence a reader meets, with where it stands, for translators."""
        yield self.title, "title"
        if self.lead:
            yield self.lead, "lead"
        for number, step in enumerate(self.steps, start=1):
            where = f"step-{number}/picture-{step.picture or 'none'}"
            for sentence in (step.text, *(text for _, text in step.variants)):
                yield sentence, where
            if step.check:
                yield step.check, f"step-{number}/check"
        for word, meaning in self.terms:
            yield meaning, f"term-{word}"
        for place in self.fields:
            yield place.label, "label-of-a-line-to-write-on"
        if self.do:
            yield self.do, "what-to-do"


def read_topic(text: str, file: str) -> Topic:
    """The topic in the TOML of `text`; raises MessagesError with every mistake of `file`."""
    table, mistakes = Table.parse(text, file)
    topic = Topic(
        id=table.text("id"),
        title=table.text("title"),
        lead=table.text("lead", ""),
        sum=table.text("sum", ""),
        facts=tuple(_fact(row) for row in table.tables("facts")),
        steps=tuple(_step(row) for row in table.tables("steps")),
        terms=tuple(_pair(row, "word", "meaning") for row in table.tables("terms")),
        fields=tuple(_field(row) for row in table.tables("fields")),
        do=table.text("do", ""),
        goal=table.text("goal", ""),
        sources=tuple(_pair(row, "title", "url") for row in table.tables("sources")),
        danish_only=table.truth("danish_only", default=False),
        calendar=tuple(_marked(row) for row in table.tables("calendar")),
    )
    if not re.fullmatch(r"[a-z][a-z0-9-]{1,40}", topic.id):
        table.wrong("id", "skal være små bogstaver, tal og bindestreg, f.eks. loen-bagud")
    if not topic.steps:
        table.wrong("steps", "mangler; et emne har fra et til syv trin")
    table.close()
    mistakes.settle()
    return topic


def packaged_topics() -> tuple[Topic, ...]:
    """The topics that ship with the package, by their order on a list: the payslip first."""
    folder = files("messages") / "topics"
    found = sorted(file.name for file in folder.iterdir() if file.name.endswith(".toml"))
    return tuple(read_topic((folder / name).read_text(encoding="utf-8"), name) for name in found)


def _fact(row: Table) -> Fact:
    kind = row.choice("kind", list(ValueKind))
    fact = Fact(
        key=row.text("key"),
        label=row.text("label"),
        kind=ValueKind(kind) if kind in set(ValueKind) else ValueKind.TEXT,
        required=row.truth("required", default=False),
        example=row.text("example"),
        stand_in=row.truth("stand_in", default=False),
        unless=row.texts("unless", ()),
        low=row.text("low", ""),
        high=row.text("high", ""),
        subjects=row.texts("subjects", ()),
    )
    if not KEY.fullmatch(fact.key):
        row.wrong("key", "skal være små bogstaver, tal og _, f.eks. gross")
    row.close()
    return fact


def _step(row: Table) -> TopicStep:
    step = TopicStep(
        id=row.text("id"),
        text=row.text("text"),
        variants=tuple(_pair(variant, "given", "text") for variant in row.tables("variants")),
        picture=row.text("picture", ""),
        needs=row.text("needs", ""),
        check=row.text("check", ""),
        short=row.truth("short", default=False),
        lines=tuple(_line(line) for line in row.tables("lines")),
        unless=row.text("unless", ""),
    )
    row.close()
    return step


def _line(row: Table) -> PayslipLine:
    line = PayslipLine(
        row.text("term"), row.texts("also", ()), row.text("figure"), row.texts("details", ())
    )
    row.close()
    return line


def _field(row: Table) -> TopicField:
    field = TopicField(
        row.text("label"), row.whole("lines", 1, low=1, high=12), row.texts("keys", ())
    )
    row.close()
    return field


def _marked(row: Table) -> tuple[str, Mark]:
    mark = row.choice("mark", list(Mark))
    marked = row.text("fact"), Mark(mark) if mark in set(Mark) else Mark.PAY
    row.close()
    return marked


def _pair(row: Table, first: str, second: str) -> tuple[str, str]:
    pair = row.text(first), row.text(second)
    row.close()
    return pair


def unknown_topic(name: str, known: list[str]) -> MessagesError:
    """The refusal of an id that is no topic, with the nearest that is."""
    return MessagesError(
        "Emnet “{name}” kendes ikke{hint} Skriv f.eks. loenseddel.",
        terminal="brobygger topics",
        name=name[:40],
        hint=did_you_mean(name[:40], known),
    )
