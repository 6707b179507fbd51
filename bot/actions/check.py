"""Checking all data: each file read by itself, each rule applied, each sheet made once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from importlib.resources import files
from pathlib import Path, PurePath
from types import MappingProxyType

from bot.actions.handouts import HandoutRequest, make_handout
from bot.answers.thesaurus import packaged_thesauri, read_thesaurus
from bot.checks.configuration import config_findings
from bot.checks.data_files import Reading, packaged, packaged_catalogs
from bot.checks.guideline_files import guideline_findings
from bot.config import Config
from bot.people import Actor
from messages.checks.finding import NOT_MADE, Finding, Level, error, found_by_reading
from messages.checks.packages import package_findings
from messages.checks.sheets import Measured, measure, readability_findings, topic_findings
from messages.checks.translations import catalog_findings
from messages.checks.years import rates_findings
from messages.errors import Problem
from messages.glossary import Glossary, read_glossary, read_terms
from messages.language_rules import Rules
from messages.languages import Language, read_languages
from messages.library import load_library
from messages.pictures import Picture, packaged_pictures
from messages.rates import Rates, read_rates
from messages.tables import N_, did_you_mean
from messages.topics import Topic, read_topic
from scheduler.plans import check_plans, read_plan


@dataclass(frozen=True)
class Report:
    """Everything found, how easy each sheet is to read, and how many files were read."""

    findings: tuple[Finding, ...]
    measured: tuple[Measured, ...]
    files: int

    def count(self, level: Level) -> int:
        return sum(finding.level is level for finding in self.findings)


def check(
    actor: Actor,
    config: Config,
    today: date,
    owners: Mapping[str, Collection[str]],
) -> Report:
    """Read and judge all data; `owners` are the installed distributions by top-level name.

    Changes nothing, and a file that cannot be read becomes a finding like any other.
    """
    return _Check(actor, config, today).report(owners)


class _Check:
    def __init__(self, actor: Actor, config: Config, today: date) -> None:
        self.actor = actor
        self.config = config
        self.today = today
        self.reading = Reading()
        self.measured: list[Measured] = []

    def report(self, owners: Mapping[str, Collection[str]]) -> Report:
        found = self.reading.findings
        found.extend(config_findings(self.config))
        found.extend(package_findings(owners))
        pictures = self._pictures()
        topics = self._topics(pictures)
        rates = self._rates()
        self._plans()
        self._thesaurus()
        self._catalogs()
        self._guidelines()
        found.extend(self._sheets(topics, rates))
        ordered = sorted(found, key=lambda one: (one.level is Level.WARNING, one.file, one.where))
        return Report(tuple(ordered), tuple(self.measured), self.reading.files)

    def _pictures(self) -> Mapping[str, Picture]:
        try:
            pictures = packaged_pictures()
        except Problem as problem:
            self.reading.findings.extend(found_by_reading("pictures/manifest.toml", problem))
            return {}
        self.reading.files += len(pictures)
        return pictures

    def _topics(self, pictures: Mapping[str, Picture]) -> dict[str, tuple[str, Topic]]:
        """The topics that could be read, each by id with its file; the municipality's win."""
        shipped = packaged(files("messages") / "topics", ".toml", "topics")
        own = self.reading.overlay(self.config.folders.topics, ".toml")
        by_file = [self.reading.read(texts, read_topic) for texts in (shipped, own)]
        for topics in by_file:
            self.reading.one_of_each({file: topic.id for file, topic in topics.items()})
        found = {topic.id: (file, topic) for topics in by_file for file, topic in topics.items()}
        for file, topic in found.values():
            measured = measure(topic)
            self.measured.append(measured)
            self.reading.findings.extend(topic_findings(file, topic, pictures))
            self.reading.findings.extend(readability_findings(file, measured))
        return found

    def _rates(self) -> dict[int, Rates]:
        shipped = packaged(files("messages") / "rates", ".toml", "rates")
        own = self.reading.overlay(self.config.folders.rates, ".toml")
        read = self.reading.read({**shipped, **own}, read_rates)
        rates = {one.year: one for one in read.values()}
        self.reading.findings.extend(rates_findings(rates, self.today))
        return rates

    def _plans(self) -> None:
        shipped = packaged(files("scheduler") / "plans", ".toml", "plans")
        own = self.reading.overlay(self.config.folders.plans, ".toml")
        plans = self.reading.read({**shipped, **own}, read_plan)
        for problem in check_plans({plan.id: plan for plan in plans.values()}):
            file = str(problem.values["file"])
            self.reading.findings.append(Finding(Level.ERROR, file, "next", problem))

    def _thesaurus(self) -> None:
        shipped = {name: text for text, name in packaged_thesauri()}
        own = self.reading.overlay(self.config.folders.thesaurus, ".toml")
        self.reading.read({**shipped, **own}, lambda text, file: read_thesaurus([(text, file)]))

    def _catalogs(self) -> None:
        languages = self._languages()
        shipped = [*packaged_catalogs()]
        own = self.reading.overlay(self.config.folders.catalogs, ".po", also=".toml")
        for file, code, domain, po in [*shipped, *self._own_catalogs(own, languages)]:
            if code in languages:
                self.reading.files += 1
                try:
                    rules = self._rules(languages[code], domain)
                    self.reading.findings.extend(catalog_findings(file, po, rules))
                except Problem as problem:
                    self.reading.findings.extend(found_by_reading(file, problem))

    def _languages(self) -> Mapping[str, Language]:
        text = (files("locales") / "languages.toml").read_text("utf-8")
        read = self.reading.read({"locales/languages.toml": text}, read_languages)
        rows = dict(next(iter(read.values()), {}))
        own = (self.config.folders.catalogs or Path()) / "languages.toml"
        if self.config.folders.catalogs and own.is_file():
            texts = {str(own): own.read_text("utf-8")}
            for more in self.reading.read(texts, partial(read_languages, whole=False)).values():
                rows |= more
        return rows

    def _own_catalogs(
        self, texts: Mapping[str, str], languages: Mapping[str, Language]
    ) -> Iterator[tuple[str, str, str, bytes]]:
        """The municipality's catalogs, with a finding for one that nothing will read."""
        for file, text in texts.items():
            code = PurePath(file).relative_to(self.config.folders.catalogs or "").parts[0]
            domain = PurePath(file).stem
            if code not in languages:
                said = N_("ligger ikke i en mappe, der hedder som et sprog{hint}")
                hint = did_you_mean(code, languages)
                self.reading.findings.append(error(file, "", said, hint=hint))
            elif domain not in {"handout", "staff"}:
                said = N_("skal hedde handout.po eller staff.po; omdøb den")
                self.reading.findings.append(error(file, "", said))
            else:
                yield file, code, domain, text.encode()

    def _rules(self, language: Language, domain: str) -> Rules:
        locales = files("locales")
        terms = read_terms((locales / "terms.toml").read_text("utf-8"), "locales/terms.toml")
        own = locales / language.code / "glossary.toml"
        glossary: Glossary | None = None
        if own.is_file():
            file = f"locales/{language.code}/glossary.toml"
            glossary = read_glossary(own.read_text("utf-8"), file, terms)
        return Rules(language, domain, terms, glossary)

    def _guidelines(self) -> None:
        for folder in self.config.folders.guidelines:
            for path in sorted(path for path in folder.rglob("*") if path.is_file()):
                if not path.name.startswith("."):
                    self.reading.files += 1
                    found = guideline_findings(path, str(path), self.today)
                    self.reading.findings.extend(found)

    def _sheets(
        self, topics: Mapping[str, tuple[str, Topic]], rates: Mapping[int, Rates]
    ) -> Iterator[Finding]:
        """Each topic made once in Danish with its examples: sums, slots and figures meet there."""
        library = replace(
            load_library(),
            topics=MappingProxyType({name: topic for name, (_, topic) in topics.items()}),
            rates=MappingProxyType(dict(rates)),
        )
        for name, (file, _) in topics.items():
            try:
                make_handout(self.actor, HandoutRequest(name, "da"), library, self.today)
            except Problem as problem:
                yield error(file, "", NOT_MADE, reason=problem)
