"""The parts of the product, built once and joined: everything else is handed what it needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from bot.config import Config
from bot.errors import BotError
from bot.overlays import overlay_texts
from bot.words import Words

if TYPE_CHECKING:
    from bot.answers.engine import Answers
    from messages.library import Library, Overlay
    from scheduler.database import Database, MigrationSet
    from scheduler.plans import Plan
    from scheduler.workdays import WorkCalendar


class App:
    """One municipality's product. Each part is opened when it is first asked for.

    The imports stand inside: a handout from a cold terminal must not wait for Slack or SQLite.
    `renew` is set while a thread watches the guidelines: it makes that thread look now.
    """

    def __init__(self, config: Config) -> None:
        self.config = config
        self._words: dict[str, Words] = {"da": Words()}
        self.renew: Callable[[], None] | None = None

    def words(self, language: str) -> Words:
        """Staff sentences in `language`; Danish where the language has no staff catalog."""
        if language not in self._words:
            catalog = self.library.staff.get(language)
            self._words[language] = Words(language, catalog.text) if catalog else self._words["da"]
        return self._words[language]

    @cached_property
    def overlay(self) -> Overlay:
        """The municipality's own topics, rates and catalogs, as texts: workers are sent them."""
        from messages.library import Overlay

        folders = self.config.folders
        return Overlay(
            topics=overlay_texts(folders.topics, ".toml"),
            rates=overlay_texts(folders.rates, ".toml"),
            catalogs={
                **overlay_texts(folders.catalogs, ".po"),
                **overlay_texts(folders.catalogs, ".toml"),
            },
        )

    @cached_property
    def library(self) -> Library:
        """Topics, rates, pictures, catalogs, templates; the municipality's own laid over them."""
        from messages.library import load_library

        return load_library(self.overlay)

    @cached_property
    def plans(self) -> Mapping[str, Plan]:
        """The follow-up plans; one in the overlay folder takes the place of its namesake.

        `[frequency]` has its say last. Raises BotError when it names what no plan has.
        """
        from scheduler.frequency import check_frequency, with_frequency
        from scheduler.plans import packaged_plans, read_plan

        own = overlay_texts(self.config.folders.plans, ".toml")
        plans = packaged_plans() | {
            plan.id: plan for plan in (read_plan(text, file) for file, text in own.items())
        }
        wanted = self.config.followups.frequency
        if wrong := check_frequency(plans, wanted):
            raise BotError(
                "{file} kan ikke bruges:\n{mistakes}", file="config.toml", mistakes=wrong
            )
        return plans | {name: with_frequency(plans[name], how) for name, how in wanted.items()}

    @cached_property
    def calendar(self) -> WorkCalendar:
        from scheduler.workdays import WorkCalendar

        return WorkCalendar(closed_days=self.config.hours.closed_days)

    @cached_property
    def database(self) -> Database:
        from scheduler.database import open_database

        return open_database(self.config.store.url, self.stores)

    @property
    def stores(self) -> tuple[MigrationSet, ...]:
        """The tables that the shell keeps in the scheduler's database."""
        from bot.stores.departures import DEPARTURES
        from bot.stores.preferences import PREFERENCES
        from bot.stores.schema import BOT
        from bot.stores.sessions import SESSIONS

        return BOT, PREFERENCES, SESSIONS, DEPARTURES

    @cached_property
    def answers(self) -> Answers:
        from bot.answers.opening import open_answers

        return open_answers(self.config)

    def guidelines_changed(self) -> None:
        """Answer from them as they are now: in a moment where `renew` opens them beside the old
        answers, else from the next question on."""
        if self.renew:
            self.renew()
        else:
            vars(self).pop("answers", None)
