"""Reading a translation sheet by sheet: what stands there, and who approves or remarks on what.

An approval and a comment name the seal of the words that the reader saw. Where the text has
changed since, the seal is no longer anybody's, and nothing is kept in its name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from bot.actions.translations import (
    EVERY_SHEET,
    known_code,
    known_topic,
    must_keep_words,
    on_sheet,
    reader_name,
)
from bot.catalog_home import CatalogHome, catalog_home
from bot.errors import BotError, Refused
from bot.people import Actor
from messages.catalog_checks import faults_of
from messages.personal_data import find_cpr
from messages.po_file import Entry
from messages.review_comments import (
    LONGEST,
    Comment,
    comments_toml,
    read_comments,
    with_comments,
)
from messages.sign_offs import SignOff, sign_offs_toml, with_sign_off
from messages.template import topics_of
from messages.translation_import import row_base
from messages.translations import State, Work, domains_of, work_on

if TYPE_CHECKING:
    from bot.app import App

EVERY, OTHER = "alle-ark", "billeder"


@dataclass(frozen=True)
class Reviewed:
    """What one reading did. changed: approvals and comments about words that stand no more."""

    approved: int
    remarked: int
    changed: int


def on_part(entry: Entry, part: str, app: App) -> bool:
    """Whether the sentence belongs to the part: a topic, what every sheet has, or the rest."""
    if part == EVERY:
        return EVERY_SHEET in entry.places
    if part == OTHER:
        return EVERY_SHEET not in entry.places and topics_of(entry) <= {"messages", "pictures"}
    return EVERY_SHEET not in entry.places and on_sheet(entry, part, app)


def known_part(app: App, part: str) -> None:
    """Raises BotError for what is neither a topic nor one of the two other parts."""
    if part not in {EVERY, OTHER}:
        known_topic(app, part)


def reading(app: App, typed: str) -> Work:
    """The handout catalog of a language, against the Danish of today."""
    return work_on(known_code(app, typed), "handout", app.library, app.overlay)


def comments_on(app: App, code: str) -> Mapping[str, tuple[Comment, ...]]:
    """The comments by the seal of the words that they are about; none where nobody could write."""
    found: dict[str, tuple[Comment, ...]] = {}
    for one in _comments(app, code):
        found[one.seal] = (*found.get(one.seal, ()), one)
    return found


def review(
    actor: Actor,
    app: App,
    typed: str,
    by: str,
    today: date,
    *,
    approved: Iterable[str] = (),
    comments: Mapping[str, str] | None = None,
) -> Reviewed:
    """Keep the approvals and comments of one reading, each under the seal of the words it saw.

    Raises Refused for other roles, without a name, for words with a severe fault, and for a
    comment that is too long or names a person; then nothing is kept.
    """
    must_keep_words(actor)
    remarks = {seal: _fit(text) for seal, text in (comments or {}).items() if text.strip()}
    seals = tuple(dict.fromkeys(approved))
    name = reader_name(by) if seals else ""
    home = catalog_home(app.config)
    with home.alone():
        vars(app).pop("overlay", None)  # another process may have written since
        code = known_code(app, typed)
        works = [work_on(code, domain, app.library, app.overlay) for domain in domains_of(code)]
        standing = {row_base(e): (work, e) for work in works for e in work.entries if e.words}
        signed = tuple(seal for seal in seals if _may_be_signed(standing.get(seal)))
        heard = {seal: text for seal, text in remarks.items() if seal in standing}
        contents: dict[str, bytes] = {}
        if signed:
            rows = with_sign_off(
                works[0].sign_offs, SignOff(name, today, signed), frozenset(standing)
            )
            contents[f"{code}/reviewed.toml"] = sign_offs_toml(rows)
        if heard:
            new = [Comment(seal, today, text) for seal, text in heard.items()]
            kept = with_comments(_comments(app, code), new, frozenset(standing))
            contents[f"{code}/comments.toml"] = comments_toml(kept)
        _keep(home, contents, app)
    gone = {seal for seal in (*seals, *remarks) if seal not in standing}
    return Reviewed(len(signed), len(heard), len(gone))


def _keep(home: CatalogHome, contents: Mapping[str, bytes], app: App) -> None:
    """All files of one reading or none. A sheet that is approved stands alone now: read again."""
    if contents:
        home.write_all(contents)
    for part in ("overlay", "library"):
        vars(app).pop(part, None)


def _may_be_signed(found: tuple[Work, Entry] | None) -> bool:
    """Whether the words stand and are whole. Raises Refused where a check finds a severe fault."""
    if found is None:
        return False
    work, entry = found
    for fault in faults_of(entry, work.rules, work.file):
        if fault.severe:
            raise Refused(
                "“{sentence}” {what} og kan ikke godkendes. Skriv en kommentar i stedet.",
                sentence=entry.source[:80],
                what=fault.what,
            )
    return work.state(entry) in {State.DRAFT, State.REVIEWED}


def _comments(app: App, code: str) -> tuple[Comment, ...]:
    path = f"{code}/comments.toml"
    try:
        home = catalog_home(app.config)
    except BotError:
        return ()
    return read_comments(home.text(path), path)


def _fit(text: str) -> str:
    """The comment on one line. Raises Refused where it is too long, or holds a CPR number."""
    bare = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    if len(bare) > LONGEST:
        raise Refused(
            "En kommentar har højst {most} tegn. Skriv f.eks., hvilket ord der er galt.",
            most=LONGEST,
        )
    if find_cpr(bare):
        raise Refused("I kommentaren står et tal, der ligner et CPR-nummer. Fjern det.")
    return bare
