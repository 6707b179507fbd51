"""config.toml read strictly: which file it is, and every mistake in it told at once."""

from __future__ import annotations

import re
from pathlib import Path

from bot.config import Cases, Config, Contact, Folders, Store
from bot.config_followups import read_followups, read_hours
from bot.config_language_model import read_language_model
from bot.config_serve import read_serve
from bot.config_slack import read_slack
from bot.desk.settings import read_desk
from bot.errors import BotError
from bot.os_reasons import reason
from bot.people import People, Person, Role
from messages.errors import Problem
from messages.personal_data import holds_cpr
from messages.tables import N_, Table, did_you_mean

_SECRET = re.compile(r"xox[a-z]-|xapp-", re.IGNORECASE)
_LARGEST = 1_000_000


def load_config(named: Path | None, folder: Path) -> Config:
    """The named file's configuration, else that of config.toml in `folder`, else the defaults.

    Only a named file may be missing in error. Raises BotError when the file cannot be read and
    MessagesError with every mistake in it.
    """
    file = named or folder / "config.toml"
    if named is None and not file.is_file():
        return Config()
    try:
        if file.stat().st_size > _LARGEST:
            raise BotError("{file} er for stor til at være en konfiguration.", file=file)
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise BotError(
            "Filen {file} findes ikke. Peg på en konfiguration, f.eks. --config config.toml.",
            file=file,
        ) from None
    except UnicodeDecodeError:
        raise BotError("{file} er ikke gemt som UTF-8. Gem den som UTF-8.", file=file) from None
    except OSError as error:
        raise BotError(
            "{file} kan ikke læses: {reason}.", file=file, reason=reason(error)
        ) from None
    return read_config(text, file)


def read_config(text: str, file: Path) -> Config:
    """The configuration in `text`; paths are relative to the folder of `file`.

    Raises MessagesError with every mistake: unknown keys (with a near miss), wrong types, unknown
    roles and backups, tokens that belong in the environment, CPR numbers.
    """
    top, mistakes = Table.parse(text, file.name)
    if _SECRET.search(text):
        mistakes.add(
            "", Problem(N_("en Slack-nøgle står i filen; læg den i miljøet som SLACK_BOT_TOKEN"))
        )
    if holds_cpr(text):
        mistakes.add("", Problem(N_("et CPR-nummer står i filen; fjern det")))
    own = top.table("municipality")
    staff = top.table("staff")
    languages = top.table("languages")
    site = top.table("site")
    desk = read_desk(top.table("desk"), file.parent)
    config = Config(
        file=file,
        municipality=own.text("name", ""),
        language=staff.choice("language", ("da", "en"), "da"),
        people=_people(top.table("people")),
        contacts=_contacts(top.table("contacts")),
        cases=_cases(top.table("cases")),
        store=_store(top.table("store"), file.parent),
        folders=_folders(top.table("folders"), file.parent),
        hours=read_hours(top.table("hours")),
        followups=read_followups(top, file.parent),
        slack=read_slack(top.table("slack"), file.parent),
        serve=read_serve(top.table("serve"), desk),
        desk=desk,
        language_model=read_language_model(top.table("language_model")),
        reviewed_only=languages.truth("reviewed_only", default=False),
        site=site.text("address", ""),
    )
    for table in (own, staff, languages, site, top):
        table.close()
    mistakes.settle()
    return config


def _people(table: Table) -> People:
    people: dict[str, Person] = {}
    rows = list(table.named())
    ids = [person_id for person_id, _ in rows]
    for person_id, row in rows:
        roles = row.texts("roles", ("caseworker",))
        for role in roles:
            if role not in set(Role):
                row.wrong(
                    "roles",
                    "rollen “{role}” kendes ikke{hint}",
                    role=role,
                    hint=did_you_mean(role, Role),
                )
        backup = row.text("backup", "")
        if backup and backup not in ids:
            row.wrong(
                "backup",
                "“{id}” er ikke blandt [people]{hint}",
                id=backup,
                hint=did_you_mean(backup, ids),
            )
        people[person_id] = Person(
            id=person_id,
            name=row.text("name"),
            roles=frozenset(Role(role) for role in roles if role in set(Role)),
            slack=row.text("slack", ""),
            login=row.text("login", ""),
            team=row.text("team", ""),
            backup=backup,
        )
        row.close()
    return People(people)


def _contacts(table: Table) -> dict[str, Contact]:
    contacts: dict[str, Contact] = {}
    for contact_id, row in table.named():
        contacts[contact_id] = Contact(
            id=contact_id,
            name=row.text("name"),
            subjects=row.texts("subjects", ()),
            phone=row.text("phone", ""),
            mail=row.text("mail", ""),
            slack=row.text("slack", ""),
        )
        row.close()
    return contacts


def _cases(table: Table) -> Cases:
    cases = Cases(
        pattern=table.text("pattern", Cases.pattern),
        example=table.text("example", Cases.example),
        link=table.text("link", ""),
    )
    try:
        if not re.fullmatch(cases.pattern, cases.example):
            table.wrong(
                "example", "“{example}” passer ikke til mønstret i pattern", example=cases.example
            )
    except re.error as error:
        table.wrong(
            "pattern",
            "er ikke et gyldigt mønster ({reason}); skriv f.eks. '[A-Z]+-[0-9]+'",
            reason=error,
        )
    if cases.link and "{case}" not in cases.link:
        table.wrong("link", "mangler {where}, f.eks. https://sag.example/{where}", where="{case}")
    table.close()
    return cases


def _store(table: Table, folder: Path) -> Store:
    url = table.text("url", Store.url)
    if "://" in url and not url.startswith(("postgresql://", "postgres://")):
        table.wrong(
            "url", "skal være en fil eller postgresql://…, ikke {url}", url=url.split("@")[-1]
        )
    store = Store(
        url=url if "://" in url else str(folder / url),
        index=folder / table.text("index", str(Store.index)),
    )
    table.close()
    return store


def _folders(table: Table, folder: Path) -> Folders:
    def one(name: str) -> Path | None:
        path = table.text(name, "")
        if path and not (folder / path).is_dir():
            table.wrong(name, "mappen {path} findes ikke", path=path)
        return folder / path if path else None

    guidelines = tuple(folder / path for path in table.texts("guidelines", ()))
    for path in guidelines:
        if not path.is_dir():
            table.wrong("guidelines", "mappen {path} findes ikke", path=path)
    folders = Folders(
        guidelines, one("plans"), one("topics"), one("rates"), one("thesaurus"), one("catalogs")
    )
    table.close()
    return folders
