"""What a municipality chooses, as frozen dataclasses with their defaults; no secrets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from pathlib import Path

from bot.desk.settings import DeskSettings
from bot.people import People
from scheduler.frequency import Frequency


@dataclass(frozen=True)
class Contact:
    """Whom to ask: shown under answers that are not sure, and on sheets."""

    id: str
    name: str
    subjects: tuple[str, ...] = ()
    phone: str = ""
    mail: str = ""
    slack: str = ""


@dataclass(frozen=True)
class Cases:
    """How a case reference looks (whole-match pattern), an example, its link with `{case}`."""

    pattern: str = r"[A-Z]{1,4}-\d{2,8}"
    example: str = "INT-1042"
    link: str = ""


@dataclass(frozen=True)
class Store:
    """Where the truth lies (a file or `postgresql://…`) and the local file of the search index."""

    url: str = "brobygger.db"
    index: Path = Path("brobygger-index.db")


@dataclass(frozen=True)
class Folders:
    """The overlay folders, whose files add to the packaged ones or take their place."""

    guidelines: tuple[Path, ...] = ()
    plans: Path | None = None
    topics: Path | None = None
    rates: Path | None = None
    thesaurus: Path | None = None
    catalogs: Path | None = None


@dataclass(frozen=True)
class Hours:
    """When nudges may arrive, local time, and which office days count as closed. `gathered`: a
    person's steps of a day come in one message, unless that person wants them singly."""

    morning: time = time(9, 0)
    closed_days: tuple[str, ...] = ("12-24", "12-31", "06-05")
    tick_seconds: int = 15
    opens: time = time(7, 0)
    closes: time = time(17, 0)
    gathered: bool = True


@dataclass(frozen=True)
class Weekly:
    """A day of the week (0 is Monday) and a local time."""

    weekday: int = 0
    at: time = time(8, 30)


@dataclass(frozen=True)
class Targets:
    """What the leader aims for, in percent; None where nothing is aimed for."""

    on_time: int | None = None
    job: int | None = None


@dataclass(frozen=True)
class Retention:
    """How long rows are kept: ended cases in months, sent posts in days, traces in months,
    questions in days, openings in days after their end, the choices of people who left in days,
    and how long the municipality keeps its backups, in days (told, not acted on)."""

    ended_cases_months: int = 12
    posts_days: int = 90
    audit_months: int = 24
    backups_days: int = 30
    questions_days: int = 30
    openings_days: int = 90
    leavers_days: int = 30


@dataclass(frozen=True)
class CaseImport:
    """How a case system's CSV is read: the plan and owner of rows that name none, and which
    column holds what, by our name."""

    plan: str = ""
    owner: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Followups:
    """What arrives besides single nudges, and how long it is kept.

    problem_hours: hours until a leader hears of trouble that nobody took. openings_channel: the
    Slack channel of the weekly list, or empty. ping_url: asked after each good tick, or empty.
    erasures: the local file with the ids of erased cases.
    """

    frequency: Mapping[str, Frequency] = field(default_factory=dict)
    targets: Targets = Targets()
    digest: Weekly = Weekly()
    openings: Weekly = Weekly()
    openings_channel: str = ""
    problem_hours: int = 3
    ping_url: str = ""
    retention: Retention = Retention()
    imports: CaseImport = CaseImport()
    erasures: Path = Path("brobygger-erased.log")


@dataclass(frozen=True)
class Slack:
    """How the bot behaves in Slack. `channels`: the ids it answers in, empty for every channel it
    is invited to; direct messages always. `experts`: the channel that open questions go to, or
    empty; `expert_hours`: office hours until an unanswered one is raised. `mode`: Slack's events
    come over our own connection (socket) or to `port` (http); in socket mode a `port` other than
    0 serves /health alone. `file_hours`: how long a handout stays in Slack. `proxy` and `ca_file`:
    the way out of the municipality's network, where it has one of its own.
    """

    channels: tuple[str, ...] = ()
    experts: str = ""
    expert_hours: int = 8
    mode: str = "socket"
    host: str = "127.0.0.1"
    port: int = 0
    file_hours: int = 24
    proxy: str = ""
    ca_file: Path | None = None


@dataclass(frozen=True)
class LanguageModel:
    """The optional language model: an OpenAI-compatible `address` up to and with `/v1` (empty: no
    model is asked), the `model`'s name there, and how long an answer may take."""

    address: str = ""
    model: str = ""
    timeout_seconds: int = 8


@dataclass(frozen=True)
class Serve:
    """Which parts `brobygger serve` runs in this process: Slack's events; what goes out and what
    is erased with time; the desk."""

    slack: bool = True
    tick: bool = True
    desk: bool = False


@dataclass(frozen=True)
class Config:
    """The whole of config.toml; `file` is None when the packaged defaults are used."""

    file: Path | None = None
    municipality: str = ""
    language: str = "da"
    people: People = field(default_factory=lambda: People({}))
    contacts: Mapping[str, Contact] = field(default_factory=dict)
    cases: Cases = Cases()
    store: Store = Store()
    folders: Folders = Folders()
    hours: Hours = Hours()
    followups: Followups = Followups()
    slack: Slack = Slack()
    serve: Serve = Serve()
    desk: DeskSettings = field(default_factory=DeskSettings)
    language_model: LanguageModel = LanguageModel()
    reviewed_only: bool = False
    site: str = ""
